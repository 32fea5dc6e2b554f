"""One recorded JSON value to notifications: bare, in a body of either format, with the facts of its delivery, or many.

An AMQP message is an object with a ``body`` beside ``exchange``, ``routing_key`` or ``properties``, or the array of a
routing key and a body. An array of other values holds what they hold.
"""

import re
from collections.abc import Mapping
from typing import Any

from notify_contracts._untrusted import NotJsonError, expression, parse, printable
from notify_contracts.capture.evidence import described, is_shaped
from notify_contracts.capture.members import Members, built_in, was_redelivered
from notify_contracts.capture.typed import is_typed, untyped, with_plain_numbers
from notify_contracts.model import ENVELOPE_ATTRIBUTES, Delivery, Excerpt, Notification, Unreadable
from notify_contracts.wire import MESSAGE_KEY, PRIORITIES, VERSION_KEY, decode, unwrap
from notify_contracts.wire.envelopes import has_body, lacked_by, properties_of, told, told_in_headers

Content = Notification | Unreadable

_ATTRIBUTES = frozenset(ENVELOPE_ATTRIBUTES)
_GIVEN = frozenset(("publisher_id", "event_type", "payload"))
_METADATA = ("message_id", "timestamp")
_OF_AN_ENDPOINT = frozenset(("ctxt", "context", "metadata", *_GIVEN))
_LISTS = (dict, list)
_AND_ITS_METHOD = _OF_AN_ENDPOINT | {"priority"}
_TEXTS = tuple(name for name in ENVELOPE_ATTRIBUTES if name != "payload")
_TYPED = "each of its values says of which type it is, and one of these is not read: write it as plain JSON"
_LISTED = (
    "its attributes are arrays or objects, as a search engine lists fields and a table its columns: "
    "get each notification as it was stored, from _source for one"
)
_FLATTENED = "its payload is flattened, into members such as `payload.id`: write it as the object that was sent"
_AS_CARRIED = frozenset(("exchange", "routing_key", "properties", "body"))
_BASE64 = expression(r"[0-9A-Za-z+/_=\s-]*\Z")
_NO_KEY = expression(r"[-+0-9.:TZ ]+\Z|.*[\s{\[\"]", re.DOTALL)
"""A text before a body that is no routing key: a time, as stores of logs have it there, or a text of its own."""

_KEY = expression(rf"[^.]+(?:\.[^.]+)+\Z|.*[^0-9A-Za-z](?:{'|'.join(PRIORITIES)})\Z", re.DOTALL | re.IGNORECASE)
"""A text before a body that may be a routing key: words with dots between them, or a priority behind something."""


def from_value(value: Any) -> Content:
    """Return the notification that a recorded value is known to be or to hold."""
    return _from_amqp(value) if type(value) is dict and _is_amqp(value) else unwrap(value)


def item_in(value: Any, *, is_log: bool = False) -> Content | None:
    """Return the notification that a recorded value is or holds; None where it is none and holds none."""
    if type(value) is dict:
        first = next(iter(value.values()), None)
        if type(first) is dict and len(first) == 1 and is_typed(value):
            plain = untyped(value)
            if plain is None:
                return Unreadable(_TYPED) if is_shaped(value, is_log=is_log) else None
            value = plain
        if _is_amqp(value):
            return _if_shaped(_from_amqp(value))
        if MESSAGE_KEY in value or VERSION_KEY in value:
            return _if_shaped(unwrap(value))
        if type(value.get("event_type")) in _LISTS and _is_listed(value):
            return Unreadable(_LISTED)
        return _bare(value, is_log=is_log)
    return _from_pair(value) if type(value) is list else None


def _bare(value: dict[str, Any], *, is_log: bool) -> Content | None:
    if (envelope := told(value)) is not None:
        return Notification(envelope)
    if not is_shaped(value, is_log=is_log):
        return None
    return Unreadable(_FLATTENED) if _is_flattened(value) else _as_sent(unwrap(value), is_log=is_log)


