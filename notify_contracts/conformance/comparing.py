"""The first difference between two JSON values, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from notify_contracts._schema import found, pointer_text
from notify_contracts._untrusted import printable

Place = tuple[str | int, ...]

_NOTHING = object()


def difference(expected: Any, received: Any, where: Place = ()) -> str | None:
    """Return the first place at which `received` is not `expected`, with both; None if they are the same JSON.

    Unlike in Python, true is not 1 and 1 is not 1.0.
    """
    return next((_said(*differing) for differing in _differing(expected, received, where)), None)


def difference_of_value(value: str | int, expected: Any, received: Any, where: Place = ()) -> str | None:
    """Return the first place at which `expected` holds `value` and `received` does not; None if there is none."""
    everywhere = _differing(expected, received, where)
    return next((_said(*differing) for differing in everywhere if differing[1] == value), None)


def _differing(expected: Any, received: Any, where: Place) -> Iterator[tuple[Place, Any, Any]]:
    if isinstance(expected, Mapping) and isinstance(received, Mapping):
        for name in dict.fromkeys((*expected, *received)):
            inside = expected.get(name, _NOTHING), received.get(name, _NOTHING)
            yield from _differing(*inside, (*where, name))
    elif isinstance(expected, list | tuple) and isinstance(received, list | tuple) and len(expected) == len(received):
        for number, inside in enumerate(zip(expected, received, strict=True)):
            yield from _differing(*inside, (*where, number))
    elif type(expected) is not type(received) or expected != received:
        yield where, expected, received


def _said(where: Place, expected: Any, received: Any) -> str:
    wanted, shown = ("nothing" if value is _NOTHING else found(value) for value in (expected, received))
    if wanted == shown:  # long texts that differ behind what is shown
        shown = f"another that begins alike, {shown}"
    return f"expected {wanted} at {printable(pointer_text(where)) or 'the top'}, found {shown}"
