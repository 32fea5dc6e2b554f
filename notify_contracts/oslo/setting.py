"""Notifiers that cannot be heard because their setting was read letter by letter."""

import gc
from collections.abc import Iterator, Sequence

from oslo_messaging.notify.notifier import Notifier

_REMEDY = (
    "the setting is a list and has split a text: write it to a configuration file (driver = contracts, in the section "
    '[oslo_messaging_notifications]), or conf.set_override("driver", ["contracts"], "oslo_messaging_notifications"); '
    "an environment variable (OS_OSLO_MESSAGING_NOTIFICATIONS__DRIVER) cannot hold it"
)

_FEW = 2  # a driver may be called by one letter


def split_setting() -> str | None:
    """Return what is wrong with a notifier of this process whose drivers are single letters, None if there is none."""
    return next(filter(None, map(split_names, _settings())), None)


def split_names(names: Sequence[str]) -> str | None:
    """Return what is wrong with drivers that are single letters, None with any others."""
    if len(names) < _FEW or any(len(name) > 1 for name in names):
        return None
    return f"a notifier of oslo.messaging has the drivers {', '.join(map(repr, names))}, which there are not: {_REMEDY}"


def _settings() -> Iterator[list[str]]:
    """Yield the names of drivers that each notifier was made with; nothing lists them, so all objects are looked at."""
    for thing in gc.get_objects():
        if issubclass(
            type(thing), Notifier
        ):  # of its type: there are objects which do something when asked for a class
            yield [str(name) for name in getattr(thing, "_driver_names", ())]
