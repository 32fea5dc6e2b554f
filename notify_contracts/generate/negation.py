"""The negation of a schema, as alternatives of schemas: De Morgan's laws, keyword by keyword."""

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Any, NamedTuple

from notify_contracts.generate.expressions import examples
from notify_contracts.generate.standalone import Schema

MOST = 12
"""The most alternatives that a negation is taken apart into; with more, values are made and checked."""


KNOWN_REFUSALS = frozenset(("type", "const", "enum"))
"""The keywords whose negation is not taken apart any further."""


class Way(NamedTuple):
    """One way to keep a rule: schemas to compose a value from, and schemas to check the finished value with."""

    compose: tuple[Schema, ...] = ()
    checks: tuple[Schema, ...] = ()


def negated(schema: Schema, definition: Callable[[str], Schema]) -> list[Way]:
    """Return ways that together give every value which `schema` refuses."""
    if isinstance(schema, bool):
        return [] if schema else [Way()]
    ways = [way for keyword, value in schema.items() for way in _alternatives(keyword, value, schema, definition)]
    return ways if len(ways) <= MOST else [Way(checks=({"not": schema},))]


def _alternatives(
    keyword: str, value: Any, schema: Mapping[str, Any], definition: Callable[[str], Schema]
) -> Iterator[Way]:
    if keyword in _COMPOSED:
        yield from (Way((one,)) for one in _COMPOSED[keyword](value))
    elif keyword in ("const", "enum"):
        yield Way(checks=({"not": {keyword: value}},))
    elif keyword == "$ref":
        yield from negated(definition(value), definition)
    elif keyword == "if":
        for branch, holds in (("then", value), ("else", {"not": value})):
            if branch in schema:
                yield Way((holds, {"not": schema[branch]}))
    elif keyword in _BESIDE:
        yield from (Way((one,)) for one in _BESIDE[keyword](value, schema))
    elif keyword in _CHECKED:
        yield Way(({"type": _CHECKED[keyword]},), ({"not": {keyword: value}},))
    if keyword == "additionalProperties" and value is not True:
        refused = {name: schema[name] for name in _OBJECT if name in schema}
        yield Way(({"type": "object"},), ({"not": refused},))


def _not_additional(value: Schema, schema: Mapping[str, Any]) -> Iterator[Schema]:
    """Yield the objects that have nothing but additional properties, none of them as it should be."""
    others = {name: dict.fromkeys(schema.get(name, ()), False) for name in ("properties", "patternProperties")}
    if value is not True:
        yield {"type": "object", "minProperties": 1, "additionalProperties": {"not": value}, **others}


def _not_as_patterns_say(value: Mapping[str, Schema], _schema: Mapping[str, Any]) -> Iterator[Schema]:
    for pattern, schema in value.items():
        for name in dict.fromkeys(examples(pattern, _NAMES)):
            yield {"type": "object", "required": [name], "properties": {name: {"not": schema}}}


def _not_begun_so(value: list[Schema], _schema: Mapping[str, Any]) -> Iterator[Schema]:
    for number, schema in enumerate(value):
        begun = [*[True] * number, {"not": schema}]
        yield {"type": "array", "minItems": number + 1, "prefixItems": begun}


def _not_items(value: Schema, schema: Mapping[str, Any]) -> Iterator[Schema]:
    if before := len(schema.get("prefixItems", ())):
        begun = [*[True] * before, {"not": value}]
        yield {"type": "array", "minItems": before + 1, "prefixItems": begun}
    else:
        yield {"type": "array", "contains": {"not": value}}


def _not_one_of(schemas: list[Schema]) -> Iterator[Schema]:
    yield {"allOf": [{"not": schema} for schema in schemas]}
    yield from ({"allOf": list(pair)} for pair in combinations(schemas, 2))


_COMPOSED: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "type": lambda value: [{"not": {"type": value}}],
        "allOf": lambda value: ({"not": schema} for schema in value),
        "anyOf": lambda value: [{"allOf": [{"not": schema} for schema in value]}],
        "oneOf": _not_one_of,
        "not": lambda value: [value],
        "required": lambda value: ({"type": "object", "properties": {name: False}} for name in value),
        "properties": lambda value: (
            {"type": "object", "required": [name], "properties": {name: {"not": schema}}}
            for name, schema in value.items()
        ),
        "propertyNames": lambda value: [{"type": "object", "minProperties": 1, "propertyNames": {"not": value}}],
        "contains": lambda value: [{"type": "array", "items": {"not": value}}],
        "minimum": lambda value: [{"type": "number", "exclusiveMaximum": value}],
        "maximum": lambda value: [{"type": "number", "exclusiveMinimum": value}],
        "exclusiveMinimum": lambda value: [{"type": "number", "maximum": value}],
        "exclusiveMaximum": lambda value: [{"type": "number", "minimum": value}],
        "minLength": lambda value: [{"type": "string", "maxLength": value - 1}],
        "maxLength": lambda value: [{"type": "string", "minLength": value + 1}],
        "minItems": lambda value: [{"type": "array", "maxItems": value - 1}],
        "maxItems": lambda value: [{"type": "array", "minItems": value + 1}],
        "minProperties": lambda value: [{"type": "object", "maxProperties": value - 1}],
        "maxProperties": lambda value: [{"type": "object", "minProperties": value + 1}],
    }
)
"""Keyword → from its value to schemas of which a value that breaks it keeps at least one."""

_OBJECT = ("additionalProperties", "patternProperties", "properties")
_NAMES = 2

_BESIDE: Mapping[str, Callable[[Any, Mapping[str, Any]], Iterator[Schema]]] = MappingProxyType(
    {
        "additionalProperties": _not_additional,
        "patternProperties": _not_as_patterns_say,
        "prefixItems": _not_begun_so,
        "items": _not_items,
    }
)
"""The same for keywords that need what stands beside them, or of which only some refusals are made."""

_CHECKED: Mapping[str, str] = MappingProxyType(
    {"uniqueItems": "array", "pattern": "string", "format": "string", "multipleOf": "number"}
)
"""Keyword → the type it applies to: only a check of the finished value tells whether it breaks the keyword."""
