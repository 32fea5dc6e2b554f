"""A catalog as documents: JSON Schemas that stand alone, AsyncAPI, and pages for people."""

from notify_contracts.export.formats import FORMATS, Format, Page, format_named
from notify_contracts.export.selection import Event, Selection

__all__ = ["FORMATS", "Event", "Format", "Page", "Selection", "format_named"]
