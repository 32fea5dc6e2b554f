"""A sample of notifications that does not depend on the order in which they came."""

from collections.abc import Iterator, Mapping
from heapq import heapify, heappush, heappushpop, nlargest
from typing import Any

from notify_contracts._untrusted import dump, parse

_ANY = 2**32
SIZE = 256
"""The most notifications that are kept of one contract."""

_DEEPEST = 32  # levels of an example; contracts say nothing of what is so deep, and few who read it can follow


class Sample:
    """Keeps the notifications with the least hashes, at most `SIZE` of them, less what is very deep in them."""

    __slots__ = ("kept",)

    def __init__(self) -> None:
        self.kept: list[tuple[int, bytes]] = []  # a heap with the greatest hash, negated, at its top

    def __iter__(self) -> Iterator[Any]:
        """Yield the notifications, in the order of their hashes."""
        return (parse(text) for _, text in sorted(self.kept, reverse=True))

    def __len__(self) -> int:
        return len(self.kept)

    @property
    def greatest(self) -> int:
        """The greatest hash of a notification that would be kept."""
        return -self.kept[0][0] if len(self.kept) == SIZE else _ANY

    def add(self, number: int, envelope: Mapping[str, Any]) -> None:
        """Keep a notification whose hash is `number`, if that is not above `greatest`."""
        if number <= self.greatest:
            self._add((-number, dump(_cut(envelope, _DEEPEST))))

    def merge(self, other: "Sample") -> None:
        """Keep what another one has kept, if it is of the least of both."""
        self.kept = nlargest(SIZE, {*self.kept, *other.kept})
        heapify(self.kept)

    def _add(self, entry: tuple[int, bytes]) -> None:
        if entry in self.kept:  # the same notification came twice
            return
        if len(self.kept) < SIZE:
            heappush(self.kept, entry)
        else:
            heappushpop(self.kept, entry)


def _cut(value: Any, levels: int) -> Any:
    """Return a value with null for each object and array that is deeper in it than so many levels."""
    if not isinstance(value, dict | list):
        return value
    if not levels:
        return None
    if isinstance(value, list):
        return [_cut(item, levels - 1) for item in value]
    return {name: _cut(member, levels - 1) for name, member in value.items()}
