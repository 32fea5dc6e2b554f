"""Texts of a fixed form, written from bytes: one byte is one decision, zero the simplest one.

That serves both sources of chance: a seeded generator draws the bytes at once, and hypothesis shrinks each byte alone.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from itertools import accumulate

from notify_contracts.generate.lines import (
    Lines,
    Write,
    are_short,
    forked,
    joined,
    line_of_bytes,
    line_of_text,
    spread,
    written,
)

_LATIN = 256
_FEW = 32


class Form:
    """A set of texts: `write` turns `size` bytes, found at a position, into one of them.

    Where these are few and short enough to be written in one go, they are its `lines`; another sequence has `parts`.
    """

    def __init__(self, size: int, make: Callable[[], Write], lines: Lines = (), parts: "tuple[Form, ...]" = ()) -> None:
        """Take the number of bytes, and what makes `write` where there are no lines."""
        self.size = size
        self.lines = lines if are_short(lines, size) else ()
        self.parts = parts
        self._make = make

    @cached_property
    def write(self) -> Write:
        """Return the function, which is made when it is asked for: most forms are no more than a part of one."""
        return written(self.lines, self.size) if self.lines else self._make()


def literal(text: str) -> Form:
    """Return the form of one text."""
    return Form(0, lambda: lambda _data, _at: text, line_of_text(text))


@cache
def repeated_characters(characters: str, count: int) -> Form:
    """Return the form of exactly `count` of the `characters`, of which at most 256 count."""
    if len(characters) == 1:
        return literal(characters * count)

    def make() -> Write:
        table = spread(characters)
        if max(characters) < chr(_LATIN):
            translation = table.encode("latin-1")
            return lambda data, at: data[at : at + count].translate(translation).decode("latin-1")
        pick = table.__getitem__
        return lambda data, at: "".join(map(pick, data[at : at + count]))

    return Form(count, make, line_of_bytes(characters, count))


def sequence(forms: Sequence[Form]) -> Form:
    """Return the form of one text of each of the `forms`, one after the other; each has its own bytes."""
    parts = [part for form in forms for part in form.parts or (form,)]
    for most in (1, None):  # single lines first: what stands behind several is put together once
        parts = _put_together(parts, most)
    if len(parts) == 1:
        return parts[0]
    *starts, size = accumulate((part.size for part in parts), initial=0)

    def make() -> Write:
        places = [(part.write, start) for part, start in zip(parts, starts, strict=True)]
        return lambda data, at: "".join([write(data, at + start) for write, start in places])

    return Form(size, make, parts=tuple(parts))


def choice(forms: Sequence[Form]) -> Form:
    """Return the form of a text of any one of the `forms`, at most 256."""
    if len(forms) == 1:
        return forms[0]

    def make() -> Write:
        writes = spread(tuple([form.write for form in forms]))
        return lambda data, at: writes[data[at]](data, at + 1)

    return Form(1 + max(form.size for form in forms), make, forked([form.lines for form in forms]))


def repeated(form: Form, least: int, most: int) -> Form:
    """Return the form of `least` to `most` texts of `form`, one after the other."""
    if (least, most) == (0, 1) or (most <= _FEW and len(form.lines) == 1):
        texts = [*accumulate([form] * most, lambda text, more: sequence([text, more]), initial=literal(""))]
        return choice(texts[least:])
    width, offset = form.size, int(least < most)
    more = most - least + 1

    def make() -> Write:
        write = form.write

        def written(data: bytes, at: int) -> str:
            count = least + data[at] % more if offset else least
            start = at + offset
            return "".join([write(data, start + width * number) for number in range(count)])

        return written

    return Form(offset + width * most, make)


def _put_together(parts: Iterable[Form], most: int | None) -> list[Form]:
    """Return the same forms, one after the other, with neighbours of up to `most` lines as one where they can be."""
    found: list[Form] = []
    for part in parts:
        both = _as_one(found[-1], part, most) if found else None
        found[-1:] = [both] if both else [*found[-1:], part]
    return found


def _as_one(one: Form, other: Form, most: int | None) -> Form | None:
    if not one.lines or not other.lines or (most is not None and len(one.lines) * len(other.lines) > most):
        return None
    both = Form(one.size + other.size, one._make, joined(one.lines, one.size, other.lines))
    return both if both.lines else None
