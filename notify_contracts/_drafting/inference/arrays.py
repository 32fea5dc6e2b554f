"""What the arrays at one place of notifications were like, of which there are as many as come."""

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from notify_contracts._drafting.inference.seen import Seen

DEEPEST = 24
"""Levels of objects and arrays; what is below is not looked at."""


class Arrays:
    """Counts arrays, and what was seen in all of their items."""

    __slots__ = ("count", "items", "least", "longer", "most", "repeating")

    def __init__(self, items: "Seen") -> None:
        self.count = 0
        self.items = items
        self.least, self.most = 1 << 62, 0
        self.longer = 0  # than one item
        self.repeating = 0

    def take(self, arrays: Sequence[Sequence[Any]]) -> None:
        """Count arrays, of which there are some."""
        self.count += len(arrays)
        lengths = set(map(len, arrays))
        self.least, self.most = min(self.least, *lengths), max(self.most, *lengths)
        if self.most > 1:
            longer = [each for each in arrays if len(each) > 1]
            self.longer += len(longer)
            self.repeating += sum(map(_repeats, longer))
        items = list(chain.from_iterable(arrays))
        if items and self.items.depth <= DEEPEST:
            self.items.take(items)

    def merge(self, other: "Arrays") -> None:
        """Count what another one has counted."""
        self.count += other.count
        self.items.merge(other.items)
        self.least, self.most = min(self.least, other.least), max(self.most, other.most)
        self.longer += other.longer
        self.repeating += other.repeating


def _repeats(array: Sequence[Any]) -> bool:
    """Whether a value comes twice in an array of texts or numbers."""
    try:
        return len(set(array)) < len(array)
    except TypeError:
        return False  # of objects and arrays nobody asks
