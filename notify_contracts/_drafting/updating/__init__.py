"""A catalog brought up to date with recordings: what reality contradicts is made wider, all else stays as it is."""

from notify_contracts._base import later

with later(__name__):
    from notify_contracts._drafting.updating.round import Change
    from notify_contracts._drafting.updating.updating import Updated, Updating, update

__all__ = ["Change", "Updated", "Updating", "update"]
