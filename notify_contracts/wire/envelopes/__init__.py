"""Envelopes of other services: where in an event of theirs each attribute of a notification stands."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.wire.envelopes.form import EnvelopeForm
    from notify_contracts.wire.envelopes.known import known_forms
    from notify_contracts.wire.envelopes.reading import event_seems_in, forms_read, read_as, reading_as, told

__all__ = ["EnvelopeForm", "event_seems_in", "forms_read", "known_forms", "read_as", "reading_as", "told"]
