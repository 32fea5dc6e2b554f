"""A conformance kit for pytest: derive a class, give it your emitter or your consumer, and it brings the tests."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts.conformance.bus import BusConformance
    from notify_contracts.conformance.consumer import ConsumerConformance
    from notify_contracts.conformance.emitter import EmitterConformance
    from notify_contracts.conformance.lives import LifeConformance

__all__ = ["BusConformance", "ConsumerConformance", "EmitterConformance", "LifeConformance"]
