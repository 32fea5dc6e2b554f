"""How fields of a payload are read: quickly where they are at their places, and whatever it is."""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from notify_contracts._schema import at, pointer_parts

LONGEST_IDENTITY = 512
Get = Callable[[Any], Any]


class Absent:
    """Stands for what is not there."""

    def __reduce__(self) -> str:
        return "ABSENT"

    def __repr__(self) -> str:
        return "nothing"


ABSENT = Absent()


def nothing(_payload: Any) -> tuple[()]:
    """Read nothing."""
    return ()


def listed(values: Any, count: int) -> Sequence[Any]:
    """Return values as a sequence of which a getter makes one value where there is only one."""
    return (values,) if count == 1 else values


def getter(pointers: Sequence[str]) -> Get:
    """Return what reads these places of a payload: a tuple, or the one value; `ABSENT` for what is not there."""
    if not pointers:
        return nothing
    places = [pointer_parts(pointer)[1:] for pointer in pointers]

    def carefully(payload: Any) -> Any:
        found = tuple(found_at(payload, place) for place in places)
        return found[0] if len(found) == 1 else found

    if any(len(place) != 1 for place in places):
        return carefully
    quickly = itemgetter(*(place[0] for place in places))

    def read(payload: Any) -> Any:
        try:
            return quickly(payload)
        except (LookupError, TypeError):
            return carefully(payload)

    return read


def found_at(payload: Any, place: Sequence[str]) -> Any:
    """Return what stands at a place, `ABSENT` if that is nothing."""
    try:
        return at(payload, tuple(place))
    except (LookupError, TypeError, ValueError):
        return ABSENT


def named(payload: Any, pointer: str, begins: Iterable[str]) -> Any:
    """Return what a text names, by how it begins."""
    found = found_at(payload, pointer_parts(pointer)[1:])
    if not begins or not isinstance(found, str):
        return found if not begins else ABSENT
    for beginning in begins:
        before, _, after = beginning.partition("{}")
        if found.startswith(before):
            end = found.find(after, len(before), len(before) + LONGEST_IDENTITY)
            if end > len(before):
                return found[len(before) : end]
    return ABSENT
