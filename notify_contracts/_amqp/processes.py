"""Which process this is: a fork inherits connections, flags and locks, but no thread that would serve them."""

import os

_forks = 0


def _count() -> None:
    global _forks  # noqa: PLW0603 - of the process, like its number
    _forks += 1


os.register_at_fork(after_in_child=_count)


def this_process() -> tuple[int, int]:
    """Return what tells this process from every one that it was forked from.

    The number is asked for each time, for a server may fork without Python's knowledge (uWSGI); the forks are counted
    beside, for the system gives numbers again.
    """
    return os.getpid(), _forks
