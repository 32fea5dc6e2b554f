"""What child processes emit: it comes to whoever listened when they were started."""

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from os import environ, getpid  # what they are, whatever a test has put in their places
from pathlib import Path
from threading import RLock
from weakref import finalize

from notify_contracts.emitting import LISTENERS_VARIABLE, LOSS, Emitted, Listener, Undelivered, relay, relayed, written
from notify_contracts.wire import FormatVersion

Take = Callable[[Emitted], None]

_OURS = stat.S_IRUSR | stat.S_IWUSR


class Inbox:
    """The file into which this process's children write, and for whom."""

    def __init__(self) -> None:
        self._file, self.path = tempfile.mkstemp(prefix="notify-contracts-", suffix=".jsonl")
        self.owner = getpid()
        self._takes: dict[str, Take] = {}
        self._listeners: dict[str, Listener] = {}
        self._shared: dict[str, Listener] = {}
        self._numbers = count()
        self._position = 0
        self._lock = RLock()
        self._variable = environ.get(LISTENERS_VARIABLE)
        finalize(self, _remove, self.path, self.owner)

    @property
    def announced(self) -> str | None:
        """What `LISTENERS_VARIABLE` says to children that are started now, None if nobody listens."""
        listeners = self._shared or self._listeners
        return written(self.path, tuple(listeners.values())) if listeners else None

    def open(self, take: Take, source: str, wire: FormatVersion, *, forks_only: bool, is_shared: bool) -> Listener:
        """Have `take` called with what children emit that are started from now on."""
        self.read()
        with self._lock:
            listener = Listener(f"{self.owner}-{next(self._numbers)}", source, wire)
            self._takes[listener.token] = take
            if not forks_only:
                (self._shared if is_shared else self._listeners)[listener.token] = listener
            self._announce()
        return listener

    def close(self, listener: Listener, late: Take | None) -> None:
        """Start no more children with it; `late` is called with what those that there are emit after this."""
        self.read()
        with self._lock:
            del self._takes[listener.token]
            self._listeners.pop(listener.token, None)
            self._shared.pop(listener.token, None)
            if late is not None:
                self._takes[listener.token] = late
            self._announce()

    def read(self) -> None:
        """Take what children have emitted since this was last asked, or that some of it is lost."""
        with self._lock, suppress(OSError):  # a test may have put another file system in the place of this one
            found = os.fstat(self._file)
            if not found.st_nlink:
                self._lose(f"{self.path} was deleted; leave it there")
                os.close(self._file)
                self._file, self._position = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _OURS), 0
                return
            if found.st_mode & LOSS:
                self._lose(f"{self.path} could not be written; see that there is room where temporary files go")
                os.fchmod(self._file, _OURS)
            lines = os.pread(self._file, found.st_size - self._position, self._position).splitlines(keepends=True)
            for line in lines:
                if line.endswith(b"\n"):
                    self._position += len(line)
                    self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            token, emitted = relayed(line)
        except ValueError:
            self._lose(f"a line of {self.path} is none of ours")
            return
        if token in self._takes:
            self._takes[token](emitted)

    def _lose(self, why: str) -> None:
        for take in tuple(self._takes.values()):
            take(Undelivered(f"what a child process emitted is lost: {why}"))

    def _announce(self) -> None:
        """Let children that are no forks know; a fork knows by itself."""
        if (announced := self.announced) is not None:
            environ[LISTENERS_VARIABLE] = announced
        elif self._variable is None:
            environ.pop(LISTENERS_VARIABLE, None)
        else:
            environ[LISTENERS_VARIABLE] = self._variable


_inboxes: dict[int, Inbox] = {}
"""By the process: a fork's children are not its parent's."""


@contextmanager
def hearing_children(  # noqa: PLR0913  # as `listening`
    take: Take, source: str, wire: FormatVersion, late: Take | None, *, forks_only: bool, is_shared: bool
) -> Iterator[Take]:
    """Give what takes emissions in this process and in its forks alike, while `take` gets those of children, too."""
    inbox = _inbox_of_this_process()
    listener = inbox.open(take, source, wire, forks_only=forks_only, is_shared=is_shared)

    def take_here(emitted: Emitted) -> None:
        if getpid() == inbox.owner:
            take(emitted)
        else:
            relay(inbox.path, listener.token, emitted)

    try:
        yield take_here
    finally:
        if getpid() == inbox.owner:
            inbox.close(listener, late)


def hear_children() -> None:
    """Have listeners take what children of this process have emitted meanwhile."""
    inbox = _inboxes.get(getpid())
    if inbox is not None:
        inbox.read()


def announced_listeners() -> str | None:
    """Return what `LISTENERS_VARIABLE` is to say to a child that this process starts now, None if nobody listens."""
    inbox = _inboxes.get(getpid())
    return (inbox and inbox.announced) or environ.get(LISTENERS_VARIABLE)


def _inbox_of_this_process() -> Inbox:
    here = getpid()
    return _inboxes.get(here) or _inboxes.setdefault(here, Inbox())  # the same for all threads, without a lock


def _remove(path: str, owner: int) -> None:
    if getpid() == owner:  # a fork ends, too
        Path(path).unlink(missing_ok=True)
