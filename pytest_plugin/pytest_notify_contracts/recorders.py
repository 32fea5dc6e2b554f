"""The recorders of a test: opened by its fixtures, verified when it has run, and told about on its report."""

from collections.abc import Generator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from pytest_notify_contracts.belonging import ATTEMPT, LATE

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from _pytest.python import PyCollector

    from notify_contracts.testing import Coverage, Recorder, Source
    from pytest_notify_contracts.late import Heard

RECORDERS: "pytest.StashKey[list[Recorder]]" = pytest.StashKey()
COVERAGE: "pytest.StashKey[Coverage]" = pytest.StashKey()
BROKER: "pytest.StashKey[str]" = pytest.StashKey()
"""Where the broker is that the tests of this process have used, without its password."""
HEARD: "pytest.StashKey[dict[Source, tuple[Heard, AbstractContextManager[Heard]]]]" = pytest.StashKey()

SOURCES: "dict[str, Source]" = {
    "notifications": "notifier",
    "logged_notifications": "logging",
    "oslo_notifications": "oslo.messaging",
}
"""What each recorder listens to, by the name of its fixture."""

_KIT = "notify_contracts.conformance.kit"

_RECORDING = frozenset((*SOURCES, "bus"))

MARKERS = {
    "contracts": (
        (
            'contracts(*events, priority=None): run a test that asks for the fixture "contract" for these contracts '
            'only; events are types or globs such as "image.*"'
        ),
        "contract or notification_contracts",
    ),
    "notifications": (
        (
            "notifications(catalog=None, strictness=None): what this test's recorders hold notifications against, and "
            "how strictly (strict, known, warn, off)"
        ),
        "a recorder such as notifications",
    ),
}
"""The markers by their names: as they are declared, and the fixtures that ask after them."""

REPORTED = "notify_contracts"
"""The attribute of a test's report that carries what its recorders know, as JSON values, to whoever gathers it."""


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: "pytest.FixtureDef[Any]", request: pytest.FixtureRequest) -> None:
    """Begin to hear for the recorders that a test asks for before the first fixture of its own is set up.

    So the order of a test's arguments does not matter. What a whole module or session shares is not the test's.
    """
    item = request.node
    if fixturedef.scope != "function" or HEARD in item.stash:
        return
    item.stash[HEARD] = {}
    item.addfinalizer(partial(item.stash.__delitem__, HEARD))  # if the test is run again, it begins anew
    for name, source in SOURCES.items():
        item.addfinalizer(partial(_hear_no_more, item, source))
        if name in getattr(item, "fixturenames", ()):
            from pytest_notify_contracts.recording import heard_of

            with suppress(OSError):  # no room for a temporary file: said when the recorder itself is set up
                heard_of(item, source)
    item.addfinalizer(item.stash[ATTEMPT].end)


def _hear_no_more(item: pytest.Item, source: "Source") -> None:
    _, context = item.stash[HEARD].pop(source, (None, None))
    if context is not None:
        context.__exit__(None, None, None)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Have pytest-run-parallel call a test that has a recorder only once, in one thread."""
    if item.config.pluginmanager.hasplugin("run-parallel") and _RECORDING & set(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.thread_unsafe(reason="all threads would share its recorder of notifications"))
        item.add_marker(pytest.mark.iterations(1))


@pytest.hookimpl(wrapper=True)
def pytest_pycollect_makeitem(collector: "PyCollector", name: str, obj: object) -> Generator[None, Any, Any]:
    """Refuse a class of the conformance kit that pytest does not collect."""
    made = yield
    if made is None and isinstance(obj, type) and any(each.__module__ == _KIT for each in obj.__mro__):
        from pytest_notify_contracts.uncollected import refuse_uncollected

        refuse_uncollected(collector, name, obj)
    return made


def pytest_collection_finish(session: pytest.Session) -> None:
    """Before any test has begun, see to it that what begins in one is known, if one of them asks for a recorder."""
    if any(name in getattr(item, "fixturenames", ()) for item in session.items for name in _RECORDING):
        from pytest_notify_contracts.recording import late_of

        late_of(session.config)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Verify the test's recorders, for each example if hypothesis makes some; refuse a marker that did nothing."""
    handle = getattr(getattr(item, "obj", None), "hypothesis", None)
    if handle is None:
        result = yield from verifying(item)
    else:
        from pytest_notify_contracts.repeating import with_examples

        result = yield from with_examples(item, handle)
    if any(marker.name in MARKERS for marker in item.own_markers):
        from pytest_notify_contracts.markers import refuse_idle

        refuse_idle(item)
    return result


def verifying(item: pytest.Item) -> Generator[None, Any, Any]:
    """Verify the test's recorders when it has run; where it has failed by itself, show their faults beside."""
    try:
        result = yield
    except pytest.skip.Exception:
        for recorder in item.stash.get(RECORDERS, ()):
            recorder.ignore_violations()
        raise
    except BaseException as error:
        if item.stash.get(RECORDERS, ()):
            from pytest_notify_contracts.recording import show_beside

            show_beside(item, error)
        raise
    if item.stash.get(RECORDERS, ()):
        from pytest_notify_contracts.recording import verified

        for recorder in item.stash[RECORDERS]:
            verified(recorder)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put the data of the test's recorders on its last report, which travels wherever reports do."""
    report = yield
    if call.when == "teardown":
        late = item.config.stash.get(LATE, None)
        told = {"coverage": _coverage(item), "late": late.pop() if late else []}
        if any(told.values()):
            setattr(report, REPORTED, told)
    return report


def _coverage(item: pytest.Item) -> list[dict[str, Any]]:
    """Take the data of this attempt's recorders; if the test is run again, it begins with none."""
    coverages = [recorder.coverage for recorder in item.stash.get(RECORDERS, ())]
    if COVERAGE in item.stash:
        coverages.append(item.stash[COVERAGE])
        del item.stash[COVERAGE]
    item.stash[RECORDERS] = []
    return [coverage.of_test(item.nodeid).to_json() for coverage in coverages]
