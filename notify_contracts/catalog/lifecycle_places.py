"""Places in a file of lifecycles at which nothing can be: what is stated of such a field holds of no notification."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from notify_contracts._schema import (
    KINDS,
    Layer,
    can_have,
    did_you_mean,
    layers_of,
    layers_within,
    map_of,
    pointer_parts,
    pointer_text,
)
from notify_contracts._untrusted import printable
from notify_contracts.catalog.catalog import Catalog
from notify_contracts.catalog.contract import Contract
from notify_contracts.catalog.lifecycle_names import names_of_identity
from notify_contracts.errors import CatalogError

_NAMING = ("string", "integer")  # the types of what tells a resource apart
_TELLING_TIME = ("string",)  # of when its life began


class FieldPlace(NamedTuple):
    """A `pointer` in a file of lifecycles, which stands at `where`.

    It leads to a value of one of these types, `kinds`, in the notifications of `contracts`.
    """

    where: str
    pointer: str
    kinds: tuple[str, ...]
    contracts: tuple[Contract, ...]


def field_places(catalog: Catalog, content: Mapping[str, Any]) -> Iterator[FieldPlace]:
    """Yield every place of a field in the `content` of a file of lifecycles in which all names are right."""
    for name, one in content.items():
        contracts = _contracts_of(catalog, one)
        for form, fields in one["fields"].items():
            for field, stated in fields.items():
                for key, pointer, kinds in _pointers(stated, _kinds_of(field, one)):
                    where = pointer_text((name, "fields", form, field, *key))
                    yield FieldPlace(where, pointer, kinds, contracts.get(form, ()))


def empty_places(catalog: Catalog, content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield a pointer and a message for each place of a field at which a contract of its notifications allows nothing.

    All names in the `content` of the file are right.
    """
    for place in field_places(catalog, content):
        if message := _leading_nowhere(place):
            yield place.where, message


def _contracts_of(catalog: Catalog, one: Mapping[str, Any]) -> dict[str, tuple[Contract, ...]]:
    """Return the contracts of the notifications of each form, each once."""
    found: dict[str, dict[str, Contract]] = {}
    for ways in one["states"].values():
        for way in ways:
            with suppress(CatalogError):  # that it has none is said of the transition
                contract = catalog.contract(way["event_type"], way["priority"])
                found.setdefault(way["fields"], {})[contract.id] = contract
    return {form: tuple(contracts.values()) for form, contracts in found.items()}


def _kinds_of(field: str, lifecycle: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the types that a field may have by what a lifecycle takes it for."""
    if field in names_of_identity(lifecycle):
        return _NAMING
    return _TELLING_TIME if field in lifecycle.get("began", ()) else KINDS


def _pointers(stated: Any, kinds: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, tuple[str, ...]]]:
    """Yield where each pointer of a field stands below it, the pointer, and the types of what has to be there."""
    if isinstance(stated, str):
        yield (), stated, kinds
        return
    for key in ("pointer", "before"):
        if key in stated:
            yield (key,), stated[key], ("string",) if "begins" in stated else _NAMING


def _leading_nowhere(place: FieldPlace) -> str | None:
    """Return what is said of a place at which some of the contracts allow nothing, None if all allow something."""
    parts = pointer_parts(place.pointer)
    refusing = [each for each in place.contracts if not can_have(each.documents, each.uri, parts, place.kinds)]
    if not refusing:
        return None
    more = f" and {len(refusing) - 1} more" if len(refusing) > 1 else ""
    what = {_NAMING: "no text or whole number", ("string",): "no text"}.get(place.kinds, "nothing")
    return f"leads to {what} in {printable(refusing[0].id)}{more}{_hint(refusing[0], parts)}"


def _hint(contract: Contract, place: Sequence[str]) -> str:
    """Return which name is meant by the first part of a place at which a contract allows nothing at all."""
    layers = layers_of(contract.documents, [Layer(contract.uri, contract.schema)])
    for number, part in enumerate(place):
        if not can_have(contract.documents, contract.uri, place[: number + 1]):
            return did_you_mean(part, {name for layer in layers for name in map_of(layer.schema, "properties")})
        layers = layers_within(contract.documents, layers, part)
    return ""
