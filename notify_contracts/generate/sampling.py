"""Shapes to values by a seeded generator: fast, and the same for the same seed on every Python.

Only `Random.random` and `Random.getrandbits` are used, whose sequences Python promises to keep.
"""

from collections.abc import Callable, Sequence
from math import frexp, ldexp
from random import Random
from typing import Any

import orjson

from notify_contracts.errors import CatalogError
from notify_contracts.generate._mutations import canonical
from notify_contracts.generate.expressions import form_of
from notify_contracts.generate.shapes import (
    VARIES,
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
    only_value,
)
from notify_contracts.generate.texts import PLAIN, awkward, repertoire

Sample = Callable[[], Any]
"""Makes a new value each time it is called."""

MOST_TRIES = 2_000
"""The number of values that are made for a filter that refuses them, before it is given up."""

_MORE = 4
_DEEP, _VERY_DEEP = 6, 10  # arrays within each other from which on each has one more item at most, and none
_LENGTH = 12
_AWKWARD = 0.125
_RARELY = 0.05
_OFTEN = 0.5
_DOWN = 0.75
_SMALL = 1_000


class ExhaustedError(CatalogError):
    """A rule let nothing through, however often a value was made."""

    def __init__(self) -> None:
        super().__init__(f"a rule lets so few values through that none was found in {MOST_TRIES:,} tries")


