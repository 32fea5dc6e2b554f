"""Which fields of a notification tell the resource that it is about from all others of its kind."""

import re
from collections import Counter, defaultdict

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import Pair
from notify_contracts._drafting.inference.learned import Learned
from notify_contracts._drafting.inference.lives.fields import IDS, Path, fields_of, rank
from notify_contracts._drafting.inference.lives.scoping import scoped
from notify_contracts._drafting.inference.names import words_of
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._schema import pointer_text

Pointers = tuple[tuple[str, str], ...]
"""The fields of an identity, each with the JSON Pointer to it."""

_PHASES = frozenset(("start", "end", "error", "progress"))
"""Words at the end of an event type that tell how far something is. Source: Nova's versioned notifications."""

_FIELD = "id"
_MOST_KINDS = 64


@dataclass(frozen=True)
class Identity:
    """The kind of resource that notifications are about, and the fields that tell it apart, by name.

    Each field is a name and the path that leads from the payload to it. `evidence` says why it takes several.
    """

    kind: str
    fields: tuple[tuple[str, Path], ...]
    evidence: str = ""

    @property
    def pointers(self) -> Pointers:
        """The places of the fields in a notification."""
        return tuple((name, pointer_text(("payload", *path))) for name, path in self.fields)


def identities(learned: Learned) -> dict[Pair, Identity]:
    """Return by contract what identifies a resource, for those whose payload has it under names that say so.

    Of many kinds of resources those are left out of which least is told.
    """
    by_kind: defaultdict[tuple[str, ...], list[Pair]] = defaultdict(list)
    for pair in sorted(learned.contracts):
        by_kind[tuple(kind_of(pair[0]))].append(pair)
    found: dict[Pair, Identity] = {}
    for words, pairs in by_kind.items():
        found |= _of_kind(learned, words, pairs) if words else {}
    told: Counter[str] = Counter()
    for pair, identity in found.items():
        told[identity.kind] += learned.contracts[pair].count
    kept = sorted(told, key=lambda kind: (-told[kind], kind))[:_MOST_KINDS]
    return {pair: identity for pair, identity in sorted(found.items()) if identity.kind in kept}


def kind_of(event_type: str) -> list[str]:
    """Return the words of an event type that name what something happened to: all but what happened."""
    parts = [part for part in re.split(r"[^0-9A-Za-z_-]+", event_type) if part]
    while parts and parts[-1].lower() in _PHASES:
        parts.pop()
    named = parts[:-1] if len(parts) > 1 else words_of("".join(parts))[:-1]
    return [word.lower() for part in named for word in re.findall("[0-9A-Za-z]+", part)]


def _of_kind(learned: Learned, words: tuple[str, ...], pairs: list[Pair]) -> dict[Pair, Identity]:
    kind = "-".join(words)
    ids = {pair: _id_in(learned.contracts[pair].payload, words) for pair in pairs}
    both = scoped(learned, words, ids)
    if both is not None:
        return {
            pair: Identity(kind, tuple(zip(both.names, places, strict=True)), both.evidence)
            for pair, places in both.places.items()
        }
    return {pair: Identity(kind, ((_FIELD, path),)) for pair, path in ids.items() if path is not None}


def _id_in(seen: Seen, kind: tuple[str, ...]) -> Path | None:
    """Return the path to the field whose name says best that it is the id of a resource of this kind."""
    ranked = {path: each for path in fields_of(seen) if (each := rank(path, kind, IDS, IDS)) is not None}
    return min(ranked, key=lambda path: (ranked[path], len(path), path), default=None)
