"""The words of a lifecycle and the rows of its table, the same in Markdown, in HTML and in its drawing."""

from collections.abc import Iterator
from typing import NamedTuple

from notify_contracts._untrusted import printable_json
from notify_contracts.catalog import Lifecycle, Transition

STEP_COLUMNS = ("State", "Event type", "Priority", "With", "State after it")


class Row(NamedTuple):
    """A step as a row of the table, with the words of `STEP_COLUMNS`."""

    state: str
    event_type: str
    priority: str
    values: str
    to: str


def states_of(life: Lifecycle) -> tuple[str, ...]:
    """Return the states in the order in which they are stated, the start first, and last those only led to."""
    led_to = (way.to for ways in life.states.values() for way in ways)
    return tuple(dict.fromkeys((life.start, *life.states, *led_to)))


def steps_of(life: Lifecycle) -> Iterator[Row]:
    """Yield the steps of a lifecycle as rows, those of one state together."""
    for state in states_of(life):
        for way in life.states.get(state, ()):
            yield Row(state, way.event_type, way.priority, values_of(way), way.to)


def values_of(way: Transition) -> str:
    """Return what a step gives the resource: ``status "saving"``."""
    return ", ".join(f"{field} {printable_json(value)}" for field, value in way.values.items())


def roles_of(life: Lifecycle, state: str) -> Iterator[str]:
    """Yield what a state is besides a state, in words."""
    if state == life.start:
        yield "start"
    if state in life.ends:
        yield "over"
    if state in life.rests:
        yield "may stay"


def remarks_on_life(life: Lifecycle) -> Iterator[str]:
    """Yield the sentences that belong to a lifecycle."""
    yield f"Told apart by: {', '.join(life.identity)}."
    yield f"Begins in: {life.start}."
    if ends := _listed(life, life.ends):
        yield f"Is over in: {ends}."
    if rests := _listed(life, life.rests):
        yield f"May stay for as long as it likes in: {rests}."
    if life.within is not None:
        ended = ", ".join(sorted(life.within.ended_by))
        yield f"Is within: {life.within.lifecycle}, named by {life.within.by}; over with its {ended}."


def _listed(life: Lifecycle, states: frozenset[str]) -> str:
    return ", ".join(state for state in states_of(life) if state in states)
