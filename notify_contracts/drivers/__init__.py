"""Drivers carry notifications: to nowhere, a log, memory or a broker; users add theirs by entry point."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.drivers.base import Driver
    from notify_contracts.drivers.registry import ENTRY_POINT_GROUP, REGISTRY, create, names

__all__ = ["ENTRY_POINT_GROUP", "REGISTRY", "Driver", "create", "names"]
