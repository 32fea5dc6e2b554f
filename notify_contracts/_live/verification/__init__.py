"""An emitter held against a catalog, end to end: what goes in at a driver and what comes out behind it."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._live.verification.amqp_facts import Fact, amqp_differences
    from notify_contracts._live.verification.drivers import verify_drivers

__all__ = ["Fact", "amqp_differences", "verify_drivers"]
