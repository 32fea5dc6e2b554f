"""Lines of a recording that somebody deals with many at a time, and those that are left."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from notify_contracts.capture.lines import without_end

if TYPE_CHECKING:
    from notify_contracts.capture.scanning import Contents

Take = Callable[[Sequence[bytes], int, str], Iterable[int]]
"""Deals with lines, given many with their ends, how many are before them and what they are of, and returns the places,
from 0 on, of those that it leaves to be read."""


def left_by(take: Take, stretches: Iterable[list[bytes]], before: int, source: str) -> "Iterator[tuple[int, Contents]]":
    """Yield the number of each line of `source` that `take` leaves, and what stands in it.

    There are `before` lines before the first. After each of `stretches` the number of its last line comes with nothing.
    """
    for lines in stretches:
        for place in take(lines, before, source):
            from notify_contracts.capture.scanning import in_json_line  # slow, and nothing may ever be left

            yield before + place + 1, in_json_line(without_end(lines[place]))
        before += len(lines)
        yield before, []
