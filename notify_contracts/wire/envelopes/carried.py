"""What a message says of its body beside it: that the body is not all of what was sent, or is not as it was written."""

from collections.abc import Mapping
from typing import Any

_IN_HEADERS = ("cloudEvents:specversion", "cloudEvents_specversion")
_STRUCTURED = "application/cloudevents"
_COMPRESSIONS = frozenset(
    ("br", "bzip2", "compress", "deflate", "gzip", "lz4", "lzma", "snappy", "x-gzip", "xz", "zstd")
)

NOT_UTF8 = "not UTF-8: "
"""How a watch records the body of a message that is no text: JSON has no bytes."""


def properties_of(message: Mapping[str, Any]) -> Any:
    """Return the properties of a recorded message, with its headers, which may stand beside them."""
    properties, headers = message.get("properties") or {}, message.get("headers")
    if isinstance(headers, dict) and isinstance(properties, dict):
        return {"headers": headers, **properties}
    return properties


def told_in_headers(properties: Mapping[str, Any]) -> str | None:
    """Return why the body of a message alone is no event, None for any message but those of CloudEvents' binary mode.

    There the attributes of an event are headers, and the body is its data, whatever that looks like. Source:
    CloudEvents 1.0.2, "AMQP Protocol Binding", sections 3 and 3.1.
    """
    headers = properties.get("headers")
    if not isinstance(headers, Mapping) or (mark := next(filter(headers.__contains__, _IN_HEADERS), None)) is None:
        return None
    if str(properties.get("content_type")).startswith(_STRUCTURED):  # which may repeat the attributes
        return None
    return (
        f"expected a whole event in the body, found its attributes in headers ({mark}), as CloudEvents' binary mode "
        "has them: have it sent in structured mode (application/cloudevents+json)"
    )


def why_no_json(body: bytes | str, properties: Mapping[str, Any], error: Exception) -> str:
    """Return why a body is not the JSON that it should be: `error`, unless something is known that tells more.

    Sources: kombu 5.7 has the way of compression as a media type in the header ``compression``; RabbitMQ 4.0.5 gives
    consumers of AMQP 0-9-1 what was sent over AMQP 1.0 as a value, and not as data, as it was encoded.
    """
    if properties.get("type") == "amqp-1.0":
        return "it is a value of AMQP 1.0: have it sent as data"
    headers = properties.get("headers")
    by_header = headers.get("compression") if isinstance(headers, Mapping) else None
    for name, way in (("header compression", by_header), ("content_encoding", properties.get("content_encoding"))):
        if isinstance(way, str) and way.lower().removeprefix("application/").removeprefix("x-") in _COMPRESSIONS:
            return f"it is compressed, as its {name} says ({way}): have it sent as it is"
    if isinstance(body, str) and body.startswith(NOT_UTF8):
        return "it is not UTF-8"
    return str(error)
