"""Properties that came and that a contract does not have: what an open object lets pass without a word."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from notify_contracts._drafting.inference.seen import MOST_KEYS, Objects, Seen
from notify_contracts._schema import Documents, flattened, map_of, matcher, type_names

_OF_PROPERTIES = frozenset(("properties", "patternProperties", "additionalProperties"))
_BRANCHES = ("anyOf", "oneOf")
_CONSEQUENCES = ("then", "else")

Path = tuple[str, ...]
Schema = Mapping[str, Any]


class Undeclared(NamedTuple):
    """Where a property came, or many of which the names are not told, which `what` says, and how often."""

    path: Path
    what: str
    times: int


class _Layer(NamedTuple):
    """A schema that speaks of a value, and whether it holds always, not only in a branch."""

    schema: Schema
    always: bool


_Layers = Sequence[_Layer]


class Declared:
    """What a contract declares.

    What stands in a branch (``anyOf``, ``then``) is declared, too: that it comes where it may not, a check tells.
    """

    def __init__(self, documents: Documents, uri: str) -> None:
        """Take the documents of a catalog, and where the contract stands in them."""
        self._flat = cache(lambda place: flattened(documents, place))
        self._whole = self._layers([(self._flat(uri), True)])

    def lacks(self, payload: Seen) -> Iterator[Undeclared]:
        """Yield what came in payloads and is not declared."""
        yield from self._of_value(self._within(self._whole, "payload"), payload, ("payload",))

    def lacks_beside(self, envelope: Seen) -> Iterator[Undeclared]:
        """Yield what came in envelopes, beside the payload, and is not declared."""
        yield from self._of_value(self._whole, envelope, ())

    def _of_value(self, layers: _Layers, seen: Seen, path: Path) -> Iterator[Undeclared]:
        if seen.objects is not None and layers and all(_may_be_object(each) for each in layers if each.always):
            yield from self._of_objects(layers, seen.objects, path)
        if seen.arrays is not None:
            yield from self._of_value(self._items(layers), seen.arrays.items, (*path, "*"))

    def _of_objects(self, layers: _Layers, objects: Objects, path: Path) -> Iterator[Undeclared]:
        others = self._layers((each.schema.get("additionalProperties"), each.always) for each in layers)
        is_open = not others and not _is_closed(layers)
        apart, undeclared = Seen(), []
        for name, seen in objects.properties.items():
            if any(True for layer in layers for _ in _declaring(layer.schema, name)):
                yield from self._of_value(self._within(layers, name), seen, (*path, name))
            elif is_open:
                undeclared.append(Undeclared((*path, name), "", seen.count))
            else:
                apart.merge(seen)
        if len(undeclared) <= MOST_KEYS:
            yield from undeclared
        else:
            yield _among_many(path, sum(each.times for each in undeclared))
        if objects.values is not None:  # the names are not known any more: all are those of a map
            apart.merge(objects.values)
            if is_open and sum(len(map_of(layer.schema, "properties")) for layer in layers) <= MOST_KEYS:
                yield _among_many(path, objects.values.count)
        # Where nothing is declared of what is attached, it may be anything.
        if apart.objects is None or any(layer.schema.keys() & _OF_PROPERTIES for layer in others):
            yield from self._of_value(others, apart, (*path, "*"))

    def _within(self, layers: _Layers, name: str) -> _Layers:
        """Return what is said of the member `name`, which is declared."""
        return self._layers((inner, layer.always) for layer in layers for inner in _of_member(layer.schema, name))

    def _items(self, layers: _Layers) -> _Layers:
        """Return what is said of items, of which each may be any: they are not told apart in what came."""
        first = [(inner, False) for layer in layers for inner in layer.schema.get("prefixItems", ())]
        rest = ((layer.schema.get("items"), layer.always and not first) for layer in layers)
        return self._layers((*first, *rest))

    def _layers(self, schemas: Iterable[tuple[Any, bool]]) -> _Layers:
        """Return some schemas and whatever else is stated of the same value."""
        found: dict[int, _Layer] = {}
        waiting = list(schemas)
        while waiting:
            schema, always = waiting.pop()
            if not isinstance(schema, Mapping) or id(schema) in found:
                continue
            found[id(schema)] = _Layer(schema, always)
            if "$ref" in schema:  # what is recursive stays one
                waiting.append((self._flat(schema["$ref"]), always))
            waiting += ((each, always) for each in schema.get("allOf", ()))
            waiting += ((each, False) for keyword in _BRANCHES for each in schema.get(keyword, ()))
            waiting += ((schema[keyword], False) for keyword in _CONSEQUENCES if keyword in schema)
        return list(found.values())


def _among_many(path: Path, times: int) -> Undeclared:
    return Undeclared((*path, "*"), f"among more than {MOST_KEYS} names", times)


def _of_member(schema: Schema, name: str) -> list[Any]:
    declaring = list(_declaring(schema, name))
    return declaring or [schema.get("additionalProperties")]


def _declaring(schema: Schema, name: str) -> Iterator[Any]:
    properties = map_of(schema, "properties")
    if name in properties:
        yield properties[name]
    yield from (inner for pattern, inner in map_of(schema, "patternProperties").items() if matcher(pattern)(name))


def _is_closed(layers: _Layers) -> bool:
    """Whether what none of them declares breaks a rule: always, or in each branch in which there may be an object."""
    if any(layer.schema.get("additionalProperties") is False for layer in layers if layer.always):
        return True
    branches = [layer for layer in layers if not layer.always and _may_be_object(layer)]
    return bool(branches) and all(layer.schema.get("additionalProperties") is False for layer in branches)


def _may_be_object(layer: _Layer) -> bool:
    """Whether it does not say by its type that the value is something else."""
    return "object" in type_names(layer.schema.get("type", "object"))
