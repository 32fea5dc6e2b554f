"""Ceilometer's own files: definitions of events, meters and resources, as version 27.0.0 reads them."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._comparison.needs.reading.ceilometer.consumer import ceilometer, is_ceilometers

__all__ = ["ceilometer", "is_ceilometers"]
