"""The clock that deadlines run on: a test that stops Python's own (freezegun) does not stop it."""

import time


def monotonic() -> float:
    """Return the seconds since some moment, as `time.monotonic` does where nobody has replaced it."""
    return time.clock_gettime(time.CLOCK_MONOTONIC)
