"""What numbers at one place have been like."""

from collections.abc import Mapping, Sequence

from notify_contracts._drafting.inference.distinct import Distinct


class Numbers:
    """Counts numbers: the least, the greatest, and which while they are few; and if some are written with a point."""

    __slots__ = ("count", "distinct", "greatest", "has_points", "least")

    def __init__(self) -> None:
        self.count = 0
        self.distinct = Distinct()
        self.has_points = False  # 5.0 is an integer, but whoever writes that may write 5.2
        self.least: float = float("inf")
        self.greatest: float = float("-inf")

    def take(self, numbers: Sequence[float]) -> None:
        """Count numbers, of which there are some."""
        self._add(numbers, len(numbers))

    def add(self, counts: Mapping[float, int]) -> None:
        """Count numbers, of which there are some, of each as many as `counts` says."""
        self._add(counts, sum(counts.values()))

    def _add(self, numbers: Sequence[float] | Mapping[float, int], count: int) -> None:
        self.count += count
        self.distinct.add(numbers)
        self.least = min(self.least, *numbers)
        self.greatest = max(self.greatest, *numbers)

    def merge(self, other: "Numbers") -> None:
        """Count what another one has counted."""
        self.count += other.count
        self.distinct.merge(other.distinct)
        self.has_points = self.has_points or other.has_points
        self.least = min(self.least, other.least)
        self.greatest = max(self.greatest, other.greatest)

    def forget(self) -> None:
        """Count no longer which numbers there were."""
        self.distinct.counts = None
