"""What a stream did not give to a watch: its limits remove what is old, read or not, and nobody is told."""

from collections.abc import Callable, Sequence
from typing import Any

from pika.exceptions import ChannelClosedByBroker

from notify_contracts._amqp import PRECONDITION_FAILED, Arrival, Steps, run


class Stream:
    """Follows where in a stream that stood which came; lives in the I/O thread.

    A reader who is too slow goes on with what is still there. The places that it passed over tell, but not for sure: a
    stream keeps other things than messages, too, such as what its publishers and consumers have reached, and these have
    places. So the broker is asked for the oldest message: what stands behind that one had not been removed, and was
    none. Source: RabbitMQ, "Streams" (``x-stream-offset``, retention).

    A shovel from a stream leaves the places in what it puts into a queue of another kind, which refuses to be asked.

    Each time that messages turn out to have been removed it calls `miss`.

    `begun_at` is where the first message stood, None where the queue is no stream.
    """

    def __init__(self, miss: Callable[[], None]) -> None:
        self.begun_at: int | None = None
        self._is_stream: bool | None = None
        """None while it is not known."""
        self._miss = miss
        self._next = 0
        self._removed = 0
        self._gaps: list[range] = []
        self._is_asking = False
        self._waiting: Callable[..., None] | None = None

    @property
    def unread(self) -> int:
        """How many messages at most may have been removed before they came."""
        return self._removed + sum(map(len, self._gaps))

    def hear(self, arrivals: Sequence[Arrival]) -> None:
        """Take note of where these stood."""
        for arrival in arrivals:
            place = arrival.stream_offset
            if place is None or self._is_stream is False:
                return
            if self.begun_at is None:
                self.begun_at = self._next = place
            if place > self._next:
                self._gaps.append(range(self._next, place))
            self._next = max(self._next, place + 1)

    def ask(self, connection: Any, queue: str) -> None:
        """Ask the broker what is not known yet, unless it was asked and has not answered."""
        is_unknown = self.begun_at is not None and self._is_stream is None
        if (is_unknown or self._gaps) and not self._is_asking:
            self._is_asking = True
            run(self._ask(connection, queue))

    def last(self, then: Callable[..., None]) -> None:
        """Call `then` once it is known what became of all that was passed over."""
        self._waiting = then
        self._go_on()

    def stop(self) -> None:
        """Wait for no answer: there is nobody to give it."""
        self._is_asking = False

    def _ask(self, connection: Any, queue: str) -> Steps:
        channel = yield lambda done: connection.channel(on_open_callback=done)
        channel.add_on_close_callback(self._on_refused)
        yield lambda done: channel.basic_qos(prefetch_count=1, callback=done)
        asked = len(self._gaps)
        oldest: Arrival = yield lambda done: channel.basic_consume(
            queue, lambda _, *message: done(Arrival(*message)), arguments={"x-stream-offset": "first"}
        )
        channel.close()
        self._is_stream, self._is_asking = True, False
        start = oldest.stream_offset or 0
        removed = sum(len(gap) for gap in self._gaps[:asked] if gap.start < start)
        if removed:
            self._removed += removed
            self._miss()
        del self._gaps[:asked]
        self.ask(connection, queue)
        self._go_on()

    def _on_refused(self, _channel: Any, reason: BaseException) -> None:
        if isinstance(reason, ChannelClosedByBroker) and reason.reply_code == PRECONDITION_FAILED:
            self._is_stream, self._is_asking = False, False
            self.begun_at = None
            self._gaps.clear()
            self._go_on()

    def _go_on(self) -> None:
        if self._waiting is not None and not self._gaps:
            self._waiting()
