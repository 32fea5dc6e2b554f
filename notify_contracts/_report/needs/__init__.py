"""The needs of consumers held against a catalog, for readers: one standing, several forms."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._report.needs.standing import Standing
    from notify_contracts._report.needs.writers import NEEDS_FORMATS, formatted_needs

__all__ = ["NEEDS_FORMATS", "Standing", "formatted_needs"]
