"""The texts that keep some patterns and break others: whether there is one, and which are the shortest."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._comparison.inclusion.languages.product import Language, language

__all__ = ["Language", "language"]
