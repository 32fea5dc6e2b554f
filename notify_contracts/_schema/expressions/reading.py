"""Portable patterns as trees."""

import re
from functools import cache

from notify_contracts._base import dataclass

LAST = 0x10FFFF
Ranges = tuple[tuple[int, int], ...]
"""Code points, from and to, in order and apart."""

_TOKEN = re.compile(
    r"(?P<set>\[\^?(?:\\u[0-9a-fA-F]{4}|\\.|[^\\\]])+\])"
    r"|(?P<open>\((?:\?:)?)|(?P<close>\))|(?P<bar>\|)|(?P<begin>\^)|(?P<end>\$)"
    r"|(?P<count>(?:[*+?]|\{(?P<least>[0-9]+)(?P<comma>,)?(?P<most>[0-9]*)\})\??)"
    r"|(?P<one>\\u[0-9a-fA-F]{4}|\\.|.)",
    re.DOTALL,
)
_MEMBER = re.compile(r"(\\u[0-9a-fA-F]{4}|\\.|[^\\])(?:-(\\u[0-9a-fA-F]{4}|\\.|[^\\]))?", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True)
class Characters:
    """One character of some; `stated` are the ranges as they are written, of those that are not meant after a ``^``."""

    ranges: Ranges
    stated: Ranges


@dataclass(frozen=True)
class Sequence:
    """One part after the other."""

    parts: "tuple[Tree, ...]"


@dataclass(frozen=True)
class Choice:
    """One of the parts."""

    parts: "tuple[Tree, ...]"


@dataclass(frozen=True)
class Repeated:
    """A part so many times in a row."""

    part: "Tree"
    least: int
    most: int | None


@dataclass(frozen=True)
class Edge:
    """The text's beginning, or its end."""

    is_end: bool


Tree = Characters | Sequence | Choice | Repeated | Edge


@cache
def tree_of(pattern: str) -> Tree:
    """Return the tree of a pattern, which must be portable."""
    return _Reading(pattern).choice()


class _Reading:
    """One pattern being read from left to right."""

    def __init__(self, pattern: str) -> None:
        self._tokens = list(_TOKEN.finditer(pattern))
        self._at = 0

    def choice(self) -> Tree:
        """Read up to the end of the group."""
        parts = [self._sequence()]
        while self._next("bar"):
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _next(self, group: str) -> re.Match[str] | None:
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        if token is None or token[group] is None:
            return None
        self._at += 1
        return token

    def _sequence(self) -> Tree:
        parts: list[Tree] = []
        while self._at < len(self._tokens) and not (self._tokens[self._at]["bar"] or self._tokens[self._at]["close"]):
            parts.append(self._counted())
        return Sequence(tuple(parts))

    def _counted(self) -> Tree:
        part = self._part()
        while count := self._next("count"):
            part = Repeated(part, *_bounds(count))
        return part

    def _part(self) -> Tree:
        token = self._tokens[self._at]
        self._at += 1
        if token["open"]:
            inner = self.choice()
            self._next("close")
            return inner
        if token["begin"] or token["end"]:
            return Edge(is_end=bool(token["end"]))
        return _set(token["set"]) if token["set"] else _one(_point(token[0]))


def _bounds(count: re.Match[str]) -> tuple[int, int | None]:
    if count["least"] is None:
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[count[0][0]]
    least = int(count["least"])
    return least, least if count["comma"] is None else int(count["most"]) if count["most"] else None


def _one(point: int) -> Characters:
    return Characters(((point, point),), ((point, point),))


def _point(text: str) -> int:
    if not text.startswith("\\"):
        return ord(text)
    return int(text.removeprefix("\\u"), 16) if text[1] == "u" else ord(_ESCAPES.get(text[1], text[1]))


def _set(token: str) -> Characters:
    is_contrary = token[1] == "^"
    stated = tuple(
        (_point(first), _point(last or first)) for first, last in _MEMBER.findall(token[1 + is_contrary : -1])
    )
    ranges = _joined(stated)
    return Characters(_others(ranges) if is_contrary else ranges, stated)


def _joined(ranges: Ranges) -> Ranges:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    return tuple(joined)


def _others(ranges: Ranges) -> Ranges:
    others, start = [], 0
    for first, last in ranges:
        if start < first:
            others.append((start, first - 1))
        start = last + 1
    return tuple([*others, (start, LAST)] if start <= LAST else others)
