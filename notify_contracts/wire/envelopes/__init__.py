"""Envelopes of other services: where in an event of theirs each attribute of a notification stands."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.wire.envelopes.carried import NOT_UTF8, properties_of, told_in_headers, why_no_json
    from notify_contracts.wire.envelopes.form import ASYNCAPI_MEMBER, EnvelopeForm
    from notify_contracts.wire.envelopes.known import known_forms
    from notify_contracts.wire.envelopes.naming import MARK, named_in_json, named_in_print
    from notify_contracts.wire.envelopes.places import MISSING, value_at
    from notify_contracts.wire.envelopes.reading import (
        event_seems_in,
        event_seems_printed_in,
        forms_read,
        has_body,
        is_event_otherwise,
        keys_read,
        lacked_by,
        read_as,
        reading_as,
        told,
    )
    from notify_contracts.wire.envelopes.sources import Source

__all__ = [
    "ASYNCAPI_MEMBER",
    "MARK",
    "MISSING",
    "NOT_UTF8",
    "EnvelopeForm",
    "Source",
    "event_seems_in",
    "event_seems_printed_in",
    "forms_read",
    "has_body",
    "is_event_otherwise",
    "keys_read",
    "known_forms",
    "lacked_by",
    "named_in_json",
    "named_in_print",
    "properties_of",
    "read_as",
    "reading_as",
    "told",
    "told_in_headers",
    "value_at",
    "why_no_json",
]
