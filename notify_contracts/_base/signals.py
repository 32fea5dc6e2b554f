"""Signals that the threads and processes do not hear which are started meanwhile."""

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


@contextmanager
def without_signals(numbers: Iterable[int]) -> Iterator[None]:
    """Have this thread, and what is started in the block, take none of these, which this thread takes after it."""
    if not hasattr(signal, "pthread_sigmask"):  # there are no such signals on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
