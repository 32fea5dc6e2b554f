"""The oslo.messaging notification formats 1.0 and 2.0, routing keys, and the envelopes of other services."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.wire.formats import (
        EVERY_TOPIC,
        FORMAT_VERSIONS,
        MESSAGE_KEY,
        PRIORITIES,
        READ_VERSIONS,
        ROUTING_KEY,
        VERSION_KEY,
        FormatVersion,
        binding_key,
        decode,
        encode,
        is_of_transport,
        require_routing_key,
        routing_key,
        timestamp,
        unwrap,
        unwrap_made,
    )

__all__ = [
    "EVERY_TOPIC",
    "FORMAT_VERSIONS",
    "MESSAGE_KEY",
    "PRIORITIES",
    "READ_VERSIONS",
    "ROUTING_KEY",
    "VERSION_KEY",
    "FormatVersion",
    "binding_key",
    "decode",
    "encode",
    "is_of_transport",
    "require_routing_key",
    "routing_key",
    "timestamp",
    "unwrap",
    "unwrap_made",
]
