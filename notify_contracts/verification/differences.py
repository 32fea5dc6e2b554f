"""Where what came out is not what went in, in a line each."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from notify_contracts.model import Notification, Unreadable
from notify_contracts.text import printable, shortened
from notify_contracts.broker.scratch import Scratch
from notify_contracts.wire import routing_key

Content = Notification | Unreadable

_PROPERTIES = {
    "content_type": "application/json",
    "content_encoding": "utf-8",
    "delivery_mode": 2,
    "priority": 0,
    "headers": {},
}
"""Source: the properties of messages recorded from Glance 33; there are no others."""

_UNIQUE_ID = re.compile("[0-9a-f]{32}")


def differences(sent: Sequence[Notification], received: Sequence[Content]) -> Iterator[str]:
    """Yield a line for everything missing, too much, out of order or changed."""
    for number, (wanted, came) in enumerate(zip_longest(sent, received), 1):
        if wanted is None:
            yield f"{number}: expected nothing more, received {_named(came)}"
        elif came is None:
            yield f"{number}: expected {_named(wanted)}, received nothing"
        elif isinstance(came, Unreadable):
            yield f"{number}: expected {_named(wanted)}, received what cannot be read: {printable(came.reason)}"
        elif came.envelope != wanted.envelope:
            changed = [name for name in wanted.envelope if came.envelope.get(name) != wanted.envelope[name]]
            what = f"another {', '.join(changed)}" if changed else "more than was sent"
            yield f"{number}: expected {_named(wanted)}, received {_named(came)} with {what}"


def wire_differences(received: Sequence[Content], names: Scratch, version: str) -> Iterator[str]:
    """Yield a line for every message whose AMQP facts are not those of oslo.messaging."""
    unique_ids: set[Any] = set()
    for number, came in enumerate(received, 1):
        if isinstance(came, Unreadable) or came.delivery is None:
            continue
        facts = {
            "exchange": (names.exchange, came.delivery.exchange),
            "routing key": (routing_key(names.topic, str(came.priority)), came.delivery.routing_key),
            "properties": (_PROPERTIES, dict(came.delivery.properties)),
            "format version": (version, came.format_version),
        }
        for what, (wanted, found) in facts.items():
            if found != wanted:
                yield f"{number}: expected {what} {wanted}, received {printable(str(found))}"
        unique_id = came.context.get("_unique_id")
        if not isinstance(unique_id, str) or not _UNIQUE_ID.fullmatch(unique_id):
            yield f"{number}: expected a _unique_id of 32 hex digits, received {printable(str(unique_id))}"
        elif unique_id in unique_ids:
            yield f"{number}: expected a _unique_id of its own, received {unique_id} again"
        unique_ids.add(unique_id)


def _named(content: Any) -> str:
    if isinstance(content, Unreadable):
        return "what cannot be read"
    named = f"{content.event_type} {content.priority} {content.message_id}"
    return shortened(printable(named), 120)
