"""JSON Schemas (2020-12) that need no other file."""

from collections.abc import Iterator
from typing import Any

from notify_contracts._export.bundle import Bundle
from notify_contracts._export.selection import Selection
from notify_contracts._export.writers import Page
from notify_contracts._untrusted import printable_json

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class JsonSchema:
    """One schema for all chosen contracts, or a file per event type; ``#/$defs/image.create-INFO`` is one contract."""

    def document(self, selection: Selection, /) -> str:
        """Return one schema that a notification keeps if it keeps one of the contracts."""
        catalog = selection.catalog
        return _text(selection, "bundled.json", str(catalog.manifest.get("title", catalog.name)))

    def pages(self, selection: Selection, /) -> Iterator[Page]:
        """Yield one schema per event type."""
        for event in selection.events:
            name = f"{event.name}.json"
            yield Page(name, _text(selection.of(event), f"bundled/{name}", event.name, event.description))


def _text(selection: Selection, path: str, title: str, description: str = "") -> str:
    catalog = selection.catalog
    bundle = Bundle(catalog, "#/$defs/")
    references = [bundle.reference(contract) for contract in selection.contracts]
    schema: dict[str, Any] = {
        "$schema": _DIALECT,
        "$id": catalog.uri(path),
        "title": title,
        "description": description or str(catalog.manifest.get("description", "")),
        "$comment": f"Bundled from {catalog.name} {catalog.version}. Take off what the transport adds (_unique_id, "
        "_context_*) before a notification is held against it, and assert format.",
        "oneOf": references,
        "$defs": bundle.definitions,
    }
    return f"{printable_json(schema)}\n"


JSON_SCHEMA = JsonSchema()
