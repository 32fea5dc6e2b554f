"""Contracts whose payloads have the same shape: what they have in common stands once."""

import re
from collections import defaultdict
from collections.abc import Iterable
from math import log

from notify_contracts._base import dataclass, free
from notify_contracts._drafting.documents import Pair
from notify_contracts._drafting.inference.evidence import is_rare, log_ways
from notify_contracts._drafting.inference.kin import Kin
from notify_contracts._drafting.inference.learned import Learned
from notify_contracts._drafting.inference.rules import CHANCE
from notify_contracts._drafting.inference.seen import Objects, Seen

_MOST_TRIED = 64  # kinds of one shape that a payload is compared with: those of event types with names like its own


@dataclass(frozen=True)
class Group:
    """Contracts with payloads of the same shape, what was seen in all of these, and what to call it."""

    name: str
    pairs: tuple[Pair, ...]
    payload: Seen


def grouped(learned: Learned) -> list[Group]:
    """Return the contracts, those with the same shape of payload together, sorted by event type and priority."""
    by_shape: defaultdict[tuple[object, ...], list[tuple[list[Pair], Seen]]] = defaultdict(list)
    found: list[tuple[list[Pair], Seen]] = []
    for pair in sorted(learned.contracts):
        payload = learned.contracts[pair].payload
        alike = by_shape[_shape(payload)]
        fitting = next((each for each in alike[-_MOST_TRIED:] if not _are_apart(each[1], payload)), None)
        if fitting is None:
            fitting = [], Seen(payload.depth)
            alike.append(fitting)
            found.append(fitting)
        fitting[0].append(pair)
        fitting[1].merge(payload)
    groups, taken = [], set[str]()
    for pairs, together in found:
        name = free(_common(event_type for event_type, _ in pairs), taken, "-")
        taken.add(name)
        groups.append(Group(name, tuple(pairs), together))
    return groups


def kin_of(groups: Iterable[Group], learned: Learned) -> Kin:
    """Return what fields of the same name tell of each other, in all that was learned, which these groups are of."""
    contracts = (of_contract.payload for of_contract in learned.contracts.values())
    return Kin((group.payload for group in groups), contracts)


def _shape(seen: Seen) -> tuple[object, ...]:
    """Return what values of the same shape have in common: their types, and what is always in them, with its shape.

    Where there never was one, there is nothing to have.
    """
    if not seen.count:
        return ()
    kinds = tuple(sorted(kind for kind, count in seen.kinds.items() if not is_rare(count, seen.count)))
    if seen.objects is None or seen.objects.values is not None:
        return (kinds,)
    count = seen.objects.count
    always = (
        (key, _shape(inner) if inner.kinds["object"] == inner.count else ())
        for key, inner in seen.objects.properties.items()
        if inner.count == count or is_rare(count - inner.count, count)
    )
    return (kinds, frozenset(always))


def _are_apart(one: Seen, other: Seen) -> bool:
    """Whether payloads of one shape are of two kinds all the same, which what is not always there tells."""
    names, others = (seen.objects.properties.keys() if seen.objects else {}.keys() for seen in (one, other))
    return bool(names and others and names.isdisjoint(others)) or _differ(one, other)


def _differ(one: Seen, other: Seen) -> bool:
    """Whether objects here, or within, are of two kinds: all of one have what no other has, hardly by chance."""
    if one.arrays is not None and other.arrays is not None and _differ(one.arrays.items, other.arrays.items):
        return True
    mine, theirs = one.objects, other.objects
    if mine is None or theirs is None or mine.values is not None or theirs.values is not None:
        return False
    ways = log_ways(mine.count + theirs.count, mine.count)
    if (_has_its_own(mine, theirs) + _has_its_own(theirs, mine)) * ways >= -log(CHANCE):
        return True
    common = mine.properties.keys() & theirs.properties.keys()
    return any(_differ(mine.properties[key], theirs.properties[key]) for key in common)


def _has_its_own(one: Objects, other: Objects) -> bool:
    """Whether a property is in all objects of one kind and in none of the other."""
    return any(seen.count == one.count and key not in other.properties for key, seen in one.properties.items())


def _common(event_types: Iterable[str]) -> str:
    """Return what the names of event types begin with, fit for the name of a file."""
    split = [re.split(r"[^0-9A-Za-z]+", event_type) for event_type in event_types]
    words: list[str] = []
    for several in zip(*split, strict=False):
        if len(set(several)) > 1:
            break
        words.append(several[0].lower())
    return "-".join(word for word in words if word) or "payload"
