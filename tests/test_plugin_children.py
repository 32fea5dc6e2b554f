"""What child processes of a test emit: recorded, or reported against the test that left them running."""

import json
import os
import subprocess
import sys
from multiprocessing import forkserver
from pathlib import Path

import pytest

from notify_contracts.emitting import LISTENERS_VARIABLE, Listener, Lost, Undelivered, relay, relayed, written
from notify_contracts.errors import ContractViolatedError, DeliveryError
from notify_contracts.model import Notification, Unreadable
from notify_contracts.testing import recording
from tests.telling import telling

CHILDREN = """
import multiprocessing, os, subprocess, sys
import pytest, service
from service import ID

def emit(*arguments):
    service.delete(*arguments)

def forked(emit, *arguments):
    child = os.fork()
    if child == 0:
        try:
            emit(*arguments)
        finally:
            os._exit(0)
    os.waitpid(child, 0)

def worker(method):
    def run(*arguments):
        process = multiprocessing.get_context(method).Process(target=service.delete, args=arguments)
        process.start()
        process.join()
    return run

def command(*arguments, **options):
    code = f"import sys; sys.path.insert(0, {os.getcwd()!r}); import service; service.delete(*{arguments!r})"
    subprocess.run([sys.executable, "-c", code], check=True, **options)

PATH = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}

WAYS = {"fork": lambda *arguments: forked(service.delete, *arguments), "multiprocessing fork": worker("fork"),
        "multiprocessing spawn": worker("spawn"), "command": command,
        "command with an environment of its own": lambda *arguments: command(*arguments, env=PATH)}
ways = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
"""
FORKING = "-Wignore::DeprecationWarning"  # of forks in a process with threads


@pytest.fixture
def in_children(project):
    """Run tests of a service that has child processes; a server of forks that one starts ends with it."""
    yield lambda tests: project(CHILDREN + tests).run(FORKING)
    forkserver._forkserver._stop()  # noqa: SLF001  # there is one for the whole process


def test_recorded(in_children):
    """What a child emits is the test's, however the child was started, and beside what the test itself emits."""
    in_children("""
@ways
def test_it(notifications, way):
    way()
    assert notifications.one("image.delete").payload == ID
    service.delete()
    assert len(notifications) == 2
""").assert_outcomes(passed=5)


def test_found_out(in_children):
    """What a child emits against its contract fails the test, whether or not the test asserts anything."""
    result = in_children("""
@ways
def test_none(notifications, way):
    way("no id")
    notifications.none("image.delete")

@ways
def test_silent(notifications, way):
    way("no id")
""")
    result.assert_outcomes(failed=10)
    result.stdout.fnmatch_lines(["*expected no image.delete, found 1*"])
    result.stdout.fnmatch_lines(["image.delete-INFO is broken at /payload: *"])


def test_logged_by_a_fork(in_children):
    """What a fork logs is recorded as what the test logs is."""
    in_children("""
def test_it(logged_notifications):
    forked(service.log_delete)
    assert logged_notifications.one("image.delete").payload == ID
""").assert_outcomes(passed=1)


def test_an_environment_that_was_emptied(in_children):
    """A command is heard whose test has left its own environment without the variable that tells who listens."""
    in_children("""
from unittest import mock

def test_it(notifications):
    with mock.patch.dict(os.environ, PATH, clear=True):
        command()
    assert notifications.one("image.delete").payload == ID
""").assert_outcomes(passed=1)


def test_what_a_test_has_replaced(in_children):
    """A test that has put something else in the place of `os.environ` or `os.getpid` records as ever."""
    in_children("""
from unittest import mock

def test_it(notifications):
    with mock.patch("os.environ", {}):
        command()
    assert len(notifications) == 1
    with mock.patch("os.getpid", return_value=1):
        service.delete()
        assert len(notifications) == 2
""").assert_outcomes(passed=1)


POOLS = """
from concurrent.futures import ProcessPoolExecutor

POOLS = pytest.mark.parametrize("pool", ["fork", "spawn", "forkserver"], indirect=True, scope="module")

@pytest.fixture(scope="module")
def pool(request):
    with ProcessPoolExecutor(1, multiprocessing.get_context(request.param)) as pool:
        pool.submit(service.delete, "begins").result()
        yield pool
        pool.submit(service.delete, "ends").result()

@POOLS
class TestIt:
    def test_first(self, pool, notifications):
        pool.submit(service.delete).result()
        assert notifications.one("image.delete").payload == ID

    def test_unheard(self, pool):
        pool.submit(service.delete, "no id").result()

    def test_none(self, notifications, pool):
        assert notifications == []

    def test_wrong(self, notifications, pool):
        pool.submit(service.delete, "no id").result()
        assert len(notifications) == 1
"""


def test_processes_that_tests_share(in_children):
    """What a process emits that began in a fixture of a wider scope is recorded by the test that runs, once."""
    result = in_children(POOLS)
    result.assert_outcomes(passed=9, failed=3)
    result.stdout.fnmatch_lines(["image.delete-INFO is broken at /payload: *"])


def test_a_server_of_forks(in_children):
    """What multiprocessing's fork server forks is of the test that runs, though another has started the server."""
    result = in_children("""
def test_first():
    worker("forkserver")()

def test_second(notifications):
    worker("forkserver")()
    assert notifications.one("image.delete").payload == ID

def test_third(notifications):
    worker("forkserver")("no id")
    assert len(notifications) == 1
""")
    result.assert_outcomes(passed=2, failed=1)


