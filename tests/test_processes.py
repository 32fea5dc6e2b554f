"""Processes that fork: each sends over a connection of its own, and leaves what is its parent's alone."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import ExitStack, suppress

import pytest

from notify_contracts._amqp import Source
from notify_contracts._live.watching import Ledger, OwnQueue, Watch
from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.emitting import Notifier
from notify_contracts.errors import NotifierClosedError, UsageError
from notify_contracts.tap import Tap
from notify_contracts.testing import tapped

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # in a process that has threads
SECONDS = 20
"""After which a child that hangs is ended by the system."""


def in_fork(act):
    """Start `act` in a fork, and return what waits for its end and gives its exit status."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            signal.alarm(SECONDS)
            act()
            status = 0
        finally:
            os._exit(status)
    return lambda: os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.fixture(scope="module")
def heard(broker_url):
    """Give what hears all that the tests of this file send."""
    with tapped(broker_url, strictness="off") as bus:
        yield bus


@pytest.fixture
def bus(heard):
    """Give what hears all that the test sends."""
    yield heard
    assert len(heard) > 0
    heard.clear()


@pytest.fixture
def notifier(bus):
    """Give a notifier that has a connection."""
    with Notifier("image.localhost", [MessagingDriver(bus.url, bus.exchange, [bus.topic])]) as notifier:
        notifier.info("image.delete", 0)
        yield notifier


def numbers(bus):
    """Return what has arrived, sorted."""
    return sorted(notification.payload for notification in bus)


def test_parent_and_forks(notifier, bus):
    """Forks of a process that has sent send as it does, at the same time, and so do their own forks."""

    def child(number):
        notifier.info("image.delete", number)
        assert in_fork(lambda: notifier.info("image.delete", 100 + number))() == 0
        notifier.info("image.delete", 200 + number)

    ends = [in_fork(lambda number=number: child(number)) for number in (1, 2, 3)]
    notifier.info("image.delete", 4)
    assert [end() for end in ends] == [0, 0, 0]
    notifier.info("image.delete", 5)
    assert numbers(bus) == [0, 1, 2, 3, 4, 5, 101, 102, 103, 201, 202, 203]


def test_forked_while_threads_send(notifier, bus):
    """Whatever lock is held where a process forks, the fork sends; what was on its way arrives once, by the parent."""
    ended = threading.Event()
    sent = []

    def keep_sending():
        while not ended.is_set():
            sent.append(notifier.info("image.delete", -1))

    threads = [threading.Thread(target=keep_sending) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        statuses = [in_fork(lambda number=number: notifier.info("image.delete", number))() for number in range(1, 11)]
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert statuses == [0] * 10
    assert numbers(bus) == [-1] * len(sent) + list(range(11))


def test_closed_by_one(notifier, bus):
    """What a fork closes is its own; what the parent closes is the parent's."""
    told, tell = os.pipe()

    def close_and_use():
        with suppress(ZeroDivisionError), notifier:
            raise ZeroDivisionError
        with pytest.raises(NotifierClosedError):
            notifier.info("image.delete", 1)

    def outlive():
        notifier.info("image.delete", 2)
        os.read(told, 1)
        notifier.info("image.delete", 3)
        notifier.close()

    assert in_fork(close_and_use)() == 0
    end = in_fork(outlive)
    notifier.info("image.delete", 4)
    notifier.close()
    os.write(tell, b"x")
    assert end() == 0
    assert numbers(bus) == [0, 2, 3, 4]


def test_closed_before(notifier):
    """A driver that is closed is closed in later forks, too."""
    (driver,) = notifier.drivers
    last = notifier.info("image.delete", 1)
    driver.close()

    def use():
        with pytest.raises(ConnectionError, match="the messaging driver is closed; make a new one to send more"):
            driver.send(last)

    assert in_fork(use)() == 0


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_multiprocessing(notifier, bus, method):
    """A notifier goes to a process of multiprocessing, however that is started, and sends there."""
    process = multiprocessing.get_context(method).Process(target=notifier.info, args=("image.delete", 1))
    process.start()
    process.join(SECONDS)
    assert process.exitcode == 0
    notifier.info("image.delete", 2)
    assert numbers(bus) == [0, 1, 2]


SERVICE = """
import os
from notify_contracts import Notifier
from notify_contracts.drivers.messaging import MessagingDriver

driver = MessagingDriver(os.environ["URL"], os.environ["EXCHANGE"], [os.environ["TOPIC"]])
notifier = Notifier("image.localhost", [driver])
notifier.info("image.delete", 0)

def application(environ, start_response):
    notifier.info("image.delete", os.getpid())
    start_response("200 OK", [])
    return [str(os.getpid()).encode()]
"""
SETTINGS = """
def when_ready(server):
    print(server.LISTENERS[0].sock.getsockname()[1], flush=True)
"""


def test_gunicorn(bus, tmp_path):
    """Workers of a server that loads the service and then forks send what their requests cause, until SIGTERM."""
    pytest.importorskip("gunicorn")
    (tmp_path / "service.py").write_text(SERVICE)
    (tmp_path / "settings.py").write_text(SETTINGS)
    command = [sys.executable, "-m", "gunicorn", "--preload", "-w2", "-b127.0.0.1:0", "-csettings.py", "service"]
    environment = os.environ | {"URL": bus.url, "EXCHANGE": bus.exchange, "TOPIC": bus.topic}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE) as server:
        try:
            port = int(server.stdout.readline())
            served = []
            for _ in range(4):
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=SECONDS) as answer:
                    served.append(int(answer.read()))
        finally:
            server.send_signal(signal.SIGTERM)
        assert server.wait(SECONDS) == 0
    assert numbers(bus) == [0, *sorted(served)]


# What listens


def test_tap(notifier, bus):
    """A tap is of no use to a fork, which says so, and goes on for the parent whatever the fork does."""
    with Tap(bus.url, bus.exchange, [bus.topic]) as tap:

        def use_and_close():
            for use in (tap.drain, lambda: tap.expect(1), lambda: next(iter(tap))):
                with pytest.raises(UsageError, match="the tap belongs to the process that this one was forked from"):
                    use()
            tap.close()

        assert in_fork(use_and_close)() == 0
        notifier.info("image.delete", 1)
        assert [notification.payload for notification in tap.drain()] == [1]


def test_watch(bus, notifier, catalog_of):
    """A watch is closed by the process that began it; a fork's leaving its context neither waits nor disturbs."""
    queue = OwnQueue(Source.of_topics(bus.exchange, [bus.topic]))
    with Watch(bus.url, queue, Ledger(catalog_of("glance-documented"), "broker")) as watch:

        def leave():
            watch.close()
            with pytest.raises(UsageError, match="the watch belongs to the process"):
                watch.wait()

        assert in_fork(leave)() == 0
        notifier.info("image.delete", 1)
        until = time.monotonic() + SECONDS
        while not watch.ledger.arrived and time.monotonic() < until:  # what is fetched is counted, not what is sent
            time.sleep(0.01)
    assert watch.ledger.arrived == 1


def test_bus(broker_url):
    """What a recorder of a broker made for itself is deleted by its own process, not by a fork."""
    with ExitStack() as stack:
        bus = stack.enter_context(tapped(broker_url, strictness="off"))
        assert in_fork(stack.close)() == 0
        with Notifier("image.localhost", [MessagingDriver(bus.url, bus.exchange, [bus.topic])]) as notifier:
            notifier.info("image.delete", 1)
        assert numbers(bus) == [1]
