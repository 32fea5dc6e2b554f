"""Faults of lifecycles: missing contracts, wrong names, states never reached, values and places not allowed."""

from collections.abc import Iterator, Mapping
from typing import Any

from notify_contracts._lint.problem import Fault
from notify_contracts._schema import pointer_text
from notify_contracts._untrusted import printable
from notify_contracts.catalog import (
    Catalog,
    Lifecycle,
    Transition,
    empty_places,
    read_in_two_ways,
    read_lifecycles,
    wrong_names,
)
from notify_contracts.errors import CatalogError


def faults_of_lifecycles(catalog: Catalog, content: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a pointer and a message for every fault of a file of lifecycles that has the right shape."""
    named = list(wrong_names(content))
    yield from named
    if not named:
        every = read_lifecycles(content)
        empty = list(empty_places(catalog, content))
        yield from empty
        yield from read_in_two_ways(every)
        for lifecycle in every:
            yield from _unreached(lifecycle)
            yield from _never_ending(lifecycle)
            yield from _not_told_apart(lifecycle)
            yield from _impossible_transitions(catalog, lifecycle, asks_values=not empty)


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


def _impossible_transitions(catalog: Catalog, lifecycle: Lifecycle, *, asks_values: bool) -> Iterator[Fault]:
    """Yield every transition whose contract is not there, or, if that is asked, does not allow its values."""
    from notify_contracts.generate import check_transition

    for state, ways in lifecycle.states.items():
        for number, way in enumerate(ways):
            try:
                contract = catalog.contract(way.event_type, way.priority)
                if way.values and asks_values:
                    check_transition(contract, way)
            except CatalogError as error:
                yield pointer_text((lifecycle.name, "states", state, number)), str(error)
