"""The types of JSON Schema, as values of Python have them."""

from collections.abc import Iterator, Mapping
from typing import Any

_NUMBERS = ("number", "integer")
_SPOKEN_OF: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("format", "maxLength", "minLength", "pattern"), ("string",)),
    **dict.fromkeys(("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"), _NUMBERS),
    **dict.fromkeys(("contains", "items", "maxItems", "minItems", "prefixItems", "uniqueItems"), ("array",)),
    **dict.fromkeys(("additionalProperties", "maxProperties", "minProperties", "patternProperties"), ("object",)),
    **dict.fromkeys(("properties", "propertyNames", "required"), ("object",)),
}
"""The types of which a keyword speaks: a value of another keeps it, whatever it is."""


def type_names(stated: str | list[str]) -> list[str]:
    """Return the types that a ``type`` names, which may be one or several."""
    return [stated] if isinstance(stated, str) else stated


def speaking_of_others(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each keyword of a schema that speaks of no value of its types, the type of which it does, and its types."""
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types if isinstance(types, list) else []
    for keyword in schema if types else ():
        spoken_of = _SPOKEN_OF.get(keyword)
        if spoken_of and not any(name in types for name in spoken_of):
            yield keyword, spoken_of[0], types


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
