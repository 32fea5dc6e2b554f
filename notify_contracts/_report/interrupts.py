"""Signals that wait until something is in order that they must not come in the middle of."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def deferred_interrupts() -> Iterator[None]:
    """Have SIGINT and SIGTERM do what they do only after the block; a second one of a kind ends the process at once."""
    import threading  # slow, and seldom needed

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        heard.append(number)

    before = {number: signal.signal(number, hear) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if heard:
        signal.raise_signal(max(heard))
