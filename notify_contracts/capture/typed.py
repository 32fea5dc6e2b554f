"""JSON in which each value says of which type it is, as stores write it: ``{"S": "text"}``, ``{"M": {...}}``."""

from collections.abc import Mapping
from typing import Any

from notify_contracts._untrusted import NotJsonError, parse
from notify_contracts.capture.members import built_in

_DEEPEST = 64
_HELD_IN: Mapping[str, tuple[str, Any]] = {"fields": ("object", {}), "values": ("array", [])}
"""Kinds of which an object is between the type and what is held, with a member of the same name; none for nothing."""
_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (str, int, float),
    "boolean": (bool,),
    "null": (bool, type(None), str),
    "object": (dict,),
    "array": (list,),
    "strings": (list,),
    "numbers": (list,),
}
"""What stands for each kind of value."""


class _PlainError(Exception):
    """A value does not say of which type it is."""


def untyped(value: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return an object as it was before each of its members was told its type; None where not each of them is."""
    try:
        return {name: _value(member, _DEEPEST) for name, member in value.items()} if value else None
    except _PlainError:
        return None


def is_typed(value: Mapping[str, Any]) -> bool:
    """Whether each member of an object tells its type, be that read or not."""
    types = built_in().typed
    return all(type(member) is dict and len(member) == 1 and next(iter(member)) in types for member in value.values())


def _value(typed: Any, depth: int) -> Any:
    if type(typed) is not dict or len(typed) != 1 or not depth:
        raise _PlainError
    ((tag, held),) = typed.items()
    kind = built_in().typed.get(tag, "")
    if kind in _HELD_IN and type(held) is dict and held.keys() <= {kind}:
        held, kind = held.get(kind, _HELD_IN[kind][1]), _HELD_IN[kind][0]
    if kind not in _KINDS or type(held) not in _KINDS[kind]:
        raise _PlainError
    if kind == "object":
        return {name: _value(member, depth - 1) for name, member in held.items()}
    if kind == "array":
        return [_value(item, depth - 1) for item in held]
    if kind in ("number", "numbers"):
        return [_number(item) for item in held] if kind == "numbers" else _number(held)
    return None if kind == "null" else held


def _number(held: Any) -> Any:
    if type(held) is not str:
        return held
    try:
        number = parse(held)
    except (NotJsonError, UnicodeEncodeError):
        raise _PlainError from None
    if type(number) not in (int, float):
        raise _PlainError
    return number


def with_plain_numbers(value: Any, depth: int = _DEEPEST) -> Any:
    """Return a value in which numbers are plain that were told their type: ``{"$numberLong": "5"}`` is 5."""
    if type(value) is list and depth:
        return [with_plain_numbers(item, depth - 1) for item in value]
    if type(value) is not dict or not depth:
        return value
    if len(value) == 1 and next(iter(value)) in built_in().typed_numbers:
        try:
            return _number(next(iter(value.values())))
        except _PlainError:
            return value
    return {name: with_plain_numbers(member, depth - 1) for name, member in value.items()}
