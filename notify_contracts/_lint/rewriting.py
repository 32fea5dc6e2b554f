"""A text of JSON with another content: whatever stays keeps its text, so that a difference shows only what changed."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import pairwise
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._lint.positions import tokens
from notify_contracts._untrusted import parse

_WIDTH = 120
_INDENT = re.compile(r"^([ \t]+)\S", re.MULTILINE)
_ON_ONE_LINE = re.compile(r"[{\[] *[^\s{}\[\]]")

Member = tuple[int, "_Node"]  # where its key begins, or the value itself in an array


@dataclass(slots=True)
class _Node:
    """A value in the text: from where to where, and its members, or its items, with their names."""

    start: int
    end: int = 0
    value: Any = None
    names: dict[str, None] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)


def rewritten(text: str, content: Any) -> str:
    """Return a text that holds `content`, made of `text`, which holds something like it.

    Raise ValueError where what came of it would hold anything else.
    """
    if _same(parse(text), content):
        return text
    root = _tree(text)
    made = text[: root.start] + _Rewriting(text).text_of(root, content, "") + text[root.end :]
    if not _same(parse(made), content):
        raise ValueError("the text cannot be changed by parts")
    return made


def _tree(text: str) -> _Node:
    """Return the value that a text holds; without recursion, for the text decides how deep it is."""
    value = parse(text)
    root = _Node(0, value=value)
    waiting: list[_Node] = []
    key: tuple[str, int] | None = None
    for mark, start, is_key in tokens(text):
        if mark in "}]":
            waiting.pop().end = start + 1
            continue
        if is_key:
            key = str(parse(mark)), start
            continue
        node = _Node(start, start + len(mark))
        if not waiting:
            node.value = value
            root = node
        else:
            parent = waiting[-1]
            name: Any = len(parent.members) if key is None else key[0]
            node.value = parent.value[name]
            parent.names[str(name)] = None
            parent.members.append((start if key is None else key[1], node))
        key = None
        if mark in "{[":
            waiting.append(node)
    return root


class _Rewriting:
    """The text, and how it is written: how far it indents, how it ends lines, whether short values share one."""

    def __init__(self, text: str) -> None:
        self._text = text
        indents = [found[1] for found in _INDENT.finditer(text)]
        self._unit = min(indents, key=len, default="  ")
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        self._is_dense = "\n" not in text.strip() or _ON_ONE_LINE.search(text) is not None
        self._is_ascii = text.isascii() and "\\u" in text

    def text_of(self, node: _Node, value: Any, indent: str) -> str:
        """Return the text of a value in the place of another, which stands in a line that is indented so far."""
        if _same(node.value, value):
            return self._text[node.start : node.end]
        if isinstance(value, dict) and isinstance(node.value, dict) and node.members and value:
            return self._members(node, value, indent)
        if isinstance(value, list) and isinstance(node.value, list) and node.members and value:
            return self._items(node, value, indent)
        return self._new(value, indent)

    def _members(self, node: _Node, value: Mapping[str, Any], indent: str) -> str:
        old = dict(zip(node.names, node.members, strict=True))
        inner = self._indent_within(node, indent)
        kept: list[Member | None] = []
        texts = []
        for name, member in value.items():
            kept.append(old.get(name))
            if name in old:
                start, child = old[name]
                texts.append(self._text[start : child.start] + self.text_of(child, member, inner))
            else:
                texts.append(f"{self._scalar(name)}: {self._new(member, inner)}")
        return self._joined(node, kept, texts, value, indent)

    def _items(self, node: _Node, value: Sequence[Any], indent: str) -> str:
        inner = self._indent_within(node, indent)
        kept: list[Member | None] = []
        texts = []
        for member, item in zip(_aligned(node, value), value, strict=True):
            kept.append(member)
            texts.append(self._new(item, inner) if member is None else self.text_of(member[1], item, inner))
        return self._joined(node, kept, texts, value, indent)

    def _joined(self, node: _Node, kept: Sequence[Member | None], texts: Sequence[str], value: Any, indent: str) -> str:
        """Return the text of an object or an array of the texts of what is in it."""
        first, last = node.members[0], node.members[-1]
        if "\n" not in self._text[node.start : node.end]:
            begin, end = self._text[node.start : first[0]], self._text[last[1].end : node.end]
            made = f"{begin}{', '.join(texts)}{end}"
            if "\n" not in made and self._before(node) + len(made) < _WIDTH:
                return made
            return self._new(value, indent, is_long=True)
        inner = self._indent_within(node, indent)
        following = {one[0]: other for one, other in pairwise(node.members)}
        parts = [self._text[node.start : first[0]]]
        before: Member | None = None
        for number, (member, text) in enumerate(zip(kept, texts, strict=True)):
            if number:
                parts.append(self._between(before, member, following) or f",{self._line_end}{inner}")
            parts.append(text)
            before = member
        return "".join((*parts, self._text[last[1].end : node.end]))

    def _between(self, one: Member | None, other: Member | None, following: Mapping[int, Member]) -> str:
        """Return what stands between two that follow each other in the text, nothing where they do not."""
        if one is None or other is None or following.get(one[0]) is not other:
            return ""
        return self._text[one[1].end : other[0]]

    def _indent_within(self, node: _Node, indent: str) -> str:
        first = node.members[0][0]
        line = self._text[self._text.rfind("\n", 0, first) + 1 : first]
        return line if "\n" in self._text[node.start : first] and not line.strip() else indent + self._unit

    def _before(self, node: _Node) -> int:
        return node.start - self._text.rfind("\n", 0, node.start) - 1

    def _new(self, value: Any, indent: str, *, is_long: bool = False) -> str:
        """Return the text of a value as this text would have it."""
        if not isinstance(value, dict | list) or not value:
            return self._scalar(value)
        short = self._scalar(value)
        if self._is_dense and not is_long and _is_short(value) and len(indent) + len(short) < _WIDTH:
            return short
        inner = indent + self._unit
        if isinstance(value, dict):
            parts = [f"{self._scalar(key)}: {self._new(item, inner)}" for key, item in value.items()]
        else:
            parts = [self._new(item, inner) for item in value]
        opened, closed = "{}" if isinstance(value, dict) else "[]"
        end = self._line_end
        return f"{opened}{end}{inner}{f',{end}{inner}'.join(parts)}{end}{indent}{closed}"

    def _scalar(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=self._is_ascii)


def _is_short(value: Any) -> bool:
    """Whether a value is an array of no others, or an object with one member that holds no others."""
    if isinstance(value, list):
        return not any(isinstance(item, dict | list) for item in value)
    return len(value) == 1 and not any(isinstance(item, dict | list) and item for item in value.values())


def _aligned(node: _Node, value: Sequence[Any]) -> Iterator[Member | None]:
    """Yield for each item of `value` the one in the text whose place it takes, if any."""
    old, fewer = node.members, min(len(node.members), len(value))
    if len(old) == len(value):
        yield from old
        return
    begin = 0
    while begin < fewer and _same(old[begin][1].value, value[begin]):
        begin += 1
    end = 0
    while end < fewer - begin and _same(old[-1 - end][1].value, value[-1 - end]):
        end += 1
    yield from old[:begin]
    yield from [None] * (len(value) - begin - end)
    yield from old[len(old) - end :]


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON: 1 is not true, nor 1.0, and the order of members says nothing."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)
