"""Consumers held against all that is allowed and all that is broken: the good pass, and what is wrong is said."""

import re
import shlex
import threading
import time
from collections import Counter
from textwrap import dedent

import pytest
from hypothesis import Phase, settings

from notify_contracts.catalog import load
from notify_contracts.errors import UsageError
from notify_contracts.fuzzing import ConsumerFailedError, fuzz_consumer
from notify_contracts.fuzzing.deadline import HangError, call_within
from notify_contracts.fuzzing.failures import Failure, Reporter
from notify_contracts.generate._mutations import body_mutations
from notify_contracts.model import Unreadable
from notify_contracts.wire import decode
from tests.telling import telling

CATALOG = load()
SHRUNK = settings(max_examples=100, database=None, derandomize=True, phases=[Phase.generate, Phase.shrink])
SOME = settings(SHRUNK, phases=[Phase.generate])


class RejectedError(Exception):
    """How the consumers of these tests reject."""


def strict(notification):
    """Reject exactly what breaks a contract."""
    content = decode(notification) if isinstance(notification, bytes) else notification
    if not CATALOG.check(content).conforms:
        raise RejectedError


def _failure(handle, folder, **how):
    def test(notification):
        return handle(notification)

    chosen = {"event": "image.create", "priority": "INFO", "rejected_by": RejectedError, "settings": SOME} | how
    with pytest.raises(ConsumerFailedError) as caught:
        fuzz_consumer(CATALOG, folder=folder, **chosen)(test)()
    return caught.value


@pytest.mark.parametrize("form", ["envelope", "1.0", "2.0"])
def test_good(form):
    """A consumer that does what it must passes, in every form, also as a method with fixtures."""

    class Tests:
        @fuzz_consumer(event="*.create", rejected_by=RejectedError, form=form, settings=SOME)
        def test(self, notification, fixture):
            assert fixture == "given"
            assert isinstance(notification, dict if form == "envelope" else bytes)
            strict(notification)

    Tests().test(fixture="given")


def test_dead_lettered():
    """A consumer that puts aside instead of raising is asked whether it did."""
    aside = []

    def handle(notification):
        aside.clear()
        if not CATALOG.check(notification).conforms:
            aside.append(notification)

    fuzz_consumer(CATALOG, "task.*", dead_lettered=lambda one: one in aside, settings=SOME)(handle)()


def test_not_handled(tmp_path, run, monkeypatch):
    """A valid notification that is not handled is shown at its smallest, with the lines to look at it and run it."""
    monkeypatch.setenv("PYTEST_CURRENT_TEST", "tests/test_it.py::test[a b] (call)")

    def handle(notification):
        strict(notification)
        notification["payload"]["name"].lower()

    failure = _failure(handle, tmp_path, settings=SHRUNK)
    first, *_, look, again = str(failure).splitlines()
    assert first.startswith(
        "image.create-INFO: a notification that keeps its contract was not handled: AttributeError:"
    )
    assert isinstance(failure.__cause__, AttributeError)
    assert failure.given[0]["payload"] | {"min_disk": 0, "tags": [], "properties": {}} == failure.given[0]["payload"]
    assert again == "to run it again: pytest 'tests/test_it.py::test[a b]'"
    said, *arguments = shlex.split(look.removeprefix("to look at it: "))
    assert said == "notify-contracts"
    assert run(*arguments).status == 0
    assert any("reproduce_failure" in note for note in failure.__notes__)


@pytest.mark.parametrize("form", ["envelope", "2.0"])
def test_accepted(tmp_path, run, form):
    """A broken notification that is accepted is shown with what is broken, which the written file has."""
    failure = _failure(lambda _: None, tmp_path, form=form)
    found = re.match(r"image.create-INFO: a broken notification was accepted: .* \((\S+) (\S+)\)\n", str(failure))
    ran = run(*shlex.split(str(failure).splitlines()[-2].partition("notify-contracts ")[2]))
    assert ran.status == 1
    assert f"{found[1]} ({found[2]})" in ran.out


def test_unreadable_is_accepted(tmp_path, run):
    """A body in which no notification can be found is one to reject, and is written so that it can be looked at."""

    def handle(body):
        if not isinstance(decode(body), Unreadable):
            strict(body)

    failure = _failure(handle, tmp_path, form="2.0", settings=settings(SOME, max_examples=400))
    assert "a broken notification was accepted" in str(failure)
    assert run("check", *tmp_path.iterdir()).status == 1


def test_whatever_is_unreadable_is_so_in_the_file(tmp_path, run):
    """The file of a failure shows the body that the consumer was given: nothing else is made of it when it is read."""
    bodies = [
        mutation.apply(choice)
        for mutation in body_mutations(CATALOG.contract("image.create", "INFO").example())
        for choice in mutation.choices
    ]
    file = tmp_path / "given.jsonl"
    for body in bodies:
        Reporter("test", CATALOG, tmp_path, lambda: None).message(Failure("was accepted", "it"), [body])
        [written] = tmp_path.glob("test-*.jsonl")
        file.write_bytes((file.read_bytes() if file.exists() else b"") + written.read_bytes())
    ran = run("check", file)
    assert f"{len(bodies)} notifications, 0 conform" in ran.out


