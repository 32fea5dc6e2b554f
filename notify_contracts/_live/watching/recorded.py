"""A message as a line of a recording, and what is read of it: to a watch it is what `check` makes of that line."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from notify_contracts._amqp import Arrival
from notify_contracts._untrusted import NotJsonError, dump
from notify_contracts.capture import Recording
from notify_contracts.model import Notification, Unreadable
from notify_contracts.wire.envelopes import NOT_UTF8

_SURELY_READ = 2 * 1024 * 1024
"""Bytes of a body whose line is read for sure: written as JSON, a byte takes six at most, of 16 MiB."""


def content_of(arrival: Arrival) -> Notification | Unreadable:
    """Return what arrived; as unreadable what takes more room in a recording than is read of one."""
    if len(arrival.body) > _SURELY_READ:
        with Recording("", BytesIO(recording_line(arrival))) as recording:
            for content, _ in recording:
                if isinstance(content, Unreadable):
                    return content
    return arrival.decoded()


def recording_line(arrival: Arrival) -> bytes:
    """Return a message as a line of JSON.

    A body that is not UTF-8 has no place in JSON; what stands for it is as unreadable and shows what it was.
    """
    delivery = arrival.delivery
    try:
        body = arrival.body.decode()
    except UnicodeDecodeError:
        body = f"{NOT_UTF8}{arrival.body.decode(errors='backslashreplace')}"
    line = {
        "exchange": delivery.exchange,
        "routing_key": delivery.routing_key,
        "properties": delivery.properties,
        "body": body,
        **({"redelivered": True} if delivery.redelivered else {}),
    }
    try:
        return dump(line) + b"\n"
    except NotJsonError:  # AMQP knows bytes, times and decimals
        return dump(line | {"properties": _plain(delivery.properties)}) + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(_plain(name)): _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, bytes | bytearray):
        return value.decode(errors="backslashreplace")
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
