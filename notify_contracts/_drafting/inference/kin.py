"""What was seen under the same name, wherever it stands: what one place tells too little of, others complete."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Self

from notify_contracts._drafting.inference.distinct import Distinct
from notify_contracts._drafting.inference.evidence import FEW
from notify_contracts._drafting.inference.kinds import types_of
from notify_contracts._drafting.inference.maps import is_map
from notify_contracts._drafting.inference.names import is_attached
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._drafting.inference.texts import Texts

_MOST_TEXTS = 1024  # of a name that are told apart, of which each place has few
_SEVERAL = 2
_PLACES = 3  # of many objects, each with names of its own
_FRACTION = {"number": "integer"}  # kinds that are one


class _Family:
    """What was seen at places that have a type in common, or by way of others."""

    def __init__(self, depth: int) -> None:
        self.types: set[str] = set()
        self.seen = Seen(depth)

    def take(self, seen: Seen, types: set[str]) -> None:
        self.types |= types
        self.seen.merge(seen)

    def merge(self, other: Self) -> None:
        self.take(other.seen, other.types)


class Kin:
    """What was seen under each name, apart where it has no type in common: a text here says nothing of arrays there.

    `payloads` are those of kinds of notifications, `contracts` the same of each contract.
    """

    def __init__(self, payloads: Iterable[Seen] = (), contracts: Iterable[Seen] = ()) -> None:
        self._families: defaultdict[str, list[_Family]] = defaultdict(list)
        self._maps: defaultdict[str, Counter[bool]] = defaultdict(Counter)  # places of many objects, whether maps
        nulls: dict[str, Seen] = {}
        for name, seen in _places(payloads):
            if types := _types(seen.kinds):
                self._take(name, seen, types)
            else:
                nulls.setdefault(name, Seen(seen.depth)).merge(seen)
            if seen.objects is not None and seen.objects.count >= FEW and not is_attached(name):
                self._maps[name][is_map(seen.objects, name)] += 1
        for name, seen in nulls.items():
            for family in self._families[name] or [self._added(name, seen.depth)]:
                family.take(seen, set())
        self._few: defaultdict[str, Distinct] = defaultdict(lambda: Distinct(_MOST_TEXTS))
        self._of_many: Counter[str] = Counter()  # texts where there are too many different ones to tell
        for name, seen in _places(contracts):
            if seen.texts is not None and seen.texts.distinct.counts is not None:
                self._few[name].add(seen.texts.distinct.counts)
            elif seen.texts is not None:
                self._of_many[name] += seen.texts.count

    def _take(self, name: str, seen: Seen, types: set[str]) -> None:
        families = self._families[name]
        alike = [family for family in families if not family.types.isdisjoint(types)]
        first = alike[0] if alike else self._added(name, seen.depth)
        first.take(seen, types)
        for other in alike[1:]:
            first.merge(other)
            families.remove(other)

    def _added(self, name: str, depth: int) -> _Family:
        self._families[name].append(_Family(depth))
        return self._families[name][-1]

    def of(self, name: str, kinds: Iterable[str]) -> Seen | None:
        """Return what was seen under a name where values of some of these kinds were, of any kind if they are null."""
        types = _types(kinds)
        families = [each for each in self._families.get(name, ()) if not types or not types.isdisjoint(each.types)]
        if len(families) < _SEVERAL:
            return families[0].seen if families else None
        together = Seen()
        for family in families:
            together.merge(family.seen)
        return together

    def has_names_of_places(self, name: str) -> bool:
        """Whether objects of a name have names of properties by where they stand: those of one event, not data."""
        told = self._maps.get(name, Counter())
        return told[False] >= _PLACES and not told[True]

    def texts(self, name: str) -> Texts | None:
        """Return what texts were seen under a name."""
        seen = self.of(name, ["string"])
        return None if seen is None else seen.texts

    def share(self, name: str, words: Iterable[str]) -> float | None:
        """Return the most that may be, of the texts under a name, the share of some words; None if all are of these."""
        if name not in self._few and name not in self._of_many:
            return None
        counts, of_many = self._few[name].counts, self._of_many[name]
        if counts is None:
            return 1.0
        within, total = sum(counts[word] for word in words), counts.total()
        return None if within == total and not of_many else (within + of_many) / (total + of_many)


def _places(payloads: Iterable[Seen]) -> Iterator[tuple[str, Seen]]:
    """Yield what was seen in each property, with its name, wherever in payloads it is."""
    waiting = [*payloads]
    while waiting:
        seen = waiting.pop()
        if seen.arrays is not None:
            waiting.append(seen.arrays.items)
        if seen.objects is None:
            continue
        if seen.objects.values is not None:
            waiting.append(seen.objects.values)
        for name, inner in seen.objects.properties.items():
            waiting.append(inner)
            if name and not name.endswith("[]"):  # which are names of what is no property: the whole, an item
                yield name, inner


def _types(kinds: Iterable[str]) -> set[str]:
    return {_FRACTION.get(kind, kind) for kind in types_of(kinds) if kind != "null"}
