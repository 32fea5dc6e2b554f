"""The texts that keep and break some patterns: one automaton of all of them, walked from its end."""

from collections.abc import Iterator
from functools import lru_cache

from notify_contracts._comparison.inclusion.effort import UndecidedError
from notify_contracts._comparison.inclusion.languages.automaton import automaton
from notify_contracts._schema.expressions import LAST, Ranges

_MOST_STATES = 4_000
_MOST_COMPARED = 1_000_000
_ORDINARY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_ ."
_FIRST_VISIBLE = ord("!")
_SURROGATES = (0xD800, 0xDFFF)

States = frozenset[int]
Patterns = tuple[tuple[str, bool], ...]
"""Each pattern, and whether it is to be found in a text."""


class Language:
    """The texts that keep some patterns and break others."""

    def __init__(self, patterns: Patterns) -> None:
        self._automata = [(automaton(pattern), positive) for pattern, positive in patterns]
        self._letters = _letters({ranges for each, _ in self._automata for ranges in each.classes})
        self._next: list[list[int]] = []
        self._explore()
        self._before = self._turned_round()
        self._layers: list[States] = [frozenset(self._accepting)]
        self._seen: dict[States, int] = {self._layers[0]: 0}
        self._cycle: tuple[int, int] | None = None

    def words(self, least: int, most: int | None) -> Iterator[str]:
        """Yield the texts of `least` to `most` characters, each once, the shortest and most ordinary first."""
        length, in_vain = least, 0
        while most is None or length <= most:
            if 0 in self._layer(length):
                in_vain = 0
                yield from self._spelled(length)
            else:
                in_vain += 1
            length += 1
            if self._cycle and length > self._cycle[0] and in_vain > self._cycle[1]:
                return

    def _explore(self) -> None:
        start = tuple(each.start for each, _ in self._automata)
        numbers, states = {start: 0}, [start]
        self._accepting = set[int]()
        for number, state in enumerate(states):
            row: list[int] = []
            for points in self._letters:
                after = tuple(each.step(one, points[0]) for (each, _), one in zip(self._automata, state, strict=True))
                if self._is_lost(after):
                    row.append(-1)
                    continue
                if after not in numbers:
                    if len(states) >= _MOST_STATES:
                        raise UndecidedError("patterns have too many ways to be followed at once")
                    numbers[after] = len(states)
                    states.append(after)
                row.append(numbers[after])
            self._next.append(row)
            if all(each.accepts(one) == positive for (each, positive), one in zip(self._automata, state, strict=True)):
                self._accepting.add(number)

    def _is_lost(self, state: tuple[int, ...]) -> bool:
        pairs = zip(self._automata, state, strict=True)
        return any(not positive and each.is_sure(one) for (each, positive), one in pairs)

    def _turned_round(self) -> list[set[int]]:
        before: list[set[int]] = [set() for _ in self._next]
        for number, row in enumerate(self._next):
            for after in row:
                if after >= 0:
                    before[after].add(number)
        return before

    def _layer(self, length: int) -> States:
        """Return the states from which an end is exactly so many characters away."""
        while length >= len(self._layers) and self._cycle is None:
            states = frozenset().union(*(self._before[state] for state in self._layers[-1]))
            if states in self._seen:
                start = self._seen[states]
                self._cycle = start, len(self._layers) - start
            else:
                self._seen[states] = len(self._layers)
                self._layers.append(states)
        if length < len(self._layers) or self._cycle is None:
            return self._layers[length]
        start, period = self._cycle
        return self._layers[start + (length - start) % period]

    def _spelled(self, length: int) -> Iterator[str]:
        """Yield the texts of a length, in an order that is that of the letters."""
        if length == 0:
            yield ""
            return
        text: list[str] = []
        ways = [self._ways(0, length)]
        while ways:
            found = next(ways[-1], None)
            if found is None:
                ways.pop()
                if text:
                    text.pop()
                continue
            character, after = found
            if len(ways) == length:
                yield "".join(text) + character
            else:
                text.append(character)
                ways.append(self._ways(after, length - len(ways)))

    def _ways(self, state: int, left: int) -> Iterator[tuple[str, int]]:
        ends = self._layer(left - 1)
        live = [
            (points, after) for points, after in zip(self._letters, self._next[state], strict=True) if after in ends
        ]
        for points, after in live:
            yield chr(points[0]), after
        for points, after in live:
            for point in _points(points):
                if point != points[0]:
                    yield chr(point), after


Letter = tuple[int, Ranges]
"""Characters that no pattern tells apart: the most ordinary one, and all of them."""


def _letters(classes: set[Ranges]) -> list[Letter]:
    """Return the alphabet, in letters that no class tells apart, the most ordinary ones first."""
    borders = {0, *_SURROGATES, _SURROGATES[1] + 1}
    for ranges in classes:
        for first, last in ranges:
            borders |= {first, last + 1}
    if len(borders) * sum(map(len, classes)) > _MOST_COMPARED:
        raise UndecidedError("patterns have too many sets of characters")
    starts = sorted(border for border in borders if border <= LAST)
    together: dict[tuple[bool, ...], list[tuple[int, int]]] = {}
    ordered = sorted(classes)
    for start, following in zip(starts, [*starts[1:], LAST + 1], strict=True):
        if not _SURROGATES[0] <= start <= _SURROGATES[1]:
            signature = tuple(any(first <= start <= last for first, last in ranges) for ranges in ordered)
            together.setdefault(signature, []).append((start, following - 1))
    letters = [(_most_ordinary(ranges), tuple(ranges)) for ranges in together.values()]
    return sorted(letters, key=lambda letter: _rank(letter[0]))


def _rank(point: int) -> tuple[int, int]:
    index = _ORDINARY.find(chr(point))
    return (0, index) if index >= 0 else (1 + (not chr(point).isprintable()) + (not chr(point).isascii()), point)


def _most_ordinary(ranges: list[tuple[int, int]]) -> int:
    for character in _ORDINARY:
        if any(first <= ord(character) <= last for first, last in ranges):
            return ord(character)
    candidates = [max(first, _FIRST_VISIBLE) for first, last in ranges if last >= _FIRST_VISIBLE]
    return min(candidates or [first for first, _ in ranges], key=_rank)


def _points(letter: Letter) -> Iterator[int]:
    for character in _ORDINARY:
        if any(first <= ord(character) <= last for first, last in letter[1]):
            yield ord(character)
    for first, last in letter[1]:
        for point in range(first, last + 1):
            if chr(point) not in _ORDINARY:
                yield point


language = lru_cache(maxsize=512)(Language)
"""Returns the language of the texts in which some patterns are found, or not; raises UndecidedError if too large."""
