"""What a recorded value holds, opened quickly: the envelope, and how a broker carried it."""

from collections.abc import Mapping
from typing import Any

from notify_contracts._untrusted import loads
from notify_contracts.capture import may_be_added
from notify_contracts.model import ENVELOPE_ATTRIBUTES
from notify_contracts.wire import MESSAGE_KEY, READ_VERSIONS, VERSION_KEY, is_of_transport
from notify_contracts.wire.envelopes import forms_read, has_body, properties_of, told, told_in_headers

_ATTRIBUTES = frozenset(ENVELOPE_ATTRIBUTES)
_MOVED = frozenset(("x-death", "x-original-routingKey", "x-shovelled"))


def opened(value: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, str] | None]:
    """Return the envelope in a value, and on which exchange and under which routing key; raise for what is unusual."""
    forms = forms_read()
    if not forms and _ATTRIBUTES.issuperset(value):  # nearly always
        return value, None
    way = None
    if "body" in value and not (forms and has_body(value)):
        way, value = _way(value), loads(value["body"])
    is_wrapped = VERSION_KEY in value or MESSAGE_KEY in value
    if is_wrapped:
        if value[VERSION_KEY] not in READ_VERSIONS:
            raise LookupError
        value = loads(value[MESSAGE_KEY])
    elif forms and (envelope := told(value)) is not None:
        return envelope, way  # to which oslo.messaging has added nothing
    if not _ATTRIBUTES.issuperset(value):
        for key in value.keys() - _ATTRIBUTES:
            if is_of_transport(key):
                del value[key]
            elif may_be_added(key):
                raise LookupError  # what is a store's is told apart in the ordinary way
    envelope = told(value) if forms and is_wrapped else None
    return (value if envelope is None else envelope), way


def came_another_way(headers: Any) -> bool:
    """Whether a broker moved a message on its way: where it came from last is not where it was sent."""
    return isinstance(headers, Mapping) and not _MOVED.isdisjoint(headers)


def _way(message: Mapping[str, Any]) -> tuple[str, str]:
    exchange, routing_key, headers = message["exchange"], message["routing_key"], message["properties"].get("headers")
    if type(exchange) is not str or type(routing_key) is not str:
        raise LookupError
    if headers or "headers" in message:  # seldom, of what oslo.messaging sends
        properties = properties_of(message)
        if came_another_way(properties.get("headers")) or told_in_headers(properties) is not None:
            raise LookupError
    return exchange, routing_key
