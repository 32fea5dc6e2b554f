"""A sample of what is found, which is the same whoever draws it and in how many pieces."""

from collections.abc import Iterator
from dataclasses import field
from typing import NamedTuple

from notify_contracts._base import dataclass
from notify_contracts._checking.hashing import hash_of
from notify_contracts.model import Location, Notification, Unreadable


class _Drawn(NamedTuple):
    """Something found, its rank, and how many were offered before it."""

    rank: int
    number: int
    content: Notification | Unreadable
    location: Location


@dataclass
class Sample:
    """The `size` of those `offered` that rank lowest by their places; what is offered later comes later."""

    size: int
    seed: int
    offered: int = 0
    drawn: list[_Drawn] = field(default_factory=list)
    _highest: int = 2**64  # a rank that does not count any more

    def offer(self, content: Notification | Unreadable, location: Location) -> None:
        """Draw from one more."""
        rank = self._rank(location)
        if rank < self._highest:
            self.drawn.append(_Drawn(rank, self.offered, content, location))
            if len(self.drawn) >= 2 * self.size + 1024:
                self._drop()
        self.offered += 1

    def add(self, other: "Sample") -> None:
        """Draw from what was offered to another, too, which follows what was offered here."""
        self.drawn += (one._replace(number=self.offered + one.number) for one in other.drawn)
        self.offered += other.offered
        self._drop()

    def empty(self) -> "Sample":
        """Return one to be drawn in the same way, to which nothing was offered."""
        return Sample(self.size, self.seed)

    def close(self) -> "Sample":
        """Return it with no more in it than was drawn."""
        self._drop()
        return self

    def __iter__(self) -> Iterator[tuple[Notification | Unreadable, Location]]:
        """Yield what was drawn, in the order in which it was offered."""
        self._drop()
        for one in sorted(self.drawn, key=lambda one: one.number):
            yield one.content, one.location

    def _drop(self) -> None:
        if len(self.drawn) > self.size:
            self.drawn.sort(key=lambda one: one[:2])
            del self.drawn[self.size :]
            self._highest = self.drawn[-1].rank

    def _rank(self, location: Location) -> int:
        name = location.source.rpartition("/")[2]  # so that it does not matter in which folder somebody has it
        place = f"{self.seed} {location.number} {location.unit} {location.inside} {name}"
        return hash_of(place)
