"""JSON Schemas that need no other file, in the draft of catalogs or in the one that most validators know."""

from collections.abc import Callable, Iterator
from typing import Any

from notify_contracts._export.bundle import Bundle
from notify_contracts._export.draft7 import as_draft7
from notify_contracts._export.selection import Selection
from notify_contracts._export.writers import Page
from notify_contracts._schema import DIALECT
from notify_contracts._untrusted import printable_json

_TAKEN_OFF = (
    "Take off what the transport adds (_unique_id, _context_*) before a notification is held against it, and assert "
    "format."
)
_HELD = "Events are held against it as they are sent; assert format."


class JsonSchema:
    """One schema for all chosen contracts, or a file per event type; ``#/$defs/image.create-INFO`` is one contract.

    `dialect` is the draft's own id, and `translated` says in that draft what a schema says in 2020-12.
    """

    def __init__(self, dialect: str, translated: Callable[[Any], Any]) -> None:
        self._dialect = dialect
        self._translated = translated

    def document(self, selection: Selection, /) -> str:
        """Return one schema that a notification keeps if it keeps one of the contracts."""
        catalog = selection.catalog
        return self._text(selection, "bundled.json", str(catalog.manifest.get("title", catalog.name)))

    def pages(self, selection: Selection, /) -> Iterator[Page]:
        """Yield one schema per event type."""
        for event in selection.events:
            name = f"{event.name}.json"
            yield Page(name, self._text(selection.of(event), f"bundled/{name}", event.name, event.description))

    def _text(self, selection: Selection, path: str, title: str, description: str = "") -> str:
        catalog = selection.catalog
        bundle = Bundle(catalog, "#/$defs/")
        references = [bundle.reference(contract) for contract in selection.contracts]
        schema = {
            "$id": catalog.uri(path),
            "title": title,
            "description": description or str(catalog.manifest.get("description", "")),
            "$comment": f"Bundled from {catalog.name} {catalog.version}. {_HELD if catalog.envelopes else _TAKEN_OFF}",
            "oneOf": references,
            "$defs": bundle.definitions,
        }
        return f"{printable_json({'$schema': self._dialect, **self._translated(schema)})}\n"


NEWEST = JsonSchema(DIALECT, lambda schema: schema)
DRAFT_7 = JsonSchema("http://json-schema.org/draft-07/schema#", as_draft7)
