"""Every example of a catalog through every driver of the reference emitter, read back and compared."""

import logging
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from notify_contracts._base import dataclass
from notify_contracts._live.verification.differences import differences, wire_differences
from notify_contracts.capture import Recording
from notify_contracts.catalog import Catalog
from notify_contracts.drivers import Driver
from notify_contracts.drivers.log import LOGGER_BASE, LogDriver, level_of, logged_envelope
from notify_contracts.drivers.memory import MemoryDriver
from notify_contracts.drivers.noop import NoopDriver
from notify_contracts.emitting import Notifier
from notify_contracts.model import Notification, Unreadable
from notify_contracts.wire import EVERY_TOPIC, FORMAT_VERSIONS, FormatVersion, routing_key

Event = tuple[str, str, object]

_PUBLISHER = "notify-contracts.example.org"
_LOG_LINE = "%(asctime)s %(process)d %(levelname)s %(name)s [None req-verify - - - - - -] %(message)s"


@dataclass(frozen=True)
class DriverCheck:
    """What came out behind a driver; `differences` says in a line each where it is not what went in."""

    driver: str
    sent: int
    received: Sequence[Notification | Unreadable]
    differences: Sequence[str]


def verify_drivers(
    catalog: Catalog, url: str, timeout: float = 30.0, *, durable: bool = False
) -> Iterator[DriverCheck]:
    """Yield a passage for each driver, the messaging driver in both formats through the broker at `url`.

    Every driver is given the same notifications: the payloads of all examples, the same ids and times. `durable` says
    how the messaging driver declares exchange and queues, for a broker that refuses others.
    Raise BrokerError or DeliveryError if the broker does not do its part, ArrivalError if something does not come
    back within `timeout` seconds.
    """
    script = _Script(catalog)
    sent = script.emit(NoopDriver())
    yield DriverCheck("noop", len(sent), (), ())
    memory = MemoryDriver()
    script.emit(memory)
    yield DriverCheck("memory", len(sent), memory.notifications, tuple(differences(sent, memory.notifications)))
    logged = _through_log(script)
    loggable = [notification for notification in sent if level_of(notification.priority) is not None]
    written = [replace(notification, envelope=logged_envelope(notification)) for notification in loggable]
    yield DriverCheck("log", len(loggable), logged, tuple(differences(written, logged)))
    for version in FORMAT_VERSIONS:
        yield _through_broker(script, url, version, sent, timeout, durable=durable)


class _Script:
    """The same notifications for every driver."""

    def __init__(self, catalog: Catalog) -> None:
        self._events: list[tuple[str, str, Any]] = [
            (contract.event_type, contract.priority, example.get("payload"))
            for contract in catalog.contracts
            for example in contract.examples
        ]
        self.routing_key = catalog.routing_key
        self._check = catalog.check
        self._ids = [str(uuid4()) for _ in self._events]
        self._start = datetime.now(UTC)

    def emit(self, driver: Driver) -> list[Notification]:
        """Send all through `driver` and return what was sent."""
        times = (self._start + timedelta(milliseconds=number) for number in range(len(self._events)))
        ids = iter(self._ids)
        with Notifier(_PUBLISHER, [driver], check=self._check, clock=times.__next__, ids=ids.__next__) as notifier:
            return notifier.notify_many(self._events)


def _through_log(script: _Script) -> list[Notification | Unreadable]:
    logger = logging.getLogger(LOGGER_BASE)
    level, propagate = logger.level, logger.propagate
    with TemporaryDirectory() as folder:
        file = Path(folder, "service.log")
        handler = logging.FileHandler(file, encoding="utf-8")
        handler.setFormatter(logging.Formatter(_LOG_LINE))
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
        try:
            with warnings.catch_warnings(action="ignore", category=UserWarning):  # of what is no level of a log
                script.emit(LogDriver())
        finally:
            logger.removeHandler(handler)
            logger.setLevel(level)
            logger.propagate = propagate
            handler.close()
        with Recording(file) as recording:
            return [content for content, _ in recording]


def _through_broker(  # noqa: PLR0913 - plain parts, put together in one place
    script: _Script, url: str, version: FormatVersion, sent: Sequence[Notification], timeout: float, *, durable: bool
) -> DriverCheck:
    from notify_contracts._amqp import scratch
    from notify_contracts.drivers.messaging import MessagingDriver
    from notify_contracts.tap import Tap

    # A queue that is not named after our topic could be somebody's.
    before = "" if "{topic}" in script.routing_key else "{topic}."
    template = before + script.routing_key
    with (
        scratch(url, template, durable=durable) as names,
        Tap(url, names.exchange, [EVERY_TOPIC], durable=durable) as tap,
    ):
        names.routing_keys.update(routing_key(names.topic, one.priority, one.event_type, template) for one in sent)
        driver = MessagingDriver(
            url,
            names.exchange,
            [names.topic],
            format_version=version,
            durable=durable,
            retry=0,
            blocked_timeout=timeout,
            routing_key=template,
        )
        script.emit(driver)
        received = tap.expect(len(sent), timeout) + tap.drain(timeout)
    found = [*differences(sent, received), *wire_differences(received, names, version, template)]
    ours = routing_key(names.topic, "", template=before)
    return DriverCheck(f"messaging {version}", len(sent), [_without(ours, one) for one in received], tuple(found))


def _without(beginning: str, content: Notification | Unreadable) -> Notification | Unreadable:
    """Return what was received as if `beginning` were not in its routing key."""
    if isinstance(content, Unreadable) or content.delivery is None:
        return content
    key = content.delivery.routing_key.removeprefix(beginning)
    return replace(content, delivery=replace(content.delivery, routing_key=key))
