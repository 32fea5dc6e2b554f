"""What takes the place of a keyword's value that holds no schema, in somebody else's JSON Schema."""

from collections.abc import Callable, Mapping
from typing import Any

from notify_contracts._schema import FORMATS, PatternError, matcher, quoted
from notify_contracts.generate._mutations import canonical

_TYPES = frozenset(("array", "boolean", "integer", "null", "number", "object", "string"))
_COUNTS = ("maxItems", "maxLength", "maxProperties", "minItems", "minLength", "minProperties")
_LARGEST = 2**53
_WORDS = ("$comment", "description", "title")

Translated = tuple[Any, str]
"""What takes the place of a keyword's value, None where nothing does, and what is to be said of it."""


def _words(value: Any) -> Translated:
    return (value, "") if isinstance(value, str) and value else (None, "" if value == "" else "is no text")


def _types(value: Any) -> Translated:
    names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    known = [name for name in dict.fromkeys(map(str, names)) if name in _TYPES]
    if not known or len(known) < len(set(map(str, names))):
        return None, f"there is no type {quoted(str(value))}"
    return known[0] if len(known) == 1 else known, ""


def _enum(value: Any) -> Translated:
    if not isinstance(value, list) or not value:
        return None, "is no list of values"
    return list({canonical(each): each for each in reversed(value)}.values())[::-1], ""


def pattern(value: Any) -> Translated:
    """Return a pattern that every engine reads alike."""
    try:
        matcher(value)
    except PatternError as error:
        return None, f"engines read the pattern {quoted(str(value))} differently: {error}"
    except TypeError:
        return None, "is no text"
    return value, ""


def _format(value: Any) -> Translated:
    return (
        (value, "")
        if isinstance(value, str) and value in FORMATS
        else (None, f"a catalog has no format {quoted(str(value))}")
    )


def _count(value: Any) -> Translated:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and 0 <= value <= _LARGEST and value == int(value):
        return int(value), ""
    return None, "is no whole number that engines count to"


def _divisor(value: Any) -> Translated:
    is_positive = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    return (value, "") if is_positive else (None, "is no number above 0")


def names(value: Any) -> Translated:
    """Return a list of names."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        return None, "is no list of names"  # draft 3 says it of each property
    return list(dict.fromkeys(value)), ""


def _flag(value: Any) -> Translated:
    return (value, "") if isinstance(value, bool) else (None, "is neither true nor false")


def _examples(value: Any) -> Translated:
    return (value, "") if isinstance(value, list) and value else (None, "is no list of examples")


PLAIN: Mapping[str, Callable[[Any], Translated]] = {
    **dict.fromkeys(_WORDS, _words),
    **dict.fromkeys(_COUNTS, _count),
    "enum": _enum,
    "examples": _examples,
    "format": _format,
    "multipleOf": _divisor,
    "pattern": pattern,
    "required": names,
    "type": _types,
    "uniqueItems": _flag,
    "writeOnly": _flag,
}
