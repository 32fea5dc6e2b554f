"""Whether what is sent still comes to us: an exchange that is deleted takes its bindings with it, and tells nobody."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from pika.exceptions import ChannelClosedByBroker

from notify_contracts._amqp import NOT_FOUND, Client, Source, Steps, run
from notify_contracts._live.watching.drops import log
from notify_contracts._untrusted import monotonic, printable

_SECONDS = 0.5
"""How often it is asked."""

_LONGEST_SECONDS = 5.0
"""How often at least, while there is no such exchange."""

Then = Callable[..., None]


class Probe:
    """Asks again and again whether the exchange of `source` still has its bindings; lives in the I/O thread.

    Nothing is sent for that, for whoever has bound `#` would get it. An exchange of our own, which nobody else uses, is
    bound to the one of `source` before the consumer's queue is, and the broker deletes it with its only binding: once
    it is gone, the other has been deleted, be there one of that name again or not. (RabbitMQ: auto-delete exchanges,
    and exchange-to-exchange bindings.) As soon as there is one, both are bound again; `bind_again`, which is given a
    function to call when it is done, binds the consumer's queue; then `miss` is called, for something was.

    Where we may not make an exchange or bind it, it is only asked whether that of `source` is there.
    """

    def __init__(
        self, source: Source, client: Client, bind_again: Callable[[Then], None], miss: Callable[[], None]
    ) -> None:
        self.gaps = 0
        self.seconds_unbound = 0.0
        self.unbound_since: float | None = None
        """Since when nothing has been proved, while the exchange is known to have been deleted."""
        self.may_bind = True
        self._source = source
        self._client = client
        self._bind_again = bind_again
        self._miss = miss
        self._name = f"notify-contracts.probe.{uuid4().hex}"
        self._connection: Any = None
        self._channel: Any = None
        self._is_made = self._is_bound = False
        self._proved = 0.0
        self._attempts = 0
        self._timer: object = None
        self._waiting: Then | None = None

    def begin(self, connection: Any, then: Then) -> None:
        """Begin over a connection, and call `then` once that is done or cannot be."""
        self.stop()
        if self.unbound_since is not None:
            self._on_bound(self.unbound_since)  # by the consumer, next
        self._proved = monotonic()
        self._connection, self._waiting = connection, then
        run(self._set_up())

    def stop(self) -> None:
        """Ask no more."""
        self._connection, self._channel, self._is_bound, self._waiting = None, None, False, None
        self._cancel()

    def last(self, then: Then) -> None:
        """Ask for the last time, then call `then`."""
        self._cancel()
        self._waiting = then
        if self._can_ask:
            self._ask()
        else:
            self._answered()

    def leave(self, then: Then) -> None:
        """Delete what was made, then call `then`."""
        channel, made = self._channel, self._can_ask and self.may_bind
        self.stop()
        if made:
            channel.exchange_delete(self._name, callback=then)
        else:
            then()

    def _set_up(self) -> Steps:
        channel = self._channel = yield lambda done: self._connection.channel(on_open_callback=done)
        channel.add_on_close_callback(self._on_channel_closed)
        exchange = self._source.exchange
        if self.may_bind:
            # From an earlier connection that was lost, one may be left.
            yield lambda done: channel.exchange_delete(self._name, callback=done)
            yield lambda done: channel.exchange_declare(
                self._name, "fanout", auto_delete=True, internal=True, callback=done
            )
            self._is_made = True
            yield lambda done: channel.exchange_bind(exchange, self._name, callback=done)
        else:
            if self._is_made:  # and was never bound, so that the broker would never delete it
                yield lambda done: channel.exchange_delete(self._name, callback=done)
                self._is_made = False
            yield lambda done: channel.exchange_declare(exchange, passive=True, callback=done)
        if self.unbound_since is not None:
            yield self._bind_again
            self._on_bound(self.unbound_since)
        self._is_bound, self._attempts = True, 0
        self._proved = monotonic()
        self._answered()

    def _on_bound(self, since: float) -> None:
        seconds = monotonic() - since
        self.gaps += 1
        self.seconds_unbound += seconds
        self.unbound_since = None
        self._miss()
        log.warning("the exchange %s is bound again, what was sent for %.1f s was missed", self._exchange, seconds)

    def _on_unbound(self) -> None:
        if self.unbound_since is None:
            self.unbound_since = self._proved
            log.warning("the exchange %s was deleted: nothing arrives until it is bound again", self._exchange)

    def _on_time(self) -> None:
        self._timer = None
        if self._can_ask:
            self._ask()
        elif self._connection is not None and self._connection.is_open:
            run(self._set_up())

    def _ask(self) -> None:
        name = self._name if self.may_bind else self._source.exchange
        self._channel.exchange_declare(name, passive=True, callback=lambda _: self._on_answer())

    def _on_answer(self) -> None:
        self._proved = monotonic()
        self._answered()

    def _on_channel_closed(self, channel: Any, reason: BaseException) -> None:
        if channel is not self._channel:
            return
        self._channel, self._is_bound = None, False
        if not isinstance(reason, ChannelClosedByBroker):
            return
        if reason.reply_code == NOT_FOUND:
            self._on_unbound()
        elif self.may_bind:
            self.may_bind = False
            self._attempts = 0
            if self._connection is not None and self._connection.is_open:
                run(self._set_up())  # at once: what was made must be gone before anybody goes on
                return
        else:
            self._connection = None  # nobody may even look: there is nothing to ask
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
    def _can_ask(self) -> bool:
        return self._is_bound and bool(self._channel.is_open)

    @property
    def _exchange(self) -> str:
        return f"{printable(self._source.exchange)} at {self._client.where}"
