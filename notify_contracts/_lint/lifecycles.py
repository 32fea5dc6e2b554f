"""Faults of lifecycles: missing contracts, wrong names, states never reached, values and places not allowed."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from notify_contracts._lint.graphs import reached
from notify_contracts._lint.problem import Fault
from notify_contracts._schema import alike, pointer_text
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
    following = reached([lifecycle.start], lambda state: {way.to for way in lifecycle.states[state]})
    for state in lifecycle.states.keys() - following:
        yield pointer_text((lifecycle.name, "states", state)), "no transition leads there"
    if not lifecycle.states[lifecycle.start]:
        yield pointer_text((lifecycle.name, "states", lifecycle.start)), "nothing begins: the start has no transition"


def _never_ending(lifecycle: Lifecycle) -> Iterator[Fault]:
    """Yield every state that leads to no end."""
    before: dict[str, set[str]] = {}
    for state, ways in lifecycle.states.items():
        for way in ways:
            before.setdefault(way.to, set()).add(state)
    ending = reached(lifecycle.ends, lambda state: before.get(state, ()))
    for state in lifecycle.states.keys() - ending:
        yield (
            pointer_text((lifecycle.name, "states", state)),
            "leads to no end: no state without transitions, none of ends",
        )


def _not_told_apart(lifecycle: Lifecycle) -> Iterator[Fault]:
    """Yield every transition that no value tells apart from one before it that leads elsewhere."""
    for state, ways in lifecycle.states.items():
        known: dict[tuple[str, str], dict[_Kind, _Alike]] = {}
        for number, way in enumerate(ways):
            kinds = known.setdefault((way.event_type, way.priority), {})
            kind = frozenset(way.values), way.changes
            found = (before.leading_elsewhere(way) for other, before in kinds.items() if not _differ(kind, other))
            other = next((state for state in found if state is not None), None)
            if other is not None:
                place = pointer_text((lifecycle.name, "states", state, number))
                yield place, f'cannot be told from the transition to "{printable(other)}": give both values'
            kinds.setdefault(kind, _Alike()).add(way)


_Kind = tuple[frozenset[str], frozenset[str]]
"""The fields that have values after a transition, and those that may change."""


def _differ(one: _Kind, other: _Kind) -> bool:
    """Whether a field that has a value after transitions of the one kind is as it was after those of the other."""
    return not one[0] ^ other[0] <= one[1] | other[1]


class _Alike:
    """Transitions of one kind, by the values that they have in common with another one."""

    def __init__(self) -> None:
        self._ways: list[Transition] = []
        self._leading: dict[frozenset[str], dict[Hashable, list[str]]] = {}

    def add(self, way: Transition) -> None:
        self._ways.append(way)
        for fields, leading in self._leading.items():
            _lead(leading, fields, way)

    def leading_elsewhere(self, way: Transition) -> str | None:
        """Return where one leads that has the values of this one, if that is elsewhere."""
        fields = frozenset(self._ways[0].values).intersection(way.values)
        if fields not in self._leading:
            self._leading[fields] = {}
            for one in self._ways:
                _lead(self._leading[fields], fields, one)
        states = self._leading[fields].get(_values(fields, way), ())
        return next((state for state in states if state != way.to), None)


def _lead(leading: dict[Hashable, list[str]], fields: frozenset[str], way: Transition) -> None:
    """Remember where a transition leads; two states will do, of which one is elsewhere for any other."""
    states = leading.setdefault(_values(fields, way), [])
    if len(states) < 2 and way.to not in states:  # noqa: PLR2004
        states.append(way.to)


def _values(fields: frozenset[str], way: Transition) -> Hashable:
    return alike({field: way.values[field] for field in fields})


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
