"""Properties that came and that a contract does not have: what an open object lets pass without a word."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from notify_contracts._drafting.inference.seen import MOST_KEYS, Objects, Seen
from notify_contracts._schema import Documents, Layer, layers_within, map_of, matcher

_OF_PROPERTIES = frozenset(("properties", "patternProperties", "additionalProperties"))
_UNHEARD_OF = "\0"

Path = tuple[str, ...]
Layers = Sequence[Layer]


class Undeclared(NamedTuple):
    """Where a property came, or several whose names are not known any more, which `what` says, and how often."""

    path: Path
    what: str
    times: int


def undeclared(documents: Documents, layers: Layers, seen: Seen, path: Path) -> Iterator[Undeclared]:
    """Yield what came within the value at `path`, of which `layers` speak, and is declared by none of them.

    What stands in a branch (``anyOf``, ``then``) is declared: that it comes where it may not, a check tells.
    """
    if seen.objects is not None and layers and _may_be_object(layers):
        yield from _of_objects(documents, layers, seen.objects, path)
    if seen.arrays is not None:
        yield from undeclared(documents, _of_items(documents, layers), seen.arrays.items, (*path, "*"))


def _of_objects(documents: Documents, layers: Layers, objects: Objects, path: Path) -> Iterator[Undeclared]:
    others = layers_within(documents, layers, _UNHEARD_OF)
    is_open = not others and not _is_closed(layers)
    apart = Seen()
    for name, seen in objects.properties.items():
        if any(_declares(layer.schema, name) for layer in layers):
            yield from undeclared(documents, layers_within(documents, layers, name), seen, (*path, name))
        elif is_open:
            yield Undeclared((*path, name), "", seen.count)
        else:
            apart.merge(seen)
    if objects.values is not None:  # the names are not known any more: all are those of a map
        apart.merge(objects.values)
        if is_open and sum(len(map_of(layer.schema, "properties")) for layer in layers) <= MOST_KEYS:
            yield Undeclared((*path, "*"), f"among more than {MOST_KEYS} names", objects.values.count)
    # Where nothing is declared of what is attached, it may be anything.
    if apart.objects is None or any(layer.schema.keys() & _OF_PROPERTIES for layer in _mappings(others)):
        yield from undeclared(documents, others, apart, (*path, "*"))


def _of_items(documents: Documents, layers: Layers) -> Layers:
    """Return what is said of the items of an array, of which each may be any: they are not told apart in what came."""
    first = max((len(layer.schema.get("prefixItems", ())) for layer in _mappings(layers)), default=0)
    every = (layers_within(documents, layers, str(number)) for number in range(first + 1))
    return [layer._replace(always=layer.always and not first) for some in every for layer in some]


def _declares(schema: Any, name: str) -> bool:
    patterns = map_of(schema, "patternProperties")
    return name in map_of(schema, "properties") or any(matcher(pattern)(name) for pattern in patterns)


def _is_closed(layers: Layers) -> bool:
    """Whether what none of them declares breaks a rule: always, or in each branch in which there may be an object."""
    if any(layer.schema.get("additionalProperties") is False for layer in _mappings(layers) if layer.always):
        return True
    branches = [layer.schema for layer in _mappings(layers) if not layer.always and _may_be_object([layer])]
    return bool(branches) and all(schema.get("additionalProperties") is False for schema in branches)


def _may_be_object(layers: Layers) -> bool:
    """Whether none of them says by its type that it always is something else."""
    types = (layer.schema.get("type", "object") for layer in _mappings(layers) if layer.always or len(layers) == 1)
    return all("object" in ([each] if isinstance(each, str) else each) for each in types)


def _mappings(layers: Layers) -> Iterator[Layer]:
    return (layer for layer in layers if isinstance(layer.schema, Mapping))
