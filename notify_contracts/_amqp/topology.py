"""The exchange, and the queue per routing key, that a notification needs on the broker.

Source: oslo.messaging as recorded from Glance 33: the publisher declares the exchange, a queue of the routing
key's name and the binding, so that nothing is lost while nobody listens.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal

from pika.exceptions import ChannelClosedByBroker

from notify_contracts._amqp.errors import Problem, reply
from notify_contracts._amqp.loop import Steps, run
from notify_contracts._base import dataclass
from notify_contracts._untrusted import printable, shortened
from notify_contracts.errors import UsageError

QueueType = Literal["classic", "quorum"]
QUEUE_TYPES: tuple[QueueType, ...] = ("classic", "quorum")


_LONGEST_NAME = 255
"""Bytes of an AMQP short string (AMQP 0-9-1, section 4.2.5.3)."""


def require_short(name: str) -> None:
    """Raise `UsageError` if AMQP has no room for `name`."""
    if len(name.encode()) > _LONGEST_NAME:
        raise UsageError(f"the name {shortened(printable(name), 40)} is too long; AMQP allows {_LONGEST_NAME} bytes")


def require_topics(topics: Sequence[str]) -> None:
    """Raise `UsageError` if `topics` are no list of names, or if one of them is empty."""
    if isinstance(topics, str) or not topics:
        raise UsageError('topics is a list of at least one name: write ("notifications",)')
    if not all(topics):
        raise UsageError("a topic has no name: give one, or leave it out")


@dataclass(frozen=True, slots=True)
class Topology:
    """How exchange and queues are declared; quorum queues make both durable, whatever `durable` says."""

    exchange: str
    durable: bool = False
    auto_delete: bool = False
    queue_type: QueueType = "classic"

    def __post_init__(self) -> None:
        require_short(self.exchange)
        if self.queue_type not in QUEUE_TYPES:
            raise UsageError(f"queue_type is {self.queue_type!r}; choose from {', '.join(QUEUE_TYPES)}")
        if self.queue_type == "quorum" and self.auto_delete:
            raise UsageError("a quorum queue cannot be auto-deleted; choose queue_type classic, or no auto_delete")

    @property
    def _lasts(self) -> bool:
        return self.durable or self.queue_type == "quorum"

    def declare_exchange(self, channel: Any, callback: Callable[[Any], None]) -> None:
        """Declare the exchange on `channel`."""
        channel.exchange_declare(
            self.exchange, "topic", durable=self._lasts, auto_delete=self.auto_delete, callback=callback
        )

    def declare_queue(self, channel: Any, name: str, callback: Callable[[Any], None]) -> None:
        """Declare the queue `name` on `channel`; a classic one without arguments, as most operators have it."""
        arguments = {"x-queue-type": "quorum"} if self.queue_type == "quorum" else None
        channel.queue_declare(
            name, durable=self._lasts, auto_delete=self.auto_delete, arguments=arguments, callback=callback
        )


class Declarer:
    """Declares what routing keys need, on a channel of its own: a refusal closes that and nothing else.

    `declared` and `refused` (with the problem and its AMQP code) are called with the routing key.
    """

    def __init__(
        self,
        topology: Topology,
        where: str,
        declared: Callable[[str], None],
        refused: Callable[[str, Problem], None],
    ) -> None:
        self._topology = topology
        self._where = where
        self._declared = declared
        self._refused = refused
        self._channel: Any = None
        self._doing = ""
        self._key = ""

    def forget(self) -> None:
        """Forget the channel of a connection that is gone."""
        self._channel = None

    def declare(self, connection: Any, routing_key: str) -> None:
        """Declare exchange, queue and binding for `routing_key`; one at a time."""
        self._key = routing_key
        run(self._steps(connection))

    def _steps(self, connection: Any) -> Steps:
        if self._channel is None:
            self._channel = yield lambda done: connection.channel(on_open_callback=done)
            self._channel.add_on_close_callback(self._on_close)
        channel, key, exchange = self._channel, self._key, self._topology.exchange
        self._doing = f"exchange {exchange!r}"
        yield partial(self._topology.declare_exchange, channel)
        self._doing = f"queue {key!r}"
        yield partial(self._topology.declare_queue, channel, key)
        self._doing = f"to bind queue {key!r} to exchange {exchange!r}"
        yield lambda done: channel.queue_bind(key, exchange, key, callback=done)
        self._doing = ""
        self._declared(key)

    def _on_close(self, channel: Any, reason: BaseException) -> None:
        if channel is self._channel:
            self._channel = None
            if self._doing and isinstance(reason, ChannelClosedByBroker):
                problem = reply(reason.reply_code, reason.reply_text, self._doing, self._where)
                self._refused(self._key, problem)
