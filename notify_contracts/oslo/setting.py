"""Notifiers that cannot be heard because their setting was read letter by letter."""

import gc
from collections.abc import Iterator

from oslo_messaging.notify.notifier import Notifier

_REMEDY = (
    "the setting is a list and has split a text: write it to a configuration file (driver = contracts, in the section "
    '[oslo_messaging_notifications]), or conf.set_override("driver", ["contracts"], "oslo_messaging_notifications"); '
    "an environment variable (OS_OSLO_MESSAGING_NOTIFICATIONS__DRIVER) cannot hold it"
)


def split_setting() -> str | None:
    """Return what is wrong with a notifier of this process whose drivers are single letters, None if there is none."""
    split = next((names for names in _settings() if len(names) > 1 and all(len(name) == 1 for name in names)), None)
    if split is None:
        return None
    return f"a notifier of oslo.messaging has the drivers {', '.join(map(repr, split))}, which there are not: {_REMEDY}"


def _settings() -> Iterator[list[str]]:
    """Yield the names of drivers that each notifier was made with; nothing lists them, so all objects are looked at."""
    for thing in gc.get_objects():
        if type(thing) is Notifier:
            yield [str(name) for name in getattr(thing, "_driver_names", ())]
