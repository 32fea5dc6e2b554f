"""The rules of a schema, one by one: the place that each is about, its keyword, and what breaks it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from notify_contracts._comparison.inclusion.branches import apart
from notify_contracts._comparison.inclusion.compiling import Compiler, other_names
from notify_contracts._comparison.inclusion.formulas import (
    FALSE,
    TRUE,
    Formula,
    Has,
    Items,
    Lacks,
    NotOneOf,
    Properties,
    SomeProperty,
    Text,
    every,
    made,
    of_kinds,
)
from notify_contracts._comparison.inclusion.kinds import ALL_KINDS, OBJECT
from notify_contracts._comparison.inclusion.places import AnyItem, Item, Name, Place
from notify_contracts._comparison.inclusion.satisfying import satisfies
from notify_contracts._comparison.inclusion.solving import parted
from notify_contracts._schema import Pointer, matcher, resolve

_IN_ORDER = ("type", "const", "enum")
_OF_VALUE = frozenset(
    (
        *_IN_ORDER,
        *("minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
        *("multipleOf", "anyOf", "oneOf", "not", "minItems", "maxItems", "uniqueItems"),
    )
)
_DEEPEST = 40


class Rule(NamedTuple):
    """One rule: whatever keeps `denied` at `place` breaks `keyword` there; `group` tells schemas at a place apart."""

    place: Place
    keyword: str
    stated: Formula
    denied: Formula
    group: int
    below: Formula | str | None = None

    @property
    def is_of_value(self) -> bool:
        """Whether it is about the value itself, so that what breaks a rule above it need not be asked again."""
        return self.keyword in _OF_VALUE

    def pointer(self, whole: Any) -> Pointer:
        """Return where in a whole value this rule is broken, by name where it is about a property."""
        pointer = next(self.place.pointers(whole, self.denied), ())
        if isinstance(self.below, str):
            return (*pointer, self.below)
        if self.below is not None and isinstance(rule := self.below.rule, SomeProperty):
            value = whole
            for part in pointer:
                value = value[part]
            fitting = (n for n, each in value.items() if satisfies(n, rule.name) and satisfies(each, rule.value))
            return (*pointer, next(fitting))
        return pointer


class Walk:
    """One schema being gone through: its rules that values at a place do not keep already by what is known of them.

    Whoever takes the rules counts in `broken` those that are not kept: where the narrow schema says nothing at all of
    a value, one of them is enough.
    """

    def __init__(self, compiler: Compiler) -> None:
        self.broken = 0
        self._compiler = compiler
        self._handlers = {
            "$ref": self._reference,
            "allOf": self._all,
            "anyOf": self._any,
            "oneOf": self._any,
            "if": self._condition,
            "properties": self._properties,
            "patternProperties": self._patterns,
            "additionalProperties": self._additional,
            "required": self._required,
            "items": self._items,
            "prefixItems": self._prefix,
        }

    def referred(self, place: Place, base: str, reference: str, above: frozenset[str] = frozenset()) -> Iterator[Rule]:
        """Yield the rules of what is referred to."""
        uri, schema = resolve(self._compiler.documents, base, reference)
        return self._schema(place, uri, schema, above | {uri})

    def _schema(
        self, place: Place, base: str, schema: Any, above: frozenset[str], keyword: str = "additionalProperties"
    ) -> Iterator[Rule]:
        formula = self._compiler.formula(base, schema)
        if _is_known(place, formula):
            return
        if not isinstance(schema, Mapping):
            yield Rule(place, keyword, FALSE, TRUE, id(schema))
            return
        before, is_open = self.broken, bool(place.steps) and parted(place.keeping) == (ALL_KINDS, [], [], frozenset())
        for each in sorted(schema, key=lambda name: _IN_ORDER.index(name) if name in _IN_ORDER else len(_IN_ORDER)):
            stated = self._compiler.keyword(base, schema, each)
            if _is_known(place, stated):
                continue
            if is_open and self.broken > before:
                return
            if each in self._handlers:
                yield from self._handlers[each](place, base, schema, above, each)
            else:
                yield self._plain(place, base, schema, each)

    def _plain(self, place: Place, base: str, schema: Any, keyword: str) -> Rule:
        stated = self._compiler.keyword(base, schema, keyword)
        return Rule(place, keyword, stated, self._compiler.keyword(base, schema, keyword, positive=False), id(schema))

    def _reference(self, place: Place, base: str, schema: Any, above: frozenset[str], keyword: str) -> Iterator[Rule]:
        uri = resolve(self._compiler.documents, base, schema["$ref"])[0]
        if uri in above or len(place.steps) > _DEEPEST:
            yield self._plain(place, base, schema, keyword)
        else:
            yield from self.referred(place, base, schema["$ref"], above)

    def _all(self, place: Place, base: str, schema: Any, above: frozenset[str], keyword: str) -> Iterator[Rule]:
        for each in schema[keyword]:
            yield from self._schema(place, base, each, above, keyword)

    def _any(self, place: Place, base: str, schema: Any, above: frozenset[str], keyword: str) -> Iterator[Rule]:
        """Yield the rules of each branch for what only it can allow, and one rule for all other values."""
        formulas = [self._compiler.formula(base, each) for each in schema[keyword]]
        marks, others = apart(formulas)
        for each, mark in zip(schema[keyword], marks, strict=True):
            if mark.kinds & parted(place.keeping).kinds:
                yield from self._schema(place.under(mark), base, each, above, keyword)
        if others.kinds & parted(place.keeping).kinds:
            yield self._plain(place.under(others), base, schema, keyword)

    def _condition(self, place: Place, base: str, schema: Any, above: frozenset[str], _keyword: str) -> Iterator[Rule]:
        for keyword, positive in (("then", True), ("else", False)):
            if keyword in schema:
                met = self._compiler.formula(base, schema["if"], positive=positive)
                yield from self._schema(place.under(met), base, schema[keyword], above, keyword)

    def _required(self, place: Place, _base: str, schema: Any, _above: frozenset[str], keyword: str) -> Iterator[Rule]:
        for name in schema[keyword]:
            stated, denied = made(Has(name, TRUE)), every((of_kinds(OBJECT), made(Lacks(name))))
            if not _is_known(place, stated):
                yield Rule(place, keyword, stated, denied, id(schema), name)

    def _properties(self, place: Place, base: str, schema: Any, above: frozenset[str], keyword: str) -> Iterator[Rule]:
        for name, each in schema[keyword].items():
            yield from self._schema(place.inner(Name(name)), base, each, above)

    def _patterns(self, place: Place, base: str, schema: Any, above: frozenset[str], keyword: str) -> Iterator[Rule]:
        known = _known_names(place)
        for pattern, each in schema[keyword].items():
            for name in filter(matcher(pattern), known):
                yield from self._schema(place.inner(Name(name)), base, each, above, keyword)
            denied = self._compiler.formula(base, each, positive=False)
            yield from _others(place, keyword, made(Text(pattern, positive=True)), denied)

    def _additional(self, place: Place, base: str, schema: Any, above: frozenset[str], keyword: str) -> Iterator[Rule]:
        named, known = other_names(schema), _known_names(place)
        for name in known:
            if satisfies(name, named):
                yield from self._schema(place.inner(Name(name)), base, schema[keyword], above, keyword)
        yield from _others(place, keyword, named, self._compiler.formula(base, schema[keyword], positive=False))

    def _items(self, place: Place, base: str, schema: Any, above: frozenset[str], keyword: str) -> Iterator[Rule]:
        literals = [each.rule for each in parted(place.keeping).literals]
        start = len(schema.get("prefixItems", ()))
        alike = max([start, *(len(rule.prefix) for rule in literals if isinstance(rule, Items))])
        for index in range(start, alike):
            yield from self._schema(place.inner(Item(index)), base, schema[keyword], above, keyword)
        yield from self._schema(place.inner(AnyItem(alike)), base, schema[keyword], above, keyword)

    def _prefix(self, place: Place, base: str, schema: Any, above: frozenset[str], keyword: str) -> Iterator[Rule]:
        for index, each in enumerate(schema[keyword]):
            yield from self._schema(place.inner(Item(index)), base, each, above, keyword)


def _others(place: Place, keyword: str, named: Formula, denied: Formula) -> Iterator[Rule]:
    """Yield the rule for the names of which the narrow schema does not speak."""
    if denied is not FALSE:
        known = tuple(_known_names(place))
        rule = made(SomeProperty(every((named, made(NotOneOf(known)))) if known else named, denied))
        yield Rule(place, keyword, TRUE, every((of_kinds(OBJECT), rule)), 0, rule)


def _is_known(place: Place, formula: Formula) -> bool:
    parts = formula.all_of
    if not parts:
        return True
    return parted(place.keeping).all.issuperset(parts)


def _known_names(place: Place) -> list[str]:
    """Return the names of which the narrow schema speaks."""
    literals = [each.rule for each in parted(place.keeping).literals]
    named = [name for rule in literals if isinstance(rule, Properties) for name, _ in rule.named]
    return sorted({*named, *(rule.name for rule in literals if isinstance(rule, Has))})
