"""The reading of a notification from any object that a test may have."""

from collections.abc import Mapping
from dataclasses import replace
from logging import LogRecord
from typing import Any

from notify_contracts._untrusted import NotJsonError, copied, parse
from notify_contracts.capture import from_value, parse_logged
from notify_contracts.catalog import Catalog
from notify_contracts.errors import UsageError
from notify_contracts.model import Delivery, Notification, Unreadable
from notify_contracts.wire import decode, unwrap
from notify_contracts.wire.envelopes import reading_as

_READ = "a notification, a mapping, bytes or text of JSON, an AMQP message, or a log record"


def notification_in(thing: object) -> Notification | Unreadable:
    """Return a copy of the notification in `thing`, or why it cannot be read.

    `thing` is a `Notification` or `Unreadable`; a mapping: a bare notification, a body of oslo.messaging's format 1.0
    or 2.0, or a message with its ``body`` and AMQP facts; the same as JSON text or UTF-8 bytes; a message of kombu or
    py-amqp (``body``, ``delivery_info``, ``properties``) or of pika (``(method, properties, body)``); or a
    `logging.LogRecord` of a notification. Raise UsageError for anything else.
    """
    __tracebackhide__ = True
    match thing:
        case Notification() | Unreadable():
            return thing
        case str() | bytes() | bytearray() | memoryview():
            return _from_text(thing if isinstance(thing, str) else bytes(thing))
        case LogRecord():
            return _from_log(thing)
        case Mapping():
            return _from_mapping(thing)
        case (*_, method, properties, bytes(delivered)) if hasattr(method, "routing_key"):
            return _carried(delivered, vars(method), vars(properties))
    body, facts = getattr(thing, "body", None), getattr(thing, "delivery_info", None)
    if isinstance(body, str | bytes | memoryview) and isinstance(facts, Mapping):
        return _carried(body if isinstance(body, str) else bytes(body), facts, _properties(thing))
    raise UsageError(f"expected {_READ}; found {type(thing).__name__}")


def notification_by(catalog: Catalog, thing: object) -> Notification | Unreadable:
    """Return what `notification_in` does, read by a catalog, which may state another envelope."""
    __tracebackhide__ = True
    with reading_as(catalog.envelopes):
        return notification_in(thing)


def _from_text(text: str | bytes) -> Notification | Unreadable:
    try:
        return from_value(parse(text))
    except NotJsonError as error:
        return Unreadable(f"it is not JSON: {error}")


def _from_mapping(mapping: Mapping[str, Any]) -> Notification | Unreadable:
    try:
        return from_value(copied(mapping))
    except NotJsonError as error:
        return Unreadable(f"it is not JSON: {error}")


def _from_log(record: LogRecord) -> Notification | Unreadable:
    try:
        return unwrap(parse_logged(record.getMessage().encode("utf-8", "surrogatepass")))
    except NotJsonError as error:
        return Unreadable(f"what was logged is not JSON: {error}")


def _carried(body: str | bytes, facts: Mapping[str, Any], properties: Mapping[str, Any]) -> Notification | Unreadable:
    present = {name: value for name, value in properties.items() if value is not None}
    content = decode(body, present)
    if isinstance(content, Unreadable):
        return content
    return replace(content, delivery=Delivery(str(facts["exchange"]), str(facts["routing_key"]), present))


def _properties(message: object) -> Mapping[str, Any]:
    found = getattr(message, "properties", None)
    return found if isinstance(found, Mapping) else {}