def test_left_running(in_children):
    """What a child emits after its test is reported against that test, not given to the next one's recorder."""
    result = in_children("""
go = os.pipe()

def wait_and_emit():
    os.read(go[0], 1)
    service.delete()

def test_left(notifications):
    global child
    child = os.fork()
    if child == 0:
        try:
            wait_and_emit()
        finally:
            os._exit(0)

def test_next(notifications):
    os.write(go[1], b"x")
    os.waitpid(child, 0)
    assert notifications == []
""")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_left*", "*a child process that the test left running*"])


def test_a_command_of_another_test(in_children):
    """A command is of the test that runs it, although a thread that an earlier test has left still runs."""
    in_children("""
import threading

go = threading.Event()

def test_left(notifications):
    threading.Thread(target=go.wait, daemon=True).start()

def test_it(notifications):
    command()
    assert notifications.one("image.delete").payload == ID
    go.set()
""").assert_outcomes(passed=2)


def test_a_fork_of_what_was_left_running(in_children):
    """What a thread that a test has left running has its forks emit is reported against that test."""
    result = in_children("""
import threading

go = threading.Event()

def test_left(notifications):
    global thread
    thread = threading.Thread(target=lambda: go.wait() and forked(service.delete))
    thread.start()

def test_next(notifications):
    go.set()
    thread.join()
    assert notifications == []
""")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_left*"])


def test_without_pytest():
    """The recorder of any test runner hears children, too, and leaves the environment as it was."""
    before = os.environ.get(LISTENERS_VARIABLE)
    code = "from notify_contracts import Notifier; Notifier('p').info('image.delete', 'no id')"
    with pytest.raises(ContractViolatedError), recording():
        subprocess.run([sys.executable, "-c", code], check=True)
    assert os.environ.get(LISTENERS_VARIABLE) == before


def test_two_recorders():
    """A child tells each that listens, once."""
    code = "from notify_contracts import Notifier; Notifier('p').error('image.delete', 'x')"
    with recording() as outer:
        with recording() as inner:
            subprocess.run([sys.executable, "-c", code], check=True)
        subprocess.run([sys.executable, "-c", code], check=True)
    assert (len(outer), len(inner)) == (2, 1)


EMITTING = "from notify_contracts import Notifier; Notifier('p').info('image.delete', 'x')"
BOUNDED = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10)); {EMITTING}"


def _emit_in_a_child(code=EMITTING):
    subprocess.run([sys.executable, "-c", code], check=True)


def test_no_room_for_what_a_child_emits():
    """What a child could not write is told, and what comes behind it is heard."""
    with recording() as heard:
        _emit_in_a_child(BOUNDED)
        with pytest.raises(DeliveryError, match=r"what a child process emitted is lost: .* see that there is room"):
            heard.verify()
        _emit_in_a_child()
        with pytest.raises(ContractViolatedError):
            heard.verify()


def test_the_file_of_children_is_deleted():
    """Where the file in which children write was deleted, that is told, and there is another one."""
    with recording() as heard:
        path, _ = json.loads(os.environ[LISTENERS_VARIABLE])
        Path(path).unlink()
        _emit_in_a_child()
        with pytest.raises(DeliveryError, match=r"is lost: .* was deleted; leave it there"):
            heard.verify()
        _emit_in_a_child()
        with pytest.raises(ContractViolatedError):
            heard.verify()


ENVELOPE = {"event_type": "image.create", "payload": {"n": [1.5, None]}}


@pytest.mark.parametrize(
    "emitted",
    [
        Notification(ENVELOPE, {"_unique_id": "x"}, "2.0"),
        Unreadable("no JSON"),
        Undelivered("gone"),
        Lost(Notification(ENVELOPE), ("payload", 0), "a set"),
    ],
)
def test_there_and_back(tmp_path, emitted):
    """What a child tells arrives as it was told."""
    file = tmp_path / "file"
    file.touch()
    relay(str(file), "token", emitted)
    token, arrived = relayed(file.read_bytes())
    assert (token, repr(arrived)) == ("token", repr(emitted))


@pytest.mark.parametrize(
    "line", [b"", b"\xff", b"[]", b"{}", b"1", b'{"token": 1}', b'{"token": "x", "notification": 1}']
)
def test_what_somebody_else_wrote(line):
    """What is no line of a child is told apart."""
    with pytest.raises(ValueError, match="not a line of a child"):
        relayed(line)


@pytest.mark.parametrize(
    "value",
    telling(
        ["", "1", "[]", '["x"]', '["x", 1]', '["x", [1]]', '["x", [["a"]]]', '["/nowhere", []]'],
        ["1", '["x", [["a"]]]', '["/nowhere", []]'],
    ),
)
def test_a_variable_of_no_use(value):
    """A process that is told of listeners which there are not emits as ever."""
    code = "from notify_contracts import Notifier; Notifier('p').info('image.delete', 'x')"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, LISTENERS_VARIABLE: value})


def test_a_file_that_is_gone(tmp_path):
    """A child that outlives the session which has started it emits as ever."""
    listeners = [Listener("token", "notifier", "2.0")]
    code = "from notify_contracts import Notifier; Notifier('p').info('image.delete', 'x')"
    environment = {**os.environ, LISTENERS_VARIABLE: written(str(tmp_path / "gone"), listeners)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
