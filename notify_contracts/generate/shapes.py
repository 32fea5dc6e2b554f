"""Shapes describe the values that a schema allows: small trees of frozen values, between schemas and random choice.

A shape says how a value is made, not whether one is right. `NOTHING` is the shape without values. A `Reference` stands
for a definition where a schema is recursive; `recursion.unrolled` takes all of them away.
"""

from collections.abc import Callable, Iterable
from typing import Any

import orjson

from notify_contracts._base import dataclass


class Shape:
    """Any of the below."""

    __slots__ = ()


@dataclass(frozen=True, eq=False, slots=True)
class Constants(Shape):
    """One of some values, each as JSON text; the first is the simplest."""

    encoded: tuple[bytes, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Text(Shape):
    """Any text of `least` to `most` characters."""

    least: int = 0
    most: int | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Written(Shape):
    """A text that a regular expression describes, of about `least` to `most` characters."""

    pattern: str
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Integers(Shape):
    """``step`` times a whole number from `first` to `last`."""

    first: int
    last: int
    step: int | float = 1


@dataclass(frozen=True, eq=False, slots=True)
class Numbers(Shape):
    """A double from `minimum` to `maximum`, both included."""

    minimum: float
    maximum: float


@dataclass(frozen=True, eq=False, slots=True)
class Array(Shape):
    """`least` to `most` items: those of `prefix`, then any of `items`, among them one of each of `members`."""

    prefix: tuple[Shape, ...]
    items: Shape
    members: tuple[Shape, ...]
    least: int
    most: int | None
    unique: bool


@dataclass(frozen=True, eq=False, slots=True)
class Family:
    """Properties whose names are not declared one by one."""

    names: Shape
    values: Shape


@dataclass(frozen=True, eq=False, slots=True)
class Object(Shape):
    """`least` to `most` properties: all `required` ones, some `optional` ones, and some of `families`.

    A family's names never are among those `taken`.
    """

    required: tuple[tuple[str, Shape], ...]
    optional: tuple[tuple[str, Shape], ...]
    families: tuple[Family, ...]
    taken: frozenset[str]
    least: int
    most: int | None


@dataclass(frozen=True, eq=False, slots=True)
class Alternatives(Shape):
    """A value of any one of several shapes; the first is the simplest. None at all are `NOTHING`."""

    shapes: tuple[Shape, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Filtered(Shape):
    """The values of `shape` that `keeps` lets through, which `soon` nearly always foretells, in less time."""

    shape: Shape
    keeps: Callable[[Any], bool]
    soon: Callable[[Any], bool]


@dataclass(frozen=True, eq=False, slots=True)
class Reference(Shape):
    """The values of the definition of that name."""

    name: tuple[bytes, ...]


NOTHING = Alternatives(())
VARIES = object()

LARGEST = 1_000_000
"""Characters of the longest text, and items of the longest array, that are made: a message holds hardly more."""


def constants(values: Iterable[Any]) -> Shape:
    """Return the shape of some values, each once, in their order."""
    encoded = tuple(dict.fromkeys(map(orjson.dumps, values)))
    return Constants(encoded) if encoded else NOTHING


def alternatives(shapes: Iterable[Shape]) -> Shape:
    """Return the shape of what any of `shapes` allows; constants stand together and first."""
    different: dict[int, Shape] = {}
    for shape in shapes:
        inner = shape.shapes if isinstance(shape, Alternatives) else (shape,)
        different.update((id(one), one) for one in inner)
    fixed = [one for one in different.values() if isinstance(one, Constants)]
    rest = [one for one in different.values() if not isinstance(one, Constants)]
    if fixed:
        rest.insert(0, Constants(tuple(dict.fromkeys(text for one in fixed for text in one.encoded))))
    return rest[0] if len(rest) == 1 else Alternatives(tuple(rest)) if rest else NOTHING


def array(  # noqa: PLR0913  # the parts of an Array, in its order
    prefix: Iterable[Shape], items: Shape, members: Iterable[Shape], least: int, most: int | None, *, unique: bool
) -> Shape:
    """Return the shape of arrays, or `NOTHING` where there can be none."""
    prefix, members = tuple(prefix), tuple(members)
    least = max(least, len(prefix) + len(members) if members else 0)
    ended = next((number for number, shape in enumerate(prefix) if shape is NOTHING), None)
    if ended is not None:
        prefix, items = prefix[:ended], NOTHING
    if items is NOTHING:
        most = len(prefix) if most is None else min(most, len(prefix))
    if unique and isinstance(items, Constants):
        different = len(prefix) + len(items.encoded)
        most = different if most is None else min(most, different)
    if NOTHING in members or (most is not None and least > most):
        return NOTHING
    return Array(prefix, items, members, least, most, unique)


def properties(  # noqa: PLR0913  # the parts of an Object, in its order
    required: Iterable[tuple[str, Shape]],
    optional: Iterable[tuple[str, Shape]],
    families: Iterable[Family],
    taken: Iterable[str],
    *,
    least: int,
    most: int | None,
) -> Shape:
    """Return the shape of objects, or `NOTHING` where there can be none."""
    required = tuple(required)
    optional = tuple((name, shape) for name, shape in optional if shape is not NOTHING)
    families = tuple(one for one in families if one.names is not NOTHING and one.values is not NOTHING)
    if any(shape is NOTHING for _, shape in required) or (most is not None and max(least, len(required)) > most):
        return NOTHING
    if least > len(required) + len(optional) and not families:
        return NOTHING
    return Object(required, optional, families, frozenset(taken), least, most)


def only_value(shape: Shape) -> Any:
    """Return the one value of a shape; `VARIES` where there may be another, or it is a new object each time."""
    if isinstance(shape, Constants) and len(shape.encoded) == 1:
        value = orjson.loads(shape.encoded[0])
        if not isinstance(value, dict | list):
            return value
    return VARIES


def filtered(shape: Shape, keeps: Callable[[Any], bool], soon: Callable[[Any], bool] | None = None) -> Shape:
    """Return the shape of what `keeps` lets through, as `soon` tells sooner; constants are asked at once."""
    if isinstance(shape, Constants):
        return constants(value for value in map(orjson.loads, shape.encoded) if keeps(value))
    return shape if shape is NOTHING else Filtered(shape, keeps, soon or keeps)
