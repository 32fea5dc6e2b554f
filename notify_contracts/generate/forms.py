"""Texts of a fixed form, written from bytes: one byte is one decision, zero the simplest one.

That serves both sources of chance: a seeded generator draws the bytes at once, and hypothesis shrinks each byte alone.
Where one or two bytes decide, the text is looked up in tables; forms that stand beside each other become fewer of
those, for a call costs as much as most of what is written.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import accumulate, groupby
from operator import getitem
from typing import Any, NamedTuple

Write = Callable[[bytes, int], str]

_BYTE = 256
_SHORT = 4
_LONG = 16  # too long to be put into every text of a table


class Form(NamedTuple):
    """A set of texts: `write` turns `size` bytes, found at a position, into one of them.

    Where two bytes at most decide, `rows` has all the texts: the last byte chooses in a row, the one before it the row.
    A sequence of several forms has those as its `parts`.
    """

    size: int
    write: Write
    rows: tuple[tuple[str, ...], ...] = ()
    parts: "tuple[Form, ...]" = ()


def literal(text: str) -> Form:
    """Return the form of one text."""
    return Form(0, lambda _data, _at: text, ((text,),))


@cache
def repeated_characters(characters: str, count: int) -> Form:
    """Return the form of exactly `count` of the `characters`, of which at most 256 count."""
    if len(characters) == 1:
        return literal(characters * count)
    if count <= _SHORT:
        return sequence([_row(characters)] * count)
    table = _spread(characters)
    if max(characters) < chr(_BYTE):
        translation = "".join(table).encode("latin-1")
        return Form(count, lambda data, at: data[at : at + count].translate(translation).decode("latin-1"))
    pick = table.__getitem__
    return Form(count, lambda data, at: "".join(map(pick, data[at : at + count])))


def sequence(forms: Sequence[Form]) -> Form:
    """Return the form of one text of each of the `forms`, one after the other; each has its own bytes."""
    parts: list[Form] = []
    for part in (part for form in forms for part in form.parts or (form,)):
        both = _as_one(parts[-1], part) if parts else None
        parts[-1:] = [both] if both else [*parts[-1:], part]
    return parts[0] if len(parts) == 1 else _in_turn(parts)


def choice(forms: Sequence[Form]) -> Form:
    """Return the form of a text of any one of the `forms`, at most 256."""
    if len(forms) == 1:
        return forms[0]
    more = max(form.size for form in forms)
    if more <= 1 and all(form.rows for form in forms):
        rows = [form.rows[0] for form in forms]
        return _rows(rows) if more else _row(text for row in rows for text in row)
    writes = _spread(form.write for form in forms)
    return Form(1 + more, lambda data, at: writes[data[at]](data, at + 1))


def repeated(form: Form, least: int, most: int) -> Form:
    """Return the form of `least` to `most` texts of `form`, one after the other."""
    if (least, most) == (0, 1):
        return choice([literal(""), form])
    width, offset = form.size, int(least < most)
    write, more = form.write, most - least + 1

    def written(data: bytes, at: int) -> str:
        count = least + data[at] % more if offset else least
        start = at + offset
        return "".join([write(data, start + width * number) for number in range(count)])

    return Form(offset + width * most, written)


def _spread(things: Iterable[Any]) -> tuple[Any, ...]:
    """Return what each value of a byte chooses: one thing after the other, over and over."""
    return ((*things,) * _BYTE)[:_BYTE]


def _row(texts: Iterable[str]) -> Form:
    row = tuple(texts)
    table = _spread(row)
    return Form(1, lambda data, at: table[data[at]], (row,))


def _rows(rows: Iterable[tuple[str, ...]]) -> Form:
    rows = tuple(rows)
    tables = _spread(map(_spread, rows))
    return Form(2, lambda data, at: tables[data[at]][data[at + 1]], rows)


def _as_one(one: Form, other: Form) -> Form | None:
    """Return both, one after the other, as one look-up; None where that is none, or would be large."""
    if not (one.rows and other.rows) or (one.size and other.size):
        return None
    (((before, *_), *_), ((after, *_), *_)) = one.rows, other.rows
    if not one.size and not other.size:
        return literal(before + after)
    if len(before if other.size else after) > _LONG:
        return None
    if other.size:
        rows = [tuple([before + text for text in row]) for row in other.rows]
    else:
        rows = [tuple([text + after for text in row]) for row in one.rows]
    return _rows(rows) if one.size + other.size > 1 else _row(rows[0])


def _in_turn(parts: Sequence[Form]) -> Form:
    """Return the form of the texts of all parts; what a byte each decides is looked up in one go."""
    forms: list[Form] = []
    for is_row, alike in groupby(parts, lambda part: part.size == 1 and bool(part.rows)):
        run = list(alike)
        forms += [_columns([_spread(part.rows[0]) for part in run])] if is_row else run
    *starts, size = accumulate((form.size for form in forms), initial=0)
    return Form(size, _written_in_turn([form.write for form in forms], starts), parts=tuple(parts))


def _written_in_turn(writes: Sequence[Write], starts: Sequence[int]) -> Write:
    match writes, starts:
        case [one], _:
            return one
        case [one, two], [_, second]:
            return lambda data, at: one(data, at) + two(data, at + second)
        case [one, two, three], [_, second, third]:
            return lambda data, at: one(data, at) + two(data, at + second) + three(data, at + third)
    places = list(zip(writes, starts, strict=True))
    return lambda data, at: "".join([write(data, at + start) for write, start in places])


def _columns(tables: Sequence[Sequence[str]]) -> Form:
    """Return the form of a text of each table, which a byte each chooses; up to four are quickest one by one."""
    match tables:
        case [one]:
            return Form(1, lambda data, at: one[data[at]])
        case [one, two]:
            return Form(2, lambda data, at: one[data[at]] + two[data[at + 1]])
        case [one, two, three]:
            return Form(3, lambda data, at: one[data[at]] + two[data[at + 1]] + three[data[at + 2]])
        case [one, two, three, last]:
            return Form(
                4, lambda data, at: one[data[at]] + two[data[at + 1]] + three[data[at + 2]] + last[data[at + 3]]
            )
    count = len(tables)
    return Form(count, lambda data, at: "".join(map(getitem, tables, data[at : at + count])))
