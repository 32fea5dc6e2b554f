"""Lifecycles learned from recordings: which field tells resources apart, and which notifications follow each other."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._drafting.inference.lives.drafting import lifecycles
    from notify_contracts._drafting.inference.lives.fields import IDS
    from notify_contracts._drafting.inference.lives.following import Follower, Following
    from notify_contracts._drafting.inference.lives.identifying import Identity, identities, kind_of
    from notify_contracts._drafting.inference.lives.steps import unordered

__all__ = ["IDS", "Follower", "Following", "Identity", "identities", "kind_of", "lifecycles", "unordered"]
