"""Which field of a notification tells the resource that it is about from all others of its kind."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from notify_contracts._drafting.inference.evidence import is_rare
from notify_contracts._drafting.inference.learned import Learned, Pair
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._schema import pointer_text

_PHASES = frozenset(("start", "end", "error", "progress"))
"""Words at the end of an event type that tell how far something is. Source: Nova's versioned notifications."""

_IDS = ("id", "uuid", "guid")
_WORDS = re.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_MOST_KINDS = 64
_SEVERAL = 2  # different values of an identity


@dataclass(frozen=True)
class Identity:
    """The kind of resource that notifications are about, and the names that lead from the payload to its identity."""

    kind: str
    path: tuple[str, ...]

    @property
    def pointer(self) -> str:
        """The place in a notification, as a JSON Pointer."""
        return pointer_text(("payload", *self.path))


def identities(learned: Learned) -> dict[Pair, Identity]:
    """Return by contract what identifies a resource, for those whose payload has it under a name that says so.

    Of many kinds of resources those are left out of which least is told.
    """
    found = {}
    for pair in sorted(learned.contracts):
        words = _kind_of(pair[0])
        path = _identity_in(learned.contracts[pair].payload, words) if words else None
        if path is not None:
            found[pair] = Identity("-".join(words), path)
    told: Counter[str] = Counter()
    for pair, identity in found.items():
        told[identity.kind] += learned.contracts[pair].payload.count
    kept = sorted(told, key=lambda kind: (-told[kind], kind))[:_MOST_KINDS]
    return {pair: identity for pair, identity in found.items() if identity.kind in kept}


def _kind_of(event_type: str) -> list[str]:
    """Return the words of an event type that name what something happened to: all but what happened."""
    parts = [part for part in re.split(r"[^0-9A-Za-z_-]+", event_type) if part]
    while parts and parts[-1].lower() in _PHASES:
        parts.pop()
    named = parts[:-1] if len(parts) > 1 else _WORDS.findall("".join(parts))[:-1]
    return [word.lower() for part in named for word in re.findall("[0-9A-Za-z]+", part)]


def _identity_in(seen: Seen, kind: list[str]) -> tuple[str, ...] | None:
    """Return the path to the field whose name says best that it identifies a resource of this kind."""
    ranked = {path: rank for path in _fields(seen) if (rank := _rank(path, kind)) is not None}
    return min(ranked, key=lambda path: (ranked[path], len(path), path), default=None)


def _fields(seen: Seen, depth: int = 2) -> Iterator[tuple[str, ...]]:
    """Yield the paths to what is in nearly all payloads, differs, and is a text or a whole number."""
    if seen.objects is None or not depth:
        return
    for name, inner in seen.objects.properties.items():
        if inner.count < seen.count and not is_rare(seen.count - inner.count, seen.count):
            continue
        if set(inner.kinds) in ({"string"}, {"integer"}) and _differs(inner):
            yield (name,)
        elif inner.objects is not None and inner.objects.values is None:
            yield from ((name, *path) for path in _fields(inner, depth - 1))


def _differs(seen: Seen) -> bool:
    part = seen.texts or seen.numbers
    counts = None if part is None else part.distinct.counts
    return counts is None or len(counts) >= min(_SEVERAL, seen.count)


def _rank(path: tuple[str, ...], kind: list[str]) -> int | None:
    """Return how well a path names the identity of a kind, 0 best; None if it does not."""
    name = "".join(word.lower() for word in _WORDS.findall(path[-1]))
    named = [f"{noun}{each}" for noun in (kind[-1], "".join(kind)) for each in _IDS]
    if name in named:
        return named.index(name)
    if name in _IDS:
        return len(named) + _IDS.index(name)
    return None
