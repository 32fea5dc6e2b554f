"""A queue of one's own, bound to an exchange and consumed: the part of a tap that talks to the broker."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

from pika.exceptions import ChannelClosedByBroker

from notify_contracts.drivers.amqp_errors import NOT_FOUND, PRECONDITION_FAILED, Problem, reply
from notify_contracts.drivers.amqp_link import Link
from notify_contracts.drivers.amqp_loop import IoThread, Steps, run
from notify_contracts.errors import BrokerError
from notify_contracts.tap.inbox import PREFETCH, Inbox


@dataclass(frozen=True, slots=True)
class Source:
    """What a tap listens to; `durable` counts only where the exchange does not exist yet."""

    exchange: str
    routing_keys: Sequence[str]
    durable: bool = False


class Subscription:
    """Consumes from an exclusive queue over a `Link`, whose listener it is; lives in the I/O thread.

    `ready` is set once everything sent from then on will arrive. A lost connection is the end of the queue and
    so of the subscription: it must not go on as if nothing had been missed.
    """

    def __init__(self, source: Source, where: str, io: IoThread) -> None:
        self.ready: Future[None] = Future()
        self.inbox = Inbox(lambda tag: io.call(partial(self._acknowledge, tag)))
        self.sentinel_key = f"notify-contracts.tap.{uuid4().hex}"
        self._source = source
        self._where = where
        self._link: Link
        self._connection: Any = None
        self._channel: Any = None
        self._queue = ""
        self._created_exchange = False

    def attach(self, link: Link) -> None:
        """Consume over `link`."""
        self._link = link
        link.want()

    def connected(self, connection: Any) -> None:
        """Look for the exchange on a channel that its absence may close."""
        self._connection = connection
        run(self._find_exchange())

    def lost(self) -> bool:
        """Ask for the reason, which `given_up` is told."""
        self._channel = None
        return True

    def given_up(self, error: BrokerError) -> None:
        """End everything."""
        self.inbox.end(error)
        if not self.ready.done():
            self.ready.set_exception(error)

    def send_sentinel(self, token: str) -> None:
        """Send `token` the way of all notifications: through the exchange into our queue, and into no other."""
        if self._is_open:
            self._channel.basic_publish(self._source.exchange, self.sentinel_key, token.encode())

    def close(self) -> None:
        """Close the connection, and delete the exchange if we made it and nobody uses it."""
        if self._created_exchange and self._is_open:
            self._channel.queue_delete(self._queue)  # or our own binding would be a use
            self._channel.exchange_delete(self._source.exchange, if_unused=True)
        self._link.close()

    def _find_exchange(self) -> Steps:
        channel = yield lambda done: self._connection.channel(on_open_callback=done)
        channel.add_on_close_callback(self._on_no_exchange)
        yield lambda done: channel.exchange_declare(self._source.exchange, passive=True, callback=done)
        channel.close()
        run(self._consume())

    def _on_no_exchange(self, _channel: Any, reason: BaseException) -> None:
        if not isinstance(reason, ChannelClosedByBroker):
            return
        if reason.reply_code == NOT_FOUND:
            run(self._make_exchange())
        else:
            self._refused(reason)

    def _make_exchange(self) -> Steps:
        channel = yield lambda done: self._connection.channel(on_open_callback=done)
        channel.add_on_close_callback(self._on_not_made)
        yield lambda done: channel.exchange_declare(
            self._source.exchange, "topic", durable=self._source.durable, callback=done
        )
        self._created_exchange = True
        channel.close()
        run(self._consume())

    def _on_not_made(self, _channel: Any, reason: BaseException) -> None:
        if not isinstance(reason, ChannelClosedByBroker):
            return
        if reason.reply_code == PRECONDITION_FAILED:
            run(self._find_exchange())  # somebody else made it meanwhile, in another way
        else:
            self._refused(reason)

    def _consume(self) -> Steps:
        channel = yield lambda done: self._connection.channel(on_open_callback=done)
        channel.add_on_close_callback(self._on_channel_closed)
        channel.add_on_cancel_callback(self._on_cancelled)
        answer = yield lambda done: channel.queue_declare("", exclusive=True, callback=done)
        self._queue = queue = answer.method.queue
        for key in (*self._source.routing_keys, self.sentinel_key):
            yield partial(_bind, channel, queue, self._source.exchange, key)
        yield lambda done: channel.basic_qos(prefetch_count=PREFETCH, callback=done)
        yield lambda done: channel.basic_consume(queue, self.inbox.put, exclusive=True, callback=done)
        self._channel = channel
        self.ready.set_result(None)

    def _on_channel_closed(self, _channel: Any, reason: BaseException) -> None:
        self._channel = None
        if isinstance(reason, ChannelClosedByBroker):
            self._refused(reason)

    def _refused(self, reason: "ChannelClosedByBroker") -> None:
        doing = f"to tap exchange {self._source.exchange!r}"
        self._link.restart(reply(reason.reply_code, reason.reply_text, doing, self._where))

    def _on_cancelled(self, _frame: Any) -> None:
        self._link.restart(Problem(BrokerError(f"the queue of the tap at {self._where} was deleted by somebody")))

    @property
    def _is_open(self) -> bool:
        return self._channel is not None and bool(self._channel.is_open)

    def _acknowledge(self, tag: int) -> None:
        if self._is_open:
            self._channel.basic_ack(tag, multiple=True)


def _bind(channel: Any, queue: str, exchange: str, key: str, callback: Any) -> None:
    channel.queue_bind(queue, exchange, key, callback=callback)
