"""One delivery as it comes off the wire, and the notification in it."""

import re
from typing import Any, NamedTuple

from notify_contracts.model import Delivery, Notification, Unreadable
from notify_contracts.wire import decode

PREFETCH = 500
"""The most deliveries that may be unacknowledged; one acknowledgement stands for half as many."""

SENTINEL = "notify-contracts.tap."
"""How the routing key of a tap's sentinel begins: it goes through the exchange as notifications do, and is none."""

_TOKEN = re.compile(b"[0-9a-f]{32}")
_PROPERTIES = (
    "content_type",
    "content_encoding",
    "headers",
    "delivery_mode",
    "priority",
    "correlation_id",
    "reply_to",
    "expiration",
    "message_id",
    "timestamp",
    "type",
    "user_id",
    "app_id",
    "cluster_id",
)


class Arrival(NamedTuple):
    """One delivery as pika hands it over."""

    method: Any
    properties: Any
    body: bytes

    @property
    def delivery(self) -> Delivery:
        """How the broker carried it."""
        found = vars(self.properties)
        properties = {name: found[name] for name in _PROPERTIES if found.get(name) is not None}
        method = self.method
        return Delivery(_text(method.exchange), _text(method.routing_key), properties, bool(method.redelivered))

    @property
    def is_sentinel(self) -> bool:
        """Whether a tap, ours or another's, has sent it to find the end of what came before."""
        return _text(self.method.routing_key).startswith(SENTINEL) and bool(_TOKEN.fullmatch(self.body))

    @property
    def stream_offset(self) -> int | None:
        """Where it stands in a stream, which the broker puts into its headers; None where the queue is none."""
        offset = (self.properties.headers or {}).get("x-stream-offset")
        return int(offset) if isinstance(offset, int) else None  # pika has a type of its own for long ones

    def decoded(self) -> Notification | Unreadable:
        """Return the notification, with its delivery."""
        delivery = self.delivery
        content = decode(self.body, delivery.properties)
        if isinstance(content, Unreadable):
            return content
        return Notification(content.envelope, content.context, content.format_version, delivery)


def _text(name: str | bytes) -> str:
    """Return a name as text; pika leaves as bytes what is not UTF-8."""
    return name if isinstance(name, str) else name.decode(errors="backslashreplace")
