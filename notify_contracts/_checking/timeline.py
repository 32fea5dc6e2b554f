"""When violations happened: counts by time, as fine as a chart can show, however long the time is."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Self

from notify_contracts._base import dataclass
from notify_contracts._checking.period import since_1970
from notify_contracts._untrusted import expression

MOST = 240
"""How many spans of time a timeline tells apart."""

_MINUTE, _HOUR, _DAY, _WEEK = 60, 3600, 86_400, 604_800
WIDTHS = (_MINUTE, 10 * _MINUTE, _HOUR, 6 * _HOUR, _DAY, _WEEK, *(_WEEK * weeks for weeks in (4, 52, 520, 5200)))
"""Seconds that a span may last. Each divides the next, so that spans can be joined but never need to be split."""

# Source: the two forms of a notification's timestamp, oslo.messaging's and RFC 3339 in UTC.
_TIMESTAMP = expression(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+]00:00)?", re.ASCII)
_TO_MINUTE = len("2026-11-22 10:00")


@dataclass
class Timeline:
    """Counts of violations by span of time and contract. A commutative monoid, as `Summary` is.

    `counts` holds, by the second since 1970 (UTC) at which a span of `width` seconds begins, how many violations each
    contract had in it, by contract id (empty where none applied). The spans are the narrowest of `WIDTHS` of which at
    most `MOST` have violations. `undated` counts the violations of what tells no time since 1970.
    """

    width: int = WIDTHS[0]
    counts: dict[int, dict[str, int]] = field(default_factory=dict)
    undated: int = 0

    def add(self, timestamp: object, contract: str, count: int) -> None:
        """Count violations of a notification with this timestamp."""
        self.add_all((timestamp,), contract, count)

    def add_all(self, timestamps: Iterable[object], contract: str, count: int) -> None:
        """Count as many violations of each of several notifications with these timestamps."""
        for second, times in Counter(map(_second, timestamps)).items():
            if second is None:
                self.undated += times * count
            else:
                self.add_span(second, contract, times * count)

    def add_span(self, second: int, contract: str, count: int) -> None:
        """Count violations at this second since 1970."""
        span = self.counts.setdefault(second // self.width * self.width, {})
        span[contract] = span.get(contract, 0) + count
        if len(self.counts) > MOST:
            self._widen(WIDTHS[WIDTHS.index(self.width) + 1])

    def merge(self, *others: Self) -> "Timeline":
        """Return a timeline of all that any of them counted."""
        every = (self, *others)
        merged = Timeline(max(one.width for one in every), undated=sum(one.undated for one in every))
        for timeline in every:
            for second, span in timeline.counts.items():
                for contract, count in span.items():
                    merged.add_span(second, contract, count)
        return merged

    def _widen(self, width: int) -> None:
        narrow, self.counts, self.width = self.counts, {}, width
        for second, span in narrow.items():
            for contract, count in span.items():
                self.add_span(second, contract, count)


def _second(timestamp: object) -> int | None:
    """Return the minute in which `timestamp` lies as seconds since 1970, None if it tells none."""
    if isinstance(timestamp, str):
        return _second_of(timestamp[:_TO_MINUTE]) if _TIMESTAMP.fullmatch(timestamp) else None
    time = since_1970(timestamp)
    return None if time is None else int(time.timestamp()) // _MINUTE * _MINUTE


@lru_cache(256)  # what fails, fails a thousand times within a minute
def _second_of(minute: str) -> int | None:
    try:
        second = int(datetime(*map(int, re.findall(r"\d+", minute)), tzinfo=UTC).timestamp())  # type: ignore[misc,arg-type]
    except ValueError:
        return None
    return second if second >= 0 else None
