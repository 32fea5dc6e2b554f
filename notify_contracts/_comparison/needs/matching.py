"""How a consumer says which event types it reads: shell-like patterns, or regular expressions."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cached_property

from notify_contracts._schema import matcher


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

    @cached_property
    def _matcher(self) -> Callable[[str], bool]:
        if self.matching is Matching.GLOB:
            return lambda event_type: fnmatchcase(event_type, self.text)
        portable = _portable(self.text)
        return matcher(f"^(?:{portable})" if self.matching is Matching.REGEX_PREFIX else portable)


def _portable(pattern: str) -> str:
    r"""Return a regular expression of Python as a portable one; raise `PatternError` where that cannot be said.

    Of event types, which have no line ends, a bare ``.`` means any character; catalogs write ``[^\n]`` for that. Groups
    with a name mean what groups without do, where only whether it matches is asked.
    """
    written, escaped, in_class = [], False, False
    for character in pattern:
        if not escaped and not in_class and character == ".":
            written.append("[^\\n]")
        else:
            written.append(character)
        if not escaped:
            in_class = character == "[" or (in_class and character != "]")
        escaped = character == "\\" and not escaped
    return "".join(written)
