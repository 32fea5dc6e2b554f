"""Consumers as their own files tell of them: ours, Ceilometer's."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._comparison.needs.reading.consumers import read_consumers

__all__ = ["read_consumers"]
