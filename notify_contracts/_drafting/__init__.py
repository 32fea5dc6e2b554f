"""Catalogs that nobody wrote: drafted from recordings, or from what else describes notifications."""

from notify_contracts._drafting.documents import (
    Files,
    Schema,
    contract,
    document,
    event_document,
    event_path,
    require_new,
    uri_of,
    write,
)

__all__ = [
    "Files",
    "Schema",
    "contract",
    "document",
    "event_document",
    "event_path",
    "require_new",
    "uri_of",
    "write",
]
