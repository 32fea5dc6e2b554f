"""One recorded JSON value to a notification: bare, in a body of either format, or an AMQP message with its facts."""

from typing import Any

from notify_contracts.model import Delivery, Notification, Unreadable
from notify_contracts.wire import decode, unwrap

_AMQP_FACTS = ("exchange", "routing_key", "properties")


def from_value(value: Any) -> Notification | Unreadable:
    """Return the notification in a recorded value."""
    if type(value) is dict and "body" in value and any(fact in value for fact in _AMQP_FACTS):
        return _from_amqp(value)
    return unwrap(value)


def _from_amqp(message: dict[str, Any]) -> Notification | Unreadable:
    body = message["body"]
    content = decode(body) if isinstance(body, str) else unwrap(body)
    if isinstance(content, Unreadable):
        return content
    exchange, routing_key = message.get("exchange", ""), message.get("routing_key", "")
    properties = message.get("properties") or {}
    if not (isinstance(exchange, str) and isinstance(routing_key, str) and isinstance(properties, dict)):
        return Unreadable("expected exchange and routing_key to be strings and properties to be an object")
    delivery = Delivery(exchange, routing_key, properties)
    return Notification(content.envelope, content.context, content.format_version, delivery)