def found_in(value: Any, *, is_log: bool = False) -> Content | list[tuple[Any, Content | None]] | None:
    """Return what the value of a line is, or what the items of an array of many are, with these; None for nothing."""
    found = item_in(value, is_log=is_log)
    if found is not None or type(value) is not list:
        return found
    items = [(item, item_in(item, is_log=is_log)) for item in value]
    return items if any(content for _, content in items) else None


def is_doubtful(value: Any, content: Content) -> bool:
    """Whether `value`, read as `content`, may rather be a wrapper that has some of the names: look for others inside.

    What a consumer is given and cannot read is unreadable, whatever else could be made of it.
    """
    if isinstance(content, Notification):
        return content.envelope.get("event_type") is None and content.envelope.get("publisher_id") is None
    if type(value) is not dict:
        return True
    if _is_as_carried(value):
        return False
    return not _is_body(value) and not (_is_amqp(value) and _is_body(_parsed(value["body"])))


def no_notification(value: Any) -> Unreadable:
    """Return what is said of a value in which nothing was found."""
    if type(value) is dict:
        lacked = f"; as an event it lacks {printable(', '.join(places))}" if (places := lacked_by(value)) else ""
        return Unreadable(f"not a notification: {described(value)}{lacked}")
    said = unwrap(value)
    return said if isinstance(said, Unreadable) else Unreadable("not a notification")


def _is_amqp(value: dict[str, Any]) -> bool:
    if "body" not in value or not ("routing_key" in value or "exchange" in value or "properties" in value):
        return False
    return not has_body(value)


def _is_as_carried(value: dict[str, Any]) -> bool:
    """Whether a message is written as a watch writes it: with its body as it came, and all that carried it.

    A body in base64 is a recorder's way to write bytes.
    """
    body = value.get("body")
    return value.keys() - {"redelivered"} == _AS_CARRIED and type(body) is str and _BASE64.match(body) is None


def _is_body(value: Any) -> bool:
    """Whether a value is a message body, or nothing else, right or wrong."""
    return type(value) is dict and (MESSAGE_KEY in value or VERSION_KEY in value or is_shaped(value, is_log=True))


def _parsed(body: Any) -> Any:
    try:
        return parse(body) if isinstance(body, str) else body
    except NotJsonError:
        return None


def _from_pair(values: list[Any]) -> Content | None:
    """Return the notification in ``[routing key, body]``, as StackTach keeps them; None where it is no such pair."""
    match values:
        case [str(routing_key), dict() | str() as body] if _may_be_key(routing_key):
            pass
        case _:
            return None
    content = decode(body) if isinstance(body, str) else unwrap(body)
    if isinstance(content, Unreadable):
        return content if isinstance(body, dict) else None
    if not is_shaped(content.envelope, is_log=False) or routing_key in content.envelope.values():
        return None  # what a store keeps it by
    return delivered(content, Delivery("", routing_key, {}))


def _may_be_key(text: str) -> bool:
    return _KEY.match(text) is not None and _NO_KEY.match(text) is None


def _from_amqp(message: dict[str, Any]) -> Content:
    body, properties = message["body"], properties_of(message)
    known = properties if isinstance(properties, dict) else {}
    if (reason := told_in_headers(known)) is not None:
        return Unreadable(reason)
    content = decode(body, known) if isinstance(body, str) else unwrap(body)
    if isinstance(content, Unreadable):
        return content
    told = _way_of(message, properties)
    if told is None:
        return content
    exchange, routing_key = told.get("exchange", ""), told.get("routing_key", "")
    if not (isinstance(exchange, str) and isinstance(routing_key, str) and isinstance(properties, dict)):
        return Unreadable("expected exchange and routing_key to be strings and properties to be an object")
    return delivered(content, Delivery(exchange, routing_key, properties, was_redelivered(told)))


def _way_of(message: dict[str, Any], properties: Any) -> dict[str, Any] | None:
    """Return what tells the exchange and the routing key: the message itself, or what kombu writes into it, if any."""
    if "routing_key" in message or "exchange" in message:
        return message
    for said in (message, properties):
        if type(said) is dict and type(info := said.get("delivery_info")) is dict:
            return info
    return None


