"""Consumers held against everything their contracts allow, and everything that breaks them, by hypothesis."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.fuzzing.consumer import fuzz_consumer
    from notify_contracts.fuzzing.failures import ConsumerFailedError

__all__ = ["ConsumerFailedError", "fuzz_consumer"]
