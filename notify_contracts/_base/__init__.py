"""What every room stands on: faces, dataclasses that are quick to import, free names, and the release."""

from notify_contracts._base.faces import later

with later(__name__):
    from notify_contracts._base.dataclasses import dataclass, refuse_truth
    from notify_contracts._base.naming import free
    from notify_contracts._base.signals import without_signals
    from notify_contracts._base.versions import DISTRIBUTION, RENAMED, WarnsWhenUsed, WasTuple, release, renamed

__all__ = [
    "DISTRIBUTION",
    "RENAMED",
    "WarnsWhenUsed",
    "WasTuple",
    "dataclass",
    "free",
    "later",
    "refuse_truth",
    "release",
    "renamed",
    "without_signals",
]
