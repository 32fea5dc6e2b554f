"""Signals stay with the main thread, which Python has handle them."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from notify_contracts._base import without_signals

_OF_A_FAULT = frozenset(("SIGABRT", "SIGBUS", "SIGFPE", "SIGILL", "SIGSEGV", "SIGSYS", "SIGTRAP"))
"""The signals that are for the thread that has the fault."""


@contextmanager
def left_to_main_thread() -> Iterator[None]:
    """Have the threads that are started in the block, and those that these start, take no signal sent to the process.

    The system hands one to any thread that is ready, most easily to one that has just begun. Python then notes that its
    handler is to run, but a main thread that waits for a lock is not woken: an interrupt would be lost until
    something else wakes it. Source: signal(7), "Signal mask and pending signals"; sem_wait(3).
    """
    numbers = {number for number in signal.valid_signals() if getattr(number, "name", "") not in _OF_A_FAULT}
    with without_signals(numbers):
        yield
