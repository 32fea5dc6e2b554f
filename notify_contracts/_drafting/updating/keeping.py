"""A rule of what several contracts share, which only some of them have to lose: the others state it themselves."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import urldefrag

from notify_contracts._drafting.documents import Pair, Schema
from notify_contracts._drafting.updating.structure import Structure
from notify_contracts._drafting.updating.trails import Place, Step, Trail
from notify_contracts._schema import fragment_parts, pointer_text
from notify_contracts.catalog import Catalog

Spot = tuple[Pair, tuple[Step, ...]]
"""A contract, and the way from a notification of it to a value."""

_MOST = 20_000  # spots at which one schema is looked for


class Keeping:
    """Has contracts of `catalog`, whose schemas hang together by `structure`, keep what a shared schema gives up."""

    def __init__(self, catalog: Catalog, structure: Structure) -> None:
        self._catalog = catalog
        self._structure = structure

    def require(self, files: Mapping[str, Any], place: Place, name: str, trails: Collection[Trail]) -> int:
        """Have every contract that the schema at `place` speaks of require a property there, but those of `trails`.

        Return how many contracts say that now. Where one comes to the schema through a condition, an alternative or
        names that are data, or where others refer to the contract, nothing is said.
        """
        contradicted = {(trail.pair, trail.below) for trail in trails}
        spots = list(islice(self._spots(place, (), frozenset()), _MOST))
        kept = set()
        for pair, below in spots:
            root = self._roots[pair]
            if len(spots) < _MOST and (pair, below) not in contradicted and not self._is_shared(root):
                holder = _below(files[root.file], (*((part, "") for part in root.parts), *below))
                if holder is not None:
                    if name not in (required := holder.get("required", [])):
                        _put(holder, [*required, name])
                    kept.add(pair)
        return len(kept)

    def sharing(self, place: Place, trails: Collection[Trail]) -> int:
        """Return how many contracts the schema at `place` speaks of but those of `trails`."""
        pairs = {pair for pair, _ in islice(self._spots(place, (), frozenset()), _MOST)}
        return len(pairs - {trail.pair for trail in trails})

    @cached_property
    def _roots(self) -> Mapping[Pair, Place]:
        found = {}
        for contract in self._catalog.contracts:
            document, fragment = urldefrag(contract.uri)
            place = Place(self._catalog.relative(document), pointer_text(fragment_parts(fragment)))
            found[contract.event_type, contract.priority] = place
        return found

    @cached_property
    def _pairs(self) -> Mapping[Place, Pair]:
        return {place: pair for pair, place in self._roots.items()}

    def _is_shared(self, root: Place) -> bool:
        """Whether anything but its own document refers to a contract, or to something in it."""
        for target, users in self._structure.users.items():
            if target.file == root.file and f"{target.pointer}/".startswith(f"{root.pointer}/"):
                own = {place for place in users if place.file == root.file and place.pointer.startswith("/oneOf/")}
                if target != root or users != own:
                    return True
        return False

    def _spots(self, place: Place, below: tuple[Step, ...], seen: frozenset[Place]) -> Iterator[Spot]:
        """Yield where a schema speaks of something, from which `below` leads to the value that is looked for."""
        if place in seen:
            return
        if (pair := self._pairs.get(place)) is not None:
            yield pair, below
        seen |= {place}
        for user in self._structure.users.get(place, ()):
            yield from self._spots(user, below, seen)
        match place.parts:
            case (*_, "properties", name):
                yield from self._spots(_up(place, 2), (("properties", name), *below), seen)
            case (*_, "items"):
                yield from self._spots(_up(place, 1), (("items", ""), *below), seen)
            case (*_, "allOf", _):
                yield from self._spots(_up(place, 2), below, seen)


def _up(place: Place, steps: int) -> Place:
    return Place(place.file, pointer_text(place.parts[:-steps]))


def _below(schema: Any, steps: Collection[Step]) -> Schema | None:
    """Return the schema to which steps lead from one, made where there is none; None where that cannot be."""
    for keyword, name in steps:
        for part in filter(None, (keyword, name)):
            if not isinstance(schema, dict):
                return None
            schema = schema.setdefault(part, {})
    return schema if isinstance(schema, dict) else None


def _put(schema: Schema, required: list[str]) -> None:
    """State what is required, in front of the properties."""
    items = [(keyword, value) for keyword, value in schema.items() if keyword != "required"]
    where = next((number for number, (keyword, _) in enumerate(items) if keyword == "properties"), len(items))
    schema.clear()
    schema.update([*items[:where], ("required", required), *items[where:]])
