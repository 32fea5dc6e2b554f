"""Shapes without references: recursion followed so far and no further, and filters that let enough through."""

from collections.abc import Mapping
from random import Random
from typing import Any

import orjson

from notify_contracts.generate.sampling import ExhaustedError, Sampler
from notify_contracts.generate.shapes import (
    NOTHING,
    Alternatives,
    Array,
    Constants,
    Family,
    Filtered,
    Object,
    Reference,
    Shape,
    alternatives,
    array,
    filtered,
    properties,
)
from notify_contracts.generate.standalone import Key

_LEVELS = 3
_TELLING = 20  # if all of so many pass, not one in a thousand shapes lets less than `_ENOUGH` through
_TRIALS = 200
_MOST_TRIALS = 2_000
_ENOUGH = 0.7
_POOL = 100


def unrolled(shape: Shape, definitions: Mapping[Key, Shape]) -> Shape:
    """Return `shape` with each reference replaced by what it stands for, inside itself up to some levels deep.

    `NOTHING` comes out where no finite value is allowed.
    """
    levels = _LEVELS
    unrolling = _Unrolling(definitions)
    while (found := unrolling.at(shape, levels)) is NOTHING and levels <= len(definitions):
        levels *= 2
    return found


class _Unrolling:
    def __init__(self, definitions: Mapping[Key, Shape]) -> None:
        self._definitions = definitions
        self._done: dict[tuple[int, int], tuple[Shape, Shape]] = {}

    def at(self, shape: Shape, level: int) -> Shape:
        """Return `shape` with references followed `level` times."""
        place = id(shape), level
        if place not in self._done:
            self._done[place] = shape, self._unrolled(shape, level)
        return self._done[place][1]

    def _unrolled(self, shape: Shape, level: int) -> Shape:
        match shape:
            case Reference():
                return self.at(self._definitions[shape.name], level - 1) if level else NOTHING
            case Alternatives():
                inner = [self.at(one, level) for one in shape.shapes]
                return shape if _same(inner, shape.shapes) else alternatives(inner)
            case Array():
                return self._array(shape, level)
            case Object():
                return self._object(shape, level)
            case Filtered():
                return tamed(filtered(self.at(shape.shape, level), shape.keeps, shape.soon))
        return shape

    def _array(self, shape: Array, level: int) -> Shape:
        prefix = [self.at(one, level) for one in shape.prefix]
        members = [self.at(one, level) for one in shape.members]
        items = self.at(shape.items, level)
        if _same([*prefix, *members, items], [*shape.prefix, *shape.members, shape.items]):
            return shape
        return array(prefix, items, members, shape.least, shape.most, unique=shape.unique)

    def _object(self, shape: Object, level: int) -> Shape:
        return properties(
            [(name, self.at(one, level)) for name, one in shape.required],
            [(name, self.at(one, level)) for name, one in shape.optional],
            [Family(self.at(one.names, level), self.at(one.values, level)) for one in shape.families],
            shape.taken,
            least=shape.least,
            most=shape.most,
        )


def _same(some: Any, others: Any) -> bool:
    return all(one is other for one, other in zip(some, others, strict=True))


def tamed(shape: Shape) -> Shape:
    """Return a filtered shape as it is where most values pass, else a pool of values that do; `NOTHING` for none."""
    if not isinstance(shape, Filtered):
        return shape
    chance = Random(0)  # noqa: S311  # for tests, not for secrets
    passed: list[Any] = []
    try:
        make = Sampler(chance).sample(shape.shape)
        for number in range(1, _MOST_TRIALS + 1):
            if shape.soon(value := make()):
                passed.append(value)
            if len(passed) >= _ENOUGH * number and (number == _TRIALS or number == len(passed) == _TELLING):
                return shape
            if number >= _TRIALS and len(passed) >= _POOL:
                break
    except ExhaustedError:
        pass
    pool = sorted(dict.fromkeys(orjson.dumps(value) for value in passed if shape.keeps(value)), key=len)
    return Constants(tuple(pool)) if pool else NOTHING
