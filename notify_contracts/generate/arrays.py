"""The shapes of arrays."""

from collections.abc import Callable, Iterator
from itertools import islice, product

from notify_contracts.generate.facts import Facts
from notify_contracts.generate.shapes import LARGEST, NOTHING, Shape, alternatives, array
from notify_contracts.generate.standalone import Schema

_Compile = Callable[[tuple[Schema, ...]], Shape]
_TAIL = -1
_MOST_PLACINGS = 64


def array_shape(facts: Facts, shape: _Compile) -> Shape:
    """Return the shape of the arrays that `facts` allow."""
    length = max((len(layer.get("prefixItems", ())) for layer in facts.arrays), default=0)
    most = facts.limit("maxItems")
    if most is not None:
        length = min(length, most)
    prefix = [item_schemas(facts, index) for index in range(length)]
    items = item_schemas(facts, None)
    shapes = []
    for placing in islice(_placings(facts.all("contains"), length), _MOST_PLACINGS):
        begun = list(prefix)
        members: list[Shape] = []
        for place, wanted in placing:
            if place == _TAIL:
                members.append(shape((*items, *wanted)))
            else:
                begun[place] = (*begun[place], *wanted)
        least = max([facts.limit("minItems") or 0, *(place + 1 for place, _ in placing)])
        if NOTHING not in members and least <= LARGEST:
            shapes.append(array(map(shape, begun), shape(items), members, least, most, unique=facts.unique))
    return alternatives(shapes)


def item_schemas(facts: Facts, index: int | None) -> tuple[Schema, ...]:
    """Return the schemas for the item at `index`, None for one after all prefixes."""
    found: list[Schema] = []
    for layer in facts.arrays:
        prefix = layer.get("prefixItems", ())
        found.append(prefix[index] if index is not None and index < len(prefix) else layer.get("items", True))
    return tuple(found)


def _placings(wanted: tuple[Schema, ...], length: int) -> Iterator[tuple[tuple[int, tuple[Schema, ...]], ...]]:
    """Yield the ways to place what must be contained: each at a place of the prefix or after it, or all in one item."""
    places = (_TAIL, *range(length))
    for chosen in product(places, repeat=len(wanted)):
        yield tuple((place, (schema,)) for place, schema in zip(chosen, wanted, strict=True))
    if len(wanted) > 1:
        yield from (((place, wanted),) for place in places)
