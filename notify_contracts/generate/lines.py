"""Lines of Latin letters that bytes choose, each written in one go.

Bytes choose the line first. Then all are turned at once into what they would choose of each of its alphabets; the line
says where in that its own letters stand, so that it is translated by it.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

Write = Callable[[bytes, int], str]
"""Makes a text of the bytes that are found at a position."""

Choices = TypeVar("Choices", str, tuple[Any, ...])

_BYTE, _LAST = 256, "\xff"
_MOST = 128  # lines of a form, and signs of the lines that others are made of


class Line(NamedTuple):
    """A row of signs: a letter, or an alphabet of which the byte at a place chooses one.

    It is written where the byte at each place of `choices` chooses that number.
    """

    choices: tuple[tuple[int, int], ...]
    signs: tuple[str | tuple[str, int], ...]
    letters: frozenset[str]
    alphabets: frozenset[str]


Lines = tuple[Line, ...]
"""Those of which every byte chooses one, in the order of their choices; none where a form is not written so."""


class _Fork(NamedTuple):
    place: int
    branches: tuple[Any, ...]


def spread(things: Choices) -> Choices:
    """Return what each value of a byte chooses: one thing after the other, over and over."""
    return (things * (_BYTE // len(things) + 1))[:_BYTE]


def line_of_text(text: str) -> Lines:
    """Return the line of one text."""
    if len(text) > _MOST or max(text, default="") > _LAST:
        return ()
    return (Line((), tuple(text), frozenset(text), frozenset()),)


def line_of_bytes(alphabet: str, count: int) -> Lines:
    """Return the line of `count` letters, which a byte each chooses."""
    if count > _MOST or max(alphabet) > _LAST:
        return ()
    return (Line((), tuple([(alphabet, place) for place in range(count)]), frozenset(), frozenset([alphabet])),)


def forked(branches: Sequence[Lines]) -> Lines:
    """Return the lines of several forms, one of which a byte before theirs chooses."""
    if not all(branches) or sum(map(len, branches)) > _MOST:
        return ()
    return tuple(
        [
            line._replace(choices=((0, number), *line.choices))
            for number, lines in enumerate(branches)
            for line in _moved(lines, 1)
        ]
    )


def joined(lines: Lines, size: int, more: Lines) -> Lines:
    """Return lines, which take `size` bytes, each with each of `more` behind it."""
    if len(lines) * len(more) > _MOST:
        return ()
    moved = _moved(more, size)
    return tuple(
        [
            Line(one[0] + other[0], one[1] + other[1], one[2] | other[2], one[3] | other[3])
            for one in lines
            for other in moved
        ]
    )


def _moved(lines: Lines, by: int) -> Lines:
    """Return the same lines where `by` other bytes stand before theirs."""
    return tuple(
        [
            Line(
                tuple([(place + by, number) for place, number in choices]),
                tuple([sign if isinstance(sign, str) else (sign[0], sign[1] + by) for sign in signs]),
                letters,
                alphabets,
            )
            for choices, signs, letters, alphabets in lines
        ]
    )


def are_short(lines: Lines, size: int) -> bool:
    """Return whether all that `size` bytes may choose has room in a table of 256 letters, for each line."""
    return all(
        len(letters) + size * len(alphabets) <= _BYTE >= len(signs) for _choices, signs, letters, alphabets in lines
    )


def written(lines: Lines, size: int) -> Write:
    """Return the function that writes them."""
    root = _chosen(lines, size, 0)

    def write(data: bytes, at: int) -> str:
        data, line = data[at : at + size], root
        while type(line) is _Fork:
            place, branches = line
            line = branches[data[place]]
        places, translations, letters = line
        text: bytes = places.translate(b"".join([*map(data.translate, translations), letters]))
        return text.decode("latin-1")

    return write


def _chosen(lines: Lines, size: int, made: int) -> Any:
    """Return what chooses between lines whose first choices are `made`."""
    line = lines[0]
    if made < len(line.choices):
        branches = [_chosen(tuple(each), size, made + 1) for _, each in groupby(lines, lambda one: one.choices[made])]
        return _Fork(line.choices[made][0], spread(tuple(branches)))
    begins = {alphabet: number * size for number, alphabet in enumerate(line.alphabets)}
    ended = len(begins) * size
    stand = {letter: ended + number for number, letter in enumerate(line.letters)}
    places = bytes([stand[sign] if isinstance(sign, str) else begins[sign[0]] + sign[1] for sign in line.signs])
    return places, [*map(_translation, begins)], "".join(stand).encode("latin-1").ljust(_BYTE - ended)


@cache
def _translation(alphabet: str) -> bytes:
    return spread(alphabet).encode("latin-1")
