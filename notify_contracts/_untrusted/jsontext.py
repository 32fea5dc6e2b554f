"""JSON text to values and back, with one decision for every case in which parsers disagree.

Refused, with a reason: invalid UTF-8, lone surrogates, NaN and Infinity, numbers beyond a double, nesting deeper than
1,024, anything after the value, and a name that stands twice in an object: most parsers take the last of the two, some
the first, and RFC 8259 section 4 calls what they do unpredictable. Accepted: integers beyond 64 bits (they become
floating-point numbers, as section 6 lets a reader do).
"""

from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from notify_contracts._untrusted.expressions import expression
from notify_contracts._untrusted.text import printable, shortened, unobeyed


class NotJsonError(ValueError):
    """The text is not one JSON value; ``str()`` says why, in one line and without quoting more of it than a name."""


_DEEPEST = 1024
_TOO_DEEP = "it is nested deeper than 1,024 levels"
_MARKED = "it begins with a byte order mark; save it as UTF-8 without one"
_REASONS = {
    "surrogates": "a string holds half a surrogate pair, which is not Unicode text",
    "invalid utf-8": "it is not UTF-8",
    "utf-8": "it is not UTF-8",
    "recursion": _TOO_DEEP,
    "depth limit": _TOO_DEEP,
    "allocate": _TOO_DEEP,  # so orjson says it where the text ends before it has closed what it opened
    "infinit": "a number is too large for a double",
    "empty": "it is empty",
    "zero-length": "it is empty",
    "end of data": "it ends in the middle of a value",
    "eof": "it ends in the middle of a value",
}


_BACKSLASH = ord("\\")
_MARK = expression(r'"(?:[^"\\]|\\.)*"|[{}\[\]:]')

loads = orjson.loads
"""As `parse`, but the last of two members of one name counts, and a ValueError says nothing fit to be shown.

For where nobody is told, and `may_have_lost` is asked or what is read is of our own writing.
"""


def parse(text: bytes | str) -> Any:
    """Return the one JSON value that `text` (UTF-8 if bytes) holds; raise `NotJsonError` if it holds none."""
    value = _read(text)
    if may_have_lost(text, value):
        _refuse_twice(text if isinstance(text, str) else text.decode())
    return value


def _read(text: bytes | str) -> Any:
    """Return what `parse` does, but of two members of one name the last: for what is of our own writing."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        start = text[:3].encode(errors="replace") if isinstance(text, str) else text
        is_text = isinstance(text, str)
        raise NotJsonError(_MARKED if start.startswith(BOM_UTF8) else _reason(error, is_text=is_text)) from None


def may_have_lost(text: bytes | str, value: Any) -> bool:
    """Whether not all that `text` says may be in `value`, as `loads` read it: quick, and rarely for nothing.

    What is lost is the first of two members of one name, and it took its quotation marks with it.
    """
    try:
        written = orjson.dumps(value)
    except TypeError:  # it is too deep to be written so
        return True
    mark: Any = '"' if isinstance(text, str) else b'"'
    escaped: Any = "\\u0022" if isinstance(text, str) else b"\\u0022"
    if text.count(mark) != written.count(b'"'):
        return True
    has_marks = _BACKSLASH in written  # in its texts; one that is written as an escape would hide what was lost
    return has_marks and escaped in text


def _refuse_twice(text: str) -> None:
    names: list[set[str]] = []
    last = ""
    for found in _MARK.finditer(text):
        mark = found[0]
        if mark in "{[":
            names.append(set())
        elif mark in "}]":
            names.pop()
        elif mark != ":":
            last = mark
        else:
            name = parse(last)
            if name in names[-1]:
                line = text.count("\n", 0, found.start()) + 1
                raise NotJsonError(f"{shortened(printable(last))} stands twice in an object (line {line})")
            names[-1].add(name)


def dump(value: Any) -> bytes:
    """Return `value` as one line of UTF-8 JSON; raise `NotJsonError` for what JSON cannot carry.

    Whatever `parse` reads can be written, however deep it is. It is `unobeyed`: what we write may be shown by a CI.
    """
    try:
        written = orjson.dumps(value)
        return unobeyed(written.decode()).encode() if b"##" in written else written
    except TypeError as error:
        if "recursion" in str(error).lower():  # it writes no more than 254 levels, a quarter of what it reads
            return _dumped_deep(value)
        raise NotJsonError(str(error)) from None


def _dumped_deep(value: Any) -> bytes:
    """Return what `dump` does of a value that is nested deeply, but ends: level by level, without recursion."""
    written: list[bytes] = []
    left: list[Iterator[Any]] = [iter((value,))]
    while left:
        for each in left[-1]:
            if type(each) is _Mark:
                written.append(each)
            elif isinstance(each, dict | list):
                if len(left) > _DEEPEST:
                    raise NotJsonError(_TOO_DEEP)
                left.append(_pieces(each))
                break
            else:
                written.append(dump(each))
        else:
            left.pop()
    return b"".join(written)


class _Mark(bytes):
    """What is written between values."""

    __slots__ = ()


def _pieces(value: dict[Any, Any] | list[Any]) -> Iterator[Any]:
    """Yield the marks of an object or an array, and its values between them."""
    is_object = isinstance(value, dict)
    yield _Mark(b"{" if is_object else b"[")
    for number, key in enumerate(value):
        if is_object and not isinstance(key, str):
            raise NotJsonError("a name in an object must be a string")
        comma = b"," if number else b""
        yield _Mark(comma + dump(key) + b":" if is_object else comma)
        yield value[key] if is_object else key
    yield _Mark(b"}" if is_object else b"]")


def copied(value: Any) -> Any:
    """Return a copy of `value` made of plain JSON values; raise `NotJsonError` if it is not made of them.

    Mappings become dicts and sequences lists. What JSON writers change silently (NaN to null, a time or a UUID to
    text) is refused: the copy says what `value` says.
    """
    try:
        copy = _read(dump(value))
        faithful = copy == value or copy == _plain(value)
    except NotJsonError:  # the writer refuses mappings other than dict
        copy, faithful = _copied_slowly(value)
    if not faithful:
        raise NotJsonError("only objects, arrays, strings, finite numbers, true, false and null survive JSON")
    return copy


def _copied_slowly(value: Any) -> tuple[Any, bool]:
    try:
        plain = _plain(value)
        copy = _read(dump(plain))
    except RecursionError:
        raise NotJsonError(_REASONS["recursion"]) from None
    return copy, copy == plain


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _reason(error: orjson.JSONDecodeError, *, is_text: bool) -> str:
    said = error.msg.lower() if is_text else error.msg.lower().removesuffix(": surrogates not allowed")
    for part, reason in _REASONS.items():
        if part in said:
            return reason
    return f"{error.msg} (column {error.colno})" if error.lineno == 1 else f"{error.msg} (line {error.lineno})"
