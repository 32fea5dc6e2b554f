"""A period of time, and whether a notification says of itself that it is from then."""

from datetime import UTC, datetime

from notify_contracts._base import dataclass


@dataclass(frozen=True)
class Period:
    """The time from `since` on and before `until`, each of which may be None; both know their offset from UTC."""

    since: datetime | None = None
    until: datetime | None = None

    def __contains__(self, timestamp: object) -> bool:
        """Whether a notification with this timestamp is to be looked at; one that tells no time always is."""
        if self.since is None and self.until is None:
            return True
        told = moment(timestamp)
        if told is None:
            return True
        return (self.since is None or told >= self.since) and (self.until is None or told < self.until)


def moment(text: object) -> datetime | None:
    """Return the time that `text` tells, None if it tells none, or is no text.

    It has a form of ISO 8601, of which the day is enough; without an offset it is UTC, as oslo.messaging's timestamps.
    """
    try:
        told = datetime.fromisoformat(text)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return told if told.tzinfo is not None else told.replace(tzinfo=UTC)
