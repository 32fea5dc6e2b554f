"""What numbers at one place have been like."""

from collections.abc import Sequence

from notify_contracts._drafting.inference.distinct import Distinct


class Numbers:
    """Counts numbers: the least, the greatest, and which while they are few."""

    __slots__ = ("count", "distinct", "greatest", "least")

    def __init__(self) -> None:
        self.count = 0
        self.distinct = Distinct()
        self.least: float = float("inf")
        self.greatest: float = float("-inf")

    def take(self, numbers: Sequence[float]) -> None:
        """Count numbers, of which there are some."""
        self.count += len(numbers)
        self.distinct.add(numbers)
        self.least = min(self.least, *numbers)
        self.greatest = max(self.greatest, *numbers)

    def merge(self, other: "Numbers") -> None:
        """Count what another one has counted."""
        self.count += other.count
        self.distinct.merge(other.distinct)
        self.least = min(self.least, other.least)
        self.greatest = max(self.greatest, other.greatest)

    def forget(self) -> None:
        """Count no longer which numbers there were."""
        self.distinct.counts = None
