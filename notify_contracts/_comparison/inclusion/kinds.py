"""The kinds of JSON values, each a bit."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

NULL, BOOLEAN, NUMBER, TEXT, ARRAY, OBJECT = (1 << number for number in range(6))
ALL_KINDS = (1 << 6) - 1
SINGLE_KINDS = (NULL, BOOLEAN, NUMBER, TEXT, ARRAY, OBJECT)


_BY_TYPE: Mapping[type, int] = MappingProxyType(
    {type(None): NULL, bool: BOOLEAN, int: NUMBER, float: NUMBER, str: TEXT, list: ARRAY, dict: OBJECT}
)


def kind_of(value: Any) -> int:
    """Return the kind of a JSON value."""
    return _BY_TYPE.get(type(value)) or _kind_of_other(value)


def _kind_of_other(value: Any) -> int:
    if isinstance(value, int | float):
        return NUMBER
    if isinstance(value, str):
        return TEXT
    return ARRAY if isinstance(value, list | tuple) else OBJECT
