"""The fields of a payload that may say which resource it is about, and how well their names say so."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notify_contracts._drafting.inference.evidence import is_rare
from notify_contracts._drafting.inference.seen import Seen

IDS = ("id", "uuid", "guid")
LONGEST = 256
"""The most characters of an identity."""

_WORDS = re.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_SEVERAL = 2  # different values of an identity

Path = tuple[str, ...]
"""The names that lead from a payload to a field in it."""


def words_of(name: str) -> list[str]:
    """Return the words that a name is made of: ``order_id`` and ``orderId`` of two."""
    return _WORDS.findall(name)


def fields_of(seen: Seen, least: int = _SEVERAL, depth: int = 2) -> Iterator[Path]:
    """Yield the paths to what is in nearly all payloads, a text or a whole number, and has `least` different values."""
    if seen.objects is None or not depth:
        return
    for name, inner in seen.objects.properties.items():
        if inner.count < seen.count and not is_rare(seen.count - inner.count, seen.count):
            continue
        if set(inner.kinds) in ({"string"}, {"integer"}) and _differs(inner, least):
            yield (name,)
        elif inner.objects is not None and inner.objects.values is None:
            yield from ((name, *path) for path in fields_of(inner, least, depth - 1))


def _differs(seen: Seen, least: int) -> bool:
    part = seen.texts or seen.numbers
    counts = None if part is None else part.distinct.counts
    return counts is None or len(counts) >= min(least, seen.count)


def rank(path: Path, kind: Sequence[str], ends: Sequence[str], alone: Sequence[str]) -> int | None:
    """Return how well a path names the identity of a kind, 0 best; None if it does not.

    Best is the noun of the kind with one of `ends`, then all of its words with one, then what stands `alone`.
    """
    name = "".join(word.lower() for word in words_of(path[-1]))
    names = [*(f"{noun}{end}" for noun in (kind[-1], "".join(kind)) for end in ends), *alone]
    return names.index(name) if name in names else None


def value_at(payload: Any, path: Path) -> str | None:
    """Return the text or the whole number, as a text, to which a path leads; None if it leads to no such value."""
    value = payload
    for name in path:
        if not isinstance(value, Mapping) or name not in value:
            return None
        value = value[name]
    if type(value) is int:
        value = str(value)
    return value if isinstance(value, str) and len(value) <= LONGEST else None


def key_of(payload: Any, paths: Sequence[Path]) -> str | None:
    """Return what is at all of the paths as one text that tells a resource apart; None if something is not there."""
    values = []
    for path in paths:
        value = value_at(payload, path)
        if value is None:
            return None
        values.append(value)
    return values[0] if len(values) == 1 else "\0".join(values)
