"""The recorders of a test: opened by its fixtures, verified when it has run, and told about on its report."""

from collections.abc import Generator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from pytest_notify_contracts import options
from pytest_notify_contracts.belonging import ATTEMPT
from pytest_notify_contracts.catalogs import catalog_named
from pytest_notify_contracts.failing import fail

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from notify_contracts import Catalog
    from notify_contracts.testing import Coverage, Recorder, Source
    from pytest_notify_contracts.late import Heard, Late

RECORDERS: "pytest.StashKey[list[Recorder]]" = pytest.StashKey()
COVERAGE: "pytest.StashKey[Coverage]" = pytest.StashKey()
LATE: "pytest.StashKey[Late]" = pytest.StashKey()
BROKER: "pytest.StashKey[str]" = pytest.StashKey()
"""Where the broker is that the tests of this process have used, without its password."""
HEARD: "pytest.StashKey[dict[Source, tuple[Heard, AbstractContextManager[Heard]]]]" = pytest.StashKey()

SOURCES: "dict[str, Source]" = {
    "notifications": "notifier",
    "logged_notifications": "logging",
    "oslo_notifications": "oslo.messaging",
}
"""What each recorder listens to, by the name of its fixture."""

REPORTED = "notify_contracts"
"""The attribute of a test's report that carries what its recorders know, as JSON values, to whoever gathers it."""

_CHOICES = ("catalog", "strictness")


def marked(item: pytest.Item, name: str) -> Any:
    """Return the argument `name` of the test's marker ``notifications``, None if it has none."""
    marker = item.get_closest_marker("notifications")
    if marker is None:
        return None
    if marker.args or set(marker.kwargs) - set(_CHOICES):
        fail(f"the marker notifications takes {' and '.join(_CHOICES)} by name, nothing else")
    return marker.kwargs.get(name)


def catalog_of(item: pytest.Item) -> "Catalog":
    """Return the catalog that the test is held against."""
    from notify_contracts.errors import CatalogError

    try:
        return catalog_named(item.config, marked(item, "catalog"))
    except CatalogError as error:
        fail(str(error))


def strictness_of(item: pytest.Item) -> str:
    """Return how strictly the test's notifications are held against the catalog."""
    strictness = str(marked(item, "strictness") or options.chosen(item.config, options.STRICTNESS))
    if strictness not in options.STRICTNESSES:
        good = ", ".join(options.STRICTNESSES)
        fail(f"there is no strictness {strictness!r}; choose from {good}")
    return strictness


def attached(item: pytest.Item, recorder: "Recorder") -> "Recorder":
    """Return the recorder, which is now one of the test's."""
    if (excuse := options.excusing(item.config)) is not None:
        excuse.tell(recorder)
    if (lifecycles := options.chosen(item.config, options.LIFECYCLES)) != "off":
        follow(recorder, lifecycles)
    item.stash.setdefault(RECORDERS, []).append(recorder)
    return recorder


def follow(recorder: "Recorder", lifecycles: str) -> None:
    """Have a recorder follow lives, as strictly as that; fail for a catalog that states none."""
    from notify_contracts.errors import UsageError

    try:
        recorder.follow_lives(lifecycles)
    except UsageError as error:
        fail(f"{options.LIFECYCLES.name}: {error}")


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
            with suppress(OSError):  # no room for a temporary file: said when the recorder itself is set up
                _heard(item, source)
    item.addfinalizer(item.stash[ATTEMPT].end)


def _heard(item: pytest.Item, source: "Source") -> "Heard":
    """Return what is heard of `source` until all fixtures of the test are torn down."""
    heard = item.stash[HEARD]
    if source not in heard:
        context = late_of(item.config).told_apart(item.stash[ATTEMPT], source, options.wire(item.config))
        heard[source] = context.__enter__(), context
    return heard[source][0]


def _hear_no_more(item: pytest.Item, source: "Source") -> None:
    _, context = item.stash[HEARD].pop(source, (None, None))
    if context is not None:
        context.__exit__(None, None, None)


def recording(item: pytest.Item, source: "Source") -> "Recorder":
    """Return a recorder of what `source` emits until the test is over, verified once it has run and at its end."""
    from notify_contracts.testing import Recorder

    recorder = attached(item, Recorder(catalog_of(item), strictness_of(item), source))
    _heard(item, source).give(recorder)
    return recorder


def late_of(config: pytest.Config) -> "Late":
    """Return the `Late` of the session, which keeps the notifications that come after their tests."""
    from pytest_notify_contracts.late import Late

    if LATE not in config.stash:
        config.stash[LATE] = Late()
    return config.stash[LATE]


def verified(recorder: "Recorder") -> None:
    """Fail the test for every fault in its recorder that was not reported yet."""
    from notify_contracts.errors import ContractViolatedWarning, NotifyContractsError

    try:
        recorder.verify()
    except (NotifyContractsError, ContractViolatedWarning) as error:  # a warning may have been made an error
        fail(str(error))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Before any test has begun, see to it that what begins in one is known, if one of them asks for a recorder."""
    if any(name in getattr(item, "fixturenames", ()) for item in session.items for name in (*SOURCES, "bus")):
        late_of(session.config)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Verify the test's recorders; where the test has failed by itself, show their faults beside."""
    try:
        result = yield
    except pytest.skip.Exception:
        for recorder in item.stash.get(RECORDERS, ()):
            recorder.ignore_violations()
        raise
    except BaseException:
        _show_beside(item)
        raise
    for recorder in item.stash.get(RECORDERS, ()):
        verified(recorder)
    return result


def _show_beside(item: pytest.Item) -> None:
    for recorder in item.stash.get(RECORDERS, ()):
        try:
            verified(recorder)
        except pytest.fail.Exception as problem:
            item.add_report_section("call", "notifications", str(problem))


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
