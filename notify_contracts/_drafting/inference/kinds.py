"""The JSON types of values, in one order, and how a schema states them."""

from collections.abc import Iterable, Sequence

_TYPES = {"true": "boolean", "false": "boolean"}
_ORDER = ("object", "array", "string", "integer", "number", "boolean", "null")


def types_of(kinds: Iterable[str]) -> list[str]:
    """Return the JSON types that values of these kinds have, in one order."""
    found = {_TYPES.get(kind, kind) for kind in kinds}
    return [kind for kind in _ORDER if kind in found and not (kind == "integer" and "number" in found)]


def as_type(types: Sequence[str]) -> str | list[str]:
    """Return the value of ``type``: one type by itself, several as a list."""
    return types[0] if len(types) == 1 else [*types]
