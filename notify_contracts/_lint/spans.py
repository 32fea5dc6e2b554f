"""Where in a file of JSON each value begins and ends, so that one can be changed and the rest stays as it is."""

import json
from dataclasses import dataclass, field
from typing import Any

from notify_contracts._lint.positions import tokens
from notify_contracts._schema import pointer_parts
from notify_contracts._untrusted import parse


@dataclass(slots=True)
class _Span:
    """A value from `start` to `end`, and the members or items in it; `first` is where the first of these begins."""

    start: int
    end: int = 0
    first: int = 0
    members: dict[str, "_Span"] = field(default_factory=dict)


class Spans:
    """A text that is known to be JSON, of which values are changed at a time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._root = _tree(text)

    def replaced(self, pointer: str, value: Any) -> str | None:
        """Return the text with another value at `pointer`; None where there is none."""
        span = self._at(pointer)
        return None if span is None else self.text[: span.start] + _written(value) + self.text[span.end :]

    def inserted(self, pointer: str, value: Any) -> str | None:
        """Return the text with a member at `pointer`, before all others of its object; None where that is none."""
        parent, _, name = pointer.rpartition("/")
        span = self._at(parent)
        if span is None or self.text[span.start] != "{":
            return None
        member = f"{json.dumps(str(pointer_parts(f'/{name}')[0]), ensure_ascii=False)}: {_written(value)}"
        return self._begun(span, member)

    def appended(self, pointer: str, value: Any) -> str | None:
        """Return the text with an item at the end of the array at `pointer`; None where there is none."""
        span = self._at(pointer)
        if span is None or self.text[span.start] != "[":
            return None
        if not span.members:
            return self._begun(span, _written(value))
        last = list(span.members.values())[-1].end
        before = self.text[span.start + 1 : span.first]
        return f"{self.text[:last]},{before or ' '}{_written(value)}{self.text[last:]}"

    def _begun(self, span: _Span, member: str) -> str:
        """Return the text with something before the first in an object or array, laid out as that is."""
        begin = span.start + 1
        if not span.members:
            return self.text[:begin] + member + self.text[begin:]
        before = self.text[begin : span.first]
        return f"{self.text[:begin]}{before}{member},{before or ' '}{self.text[span.first :]}"

    def _at(self, pointer: str) -> _Span | None:
        span: _Span | None = self._root
        for part in pointer_parts(pointer):
            span = None if span is None else span.members.get(str(part))
        return span


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _tree(text: str) -> _Span:
    """Return the tree of values; without recursion, for the text decides how deep it is."""
    root = _Span(0)
    open_spans: list[tuple[_Span, bool]] = []  # and whether it is an array
    key: tuple[str, int] | None = None
    for mark, offset, is_key in tokens(text):
        if mark in "}]":
            open_spans.pop()[0].end = offset + 1
        elif is_key:
            key = str(parse(mark)), offset
        else:
            span = _Span(offset, offset + len(mark))
            if not open_spans:
                root = span
            else:
                parent, is_array = open_spans[-1]
                name, begin = (str(len(parent.members)), offset) if is_array or key is None else key
                parent.first = begin if not parent.members else parent.first
                parent.members[name] = span
            if mark in "{[":
                open_spans.append((span, mark == "["))
    return root
