"""How much is done for one decision: an end to the time and to what is looked at."""

from time import thread_time

MOST_STEPS = 200_000
_SELDOM = 8  # asking for the time of a processor takes longer than most steps
DEEPEST = 90


class UndecidedError(Exception):
    """There may be a value or not; ``str()`` is a phrase that says why that is not decided."""


class Effort:
    """What one decision may cost: steps, seconds of a processor, and how deep it goes.

    Of a processor, for a machine that does much else must not leave undecided what a quiet one decides.
    """

    def __init__(self, seconds: float, steps: int = MOST_STEPS) -> None:
        self._end = thread_time() + seconds
        self._left = steps
        self.depth = 0
        self.tried = 0

    def step(self) -> None:
        """Count one step; raise UndecidedError where that was enough."""
        if self._left % _SELDOM == 0 and thread_time() > self._end:
            self._left = 0
        self._left -= 1
        if self._left < 0:
            raise ExhaustedError("there is too much to look at")


class ExhaustedError(UndecidedError):
    """No further step is done."""
