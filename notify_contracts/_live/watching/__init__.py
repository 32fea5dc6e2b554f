"""Watching a bus: what passes is checked as it comes, by one watcher or by several that share a queue."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._live.watching.ledger import Ledger, Limit, Sink
    from notify_contracts._live.watching.metrics import served_metrics
    from notify_contracts._live.watching.queues import LENGTH, NamedQueue, OwnQueue, Queue
    from notify_contracts._live.watching.sinks import RECORDING_BEGINNING, RecordingLines, VerdictLines
    from notify_contracts._live.watching.watch import Watch

__all__ = [
    "LENGTH",
    "RECORDING_BEGINNING",
    "Ledger",
    "Limit",
    "NamedQueue",
    "OwnQueue",
    "Queue",
    "RecordingLines",
    "Sink",
    "VerdictLines",
    "Watch",
    "served_metrics",
]
