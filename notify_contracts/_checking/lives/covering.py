"""Of which times recordings tell: of a life that began then, the first step should have been seen."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta

from notify_contracts._checking.lives.clock import Clock
from notify_contracts._checking.lives.record import Record

_EXACT = timedelta(seconds=1)  # how exactly it is told when something began


class Covering:
    """The times of recordings, by a clock, and of which of them lives of a kind were forgotten."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since: list[datetime] = []  # the first time of each span, in order
        self._until: list[datetime] = []  # the last
        self._first: datetime | None = None
        self._is_closed = False
        self._lost: dict[str, datetime] = {}

    def begin(self) -> None:
        """Go on with another recording: what happened between them is in none."""
        self._add(self._first, self._clock.latest)
        self._first = None
        self._clock.begin()

    def close(self, spans: Iterable[tuple[datetime | None, datetime | None]]) -> None:
        """Take the times of all recordings that there are, each from the first to the last."""
        for since, until in spans:
            self._add(since, until)
        self._is_closed = True

    def _add(self, since: datetime | None, until: datetime | None) -> None:
        """Take the times of a recording; spans that have a time in common become one."""
        if since is None or until is None or since > until:
            return
        at, end = bisect_left(self._until, since), bisect_right(self._since, until)
        if at < end:
            since, until = min(since, self._since[at]), max(until, self._until[end - 1])
        self._since[at:end], self._until[at:end] = [since], [until]

    def see(self, time: datetime | None) -> None:
        """Take the time of a step, None if it tells none."""
        if self._first is None and not self._is_closed:
            self._first = time

    def lose(self, lifecycle: str, records: Iterable[Record]) -> None:
        """Take that these lives of a kind are forgotten: one that began before their last step may be one of them."""
        times = [record.time for record in records if record.time is not None]
        known = self._lost.get(lifecycle)
        if times:
            self._lost[lifecycle] = max(times if known is None else [known, *times])

    def has(self, lifecycle: str, began: str) -> bool:
        """Whether a life of a kind that began at this time would have been seen to begin."""
        told = self._clock.read(began)
        if told is None:
            return False
        lost = self._lost.get(lifecycle)
        if lost is not None and told - lost <= _EXACT:
            return False
        if self._first is not None and told - self._first > _EXACT:
            return True
        at = bisect_left(self._until, told)
        return at < len(self._until) and told - self._since[at] > _EXACT
