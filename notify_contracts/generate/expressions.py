"""Regular expressions of the portable part (`patterns.py`) as forms that write what they match."""

import re
from collections.abc import Iterator
from functools import cache
from random import Random

from notify_contracts.generate.forms import Form, choice, literal, repeated, repeated_characters, sequence
from notify_contracts.generate.texts import PLAIN

_LONGER = 16
"""How many times more than it must, an open-ended part is repeated at most."""

_PADDING = ("", "0", "a ", " é\n")  # what may stand before or after what an expression without anchors looks for
_MOST_CHARACTERS = 256

_TOKEN = re.compile(
    r"(?P<set>\[\^?(?:\\u[0-9a-fA-F]{4}|\\.|[^\\\]])+\])"
    r"|(?P<escape>\\u[0-9a-fA-F]{4}|\\.)"
    r"|(?P<open>\((?:\?:)?)|(?P<close>\))|(?P<bar>\|)|(?P<anchor>[\^$])"
    r"|(?P<count>(?:[*+?]|\{(?P<least>[0-9]+)(?P<comma>,)?(?P<most>[0-9]*)\})\??)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_MEMBER = re.compile(r"(\\u[0-9a-fA-F]{4}|\\.|[^\\])(?:-(\\u[0-9a-fA-F]{4}|\\.|[^\\]))?", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


@cache
def form_of(pattern: str, least: int = 0, most: int | None = None, repertoire: str = "") -> Form:
    """Return the form of texts that `pattern`, which must be portable, finds something in.

    Where the length is to be `least` to `most` characters, open-ended parts are repeated accordingly. Where the
    pattern says only which characters are not meant, plain ones and those of `repertoire` are. Only a part of what
    matches is written, and an anchor in the middle is not minded: check what comes out.
    """
    return _Reading(pattern, least, most, repertoire).alternatives(outermost=True)


class _Reading:
    """One expression being read from left to right."""

    def __init__(self, pattern: str, least: int, most: int | None, repertoire: str) -> None:
        self._tokens: list[re.Match[str]] = list(_TOKEN.finditer(pattern))
        self._repertoire = repertoire
        self._at = 0
        self._least = least
        self._most = most

    def alternatives(self, *, outermost: bool = False) -> Form:
        """Read up to the end of the group."""
        forms = [self._sequence(outermost=outermost)]
        while self._next("bar"):
            forms.append(self._sequence(outermost=outermost))
        return choice(forms)

    def _next(self, kind: str) -> re.Match[str] | None:
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        if token is None or token[kind] is None:
            return None
        self._at += 1
        return token

    def _sequence(self, *, outermost: bool) -> Form:
        forms: list[Form] = []
        begins = ends = False
        while self._at < len(self._tokens) and self._tokens[self._at].lastgroup not in ("bar", "close"):
            if anchor := self._next("anchor"):
                begins |= anchor[0] == "^" and not forms
                ends = anchor[0] == "$"
                continue
            ends = False
            forms.append(self._repeated_part())
        if outermost:
            padding = choice([literal(text) for text in _PADDING])
            forms = [*([] if begins else [padding]), *forms, *([] if ends else [padding])]
        return sequence(forms or [literal("")])

    def _repeated_part(self) -> Form:
        if self._next("open"):
            form, characters = self.alternatives(), ""
            self._next("close")
        else:
            characters = self._characters()
            form = repeated_characters(characters, 1)
        if not (count := self._next("count")):
            return form
        least, most = self._bounds(count)
        if least == most and characters:
            return repeated_characters(characters, least)
        return repeated(form, least, most)

    def _bounds(self, count: re.Match[str]) -> tuple[int, int]:
        if count["least"] is None:
            least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[count[0][0]]
        else:
            least = int(count["least"])
            most = least if count["comma"] is None else int(count["most"]) if count["most"] else None
        longest = max(least, min(self._least, _MOST_CHARACTERS)) + _LONGER
        if self._most is not None:
            longest = max(least, min(longest, self._most))
        return least, min(most, longest) if most is not None else longest

    def _characters(self) -> str:
        token = self._tokens[self._at]
        self._at += 1
        if token["escape"]:
            return _unescaped(token["escape"])
        return _members(token["set"], self._repertoire) if token["set"] else token[0]


def _unescaped(text: str) -> str:
    if not text.startswith("\\"):
        return text
    return chr(int(text.removeprefix("\\u"), 16)) if text[1] == "u" else _ESCAPES.get(text[1], text[1])


@cache
def _members(token: str, repertoire: str) -> str:
    """Return up to 256 of the characters of a set, the simplest first."""
    inside = token[2:-1] if token[1] == "^" else token[1:-1]
    candidates = {*PLAIN, *repertoire, *_listed(inside)}
    matches = re.compile(token).fullmatch
    found = sorted((c for c in candidates if matches(c) and not "\ud800" <= c <= "\udfff"), key=_simplest_first)
    return "".join(found[:: 1 + len(found) // _MOST_CHARACTERS])


def _listed(inside: str) -> Iterator[str]:
    for first, last in _MEMBER.findall(inside):
        start, end = ord(_unescaped(first)), ord(_unescaped(last or first))
        yield from map(chr, range(start, end + 1, 1 + (end - start) // _MOST_CHARACTERS))
        yield chr(end)


def _simplest_first(character: str) -> tuple[bool, bool, str]:
    return not character.isascii(), not character.isalnum(), character


@cache
def is_exact(pattern: str) -> bool:
    """Return whether every text that the pattern's form writes matches: anchors stand only at alternatives' edges."""
    depth, tokens = 0, list(_TOKEN.finditer(pattern))
    for number, token in enumerate(tokens):
        depth += bool(token["open"]) - bool(token["close"])
        if token["anchor"] == "^" and (depth or (number and not tokens[number - 1]["bar"])):
            return False
        if token["anchor"] == "$" and (depth or (number + 1 < len(tokens) and not tokens[number + 1]["bar"])):
            return False
    return True


def examples(pattern: str, count: int, least: int = 0, most: int | None = None) -> list[str]:
    """Return `count` texts of the form of `pattern`, always the same ones."""
    form, chance = form_of(pattern, least, most), Random(0)  # noqa: S311  # for tests, not for secrets
    return [form.write(chance.randbytes(form.size), 0) for _ in range(count)]
