"""One recorded JSON value to notifications: bare, in a body of either format, with the facts of its delivery, or many.

An AMQP message is an object with a ``body`` beside ``exchange``, ``routing_key`` or ``properties``, or the array of a
routing key and a body. An array of other values holds what they hold.
"""

from typing import Any

from notify_contracts.capture.evidence import described, is_shaped
from notify_contracts.model import Delivery, Notification, Unreadable
from notify_contracts.wire import MESSAGE_KEY, VERSION_KEY, decode, unwrap

Content = Notification | Unreadable


def from_value(value: Any) -> Content:
    """Return the notification that a recorded value is known to be or to hold."""
    return _from_amqp(value) if type(value) is dict and _is_amqp(value) else unwrap(value)


def item_in(value: Any, *, is_log: bool = False) -> Content | None:
    """Return the notification that a recorded value is or holds; None where it is none and holds none."""
    if type(value) is dict:
        if _is_amqp(value):
            return _if_shaped(_from_amqp(value))
        if MESSAGE_KEY in value or VERSION_KEY in value:
            return _if_shaped(unwrap(value))
        return unwrap(value) if is_shaped(value, is_log=is_log) else None
    return _from_pair(value) if type(value) is list else None


def found_in(value: Any, *, is_log: bool = False) -> Content | list[Content] | None:
    """Return what stands in the value of a line, which may be an array of many; None where nothing does."""
    found = item_in(value, is_log=is_log)
    if found is not None or type(value) is not list:
        return found
    items = [item_in(item, is_log=is_log) for item in value]
    if not any(items):
        return None
    return [item or no_notification(whole) for item, whole in zip(items, value, strict=True)]


def no_notification(value: Any) -> Unreadable:
    """Return what is said of a value in which nothing was found."""
    if type(value) is dict:
        return Unreadable(f"not a notification: {described(value)}")
    said = unwrap(value)
    return said if isinstance(said, Unreadable) else Unreadable("not a notification")


def _is_amqp(value: dict[str, Any]) -> bool:
    return "body" in value and ("routing_key" in value or "exchange" in value or "properties" in value)


def _from_pair(values: list[Any]) -> Content | None:
    """Return the notification in ``[routing key, body]``, as StackTach keeps them; None where it is no such pair."""
    match values:
        case [str(routing_key), dict() | str() as body]:
            pass
        case _:
            return None
    content = decode(body) if isinstance(body, str) else unwrap(body)
    if isinstance(content, Unreadable):
        return content if isinstance(body, dict) else None
    return _delivered(content, "", routing_key, {}) if is_shaped(content.envelope, is_log=False) else None


def _from_amqp(message: dict[str, Any]) -> Content:
    body = message["body"]
    content = decode(body) if isinstance(body, str) else unwrap(body)
    if isinstance(content, Unreadable):
        return content
    exchange, routing_key = message.get("exchange", ""), message.get("routing_key", "")
    properties = message.get("properties") or {}
    if not (isinstance(exchange, str) and isinstance(routing_key, str) and isinstance(properties, dict)):
        return Unreadable("expected exchange and routing_key to be strings and properties to be an object")
    return _delivered(content, exchange, routing_key, properties)


def _delivered(content: Notification, exchange: str, routing_key: str, properties: dict[str, Any]) -> Notification:
    delivery = Delivery(exchange, routing_key, properties)
    return Notification(content.envelope, content.context, content.format_version, delivery)


def _if_shaped(content: Content) -> Content:
    if isinstance(content, Unreadable) or is_shaped(content.envelope, is_log=False):
        return content
    return no_notification(_whole(content))


def _whole(content: Notification) -> dict[str, Any]:
    return {**content.envelope, **content.context}
