"""Patterns as automata: first with many ways at once, then one way at a time, made where it is gone."""

from bisect import bisect_right
from functools import lru_cache

from notify_contracts._comparison.inclusion.effort import UndecidedError
from notify_contracts._schema.expressions import (
    LAST,
    Characters,
    Choice,
    Edge,
    Ranges,
    Repeated,
    Sequence,
    Tree,
    tree_of,
)

_MOST_PLACES = 6_000
_MOST_STATES = 3_000
_MOST_WORK = 1_000_000
_EVERYTHING: Ranges = ((0, LAST),)

State = frozenset[int]


class _Places:
    """The places within a pattern, and the ways between them: free, at the beginning or end only, by a character."""

    def __init__(self) -> None:
        self.free: list[list[int]] = []
        self.edges: list[tuple[list[int], list[int]]] = []
        self.by_character: list[list[tuple[Ranges, int]]] = []
        self._laid = 0

    def new(self) -> int:
        if len(self.free) >= _MOST_PLACES:
            raise UndecidedError("a pattern is too large")
        self.free.append([])
        self.edges.append(([], []))
        self.by_character.append([])
        return len(self.free) - 1

    def laid(self, tree: Tree, start: int) -> int:
        """Lay the ways of `tree` from `start`; return where they end."""
        self._laid += 1
        if self._laid > 4 * _MOST_PLACES:
            raise UndecidedError("a pattern is too large")
        match tree:
            case Characters(ranges):
                end = self.new()
                self.by_character[start].append((ranges, end))
                return end
            case Edge(is_end):
                end = self.new()
                self.edges[start][is_end].append(end)
                return end
            case Sequence(parts):
                for part in parts:
                    start = self.laid(part, start)
                return start
            case Choice(parts):
                end = self.new()
                for part in parts:
                    self.free[self.laid(part, start)].append(end)
                return end
            case Repeated(part, least, most):
                return self._repeated(part, least, most, start)

    def _repeated(self, part: Tree, least: int, most: int | None, start: int) -> int:
        if max(least, most or 0) > _MOST_PLACES:
            raise UndecidedError("a pattern is too large")
        for _ in range(least):
            start = self.laid(part, start)
        if most is None:
            loop, end = self.new(), self.new()
            self.free[start].append(loop)
            self.free[self.laid(part, loop)].append(loop)
            self.free[loop].append(end)
            return end
        ends = [start]
        for _ in range(most - least):
            entry = self.new()
            self.free[start].append(entry)
            start = self.laid(part, entry)
            ends.append(start)
        end = self.new()
        for each in ends:
            self.free[each].append(end)
        return end


class Automaton:
    """What finds a pattern in a text: states are sets of places, numbered as they are met."""

    def __init__(self, pattern: str) -> None:
        places = self._places = _Places()
        begin = places.new()
        self._found = places.laid(tree_of(pattern), begin)
        again = places.new()  # the pattern may be found from any later character on, too
        places.by_character[begin].append((_EVERYTHING, again))
        places.free[again].append(begin)
        self.classes: set[Ranges] = {ranges for ways in places.by_character for ranges, _ in ways}
        self._numbers: dict[State, int] = {}
        self._states: list[State] = []
        self._steps: dict[tuple[int, int], int] = {}
        self._accepting: dict[int, bool] = {}
        self._work = 0
        first = self._closed({begin}, at_begin=True, at_end=False)
        self.start = self._number(first)
        self._accepting[self.start] = self._found in self._closed({begin}, at_begin=True, at_end=True)

    def step(self, state: int, point: int) -> int:
        """Return the state after a character."""
        key = state, point
        if key not in self._steps:
            self._steps[key] = self._after(state, point)
        return self._steps[key]

    def accepts(self, state: int) -> bool:
        """Return whether the pattern is found in what led to `state`, if the text ends there."""
        if state not in self._accepting:
            self._accepting[state] = self._found in self._closed(self._states[state], at_begin=False, at_end=True)
        return self._accepting[state]

    def is_sure(self, state: int) -> bool:
        """Return whether the pattern is found whatever follows."""
        return self._found in self._states[state]

    def _after(self, state: int, point: int) -> int:
        places = self._states[state]
        if self._found in places:
            return state
        reached = {
            target for place in places for ranges, target in self._places.by_character[place] if _has(ranges, point)
        }
        return self._number(self._closed(reached, at_begin=False, at_end=False))

    def _closed(self, places: set[int] | State, *, at_begin: bool, at_end: bool) -> State:
        found, waiting = set(places), list(places)
        self._work += len(found)
        if self._work > _MOST_WORK:
            raise UndecidedError("a pattern has too many ways to be followed at once")
        while waiting:
            place = waiting.pop()
            begins, ends = self._places.edges[place]
            for target in (*self._places.free[place], *(begins if at_begin else ()), *(ends if at_end else ())):
                if target not in found:
                    found.add(target)
                    waiting.append(target)
        return frozenset((self._found,)) if self._found in found else frozenset(found)

    def _number(self, state: State) -> int:
        if state not in self._numbers:
            if len(self._states) >= _MOST_STATES:
                raise UndecidedError("a pattern has too many ways to be followed at once")
            self._numbers[state] = len(self._states)
            self._states.append(state)
        return self._numbers[state]


def _has(ranges: Ranges, point: int) -> bool:
    if len(ranges) == 1:
        return ranges[0][0] <= point <= ranges[0][1]
    index = bisect_right(ranges, (point, LAST)) - 1
    return index >= 0 and ranges[index][1] >= point


automaton = lru_cache(maxsize=512)(Automaton)
"""Returns the automaton of a pattern; raises UndecidedError for one that is too large."""
