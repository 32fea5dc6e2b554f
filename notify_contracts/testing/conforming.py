"""The one assertion that needs no recorder."""

from pathlib import Path

from notify_contracts.catalog import Catalog, load
from notify_contracts.model import Notification
from notify_contracts.testing.recorder import Recorder


def assert_conforms(thing: object, catalog: Catalog | str | Path | None = None) -> Notification:
    """Return the notification in `thing`, which must keep its contract in `catalog` (the default one if None).

    `thing` is whatever `notification_in` reads. Raise `ContractViolatedError`, saying all that is broken.
    """
    __tracebackhide__ = True
    return Recorder(catalog if isinstance(catalog, Catalog | None) else load(catalog)).assert_conforms(thing)
