"""Of which times recordings tell: of a life that began then, the first step should have been seen."""

from collections import deque
from collections.abc import Iterable
from datetime import timedelta

from notify_contracts._checking.lives.record import Record
from notify_contracts._checking.period import moment

_MOST = 64  # recordings before this one
_EXACT = timedelta(seconds=1)  # how exactly it is told when something began


class Covering:
    """The times of recordings, one after the other, and of which of them lives of a kind were forgotten."""

    def __init__(self) -> None:
        self._spans: deque[tuple[str, str]] = deque(maxlen=_MOST)
        self._first = ""
        self._lost: dict[str, str] = {}

    def begin(self, last: str) -> None:
        """Go on with another recording, where this was `last` told: what happened between them is in none."""
        if self._first:
            self._spans.append((self._first, last))
        self._first = ""

    def see(self, time: str) -> None:
        """Take the time of a step, empty if it tells none."""
        self._first = self._first or time

    def lose(self, lifecycle: str, records: Iterable[Record]) -> None:
        """Take that these lives of a kind are forgotten: one that began before their last step may be one of them."""
        self._lost[lifecycle] = max(self._lost.get(lifecycle, ""), *(record.timestamp for record in records))

    def has(self, lifecycle: str, began: str) -> bool:
        """Whether a life of a kind that began at this time would have been seen to begin."""
        told = moment(began)
        if told is None:
            return False
        lost = moment(self._lost.get(lifecycle, ""))
        if lost is not None and told - lost <= _EXACT:
            return False
        first = moment(self._first)
        if first is not None and told - first > _EXACT:
            return True
        for earlier, later in self._spans:
            since, until = moment(earlier), moment(later)
            if since is not None and until is not None and told - since > _EXACT and told <= until:
                return True
        return False
