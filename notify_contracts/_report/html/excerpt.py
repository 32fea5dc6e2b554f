"""An excerpt shows a JSON value as lines, few enough to read, and marks the places that matter."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple

from notify_contracts._schema import Pointer
from notify_contracts._untrusted import printable_json, shortened
from notify_contracts._untrusted.markup import Markup, element, markup

LARGEST = 16 * 1024
"""The number of characters of a value that are shown; the path to the marked place is always shown."""

_DEEPEST = 32
_LONGEST = 1024
_INDENT = "  "
_NOTHING: frozenset[Pointer] = frozenset()


class Mark(StrEnum):
    """The reason why a line is marked: its place is wrong, or is wrong as well, or neither."""

    NO = ""
    HERE = "here"
    ALSO = "also"


class _Line(NamedTuple):
    text: str
    mark: Mark


class Places(NamedTuple):
    """The places of a value that matter: the one it is shown for, others that are wrong too, and what is secret.

    Where nothing is at a place, its name is shown as missing.
    """

    here: Pointer | None = None
    also: frozenset[Pointer] = _NOTHING
    secret: frozenset[Pointer] = _NOTHING


def excerpt(value: Any, places: Places, label: str, also: str = "wrong too: ") -> Markup:
    """Return `value` as preformatted JSON, under a label for those who do not see it; `also` is spoken to them."""
    lines = _Excerpt(places).lines(value)
    runs = (_run(mark, [line.text for line in run], also) for mark, run in groupby(lines, key=lambda line: line.mark))
    return element("pre", *runs, tabindex="0", role="group", aria_label=label)


def _run(mark: Mark, texts: Iterable[str], also: str) -> Markup:
    text = Markup("\n".join(map(markup, texts)))
    if mark is Mark.NO:
        return element("span", text)
    spoken = "wrong here: " if mark is Mark.HERE else also
    return element("mark", element("span", spoken, class_="sr"), text, class_=mark)


class _Excerpt:
    """The walk through one value, which counts the characters that may still be shown."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._left = LARGEST
        here = places.here or ()
        self._way = {here[:length] for length in range(len(here) + 1)}

    def lines(self, value: Any) -> Iterator[_Line]:
        """Yield the lines of the whole."""
        return self._value(value, (), "", "", Mark.NO)

    def _value(self, value: Any, path: Pointer, lead: str, tail: str, above: Mark) -> Iterator[_Line]:
        mark = self._mark(path, above)
        lead = _INDENT * len(path) + lead
        if path in self._places.secret:
            yield self._line(f'{lead}"…"{tail}', mark)
        elif isinstance(value, Mapping | list | tuple):
            yield from self._container(value, path, lead, tail, mark)
        else:
            yield self._line(f"{lead}{_scalar(value)}{tail}", mark)

    def _container(
        self, value: Mapping[str, Any] | Sequence[Any], path: Pointer, lead: str, tail: str, mark: Mark
    ) -> Iterator[_Line]:
        opening, closing = "{}" if isinstance(value, Mapping) else "[]"
        missing = self._missing(value, path)
        if not value and not missing:
            yield self._line(f"{lead}{opening}{closing}{tail}", mark)
            return
        if len(path) >= _DEEPEST:
            deeper = Mark.HERE if path in self._way else mark
            yield self._line(f"{lead}{opening} … {len(value)} … {closing}{tail}", deeper)
            return
        yield self._line(lead + opening, mark)
        left_out = 0
        for number, (key, item) in enumerate(_items(value), 1):
            below = (*path, key)
            if self._left <= 0 and below not in self._way:
                left_out += 1
                continue
            name = f"{_scalar(key)}: " if isinstance(value, Mapping) else ""
            comma = "," if number < len(value) else ""
            yield from self._value(item, below, name, comma, mark)
        indent = _INDENT * (len(path) + 1)
        if left_out:
            yield self._line(f"{indent}… {left_out:,} more", mark)
        for below in missing:
            yield self._line(f"{indent}{_scalar(str(below[-1]))} is missing", self._mark(below, mark))
        yield self._line(_INDENT * len(path) + closing + tail, mark)

    def _mark(self, path: Pointer, above: Mark) -> Mark:
        if path == self._places.here:
            return Mark.HERE
        return Mark.ALSO if above is Mark.NO and path in self._places.also else above

    def _missing(self, value: Mapping[str, Any] | Sequence[Any], path: Pointer) -> list[Pointer]:
        if not isinstance(value, Mapping):
            return []
        marked = (self._places.here, *sorted(self._places.also, key=str)) if self._left > 0 else (self._places.here,)
        return [place for place in marked if place and place[:-1] == path and place[-1] not in value]

    def _line(self, text: str, mark: Mark) -> _Line:
        self._left -= len(text) + 1
        return _Line(text, mark)


def _items(value: Mapping[str, Any] | Sequence[Any]) -> Iterator[tuple[str | int, Any]]:
    return iter(value.items() if isinstance(value, Mapping) else enumerate(value))


def _scalar(value: Any) -> str:
    if isinstance(value, str) and len(value) > _LONGEST:
        return f"{printable_json(shortened(value, _LONGEST))} ({len(value):,} characters)"
    try:
        return printable_json(value)
    except (TypeError, ValueError):  # what a test hands over need not be JSON
        return shortened(json.dumps(repr(value)), _LONGEST)
