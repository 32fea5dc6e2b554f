"""Lifecycles of two catalogs: in which orders notifications may tell of a resource, and what stays the same.

An order is a word over event types and priorities, and where all else is the same over what notifications tell of
the fields that transitions give values or change, too; two lifecycles are followed together, state by state, so that
the first order that only one of them knows is a shortest one.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from math import prod
from typing import Any, NamedTuple

from notify_contracts._base import free
from notify_contracts._checking.lives import as_text
from notify_contracts._comparison.advice import advice
from notify_contracts._comparison.findings import Direction, Finding, Kind, Undecided, Witness
from notify_contracts._comparison.identity import canonical, digest
from notify_contracts._schema import found, quoted
from notify_contracts._untrusted import printable, shortened
from notify_contracts.catalog import LIFECYCLES, Catalog, Lifecycle, Transition, lifecycles_of

ORDER, FIELDS, RESOURCE = "order", "fields", "resource"
_MOST_STATES = 20_000
_MOST_TRANSITIONS = 500_000
_MOST_LETTERS = 2_000  # of one transition
_LONGEST = 300
_NONE = "no lifecycle"
_END, _REST = ("the", "end"), ("a", "rest")
_OTHER = "something else"
_NOTHING: Mapping[str, tuple[str, ...]] = {}
_State = tuple[str, tuple[str | None, ...]]
_States = frozenset[_State]
_Step = tuple[str, ...]
_Pairs = frozenset[tuple[str, str]]


class _Change(NamedTuple):
    """What refuses, what was and is stated, and the steps of an order that shows it, if one does."""

    keyword: str
    was: str
    now: str
    steps: tuple[str, ...] = ()


class _TooManyError(Exception):
    """The states that were looked at are too many."""


class _Words:
    """Says values in words, in others each that JSON tells apart, though they read the same: arrays, secrets."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._taken: set[str] = set()

    def __call__(self, value: Any) -> str:
        key = as_text(value)
        if key not in self._known:
            self._known[key] = words = free(found(value), self._taken, " #")
            self._taken.add(words)
        return self._known[key]


def of_lifecycles(old: Catalog, new: Catalog) -> Iterator[Finding | Undecided]:
    """Yield what differs in the lifecycles, each once in a direction."""
    sides = [{life.name: life for life in lifecycles_of(catalog)} for catalog in (old, new)]
    sent = {
        direction: frozenset((each.event_type, each.priority) for each in catalog.contracts)
        for direction, catalog in ((Direction.NEW_SENDS, new), (Direction.OLD_SENT, old))
    }
    for name in dict.fromkeys((*sides[0], *sides[1])):
        before, after = (side.get(name) for side in sides)
        if before is not None and after is not None:
            yield from _between(before, after, sent)
            continue
        # A catalog that has no lifecycle of a resource allows any order, of what it sends.
        direction, stated = (Direction.NEW_SENDS, before) if after is None else (Direction.OLD_SENT, after)
        if stated is not None and stated.pairs & sent[direction]:
            was, now = (_NONE if life is None else f"a lifecycle of {quoted(name)}" for life in (before, after))
            yield _finding(direction, (before, after), _Change(RESOURCE, was, now))


def _between(
    before: Lifecycle, after: Lifecycle, all_sent: Mapping[Direction, _Pairs]
) -> Iterator[Finding | Undecided]:
    name = after.name
    words = _Words()
    bound = [_bound(life, words) for life in (before, after)]
    for direction, sent, heard in ((Direction.NEW_SENDS, after, before), (Direction.OLD_SENT, before, after)):
        try:
            anywhere = (heard.pairs - sent.pairs) & all_sent[direction]
            steps = _only_in(_Letters(sent, anywhere=anywhere), _Letters(heard))
            if not steps and bound[0] == bound[1]:  # else it is told that they differ
                steps = _only_in(*_with_values(sent, heard, words))
        except _TooManyError:
            reason = f"the lifecycle {quoted(name)} has too many ways to be followed"
            yield Undecided(direction, name, reason, _MOST_STATES, ())
            continue
        if steps:
            told = "an order that may be", "no such order"
            was, now = told if sent is before else told[::-1]
            yield _finding(direction, (before, after), _Change(ORDER, was, now, steps))
    for direction, heard in ((Direction.NEW_SENDS, before), (Direction.OLD_SENT, after)):
        followed = all_sent[direction] & heard.pairs
        of_sent = [_bound(life, words, followed) for life in (before, after)]
        if of_sent[0] != of_sent[1]:
            only = [[line for line in one if line not in other] for one, other in (of_sent, of_sent[::-1])]
            was, now = (f"{_shown(lines[0])}{_more(lines)}" if lines else "nothing of the kind" for lines in only)
            yield _finding(direction, (before, after), _Change(FIELDS, was, now))


