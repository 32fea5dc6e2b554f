"""The times that notifications tell, as texts whose order is that of time."""

import re
from datetime import UTC, datetime, tzinfo

from notify_contracts._checking.period import moment

_FORM = re.compile(r"\d{4}-\d\d-\d\d([T ])\d\d:\d\d:\d\d(?:\.(\d+))?(Z|[+-].*)?", re.ASCII)
_DAY, _SECONDS, _MICROSECONDS = len("2026-11-22 "), len("2026-11-22 10:00:00"), 6
_AFTER = "~"  # anything that stands behind a day


class Clock:
    """Gives times the form of the first of them, oslo.messaging's if that has none that is known.

    A text is of that form that is greater than a time, less than `horizon`, the end of the last day that was told,
    as long as `length` and ends with `suffix`. `last` is the time that was told last.
    """

    __slots__ = ("_form", "_zone", "horizon", "last", "length", "suffix")

    def __init__(self) -> None:
        self.horizon = self.suffix = self.last = ""
        self.length = 0
        self._form: tuple[str, int] = " ", _MICROSECONDS
        self._zone: tzinfo | None = UTC

    def has(self, timestamp: str) -> bool:
        """Whether a time has the form that all have, and is of no later day."""
        return "0" < timestamp < self.horizon and len(timestamp) == self.length and timestamp.endswith(self.suffix)

    def plain(self, timestamp: str) -> str:
        """Return a time in the form that all have, as exact as that is; empty where a text tells no time."""
        if timestamp == self.last:
            return timestamp
        if (told := moment(timestamp)) is None:
            return ""
        parts = _FORM.fullmatch(timestamp)
        form, suffix = (" ", _MICROSECONDS), ""
        if parts is not None:
            form, suffix = (parts[1], len(parts[2] or "")), parts[3] or ""
        if not self.length:
            self._form, self.suffix, self._zone = form, suffix, told.tzinfo if parts is not None else UTC
            self.length = _SECONDS + len(suffix) + (form[1] and 1 + form[1])
        if parts is None or (form, suffix) != (self._form, self.suffix):
            try:
                timestamp = self._formed(told)
            except OverflowError:  # a year before the first or after the last, in this zone
                return ""
        self.horizon = max(self.horizon, timestamp[:_DAY] + _AFTER)
        self.last = timestamp
        return timestamp

    def _formed(self, told: datetime) -> str:
        separator, digits = self._form
        exact = told.astimezone(self._zone).replace(tzinfo=None).isoformat(separator, "microseconds")
        fraction = exact[_SECONDS:].ljust(1 + digits, "0")[: digits and 1 + digits]
        return f"{exact[:_SECONDS]}{fraction}{self.suffix}"
