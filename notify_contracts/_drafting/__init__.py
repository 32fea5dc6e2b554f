"""Catalogs that nobody wrote: drafted from recordings, or from what else describes notifications."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._drafting.documents import (
        LONGEST_NAME,
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
    from notify_contracts._drafting.drift import UNDECLARED, UNSEEN, Difference, differences

__all__ = [
    "LONGEST_NAME",
    "UNDECLARED",
    "UNSEEN",
    "Difference",
    "Files",
    "Schema",
    "contract",
    "differences",
    "document",
    "event_document",
    "event_path",
    "require_new",
    "uri_of",
    "write",
]
