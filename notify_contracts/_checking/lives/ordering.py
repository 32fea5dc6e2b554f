"""Steps of all recordings in one order of time, where several publishers sent them and some were recorded later."""

import heapq
import pickle
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple
from weakref import finalize

from notify_contracts._checking.period import moment
from notify_contracts._checking.steps import NEXT_MEMBER, OF_NO_LIFE, Values
from notify_contracts.errors import NotifyContractsError

_TIMESTAMP = 5  # its place in a `Step`
_NEVER = datetime.min.replace(tzinfo=UTC)
_IN_MEMORY = 8 * 1024 * 1024
_STRETCH = 1024  # steps that are read again at a time

_Due = tuple[datetime, int, Values]
"""When a step is due, its number, and the step: of what is due at once, what was recorded first comes first."""


class _Stretch(NamedTuple):
    """Steps in their order, at a place in the file; the first of them is due at this time and has this number."""

    time: datetime
    number: int
    place: int


class Ordering:
    """Puts recordings in order, one after the other, and then all of them together; so it does members of archives.

    The steps of a recording are held back until nothing can come before them that is at most `window` late. What was
    `late` by more is counted, and comes where it was recorded. What is in order waits in a file, so that of however
    many recordings only those are in memory that tell of the same time.
    """

    def __init__(self, window: timedelta) -> None:
        self.window = window
        self.late = 0
        self.spans: list[tuple[Any, Any]] = []
        """The first and the last timestamp of each recording, whatever they are."""
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # it goes with this
        finalize(self, self._file.close)
        self._stretches: list[_Stretch] = []
        self._settled = self._count = 0
        self.begin()

    def begin(self) -> None:
        """Go on with another recording; what the last one told is left out if it was not settled."""
        del self._stretches[self._settled :]
        self._spans_here: list[tuple[Any, Any]] = []
        self._begin_member()

    def _begin_member(self) -> None:
        self._held: list[_Due] = []
        self._ordered: list[_Due] = []
        self._latest = self._due = _NEVER
        self._first: Any = None

    def take(self, steps: Iterable[Values], base: int) -> None:
        """Take steps as they were recorded, at places of which numbers count from `base`."""
        for step in steps:
            if step[1] == OF_NO_LIFE:
                continue
            if step[1] == NEXT_MEMBER:
                self._end_member()
                self._begin_member()
                continue
            held = self._held
            time = moment(step[_TIMESTAMP]) or self._latest
            self._count += 1
            self.late += time < self._due
            place = base + step[0] if type(step[0]) is int else step[0]
            heapq.heappush(held, (time, self._count, (place, *step[1:])))
            self._latest = max(self._latest, time)
            while held and self._latest - held[0][0] >= self.window:
                self._add(*heapq.heappop(held))

    def settle(self) -> None:
        """End the recording."""
        self._end_member()
        self.spans += self._spans_here
        self._settled = len(self._stretches)

    def _end_member(self) -> None:
        while self._held:
            self._add(*heapq.heappop(self._held))
        if self._ordered:
            self._spans_here.append((self._first, self._ordered[-1][-1][_TIMESTAMP]))
            self._write()

    def all(self) -> Iterator[Values]:
        """Yield the steps of all recordings that were settled, in the order of their times."""
        self.begin()
        coming, under_way = sorted(self._stretches, reverse=True), list[tuple[_Due, Iterator[_Due]]]()
        while coming or under_way:
            while coming and (not under_way or coming[-1][:2] < under_way[0][0][:2]):
                stretch = self._read(coming.pop())
                heapq.heappush(under_way, (next(stretch), stretch))
            (_, _, step), stretch = under_way[0]
            yield step
            following = next(stretch, None)
            if following is None:
                heapq.heappop(under_way)
            else:
                heapq.heapreplace(under_way, (following, stretch))

    def _add(self, time: datetime, number: int, step: Values) -> None:
        if len(self._ordered) == _STRETCH:
            self._write()
        if self._first is None:
            self._first = step[_TIMESTAMP]
        self._due = max(self._due, time)
        self._ordered.append((self._due, number, step))

    def _write(self) -> None:
        try:
            place = self._file.seek(0, 2)
            pickle.dump(self._ordered, self._file)
        except OSError as error:
            raise NotifyContractsError(f"steps cannot wait in a temporary file: {error.strerror}; set TMPDIR") from None
        self._stretches.append(_Stretch(*self._ordered[0][:2], place))
        self._ordered = []

    def _read(self, stretch: _Stretch) -> Iterator[_Due]:
        self._file.seek(stretch.place)
        found: list[_Due] = pickle.load(self._file)  # noqa: S301  # what this wrote itself
        return iter(found)
