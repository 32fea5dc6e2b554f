"""What has been seen at one place of notifications: how many values of which type, and what these were like.

Values come many at a time, as a column: what is the same for all of them is then asked once. Whatever is counted adds
up, so that what was seen of parts, merged in any order, is what was seen of the whole.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from notify_contracts._drafting.inference.arrays import DEEPEST, Arrays
from notify_contracts._drafting.inference.numbers import Numbers
from notify_contracts._drafting.inference.texts import Texts

MOST_KEYS = 256
"""The most properties of objects at one place that are told apart; where there are more the names are data.

Names that only large objects have are not among these, as a wide table has them.
"""

_NULL = type(None)
_LARGE = 128  # properties from which on an object is large
_MOST_KEYS_OF_LARGE = 1024  # and of all others together
_TWO = 2  # properties from which on they are got all at once
_FEW_SHAPES = 4  # shapes of objects for which it pays to take each by itself


class Objects:
    """Counts objects, and what was seen in each of their properties.

    Of objects with too many different properties `values` is what was seen in all of them together, and `names` counts
    no longer which those were but what their names are like.
    """

    __slots__ = ("_together", "count", "depth", "empty", "large", "least", "most", "names", "properties", "values")

    def __init__(self, depth: int) -> None:
        self.count = 0
        self.depth = depth
        self.properties: dict[str, Seen] = {}
        self.values: Seen | None = None
        self.names: Texts | None = None
        self._together: tuple[Seen, Texts] | None = None  # which takes long, and is asked again and again
        self.large: frozenset[str] = frozenset()  # the properties that only large objects have
        self.empty = 0  # of them
        self.least, self.most = 1 << 62, 0

    def take(self, objects: Sequence[dict[str, Any]]) -> None:
        """Count objects, of which there are some."""
        self._together = None
        self.count += len(objects)
        lengths = set(map(len, objects))
        self.least, self.most = min(self.least, *lengths), max(self.most, *lengths)
        if 0 in lengths:
            self.empty += objects.count({})
        if self.depth >= DEEPEST:
            return
        if self.values is not None:
            self._take_names(objects)
            return
        if len(lengths) > 1 or not self._take_alike(objects):
            self._take_apart(objects)
        self._limit()

    def _take_alike(self, objects: Sequence[dict[str, Any]]) -> bool:
        """Count objects of as many properties if these are the same in all, as they mostly are; return whether."""
        keys = tuple(objects[0])
        if len(keys) < _TWO:
            return False
        try:
            rows = list(map(itemgetter(*keys), objects))
        except KeyError:
            return False
        if self.most > _LARGE:
            self._know(keys)
        for key, column in zip(keys, zip(*rows, strict=True), strict=True):
            self._property(key).take(column)
        return True

    def _take_apart(self, objects: Sequence[dict[str, Any]]) -> None:
        """Count objects of which some have other properties than the rest."""
        values_of: defaultdict[tuple[str, ...], list[Any]] = defaultdict(list)
        for each in objects:
            values_of[tuple(each)].extend(each.values())
        if self.most > _LARGE:
            for keys in sorted(values_of, key=len, reverse=True):  # what a small one has, too, is told last
                self._know(keys)
        if len(values_of) <= _FEW_SHAPES:
            for keys, values in values_of.items():
                for place, key in enumerate(keys):
                    self._property(key).take(values[place :: len(keys)])
        else:
            columns: defaultdict[str, list[Any]] = defaultdict(list)
            for keys, values in values_of.items():
                for place, key in enumerate(keys):
                    columns[key] += values[place :: len(keys)]
            for key, column in columns.items():
                self._property(key).take(column)

    def merge(self, other: "Objects") -> None:
        """Count what another one has counted."""
        self._together = None
        self.count += other.count
        self.empty += other.empty
        self.least, self.most = min(self.least, other.least), max(self.most, other.most)
        if other.values is not None:
            self._forget_names()
        if self.values is not None and self.names is not None:
            values, names = other.together()
            self.values.merge(values)
            self.names.merge(names)
            return
        if self.large or other.large:
            small = (self.properties.keys() - self.large) | (other.properties.keys() - other.large)
            self.large = (self.large | other.large) - small
        for key, seen in other.properties.items():
            self._property(key).merge(seen)
        self._limit()

    def together(self) -> "tuple[Seen, Texts]":
        """Return what was seen in all properties together, and what their names are like."""
        if self.values is not None and self.names is not None:
            return self.values, self.names
        if self._together is None:
            self._together = self._merged()
        return self._together

    def _merged(self) -> "tuple[Seen, Texts]":
        values, names = Seen(self.depth + 1), Texts()
        for key, seen in self.properties.items():
            values.merge(seen)
            names.add({key: seen.count})
        return values, names

    def _know(self, keys: tuple[str, ...]) -> None:
        """Remember which properties only large objects have, before one with these is counted."""
        if len(keys) > _LARGE:
            self.large = self.large.union(key for key in keys if key not in self.properties)
        elif self.large:
            self.large = self.large.difference(keys)

    def _property(self, key: str) -> "Seen":
        seen = self.properties.get(key)
        if seen is None:
            seen = self.properties[key] = Seen(self.depth + 1)
        return seen

    def _take_names(self, objects: Sequence[dict[str, Any]]) -> None:
        names = list(chain.from_iterable(objects))
        if names and self.values is not None and self.names is not None:
            self.names.take(names)
            self.values.take(list(chain.from_iterable(each.values() for each in objects)))

    def _limit(self) -> None:
        if len(self.properties) - len(self.large) > MOST_KEYS or len(self.properties) > _MOST_KEYS_OF_LARGE:
            self._forget_names()

    def _forget_names(self) -> None:
        if self.values is None:
            self.values, self.names = self._merged()
            self.properties, self.large = {}, frozenset()


class Seen:
    """Counts the values at one place, which is `depth` levels below the notification.

    `kinds` says how many there were of each JSON type; what they were like is in the part that is named after it.
    """

    __slots__ = ("arrays", "count", "depth", "kinds", "numbers", "objects", "texts")

    def __init__(self, depth: int = 0) -> None:
        self.count = 0
        self.depth = depth
        self.kinds: Counter[str] = Counter()
        self.texts: Texts | None = None
        self.numbers: Numbers | None = None
        self.objects: Objects | None = None
        self.arrays: Arrays | None = None

    def take(self, values: Sequence[Any]) -> None:
        """Count values, of which there are some."""
        self.count += len(values)
        first = values[0]
        if type(first) is str and first == values[-1] and values.count(first) == len(values):  # told soonest
            self.kinds["string"] += len(values)
            self.texts = self.texts or Texts()
            self.texts.add_alike(first, len(values))
            return
        kinds = set(map(type, values))
        if len(kinds) > 1 and _NULL in kinds:
            kinds.discard(_NULL)
            others = [value for value in values if value is not None]
            self.kinds["null"] += len(values) - len(others)
            values = others
        if len(kinds) == 1:
            _TAKE[kinds.pop()](self, values)
            return
        for kind in kinds:
            _TAKE[kind](self, [value for value in values if type(value) is kind])

    def merge(self, other: "Seen") -> None:
        """Count what another one has counted."""
        self.count += other.count
        self.kinds.update(other.kinds)
        if other.texts is not None:
            self.texts = self.texts or Texts()
            self.texts.merge(other.texts)
        if other.numbers is not None:
            self.numbers = self.numbers or Numbers()
            self.numbers.merge(other.numbers)
        if other.objects is not None:
            self.objects = self.objects or Objects(self.depth)
            self.objects.merge(other.objects)
        if other.arrays is not None:
            self.arrays = self.arrays or Arrays(Seen(self.depth + 1))
            self.arrays.merge(other.arrays)

    def take_nulls(self, values: Sequence[Any]) -> None:
        """Count nulls."""
        self.kinds["null"] += len(values)

    def take_booleans(self, values: Sequence[Any]) -> None:
        """Count booleans."""
        true = sum(values)
        if true:
            self.kinds["true"] += true
        if true < len(values):
            self.kinds["false"] += len(values) - true

    def take_integers(self, values: Sequence[Any]) -> None:
        """Count integers."""
        self.kinds["integer"] += len(values)
        self.numbers = self.numbers or Numbers()
        self.numbers.take(values)

    def take_fractions(self, values: Sequence[Any]) -> None:
        """Count numbers with a fraction, which may be zero."""
        whole = sum(map(float.is_integer, values))  # 1.0 is an integer to JSON Schema
        if whole:
            self.kinds["integer"] += whole
        if whole < len(values):
            self.kinds["number"] += len(values) - whole
        self.numbers = self.numbers or Numbers()
        self.numbers.has_points = True
        self.numbers.take(values)

    def take_texts(self, values: Sequence[Any]) -> None:
        """Count texts."""
        self.kinds["string"] += len(values)
        self.texts = self.texts or Texts()
        self.texts.take(values)

    def take_objects(self, values: Sequence[Any]) -> None:
        """Count objects."""
        self.kinds["object"] += len(values)
        self.objects = self.objects or Objects(self.depth)
        self.objects.take(values)

    def take_arrays(self, values: Sequence[Any]) -> None:
        """Count arrays."""
        self.kinds["array"] += len(values)
        self.arrays = self.arrays or Arrays(Seen(self.depth + 1))
        self.arrays.take(values)


_TAKE: Mapping[type, Callable[[Seen, Sequence[Any]], None]] = {
    _NULL: Seen.take_nulls,
    bool: Seen.take_booleans,
    int: Seen.take_integers,
    float: Seen.take_fractions,
    str: Seen.take_texts,
    dict: Seen.take_objects,
    list: Seen.take_arrays,
}
