"""How a consumer says which event types it reads: shell-like patterns, or regular expressions."""

import fnmatch
import re
from collections.abc import Callable
from enum import StrEnum
from functools import cached_property

from notify_contracts._base import dataclass
from notify_contracts._schema import PatternError, matcher

_WILD = re.compile(r"[*?\[]")
_REPEATED_GROUP = re.compile(r"\)[*+{]|\\[1-9]|\(\?P=")
_REPEATED = re.compile(r"[*+{]")
_MOST_REPEATED = 4


class Matching(StrEnum):
    """The language of a pattern, and how much of an event type it has to match."""

    GLOB = "glob"
    """A shell-like pattern for the whole event type, as `fnmatch` reads it."""

    REGEX_PREFIX = "regex-prefix"
    """A regular expression that matches at the beginning, as Python's ``re.match``."""

    REGEX = "regex"
    """A regular expression that matches anywhere, as Python's ``re.search``."""


@dataclass(frozen=True)
class Pattern:
    """One pattern for event types, in one of the languages."""

    text: str
    matching: Matching = Matching.GLOB

    def matches(self, event_type: str) -> bool:
        """Whether it matches; raise `PatternError` for a regular expression that is not understood."""
        return self._matcher(event_type)

    @property
    def is_wild(self) -> bool:
        """Whether it may match more than its own text."""
        return self.matching is not Matching.GLOB or _WILD.search(self.text) is not None

    @cached_property
    def _matcher(self) -> Callable[[str], bool]:
        if self.matching is Matching.GLOB:
            return _glob(self.text)
        try:
            portable = _with_any_character(self.text)
            return matcher(f"^(?:{portable})" if self.matching is Matching.REGEX_PREFIX else portable)
        except PatternError:
            return _of_python(self)


def _glob(text: str) -> Callable[[str], bool]:
    if not _WILD.search(text):
        return lambda event_type: event_type == text
    wild = re.compile(fnmatch.translate(text))  # shell-like patterns repeat no groups: this is linear enough
    return lambda event_type: wild.match(event_type) is not None


def _with_any_character(pattern: str) -> str:
    r"""Return a regular expression with ``[^\n]`` for each bare dot, which is what Python means by one."""
    written, escaped, in_class = [], False, False
    for character in pattern:
        written.append("[^\\n]" if character == "." and not escaped and not in_class else character)
        if not escaped:
            in_class = character == "[" or (in_class and character != "]")
        escaped = character == "\\" and not escaped
    return "".join(written)


def _of_python(pattern: Pattern) -> Callable[[str], bool]:
    """Return Python's own reading, with look-around for one; only where it cannot take long."""
    text = pattern.text
    if _REPEATED_GROUP.search(text) or len(_REPEATED.findall(text)) > _MOST_REPEATED:
        raise PatternError("groups that repeat beside look-around or classes such as \\w may take for ever: say less")
    try:
        compiled = re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(f"not a regular expression: {error}") from None
    find = compiled.match if pattern.matching is Matching.REGEX_PREFIX else compiled.search
    return lambda event_type: find(event_type) is not None
