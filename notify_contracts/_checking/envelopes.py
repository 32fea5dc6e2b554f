"""From a line to the envelope in it, in the quick way: whatever is unusual raises, and is left to the ordinary way."""

from collections.abc import Mapping
from typing import Any

from notify_contracts._untrusted import loads, may_have_lost
from notify_contracts.model import ENVELOPE_ATTRIBUTES
from notify_contracts.wire import MESSAGE_KEY, READ_VERSIONS, VERSION_KEY, is_of_transport

_ATTRIBUTES = frozenset(ENVELOPE_ATTRIBUTES)
_CLOSELY, _EACH = 4096, 31
"""Of a recording's first lines each is asked whether a name stands twice in it, of the others one in so many: to ask
takes a quarter of the time of all else, and a program that writes a name twice does so again and again."""

Way = tuple[str, str]
"""An exchange and a routing key."""


def opened(line: bytes, before: int) -> tuple[dict[str, Any], Way | None]:
    """Return the envelope in a line that has so many `before` it, and its way if that is known."""
    closely = before < _CLOSELY or before % _EACH == 0
    value = loads(line)
    if _ATTRIBUTES.issuperset(value):
        if closely and may_have_lost(line, value):
            raise LookupError
        return value, None
    text: bytes | str = line
    way = None
    if "body" in value:
        way = _way(value)
        text, value = _inner(text, value, "body", closely=closely)
    if VERSION_KEY in value or MESSAGE_KEY in value:
        if value[VERSION_KEY] not in READ_VERSIONS:
            raise LookupError
        text, value = _inner(text, value, MESSAGE_KEY, closely=closely)
    if closely and may_have_lost(text, value):
        raise LookupError
    for key in value.keys() - _ATTRIBUTES:
        if is_of_transport(key):
            del value[key]
    return value, way


def is_dead_letter(headers: Any) -> bool:
    """Whether a message with such headers was in another queue before."""
    return isinstance(headers, Mapping) and "x-death" in headers


def _inner(text: bytes | str, value: dict[str, Any], name: str, *, closely: bool) -> tuple[str, Any]:
    """Return what stands under a name of the value of `text`, and the value of that."""
    inner = value[name]
    if closely:
        value[name] = ""
        if may_have_lost(text, value, inner):
            raise LookupError
    return inner, loads(inner)


def _way(message: Mapping[str, Any]) -> Way:
    exchange, routing_key, headers = message["exchange"], message["routing_key"], message["properties"].get("headers")
    if type(exchange) is not str or type(routing_key) is not str or is_dead_letter(headers):
        raise LookupError
    return exchange, routing_key