def _shown(line: str) -> str:
    return shortened(printable(line), _LONGEST)


def _more(lines: list[str]) -> str:
    return f" and {len(lines) - 1:,} more" if len(lines) > 1 else ""


def _finding(direction: Direction, sides: tuple[Lifecycle | None, Lifecycle | None], change: _Change) -> Finding:
    keyword, was, now, steps = change
    name = next(life.name for life in sides if life is not None)
    told = advice(direction, Kind.LIFECYCLE, keyword)
    witness = Witness("", f"{printable(steps[-1])} may not follow there", steps=steps) if steps else None
    return Finding(
        direction, Kind.LIFECYCLE, name, keyword, was, now, (), *told, witness, (LIFECYCLES,),
        rules=lambda: {("", name): digest([_without_words(life) for life in sides])},
    )  # fmt: skip


def _without_words(life: Any) -> Any:
    """Return a lifecycle, or part of one, as a JSON value, without what is said to people."""
    if isinstance(life, Lifecycle):
        life = life._replace(title="", description="", source="")
    if isinstance(life, Mapping):
        return {name: _without_words(value) for name, value in life.items()}
    if isinstance(life, frozenset):
        return sorted(life)
    if not isinstance(life, tuple):
        return life
    parts = [_without_words(each) for each in life]
    return sorted(parts, key=canonical) if life and isinstance(life[0], Transition) else parts


def _only_in(one: "_Letters", other: "_Letters") -> tuple[str, ...]:
    """Return the steps of a shortest order that `one` has and `other` has not; nothing if there is none."""
    start = frozenset((one.start,)), frozenset((other.start,))
    way: dict[tuple[_States, _States], tuple[str, ...]] = {start: ()}
    waiting = deque([start])
    followed = 0
    while waiting:
        here = waiting.popleft()
        followed += sum(len(life.leads(state)) for life, some in zip((one, other), here, strict=True) for state in some)
        if followed > _MOST_TRANSITIONS:
            raise _TooManyError
        known = other.steps(here[1])
        for step, states in one.steps(here[0]).items():
            steps = (*way[here], " ".join(step))
            if step not in known and other.follows(step):
                return steps
            there = states, known.get(step, here[1])
            if there not in way:
                if len(way) >= _MOST_STATES:
                    raise _TooManyError
                way[there] = steps
                waiting.append(there)
    return ()


