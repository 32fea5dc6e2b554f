"""A catalog as documents: JSON Schemas that stand alone, AsyncAPI, and pages for people."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._export.selection import Selection
    from notify_contracts._export.writers import FORMATS, Format, format_named

__all__ = ["FORMATS", "Format", "Selection", "format_named"]
