"""A queue of one's own, bound to an exchange and consumed: the part of a tap that talks to the broker."""

from concurrent.futures import Future
from functools import partial
from typing import Any
from uuid import uuid4

from pika.exceptions import ChannelClosedByBroker

from notify_contracts._amqp import PREFETCH, SENTINEL, Client, Exchange, Problem, Source, Steps, reply, run
from notify_contracts.errors import BrokerError
from notify_contracts.tap.inbox import Inbox


class Subscription:
    """Consumes from an exclusive queue through a `Client`, whose listener it is; lives in the I/O thread.

    `ready` is set once everything sent from then on will arrive. A lost connection is the end of the queue and
    so of the subscription: it must not go on as if nothing had been missed.
    """

    def __init__(self, source: Source, client: Client) -> None:
        self.ready: Future[None] = Future()
        self.inbox = Inbox(lambda tag: client.io.call(partial(self._acknowledge, tag)))
        self._sentinel_word = f"{SENTINEL}{uuid4().hex}"
        self.sentinel_key = f"{self._sentinel_word}.end"
        self._source = source
        self._client = client
        self._connection: Any = None
        self._channel: Any = None
        self._queue = ""
        self._exchange = Exchange(source, lambda: run(self._consume()), self._refused)

    def connected(self, connection: Any) -> None:
        """Look for the exchange, then subscribe."""
        self._connection = connection
        self._exchange.find(connection)

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
        if self._is_open:
            self._exchange.leave(self._channel, self._queue)
        self._client.link.close()

    def _consume(self) -> Steps:
        channel = yield lambda done: self._connection.channel(on_open_callback=done)
        channel.add_on_close_callback(self._on_channel_closed)
        channel.add_on_cancel_callback(self._on_cancelled)
        answer = yield lambda done: channel.queue_declare("", exclusive=True, callback=done)
        self._queue = queue = answer.method.queue
        # By a wildcard, as everything else: what comes back proves that this exchange knows wildcards.
        yield from self._source.bind(channel, queue, f"{self._sentinel_word}.#")
        yield lambda done: channel.basic_qos(prefetch_count=PREFETCH, callback=done)
        yield lambda done: channel.basic_consume(queue, self.inbox.put, exclusive=True, callback=done)
        self._channel = channel
        self._client.link.progress()
        self.ready.set_result(None)

    def _on_channel_closed(self, _channel: Any, reason: BaseException) -> None:
        self._channel = None
        if isinstance(reason, ChannelClosedByBroker):
            self._refused(reason)

    def _refused(self, reason: "ChannelClosedByBroker") -> None:
        doing = f"to tap exchange {self._source.exchange!r}"
        self._client.link.restart(reply(reason.reply_code, reason.reply_text, doing, self._client.where))

    def _on_cancelled(self, _frame: Any) -> None:
        self._client.link.restart(
            Problem(BrokerError(f"the queue of the tap at {self._client.where} was deleted by somebody"))
        )

    @property
    def _is_open(self) -> bool:
        return self._channel is not None and bool(self._channel.is_open)

    def _acknowledge(self, tag: int) -> None:
        if self._is_open:
            self._channel.basic_ack(tag, multiple=True)
