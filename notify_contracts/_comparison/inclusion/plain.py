"""The keywords that hold no schemas → formulas, and their contraries."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from notify_contracts._comparison.inclusion.equality import decimal, exact
from notify_contracts._comparison.inclusion.formats import format_formula
from notify_contracts._comparison.inclusion.formulas import (
    FALSE,
    TRUE,
    AtLeast,
    AtMost,
    Count,
    Distinct,
    Formula,
    Has,
    ItemAt,
    Items,
    Lacks,
    Length,
    Multiple,
    NotOneOf,
    OneOf,
    Size,
    Text,
    every,
    made,
    of_kinds,
    some,
)
from notify_contracts._comparison.inclusion.kinds import ALL_KINDS, ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, TEXT
from notify_contracts._schema import type_names

_KINDS = {"null": NULL, "boolean": BOOLEAN, "number": NUMBER, "string": TEXT, "array": ARRAY, "object": OBJECT}
_WHOLE = Fraction(1)


def constant(value: Any, *, positive: bool = True) -> Formula:
    """Return what equals a JSON value, or what does not."""
    if isinstance(value, Mapping):
        return _constant_object(value, positive=positive)
    if isinstance(value, list | tuple):
        items = [constant(item, positive=positive) for item in value]
        if positive:
            count = made(Count(len(items), len(items)))
            return every((of_kinds(ARRAY), count, made(Items(tuple(items), TRUE))))
        other = [of_kind(ARRAY, Count(len(items) + 1, None))]
        if items:
            other.append(of_kind(ARRAY, Count(0, len(items) - 1)))
        other += [of_kind(ARRAY, ItemAt(index, item)) for index, item in enumerate(items)]
        return some((of_kinds(ALL_KINDS ^ ARRAY), *other))
    return made(OneOf((value,))) if positive else made(NotOneOf((value,)))


def _constant_object(value: Mapping[str, Any], *, positive: bool) -> Formula:
    inner = {name: constant(each, positive=positive) for name, each in value.items()}
    if positive:
        has = (made(Has(name, formula)) for name, formula in inner.items())
        return every((of_kinds(OBJECT), made(Size(0, len(value))), *has))
    other = [of_kind(OBJECT, Size(len(value) + 1, None))]
    for name, formula in inner.items():
        other += [of_kind(OBJECT, Lacks(name)), of_kind(OBJECT, Has(name, formula))]
    return some((of_kinds(ALL_KINDS ^ OBJECT), *other))


def _enum(values: Any, positive: bool) -> Formula:  # noqa: FBT001
    scalars = tuple(value for value in values if not isinstance(value, Mapping | list | tuple))
    formulas = [constant(value, positive=positive) for value in values if isinstance(value, Mapping | list | tuple)]
    if positive:
        return some(([made(OneOf(scalars))] if scalars else []) + formulas)
    return every(([made(NotOneOf(scalars))] if scalars else []) + formulas)


def _type(types: Any, positive: bool) -> Formula:  # noqa: FBT001
    named = set(type_names(types))
    mask = 0
    for name in named - {"integer"}:
        mask |= _KINDS[name]
    if "integer" not in named or mask & NUMBER:
        return of_kinds(mask if positive else ALL_KINDS ^ mask)
    whole = of_kind(NUMBER, Multiple(_WHOLE, positive))
    return some((of_kinds(mask if positive else ALL_KINDS ^ mask ^ NUMBER), whole))


def of_kind(kind: int, rule: Any) -> Formula:
    """Return what keeps an atom and is of the kind that it speaks of."""
    return every((of_kinds(kind), made(rule)))


def _least(kind: int, rule: Callable[[int, int | None], Any]) -> Callable[[Any, bool], Formula]:
    def formula(limit: Any, positive: bool) -> Formula:  # noqa: FBT001
        least = -int(-exact(limit) // 1)
        if positive:
            return made(rule(least, None)) if least > 0 else TRUE
        return of_kind(kind, rule(0, least - 1)) if least > 0 else FALSE

    return formula


def _most(kind: int, rule: Callable[[int, int | None], Any]) -> Callable[[Any, bool], Formula]:
    def formula(limit: Any, positive: bool) -> Formula:  # noqa: FBT001
        most = int(exact(limit) // 1)
        return made(rule(0, most)) if positive else of_kind(kind, rule(most + 1, None))

    return formula


def _limit(rule: type[AtLeast | AtMost], contrary: type[AtLeast | AtMost], is_open: bool) -> Any:  # noqa: FBT001
    def formula(limit: Any, positive: bool) -> Formula:  # noqa: FBT001
        if positive:
            return made(rule(exact(limit), is_open))
        return of_kind(NUMBER, contrary(exact(limit), not is_open))

    return formula


def _multiple(of: Any, positive: bool) -> Formula:  # noqa: FBT001
    rule = Multiple(decimal(of), positive)
    return made(rule) if positive else of_kind(NUMBER, rule)


def _pattern(pattern: str, positive: bool) -> Formula:  # noqa: FBT001
    return made(Text(pattern, positive)) if positive else of_kind(TEXT, Text(pattern, positive))


def _format(name: str, positive: bool) -> Formula:  # noqa: FBT001
    found = format_formula(name, positive=positive)
    return found if positive else every((of_kinds(TEXT), found))


def _required(names: Any, positive: bool) -> Formula:  # noqa: FBT001
    if positive:
        return every(made(Has(name, TRUE)) for name in names)
    return some(of_kind(OBJECT, Lacks(name)) for name in names)


def _unique(unique: Any, positive: bool) -> Formula:  # noqa: FBT001
    if not unique:
        return TRUE if positive else FALSE
    return made(Distinct(positive=True)) if positive else of_kind(ARRAY, Distinct(positive=False))


ALONE: Mapping[str, Callable[[Any, bool], Formula]] = MappingProxyType(
    {
        "const": lambda value, positive: constant(value, positive=positive),
        "enum": _enum,
        "type": _type,
        "minLength": _least(TEXT, Length),
        "maxLength": _most(TEXT, Length),
        "minItems": _least(ARRAY, Count),
        "maxItems": _most(ARRAY, Count),
        "minProperties": _least(OBJECT, Size),
        "maxProperties": _most(OBJECT, Size),
        "minimum": _limit(AtLeast, AtMost, is_open=False),
        "maximum": _limit(AtMost, AtLeast, is_open=False),
        "exclusiveMinimum": _limit(AtLeast, AtMost, is_open=True),
        "exclusiveMaximum": _limit(AtMost, AtLeast, is_open=True),
        "multipleOf": _multiple,
        "pattern": _pattern,
        "format": _format,
        "required": _required,
        "uniqueItems": _unique,
    }
)
