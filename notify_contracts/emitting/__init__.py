"""The reference emitter, and who is told of what this process emits."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.emitting.emission import Emission, Emitted, Lost, Undelivered
    from notify_contracts.emitting.notifier import Notifier
    from notify_contracts.emitting.observers import observing, tell
    from notify_contracts.emitting.relaying import LISTENERS_VARIABLE, LOSS, Listener, relay, relayed, written

__all__ = [
    "LISTENERS_VARIABLE",
    "LOSS",
    "Emission",
    "Emitted",
    "Listener",
    "Lost",
    "Notifier",
    "Undelivered",
    "observing",
    "relay",
    "relayed",
    "tell",
    "written",
]
