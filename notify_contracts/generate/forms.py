"""Texts of a fixed form, written from bytes: one byte is one decision, zero the simplest one.

That serves both sources of chance: a seeded generator draws the bytes at once, and hypothesis shrinks each byte alone.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

_BYTE = 256


class Form(NamedTuple):
    """A set of texts: `write` turns `size` bytes, found at a position, into one of them."""

    size: int
    write: Callable[[bytes, int], str]


def literal(text: str) -> Form:
    """Return the form of one text."""
    return Form(0, lambda _data, _at: text)


def one_of(characters: str) -> Form:
    """Return the form of one of at most 256 characters."""
    return repeated_characters(characters, 1)


@cache
def repeated_characters(characters: str, count: int) -> Form:
    """Return the form of exactly `count` of the `characters`, of which at most 256 count."""
    table = (characters * _BYTE)[:_BYTE]
    if len(characters) == 1:
        return literal(characters * count)
    if count == 1:
        return Form(1, lambda data, at: table[data[at]])
    if max(characters) < chr(_BYTE):
        translation = table.encode("latin-1")
        return Form(count, lambda data, at: data[at : at + count].translate(translation).decode("latin-1"))
    pick = table.__getitem__
    return Form(count, lambda data, at: "".join(map(pick, data[at : at + count])))


def sequence(forms: Sequence[Form]) -> Form:
    """Return the form of one text of each of the `forms`, one after the other; each has its own bytes."""
    if len(forms) == 1:
        return forms[0]
    size, parts = 0, []
    for form in forms:
        parts.append((form.write, size))
        size += form.size
    return Form(size, lambda data, at: "".join([write(data, at + offset) for write, offset in parts]))


def choice(forms: Sequence[Form]) -> Form:
    """Return the form of a text of any one of the `forms`, at most 256."""
    if len(forms) == 1:
        return forms[0]
    writes = ([form.write for form in forms] * _BYTE)[:_BYTE]
    return Form(1 + max(form.size for form in forms), lambda data, at: writes[data[at]](data, at + 1))


def repeated(form: Form, least: int, most: int) -> Form:
    """Return the form of `least` to `most` texts of `form`, one after the other."""
    width, offset = form.size, int(least < most)
    write, more = form.write, most - least + 1

    def written(data: bytes, at: int) -> str:
        count = least + data[at] % more if offset else least
        start = at + offset
        return "".join([write(data, start + width * number) for number in range(count)])

    return Form(offset + width * most, written)
