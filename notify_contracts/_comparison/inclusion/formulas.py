"""What a value must keep, as formulas without negation: equal ones are one object, so that comparing them is free.

Each atom speaks of one kind of value and says nothing about the others, as the keywords of JSON Schema do; `Kinds` says
which kinds there may be at all.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

from notify_contracts._comparison.inclusion.kinds import ALL_KINDS, kind_of


class Formula:
    """One formula; made by `made`, never directly. `kinds` has at least every kind of value that can keep it.

    `weight` is how many formulas it is made of, each counted as often as it stands in it.
    """

    __slots__ = ("__weakref__", "_table", "kinds", "rule", "weight")

    def __init__(self, rule: "Rule") -> None:
        self.rule = rule
        self.kinds = _kinds(rule)
        self.weight = 1 + sum(map(_weight, rule))
        self._table: dict[Any, Any] | None = None

    def table(self, make: Callable[["Rule"], dict[Any, Any]]) -> dict[Any, Any]:
        """Return what `make` makes of the rule for looking things up in it, made once."""
        if self._table is None:
            self._table = make(self.rule)
        return self._table

    @property
    def all_of(self) -> "tuple[Formula, ...]":
        """What it puts together, or itself."""
        return self.rule.parts if isinstance(self.rule, And) else (self,)

    @property
    def any_of(self) -> "tuple[Formula, ...]":
        """The alternatives that it has, or itself."""
        return self.rule.parts if isinstance(self.rule, Or) else (self,)


class And(NamedTuple):
    """All of the parts."""

    parts: tuple[Formula, ...]


class Or(NamedTuple):
    """At least one of the parts."""

    parts: tuple[Formula, ...]


class Later(NamedTuple):
    """What the schema at a URI says, or its contrary, where it was begun already: `compiler` has it."""

    compiler: Any
    uri: str
    positive: bool


class Kinds(NamedTuple):
    """One of the kinds in a set of bits."""

    mask: int


class OneOf(NamedTuple):
    """One of some scalars."""

    values: tuple[Any, ...]


class NotOneOf(NamedTuple):
    """None of some scalars."""

    values: tuple[Any, ...]


class AtLeast(NamedTuple):
    """A number from a limit on, or above it if that is open."""

    limit: Fraction
    is_open: bool


class AtMost(NamedTuple):
    """A number up to a limit, or below it if that is open."""

    limit: Fraction
    is_open: bool


class Multiple(NamedTuple):
    """A multiple of a number, or none of it."""

    of: Fraction
    positive: bool


class Length(NamedTuple):
    """A text of so many characters."""

    least: int
    most: int | None


class Text(NamedTuple):
    """A text in which a pattern finds something, or nothing."""

    pattern: str
    positive: bool


class Format(NamedTuple):
    """A text of a format, or not of it."""

    name: str
    positive: bool


class Count(NamedTuple):
    """An array of so many items."""

    least: int
    most: int | None


class Items(NamedTuple):
    """An array whose items keep these formulas: the first ones each its own, all others one."""

    prefix: tuple[Formula, ...]
    rest: Formula

    def of(self, index: int) -> Formula:
        """Return what the item at `index` must keep."""
        return self.prefix[index] if index < len(self.prefix) else self.rest


class ItemAt(NamedTuple):
    """An array with an item at this index that keeps a formula."""

    position: int
    formula: Formula


class SomeItem(NamedTuple):
    """An array with an item, from an index on, that keeps a formula."""

    start: int
    formula: Formula


class Distinct(NamedTuple):
    """An array without equal items, or one with some."""

    positive: bool


class Size(NamedTuple):
    """An object of so many properties."""

    least: int
    most: int | None


class Properties(NamedTuple):
    """An object whose properties keep these formulas, by name, by pattern, and where neither speaks."""

    named: tuple[tuple[str, Formula], ...]
    patterns: tuple[tuple[str, Formula], ...]
    rest: Formula


class Has(NamedTuple):
    """An object with a property of this name whose value keeps a formula."""

    name: str
    formula: Formula


class Lacks(NamedTuple):
    """An object without a property of this name."""

    name: str


class Names(NamedTuple):
    """An object whose names keep a formula."""

    formula: Formula


class SomeProperty(NamedTuple):
    """An object with a property whose name keeps one formula and whose value keeps another."""

    name: Formula
    value: Formula


Rule = (
    And | Or | Later | Kinds | OneOf | NotOneOf | AtLeast | AtMost | Multiple | Length | Text | Format | Count | Items
    | ItemAt | SomeItem | Distinct | Size | Properties | Has | Lacks | Names | SomeProperty
)  # fmt: skip

_MADE: WeakValueDictionary[Any, Formula] = WeakValueDictionary()


def made(rule: Rule) -> Formula:
    """Return the formula of a rule, the same one for equal rules."""
    key = type(rule), *map(_key, rule)
    formula = _MADE.get(key)
    if formula is None:
        formula = _MADE[key] = Formula(rule)
    return formula


def _key(part: Any) -> Any:
    """Return what tells 1, 1.0 and true apart."""
    if isinstance(part, Formula | str | None):
        return part
    return tuple(map(_key, part)) if isinstance(part, tuple) else (type(part), part)


def every(formulas: Iterable[Formula]) -> Formula:
    """Return what keeps all formulas."""
    parts = _parts(And, formulas)
    if FALSE in parts:
        return FALSE
    return parts[0] if len(parts) == 1 else made(And(parts))


def some(formulas: Iterable[Formula]) -> Formula:
    """Return what keeps at least one formula."""
    parts = _parts(Or, formulas)
    if TRUE in parts:
        return TRUE
    return parts[0] if len(parts) == 1 else made(Or(parts))


def _parts(together: type[And | Or], formulas: Iterable[Formula]) -> tuple[Formula, ...]:
    parts: dict[Formula, None] = {}
    for formula in formulas:
        if isinstance(formula.rule, together):
            parts.update(dict.fromkeys(formula.rule.parts))
        else:
            parts[formula] = None
    return tuple(parts)


def of_kinds(mask: int) -> Formula:
    """Return what allows every value of some kinds and no other."""
    return TRUE if mask == ALL_KINDS else made(Kinds(mask)) if mask else FALSE


def _weight(part: Any) -> int:
    if isinstance(part, Formula):
        return part.weight
    return sum(map(_weight, part)) if isinstance(part, tuple) else 0


def _kinds(rule: Rule) -> int:
    match rule:
        case Kinds(mask):
            return mask
        case And(parts):
            mask = ALL_KINDS
            for part in parts:
                mask &= part.kinds
            return mask
        case Or(parts):
            mask = 0
            for part in parts:
                mask |= part.kinds
            return mask
        case OneOf(values):
            mask = 0
            for value in values:
                mask |= kind_of(value)
            return mask
    return ALL_KINDS


TRUE = made(And(()))
FALSE = made(Or(()))
