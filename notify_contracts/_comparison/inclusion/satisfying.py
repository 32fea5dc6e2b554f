"""Whether a value keeps a formula: read off, without any engine."""

from collections.abc import Iterable, Mapping
from typing import Any

from notify_contracts._comparison.inclusion.equality import decimal, exact
from notify_contracts._comparison.inclusion.formulas import (
    And,
    AtLeast,
    AtMost,
    Count,
    Distinct,
    Format,
    Formula,
    Has,
    ItemAt,
    Items,
    Kinds,
    Lacks,
    Later,
    Length,
    Multiple,
    Names,
    NotOneOf,
    OneOf,
    Or,
    Properties,
    Size,
    SomeItem,
    SomeProperty,
    Text,
)
from notify_contracts._comparison.inclusion.kinds import ARRAY, NUMBER, OBJECT, TEXT, kind_of
from notify_contracts._schema import FORMATS, alike, matcher


def _keys(rule: Any) -> dict[Any, Any]:
    return dict.fromkeys(map(alike, rule.values))


def _is_listed(value: Any, formula: Formula) -> bool:
    listed = formula.table(_keys)
    return not kind_of(value) & (ARRAY | OBJECT) and alike(value) in listed


def _number(value: float, formula: Formula) -> bool:
    match formula.rule:
        case AtLeast(limit, is_open):
            return exact(value) > limit or (exact(value) == limit and not is_open)
        case AtMost(limit, is_open):
            return exact(value) < limit or (exact(value) == limit and not is_open)
        case Multiple(of, positive):
            return (decimal(value) % of == 0) == positive
    return True


def fits(number: int, least: int, most: int | None) -> bool:
    """Return whether a number is within limits."""
    return number >= least and (most is None or number <= most)


def _text(value: str, formula: Formula) -> bool:
    match formula.rule:
        case Length(least, most):
            return fits(len(value), least, most)
        case Text(pattern, positive):
            return matcher(pattern)(value) == positive
        case Format(name, positive):
            return FORMATS[name](value) == positive
    return True


def needs(formula: Formula, rule: Properties, name: str) -> list[Formula]:
    """Return what the value of the property `name` must keep by a formula with that rule."""
    stated = formula.table(lambda _: dict(rule.named)).get(name)
    found = [] if stated is None else [stated]
    if rule.patterns:
        found += [each for pattern, each in rule.patterns if matcher(pattern)(name)]
    return found or [rule.rest]


class Memory:
    """Remembers what objects and arrays keep that many values share: each value tried is like others but for a place.

    What it holds must not be changed.
    """

    def __init__(self) -> None:
        self._held: dict[int, Any] = {}
        self._answers: dict[tuple[int, Formula], bool] = {}

    def hold(self, value: Any) -> None:
        """Remember from now on what is said of `value` and of all within it."""
        waiting = [value]
        while waiting:
            value = waiting.pop()
            if isinstance(value, Mapping | list | tuple) and id(value) not in self._held:
                self._held[id(value)] = value
                waiting += value.values() if isinstance(value, Mapping) else value

    def keeps(self, value: Any, formulas: Iterable[Formula]) -> bool:
        """Return whether `value` keeps all `formulas`; raise RecursionError for one that is nested too deeply."""
        return all(self.satisfies(value, formula) for formula in formulas)

    def satisfies(self, value: Any, formula: Formula) -> bool:
        """Return whether `value` keeps `formula`; raise RecursionError for one that is nested too deeply."""
        if not kind_of(value) & formula.kinds:
            return False
        if id(value) not in self._held:
            return self._satisfies(value, formula)
        asked = id(value), formula
        answer = self._answers.get(asked)
        if answer is None:
            answer = self._answers[asked] = self._satisfies(value, formula)
        return answer

    def _satisfies(self, value: Any, formula: Formula) -> bool:  # noqa: PLR0911 - one for each rule
        match formula.rule:
            case And(parts):
                return all(self.satisfies(value, part) for part in parts)
            case Or(parts):
                return any(self.satisfies(value, part) for part in parts)
            case Later(compiler, uri, positive):
                return self.satisfies(value, compiler.begun(uri, positive=positive))
            case Kinds():
                return True
            case OneOf():
                return _is_listed(value, formula)
            case NotOneOf():
                return not _is_listed(value, formula)
        kind = kind_of(value)
        if kind == OBJECT:
            return self._object(value, formula)
        if kind == ARRAY:
            return self._array(value, formula)
        return _number(value, formula) if kind == NUMBER else kind != TEXT or _text(value, formula)

    def _array(self, value: list[Any], formula: Formula) -> bool:
        match formula.rule:
            case Count(least, most):
                return fits(len(value), least, most)
            case Items() as items:
                return all(self.satisfies(item, items.of(index)) for index, item in enumerate(value))
            case ItemAt(index, inner):
                return index < len(value) and self.satisfies(value[index], inner)
            case SomeItem(start, inner):
                return any(self.satisfies(item, inner) for item in value[start:])
            case Distinct(positive):
                return (len({*map(alike, value)}) < len(value)) != positive
        return True

    def _object(self, value: Mapping[str, Any], formula: Formula) -> bool:  # noqa: PLR0911 - one for each rule
        match formula.rule:
            case Properties() as rule:
                return all(
                    self.satisfies(each, need) for name, each in value.items() for need in needs(formula, rule, name)
                )
            case Has(name, inner):
                return name in value and self.satisfies(value[name], inner)
            case Lacks(name):
                return name not in value
            case Size(least, most):
                return fits(len(value), least, most)
            case Names(inner):
                return all(self.satisfies(name, inner) for name in value)
            case SomeProperty(named, inner):
                return any(self.satisfies(name, named) and self.satisfies(each, inner) for name, each in value.items())
        return True


_HOLDS_NOTHING = Memory()


def satisfies(value: Any, formula: Formula) -> bool:
    """Return whether `value` keeps `formula`; raise RecursionError for one that is nested too deeply."""
    return _HOLDS_NOTHING.satisfies(value, formula)
