"""A recorder of a test: made for a fixture, as strict as the test's marker says, and verified."""

from typing import TYPE_CHECKING, Any

import pytest

from pytest_notify_contracts import options
from pytest_notify_contracts.asked import excusing, wire
from pytest_notify_contracts.belonging import ATTEMPT, LATE
from pytest_notify_contracts.catalogs import catalog_named
from pytest_notify_contracts.failing import fail
from pytest_notify_contracts.markers import markers_of
from pytest_notify_contracts.recorders import HEARD, RECORDERS

if TYPE_CHECKING:
    from notify_contracts import Catalog
    from notify_contracts.testing import Recorder, Source
    from pytest_notify_contracts.late import Heard, Late

_CHOICES = ("catalog", "strictness")
_UNREPORTED = (pytest.exit.Exception, KeyboardInterrupt)
"""What ends the session: the test that raises it gets no report."""


def marked(item: pytest.Item, name: str) -> Any:
    """Return the argument `name` of the nearest marker ``notifications`` that has it, None if none has."""
    markers = markers_of(item, "notifications")
    if any(marker.args or set(marker.kwargs) - set(_CHOICES) for marker in markers):
        fail(f"the marker notifications takes {' and '.join(_CHOICES)} by name, nothing else")
    return next((marker.kwargs[name] for marker in markers if name in marker.kwargs), None)


def catalog_of(item: pytest.Item) -> "Catalog":
    """Return the catalog that the test is held against."""
    from notify_contracts.errors import CatalogError

    try:
        return catalog_named(item.config, marked(item, "catalog"))
    except CatalogError as error:
        fail(str(error))


def strictness_of(item: pytest.Item) -> str:
    """Return how strictly the test's notifications are held against the catalog."""
    said = marked(item, "strictness")
    strictness = str(options.chosen(item.config, options.STRICTNESS) if said is None else said)
    if strictness not in options.STRICTNESSES:
        good = ", ".join(options.STRICTNESSES)
        fail(f"there is no strictness {strictness!r}; choose from {good}")
    return strictness


def attached(item: pytest.Item, recorder: "Recorder") -> "Recorder":
    """Return the recorder, which is now one of the test's."""
    if (excuse := excusing(item.config)) is not None:
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


def heard_of(item: pytest.Item, source: "Source") -> "Heard":
    """Return what is heard of `source` until all fixtures of the test are torn down."""
    heard = item.stash[HEARD]
    if source not in heard:
        context = late_of(item.config).told_apart(item.stash[ATTEMPT], source)
        heard[source] = context.__enter__(), context
    return heard[source][0]


def recording(item: pytest.Item, source: "Source") -> "Recorder":
    """Return a recorder of what `source` emits until the test is over, verified once it has run and at its end."""
    from notify_contracts.testing import Recorder

    recorder = attached(item, Recorder(catalog_of(item), strictness_of(item), source))
    heard_of(item, source).give(recorder)
    return recorder


def late_of(config: pytest.Config) -> "Late":
    """Return the `Late` of the session, which keeps the notifications that come after their tests."""
    from pytest_notify_contracts.late import Late

    if LATE not in config.stash:
        config.stash[LATE] = Late(wire(config))
    return config.stash[LATE]


def verified(recorder: "Recorder") -> None:
    """Fail the test for every fault in its recorder that was not reported yet."""
    from notify_contracts.errors import ContractViolatedWarning, NotifyContractsError

    try:
        recorder.verify()
    except (NotifyContractsError, ContractViolatedWarning) as error:  # a warning may have been made an error
        fail(str(error))


def show_beside(item: pytest.Item, error: BaseException) -> None:
    """Show what is wrong with the test's recorders beside what it has failed for itself, or ended the session with."""
    for recorder in item.stash.get(RECORDERS, ()):
        try:
            verified(recorder)
        except pytest.fail.Exception as problem:
            if isinstance(error, _UNREPORTED):
                late_of(item.config).note(item.stash[ATTEMPT], str(problem))
            else:
                item.add_report_section("call", "notifications", str(problem))
