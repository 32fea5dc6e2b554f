"""A period of time, and whether a notification says of itself that it is from then."""

from datetime import UTC, datetime

from notify_contracts._base import dataclass

_UNITS = (1, 10**3, 10**6, 10**9)
_FIRST, _LAST = 10**8, 10**10  # seconds


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


def moment(told: object) -> datetime | None:
    """Return the time that a text or a number tells, None if it tells none.

    A text has a form of ISO 8601, of which the day is enough; without an offset it is UTC, as oslo.messaging's. What a
    number tells, `since_1970` does.
    """
    try:
        time = datetime.fromisoformat(told)  # type: ignore[arg-type]
    except TypeError:
        return since_1970(told)
    except ValueError:
        return None
    return time if time.tzinfo is not None else time.replace(tzinfo=UTC)


def since_1970(number: object) -> datetime | None:
    """Return the time that a number tells, None for any other value, and for a time before 1973 or after 2286.

    It counts seconds, thousandths, millionths or billionths of them; how large it is tells which.
    """
    if type(number) not in (int, float):
        return None
    for unit in _UNITS:
        if _FIRST <= (seconds := number / unit) < _LAST:  # type: ignore[operator]
            return datetime.fromtimestamp(seconds, UTC)
    return None
