"""The oslo.messaging notification formats 1.0 and 2.0: bodies to notifications and back; and routing keys.

Source: oslo.messaging as recorded from Glance 33 (formats, `_unique_id`, `_context_*`, the timestamp's form), and
oslo.messaging 18.3.1 (the versions that it reads, Kafka's `_context`).
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise
from os import urandom
from typing import Any, Literal

from notify_contracts._untrusted import NotJsonError, dump, expression, parse, printable, shortened
from notify_contracts.errors import UsageError
from notify_contracts.model import ENVELOPE_ATTRIBUTES, Notification, Unreadable
from notify_contracts.wire.envelopes import told, told_in_headers, why_no_json

FormatVersion = Literal["1.0", "2.0"]
FORMAT_VERSIONS: tuple[FormatVersion, ...] = ("1.0", "2.0")

VERSION_KEY = "oslo.version"
MESSAGE_KEY = "oslo.message"

ROUTING_KEY = "{topic}.{priority}"
"""How oslo.messaging makes a routing key, and so everybody who says nothing else."""

EVERY_TOPIC = "#"
"""What is listened to as a topic where it may be any."""

PRIORITIES = ("AUDIT", "DEBUG", "INFO", "WARN", "ERROR", "CRITICAL", "SAMPLE")
"""Those that oslo.messaging's notifier has a method for; which there are is for a catalog to say."""

_TEMPLATE = expression('(?:[!"$-)+-z|~]|[{](?:topic|priority|event_type)[}])+')
_ATTRIBUTES = frozenset(ENVELOPE_ATTRIBUTES)
_NONE: Mapping[str, Any] = {}
_TRANSPORT = ("_unique_id", "_context")  # the second is Kafka's: the driver puts the whole context under one key
READ_VERSIONS = ("2.0", "2.0.0")
"""The versions of the wrapping that oslo.messaging reads: major, minor and revision must not be above its own."""


def timestamp(moment: datetime) -> str:
    """Return `moment`, an aware time, as the envelope writes it: UTC, a space, no fraction where it is zero."""
    return str(moment.astimezone(UTC).replace(tzinfo=None))


def routing_key(topic: str, priority: str, event_type: str = "", template: str = ROUTING_KEY) -> str:
    """Return the routing key of a notification, ``notifications.info``; the priority is in lower case."""
    values = {"{topic}": topic, "{priority}": priority.lower(), "{event_type}": event_type}
    return re.sub("[{][a-z_]+[}]", lambda found: values[found[0]], template)


def binding_key(topic: str, template: str = ROUTING_KEY) -> str:
    """Return the binding by which a topic exchange delivers every routing key of a topic: ``notifications.#``.

    ``#`` stands for any number of words, for what is to be found may be wrong in any way. Source: AMQP 0-9-1, section
    3.1.3.3: a wildcard is a whole word, and words are separated by dots.
    """
    pattern = template.replace("{topic}", topic).replace("{priority}", "#").replace("{event_type}", "#")
    words = ["#" if "#" in word else word for word in pattern.split(".")]
    return ".".join(word for before, word in pairwise(["", *words]) if word != "#" or before != "#")


def require_routing_key(template: object) -> str:
    """Return `template` if routing keys can be made of it; raise `UsageError`, which says what it may hold."""
    if isinstance(template, str) and _TEMPLATE.fullmatch(template):
        return template
    shown = _described(template)
    parts = "{topic}, {priority}, {event_type} and what stands between them, no space, * or #"
    raise UsageError(f"the routing key is {shown}; it is made of {parts}, such as {ROUTING_KEY}")


def encode(notification: Notification, version: FormatVersion) -> bytes:
    """Return the message body of `notification` in the given format, with a fresh ``_unique_id`` if it has none.

    Raise `NotJsonError` if its content cannot be written as JSON.
    """
    message = {**notification.envelope, "_unique_id": urandom(16).hex(), **notification.context}
    body = dump(message)
    if version == "1.0":
        return body
    return dump({VERSION_KEY: version, MESSAGE_KEY: body.decode()})


def decode(body: bytes | str, properties: Mapping[str, Any] = _NONE) -> Notification | Unreadable:
    """Return the notification in a message body of either format, carried with the AMQP `properties`."""
    if (reason := told_in_headers(properties)) is not None:
        return Unreadable(reason)
    try:
        value = parse(body)
    except NotJsonError as error:
        return Unreadable(f"the body is not JSON: {why_no_json(body, properties, error)}")
    return unwrap(value)


def unwrap(body: Any) -> Notification | Unreadable:
    """Return the notification in a parsed message body of either format, or in a bare notification.

    So is one in an event of a form by which events are read now.
    """
    if type(body) is not dict:
        return Unreadable(f"expected a notification (a JSON object), found {_described(body)}")
    if VERSION_KEY not in body and MESSAGE_KEY not in body:
        return _notification(body, "1.0") if (envelope := told(body)) is None else Notification(envelope)
    return _unwrapped(body.get(VERSION_KEY), body.get(MESSAGE_KEY))


def unwrap_made(body: Mapping[str, Any]) -> Notification | Unreadable:
    """Return what `unwrap` does of a body that was not read but made, in which may stand what JSON cannot carry.

    An engine may take that for what it knows: a Decimal for a number.
    """
    made = dict(body)
    try:
        dump(made)
    except NotJsonError as error:
        if "64-bit" not in str(error):  # our writer has no larger integers; JSON does
            return Unreadable(f"it is not JSON: {error}")
    return unwrap(made)


def is_of_transport(key: str) -> bool:
    """Whether a key beside a notification's attributes is the transport's."""
    return key in _TRANSPORT or key.startswith("_context_")


def _unwrapped(version: Any, text: Any) -> Notification | Unreadable:
    if version not in READ_VERSIONS:
        why = "no consumer built on oslo.messaging reads another"
        number = "the number " if type(version) in (int, float) else ""  # which looks like the text that is meant
        return Unreadable(f"expected {VERSION_KEY} 2.0, found {number}{_described(version)}: {why}")
    if type(text) is not str:
        return Unreadable(f"expected {MESSAGE_KEY} to be JSON text, found {_described(text)}")
    try:
        inner = parse(text)
    except NotJsonError as error:
        return Unreadable(f"{MESSAGE_KEY} is not JSON: {error}")
    if type(inner) is not dict:
        return Unreadable(f"expected {MESSAGE_KEY} to hold a JSON object, found {_described(inner)}")
    content = _notification(inner, version)
    envelope = told(content.envelope)
    return content if envelope is None else Notification(envelope, content.context, version)


def _notification(message: dict[str, Any], version: str) -> Notification:
    # Any extra key that is not the transport's breaks the contract.
    extra = message.keys() - _ATTRIBUTES
    context = {key: message[key] for key in extra if is_of_transport(key)}
    if not context:
        return Notification(message, context, version)
    envelope = message.copy()
    for key in context:
        del envelope[key]
    return Notification(envelope, context, version)


def _described(value: Any) -> str:
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list):
        return "an array"
    return "nothing" if value is None else shortened(printable(repr(value)), 40)
