"""Recordings checked by several processes, with the results in the order of the input."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._checking.parallel.pool import Pool

__all__ = ["Pool"]
