"""When two JSON values are the same: numbers by what they are worth, and true is not 1."""

from collections.abc import Hashable
from typing import Any


def identity(value: Any) -> Hashable:
    """Return what equals another value's identity where JSON Schema takes both for the same (core, section 4.2.2)."""
    if isinstance(value, bool):
        return bool, value
    if isinstance(value, list):
        return list, *map(identity, value)
    if isinstance(value, dict):
        return dict, frozenset((name, identity(one)) for name, one in value.items())
    return value  # type: ignore[no-any-return]  # null, a number or a text
