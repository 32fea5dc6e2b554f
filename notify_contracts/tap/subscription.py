"""A queue of one's own, bound to an exchange and consumed: the part of a tap that talks to the broker."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any
from uuid import uuid4

from pika.exceptions import ChannelClosedByBroker

from notify_contracts._amqp import (
    NOT_FOUND,
    SENTINEL,
    Arrival,
    Client,
    Exchange,
    Problem,
    Source,
    Steps,
    declare_own,
    reply,
    run,
)
from notify_contracts.errors import BrokerError
from notify_contracts.tap.inbox import Inbox


class Subscription:
    """Consumes from an exclusive queue through a `Client`, whose listener it is; lives in the I/O thread.

    `ready` is set once everything sent from then on will arrive. A lost connection is the end of the queue and
    so of the subscription: it must not go on as if nothing had been missed.
    """

    def __init__(self, source: Source, client: Client) -> None:
        self.ready: Future[None] = Future()
        self.inbox = Inbox()
        self.blocked_for: str | None = None
        """Why the broker lets nobody publish, if it does not."""
        self._sentinel_word = f"{SENTINEL}{uuid4().hex}"
        self.sentinel_key = f"{self._sentinel_word}.end"
        self._client = client
        self._connection: Any = None
        self._channel: Any = None
        self._queue = self._dropped = ""
        self._exchange = Exchange(source, lambda: run(self._consume()), self._refused)

    def connected(self, connection: Any) -> None:
        """Look for the exchange, then subscribe."""
        connection.add_on_connection_blocked_callback(lambda _, frame: self._block(frame.method.reason))
        connection.add_on_connection_unblocked_callback(lambda *_: self._block(None))
        self._connection = connection
        self._exchange.find(connection)

    @property
    def source(self) -> Source:
        """What is listened to; once it is `ready`, as it was found."""
        return self._exchange.source

    @property
    def has_declared(self) -> bool:
        """Whether the exchange was not there, so that it was declared here."""
        return self._exchange.is_ours

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
            self._channel.basic_publish(self._exchange.name, self.sentinel_key, token.encode())

    def close(self) -> None:
        """Close the connection, and delete the exchange if we made it and nobody uses it."""
        if self._is_open:
            self._exchange.leave(self._channel, self._queue)
        self._client.link.close()

    def _consume(self) -> Steps:
        channel = yield lambda done: self._connection.channel(on_open_callback=done)
        channel.add_on_close_callback(self._on_channel_closed)
        channel.add_on_cancel_callback(self._on_cancelled)
        self._queue, self._dropped = queue, dropped = yield from declare_own(channel)
        # By a wildcard, as everything else: what comes back proves that this exchange knows wildcards.
        yield from self.source.bind(channel, queue, f"{self._sentinel_word}.#")
        # Nothing has to be acknowledged: what waited for that at the broker could expire there, or be too much.
        for name, take in ((dropped, self._on_dropped), (queue, self._on_message)):
            yield partial(_consume, channel, name, take)
        self._channel = channel
        self._client.link.progress()
        self.ready.set_result(None)

    def _on_channel_closed(self, _channel: Any, reason: BaseException) -> None:
        self._channel = None
        if isinstance(reason, ChannelClosedByBroker):
            self._refused(reason)

    def _refused(self, reason: "ChannelClosedByBroker") -> None:
        exchange, where = self._exchange.name, self._client.where
        if reason.reply_code == NOT_FOUND and self.ready.done():
            problem = Problem(BrokerError(f"the exchange {exchange!r} at {where} was deleted while it was tapped"))
        else:
            problem = reply(reason.reply_code, reason.reply_text, f"to tap exchange {exchange!r}", where)
        self._client.link.restart(problem)

    def _on_cancelled(self, _frame: Any) -> None:
        self._client.link.restart(
            Problem(BrokerError(f"the queue of the tap at {self._client.where} was deleted by somebody"))
        )

    def _block(self, reason: str | None) -> None:
        self.blocked_for = reason

    def _on_message(self, channel: Any, method: Any, properties: Any, body: bytes) -> None:
        arrival = Arrival(method, properties, body)
        if method.routing_key != self.sentinel_key:
            self.inbox.put(arrival)
        elif self._is_open:  # before it is answered, what was dropped from our queue earlier has come
            channel.queue_declare(self._dropped, passive=True, callback=lambda _: self._put_while_whole(arrival))

    def _put_while_whole(self, arrival: Arrival) -> None:
        if self._is_open:
            self.inbox.put(arrival)

    def _on_dropped(self, *_: Any) -> None:
        if self._is_open:
            self._channel = None
            advice = "no policy there may limit queues named amq.gen-*, or let messages expire in them"
            error = f"the broker at {self._client.where} dropped messages before the tap had them; {advice}"
            self._client.link.restart(Problem(BrokerError(error)))

    @property
    def _is_open(self) -> bool:
        return self._channel is not None and bool(self._channel.is_open)


def _consume(channel: Any, queue: str, take: Callable[..., None], callback: Callable[[Any], None]) -> None:
    channel.basic_consume(queue, take, auto_ack=True, exclusive=True, callback=callback)
