"""The outputs of a command: standard output, and files that appear whole; each is opened before the work starts."""

import os
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from notify_contracts._report import WholeFile
from notify_contracts._untrusted import printable, reason_of
from notify_contracts.errors import OutputError, UsageError

if TYPE_CHECKING:
    from notify_contracts.catalog import Catalog


class Output(Protocol):
    """Where a command writes to."""

    def write(self, data: bytes) -> None:
        """Write `data`; raise OSError if there is no room for it."""

    def flush(self) -> None:
        """Hand on what was written."""

    def isatty(self) -> bool:
        """Return whether it is a terminal."""
        ...

    def finish(self) -> None:
        """Have it stand where it belongs; raise OSError, and leave there what there was, if it cannot."""

    def close(self) -> None:
        """Leave nothing of what was not finished; a second call does nothing."""


def is_folder(path: str | None, *, by_name: bool = False) -> bool:
    """Return whether an output means a folder: one that is there, or ends with a slash.

    By its name, one without an ending is a folder, too: documents have endings, and JSON lines may have none.
    """
    if path is None:
        return False
    try:
        return Path(path).is_dir() or path.endswith("/") or (by_name and not (Path(path).suffix or Path(path).exists()))
    except (OSError, ValueError):
        return False


def require_outside(path: str | None, catalogs: "Iterable[Catalog]", ending: str = ".json") -> None:
    """Raise UsageError for a path with this ending in the folder of a catalog: JSON files there are its documents.

    What may be a folder with many files has any ending.
    """
    if path is None or not path.endswith(ending):
        return
    try:
        target = Path(os.path.realpath(path))
    except ValueError:  # which is told where it is opened
        return
    for catalog in catalogs:
        if target.is_relative_to(os.path.realpath(catalog.root)):
            raise UsageError(f"{printable(path)}: is in the folder of {catalog.name}: give a file elsewhere")


@contextmanager
def opened_output(path: str | None, sources: Iterable[str] = ()) -> Iterator[Output]:
    """Open the file at `path`, or standard output where it is None; it appears when the block has come to its end.

    Raise UsageError if it cannot be written, or is one of the `sources` that are still to be read.
    """
    output = made_output(path, sources)
    try:
        yield output
        output.finish()
    finally:
        output.close()


def made_output(path: str | None, sources: Iterable[str] = ()) -> Output:
    """Open what `opened_output` does; the caller finishes and closes it."""
    if path is None:
        if sys.stdout is None:
            raise UsageError("standard output is closed: give --output FILE")
        return _StandardOutput() if hasattr(sys.stdout, "buffer") else _StandardText(sys.stdout)
    if any(_is_same_file(path, source) for source in sources):
        raise UsageError(f"{printable(path)}: is read and would be overwritten: give another --output")
    return _File(path)


def is_named(output: object) -> bool:
    """Return whether it is a file that was named."""
    return isinstance(output, _File)


class _StandardOutput:
    def __init__(self) -> None:
        self._stream = sys.stdout.buffer
        self.flush = self.finish = self._stream.flush
        self.isatty = self._stream.isatty

    def write(self, data: bytes) -> None:
        self._stream.write(data)

    def close(self) -> None:
        """Leave it to the process."""


class _StandardText:
    """Standard output that a program has put a stream of text in the place of."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._decoder = getincrementaldecoder("utf-8")()
        self.flush = self.finish = stream.flush
        self.isatty = stream.isatty

    def write(self, data: bytes) -> None:
        self._stream.write(self._decoder.decode(data))

    def close(self) -> None:
        """Leave it to the program."""


class _File:
    """A file whose errors tell its name."""

    def __init__(self, path: str) -> None:
        self._name = printable(path)
        try:
            self._file = WholeFile(path)
        except (OSError, ValueError) as error:
            raise UsageError(f"{self._name}: cannot be written: {reason_of(error)}") from None
        self.isatty = self._file.isatty
        self.close = self._file.close

    def write(self, data: bytes) -> None:
        with self._told():
            self._file.write(data)

    def flush(self) -> None:
        with self._told():
            self._file.flush()

    def finish(self) -> None:
        with self._told():
            self._file.put_in_place()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:  # where the reader has gone there is nobody to tell
            raise
        except OSError as error:
            raise OutputError(f"{self._name}: cannot be written: {error.strerror}") from None


def _is_same_file(path: str, source: str) -> bool:
    try:
        return Path(path).samefile(source)
    except (OSError, ValueError):
        return False
