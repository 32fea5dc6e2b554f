"""The clock of an emitter: the time that a timestamp states, and a time zone that is not UTC."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

_FAR_FROM_UTC = "<+0545>-05:45"  # in POSIX's form, which needs no database of time zones


def moment(timestamp: Any) -> datetime | None:
    """Return the aware time of a timestamp in ISO 8601, in UTC where it names no zone; None if it is none."""
    try:
        found = datetime.fromisoformat(timestamp)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@contextmanager
def in_another_time_zone() -> Iterator[None]:
    """Put this process into a time zone that is not UTC."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = _FAR_FROM_UTC
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()
