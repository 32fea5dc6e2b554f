"""The fields of a payload that may say which resource it is about, and how well their names say so."""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path as File
from typing import Any

from notify_contracts._drafting.inference.evidence import is_rare
from notify_contracts._drafting.inference.names import words_of
from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._drafting.inference.text_forms import EMPTY

IDS = ("id", "uuid", "guid")
LONGEST = 256
"""The most characters of an identity."""

_SEVERAL = 2  # different values of an identity

Path = tuple[str, ...]
"""The names that lead from a payload to a field in it."""


def fields_of(seen: Seen, least: int = _SEVERAL, depth: int = 3) -> Iterator[Path]:
    """Yield the paths to what is in nearly all payloads, a text or a whole number, and has `least` different values.

    An empty text names nothing.
    """
    if seen.objects is None or not depth:
        return
    for name, inner in seen.objects.properties.items():
        missing = seen.count - inner.count + (inner.texts.forms[EMPTY] if inner.texts is not None else 0)
        if missing and not is_rare(missing, seen.count):
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

    Best is the noun of the kind with one of `ends`, then all of its words with one, then what stands `alone`. What is
    in an object tells of that: of the kind if the object is named so, or only wraps it, and else of something else.
    """
    nouns = kind[-1], "".join(kind)
    name, within = _joined(path[-1]), [_joined(parent) for parent in path[:-1]]
    if not all(each in nouns or _last(parent) in _wrappers() for each, parent in zip(within, path, strict=False)):
        return None
    if within and within[-1] in nouns and name in alone:
        name = within[-1] + name
    names = [*(f"{noun}{end}" for noun in nouns for end in ends), *alone]
    return names.index(name) if name in names else None


def _last(name: str) -> str:
    return (words_of(name) or [""])[-1].lower()


def _joined(name: str) -> str:
    return "".join(word.lower() for word in words_of(name))


@cache
def _wrappers() -> frozenset[str]:
    """Return the names of objects that are only around what a notification is about."""
    return frozenset(json.loads(File(__file__).with_name("wrappers.json").read_text(encoding="utf-8")))


def key_of(payload: Any, *paths: Path) -> str | None:
    """Return the texts or whole numbers to which paths lead, as one text; None if one leads to no such value."""
    if len(paths) == 1:
        return _text_at(payload, paths[0])
    texts = [text for path in paths if (text := _text_at(payload, path)) is not None]
    return "\0".join(texts) if len(texts) == len(paths) else None


def reader_of(paths: Sequence[Path]) -> Callable[[Any], str | None]:
    """Return what reads from a payload what `key_of` does at these paths; soon where that is one of its fields."""
    if len(paths) != 1 or len(paths[0]) != 1:
        return lambda payload: key_of(payload, *paths)
    ((name,),) = paths

    def read(payload: Any) -> str | None:
        try:
            value = payload[name]
        except (LookupError, TypeError):
            return None
        return value if type(value) is str and 0 < len(value) <= LONGEST else _text(value)

    return read


def _text_at(value: Any, path: Path) -> str | None:
    try:
        for name in path:
            value = value[name]
    except (LookupError, TypeError):
        return None
    return _text(value)


def _text(value: Any) -> str | None:
    if type(value) is int:
        value = str(value)
    return value if type(value) is str and 0 < len(value) <= LONGEST else None
