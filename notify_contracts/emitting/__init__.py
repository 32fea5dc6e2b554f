"""The reference emitter, and who is told of what this process emits."""

from notify_contracts.emitting.notifier import Notifier
from notify_contracts.emitting.observers import Emission, Emitted, Lost, Undelivered, observing, tell

__all__ = ["Emission", "Emitted", "Lost", "Notifier", "Undelivered", "observing", "tell"]
