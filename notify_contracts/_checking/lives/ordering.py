"""Steps in the order of their times, where several publishers sent them and some were recorded a little later."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from notify_contracts._checking.period import moment
from notify_contracts._checking.steps import OF_NO_LIFE, Values

_WAY, _TIMESTAMP = 1, 5  # their places in a `Step`
_NEVER = datetime.min.replace(tzinfo=UTC)


class Ordering:
    """Holds steps back until nothing can come before them that is at most `window` late.

    What was `late` by more, so that what is later had been yielded, is counted, and comes where it was recorded.
    """

    def __init__(self, window: timedelta) -> None:
        self.window = window
        self.late = 0
        self._held: list[tuple[datetime, int, Values]] = []
        self._latest = self._due = _NEVER
        self._count = 0

    def ordered(self, steps: Iterable[Values]) -> Iterator[Values]:
        """Take steps as they were recorded, and yield those that are due, in the order of their times."""
        held = self._held
        for step in steps:
            if step[_WAY] == OF_NO_LIFE:
                yield step
                continue
            timestamp = step[_TIMESTAMP]
            time = (moment(timestamp) if isinstance(timestamp, str) else None) or self._latest
            self._count += 1
            self.late += time < self._due
            heapq.heappush(held, (time, self._count, step))
            self._latest = max(self._latest, time)
            while held and self._latest - held[0][0] >= self.window:
                due, _, early = heapq.heappop(held)
                self._due = max(self._due, due)
                yield early

    def rest(self) -> Iterator[Values]:
        """Yield what is still held back: nothing more comes."""
        while self._held:
            yield heapq.heappop(self._held)[-1]
        self._latest = self._due = _NEVER