def test_other_exception(tmp_path):
    """A broken notification must be rejected by what the consumer declares, not by what happens to it."""

    def handle(notification):
        notification["message_id"].lower()
        strict(notification)

    assert "a broken notification was not rejected by RejectedError: " in str(
        _failure(handle, tmp_path, settings=settings(SOME, max_examples=600))
    )


def test_rejected(tmp_path):
    """A valid notification that is rejected is one that is wrong."""

    def handle(notification):
        strict(notification)
        if notification["payload"]["size"] is None:
            raise RejectedError

    assert "a notification that keeps its contract was rejected: RejectedError" in str(_failure(handle, tmp_path))


@pytest.mark.parametrize("change", [lambda n: n["payload"].pop("id"), lambda n: n["payload"].update(is_public=0)])
def test_changed(tmp_path, change):
    """A consumer must not change what it is given: not even false to 0."""

    def handle(notification):
        strict(notification)
        change(notification)

    assert "was changed by the consumer" in str(_failure(handle, tmp_path))


def test_spoilt(tmp_path):
    """A consumer that takes nothing valid after something broken is told what spoilt it, and what came after."""
    seen = []

    def handle(notification):
        if seen:
            raise RuntimeError("stuck")
        if not CATALOG.check(notification).conforms:
            seen.append(notification)
            raise RejectedError

    failure = _failure(handle, tmp_path, settings=SHRUNK)
    assert "after a broken notification, one that keeps its contract was not handled" in str(failure)
    assert failure.given[0] == seen[0]
    assert CATALOG.check(failure.given[1]).conforms


@pytest.mark.exhaustive
def test_hangs(tmp_path):
    """A consumer that does not come back is interrupted, and what it hangs on is shrunk nevertheless."""
    never = threading.Event()  # which, unlike a loop, takes none of the time that others need

    def handle(notification):
        strict(notification)
        if notification["payload"]["protected"]:
            never.wait()

    failure = _failure(handle, tmp_path, deadline=0.1, settings=SHRUNK)
    assert "was not done with in 0.1 s" in str(failure)
    assert failure.given[0]["payload"]["protected"] is True


def test_call_within():
    """A call within its time returns or raises what it raises, in the main thread and in others; no timer is left."""
    released = threading.Event()
    caught = []

    def elsewhere():
        for call in (lambda: 1 / 0, released.wait, lambda: None):
            try:
                call_within(0.05 if call == released.wait else 60, call)
            except (HangError, ZeroDivisionError) as error:
                caught.append(type(error))

    elsewhere()
    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    released.set()
    assert caught == [ZeroDivisionError, HangError] * 2


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, "how does the consumer reject?"),
        ({"rejected_by": ValueError, "form": "3.0"}, "there is no form '3.0'; choose from envelope, 1.0, 2.0"),
        ({"rejected_by": ValueError, "ignores": "type"}, 'write ("type",)'),
        ({"rejected_by": ValueError, "event": "picture.*"}, 'has no event type "picture.*"'),
        ({"rejected_by": ValueError, "without": ["greek"]}, 'no kind of text "greek"'),
    ],
)
def test_usage(how, said):
    """What makes no sense is one line, before anything runs."""
    with pytest.raises(UsageError) as caught:
        fuzz_consumer(**how)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_notification():
    """A function that cannot be a consumer is refused: one without an argument, one that does not run when called."""

    async def later(notification):
        strict(notification)

    def bit_by_bit(notification):
        yield strict(notification)

    async def later_bit_by_bit(notification):
        yield strict(notification)

    for function in (lambda: None, later, bit_by_bit, later_bit_by_bit):
        with pytest.raises(UsageError):
            fuzz_consumer(rejected_by=ValueError)(function)


@pytest.fixture
def by_chance(downstream, monkeypatch):
    """Let the tests inside draw by chance and take a seed, as a developer's do; in CI hypothesis draws the same."""
    del downstream  # which goes without hypothesis's plugin
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p hypothesispytest")
    profile = settings.get_current_profile_name()
    settings.load_profile("default")
    yield
    settings.load_profile(profile)


@pytest.mark.usefixtures("by_chance")
def test_fixture(project):
    """The fixture does the same inside a test with fixtures of its own, against the session's catalog."""
    made = project(
        """
        from hypothesis import Phase, settings
        from notify_contracts import load

        class RejectedError(Exception):
            pass

        @pytest.fixture
        def strict():
            catalog = load()
            def handle(notification):
                if not catalog.check(notification).conforms:
                    raise RejectedError
            return handle

        def test_good(fuzz_consumer, strict):
            fuzz_consumer(strict, "task.run", rejected_by=RejectedError, settings=settings(max_examples=30))

        def test_lax(fuzz_consumer):
            fuzz_consumer(lambda notification: None, "task.*", rejected_by=RejectedError)

        def test_usage(fuzz_consumer):
            fuzz_consumer(lambda notification: None, "tusk.*", rejected_by=RejectedError)
        """
    )
    result = made.run("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(
        [
            "*ConsumerFailedError: task.*: a broken notification was accepted: *",
            "*to look at it: notify-contracts check --catalog glance-documented *test_lax*.jsonl",
            "*to run it again: pytest *test_it.py::test_lax --hypothesis-seed=*",
            '*has no event type "tusk.*"; there are image.activate, *',
        ]
    )


