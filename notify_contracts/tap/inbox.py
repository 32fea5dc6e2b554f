"""What was delivered and not yet taken, between the I/O thread and the one that reads."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from notify_contracts._amqp import PREFETCH, Arrival
from notify_contracts._untrusted import monotonic
from notify_contracts.errors import BrokerError


class Inbox:
    """A queue of arrivals that acknowledges in portions what is taken out; for one reader at a time.

    `acknowledge` is called with the highest delivery tag of a portion. While the reader rests, the broker
    keeps what goes beyond the prefetch.
    """

    def __init__(self, acknowledge: Callable[[int], None]) -> None:
        self._acknowledge = acknowledge
        self._arrivals: deque[Arrival] = deque()
        self._changed = threading.Condition()
        self._wanted = 1
        self._unacknowledged = 0
        self._end: BrokerError | None = None
        self._closed = False

    def put(self, channel: Any, method: Any, properties: Any, body: bytes) -> None:  # noqa: ARG002 - pika's callback
        """Add a delivery; in the I/O thread."""
        with self._changed:
            self._arrivals.append(Arrival(method, properties, body))
            if len(self._arrivals) >= self._wanted:
                self._changed.notify()

    def end(self, error: BrokerError | None) -> None:
        """Let the reader know that nothing more will come: because of `error`, or because of `close`."""
        with self._changed:
            self._end = self._end or error
            self._closed = True
            self._changed.notify_all()

    def take(self, most: int, deadline: float | None = None) -> list[Arrival]:
        """Return up to `most` arrivals, waiting for a portion of them until `deadline` (monotonic seconds).

        Return what there is at the deadline, nothing after `close`. Raise `BrokerError` when nothing is left
        and nothing more can come.
        """
        portion = min(most, PREFETCH // 2)
        with self._changed:
            self._wanted = portion
            timeout = None if deadline is None else max(0.0, deadline - monotonic())
            self._changed.wait_for(lambda: len(self._arrivals) >= portion or self._closed, timeout)
            taken = [self._arrivals.popleft() for _ in range(min(most, len(self._arrivals)))]
            if not taken and self._end is not None:
                raise BrokerError(str(self._end)) from self._end
            self._unacknowledged += len(taken)
            due = self._unacknowledged >= PREFETCH // 2 or not self._arrivals
        if taken and due:
            self._unacknowledged = 0
            self._acknowledge(taken[-1].method.delivery_tag)
        return taken
