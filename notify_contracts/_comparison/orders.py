"""Lifecycles of two catalogs: in which orders notifications may tell of a resource, and what stays the same.

An order is a word over event types and priorities; two lifecycles are followed together, state by state, so that the
first order that only one of them knows is a shortest one.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from notify_contracts._comparison.advice import advice
from notify_contracts._comparison.findings import Direction, Finding, Kind, Undecided, Witness
from notify_contracts._schema import found, quoted
from notify_contracts._untrusted import printable, shortened
from notify_contracts.catalog import LIFECYCLES, Catalog, Lifecycle, lifecycles_of

ORDER, FIELDS, RESOURCE = "order", "fields", "resource"
_MOST_STATES = 20_000
_MOST_TRANSITIONS = 500_000
_LONGEST = 300
_NONE = "no lifecycle"
_END, _REST = ("the", "end"), ("a", "rest")
_States = frozenset[str]
_Step = tuple[str, str]


class _Change(NamedTuple):
    """What refuses, what was and is stated, and the steps of an order that shows it, if one does."""

    keyword: str
    was: str
    now: str
    steps: tuple[str, ...] = ()


class _TooManyError(Exception):
    """The states that were looked at are too many."""


def of_lifecycles(old: Catalog, new: Catalog) -> Iterator[Finding | Undecided]:
    """Yield what differs in the lifecycles, each once in a direction."""
    sides = [{life.name: life for life in lifecycles_of(catalog)} for catalog in (old, new)]
    for name in dict.fromkeys((*sides[0], *sides[1])):
        before, after = (side.get(name) for side in sides)
        if before is None or after is None:
            # A catalog that has no lifecycle of a resource allows any order.
            direction = Direction.NEW_SENDS if after is None else Direction.OLD_SENT
            was, now = (_NONE if life is None else f"a lifecycle of {quoted(name)}" for life in (before, after))
            yield _finding(direction, name, _Change(RESOURCE, was, now))
        else:
            yield from _between(name, before, after)


def _between(name: str, before: Lifecycle, after: Lifecycle) -> Iterator[Finding | Undecided]:
    for direction, sent, heard in ((Direction.NEW_SENDS, after, before), (Direction.OLD_SENT, before, after)):
        try:
            steps = _only_in(sent, heard)
        except _TooManyError:
            reason = f"the lifecycle {quoted(name)} has too many ways to be followed"
            yield Undecided(direction, name, reason, _MOST_STATES, ())
            continue
        if steps:
            told = "an order that may be", "no such order"
            was, now = told if sent is before else told[::-1]
            yield _finding(direction, name, _Change(ORDER, was, now, steps))
    bound = [_bound(life) for life in (before, after)]
    if bound[0] != bound[1]:
        only = [[line for line in one if line not in other] for one, other in (bound, bound[::-1])]
        was, now = (f"{lines[0]}{_more(lines)}" if lines else "nothing of the kind" for lines in only)
        for direction in Direction:
            yield _finding(direction, name, _Change(FIELDS, was, now))


def _more(lines: list[str]) -> str:
    return f" and {len(lines) - 1:,} more" if len(lines) > 1 else ""


def _finding(direction: Direction, name: str, change: _Change) -> Finding:
    keyword, was, now, steps = change
    told = advice(direction, Kind.LIFECYCLE, keyword)
    witness = Witness("", f"{printable(steps[-1])} may not follow there", steps=steps) if steps else None
    return Finding(direction, Kind.LIFECYCLE, name, keyword, was, now, (), *told, witness, (LIFECYCLES,))


def _only_in(one: Lifecycle, other: Lifecycle) -> tuple[str, ...]:
    """Return the steps of a shortest order that `one` has and `other` has not; nothing if there is none."""
    start = frozenset((one.start,)), frozenset((other.start,))
    way: dict[tuple[_States, _States], tuple[str, ...]] = {start: ()}
    waiting = deque([start])
    followed = 0
    while waiting:
        here = waiting.popleft()
        followed += sum(
            len(life.states.get(state, ())) for life, some in zip((one, other), here, strict=True) for state in some
        )
        if followed > _MOST_TRANSITIONS:
            raise _TooManyError
        known = _steps(other, here[1])
        for step, states in _steps(one, here[0]).items():
            steps = (*way[here], " ".join(step))
            if step not in known:
                return steps
            there = states, known[step]
            if there not in way:
                if len(way) >= _MOST_STATES:
                    raise _TooManyError
                way[there] = steps
                waiting.append(there)
    return ()


def _steps(life: Lifecycle, states: _States) -> Mapping[_Step, _States]:
    """Return where each notification leads from any of some states; an end, and a rest, lead nowhere."""
    found: dict[_Step, set[str]] = {}
    for state in states:
        for way in life.states.get(state, ()):
            found.setdefault((way.event_type, way.priority), set()).add(way.to)
    if states & life.ends:
        found[_END] = set()
    if states & life.rests:
        found[_REST] = set()
    return {step: frozenset(found[step]) for step in sorted(found)}


def _bound(life: Lifecycle) -> list[str]:
    """Return what a lifecycle says of fields, in phrases, whatever its states are called."""
    ways = {
        f"{way.event_type} {way.priority}: {said}"
        for ways in life.states.values()
        for way in ways
        for said in (
            *(f"{name} at {pointer}" for name, pointer in way.fields.items()),
            *(f"{name} becomes {found(value)}" for name, value in way.values.items()),
            *(f"{name} may become anything" for name in way.changes),
            *(f"{name} was at {pointer}" for name, pointer in way.before.items()),
            *(f"{name} begins as {' or '.join(map(quoted, texts))}" for name, texts in way.begins.items()),
        )
    }
    times = (f"{name}: {when}" for when, names in (("now", life.now), ("began", life.began)) for name in sorted(names))
    texts = (f"identity {', '.join(life.identity)}", *_within(life), *times, *sorted(ways))
    return [shortened(printable(text), _LONGEST) for text in texts]


def _within(life: Lifecycle) -> Iterator[str]:
    if life.within is not None:
        ended = ", ".join(sorted(life.within.ended_by))
        yield f"within {life.within.lifecycle} by {life.within.by}, ended by {ended}"