def delivered(content: Notification, delivery: Delivery) -> Notification:
    """Return a notification with what is known of its delivery."""
    if isinstance(content, Excerpt):
        return Excerpt(content.envelope, content.context, delivery=delivery, missing=content.missing)
    return Notification(content.envelope, content.context, content.format_version, delivery)


def _if_shaped(content: Content) -> Content:
    if isinstance(content, Unreadable):
        return content
    return _as_sent(content) if is_shaped(content.envelope, is_log=False) else no_notification(_whole(content))


def _as_sent(content: Content, *, is_log: bool = False) -> Content:
    """Return a notification without what a store put beside it; an excerpt where only an endpoint's arguments are."""
    if isinstance(content, Unreadable) or content.envelope.keys() == _ATTRIBUTES:
        return content
    envelope = content.envelope
    if (original := _original(envelope)) is not None:
        return original
    added = _added(envelope, built_in())
    if added:
        envelope = {name: value for name, value in envelope.items() if name not in added}
        if not added.keys().isdisjoint(built_in().added_objects):
            envelope = with_plain_numbers(envelope)
    context = {**content.context, **added}
    if _is_of_an_endpoint(envelope, is_log=is_log):
        return _of_an_endpoint(envelope, context)
    if not added:
        return content
    from notify_contracts.capture.carriage import carriage

    return Notification(envelope, context, content.format_version, content.delivery or carriage(added))


def _original(envelope: Mapping[str, Any]) -> Notification | None:
    """Return the notification as it came, where a store has kept its text beside what it made of it."""
    for name in envelope:
        text = envelope[name] if name in built_in().log else None
        if isinstance(text, str) and text.lstrip()[:1] == "{" and type(value := _parsed(text)) is dict:
            original = item_in(value)
            if isinstance(original, Notification) and original.message_id == envelope.get("message_id"):
                return original
    return None


def _added(envelope: Mapping[str, Any], members: Members) -> dict[str, Any]:
    """Return what is in an envelope and not a notification's, as the names or the kind of its members tell."""
    added: dict[str, Any] = {}
    for mark, names in members.added.items():
        if mark in envelope:
            added |= {name: value for name, value in envelope.items() if name in names}
    for name, names in members.added_objects.items():
        value = envelope.get(name)
        if isinstance(value, dict) and value and value.keys() <= names:
            added[name] = value
    return added


def _is_listed(value: Mapping[str, Any]) -> bool:
    """Whether attributes that are texts are arrays or objects, all that there are."""
    texts = [value[name] for name in _TEXTS if name in value]
    return len(texts) > 1 and all(type(text) in _LISTS for text in texts)


def _is_flattened(value: Mapping[str, Any]) -> bool:
    """Whether a store has made members of what was the payload."""
    return "payload" not in value and any(name.startswith("payload.") for name in value)


def _is_of_an_endpoint(envelope: Mapping[str, Any], *, is_log: bool) -> bool:
    names = envelope.keys()
    if "metadata" in names:
        return _GIVEN <= names <= _AND_ITS_METHOD
    return _GIVEN <= names <= _OF_AN_ENDPOINT and (is_log or "ctxt" in names)


def _of_an_endpoint(given: Mapping[str, Any], context: dict[str, Any]) -> Excerpt:
    """Return what an endpoint of oslo.messaging's listener was given: the priority is the name of its method.

    Source: oslo.messaging 18.3.1, `notify/dispatcher.py`: context, publisher id, event type, payload, metadata.
    What is printed beside them as the priority is that name, or the priority.
    """
    metadata = given.get("metadata")
    # In the order in which they came: that of a set differs from one run to the next.
    envelope = {name: value for name, value in given.items() if name in _GIVEN}
    if isinstance(metadata, dict):
        envelope |= {name: metadata[name] for name in _METADATA if name in metadata}
    if isinstance(method := given.get("priority"), str):
        envelope["priority"] = method.upper() if method.islower() else method
    context |= {name: value for name, value in given.items() if name not in _GIVEN and name not in envelope}
    return Excerpt(envelope, context, missing=tuple(name for name in ENVELOPE_ATTRIBUTES if name not in envelope))


def _whole(content: Notification) -> dict[str, Any]:
    return {**content.envelope, **content.context}
