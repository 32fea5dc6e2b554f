"""How oslo.messaging has a broker carry a notification, and where a message was carried otherwise."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from notify_contracts._untrusted import printable
from notify_contracts.model import Notification, Unreadable
from notify_contracts.wire import routing_key

Fact = Literal["exchange", "routing key", "properties", "format version", "_unique_id"]

_PROPERTIES = {
    "content_type": "application/json",
    "content_encoding": "utf-8",
    "delivery_mode": 2,
    "priority": 0,
    "headers": {},
}
"""Source: the properties of messages recorded from Glance 33; there are no others."""

_UNIQUE_ID = re.compile("[0-9a-f]{32}")


class AmqpDifference(NamedTuple):
    """That the `number`-th message, from 1, was not carried as oslo.messaging does; `message` is one line."""

    number: int
    fact: Fact
    message: str


def amqp_differences(
    received: Sequence[Notification | Unreadable],
    exchange: str,
    topic: str,
    version: str,
    template: str,
) -> Iterator[AmqpDifference]:
    """Yield every fact of every message that is not oslo.messaging's; what no broker carried has none.

    `template` says how the service makes a routing key.
    """
    unique_ids: set[Any] = set()
    for number, came in enumerate(received, 1):
        if isinstance(came, Unreadable) or came.delivery is None:
            continue
        facts: dict[Fact, tuple[Any, Any]] = {
            "exchange": (exchange, came.delivery.exchange),
            "routing key": (
                routing_key(topic, str(came.priority), str(came.event_type), template),
                came.delivery.routing_key,
            ),
            "properties": (_PROPERTIES, dict(came.delivery.properties)),
            "format version": (version, came.format_version),
        }
        for fact, (wanted, found) in facts.items():
            if found != wanted:
                message = f"expected {fact} {wanted}, received {printable(str(found))}"
                yield AmqpDifference(number, fact, message)
        unique_id = came.context.get("_unique_id")
        if not isinstance(unique_id, str) or not _UNIQUE_ID.fullmatch(unique_id):
            message = f"expected a _unique_id of 32 hex digits, received {printable(str(unique_id))}"
            yield AmqpDifference(number, "_unique_id", message)
        elif unique_id in unique_ids:
            message = f"expected a _unique_id of its own, received {unique_id} again"
            yield AmqpDifference(number, "_unique_id", message)
        unique_ids.add(unique_id)
