"""Each keyword's demand on a value, stated once more in plain Python, apart from any engine.

Source: JSON Schema 2020-12, validation, section 6; core, section 10.
"""

from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType
from typing import Any

from notify_contracts._schema import FORMATS, matcher, type_names

Keeps = Callable[[Mapping[str, Any], Any], bool]
"""Tells whether a value keeps a schema."""

Breaks = Callable[[Any, Any, Keeps], bool]
"""From a keyword's argument, an enumeration's as a set, and a value to whether the value breaks it."""


def canonical(value: Any) -> Hashable:
    """Return a key that is equal for equal JSON values: 1 and 1.0 are equal, 1 and true are not."""
    if isinstance(value, str) or value is None:  # most are, and this is the quicker question
        return value
    is_number = isinstance(value, int | float)
    if not is_number and isinstance(value, Mapping):
        return frozenset((name, canonical(inner)) for name, inner in value.items())
    if not is_number and isinstance(value, list | tuple):
        return tuple(map(canonical, value))
    return isinstance(value, bool), value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: Mapping[str, Callable[[Any], bool]] = MappingProxyType(
    {
        "array": lambda value: isinstance(value, list | tuple),
        "boolean": lambda value: isinstance(value, bool),
        "integer": lambda value: _is_number(value) and value == value // 1,
        "null": lambda value: value is None,
        "number": _is_number,
        "object": lambda value: isinstance(value, Mapping),
        "string": lambda value: isinstance(value, str),
    }
)


def _wrong_type(types: str | list[str], value: Any) -> bool:
    return not any(_TYPES[name](value) for name in type_names(types))


def _repeats(value: Any) -> bool:
    return len({canonical(item) for item in value}) < len(value)


def _leaves_a_rest(step: float, value: float) -> bool:
    from fractions import Fraction

    return (Fraction(str(value)) / Fraction(str(step))).denominator != 1


def _of(kind: str, breaks: Breaks) -> Breaks:
    """Return the rule for values of one type, which those of every other type keep."""
    return lambda argument, value, keeps: _TYPES[kind](value) and breaks(argument, value, keeps)


BREAKS: Mapping[str, Breaks] = MappingProxyType(
    {
        "type": lambda types, value, _: _wrong_type(types, value),
        "enum": lambda listed, value, _: canonical(value) not in listed,
        "const": lambda constant, value, _: canonical(value) != canonical(constant),
        "minLength": _of("string", lambda limit, value, _: len(value) < limit),
        "maxLength": _of("string", lambda limit, value, _: len(value) > limit),
        "pattern": _of("string", lambda pattern, value, _: not matcher(pattern)(value)),
        "format": _of("string", lambda name, value, _: not FORMATS[name](value)),
        "minimum": _of("number", lambda limit, value, _: value < limit),
        "maximum": _of("number", lambda limit, value, _: value > limit),
        "exclusiveMinimum": _of("number", lambda limit, value, _: value <= limit),
        "exclusiveMaximum": _of("number", lambda limit, value, _: value >= limit),
        "multipleOf": _of("number", lambda step, value, _: _leaves_a_rest(step, value)),
        "minItems": _of("array", lambda limit, value, _: len(value) < limit),
        "maxItems": _of("array", lambda limit, value, _: len(value) > limit),
        "uniqueItems": _of("array", lambda wanted, value, _: wanted and _repeats(value)),
        "contains": _of("array", lambda schema, value, keeps: not any(keeps(schema, item) for item in value)),
        "minProperties": _of("object", lambda limit, value, _: len(value) < limit),
        "maxProperties": _of("object", lambda limit, value, _: len(value) > limit),
        "propertyNames": _of("object", lambda schema, value, keeps: not all(keeps(schema, name) for name in value)),
        "anyOf": lambda schemas, value, keeps: not any(keeps(schema, value) for schema in schemas),
        "oneOf": lambda schemas, value, keeps: sum(keeps(schema, value) for schema in schemas) != 1,
        "not": lambda schema, value, keeps: keeps(schema, value),
    }
)
"""The keywords that a checker reports at the value itself, each with its own reading of what breaks it."""


def breaks(keyword: str, argument: Any, keeps: Keeps) -> Callable[[Any], bool]:
    """Return what tells whether a value breaks a keyword with this argument."""
    prepared = frozenset(map(canonical, argument)) if keyword == "enum" else argument
    return lambda value: BREAKS[keyword](prepared, value, keeps)
