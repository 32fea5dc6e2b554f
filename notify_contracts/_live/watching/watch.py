"""A watch: a bus checked as its notifications pass, for as long as it is wanted."""

from collections.abc import Iterator
from concurrent.futures import wait
from types import TracebackType
from typing import Self

from notify_contracts._amqp import FOREVER, Address, Client, Tls
from notify_contracts._live.watching.consumer import Consumer
from notify_contracts._live.watching.drops import Drops
from notify_contracts._live.watching.ledger import Ledger
from notify_contracts._live.watching.queues import Queue
from notify_contracts.errors import UsageError


class Watch:
    """Has everything that arrives in `queue`, on the broker at `url`, taken by `ledger`, in a thread of its own.

    It connects again when the connection is lost, for as long as it takes, and logs that, and what was missed, as
    warnings. Only a broker that is not there at the beginning, or that refuses, is a `BrokerError`. `tls` goes with
    ``amqps://``.
    """

    def __init__(self, url: str, queue: Queue, ledger: Ledger, *, tls: Tls | None = None) -> None:
        self.ledger = ledger
        self._client = Client(Address.of(url, tls), "watch")
        self._consumer = Consumer(queue, self._client, ledger)
        self._client.serve(self._consumer, retry=FOREVER, insists=False)
        self._outlives = queue.outlives_connection
        self._has_been_entered = False
        self.binding = None if queue.source is None else queue.source.binding
        """What is bound, in words; None for a queue that somebody else has bound."""

    def __enter__(self) -> Self:
        """Begin, and return when everything sent from now on will be checked; raise `BrokerError` if it cannot."""
        if self._has_been_entered:
            raise UsageError("a watch is entered once; make a new one")
        self._has_been_entered = True
        self._client.connect(self._consumer.ready, self.close)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Count what has already been fetched, and disconnect; after that nothing changes any more.

        Of a watch that has not begun, or that a fork has inherited, there is nothing to close. Raise what has ended
        the watch: a `BrokerError` when the broker refused to go on, or whatever checking or a sink has raised.
        """
        if not self._has_been_entered or self._client.is_inherited:
            return
        self._client.stop(self._consumer.close)
        self._consumer.ended.result()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the watch has ended, because the ledger is full or by an error; at most so many `seconds`.

        Return whether it has. In a fork of the process that watches, raise UsageError.
        """
        self._client.require_own()
        return bool(wait([self._consumer.ended], seconds).done)

    @property
    def where(self) -> str:
        """The URL of the broker, without its secrets."""
        return self._client.where

    @property
    def has_begun(self) -> bool:
        """Whether the queue has ever been consumed."""
        ready = self._consumer.ready
        return ready.done() and ready.exception() is None

    @property
    def reconnects(self) -> int:
        """How often the connection was lost and found again."""
        return self._consumer.reconnects

    @property
    def dropped(self) -> Drops:
        """What the watcher's own queue had no room for."""
        return self._consumer.drops

    @property
    def problems(self) -> Iterator[str]:
        """What was not checked, or is not sure to have been, in a line each; whole once the watch is closed."""
        probe = self._consumer.probe
        if not self.has_begun:
            yield f"{self.where} had not answered yet: nothing was heard"
        if self._consumer.silence is not None:
            yield self._consumer.silence
        if self.reconnects and not self._keeps:
            kept = "a lasting --queue that is no stream keeps that"
            yield f"{self._losses}, what was sent meanwhile was not checked; {kept}"
        if probe is not None and probe.gaps:
            missed = f"for {probe.seconds_unbound:.1f} s in all, what was sent meanwhile was not checked"
            yield f"the exchange was deleted {_times(probe.gaps)} and bound again: {missed}"
        if probe is not None and probe.unbound_since is not None:
            yield "the exchange was deleted and is not there again: nothing that was sent since then was checked"
        if self._consumer.untaken and not self.ledger.is_full:
            had_come = (
                f"at least {self._consumer.untaken:,} notifications that had come before the end were not checked"
            )
            yield f"{had_come}: the watcher was too slow; end it some seconds later"
        if self.dropped.count:
            lossy = "" if self.dropped.is_exact else ", or a policy of the broker's lets messages expire in it"
            yield f"{self.dropped} were dropped unchecked: the watcher was too slow for its queue{lossy}"
        if unread := self._consumer.stream.unread:
            removed = f"the limits of the stream removed up to {unread:,} messages before they were read"
            yield f"{removed}, which were not checked; let it keep more (max-length-bytes, max-age)"

    @property
    def notes(self) -> Iterator[str]:
        """What else is worth knowing, in a line each."""
        if self.reconnects and self._keeps:
            yield self._losses
        if begun_at := self._consumer.stream.begun_at:
            before = f"what was in it before, {begun_at:,} messages, was not read"
            yield f"the queue is a stream, which gives what comes: {before}"
        if self._consumer.probe is not None and not self._consumer.probe.may_bind:
            yield "this user may not bind to the exchange, so it is not proved that nobody made it anew meanwhile"
        if self.ledger.redelivered:
            yield (
                f"{self.ledger.redelivered} had been delivered before, to this watcher or another: "
                "as many may have been counted twice"
            )

    @property
    def _keeps(self) -> bool:
        """Whether the queue keeps what is sent while nobody is connected, and gives it afterwards."""
        return self._outlives and self._consumer.stream.begun_at is None

    @property
    def _losses(self) -> str:
        return f"the connection was lost {_times(self.reconnects)}, for {self._consumer.seconds_away:.1f} s in all"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
