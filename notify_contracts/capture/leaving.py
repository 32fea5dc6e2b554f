"""Lines of a recording that somebody deals with many at a time, and those that are left."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from notify_contracts._untrusted import loads, may_have_lost
from notify_contracts.capture.lines import without_end

if TYPE_CHECKING:
    from notify_contracts.capture.scanning import Contents

Take = Callable[[Sequence[bytes], int, str], Iterable[int]]
"""Deals with lines, given many with their ends, how many are before them and what they are of, and returns the places,
from 0 on, of those that it leaves to be read. What is blank it leaves."""

_CLOSELY, _EACH = 1000, 61
"""Of a recording's first lines each is asked whether a name stands twice in it, of the others one in so many: to ask
takes half the time of all else, and a program that writes a name twice does so again and again."""
_DEEPEST = 3  # texts in texts: a message, its body, and the notification in that


def left_by(take: Take, stretches: Iterable[list[bytes]], before: int, source: str) -> "Iterator[tuple[int, Contents]]":
    """Yield the number of each line of `source` that `take` leaves, and what stands in it.

    There are `before` lines before the first. After each of `stretches` the number of its last line comes with nothing.
    """
    for lines in stretches:
        for place in take(_without_doubtful(lines, before), before, source):
            from notify_contracts.capture.scanning import in_json_line  # slow, and nothing may ever be left

            yield before + place + 1, in_json_line(without_end(lines[place]))
        before += len(lines)
        yield before, []


def _without_doubtful(lines: list[bytes], before: int) -> list[bytes]:
    """Return the lines, blank where one that is asked may have a name that stands twice."""
    asked = (*range(min(len(lines), _CLOSELY - before)), *range(-before % _EACH, len(lines), _EACH))
    doubtful = {place for place in asked if _is_doubtful(lines[place], _DEEPEST)}
    return [b"" if place in doubtful else line for place, line in enumerate(lines)] if doubtful else lines


def _is_doubtful(text: bytes | str, depth: int) -> bool:
    try:
        value = loads(text)
    except ValueError:  # nobody deals with it
        return False
    if may_have_lost(text, value):
        return True
    inner = value.values() if depth and type(value) is dict else ()
    return any(type(each) is str and each[:1] == "{" and _is_doubtful(each, depth - 1) for each in inner)
