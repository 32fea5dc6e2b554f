"""Which notifications were seen before, by their message ids: counted, and the first two told with both places."""

from array import array
from collections.abc import Sequence
from dataclasses import field
from typing import Any, NamedTuple

from notify_contracts._base import dataclass
from notify_contracts._checking.hashing import hash_of
from notify_contracts.model import Location

REMEMBERED = 2**18
"""How many message ids are remembered, as eight bytes of a hash and a place each: about 50 MB."""


class Again(NamedTuple):
    """How often an id was seen, how often a broker had said that it delivered it before, and where the second time."""

    times: int
    redelivered: int
    second: Location | None = None


_ONCE = Again(1, 0)


@dataclass
class Sightings:
    """Where message ids were seen. A commutative monoid, as `Summary` is.

    Of ids, those are remembered whose hash is a multiple of `share`, a power of two: the lowest with which there are no
    more than `REMEMBERED`. So it is the same ids whatever the order, and what is said of these is exact. `first` holds
    where each was seen first, `again` what else is to be said of those that were seen again or redelivered.
    """

    share: int = 1
    first: dict[int, Location] = field(default_factory=dict)
    again: dict[int, Again] = field(default_factory=dict)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as few values: most places differ in nothing but their numbers."""
        alike: dict[tuple[str, str], tuple[array[int], array[int]]] = {}
        others: dict[int, Location] = {}
        for key, place in self.first.items():
            if type(place) is Location:
                keys, numbers = alike.setdefault((place.source, place.unit), (array("Q"), array("q")))
                keys.append(key)
                numbers.append(place.number)
            else:
                others[key] = place
        return _arrived, (self.share, alike, others, self.again)

    def add(self, message_id: str, location: Location, *, redelivered: bool = False) -> None:
        """Remember that a message of this id was seen at this place."""
        key = hash_of(message_id)
        if key % self.share:
            return
        if key not in self.first and not redelivered:  # nearly always
            self.first[key] = location
            self._forget()
        else:
            self.put(key, location, Again(1, int(redelivered)))

    def put(self, key: int, first: Location, again: Again = _ONCE) -> None:
        """Remember of an id, by its hash, where it was seen first and what else is to be said of it."""
        if key % self.share:
            return
        if (known := self.first.get(key)) is not None:
            before = self.again.get(key, _ONCE)
            places = sorted(place for place in (known, before.second, first, again.second) if place is not None)
            first, second = places[:2]
            again = Again(before.times + again.times, before.redelivered + again.redelivered, second)
        self.first[key] = first
        if again != _ONCE:
            self.again[key] = again
        self._forget()

    def merge(self, other: "Sightings") -> "Sightings":
        """Return the sightings of both."""
        larger, smaller = sorted((self, other), key=lambda each: len(each.first), reverse=True)
        merged = Sightings(larger.share, dict(larger.first), dict(larger.again))
        merged._raise(smaller.share)
        for key, first in smaller.first.items():
            if key in merged.first or key in smaller.again or key % merged.share:
                merged.put(key, first, smaller.again.get(key, _ONCE))
            else:  # nearly always
                merged.first[key] = first
        merged._forget()
        return merged

    @property
    def repeated(self) -> int:
        """How many of those whose id is remembered had one that was seen before, and no broker says why."""
        return sum(_unexplained(again) for again in self.again.values())

    @property
    def redelivered(self) -> int:
        """How many of them had one that was seen before because a broker delivered them again."""
        return sum(again.times - 1 - _unexplained(again) for again in self.again.values())

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say, a line each."""
        told = [
            f"{self.repeated:,} with a message id that was seen before{self._pair(explained=False)}"
            if self.repeated
            else "",
            f"{self.redelivered:,} delivered again, as the broker says{self._pair(explained=True)}"
            if self.redelivered
            else "",
        ]
        none = "none: each message id was seen once" if self.first else "not known: nothing had a message id"
        said = "; ".join(filter(None, told)) or none
        return (f"duplicates{self._of_which()}: {said}",)

    def _of_which(self) -> str:
        if self.share == 1:
            return ""
        return f", among 1 of {self.share} ids, for there are more than the {REMEMBERED:,} that are remembered"

    def _pair(self, *, explained: bool) -> str:
        pairs = (
            (self.first[key], again.second)
            for key, again in self.again.items()
            if again.second is not None and (_unexplained(again) == 0) == explained
        )
        pair = min(pairs, default=None)
        return "" if pair is None else f", first at {pair[0]} and again at {pair[1]}"

    def _forget(self) -> None:
        while len(self.first) > REMEMBERED:
            self._raise(2 * self.share)

    def _raise(self, share: int) -> None:
        if share > self.share:
            self.share = share
            self.first = {key: first for key, first in self.first.items() if not key % share}
            self.again = {key: again for key, again in self.again.items() if not key % share}


def _arrived(
    share: int,
    alike: dict[tuple[str, str], tuple[Sequence[int], Sequence[int]]],
    others: dict[int, Location],
    again: dict[int, Again],
) -> Sightings:
    for (source, unit), (keys, numbers) in alike.items():
        others |= {key: Location(source, number, unit) for key, number in zip(keys, numbers, strict=True)}
    return Sightings(share, others, again)


def _unexplained(again: Again) -> int:
    return max(again.times - 1 - again.redelivered, 0)
