"""The reference emitter, and who is told of what this process emits."""

from notify_contracts.emitting.notifier import Notifier
from notify_contracts.emitting.observers import Emission, Undelivered, observing, tell

__all__ = ["Emission", "Notifier", "Undelivered", "observing", "tell"]
