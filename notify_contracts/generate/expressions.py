"""Regular expressions of the portable part (`patterns.py`) as forms that write what they match."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from random import Random

from notify_contracts._schema.expressions import Characters, Choice, Edge, Repeated, Sequence, Tree, tree_of
from notify_contracts.generate.forms import Form, choice, literal, repeated, repeated_characters, sequence
from notify_contracts.generate.texts import PLAIN

_LONGER = 16
"""How many times more than it must, an open-ended part is repeated at most."""

_PADDING = ("", "0", "a ", " é\n")  # what may stand before or after what an expression without anchors looks for
_MOST_CHARACTERS = 256


@cache
def form_of(pattern: str, least: int = 0, most: int | None = None, repertoire: str = "") -> Form:
    """Return the form of texts that `pattern`, which must be portable, finds something in.

    Where the length is to be `least` to `most` characters, open-ended parts are repeated accordingly. Where the
    pattern says only which characters are not meant, plain ones and those of `repertoire` are. Only a part of what
    matches is written, and an anchor in the middle is not minded: check what comes out.
    """
    return _Writing(least, most, repertoire).outermost(tree_of(pattern))


class _Writing:
    """Makes forms of the parts of a pattern."""

    def __init__(self, least: int, most: int | None, repertoire: str) -> None:
        self._repertoire = repertoire
        self._least = least
        self._most = most

    def outermost(self, tree: Tree) -> Form:
        """Return the form of the whole, with something before and after where it may stand anywhere."""
        padding = choice([literal(text) for text in _PADDING])
        lines = []
        for line in _alternatives(tree):
            before = () if line[:1] == (Edge(is_end=False),) else (padding,)
            after = () if line[-1:] == (Edge(is_end=True),) else (padding,)
            lines.append(sequence([*before, *self._forms(line), *after] or [literal("")]))
        return choice(lines)

    def _group(self, tree: Tree) -> Form:
        return choice([sequence(self._forms(line) or [literal("")]) for line in _alternatives(tree)])

    def _forms(self, line: tuple[Tree, ...]) -> list[Form]:
        return [self._part(part) for part in line if not isinstance(part, Edge)]

    def _part(self, part: Tree) -> Form:
        if isinstance(part, Characters):
            return repeated_characters(_members(part, self._repertoire), 1)
        if not isinstance(part, Repeated):
            return self._group(part)
        least, most = self._bounds(part)
        if least == most and isinstance(part.part, Characters):
            return repeated_characters(_members(part.part, self._repertoire), least)
        return repeated(self._part(part.part), least, most)

    def _bounds(self, part: Repeated) -> tuple[int, int]:
        longest = max(part.least, min(self._least, _MOST_CHARACTERS)) + _LONGER
        if self._most is not None:
            longest = max(part.least, min(longest, self._most))
        return part.least, longest if part.most is None else min(part.most, longest)


def _alternatives(tree: Tree) -> list[tuple[Tree, ...]]:
    """Return the parts of each alternative of a group."""
    parts = tree.parts if isinstance(tree, Choice) else (tree,)
    return [part.parts if isinstance(part, Sequence) else (part,) for part in parts]


@cache
def _members(characters: Characters, repertoire: str) -> str:
    """Return up to 256 of the characters, the simplest first."""
    candidates = sorted({*PLAIN, *repertoire, *_listed(characters)})
    meant: list[str] = []
    for first, last in characters.ranges:
        meant += candidates[bisect_left(candidates, chr(first)) : bisect_right(candidates, chr(last))]
    meant = meant or [chr(end) for ends in characters.ranges for end in ends]  # none is plain, as of [^ -~]
    found = sorted((c for c in meant if not "\ud800" <= c <= "\udfff"), key=_simplest_first)
    return "".join(found[:: 1 + len(found) // _MOST_CHARACTERS])


def _listed(characters: Characters) -> Iterator[str]:
    for start, end in characters.stated:
        yield from map(chr, range(start, end + 1, 1 + (end - start) // _MOST_CHARACTERS))
        yield chr(end)


def _simplest_first(character: str) -> tuple[bool, bool, str]:
    return not character.isascii(), not character.isalnum(), character


@cache
def is_exact(pattern: str) -> bool:
    """Return whether every text that the pattern's form writes matches: anchors stand only at alternatives' edges."""
    for line in _alternatives(tree_of(pattern)):
        for number, part in enumerate(line):
            if isinstance(part, Edge) and number != (len(line) - 1 if part.is_end else 0):
                return False
            if not isinstance(part, Edge) and _has_edge(part):
                return False
    return True


def _has_edge(tree: Tree) -> bool:
    if isinstance(tree, Repeated):
        return _has_edge(tree.part)
    return isinstance(tree, Edge) or (isinstance(tree, Choice | Sequence) and any(map(_has_edge, tree.parts)))


def examples(pattern: str, count: int, least: int = 0, most: int | None = None) -> list[str]:
    """Return `count` texts of the form of `pattern`, always the same ones."""
    form, chance = form_of(pattern, least, most), Random(0)  # noqa: S311  # for tests, not for secrets
    return [form.write(chance.randbytes(form.size), 0) for _ in range(count)]
