"""JSON text to values and back, with one decision for every case in which parsers disagree.

Refused, with a reason: invalid UTF-8, lone surrogates, NaN and Infinity, numbers beyond a double, nesting deeper than
1,024, anything after the value. Accepted: duplicate keys (the last one counts, as in every common parser) and
integers beyond 64 bits (they become floating-point numbers, as RFC 8259 section 6 lets a reader do).
"""

from typing import Any

import orjson


class NotJsonError(ValueError):
    """The text is not one JSON value; ``str()`` says why, in one line and without quoting the text."""


_REASONS = {
    "surrogates": "a string holds half a surrogate pair, which is not Unicode text",
    "invalid utf-8": "it is not UTF-8",
    "utf-8": "it is not UTF-8",
    "recursion": "it is nested deeper than 1,024 levels",
    "infinit": "a number is too large for a double",
    "empty": "it is empty",
    "zero-length": "it is empty",
    "end of data": "it ends in the middle of a value",
    "eof": "it ends in the middle of a value",
}


def parse(text: bytes | str) -> Any:
    """Return the one JSON value that `text` (UTF-8 if bytes) holds; raise `NotJsonError` if it holds none."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise NotJsonError(_reason(error)) from None


def dump(value: Any) -> bytes:
    """Return `value` as one line of UTF-8 JSON; raise `NotJsonError` for what JSON cannot carry."""
    try:
        return orjson.dumps(value)
    except TypeError as error:
        raise NotJsonError(str(error)) from None


def _reason(error: orjson.JSONDecodeError) -> str:
    said = error.msg.lower()
    for part, reason in _REASONS.items():
        if part in said:
            return reason
    return f"{error.msg} (column {error.colno})" if error.lineno == 1 else f"{error.msg} (line {error.lineno})"
