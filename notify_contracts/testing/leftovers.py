"""Threads that a test has left running: what they emit later is that test's, not the next one's."""

import sys
import threading
from pathlib import PurePath
from types import FrameType
from weakref import WeakKeyDictionary, WeakSet

_WAITING_FOR_WORK = frozenset({"queue", "selectors", "socket", "socketserver", "ssl", "base_events"})


class Leftovers:
    """The threads that tests have left running, each with the test that started it.

    A thread that waits to be given work (in a queue, a selector, a socket, a condition without a timeout) belongs to
    nobody: the next test that gives it work, through its pool for instance, causes what it emits then.
    """

    def __init__(self) -> None:
        self._owners: WeakKeyDictionary[threading.Thread, str] = WeakKeyDictionary()

    def before(self) -> WeakSet[threading.Thread]:
        """Return the threads there are before a test, for `after`."""
        self._forget_waiting()
        return WeakSet(threading.enumerate())

    def after(self, before: WeakSet[threading.Thread], test: str) -> bool:
        """Note which threads `test` has left running, and return whether there are any."""
        left = [thread for thread in threading.enumerate() if thread not in before and not _waits(thread)]
        self._owners.update(dict.fromkeys(left, test))
        return bool(left)

    def owner(self) -> str | None:
        """Return the test that has left the current thread running, None if none has."""
        return self._owners.get(threading.current_thread())

    def join(self, seconds: float) -> None:
        """Wait, `seconds` at most for each, for those that the interpreter would wait for anyway."""
        for thread in tuple(self._owners):
            if not thread.daemon and thread is not threading.current_thread():
                thread.join(seconds)

    def _forget_waiting(self) -> None:
        for thread in tuple(self._owners):
            if _waits(thread):
                del self._owners[thread]


def _waits(thread: threading.Thread) -> bool:
    frame = sys._current_frames().get(thread.ident or 0)  # noqa: SLF001 - documented, for all its underscore
    return frame is not None and _waits_in(frame)


def _waits_in(frame: FrameType) -> bool:
    path = PurePath(frame.f_code.co_filename)
    if path.stem == "threading" and frame.f_code.co_name == "wait" and frame.f_locals.get("timeout", 0) is None:
        return True
    in_pool = path.match("concurrent/futures/thread.py") or path.match("multiprocessing/*.py")
    return in_pool or path.stem in _WAITING_FOR_WORK
