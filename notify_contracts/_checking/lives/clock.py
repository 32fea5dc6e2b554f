"""The times that notifications tell, as values that can be compared with each other."""

from datetime import UTC, datetime

from notify_contracts._checking.period import since_1970


class Clock:
    """Reads times. All have an offset from UTC or none has, as the first; what has none is UTC, as oslo.messaging's.

    `latest` is the latest that a recording told so far, `now` that of all recordings; None before one was told.
    """

    __slots__ = ("_before", "_has_offset", "latest")

    def __init__(self) -> None:
        self._has_offset: bool | None = None
        self._before: datetime | None = None
        self.latest: datetime | None = None

    def begin(self) -> None:
        """Go on with another recording."""
        self._before, self.latest = self.now, None

    @property
    def now(self) -> datetime | None:
        """The latest time of all."""
        return _later(self._before, self.latest)

    def hear(self, timestamp: object) -> datetime | None:
        """Return the time that a notification tells, None if it tells none; remember the latest."""
        told = self.read(timestamp)
        if told is not None:
            self._has_offset = told.tzinfo is not None
            self.latest = _later(self.latest, told)
        return told

    def read(self, timestamp: object) -> datetime | None:
        """Return the time that a text or a number tells, None for any other value."""
        try:
            told = datetime.fromisoformat(timestamp) if isinstance(timestamp, str) else since_1970(timestamp)
            if told is None:
                return None
            if self._has_offset in (None, told.tzinfo is not None):
                return told
            return told.replace(tzinfo=UTC) if self._has_offset else told.astimezone(UTC).replace(tzinfo=None)
        except (ValueError, OverflowError):  # a year before the first or after the last, without the offset
            return None


def shown(time: datetime | None) -> str:
    """Return a time as a text, in the form that oslo.messaging gives times or in that of RFC 3339."""
    if time is None:
        return ""
    return str(time) if time.tzinfo is None else time.isoformat().replace("+00:00", "Z")


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)
