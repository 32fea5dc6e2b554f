"""A file that appears whole or not at all: it is written beside its place, and put there when it is on the disk."""

import errno
import os
import stat
from contextlib import closing, suppress
from io import BufferedWriter, FileIO
from pathlib import Path
from typing import IO

from notify_contracts._report.interrupts import deferred_interrupts
from notify_contracts._untrusted import printable
from notify_contracts.errors import OutputError

_NEW = 0o666  # less what the process masks
_OWN = 0o600  # until it has the mode of the file whose place it takes
_DEVICES = (Path("/dev"), Path("/proc"))
_IMMOVABLE = (errno.EACCES, errno.EBUSY, errno.EPERM, errno.EROFS)
"""Nothing may be put beside a file that may itself be written, or in its place: it is mounted there, say."""


class WholeFile:
    """What will stand at `path`, where whatever is there now stays until `put_in_place`, also if the process dies.

    A link leads to the file that is written; that keeps its mode. What is no regular file, such as a pipe, is written
    at once. Where nothing can be put in the place of a file, it is written over when the new content is whole.
    Raise OSError or ValueError, as opening it would, if it cannot be written.
    """

    def __init__(self, path: str) -> None:
        self._beside: Path | None = None
        self._target = Path(path)
        facts = _facts(path)
        self._facts = facts
        self._file: IO[bytes] | None = None
        self._is_direct = facts is not None and _is_device(self._target, facts)
        if self._is_direct:
            self._file = BufferedWriter(FileIO(path, "w"))
            return
        self._target = self._target.resolve()
        if facts is not None and not os.access(self._target, os.W_OK):
            raise _error(errno.EACCES)
        try:
            # Only to know that it can be: a report is written at the end, and who is killed before leaves nothing.
            with deferred_interrupts():
                self._there()
                self.close()
                self._file = None
        except OSError as error:
            if facts is None or error.errno not in _IMMOVABLE:
                raise
            from tempfile import TemporaryFile  # slow, and seldom needed

            self._file = TemporaryFile()  # noqa: SIM115 - `close` closes it

    def write(self, data: bytes) -> None:
        """Write all of `data`; raise OSError where there is no room for it."""
        self._there().write(data)

    def flush(self) -> None:
        """Hand on what was written, to the reader of a pipe at once."""
        if self._file is not None:
            self._file.flush()

    def isatty(self) -> bool:
        """Return whether it is a terminal."""
        return self._file is not None and self._file.isatty()

    def complete(self) -> None:
        """Have all of it on the disk, beside its place; raise OSError where there is no room for it."""
        file = self._there()
        if file.closed:
            return
        file.flush()
        if not self._is_direct:
            os.fsync(file.fileno())
        if self._is_direct or self._beside is not None:
            file.close()

    def put_in_place(self) -> None:
        """Have it stand in its place; raise OSError where that cannot be, and then leave there what there was."""
        self.complete()
        if self._beside is not None:
            self._replace(self._beside)
        elif not self._there().closed:
            self._write_over(self._there())
        self.close()

    def close(self) -> None:
        """Leave nothing beside the place; a second call does nothing."""
        with suppress(OSError):
            if self._file is not None:
                self._file.close()
        if self._beside is not None:
            with suppress(OSError):
                self._beside.unlink()
            self._beside = None

    def _there(self) -> IO[bytes]:
        if self._file is None:
            with deferred_interrupts():  # or what was opened may be nobody's, and stay where it is
                self._file = self._opened()
        return self._file

    def _opened(self) -> IO[bytes]:
        facts = self._facts
        beside = self._target.parent / f".notify-contracts-{os.urandom(8).hex()}.part"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(beside, flags, _NEW if facts is None else _OWN)
        self._beside = beside
        if facts is not None:
            with suppress(OSError):  # only root may give a file away
                os.fchown(descriptor, facts.st_uid, facts.st_gid)
            with suppress(OSError):
                os.fchmod(descriptor, stat.S_IMODE(facts.st_mode))
        return BufferedWriter(FileIO(descriptor, "w"))

    def _replace(self, beside: Path) -> None:
        try:
            beside.replace(self._target)
        except OSError as error:
            if error.errno not in _IMMOVABLE:
                raise
            with beside.open("rb") as written:
                self._write_over(written)
            return
        self._beside = None
        with suppress(OSError):  # not every file system has folders that can be synchronized
            folder = os.open(self._target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def _write_over(self, written: IO[bytes]) -> None:
        from shutil import copyfileobj  # slow, and seldom needed

        written.seek(0)
        with self._target.open("wb") as target:
            copyfileobj(written, target)
            target.flush()
            os.fsync(target.fileno())


def write_whole(path: str, data: bytes, what: str = "") -> None:
    """Have `data` stand in the file at `path`, whole; raise OutputError, and leave there what there was, if it cannot.

    `what` is said to be what cannot be written; it ends with a space. The error's `strerror` is the reason alone.
    """
    try:
        with closing(WholeFile(path)) as file:
            file.write(data)
            file.put_in_place()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        failure = OutputError(f"{printable(path)}: {what}cannot be written: {reason}")
        failure.strerror = str(reason)
        raise failure from None


def _facts(path: str) -> os.stat_result | None:
    """Return what is at `path`, None where nothing is; raise OSError for what cannot be a file."""
    if not path:
        raise _error(errno.ENOENT)
    try:
        facts = Path(path).stat()
    except FileNotFoundError:
        if path.endswith("/"):
            raise _error(errno.EISDIR) from None
        return None
    if stat.S_ISDIR(facts.st_mode):
        raise _error(errno.EISDIR)
    return facts


def _is_device(path: Path, facts: os.stat_result) -> bool:
    """Whether writing is all that can be done with it; ``/dev/stdout`` may lead to a file that somebody has open."""
    return not stat.S_ISREG(facts.st_mode) or any(path.is_relative_to(folder) for folder in _DEVICES)


def _error(number: int) -> OSError:
    return OSError(number, os.strerror(number))
