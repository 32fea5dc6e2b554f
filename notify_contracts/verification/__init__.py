"""An emitter held against a catalog, end to end: what goes in at a driver and what comes out behind it."""

from notify_contracts.verification.passages import Passage, verify_drivers

__all__ = ["Passage", "verify_drivers"]
