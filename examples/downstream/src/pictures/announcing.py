"""Two ways to announce: the reference notifier, and oslo.messaging's."""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from notify_contracts import Notifier
from oslo_config import cfg

from pictures.service import Announce

with warnings.catch_warnings():  # importing it warns of what it itself still uses
    warnings.simplefilter("ignore")
    import oslo_messaging

PUBLISHER = "pictures.example.org"


@contextmanager
def reference(drivers: Iterable[Any] = ("log",)) -> Iterator[Announce]:
    """Announce through the reference notifier with these drivers."""
    with Notifier(PUBLISHER, drivers) as notifier:
        yield notifier.notify


@contextmanager
def oslo(conf: cfg.ConfigOpts) -> Iterator[Announce]:
    """Announce through oslo.messaging, as the section oslo_messaging_notifications of `conf` says."""
    transport = oslo_messaging.get_notification_transport(conf)
    notifier = oslo_messaging.Notifier(transport, PUBLISHER)

    def announce(event_type: str, priority: str, payload: Any) -> None:
        getattr(notifier, priority.lower())({}, event_type, payload)

    try:
        yield announce
    finally:
        transport.cleanup()
