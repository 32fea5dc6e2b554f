"""What was delivered and not yet taken, between the I/O thread and the one that reads."""

import threading
from collections import deque

from notify_contracts._amqp import Arrival
from notify_contracts._untrusted import monotonic
from notify_contracts.errors import BrokerError

_PORTION = 250
"""How many arrivals wake a reader who wants more."""


class Inbox:
    """A queue of arrivals, for one reader at a time."""

    def __init__(self) -> None:
        self._arrivals: deque[Arrival] = deque()
        self._changed = threading.Condition()
        self._wanted = 1
        self._end: BrokerError | None = None
        self._closed = False

    def put(self, arrival: Arrival) -> None:
        """Add a delivery; in the I/O thread."""
        with self._changed:
            self._arrivals.append(arrival)
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
        portion = min(most, _PORTION)
        with self._changed:
            self._wanted = portion
            timeout = None if deadline is None else max(0.0, deadline - monotonic())
            self._changed.wait_for(lambda: len(self._arrivals) >= portion or self._closed, timeout)
            taken = [self._arrivals.popleft() for _ in range(min(most, len(self._arrivals)))]
            if not taken and self._end is not None:
                raise BrokerError(str(self._end)) from self._end
        return taken
