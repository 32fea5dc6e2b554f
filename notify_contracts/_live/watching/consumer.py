"""The part of a watch that talks to the broker."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from pika.exceptions import ChannelClosedByBroker

from notify_contracts._amqp import NOT_FOUND, PREFETCH, Arrival, Client, Exchange, Problem, Source, Steps, reply, run
from notify_contracts._live.watching.drops import Drops, log
from notify_contracts._live.watching.ledger import Ledger
from notify_contracts._live.watching.probe import Probe
from notify_contracts._live.watching.queues import Queue
from notify_contracts._live.watching.stream import Stream
from notify_contracts._untrusted import monotonic, printable
from notify_contracts.errors import BrokerError

PORTION = PREFETCH // 2
"""How many messages are taken, and acknowledged, at once while they come fast."""

_PATIENCE = 0.05
"""Seconds after which a smaller portion is taken."""

_LAST_WORDS = 5.0
"""Seconds that the broker has to answer, and to say what was dropped, when all is over."""

_LAST_TAKEN = 10.0
"""Seconds in which is taken what had come before all was over."""


class Consumer:
    """Consumes `queue` through a `Client`, whose listener it is; lives in the I/O thread.

    What comes is collected and given to `ledger` in portions; what that took is acknowledged, never before. So what a
    watcher did not live to take comes again, to whoever consumes the queue. What it took when the connection was lost
    before the acknowledgement comes again too, marked as redelivered: every message is taken at least once.

    `ready` is set when the queue is consumed for the first time. `ended` is set when the ledger is full, or holds the
    reason why nothing more can come.
    """

    def __init__(self, queue: Queue, client: Client, ledger: Ledger) -> None:
        self.ready: Future[None] = Future()
        self.ended: Future[None] = Future()
        self.reconnects = 0
        self.seconds_away = 0.0
        self.silence: str | None = None
        """Why nothing was heard at the end."""
        self.untaken = 0
        """How many messages, at least, had come when all was over, and were not taken in time."""
        self.drops = Drops(client.io, ledger.miss)
        self.stream = Stream(ledger.miss)
        self._queue = queue
        self._client = client
        self._ledger = ledger
        self._prefetch = min(PREFETCH, ledger.limit.count or PREFETCH)
        self._portion: list[Arrival] = []
        self._taken = 0
        self._timer: object = None
        self._away_since: float | None = None
        self._connection: Any = None
        self._channel: Any = None
        self._consumed = ""
        self._is_leaving = self._has_answered = False
        self._parting: object = None
        self._exchange: Exchange | None = None
        self.probe: Probe | None = None
        if queue.source is not None:
            self._exchange = Exchange(queue.source, self._on_exchange, self._refused)
            self.probe = Probe(queue.source, client, self._bind_again, ledger.miss)

    def connected(self, connection: Any) -> None:
        """Look for the exchange, if one is needed, then consume."""
        self._connection = connection
        if self._exchange is None:
            run(self._consume())
        else:
            self._exchange.find(connection)

    def lost(self) -> bool:
        """Take what only we have; leave what comes again."""
        self._channel = None
        self.drops.stop()
        self.stream.stop()
        if self.probe is not None:
            self.probe.stop()
        if self._away_since is None:
            self._away_since = monotonic()
        if self._queue.outlives_connection:
            self._portion.clear()
        self._settle()
        if self._is_leaving:
            self._client.io.later(0, self._go)
        return not (self._is_leaving or self.ended.done())

    def given_up(self, error: BrokerError) -> None:
        """End everything."""
        self._end(error)
        if not self.ready.done():
            self.ready.set_exception(error)

    def close(self) -> None:
        """Take what has come, make sure that there was nothing else, and close the connection."""
        self._settle()
        self._is_leaving = True
        if self._is_open:
            self._part_within(_LAST_WORDS)
            run(self._leave())
        else:
            self._go()

    def _leave(self) -> Steps:
        """Have the broker answer, take what it has, count what was dropped, prove that all arrived, and tidy up."""
        answer = yield self._count
        self._has_answered = True
        if not (self._queue.outlives_connection or self.ended.done()):
            self._part_within(_LAST_TAKEN + _LAST_WORDS)
            yield from self._take_the_rest(answer.method.message_count)
        self._end()
        self._part_within(_LAST_WORDS)
        yield self.drops.last
        yield self.stream.last
        if self.probe is not None:
            yield self.probe.last
            yield self.probe.leave
        if self._exchange is not None:
            self._exchange.leave(self._channel, None if self._queue.outlives_connection else self._consumed)
        self._client.link.close()

    def _count(self, then: Callable[[Any], None]) -> None:
        self._channel.queue_declare(self._consumed, passive=True, callback=then)

    def _take_the_rest(self, waiting: int) -> Steps:
        """Take what had come to the queue, in which so many were `waiting`; as much as there is time for.

        What the broker had handed over by then may come behind its answer, but not behind its next one.
        """
        until, before, left = monotonic() + _LAST_TAKEN, self._taken, waiting
        while not self.ended.done() and self._taken - before < waiting + self._prefetch:
            self.untaken = max(waiting - (self._taken - before), 1)
            if monotonic() >= until:
                return
            if left:
                yield partial(self._client.io.later, _PATIENCE)
            answer = yield self._count
            self._settle()
            if not left:
                break
            left = answer.method.message_count
        self.untaken = 0

    def _part_within(self, seconds: float) -> None:
        """Close the connection after so many seconds, whatever the broker does."""
        if self._parting is not None:
            self._client.io.cancel(self._parting)
        self._parting = self._client.io.later(seconds, self._hang_up)

    def _go(self) -> None:
        self._end()
        self._client.link.close()

    def _hang_up(self) -> None:
        if not self._has_answered and not self._ledger.is_full:
            self.silence = f"{self._client.where} did not answer any more: what it had for us was not checked"
        self._go()

    def _on_exchange(self) -> None:
        if self._exchange is not None and self._exchange.is_ours and not self.ready.done():
            name, where = printable(self._exchange.name), self._client.where
            log.warning("nobody has declared the exchange %s at %s yet: is this its name?", name, where)
        run(self._consume())

    def _bind_again(self, then: Callable[..., None]) -> None:
        if self._queue.source is not None and self._is_open:
            self._settle()
            self._ledger.miss()  # now, too, for what comes under the first key comes before the last is bound
            run(self._binding(self._queue.source, then))

    def _binding(self, source: Source, then: Callable[..., None]) -> Steps:
        yield from source.bind(self._channel, self._consumed)
        then()

    def _consume(self) -> Steps:
        if self.probe is not None:
            probe, connection = self.probe, self._connection
            yield lambda done: probe.begin(connection, done)
        channel = yield lambda done: self._connection.channel(on_open_callback=done)
        channel.add_on_close_callback(self._on_channel_closed)
        channel.add_on_cancel_callback(self._on_cancelled)
        declared = yield from self._queue.declare(channel)
        self._consumed = declared.name
        yield lambda done: channel.basic_qos(prefetch_count=self._prefetch, callback=done)
        self._channel = channel
        yield lambda done: channel.basic_consume(declared.name, self._on_message, callback=done)
        self._client.link.progress()
        if declared.dropped is not None:
            self.drops.follow(channel, declared.dropped, declared.uncounted)
        if self._away_since is not None:
            self._on_return(monotonic() - self._away_since)
        if not self.ready.done():
            self.ready.set_result(None)

    def _on_return(self, seconds: float) -> None:
        self._away_since = None
        if self.ready.done():
            self.reconnects += 1
            self.seconds_away += seconds
            if not self._queue.outlives_connection:
                self._ledger.miss()
            missed = "is in the queue, if that is durable" if self._queue.outlives_connection else "may be missing"
            log.warning("watching again after %.1f s: what was sent meanwhile %s", seconds, missed)

    def _on_message(self, channel: Any, method: Any, properties: Any, body: bytes) -> None:  # noqa: ARG002 - pika's
        portion = self._portion
        portion.append(Arrival(method, properties, body))
        if len(portion) >= PORTION:
            self._settle()
        elif self._timer is None:
            self._timer = self._client.io.later(_PATIENCE, self._on_time)

    def _on_time(self) -> None:
        self._timer = None
        self._settle()

    def _settle(self) -> None:
        """Have a portion taken, and acknowledge what was; whatever goes wrong meanwhile, nothing else is."""
        portion, self._portion = self._portion, []
        if not portion or self.ended.done():
            return
        try:
            taken = self._ledger.take(portion)
        except Exception as error:  # noqa: BLE001 - pika would take it for a lost connection
            self._end(error)
            return
        self._taken += taken
        if taken and self._is_open:
            self._channel.basic_ack(portion[taken - 1].method.delivery_tag, multiple=True)
            if self._queue.outlives_connection:
                self.stream.hear(portion[:taken])
                self.stream.ask(self._connection, self._consumed)
        if self._ledger.is_full:
            self._end()

    def _end(self, error: Exception | None = None) -> None:
        if self.ended.done():
            return
        if self._away_since is not None and self.ready.done():
            seconds = monotonic() - self._away_since
            self.silence = f"{self._client.where} could not be heard for the last {seconds:.1f} s"
        if error is None:
            self.ended.set_result(None)
        else:
            self.ended.set_exception(error)

    def _on_channel_closed(self, _channel: Any, reason: BaseException) -> None:
        self._channel = None
        if isinstance(reason, ChannelClosedByBroker):
            self._refused(reason)

    def _refused(self, reason: ChannelClosedByBroker) -> None:
        problem = reply(reason.reply_code, reason.reply_text, "to let us watch", self._client.where)
        if "inequivalent" in reason.reply_text:
            said = f"the queue at {self._client.where} is there, declared otherwise ({printable(reason.reply_text)})"
            problem = problem._replace(error=BrokerError(f"{said}; leave --create out"))
        if reason.reply_code == NOT_FOUND and not self.ready.done():
            problem = problem._replace(refused=True)  # later it may come back, as after a restart of the broker
        self._client.link.restart(problem)

    def _on_cancelled(self, _frame: Any) -> None:
        self._client.link.restart(Problem(BrokerError(f"the queue at {self._client.where} was deleted by somebody")))

    @property
    def _is_open(self) -> bool:
        return self._channel is not None and bool(self._channel.is_open)
