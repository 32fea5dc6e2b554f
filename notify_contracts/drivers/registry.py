"""Drivers by name: ours from a literal table, users' own from an entry-point group."""

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from notify_contracts.drivers.base import Driver
from notify_contracts.errors import UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINT_GROUP = "notify_contracts.drivers"

REGISTRY = {
    "noop": "notify_contracts.drivers.noop:NoopDriver",
    "log": "notify_contracts.drivers.log:LogDriver",
    "memory": "notify_contracts.drivers.memory:MemoryDriver",
    "messaging": "notify_contracts.drivers.messaging:MessagingDriver",
}
"""Our own drivers as ``module:attribute``, imported on use; a user's driver cannot take one of these names."""


def names() -> tuple[str, ...]:
    """Return the name of every driver there is: ours first, then those of installed packages."""
    others = {point.name for point in _entry_points()} - REGISTRY.keys()
    return (*REGISTRY, *sorted(others))


def create(name: str, **options: Any) -> Driver:
    """Return a new driver of this name, built with `options`.

    Raise `UsageError` for an unknown name, for options the driver does not take, and for an entry point
    that cannot be imported or makes no driver.
    """
    factory = _own(name) if name in REGISTRY else _users(name)
    try:
        driver = factory(**options)
    except TypeError as error:
        raise UsageError(f"driver {name!r} cannot be made with these options: {error}") from error
    if not isinstance(driver, Driver):
        raise UsageError(f"driver {name!r} made {type(driver).__name__}, which lacks send, send_many or close")
    return driver


def _own(name: str) -> Any:
    module, _, attribute = REGISTRY[name].partition(":")
    return getattr(import_module(module), attribute)


def _users(name: str) -> Any:
    for point in _entry_points():
        if point.name == name:
            return _loaded(point)
    raise UsageError(f"there is no driver {name!r}; choose from {', '.join(names())}")


def _entry_points() -> Iterable["EntryPoint"]:
    from importlib.metadata import entry_points  # takes longer to import than most runs of the command last

    return entry_points(group=ENTRY_POINT_GROUP)


def _loaded(point: "EntryPoint") -> Any:
    try:
        return point.load()
    except (ImportError, AttributeError) as error:
        raise UsageError(f"driver {point.name!r} ({point.value}) cannot be imported: {error}") from error
