"""A live view of what passes through an exchange, for tests: nothing is awaited by sleeping."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.tap.tap import Tap

__all__ = ["Tap"]
