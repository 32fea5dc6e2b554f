"""Shapes to hypothesis strategies."""

from collections.abc import Callable, Hashable
from operator import itemgetter
from typing import Any

import orjson
from hypothesis import strategies as st

from notify_contracts._base import dataclass
from notify_contracts.generate._mutations import canonical
from notify_contracts.generate.expressions import form_of
from notify_contracts.generate.shapes import (
    Alternatives,
    Array,
    Constants,
    Filtered,
    Integers,
    Numbers,
    Object,
    Shape,
    Text,
    Written,
)
from notify_contracts.generate.texts import awkward, repertoire

Strategy = st.SearchStrategy[Any]

_MORE = 3


class Strategies:
    """Strategies by shape; what is simplest in a shape is what they shrink to."""

    def __init__(self, without: tuple[str, ...] = ()) -> None:
        """Take the kinds of texts that are left out."""
        self._without = without
        self._made: dict[int, tuple[Shape, Strategy]] = {}

    def strategy(self, shape: Shape) -> Strategy:
        """Return the strategy of a shape without references."""
        if id(shape) not in self._made:
            self._made[id(shape)] = shape, self._maker(shape)
        return self._made[id(shape)][1]

    def _maker(self, shape: Shape) -> Strategy:  # noqa: PLR0911  # one case for each shape
        match shape:
            case Constants():
                return _constants(shape)
            case Text():
                return self._text(shape)
            case Written():
                return self._written(shape)
            case Integers():
                whole = st.integers(shape.first, shape.last)
                return whole if shape.step == 1 else whole.map(shape.step.__mul__)
            case Numbers():
                return st.floats(shape.minimum, shape.maximum, allow_nan=False, allow_infinity=False)
            case Array():
                return self._array(shape)
            case Object():
                return self._object(shape)
            case Alternatives():
                return st.one_of(*map(self.strategy, shape.shapes))
            case Filtered():
                return self.strategy(shape.shape).filter(shape.keeps)
        raise TypeError(shape)

    def _text(self, shape: Text) -> Strategy:
        characters = repertoire(self._without)
        alphabet = (
            st.characters(categories=[], include_characters=characters)
            if self._without
            else st.characters(exclude_categories=["Cs"])
        )
        least = max(shape.least, 1) if "empty" in self._without and shape.most != 0 else shape.least
        plain = st.text(alphabet, min_size=least, max_size=shape.most)
        special = awkward(least, shape.most, self._without)
        return plain | st.integers(0, len(special) - 1).map(_Pick(special)) if special else plain

    def _written(self, shape: Written) -> Strategy:
        form = form_of(shape.pattern, shape.least, shape.most, repertoire(self._without))
        return st.binary(min_size=form.size, max_size=form.size).map(_Write(form.write))

    def _array(self, shape: Array) -> Strategy:
        items = self.strategy(shape.items)
        # What holds others grows with every level: a list of such things stays short.
        nested = isinstance(shape.items, Alternatives | Array | Object)
        begun = len(shape.prefix) + len(shape.members)
        most = max(shape.least, begun) + _MORE if (nested or begun) and shape.most is None else shape.most
        if not begun:
            key: Callable[[Any], Hashable] | None = canonical if shape.unique else None
            return st.lists(items, min_size=shape.least, max_size=most, unique_by=key)
        prefix, members = ([self.strategy(one) for one in shapes] for shapes in (shape.prefix, shape.members))
        arrays = _arrays(_Items(prefix, members, items, shape.least, most or 0))
        return arrays.filter(_all_different) if shape.unique else arrays

    def _object(self, shape: Object) -> Strategy:
        families = [
            st.tuples(self.strategy(one.names).filter(_Untaken(shape.taken)), self.strategy(one.values))
            for one in shape.families
        ]
        required, optional = (
            [(name, self.strategy(one)) for name, one in pairs] for pairs in (shape.required, shape.optional)
        )
        return _objects(_Properties(required, optional, st.one_of(*families), bool(families), shape.least, shape.most))


class _Quiet:
    """Something a strategy is made of, which says little of itself: hypothesis warns of strategies that say much."""

    def __repr__(self) -> str:
        return type(self).__name__.lstrip("_")


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class _Untaken(_Quiet):
    taken: frozenset[str]

    def __call__(self, name: str) -> bool:
        return name not in self.taken


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class _Write(_Quiet):
    write: Callable[[bytes, int], str]

    def __call__(self, data: bytes) -> str:
        return self.write(data, 0)


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class _Pick(_Quiet):
    texts: tuple[str, ...]

    def __call__(self, index: int) -> str:
        return self.texts[index]


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class _Items(_Quiet):
    prefix: list[Strategy]
    members: list[Strategy]
    items: Strategy
    least: int
    most: int


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class _Properties(_Quiet):
    required: list[tuple[str, Strategy]]
    optional: list[tuple[str, Strategy]]
    family: Strategy
    open: bool
    least: int
    most: int | None


def _constants(shape: Constants) -> Strategy:
    values = tuple(map(orjson.loads, shape.encoded))
    if any(isinstance(value, dict | list) for value in values):
        return st.sampled_from(shape.encoded).map(orjson.loads)
    return st.sampled_from(values) if len(values) > 1 else st.just(values[0])


def _all_different(items: list[Any]) -> bool:
    return len(set(map(canonical, items))) == len(items)


@st.composite
def _arrays(draw: st.DrawFn, parts: _Items) -> list[Any]:
    size = draw(st.integers(parts.least, parts.most))
    made = [draw(one) for one in parts.prefix[:size]]
    rest = [*parts.members, *[parts.items] * (size - len(made) - len(parts.members))]
    return made + [draw(one) for one in (draw(st.permutations(rest)) if parts.members else rest)]


@st.composite
def _objects(draw: st.DrawFn, parts: _Properties) -> dict[str, Any]:
    made = {name: draw(one) for name, one in parts.required}
    if not parts.optional and not parts.open:
        return made
    chosen = parts.optional
    fewest = 0 if parts.open else max(0, parts.least - len(made))
    room = len(chosen) if parts.most is None else min(parts.most - len(made), len(chosen))
    if fewest or room < len(chosen):
        indexes = st.lists(st.integers(0, len(chosen) - 1), min_size=fewest, max_size=room, unique=True)
        chosen = [chosen[index] for index in draw(indexes)]
    else:
        chosen = [pair for pair in chosen if draw(_SOMETIMES)]
    made |= {name: draw(one) for name, one in chosen}
    if parts.open:
        lacking = max(0, parts.least - len(made))
        most = lacking + _MORE if parts.most is None else min(parts.most - len(made), lacking + _MORE)
        if most:
            made |= draw(st.lists(parts.family, min_size=lacking, max_size=most, unique_by=_FIRST))
    return made


_SOMETIMES = st.booleans()
_FIRST = itemgetter(0)
