"""Contracts whose payloads have the same shape: what they have in common stands once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import free
from notify_contracts._drafting.inference.evidence import is_rare
from notify_contracts._drafting.inference.learned import Learned, Pair
from notify_contracts._drafting.inference.seen import Seen


@dataclass(frozen=True)
class Group:
    """Contracts with payloads of the same shape, what was seen in all of these, and what to call it."""

    name: str
    pairs: tuple[Pair, ...]
    payload: Seen


def grouped(learned: Learned) -> list[Group]:
    """Return the contracts, those with the same shape of payload together, sorted by event type and priority."""
    by_shape: defaultdict[tuple[object, ...], list[Pair]] = defaultdict(list)
    for pair in sorted(learned.contracts):
        by_shape[_shape(learned.contracts[pair].payload)].append(pair)
    groups, taken = [], set[str]()
    for pairs in by_shape.values():
        name = free(_common(event_type for event_type, _ in pairs), taken, "-")
        taken.add(name)
        groups.append(Group(name, tuple(pairs), merged(learned.contracts[pair].payload for pair in pairs)))
    return groups


def merged(parts: Iterable[Seen]) -> Seen:
    """Return what was seen at several places, together."""
    together = Seen(1)
    for part in parts:
        together.merge(part)
    return together


def by_name(groups: Iterable[Group]) -> Mapping[str, Seen]:
    """Return by the name of a property what was seen under it, wherever in the payloads of all groups."""
    kin: dict[str, Seen] = {}
    waiting = [group.payload for group in groups]
    while waiting:
        seen = waiting.pop()
        if seen.arrays is not None:
            waiting.append(seen.arrays.items)
        if seen.objects is not None and seen.objects.values is not None:
            waiting.append(seen.objects.values)
        if seen.objects is not None:
            for key, of_property in seen.objects.properties.items():
                if key and not key.endswith("[]"):  # which are names of what is no property: the whole, an item
                    kin.setdefault(key, Seen(seen.depth)).merge(of_property)
                waiting.append(of_property)
    return kin


def _shape(seen: Seen) -> tuple[object, ...]:
    """Return what values of the same shape have in common: their types, and what is always in them, with its shape."""
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


def _common(event_types: Iterable[str]) -> str:
    """Return what the names of event types begin with, fit for the name of a file."""
    split = [re.split(r"[^0-9A-Za-z]+", event_type) for event_type in event_types]
    words: list[str] = []
    for several in zip(*split, strict=False):
        if len(set(several)) > 1:
            break
        words.append(several[0].lower())
    return "-".join(word for word in words if word) or "payload"
