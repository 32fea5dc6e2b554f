"""Changes made to a notification at every place, without regard to any rule."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from notify_contracts._schema import Pointer, at, pointer_text, same
from notify_contracts.generate._mutations import UNHEARD_OF, replaced

REPLACEMENTS: Mapping[str, Any] = MappingProxyType(
    {
        "null": None,
        "true": True,
        "false": False,
        "zero": 0,
        "negative number": -1,
        "fraction": 1.5,
        "huge number": 2**63,
        "empty text": "",
        "other text": "other text",
        "long text": "x" * 1000,
        "text of a number": "7",
        "empty object": {},
        "object": {"x": 1},
        "empty array": [],
        "array": ["x", 1],
        "array with an item twice": ["x", "x"],
    }
)
"""Kind of change → the value that takes the place of whatever is there."""

UPPER_CASE = "upper case"
DROPPED = "dropped"
RENAMED = "renamed"
REPEATED = "item twice"
SWAPPED = "swapped with the next"
ADDED = "unknown property"
KINDS = (*REPLACEMENTS, UPPER_CASE, DROPPED, RENAMED, REPEATED, SWAPPED, ADDED)
"""Every kind of change, in the order in which they are listed."""

_ANY_ITEM = "*"
_MOST = ((256, 256), (16, 256), (1, 256), (1, 64), (1, 16), (1, 4), (1, 1))
"""The most items of an array and members of an object that are changed: the first pair that `EFFORT` allows."""
EFFORT = 4_000_000
"""The most places, times values of a notification: each change copies one, and has all of it checked."""


class Change(NamedTuple):
    """A changed notification: the pointer of the field that was changed, all items of an array as ``*``, and how."""

    field: str
    kind: str
    envelope: Mapping[str, Any]


def changes(envelope: Mapping[str, Any], declared: tuple[str, ...] = (), effort: int = EFFORT) -> Iterator[Change]:
    """Yield every change to `envelope` that makes another JSON value of it; of a large one, at so many of its places.

    The `declared` names that its payload lacks are put into it, with each of the replacements as their value.
    """
    for place in _places_to_change(envelope, effort):
        field, value = _field(place), at(envelope, place)
        for kind, edited_at, edited in _edits(envelope, place, value):
            if not same(edited, value if edited_at is place else at(envelope, edited_at)):
                yield Change(field, kind, replaced(envelope, edited_at, edited))
    payload = envelope.get("payload")
    if isinstance(payload, Mapping):
        for name in declared:
            if name not in payload:
                for kind, value in REPLACEMENTS.items():
                    place = ("payload", name)
                    yield Change(pointer_text(place), kind, replaced(envelope, place, value))


def _places_to_change(envelope: Mapping[str, Any], effort: int) -> Iterator[Pointer]:
    values = _total(envelope, sys.maxsize, sys.maxsize)
    for items, members in _MOST:
        if (total := _total(envelope, items, members)) * values <= EFFORT:
            break
    return islice(_places(envelope, (), items, members), 0, None, 1 + total * values // (effort + 1))


def _total(value: Any, items: int, members: int) -> int:
    return sum(1 for _ in _places(value, (), items, members))


def _places(value: Any, place: Pointer, items: int, members: int) -> Iterator[Pointer]:
    yield place
    if isinstance(value, Mapping):
        inside: Iterable[tuple[str | int, Any]] = islice(value.items(), members)
    else:
        inside = enumerate(islice(value, items)) if isinstance(value, list) else ()
    for key, inner in inside:
        yield from _places(inner, (*place, key), items, members)


def _field(place: Pointer) -> str:
    return pointer_text(tuple(_ANY_ITEM if isinstance(part, int) else part for part in place))


def _edits(envelope: Mapping[str, Any], place: Pointer, value: Any) -> Iterator[tuple[str, Pointer, Any]]:
    """Yield a kind of change, and what is put where: at the place, or at the object or array that holds it."""
    if place:
        yield from ((kind, place, replacement) for kind, replacement in REPLACEMENTS.items())
        if isinstance(value, str):
            yield UPPER_CASE, place, value.upper()
        yield from _moves(at(envelope, place[:-1]), place)
    if isinstance(value, Mapping):
        yield ADDED, place, {**value, UNHEARD_OF: "text"}
    elif isinstance(value, list) and value:
        yield REPEATED, place, [*value, value[0]]


def _moves(holder: Any, place: Pointer) -> Iterator[tuple[str, Pointer, Any]]:
    key, above = place[-1], place[:-1]
    if isinstance(holder, list):
        yield DROPPED, above, [item for number, item in enumerate(holder) if number != key]
        return
    yield DROPPED, above, {name: value for name, value in holder.items() if name != key}
    yield RENAMED, above, {(f"{name}_" if name == key else name): value for name, value in holder.items()}
    following = dict(pairwise(holder)).get(key)
    if following is not None:
        yield SWAPPED, above, {**holder, key: holder[following], following: holder[key]}
