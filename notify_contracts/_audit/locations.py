"""A file of any fsspec file system as a stream of bytes, and why it cannot be read, without giving credentials away."""

import os
from collections.abc import Callable
from errno import EIO, ENOENT
from io import FileIO, RawIOBase
from typing import Any

from notify_contracts._untrusted import printable, reason_of, shortened
from notify_contracts.errors import SourceError

LOCAL = ""
"""The file system of the machine itself, which is asked directly: the way through fsspec takes longer than to read."""

_LONGEST_REASON = 200


class RemoteFile(RawIOBase):
    """The bytes of a file, opened when it is first read, in the fsspec file system that `mount` returns.

    Whatever goes wrong is an OSError fit to print; with `secret`, one that quotes nothing which may hold credentials.
    """

    def __init__(self, mount: Callable[[], Any], path: str, *, secret: bool) -> None:
        super().__init__()
        self._mount = mount
        self._path = path
        self._secret = secret
        self._file: Any = None
        self._position = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` with what follows and return how many bytes that is; 0 at the end."""
        try:
            if self._file is None:
                self._mounted = self._mount()  # some close what they opened when they go
                self._file = self._mounted.open(self._path, "rb")
            block = self._file.read(len(buffer))
        except Exception as error:  # noqa: BLE001  # every file system has errors of its own
            raise OSError(EIO, reason(error, secret=self._secret)) from None
        buffer[: len(block)] = block
        self._position += len(block)
        return len(block)

    def tell(self) -> int:
        """Return how many bytes have been read."""
        return self._position

    def close(self) -> None:
        """Close it."""
        if self._file is not None:
            self._file.close()
        super().close()


def local_file(name: str, path: str) -> FileIO:
    """Return a file of this machine opened; raise SourceError, which tells it by its name, if that fails."""
    try:
        return FileIO(path)
    except (OSError, ValueError) as error:
        raise SourceError(f"{name}: cannot be read: {reason_of(error)}") from None


def mounted(system: str) -> Any:
    """Return the fsspec file system that is made from JSON."""
    from fsspec import AbstractFileSystem

    return AbstractFileSystem.from_json(system)


def reason(error: Exception, *, secret: bool) -> str:
    """Return in a line why a file system failed; with `secret`, nothing that may quote the URL or the credentials."""
    if isinstance(error, FileNotFoundError) and isinstance(error.__cause__, Exception):
        return reason(error.__cause__, secret=secret)  # fsspec says so of a server that cannot be reached, too
    number = error.errno if isinstance(error, OSError) else None
    status = getattr(error, "status", None)
    if isinstance(error, FileNotFoundError):
        text = os.strerror(ENOENT)
    elif isinstance(status, int):
        text = f"{status} {getattr(error, 'message', '')}"  # what HTTP calls it
    elif secret:
        text = os.strerror(number) if number else type(error).__name__
    else:
        text = (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
    return shortened(printable(text.strip().partition("\n")[0]), _LONGEST_REASON)
