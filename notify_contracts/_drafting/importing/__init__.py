"""Catalogs from what other people have: documented samples, classes of a service, other descriptions of messages."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._drafting.importing.asyncapi import from_asyncapi
    from notify_contracts._drafting.importing.envelopes import completed
    from notify_contracts._drafting.importing.fedora import from_fedora
    from notify_contracts._drafting.importing.files import problems
    from notify_contracts._drafting.importing.imported import Imported, LeftOut
    from notify_contracts._drafting.importing.samples import Document, documents, from_samples
    from notify_contracts._drafting.importing.versionedobjects import Wishes, from_versionedobjects

__all__ = [
    "Document",
    "Imported",
    "LeftOut",
    "Wishes",
    "completed",
    "documents",
    "from_asyncapi",
    "from_fedora",
    "from_samples",
    "from_versionedobjects",
    "problems",
]
