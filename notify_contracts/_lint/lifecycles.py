"""Faults of lifecycles: missing contracts, fields and states, states never reached, values that are not allowed."""

from collections.abc import Iterator, Mapping
from typing import Any

from notify_contracts._schema import pointer_text
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Catalog, Lifecycle, read_lifecycles
from notify_contracts.errors import CatalogError

Fault = tuple[str, str]


def faults_of_lifecycles(catalog: Catalog, content: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a pointer and a message for every fault of a file of lifecycles that has the right shape."""
    named = [fault for name, one in content.items() for fault in _undeclared_names(name, one)]
    yield from named
    if not named:
        for lifecycle in read_lifecycles(content):
            yield from _unreached(lifecycle)
            yield from _impossible_transitions(catalog, lifecycle)


def _undeclared_names(name: str, one: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield every name that is not declared."""
    fields = {field for form in one["fields"].values() for field in form}
    for key in ("now", "began"):
        for number, field in enumerate(one.get(key, ())):
            if field not in fields:
                yield pointer_text((name, key, number)), f'"{printable(field)}" is no field'
    for form, pointers in one["fields"].items():
        for field in _identity(one):
            if field not in pointers:
                yield pointer_text((name, "fields", form)), f'lacks "{printable(field)}", the identity'
    if one["start"] not in one["states"]:
        yield pointer_text((name, "start")), f'"{printable(one["start"])}" is no state'
    yield from _unnamed_on_the_way(name, one, fields)


def _identity(one: Mapping[str, Any]) -> list[str]:
    identity = one["identity"]
    return [identity] if isinstance(identity, str) else identity


def _unnamed_on_the_way(name: str, one: Mapping[str, Any], fields: set[str]) -> Iterator[Fault]:
    for state, ways in one["states"].items():
        for number, way in enumerate(ways):
            place = pointer_text((name, "states", state, number))
            if way["to"] not in one["states"]:
                yield f"{place}/to", f'"{printable(way["to"])}" is no state'
            if way["fields"] not in one["fields"]:
                yield f"{place}/fields", f'"{printable(way["fields"])}" is no form'
            for field in way.get("values", {}):
                if field not in fields:
                    yield pointer_text((name, "states", state, number, "values", field)), "is no field"
            for index, field in enumerate(way.get("changes", ())):
                if field not in fields:
                    yield pointer_text((name, "states", state, number, "changes", index)), "is no field"


def _unreached(lifecycle: Lifecycle) -> Iterator[Fault]:
    reached, waiting = {lifecycle.start}, [lifecycle.start]
    while waiting:
        new = {way.to for way in lifecycle.states[waiting.pop()]} - reached
        reached |= new
        waiting += new
    for state in lifecycle.states.keys() - reached:
        yield pointer_text((lifecycle.name, "states", state)), "no transition leads there"
    if not lifecycle.states[lifecycle.start]:
        yield pointer_text((lifecycle.name, "states", lifecycle.start)), "nothing begins: the start has no transition"


def _impossible_transitions(catalog: Catalog, lifecycle: Lifecycle) -> Iterator[Fault]:
    """Yield every transition whose contract is not there, or does not allow its values."""
    from notify_contracts.generate import check_transition

    for state, ways in lifecycle.states.items():
        for number, way in enumerate(ways):
            try:
                contract = catalog.contract(way.event_type, way.priority)
                if way.values:
                    check_transition(contract, way)
            except CatalogError as error:
                yield pointer_text((lifecycle.name, "states", state, number)), str(error)
