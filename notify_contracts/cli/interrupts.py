"""Signals end a command: one that runs until somebody stops it ends well, any other as an interrupt ends it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Terminated(KeyboardInterrupt):
    """Somebody wants the command to end: SIGTERM was sent, and what is to be done is that of an interrupt."""


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


@contextmanager
def terminable() -> Iterator[list[int]]:
    """Raise `Terminated` in the main thread at the first SIGTERM within the block; a second one ends the process.

    Give a list that has its number from then on: Python drops an exception that is raised in a callback of a weak
    reference, which every import has.
    """
    heard: list[int] = []

    def terminate(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        heard.append(number)
        raise Terminated

    try:
        is_ours = signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        if is_ours:
            signal.signal(signal.SIGTERM, terminate)
    except ValueError:  # no other thread than the main one may
        is_ours = False
    if not is_ours:
        yield heard
        return
    try:
        yield heard
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
