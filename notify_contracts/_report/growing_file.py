"""A file of lines that only grows: what was written before stays, what is written is on the disk."""

import errno
import os
import stat
from pathlib import Path

from notify_contracts._untrusted import printable, reason_of
from notify_contracts.errors import OutputError, UsageError

_HEAD = 4096  # bytes by which a file is known; the lines in them are whole, or cut off anywhere


class GrowingFile:
    """Appends lines to the file at `path`, of which every one begins with `beginning`.

    What is there stays. `remarks` says in a line each what is worth knowing of it: that there was something, that its
    last line was cut off. Raise UsageError for a file that holds something else, or that cannot be written.
    What is no regular file, such as a pipe, is written to as it is.
    """

    def __init__(self, path: str, beginning: bytes) -> None:
        self.remarks: list[str] = []
        self._name = printable(path)
        try:
            self._file = self._opened(path)
            self._is_regular = stat.S_ISREG(os.fstat(self._file).st_mode)
            if self._is_regular and os.fstat(self._file).st_size:
                self._continue(beginning)
        except (OSError, ValueError) as error:
            if isinstance(error, UsageError):
                raise
            raise UsageError(f"{self._name}: cannot be written: {reason_of(error)}") from None

    def append(self, lines: bytes) -> None:
        """Put whole lines on the disk; raise OutputError, and take back what there was room for, if that fails."""
        before = os.fstat(self._file).st_size
        left = memoryview(lines)
        try:
            while left:
                left = left[os.write(self._file, left) :]
            self._synchronize()
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            self._take_back(before, len(lines) - len(left))
            raise OutputError(f"{self._name}: cannot be written: {error.strerror}") from None

    def close(self) -> None:
        """Close it."""
        os.close(self._file)

    def _opened(self, path: str) -> int:
        try:
            is_regular = stat.S_ISREG(Path(path).stat().st_mode)
        except FileNotFoundError:
            is_regular = True
        wanted = os.O_RDWR | os.O_CREAT | os.O_APPEND if is_regular else os.O_WRONLY
        return os.open(path, wanted | getattr(os, "O_BINARY", 0), 0o666)

    def _continue(self, beginning: bytes) -> None:
        """Go on behind what is there, if that consists of such lines; a line that was cut off is ended first."""
        size = os.fstat(self._file).st_size
        lines = os.pread(self._file, _HEAD, 0).split(b"\n")
        if not all(line.startswith(beginning) or beginning.startswith(line) for line in lines):
            os.close(self._file)
            raise UsageError(f"{self._name}: holds something else, which would be lost: give a file that is not there")
        self.remarks.append(f"{self._name}: is there already: what comes is appended to it")
        if os.pread(self._file, 1, size - 1) != b"\n":
            os.write(self._file, b"\n")
            self.remarks.append(f"{self._name}: its last line was cut off, and stays as it is")

    def _synchronize(self) -> None:
        if not self._is_regular:
            return
        try:
            os.fsync(self._file)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems cannot
                raise

    def _take_back(self, before: int, written: int) -> None:
        """Leave no part of a line, unless somebody else has written behind it."""
        try:
            if self._is_regular and os.fstat(self._file).st_size == before + written:
                os.ftruncate(self._file, before)
        except OSError:
            return
