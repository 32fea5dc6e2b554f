"""Signals stop a command that runs until somebody stops it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop(BaseException):
    """Somebody wants the command to end, and to end well."""


class Stops:
    """Raises `Stop` in the main thread at the first SIGINT or SIGTERM; a second one ends the process at once."""

    def __init__(self) -> None:
        self.asked = False
        self._deferred = False

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """Raise `Stop` only after the block, which looks at `asked` by itself: drawing must not be cut short."""
        self._deferred = True
        try:
            yield
        finally:
            self._deferred = False
        if self.asked:
            raise Stop

    def hear(self, _number: int, _frame: FrameType | None) -> None:
        """Handle a signal."""
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        self.asked = True
        if not self._deferred:
            raise Stop


@contextmanager
def stoppable() -> Iterator[Stops]:
    """Hear signals within the block."""
    stops = Stops()
    before = {number: signal.signal(number, stops.hear) for number in _SIGNALS}
    try:
        yield stops
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
