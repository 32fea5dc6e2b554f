"""What several schemas that speak of one value leave of it, by types, limits and the values they list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from notify_contracts._schema.engines import validator_of
from notify_contracts._schema.equality import alike
from notify_contracts._schema.explaining import found
from notify_contracts._schema.keywords import PLAIN, TYPES
from notify_contracts._schema.layers import listed
from notify_contracts._schema.types import type_names

_Schema = Mapping[str, Any]
_NUMBERS = frozenset(("integer", "fraction"))
_KINDS = TYPES - {"number"} | _NUMBERS  # of which no two share a value
_OTHERS = PLAIN - {"const", "enum"}
_LIMITS = {
    "string": ("minLength", "maxLength"),
    "array": ("minItems", "maxItems"),
    "object": ("minProperties", "maxProperties"),
}
_LOWER, _UPPER = ("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")


def contradiction(schemas: Sequence[_Schema]) -> str:
    """Return why no value keeps all of these sound schemas, nothing where one may, as far as this tells.

    What they hold in other schemas is not asked.
    """
    kinds, why = _KINDS, "their types have none in common"
    for schema in schemas:
        kinds &= _kinds_of(schema)
    for said, without in _crossed(schemas):
        if kinds and not kinds - without:
            why = said
        kinds -= without
    if not kinds:
        return why
    values, *others = sorted(filter(None, map(listed, schemas)), key=len) or [[]]
    try:
        if not values or any(_left(values, others, schemas)):
            return ""
    except RecursionError:  # of values so deep nothing is told
        return ""
    if len(values) == 1:
        return f"{found(values[0])} is not allowed by what stands beside it"
    return f"none of the values listed, such as {found(values[0])}, is allowed by what stands beside them"


def _left(values: Sequence[Any], others: Iterable[Sequence[Any]], schemas: Iterable[_Schema]) -> Iterator[bool]:
    """Yield for each value whether it is in the `others`, and kept by the schemas' other keywords."""
    every = [{*map(alike, listing)} for listing in others]
    rest = [{name: schema[name] for name in schema if name in _OTHERS} for schema in schemas]
    validators = [validator_of(one) for one in rest if one]
    for value in values:
        key = alike(value)
        yield all(key in one for one in every) and all(validator.is_valid(value) for validator in validators)


def _kinds_of(schema: _Schema) -> frozenset[str]:
    if "type" not in schema:
        return _KINDS
    names = frozenset(type_names(schema["type"]))
    return (names | _NUMBERS if "number" in names else names) & _KINDS


def _crossed(schemas: Sequence[_Schema]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the limits of which the lower is above the upper one, and the kinds of values that there are not then."""
    for kind, (least, most) in _LIMITS.items():
        low, high = _strictest(schemas, (least,), max), _strictest(schemas, (most,), min)
        if low and high and low[0] > high[0]:
            yield f"{least} {low[0]} is above {most} {high[0]}", frozenset((kind,))
    low, high = _strictest(schemas, _LOWER, max), _strictest(schemas, _UPPER, min)
    if low and high and (low[0] > high[0] or (low[0] == high[0] and "exclusive" in low[1] + high[1])):
        yield f"{low[1]} {low[0]} is above {high[1]} {high[0]}", _NUMBERS


def _strictest(schemas: Sequence[_Schema], names: Sequence[str], strictest: Any) -> tuple[Any, str] | None:
    stated = [(schema[name], name) for schema in schemas for name in names if name in schema]
    return strictest(stated, key=lambda one: one[0], default=None) if stated else None
