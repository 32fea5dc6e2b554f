"""Faults of lifecycles: missing contracts, fields and states, states never reached, values that are not allowed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notify_contracts._schema import pointer_text
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Catalog, Lifecycle, Transition, read_lifecycles
from notify_contracts.errors import CatalogError

Fault = tuple[str, str]


def faults_of_lifecycles(catalog: Catalog, content: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a pointer and a message for every fault of a file of lifecycles that has the right shape."""
    named = [fault for name, one in content.items() for fault in _undeclared_names(name, one)]
    named += [fault for name, one in content.items() for fault in _wrong_holders(name, one, content)]
    yield from named
    if not named:
        every = read_lifecycles(content)
        yield from _of_two(every)
        for lifecycle in every:
            yield from _unreached(lifecycle)
            yield from _never_ending(lifecycle)
            yield from _not_told_apart(lifecycle)
            yield from _impossible_transitions(catalog, lifecycle)


def _undeclared_names(name: str, one: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield every name that is not declared."""
    fields = {field for form in one["fields"].values() for field in form}
    for key in ("now", "began"):
        for number, field in enumerate(one.get(key, ())):
            if field not in fields:
                yield pointer_text((name, key, number)), f'"{printable(field)}" is no field'
    yield from _wrong_forms(name, one)
    for key in ("ends", "rests"):
        for number, state in enumerate(one.get(key, ())):
            if state not in one["states"]:
                yield pointer_text((name, key, number)), f'"{printable(state)}" is no state'
    if one["start"] not in one["states"]:
        yield pointer_text((name, "start")), f'"{printable(one["start"])}" is no state'
    yield from _unnamed_on_the_way(name, one, fields)


def _wrong_forms(name: str, one: Mapping[str, Any]) -> Iterator[Fault]:
    for form, pointers in one["fields"].items():
        for field in _identity(one):
            if field not in pointers:
                yield pointer_text((name, "fields", form)), f'lacks "{printable(field)}", the identity'
        for field, place in pointers.items():
            if not isinstance(place, str) and field not in _identity(one):
                yield (
                    pointer_text((name, "fields", form, field)),
                    "only a field of the identity is renamed or named by a text",
                )


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


def _wrong_holders(name: str, one: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong with what a resource is in."""
    if (within := one.get("within")) is None:
        return
    place = pointer_text((name, "within"))
    if within["by"] not in _identity(one):
        yield f"{place}/by", f'"{printable(within["by"])}" is no field of the identity'
    other = content.get(within["lifecycle"])
    if other is None or len(_identity(other)) != 1 or other is one:
        yield (
            f"{place}/lifecycle",
            f'"{printable(within["lifecycle"])}" is no other lifecycle with an identity of one field',
        )
        return
    told = {way["event_type"] for ways in other["states"].values() for way in ways}
    for number, event_type in enumerate(within["ended_by"]):
        if event_type not in told:
            yield (
                f"{place}/ended_by/{number}",
                f'"{printable(event_type)}" is in no transition of {printable(within["lifecycle"])}',
            )


def _of_two(every: Sequence[Lifecycle]) -> Iterator[Fault]:
    """Yield what a notification cannot be: a step of two lifecycles, or read in two ways."""
    known: dict[tuple[str, str], tuple[str, Transition]] = {}
    for lifecycle in every:
        for state, ways in lifecycle.states.items():
            for number, way in enumerate(ways):
                name, first = known.setdefault((way.event_type, way.priority), (lifecycle.name, way))
                place = pointer_text((lifecycle.name, "states", state, number))
                if name != lifecycle.name:
                    yield (
                        place,
                        f"is a step of {printable(name)} already, and of one lifecycle only a notification can tell",
                    )
                elif (way.fields, way.before, way.begins) != (first.fields, first.before, first.begins):
                    yield f"{place}/fields", "is another form than this event type and priority have elsewhere"


def _never_ending(lifecycle: Lifecycle) -> Iterator[Fault]:
    """Yield every state that leads to no end."""
    ending = set(lifecycle.ends)
    while more := {
        state
        for state, ways in lifecycle.states.items()
        if state not in ending and any(way.to in ending for way in ways)
    }:
        ending |= more
    for state in lifecycle.states.keys() - ending:
        yield (
            pointer_text((lifecycle.name, "states", state)),
            "leads to no end: no state without transitions, none of ends",
        )


def _not_told_apart(lifecycle: Lifecycle) -> Iterator[Fault]:
    """Yield every transition that no value tells apart from one before it that leads elsewhere."""
    for state, ways in lifecycle.states.items():
        for number, way in enumerate(ways):
            for other in ways[:number]:
                same = (way.event_type, way.priority) == (other.event_type, other.priority)
                if same and way.to != other.to and not _differ(way, other):
                    place = pointer_text((lifecycle.name, "states", state, number))
                    yield place, f'cannot be told from the transition to "{printable(other.to)}": give both values'


def _differ(one: Transition, other: Transition) -> bool:
    """Whether a field has another value after one transition than after the other."""
    fields = one.values.keys() | other.values.keys()
    return any(
        one.values[field] != other.values[field]
        if field in one.values and field in other.values
        else field not in one.changes | other.changes
        for field in fields
    )


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