BY_CHANCE = """
    from hypothesis import Phase, settings
    from notify_contracts import load
    from notify_contracts.fuzzing import fuzz_consumer

    CATALOG = load()

    SOME = settings(max_examples=50, database=None, phases=[Phase.generate])

    @fuzz_consumer(event="image.delete", rejected_by=KeyError, settings=SOME)
    def test_it(notification):
        if not CATALOG.check(notification).conforms:
            raise KeyError
        if not notification["timestamp"].startswith("1000"):
            raise ValueError(notification["timestamp"])
"""


@pytest.mark.usefixtures("by_chance")
@pytest.mark.parametrize(
    "folder",
    telling(["project", "project/tests/unit", "."], ["project"]),
)
def test_line_that_runs_it_again(downstream, monkeypatch, folder):
    """The line, pasted where the test was run, runs it again with the same outcome, though nothing was kept of it."""
    monkeypatch.setattr("hypothesis.core.global_force_seed", None)  # what the tests inside are given stays there
    tests = downstream.mkdir("project") / "tests" / "unit"
    tests.mkdir(parents=True)
    tests.joinpath("test_it.py").write_text(dedent(BY_CHANCE))
    tests.parents[1].joinpath("pytest.ini").write_text("[pytest]\n")
    monkeypatch.chdir(folder)

    def failing(*arguments):
        text = downstream.runpytest(*arguments, "-pno:cacheprovider").stdout.str()
        return re.search("ConsumerFailedError: (.*)", text)[1], re.search("to run it again: pytest (.*)", text)[1]

    failure, again = failing(tests)
    assert "was not handled: ValueError: " in failure
    monkeypatch.setattr("hypothesis.core.global_force_seed", None)
    assert failing(*shlex.split(again)) == (failure, again)
    assert failing(*shlex.split(again)[:1])[0] == failure
    monkeypatch.setattr("hypothesis.core.global_force_seed", None)
    assert failing(*shlex.split(again)[:1])[0] != failure


def _given(**how):
    """Return what a consumer that does as it must is given: by contract, how often whole and how often broken."""
    whole, broken = Counter(), Counter()

    def test(notification):
        conforms = CATALOG.check(notification).conforms
        (whole if conforms else broken)[f"{notification.get('event_type')} {notification.get('priority')}"] += 1
        strict(notification)

    fuzz_consumer(CATALOG, rejected_by=RejectedError, settings=FEW, **how)(test)()
    return whole, broken


FEW = settings(max_examples=1, database=None, derandomize=True, phases=[Phase.explicit, Phase.generate])


def test_each_contract():
    """Each contract is given whole and broken, however few trials there are."""
    pairs = {f"{each.event_type} {each.priority}" for each in CATALOG.contracts}
    whole, broken = _given()
    assert len(pairs) > 30
    assert {*whole} >= pairs
    assert sum(broken.values()) >= len(pairs)
    everything = ["envelope", "payload", "unknown-event", "no-contract"]
    whole, broken = _given(event="*.create", ignores=everything)
    assert not broken


def test_what_fails_for_one_contract(tmp_path):
    """A consumer that fails for one contract of many always fails, for that one, which its own example shows."""

    def handle(notification):
        strict(notification)
        if notification["event_type"] in ("task.run", "task.success"):
            raise KeyError("no handler")

    failure = _failure(handle, tmp_path, event="*", priority=None, settings=FEW)
    assert str(failure).startswith("task.run-INFO: a notification that keeps its contract was not handled: KeyError: ")
    assert failure.given == (CATALOG.contract("task.run", "INFO").example(),)


def test_another_run(tmp_path):
    """With other parameters it is another test, whatever failed before."""

    def handle(notification, consumer):
        consumer(notification)

    def waiting(_notification):
        time.sleep(1)

    made = fuzz_consumer(CATALOG, "image.*", rejected_by=RejectedError, deadline=0.3, settings=SOME, folder=tmp_path)(
        handle
    )
    for consumer, said in ((waiting, "was not done with in 0.3 s"), (lambda _: 1 / 0, "was not handled: Zero")):
        with pytest.raises(ConsumerFailedError, match=said):
            made(consumer=consumer)
    made(consumer=strict)


def test_what_has_not_run(tmp_path):
    """A consumer that returns what has yet to run has handled nothing."""

    async def handle(_notification):
        raise KeyError

    ignored = ["envelope", "payload", "unknown-event", "no-contract"]
    failure = _failure(lambda notification: handle(notification), tmp_path, ignores=ignored)  # noqa: PLW0108
    assert "was not handled: UsageError: handle is a coroutine function" in str(failure)
