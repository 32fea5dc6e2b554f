"""Whether what is sent still comes to us: an exchange that is deleted takes its bindings with it, and tells nobody."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from pika.exceptions import ChannelClosedByBroker

from notify_contracts._amqp import NOT_FOUND, Client, Source, Steps, run
from notify_contracts._untrusted import printable
from notify_contracts._watching.drops import log

_SECONDS = 0.5
"""How often it is asked."""

_LONGEST_SECONDS = 5.0
"""How often at least, while there is no such exchange."""

Then = Callable[..., None]


class Probe:
    """Asks again and again whether the exchange of `source` still has its bindings; lives in the I/O thread.

    A message of our own goes through the exchange into a queue of our own, which is bound before the consumer's is.
    Once it does not arrive, the exchange has been deleted, be there another of its name or not. As soon as there is
    one, both are bound again; `bind_again`, which is given a function to call when it is done, binds the consumer's.

    It has a connection of its own: a broker that runs out of memory or disk reads no more from whoever publishes, and
    the consumer has to go on. Where we may not send to the exchange, it is only asked whether that is there.
    """

    def __init__(self, source: Source, client: Client, bind_again: Callable[[Then], None]) -> None:
        self.gaps = 0
        self.seconds_unbound = 0.0
        self.unbound_since: float | None = None
        """Since when nothing has been proved, while the exchange is known to be gone."""
        self.may_send = True
        self._source = source
        self._client = client
        self._bind_again = bind_again
        self._name = f"notify-contracts.probe.{uuid4().hex}"
        self._connection: Any = None
        self._channel: Any = None
        self._is_bound = False
        self._proved = 0.0
        self._attempts = 0
        self._timer: object = None
        self._waiting: Then | None = None
        self._leaving: set[Any] = set()
        self._closed: Then | None = None

    def begin(self, then: Then) -> None:
        """Call `then` once it has begun, or cannot; what an earlier beginning left is forgotten."""
        self.stop()
        if self.unbound_since is not None:
            self._on_bound(self.unbound_since)  # by the consumer, next
        self._proved = time.monotonic()
        self._waiting = then
        self._connection = self._client.connected_beside(self._on_open, self._on_end)

    def stop(self) -> None:
        """Ask no more."""
        self._waiting, self._channel, self._is_bound = None, None, False
        self._cancel()
        connection, self._connection = self._connection, None
        if connection is not None and not connection.is_closed:
            self._leaving.add(connection)
            if not connection.is_closing:
                connection.close()

    def last(self, then: Then) -> None:
        """Ask for the last time, then call `then`."""
        self._cancel()
        self._waiting = then
        if self._can_ask:
            self._ask()
        else:
            self._answered()

    def close(self, then: Then) -> None:
        """Ask no more, and call `then` once every connection is closed."""
        self.stop()
        self._closed = then
        self._tell_closed()

    def _tell_closed(self) -> None:
        if self._closed is not None and not self._leaving:
            closed, self._closed = self._closed, None
            closed()

    def _on_open(self, connection: Any) -> None:
        if connection is self._connection:
            run(self._set_up())

    def _on_end(self, connection: Any, _error: BaseException) -> None:
        self._leaving.discard(connection)
        self._tell_closed()
        if connection is self._connection:
            self._connection, self._channel, self._is_bound = None, None, False
            self._answered()

    def _set_up(self) -> Steps:
        channel = yield lambda done: self._connection.channel(on_open_callback=done)
        self._channel = channel
        channel.add_on_close_callback(self._on_channel_closed)
        if self.may_send:
            yield partial(_declare, channel, self._name)
        yield from self._bind()

    def _bind(self) -> Steps:
        channel, exchange = self._channel, self._source.exchange
        if self.may_send:
            yield lambda done: channel.queue_bind(self._name, exchange, self._name, callback=done)
        else:
            yield lambda done: channel.exchange_declare(exchange, passive=True, callback=done)
        if self.unbound_since is not None:
            yield self._bind_again
            self._on_bound(self.unbound_since)
        self._is_bound, self._attempts = True, 0
        self._proved = time.monotonic()
        self._answered()

    def _on_bound(self, since: float) -> None:
        seconds = time.monotonic() - since
        self.gaps += 1
        self.seconds_unbound += seconds
        self.unbound_since = None
        log.warning("the exchange %s is bound again, what was sent for %.1f s was missed", self._exchange, seconds)

    def _on_unbound(self) -> None:
        self._is_bound = False
        if self.unbound_since is None:
            self.unbound_since = self._proved
            log.warning("the exchange %s was deleted: nothing arrives until it is bound again", self._exchange)

    def _on_time(self) -> None:
        self._timer = None
        if self._can_ask:
            self._ask()
        elif self._connection is None:
            self._connection = self._client.connected_beside(self._on_open, self._on_end)
        elif self._connection.is_open:
            run(self._set_up())

    def _ask(self) -> None:
        asking = time.monotonic()
        channel = self._channel
        if not self.may_send:
            channel.exchange_declare(self._source.exchange, passive=True, callback=lambda _: self._on_answer(1, asking))
            return
        channel.basic_publish(self._source.exchange, self._name, b"")
        channel.queue_purge(self._name, callback=lambda answer: self._on_answer(answer.method.message_count, asking))

    def _on_answer(self, arrived: int, asked: float) -> None:
        if arrived:
            self._proved = asked
            self._answered()
        else:
            self._on_unbound()
            run(self._bind())

    def _on_channel_closed(self, channel: Any, reason: BaseException) -> None:
        if channel is not self._channel:
            return
        self._channel, self._is_bound = None, False
        if isinstance(reason, ChannelClosedByBroker):
            if reason.reply_code == NOT_FOUND and "no exchange" in reason.reply_text:
                self._on_unbound()
            elif reason.reply_code != NOT_FOUND:
                self.may_send = False
        self._answered()

    def _answered(self) -> None:
        """Go on: whoever waits is told, and in a while it is asked again."""
        waiting, self._waiting = self._waiting, None
        self._cancel()
        self._attempts += not self._is_bound  # each is an error in the broker's log
        seconds = min(_SECONDS * max(self._attempts, 1), _LONGEST_SECONDS)
        self._timer = self._client.io.later(seconds, self._on_time)
        if waiting is not None:
            waiting()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._client.io.cancel(self._timer)
            self._timer = None

    @property
    def _exchange(self) -> str:
        return f"{printable(self._source.exchange)} at {self._client.where}"

    @property
    def _can_ask(self) -> bool:
        return self._is_bound and bool(self._channel.is_open)


def _declare(channel: Any, name: str, callback: Callable[[Any], None]) -> None:
    channel.queue_declare(name, exclusive=True, arguments={"x-max-length": 1}, callback=callback)
