"""The envelope of a catalog whose source says little of it: what oslo.messaging puts around every payload."""

from collections.abc import Iterable, Mapping
from typing import Any

from notify_contracts._drafting.documents import VALUES, Schema
from notify_contracts._drafting.inference.text_forms import forms
from notify_contracts.model import ENVELOPE_ATTRIBUTES

PRIORITIES = ("AUDIT", "DEBUG", "INFO", "WARN", "ERROR", "CRITICAL", "SAMPLE")
"""The methods of oslo.messaging's Notifier; its ``warning`` sends WARN."""

STAND_INS: Mapping[str, str] = {
    "message_id": "00000000-0000-4000-8000-000000000000",
    "publisher_id": "unknown.invalid",
    "timestamp": "2000-01-01 00:00:00.000000",
}
"""What stands in an example or a document for an attribute that only the transport, or nobody, gives it."""

_SENT = "Source: oslo.messaging, which gives it to every notification"
_FORMS = {"message_id": "uuid4", "timestamp": "oslo_time_any"}
_WORDS = {
    "message_id": "Tells this notification from every other.",
    "publisher_id": "Who sends it: the service and its host, as the operator configured them.",
    "event_type": "Names what happened, and so, with the priority, the contract.",
    "priority": "How grave it is, in upper case.",
    "timestamp": "When the notification was made, in UTC.",
    "payload": "What the event has to say, as the contract says.",
}


def oslo_envelope(comment: str, priorities: Iterable[str] = PRIORITIES, **others: Schema) -> Schema:
    """Return the schema of an envelope as oslo.messaging sends it; `others` say more of some attributes."""
    properties: dict[str, Schema] = {}
    for name in ENVELOPE_ATTRIBUTES:
        schema: Schema = {"description": _WORDS[name]}
        if name in others:
            schema |= others[name]
        elif name in _FORMS:
            schema |= {"$comment": _SENT, "$ref": f"{VALUES}#/$defs/{_FORMS[name]}", "type": "string"}
        elif name == "priority":
            schema |= {"$comment": comment, "type": "string", "enum": list(priorities)}
        elif name == "payload":
            schema |= {"$comment": comment, "type": "object"}
        else:
            schema |= {"$comment": comment, "type": "string", "minLength": 1}
        properties[name] = schema
    properties["event_type"].pop("minLength", None)
    more = {name: schema for name, schema in others.items() if name not in properties}
    return {
        "$comment": comment,
        "type": "object",
        "required": list(ENVELOPE_ATTRIBUTES),
        "properties": properties | more,
        "additionalProperties": False,
    }


def oslo_values() -> dict[str, Any]:
    """Return the forms of values that the envelope refers to, by name."""
    return {name: dict(forms()[name].schema) for name in _FORMS.values()}


def completed(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a documented notification as the transport would send it: with stand-ins for what it lacks."""
    return {
        **{name: STAND_INS[name] for name in STAND_INS if name not in document},
        **document,
    }
