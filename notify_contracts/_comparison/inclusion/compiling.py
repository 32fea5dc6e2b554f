"""Schemas → formulas, and their contraries; references are put in place, but for those that come back to themselves."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import combinations
from types import MappingProxyType
from typing import Any

import orjson

from notify_contracts._comparison.inclusion.effort import UndecidedError
from notify_contracts._comparison.inclusion.formulas import (
    FALSE,
    TRUE,
    Formula,
    Has,
    ItemAt,
    Items,
    Later,
    Names,
    NotOneOf,
    Properties,
    SomeItem,
    SomeProperty,
    Text,
    every,
    made,
    some,
)
from notify_contracts._comparison.inclusion.kinds import ARRAY, OBJECT
from notify_contracts._comparison.inclusion.plain import ALONE, of_kind
from notify_contracts._schema import Documents, resolve

Schema = Mapping[str, Any]

_MOST_BRANCHES = 100


def _text_of(schema: Schema) -> bytes | None:
    """Return a schema as text, None where it refers to another one, or has what cannot be written."""
    try:
        text = orjson.dumps(schema)
    except TypeError:
        return None
    return None if b'"$ref"' in text else text


@lru_cache(maxsize=4096)
def _standing_alone(text: bytes, positive: bool) -> Formula:  # noqa: FBT001
    """Return what a schema says that refers to none: the schemas of two catalogs have most of theirs in common."""
    schema, compiler = orjson.loads(text), Compiler(_no_documents)
    parts = [compiler.keyword("", schema, keyword, positive=positive) for keyword in schema]
    return every(parts) if positive else some(parts)


def _no_documents(uri: str) -> Any:
    raise LookupError(uri)


@lru_cache(maxsize=1024)
def _of_scalar(keyword: str, value: str, positive: bool) -> Formula:  # noqa: FBT001
    return ALONE[keyword](value, positive)


class Compiler:
    """The formulas of the schemas in some documents."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self._done: dict[tuple[str, bool], Formula] = {}
        self._begun: set[tuple[str, bool]] = set()
        # By the identities of schemas, which are kept so that none is another's.
        self._made: dict[tuple[int, str, str, bool], tuple[Schema, Formula]] = {}

    def referred(self, base: str, reference: str, *, positive: bool) -> Formula:
        """Return what the schema that is referred to says, or its contrary."""
        uri, schema = resolve(self.documents, base, reference)
        key = uri, positive
        if key in self._done:
            return self._done[key]
        if key in self._begun:
            return made(Later(self, uri, positive))
        self._begun.add(key)
        try:
            self._done[key] = self.formula(uri, schema, positive=positive)
        finally:
            self._begun.discard(key)
        return self._done[key]

    def begun(self, uri: str, *, positive: bool) -> Formula:
        """Return what was put off until its end was reached; raise UndecidedError where it never was."""
        formula = self.referred(uri, uri, positive=positive)
        if isinstance(formula.rule, Later):
            raise UndecidedError("what refers to itself could not be read")
        return formula

    def formula(self, base: str, schema: Any, *, positive: bool = True) -> Formula:
        """Return what `schema` says, whose references are seen from `base`, or its contrary."""
        if not isinstance(schema, Mapping):
            return FALSE if (schema is False) == positive else TRUE
        key = id(schema), "", base, positive
        if key not in self._made:
            text = _text_of(schema)
            if text is None:
                parts = [self.keyword(base, schema, keyword, positive=positive) for keyword in schema]
                self._made[key] = schema, every(parts) if positive else some(parts)
            else:
                self._made[key] = schema, _standing_alone(text, positive)
        return self._made[key][1]

    def keyword(self, base: str, schema: Schema, keyword: str, *, positive: bool = True) -> Formula:
        """Return what one keyword of `schema` says beside the others, or its contrary."""
        key = id(schema), keyword, base, positive
        if key not in self._made:
            self._made[key] = schema, self._keyword(base, schema, keyword, positive=positive)
        return self._made[key][1]

    def _keyword(self, base: str, schema: Schema, keyword: str, *, positive: bool) -> Formula:
        if keyword in ALONE:
            value = schema[keyword]
            return _of_scalar(keyword, value, positive) if isinstance(value, str) else ALONE[keyword](value, positive)
        if keyword in _HOLDING:
            return _HOLDING[keyword](_Inside(self, base, schema, positive), schema[keyword])
        return TRUE if positive else FALSE


class _Inside:
    """Where a keyword stands that holds schemas, and whether what it says is asked for or the contrary."""

    def __init__(self, compiler: Compiler, base: str, schema: Schema, positive: bool) -> None:  # noqa: FBT001
        self.compiler, self.base, self.schema, self.positive = compiler, base, schema, positive

    def inner(self, schema: Any) -> Formula:
        """Return what a schema inside says, or its contrary, as is asked for."""
        return self.compiler.formula(self.base, schema, positive=self.positive)

    def yes(self, schema: Any) -> Formula:
        return self.compiler.formula(self.base, schema, positive=True)

    def no(self, schema: Any) -> Formula:
        return self.compiler.formula(self.base, schema, positive=False)


