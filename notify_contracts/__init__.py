"""Contracts for event notifications: check what was sent, emit what is right, verify an emitter end to end."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._checking import Summary, check
    from notify_contracts.capture import Recording
    from notify_contracts.catalog import Catalog, Contract, load
    from notify_contracts.emitting import Notifier
    from notify_contracts.model import Delivery, Location, Notification, Priority, Unreadable, Verdict, Violation

__all__ = [
    "Catalog",
    "Contract",
    "Delivery",
    "Location",
    "Notification",
    "Notifier",
    "Priority",
    "Recording",
    "Summary",
    "Unreadable",
    "Verdict",
    "Violation",
    "check",
    "load",
]