class Sampler:
    """Samples by shape, all from one source of chance."""

    def __init__(self, chance: Random, without: tuple[str, ...] = ()) -> None:
        """Take the source, and the kinds of texts that are left out."""
        self._random = chance.random
        self._bits = chance.getrandbits
        self._without = without
        self._made: dict[int, tuple[Shape, Sample]] = {}
        self._arrays = 0  # in which what is being made will stand

    def sample(self, shape: Shape) -> Sample:
        """Return a function that makes values of a shape without references."""
        if id(shape) not in self._made:
            self._made[id(shape)] = shape, self._maker(shape)
        return self._made[id(shape)][1]

    def _maker(self, shape: Shape) -> Sample:  # noqa: PLR0911  # one case for each shape
        match shape:
            case Constants():
                return self._constants(shape)
            case Text():
                return self._text(shape)
            case Written():
                return self._written(shape)
            case Integers():
                return self._integers(shape)
            case Numbers():
                return self._numbers(shape)
            case Array():
                return self._array(shape)
            case Object():
                return self._object(shape)
            case Alternatives():
                return self._alternatives(shape)
            case Filtered():
                return self._filtered(shape)
        raise TypeError(shape)

    def _constants(self, shape: Constants) -> Sample:
        encoded, values, random = shape.encoded, tuple(map(orjson.loads, shape.encoded)), self._random
        count = len(values)
        if any(isinstance(value, dict | list) for value in values):
            return lambda: orjson.loads(encoded[int(random() * count)])
        if count == 1:
            return lambda: values[0]
        return lambda: values[int(random() * count)]

    def _text(self, shape: Text) -> Sample:
        random, bits = self._random, self._bits
        special = awkward(shape.least, shape.most, self._without)
        letters = PLAIN.encode()
        table = bytes(letters[byte % len(letters)] for byte in range(256))
        everything = repertoire(self._without)
        least = max(
            shape.least, 0 if "empty" not in self._without else min(1, _LENGTH if shape.most is None else shape.most)
        )
        most = least + _LENGTH if shape.most is None else min(shape.most, least + _LENGTH)
        more = most - least + 1

        def text() -> str:
            size = least + int(random() * more)
            chance = random()
            if chance >= _AWKWARD:
                return bits(8 * size).to_bytes(size, "little").translate(table).decode("ascii") if size else ""
            if chance < _RARELY or not special:
                return "".join([everything[int(random() * len(everything))] for _ in range(size)])
            return special[int(random() * len(special))]

        return text

    def _written(self, shape: Written) -> Sample:
        form = form_of(shape.pattern, shape.least, shape.most, repertoire(self._without))
        size, write, bits = form.size, form.write, self._bits
        count = 8 * size
        if not size:
            return lambda: write(b"", 0)
        return lambda: write(bits(count).to_bytes(size, "little"), 0)

    def _integers(self, shape: Integers) -> Sample:
        random, bits = self._random, self._bits
        first, last, step = shape.first, shape.last, shape.step
        nearest = min(max(0, first), last)
        width, few = (last - first).bit_length(), min(_SMALL, last - nearest) + 1
        edges = (first, last, nearest, max(first, nearest - 1))

        def integer() -> int | float:
            chance = random()
            if chance < _OFTEN:
                return (nearest + int(random() * few)) * step
            if chance < _OFTEN + _RARELY:
                return edges[int(random() * 4)] * step
            far = bits(int(random() * (width + 1)))
            return min(last, max(first, nearest - far if chance > _DOWN else nearest + far)) * step

        return integer

    def _numbers(self, shape: Numbers) -> Sample:
        random = self._random
        first, last = shape.minimum, shape.maximum
        nearest = min(max(0.0, first), last)

        def number() -> float:
            chance = random()
            if chance < _RARELY:
                return (first, last, nearest)[int(random() * 3)]
            if chance < _OFTEN:
                return min(last, max(first, nearest + int(random() * _SMALL) / 8))
            edge = last if chance < _DOWN else first
            mantissa, exponent = frexp(random() * edge if abs(edge) < 1 else random())
            scale = int(random() * max(1, frexp(edge)[1])) if abs(edge) >= 1 else 0
            far = ldexp(mantissa, exponent + scale)
            return min(last, max(first, nearest + far if chance < _DOWN else nearest - abs(far)))

        return number

    def _array(self, shape: Array) -> Sample:
        random, free = self._random, not shape.prefix and not shape.members
        more = _MORE if self._arrays < _DEEP else int(self._arrays < _VERY_DEEP)  # or there would be too many in all
        self._arrays += 1
        prefix, items = [self.sample(one) for one in shape.prefix], self.sample(shape.items)
        members = [self.sample(one) for one in shape.members]
        self._arrays -= 1
        longest = max(shape.least, len(prefix) + len(members)) + more
        most = longest if shape.most is None else min(longest, shape.most)
        least, begun, unique, extent = shape.least, len(prefix), shape.unique, most - shape.least + 1

        def mixed(size: int) -> list[Any]:
            made = [one() for one in prefix[:size]]
            rest = [one() for one in members]
            rest += [items() for _ in range(size - begun - len(rest))]
            for number in range(len(members)):
                other = number + int(random() * (len(rest) - number))
                rest[number], rest[other] = rest[other], rest[number]
            return made + rest

        def array() -> list[Any]:
            for _ in range(MOST_TRIES):
                size = least + int(random() * extent)
                made = [items() for _ in range(size)] if free else mixed(size)
                if not unique or len(made) <= 1:
                    return made
                different = dict(zip(map(canonical, made), made, strict=True))
                if len(different) == len(made):
                    return made
                if len(different) >= least and free:
                    return list(different.values())
            raise ExhaustedError

        return array

    def _object(self, shape: Object) -> Sample:
        begun = {name: only_value(one) for name, one in shape.required}
        required = [(name, self.sample(one)) for name, one in shape.required if begun[name] is VARIES]
        optional = [(name, self.sample(one)) for name, one in shape.optional]
        adding = [self._some(optional, shape.most)] if optional else []
        adding += [self._named_anyhow(shape)] if shape.families else []
        adding += [_enough(optional, shape.least)] if shape.least > len(begun) else []

        def object_() -> dict[str, Any]:
            made = begun.copy()
            for name, make in required:
                made[name] = make()
            for add in adding:
                add(made)
            return made

        return object_

    def _some(self, optional: Sequence[tuple[str, Sample]], most: int | None) -> Callable[[dict[str, Any]], None]:
        random = self._random

        def add(made: dict[str, Any]) -> None:
            kept = [pair for pair in optional if random() < _OFTEN]
            for name, make in kept if most is None else kept[: max(0, most - len(made))]:
                made[name] = make()

        return add

    def _named_anyhow(self, shape: Object) -> Callable[[dict[str, Any]], None]:
        random, taken, least, most = self._random, shape.taken, shape.least, shape.most
        families = [(self.sample(one.names), self.sample(one.values)) for one in shape.families]

        def add(made: dict[str, Any]) -> None:
            size = len(made) + (int(random() * _MORE) if random() < _OFTEN else 0)
            size = max(least, size if most is None else min(most, size))
            tries = 0
            while len(made) < size and tries < MOST_TRIES:
                tries += 1
                names, values = families[int(random() * len(families))]
                name = names()
                if name not in taken:
                    made[name] = values()

        return add

    def _alternatives(self, shape: Alternatives) -> Sample:
        random = self._random
        samples = [self.sample(one) for one in shape.shapes]
        count = len(samples)
        if not count:
            return _nothing
        value = only_value(shape.shapes[0])

        def any_of_them() -> Any:
            return samples[int(random() * count)]()

        def value_or_other() -> Any:
            number = int(random() * count)
            return samples[number]() if number else value

        return any_of_them if value is VARIES else value_or_other

    def _filtered(self, shape: Filtered) -> Sample:
        make, keeps = self.sample(shape.shape), shape.keeps

        def filtered() -> Any:
            for _ in range(MOST_TRIES):
                if keeps(value := make()):
                    return value
            raise ExhaustedError

        return filtered


def _nothing() -> Any:
    raise ExhaustedError


def _enough(optional: Sequence[tuple[str, Sample]], least: int) -> Callable[[dict[str, Any]], None]:
    def add(made: dict[str, Any]) -> None:
        for name, make in optional:
            if name not in made and len(made) < least:
                made[name] = make()
        if len(made) < least:
            raise ExhaustedError

    return add