def _reference(inside: _Inside, reference: str) -> Formula:
    return inside.compiler.referred(inside.base, reference, positive=inside.positive)


def _all(inside: _Inside, schemas: Any) -> Formula:
    return (every if inside.positive else some)(map(inside.inner, schemas))


def _any(inside: _Inside, schemas: Any) -> Formula:
    return (some if inside.positive else every)(map(inside.inner, schemas))


def _one(inside: _Inside, schemas: Any) -> Formula:
    if len(schemas) > _MOST_BRANCHES:
        raise UndecidedError("a oneOf has too many branches")
    yes, no = list(map(inside.yes, schemas)), list(map(inside.no, schemas))
    if inside.positive:
        return some(every((one, *no[:number], *no[number + 1 :])) for number, one in enumerate(yes))
    return some((every(no), *(every(pair) for pair in combinations(yes, 2))))


def _condition(inside: _Inside, condition: Any) -> Formula:
    then, otherwise = (inside.inner(inside.schema.get(keyword, True)) for keyword in ("then", "else"))
    yes, no = inside.yes(condition), inside.no(condition)
    if not inside.positive:
        return some((every((yes, then)), every((no, otherwise))))
    if otherwise is TRUE:
        return some((no, then))
    return some((yes, otherwise)) if then is TRUE else some((every((yes, then)), every((no, otherwise))))


def _items(inside: _Inside, schema: Any) -> Formula:
    start, inner = len(inside.schema.get("prefixItems", ())), inside.inner(schema)
    if inside.positive:
        return TRUE if inner is TRUE else made(Items((TRUE,) * start, inner))
    return FALSE if inner is FALSE else of_kind(ARRAY, SomeItem(start, inner))


def _prefix(inside: _Inside, schemas: Any) -> Formula:
    inner = tuple(map(inside.inner, schemas))
    if inside.positive:
        return made(Items(inner, TRUE))
    return some(of_kind(ARRAY, ItemAt(index, each)) for index, each in enumerate(inner) if each is not FALSE)


def _contains(inside: _Inside, schema: Any) -> Formula:
    if inside.positive:
        return made(SomeItem(0, inside.yes(schema)))
    return of_kind(ARRAY, Items((), inside.no(schema)))


def _properties(inside: _Inside, schemas: Mapping[str, Any]) -> Formula:
    inner = [(name, inside.inner(schema)) for name, schema in schemas.items()]
    if inside.positive:
        stated = tuple(sorted(((name, each) for name, each in inner if each is not TRUE), key=lambda pair: pair[0]))
        return made(Properties(stated, (), TRUE)) if stated else TRUE
    return some(of_kind(OBJECT, Has(name, each)) for name, each in inner if each is not FALSE)


def _patterns(inside: _Inside, schemas: Mapping[str, Any]) -> Formula:
    inner = [(pattern, inside.inner(schema)) for pattern, schema in schemas.items()]
    if inside.positive:
        return made(Properties((), tuple(inner), TRUE))
    named = ((made(Text(pattern, positive=True)), each) for pattern, each in inner if each is not FALSE)
    return some(of_kind(OBJECT, SomeProperty(name, each)) for name, each in named)


def other_names(schema: Schema) -> Formula:
    """Return what names keep for which neither properties nor patternProperties of `schema` speak."""
    names = tuple(schema.get("properties", ()))
    patterns = (made(Text(pattern, positive=False)) for pattern in schema.get("patternProperties", ()))
    return every((*((made(NotOneOf(names)),) if names else ()), *patterns))


def _additional(inside: _Inside, schema: Any) -> Formula:
    inner = inside.inner(schema)
    if inside.positive:
        if inner is TRUE:
            return TRUE
        named = tuple((name, TRUE) for name in sorted(inside.schema.get("properties", ())))
        patterns = tuple((pattern, TRUE) for pattern in inside.schema.get("patternProperties", ()))
        return made(Properties(named, patterns, inner))
    return FALSE if inner is FALSE else of_kind(OBJECT, SomeProperty(other_names(inside.schema), inner))


def _names(inside: _Inside, schema: Any) -> Formula:
    inner = inside.inner(schema)
    if inside.positive:
        return TRUE if inner is TRUE else made(Names(inner))
    return FALSE if inner is FALSE else of_kind(OBJECT, SomeProperty(inner, TRUE))


_HOLDING: Mapping[str, Callable[[_Inside, Any], Formula]] = MappingProxyType(
    {
        "$ref": _reference,
        "allOf": _all,
        "anyOf": _any,
        "oneOf": _one,
        "not": lambda inside, schema: inside.no(schema) if inside.positive else inside.yes(schema),
        "if": _condition,
        "items": _items,
        "prefixItems": _prefix,
        "contains": _contains,
        "properties": _properties,
        "patternProperties": _patterns,
        "additionalProperties": _additional,
        "propertyNames": _names,
    }
)
