"""The kinds of JSON values, each a bit."""

from typing import Any

NULL, BOOLEAN, NUMBER, TEXT, ARRAY, OBJECT = (1 << number for number in range(6))
ALL_KINDS = (1 << 6) - 1
SINGLE_KINDS = (NULL, BOOLEAN, NUMBER, TEXT, ARRAY, OBJECT)


def kind_of(value: Any) -> int:
    """Return the kind of a JSON value."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, int | float):
        return NUMBER
    if isinstance(value, str):
        return TEXT
    return ARRAY if isinstance(value, list | tuple) else OBJECT
