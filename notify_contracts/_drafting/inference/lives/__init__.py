"""Lifecycles learned from recordings: which field tells resources apart, and which notifications follow each other."""

from notify_contracts._release import later

with later(__name__):
    from notify_contracts._drafting.inference.lives.drafting import lifecycles, unordered
    from notify_contracts._drafting.inference.lives.following import Following
    from notify_contracts._drafting.inference.lives.identifying import Identity, identities

__all__ = ["Following", "Identity", "identities", "lifecycles", "unordered"]
