"""The files with which a catalog begins: what is the same for everybody, and a contract to be filled in."""

from collections.abc import Iterable, Mapping
from os import fsencode
from typing import Any
from urllib.parse import quote

from notify_contracts._schema import DIALECT
from notify_contracts._untrusted import parse
from notify_contracts.catalog.folder import ENVELOPE, EVENTS, MANIFEST, NOT_ENCODED
from notify_contracts.catalog.packaged import data_folder

_MODEL = "glance-emitted"
_SHARED = ("uuid4", "oslo_time")
_SOURCE = "Source: oslo.messaging's notifier; a recording of your service tells whether it is as it says here."
_TO_DO = "Source: say which page of a guide, or which recording."


def new_catalog(name: str, events: Iterable[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    """Return the content of the files of a new catalog, by their names; `events` are event types with a priority."""
    priorities: dict[str, list[str]] = {}
    for event_type, priority in events:
        of_event = priorities.setdefault(event_type, [])
        if priority not in of_event:
            of_event.append(priority)
    used = [priority for of_event in priorities.values() for priority in of_event]
    base = f"https://{name}.example/contracts/"
    return {
        MANIFEST: {
            "name": name,
            "id": base,
            "title": f"What {name} announces",
            "version": "1.0.0",
            "description": "Say in a sentence what these notifications are about.",
            "source": "Say where the rules come from: a guide, recordings.",
            "transport": {"exchange": name, "topic": "notifications"},
        },
        ENVELOPE: _envelope(base, used),
        "values.json": _values(base),
        **{
            f"{EVENTS}/{event_type}.json": _event(base, event_type, of_event)
            for event_type, of_event in priorities.items()
        },
    }


def _envelope(base: str, priorities: Iterable[str]) -> dict[str, Any]:
    envelope = _of_model(ENVELOPE) | {"$id": f"{base}{ENVELOPE}", "$comment": _SOURCE}
    priority = envelope["properties"]["priority"]
    priority["enum"] = list(dict.fromkeys([*priority["enum"], *priorities]))
    return envelope


def _values(base: str) -> dict[str, Any]:
    values = _of_model("values.json")
    forms: Mapping[str, Any] = values["$defs"]
    shared = {name: forms[name] | {"$comment": _SOURCE} for name in _SHARED}
    return values | {"$id": f"{base}values.json", "$comment": _SOURCE, "$defs": shared}


def _of_model(file: str) -> dict[str, Any]:
    content: dict[str, Any] = parse((data_folder() / _MODEL / file).read_bytes())
    return content


def _event(base: str, event_type: str, priorities: list[str]) -> dict[str, Any]:
    return {
        "$schema": DIALECT,
        "$id": f"{base}{EVENTS}/{quote(fsencode(event_type), safe=NOT_ENCODED)}.json",
        "title": event_type,
        "description": "Say what has happened.",
        "$comment": _TO_DO,
        "oneOf": [{"$ref": f"#/$defs/{priority}"} for priority in priorities],
        "$defs": {priority: _contract(event_type, priority) for priority in priorities},
    }


def _contract(event_type: str, priority: str) -> dict[str, Any]:
    """Return a contract that allows what its example holds and nothing else, so that nothing passes by oversight."""
    return {
        "title": f"{event_type} {priority}",
        "description": "Say what the payload tells.",
        "$comment": _TO_DO,
        "$ref": f"../{ENVELOPE}",
        "properties": {
            "event_type": {"const": event_type},
            "priority": {"const": priority},
            "payload": {
                "type": "object",
                "properties": {"id": {"title": "id of what it is about", "type": "string", "minLength": 1}},
                "required": ["id"],
                "additionalProperties": False,
            },
        },
        "examples": [
            {
                "message_id": "5d4fbb7a-7d0e-4c0f-9a86-1c8d7c0f5d11",
                "publisher_id": "service.host",
                "event_type": event_type,
                "priority": priority,
                "timestamp": "2026-11-22 09:32:55.730800",
                "payload": {"id": "1"},
            }
        ],
    }
