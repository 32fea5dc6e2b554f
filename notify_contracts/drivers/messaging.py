"""The driver that sends notifications through RabbitMQ, in oslo.messaging's formats, and knows they arrived."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, fields
from functools import lru_cache, partial
from typing import Self

from notify_contracts._amqp import (
    FOREVER,
    Address,
    Batch,
    QueueType,
    Sender,
    Sending,
    Tls,
    Topology,
    backoff,
    require_short,
    require_topics,
    this_process,
)
from notify_contracts._base import dataclass
from notify_contracts._untrusted import printable, shortened
from notify_contracts.broker import DEFAULT_URL
from notify_contracts.errors import DeliveryError, NotifyContractsError, UsageError
from notify_contracts.model import Notification
from notify_contracts.wire import (
    FORMAT_VERSIONS,
    PRIORITIES,
    ROUTING_KEY,
    FormatVersion,
    encode,
    require_routing_key,
    routing_key,
)

_WORD = re.compile("[A-Za-z0-9_-]+")
_LIKE_INFO = "INFO"


@dataclass(eq=False, repr=False)
class MessagingDriver:
    """Sends each notification to `exchange` with the routing key ``<topic>.<priority>``, for every topic.

    A call returns when the broker has confirmed everything; what it has not confirmed is named by the
    `DeliveryError` that is raised, with the reason. One connection is opened by the first call and served by
    a thread of its own; it is opened again when it is lost, and what was unconfirmed is sent again, in order.
    So a notification may arrive twice (`resent` counts those sent again) but is never lost in silence.
    A fork opens a connection of its own when it first sends; its parent's stays as it is, closed by the parent alone.

    * `url`: ``amqp://``, ``amqps://``, or a ``transport_url`` of oslo.messaging; `tls`: the certificates for TLS.
    * `format_version`: ``"1.0"`` (the notification itself) or ``"2.0"`` (wrapped).
    * `durable`, `auto_delete`, `queue_type` (``"classic"`` or ``"quorum"``): how the exchange and the queue of
      each routing key are declared, which happens before its first use. Quorum queues are always durable.
    * `routing_key`: how it is made of ``{topic}``, ``{priority}`` in lower case, ``{event_type}`` and constants.
    * `priority`: of AMQP, 0 to 255.
    * `retry`: attempts to connect again before giving up, 0 for none, -1 for ever; ``delay(attempt)`` gives the
      seconds before each. What the broker refuses (password, permission, other arguments) fails at once.
    * `window`: the most messages that may be unconfirmed at a time.
    * `blocked_timeout`: seconds to wait for a broker that is there and does not go on, for it blocks publishers (memory
      or disk alarm) or does not answer (a queue whose nodes are gone); None for ever.

    Without a URL and an exchange, oslo.messaging's defaults count. Raise `UsageError` for bad options. A
    notification whose priority is no word (sent on purpose, to test a consumer) goes where INFO goes.
    """

    url: str = DEFAULT_URL
    exchange: str = "openstack"
    topics: Sequence[str] = ("notifications",)
    _: KW_ONLY
    format_version: FormatVersion = "2.0"
    durable: bool = False
    auto_delete: bool = False
    queue_type: QueueType = "classic"
    priority: int = 0
    retry: int = FOREVER
    delay: Callable[[int], float] = backoff
    window: int = 1000
    blocked_timeout: float | None = None
    tls: Tls | None = None
    routing_key: str = ROUTING_KEY

    def __post_init__(self) -> None:
        if self.format_version not in FORMAT_VERSIONS:
            raise UsageError(f"format_version is {self.format_version!r}; choose from {', '.join(FORMAT_VERSIONS)}")
        require_topics(self.topics)
        require_routing_key(self.routing_key)
        for topic in self.topics:
            require_short(routing_key(topic, max(PRIORITIES, key=len), template=self.routing_key))
        self._is_closed = False
        self._keys = lru_cache(maxsize=1024)(self._made_keys)
        self._address = Address.of(self.url, self.tls)
        self._senders = {this_process(): self._made_sender()}

    def __repr__(self) -> str:
        return f"<MessagingDriver {self._address.where} exchange={self.exchange!r} format {self.format_version}>"

    def __reduce__(self) -> tuple[Callable[[], Self], tuple[()]]:
        """Travel to a process that is no fork as options alone: the driver there opens a connection of its own."""
        return partial(type(self), **{option.name: getattr(self, option.name) for option in fields(self)}), ()

    @property
    def resent(self) -> int:
        """How many messages this process sent again after a lost connection: the most that can have arrived twice."""
        return self._sender.resent

    def send(self, notification: Notification) -> None:
        """Send one notification and wait for its confirm; raise `DeliveryError` if it does not come."""
        self.send_many((notification,))

    def send_many(self, notifications: Iterable[Notification]) -> None:
        """Send several in order, `window` at a time; raise `DeliveryError` naming all that were not confirmed."""
        given = tuple(notifications)
        batch = Batch(self._messages(given))
        if not given:
            return
        if failed := self._sender.send(batch):
            raise _delivery_error(given, failed)

    def close(self) -> None:
        """Close the connection; calls that wait in other threads fail. A second call does nothing."""
        self._is_closed = True
        self._sender.close()

    @property
    def _sender(self) -> Sender:
        """What this process sends through; a fork makes its own, without a lock that might be held where it forked."""
        here = this_process()
        return self._senders.get(here) or self._senders.setdefault(here, self._made_sender())

    def _made_sender(self) -> Sender:
        sender = Sender(
            self._address,
            Topology(self.exchange, self.durable, self.auto_delete, self.queue_type),
            Sending(self.priority, self.window, self.blocked_timeout),
            partial(encode, version=self.format_version),
            retry=self.retry,
            delay=self.delay,
        )
        if self._is_closed:  # where this process was forked
            sender.close()
        return sender

    def _messages(self, notifications: Sequence[Notification]) -> Iterator[tuple[int, str, Notification]]:
        for index, notification in enumerate(notifications):
            priority, event_type = notification.priority, notification.event_type
            try:
                keys = self._keys(
                    priority if isinstance(priority, str) and _WORD.fullmatch(priority) else _LIKE_INFO,
                    event_type if isinstance(event_type, str) and "{event_type}" in self.routing_key else "",
                )
            except (UnicodeEncodeError, UsageError) as error:
                reason = f"{_named(notification)} has no routing key: {printable(str(error))}"
                raise DeliveryError(reason, tuple(notifications)) from None
            for key in keys:
                yield index, key, notification

    def _made_keys(self, priority: str, event_type: str) -> list[str]:
        keys = [routing_key(topic, priority, event_type, self.routing_key) for topic in self.topics]
        for key in keys:
            require_short(key)
        return keys


def _delivery_error(notifications: Sequence[Notification], failed: Mapping[int, NotifyContractsError]) -> DeliveryError:
    undelivered = tuple(notifications[index] for index in sorted(failed))
    first, reason = undelivered[0], failed[min(failed)]
    named = _named(first)
    if len(notifications) == 1:
        error = DeliveryError(f"{named} was not confirmed: {reason}", undelivered)
    else:
        count = f"{len(undelivered):,} of {len(notifications):,} notifications were not confirmed"
        error = DeliveryError(f"{count} (first {named}): {reason}", undelivered)
    error.__cause__ = reason
    return error


def _named(notification: Notification) -> str:
    named = f"{notification.event_type} {notification.priority} {notification.message_id}"
    return shortened(printable(named), 120)
