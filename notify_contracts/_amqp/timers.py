"""What an I/O loop is to call at a later time, on a clock that no test stops."""

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count

from notify_contracts._untrusted import monotonic


class Timer:
    """One call, due at a time of `monotonic`; `callback` is None once it was made or forgotten."""

    def __init__(self, due: float, callback: Callable[[], object]) -> None:
        self.due = due
        self.callback: Callable[[], object] | None = callback


class Timers:
    """Calls that are due later; for use in one thread."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Timer]] = []
        self._numbers = count()

    def add(self, seconds: float, callback: Callable[[], object]) -> Timer:
        """Have `callback` called once, `seconds` from now."""
        timer = Timer(monotonic() + seconds, callback)
        heappush(self._heap, (timer.due, next(self._numbers), timer))
        return timer

    def remaining(self) -> float | None:
        """Return the seconds until the next call is due, 0 if it is by now, None if there is none."""
        while self._heap and self._heap[0][2].callback is None:
            heappop(self._heap)
        return max(0.0, self._heap[0][0] - monotonic()) if self._heap else None

    def call_due(self) -> None:
        """Make the calls that are due; what these add has its turn later, however soon it is due."""
        now = monotonic()
        due = []
        while self._heap and self._heap[0][0] <= now:
            due.append(heappop(self._heap)[2])
        for timer in due:
            callback, timer.callback = timer.callback, None
            if callback is not None:
                callback()
