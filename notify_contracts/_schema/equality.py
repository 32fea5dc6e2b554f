"""Whether values are equal as JSON has it."""

from collections.abc import Hashable, Mapping
from typing import Any


def same(one: Any, other: Any) -> bool:
    """Return whether two JSON values, however deep, are equal: 1 is 1.0 and not true, and numbers are exact."""
    pairs = [(one, other)]
    while pairs:
        one, other = pairs.pop()
        if isinstance(one, Mapping):
            if not isinstance(other, Mapping) or one.keys() != other.keys():
                return False
            pairs += [(value, other[name]) for name, value in one.items()]
        elif isinstance(one, list | tuple):
            if not isinstance(other, list | tuple) or len(one) != len(other):
                return False
            pairs += zip(one, other, strict=True)
        elif isinstance(one, bool) is not isinstance(other, bool) or one != other:
            return False
    return True


def alike(value: Any) -> Hashable:
    """Return what JSON values share if they are the `same`, and only then; raise RecursionError for a very deep one.

    Numbers are texts in it: Python hashes -1 and -2 alike, and what differs by 2^61 - 1, so that whoever chooses them
    could have each compared with each. The hashes of texts nobody can choose.
    """
    if isinstance(value, bool):
        return bool, value
    if isinstance(value, str):  # nearly always
        return value
    if isinstance(value, Mapping):
        return frozenset((name, alike(inner)) for name, inner in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(alike, value))
    if isinstance(value, int | float):
        return float, hex(int(value)) if value == value // 1 else float(value).hex()
    scalar: Hashable = value
    return scalar
