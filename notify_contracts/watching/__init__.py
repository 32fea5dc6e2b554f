"""Watching a bus: what passes is checked as it comes, by one watcher or by several that share a queue."""

from notify_contracts.watching.ledger import Ledger, Limit
from notify_contracts.watching.queues import NamedQueue, OwnQueue
from notify_contracts.watching.watch import Watch

__all__ = ["Ledger", "Limit", "NamedQueue", "OwnQueue", "Watch"]