class _Letters:
    """A lifecycle as a machine over notifications.

    What is sent `anywhere`, for the lifecycle does not follow it, leads from each state back to it.

    With `told` it is one over the values that these fields have in them, too, and over whether another field changes.
    `told` has the values that either side names, as texts, by field. A state is one of the lifecycle, and what the
    fields are in it, as far as that is known.
    """

    def __init__(
        self,
        life: Lifecycle,
        told: Mapping[str, tuple[str, ...]] = _NOTHING,
        words: Callable[[Any], str] = found,
        anywhere: _Pairs = frozenset(),
    ) -> None:
        self._life = life
        self._anywhere = anywhere
        self._words = words
        self._told = told
        self.start: _State = (life.start, (None,) * len(told))
        self._leads: dict[_State, Mapping[_Step, set[_State]]] = {}

    def follows(self, step: _Step) -> bool:
        """Whether the lifecycle says when a step may come: others may come anywhere."""
        return step in (_END, _REST) or step[:2] in self._life.pairs

    def steps(self, states: _States) -> Mapping[_Step, _States]:
        """Return where each notification leads from any of some states; an end, and a rest, lead nowhere."""
        found: dict[_Step, set[_State]] = {}
        for state in states:
            for step, there in self.leads(state).items():
                found.setdefault(step, set()).update(there)
        names = {name for name, _ in states}
        if names & self._life.ends:
            found[_END] = set()
        if names & self._life.rests:
            found[_REST] = set()
        return {step: frozenset(found[step]) for step in sorted(found)}

    def leads(self, state: _State) -> Mapping[_Step, set[_State]]:
        """Return where each notification leads from a state."""
        if state not in self._leads:
            found: dict[_Step, set[_State]] = {pair: {state} for pair in self._anywhere}
            for way in self._life.states.get(state[0], ()):
                for texts, values in self._values(state, way):
                    found.setdefault((way.event_type, way.priority, *texts), set()).add((way.to, values))
            self._leads[state] = found
        return self._leads[state]

    def _values(self, state: _State, way: Transition) -> Iterator[tuple[tuple[str, ...], tuple[str | None, ...]]]:
        """Yield what a notification may tell of the fields, in words, and what they are after it."""
        is_another = state[0] in self._life.ends and way.to not in self._life.ends  # life, of which nothing is known
        either: list[tuple[str | None, ...]] = []
        for (field, named), known in zip(self._told.items(), state[1], strict=True):
            value = self._words(way.values[field]) if field in way.values else known
            if field not in way.values and (is_another or field in way.changes):
                value = None
            either.append((value,) if value is not None or field not in way.fields else (*named, _OTHER))
        if prod(map(len, either)) > _MOST_LETTERS:
            raise _TooManyError
        for values in product(*either):
            told = zip(self._told, values, strict=True)
            texts = tuple(f"{field} {value}" for field, value in told if field in way.fields)
            yield texts, values
            for field in sorted(way.changes - self._told.keys()) if self._told is not _NOTHING else ():
                yield (*texts, f"another {field}"), values


def _with_values(one: Lifecycle, other: Lifecycle, words: _Words) -> tuple[_Letters, _Letters]:
    """Return two lifecycles over notifications and what these tell of the fields that either gives values."""
    named: dict[str, set[str]] = {}
    for way in (way for life in (one, other) for ways in life.states.values() for way in ways):
        for field, value in way.values.items():
            named.setdefault(field, set()).add(words(value))
    told = {field: tuple(sorted(values)) for field, values in sorted(named.items())}
    return _Letters(one, told, words), _Letters(other, told, words)


def _bound(life: Lifecycle, words: _Words, sent: _Pairs | None = None) -> list[str]:
    """Return what a lifecycle says of fields, in phrases, whatever its states are called; of what is `sent` alone."""
    ways = {
        f"{way.event_type} {way.priority}: {said}"
        for ways in life.states.values()
        for way in ways
        if sent is None or (way.event_type, way.priority) in sent
        for said in (
            *(f"{name} at {pointer}" for name, pointer in way.fields.items()),
            *(f"{name} becomes {words(value)}" for name, value in way.values.items()),
            *(f"{name} may become anything" for name in way.changes),
            *(f"{name} was at {pointer}" for name, pointer in way.before.items()),
            *(f"{name} may begin as {words(text)}" for name, texts in way.begins.items() for text in texts),
        )
    }
    times = (f"{name}: {when}" for when, names in (("now", life.now), ("began", life.began)) for name in sorted(names))
    return [f"identity {', '.join(life.identity)}", *_within(life), *times, *sorted(ways)]


def _within(life: Lifecycle) -> Iterator[str]:
    if life.within is not None:
        ended = ", ".join(sorted(life.within.ended_by))
        yield f"within {life.within.lifecycle} by {life.within.by}, ended by {ended}"
