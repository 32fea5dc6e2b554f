"""The types of JSON Schema, as values of Python have them."""

from typing import Any


def json_type(value: Any) -> str | None:
    """Return what JSON Schema calls the type of a value: an integer is one; None for what JSON does not have."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "integer" if isinstance(value, int) else "number"
    kinds = ((str, "string"), (dict, "object"), (list, "array"))
    return next((name for kind, name in kinds if isinstance(value, kind)), None)
