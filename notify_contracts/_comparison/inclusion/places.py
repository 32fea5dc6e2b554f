"""Places within a value: what the narrow schema says of the values there, and how a value gets there."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from notify_contracts._base import dataclass
from notify_contracts._comparison.inclusion.formulas import (
    FALSE,
    Count,
    Formula,
    Has,
    ItemAt,
    Items,
    Lacks,
    Names,
    Properties,
    SomeItem,
    every,
    made,
    of_kinds,
)
from notify_contracts._comparison.inclusion.kinds import ARRAY, OBJECT
from notify_contracts._comparison.inclusion.satisfying import needs, satisfies
from notify_contracts._comparison.inclusion.solving import ABSENT, Formulas, parted
from notify_contracts._schema import Pointer


@dataclass(frozen=True)
class Name:
    """The step into the property of a name."""

    name: str


@dataclass(frozen=True)
class Item:
    """The step into the item at an index."""

    index: int


@dataclass(frozen=True)
class AnyItem:
    """The step into any of the items from an index on."""

    start: int


Step = Name | Item | AnyItem


class Place(NamedTuple):
    """A place: the steps to it, each with what holds where it is made; what holds here; and what values here keep.

    `keeping` may allow more values than there can be, but no fewer.
    """

    steps: tuple[tuple[Formulas, Step], ...]
    here: Formulas
    keeping: Formulas

    @property
    def fixed(self) -> Pointer:
        """The steps to it as a pointer, up to the first that can lead to several items."""
        parts: list[str | int] = []
        for _, step in self.steps:
            if isinstance(step, AnyItem):
                break
            parts.append(step.name if isinstance(step, Name) else step.index)
        return tuple(parts)

    def under(self, *conditions: Formula) -> "Place":
        """Return the same place where these conditions hold, too."""
        return Place(self.steps, self.here | {*conditions}, self.keeping | {*conditions})

    def inner(self, step: Step) -> "Place":
        """Return the place that is one step further in."""
        within = frozenset(_within(self.keeping, step))
        return Place((*self.steps, (self.here, step)), frozenset(), within)

    def whole(self, formula: Formula) -> Formula:
        """Return what a whole value keeps in which some value at this place keeps `formula`."""
        inner = every((*self.here, formula))
        for here, step in reversed(self.steps):
            inner = every((*here, _holding(step, inner)))
        return inner

    def pointers(self, value: Any, formula: Formula) -> Iterator[Pointer]:
        """Yield where in a whole value those are that are meant by this place and keep `formula`."""
        found: list[tuple[Pointer, Any]] = [((), value)]
        for here, step in self.steps:
            kept = [each for each in found if all(satisfies(each[1], condition) for condition in here)]
            found = [further for each in kept for further in _further(*each, step)]
        return (pointer for pointer, each in found if all(satisfies(each, rule) for rule in (*self.here, formula)))

    def put(self, whole: Any, value: Any) -> Any:
        """Return a copy of `whole` with `value` at this place, ABSENT where there is no such place."""
        return _put(whole, [step for _, step in self.steps], value)

    def of(self, whole: Any) -> Any:
        """Return what is at this place in `whole`, ABSENT where nothing is."""
        for _, step in self.steps:
            further = next(_further((), whole, step), None)
            if further is None:
                return ABSENT
            whole = further[1]
        return whole


@lru_cache(maxsize=16)
def _by_names(keeping: Formulas) -> tuple[Mapping[str, list[Formula]], list[Formula]]:
    """Return what speaks of one property alone, by its name, and the rest: there may be steps to thousands of names."""
    by_name, others = dict[str, list[Formula]](), list[Formula]()
    for literal in parted(keeping).literals:
        rule = literal.rule
        (by_name.setdefault(rule.name, []) if isinstance(rule, Has | Lacks) else others).append(literal)
    return by_name, others


def _within(keeping: Formulas, step: Step) -> Iterator[Formula]:
    """Yield what values one step further in keep."""
    by_name, others = _by_names(keeping)
    for literal in (*others, *(by_name.get(step.name, ()) if isinstance(step, Name) else ())):
        match literal.rule, step:
            case Properties() as rule, Name(name):
                yield from needs(literal, rule, name)
            case Has(_, formula), _:
                yield formula
            case Lacks(), _:
                yield FALSE
            case Names(formula), Name(name) if not satisfies(name, formula):
                yield FALSE
            case Items() as rule, Item(index):
                yield rule.of(index)
            case Items(prefix, rest), AnyItem(start) if len(prefix) <= start:
                yield rest
            case ItemAt(stated, formula), Item(index) if stated == index:
                yield formula
            case Count(_, most), (Item(index) | AnyItem(index)) if most is not None and most <= index:
                yield FALSE


def _holding(step: Step, formula: Formula) -> Formula:
    match step:
        case Name(name):
            return every((of_kinds(OBJECT), made(Has(name, formula))))
        case Item(index):
            return every((of_kinds(ARRAY), made(ItemAt(index, formula))))
        case AnyItem(start):
            return every((of_kinds(ARRAY), made(SomeItem(start, formula))))


def _further(pointer: Pointer, value: Any, step: Step) -> Iterator[tuple[Pointer, Any]]:
    if isinstance(step, Name):
        if isinstance(value, Mapping) and step.name in value:
            yield (*pointer, step.name), value[step.name]
    elif isinstance(value, list | tuple):
        first, last = (step.index, step.index + 1) if isinstance(step, Item) else (step.start, len(value))
        yield from (((*pointer, index), value[index]) for index in range(first, min(last, len(value))))


def _put(whole: Any, steps: list[Step], value: Any) -> Any:
    if not steps:
        return value
    step, *rest = steps
    if isinstance(step, Name):
        if not isinstance(whole, Mapping) or (rest and step.name not in whole):
            return ABSENT
        inner = _put(whole.get(step.name), rest, value)
        return ABSENT if inner is ABSENT else {**whole, step.name: inner}
    index = step.index if isinstance(step, Item) else step.start
    if not isinstance(whole, list | tuple) or index > len(whole) or (rest and index == len(whole)):
        return ABSENT
    inner = _put(whole[index] if index < len(whole) else None, rest, value)
    return ABSENT if inner is ABSENT else [*whole[:index], inner, *whole[index + 1 :]]
