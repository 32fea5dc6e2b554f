"""The exchange that is listened to: found as it is, or made where there is none yet."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Self

from pika.exceptions import ChannelClosedByBroker

from notify_contracts._amqp.errors import NOT_FOUND, PRECONDITION_FAILED
from notify_contracts._amqp.loop import Steps, run
from notify_contracts._amqp.topology import require_short, require_topics
from notify_contracts._base import dataclass
from notify_contracts._untrusted import printable
from notify_contracts.wire import EVERY_TOPIC, ROUTING_KEY, binding_key, require_routing_key


@dataclass(frozen=True, slots=True)
class Source:
    """What is listened to: an exchange, and the binding keys for what it is to deliver.

    `durable` counts only where the exchange does not exist yet, and so does `is_whole`: that all is delivered that is
    sent there, under whatever routing key, for whoever else sends to an exchange that was made here must mean us.
    """

    exchange: str
    binding_keys: Sequence[str]
    durable: bool = False
    is_whole: bool = False

    @classmethod
    def of_topics(
        cls,
        exchange: str,
        topics: Sequence[str],
        template: str = ROUTING_KEY,
        *,
        durable: bool = False,
        is_whole: bool = False,
    ) -> Self:
        """Return the source of every routing key of `topics`; raise `UsageError` if those are no list of names.

        `template` says how a routing key is made, ``{topic}.{priority}`` for instance.
        """
        require_topics(topics)
        require_routing_key(template)
        source = cls.bound(exchange, [binding_key(topic, template) for topic in topics], durable=durable)
        return replace(source, is_whole=is_whole)

    @classmethod
    def bound(cls, exchange: str, binding_keys: Sequence[str], *, durable: bool = False) -> Self:
        """Return the source of what has these binding keys; raise `UsageError` for names that AMQP has no room for."""
        for name in (exchange, *binding_keys):
            require_short(name)
        return cls(exchange, tuple(dict.fromkeys(binding_keys)), durable)

    @property
    def binding(self) -> str:
        """What is bound, in words: ``notifications.# and audit.#``."""
        return " and ".join(map(printable, self.binding_keys))

    def bind(self, channel: Any, queue: str, *further_keys: str) -> Steps:
        """Bind `queue` for the binding keys, one after the other."""
        for key in (*self.binding_keys, *further_keys):
            yield partial(_bind, channel, queue, self.exchange, key)


class Exchange:
    """Sees to it that the exchange of `source` is there, then calls `found`; lives in the I/O thread.

    It is looked for on a channel that its absence may close. `refused` is called where the broker refuses.
    """

    def __init__(
        self, source: Source, found: Callable[[], None], refused: Callable[[ChannelClosedByBroker], None]
    ) -> None:
        self.is_ours = False
        self.source = source
        """What is listened to; all of an exchange that was made here, if that was asked for."""
        self._found = found
        self._refused = refused
        self._connection: Any = None

    @property
    def name(self) -> str:
        """The name of the exchange."""
        return self.source.exchange

    def find(self, connection: Any) -> None:
        """Begin, over an open connection."""
        self._connection = connection
        run(self._find())

    def leave(self, channel: Any, queue: str | None) -> None:
        """Delete the exchange if it was made here and nobody uses it; before it our own `queue`, bound to it."""
        if self.is_ours:
            if queue is not None:
                channel.queue_delete(queue)
            channel.exchange_delete(self.name, if_unused=True)

    def _find(self) -> Steps:
        channel = yield lambda done: self._connection.channel(on_open_callback=done)
        channel.add_on_close_callback(self._on_absent)
        yield lambda done: channel.exchange_declare(self.name, passive=True, callback=done)
        channel.close()
        self._found()

    def _on_absent(self, _channel: Any, reason: BaseException) -> None:
        if not isinstance(reason, ChannelClosedByBroker):
            return
        if reason.reply_code == NOT_FOUND:
            run(self._make())
        else:
            self._refused(reason)

    def _make(self) -> Steps:
        channel = yield lambda done: self._connection.channel(on_open_callback=done)
        channel.add_on_close_callback(self._on_not_made)
        yield lambda done: channel.exchange_declare(self.name, "topic", durable=self.source.durable, callback=done)
        self.is_ours = True
        if self.source.is_whole:
            self.source = replace(self.source, binding_keys=(EVERY_TOPIC,))
        channel.close()
        self._found()

    def _on_not_made(self, _channel: Any, reason: BaseException) -> None:
        if not isinstance(reason, ChannelClosedByBroker):
            return
        if reason.reply_code == PRECONDITION_FAILED:
            run(self._find())  # somebody else made it meanwhile, in another way
        else:
            self._refused(reason)


def _bind(channel: Any, queue: str, exchange: str, key: str, callback: Any) -> None:
    channel.queue_bind(queue, exchange, key, callback=callback)
