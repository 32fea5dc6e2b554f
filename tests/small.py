"""A small catalog of one contract, whatever its payload, and notifications of it."""

import json

from notify_contracts._drafting import contract, document, event_document, uri_of

BASE = "https://small.invalid/"


def notifications(*payloads, event_type="a.b"):
    """Yield a notification with each of the payloads."""
    for number, payload in enumerate(payloads):
        yield {"message_id": f"{number}", "event_type": event_type, "priority": "INFO", "payload": payload}


def write(root, payload, example, values=None, files=None, **manifest):
    """Write the catalog into a folder: the schema of the payload, one that keeps it, shared values, more files."""
    attributes = {name: {"type": "string"} for name in ("message_id", "event_type")}
    properties = {**attributes, "priority": {"type": "string", "enum": ["INFO"]}, "payload": {}}
    envelope = {"type": "object", "properties": properties}
    one = contract(("a.b", "INFO"), ("A contract.", "Made up."), payload, notifications(example))
    made = {
        "catalog.json": {
            "name": "small", "id": BASE, "title": "A small one", "description": "For tests.",
            "version": "1.2.3", "source": "Made up", "transport": {}, **manifest,
        },
        "notification.json": document(uri_of(BASE, "notification.json"), "notification", "Any.", envelope),
        "values.json": document(uri_of(BASE, "values.json"), "values", "Shared.", {"$defs": values or {}}),
        "events/a.b.json": event_document(BASE, "a.b", "Made up.", {"INFO": one}),
        **(files or {}),
    }  # fmt: skip
    for file, content in made.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(json.dumps(content, indent=2), encoding="utf-8")
    return root
