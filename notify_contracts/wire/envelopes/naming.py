"""What it looks like when a text names the members of an object: as JSON does, or as programs print them otherwise."""

import re
from collections.abc import Iterable

from notify_contracts._untrusted import expression

MARK = r"""(?:\\+(?:""|["'])|'|""|&quot;|&\#34;|%22|(?:\\x5[cC])*\\x22|\\+u0022|\\+042|[\u201c\u201d])"""
"""A quotation mark that is not JSON's."""

_ESCAPED = frozenset('"\\/')
_SHORT = {"\b": "b", "\t": "t", "\n": "n", "\f": "f", "\r": "r"}


def named_in_json(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds these names as keys of JSON, in whatever depth of quotation."""
    return expression(rf'"({_any_of(names)})\\*"\s*(?::|=>)')


def named_in_print(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds them in the print of a program, in XML, HTML or a URL; in quoted JSON, in printed bytes."""
    return expression(
        rf"(?:(?<![\w.-])|(?<=[%x]22)|(?<=u0022)|(?<=\\042)|(?<=\\x[0-9a-f][0-9a-f])|(?<=\\n))({_any_of(names)})"
        rf"(?:{MARK}?\s{{0,9}}(?:-?[:=>]|%3A|\\x|</)|[\"']?\]\s{{0,9}}=|\s{{1,9}}(?:\.\s|[\"']))",
    )


def named_somehow(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds these names where they may be keys of anything."""
    return expression(rf"(?:(?<![A-Za-z])|(?<=\\n))({_any_of(names)})(?:{MARK}|[\"'\]]|\s{{0,9}}(?:-?[:=>]|%3A|</))")


def _any_of(names: Iterable[str]) -> str:
    return "|".join("".join(map(_character, name)) for name in sorted(names))


def is_plain(name: str) -> bool:
    """Whether JSON has no other way to write a name than as it is, but for what nobody does."""
    return name.isascii() and name.isprintable() and _ESCAPED.isdisjoint(name)


def _character(character: str) -> str:
    """Return what finds a character, which JSON may write as an escape."""
    if is_plain(character):
        return re.escape(character)
    units = character.encode("utf-16-be", "surrogatepass").hex()
    escaped = "".join(rf"\\+(?i:u{units[at : at + 4]})" for at in range(0, len(units), 4))
    short = rf"|\\+{_SHORT[character]}" if character in _SHORT else ""
    return rf"(?:\\*{re.escape(character)}|{escaped}{short})"
