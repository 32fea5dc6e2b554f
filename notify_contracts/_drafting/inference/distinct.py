"""Distinct values with their counts, as long as they are few."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

MOST = 64
"""The most distinct values that are counted one by one; more of them are no enumeration."""


class Distinct:
    """Counts values of one type until there are more than `most` of them; then `counts` is None, and stays so.

    What it comes to does not depend on the order of what is added and merged.
    """

    __slots__ = ("counts", "most")

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.counts: Counter[Any] | None = Counter()

    def add(self, values: Iterable[Any] | Mapping[Any, int]) -> None:
        """Count values, or as many of each as a mapping says."""
        if self.counts is not None:
            self.counts.update(values)
            if len(self.counts) > self.most:
                self.counts = None

    def merge(self, other: "Distinct") -> None:
        """Count what another one has counted."""
        if other.counts is None:
            self.counts = None
        else:
            self.add(other.counts)
