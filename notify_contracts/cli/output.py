"""The output of a report: standard output, or a file that is opened before the work starts."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedWriter, FileIO
from pathlib import Path
from typing import BinaryIO

from notify_contracts._untrusted import printable
from notify_contracts.errors import UsageError


@contextmanager
def opened_output(path: str | None, sources: Iterable[str] = ()) -> Iterator[BinaryIO]:
    """Open the file at `path`, or standard output where it is None.

    Raise UsageError if it cannot be written, or is one of the `sources` that are still to be read.
    """
    if path is None:
        if sys.stdout is None:
            raise UsageError("standard output is closed: give --output FILE")
        yield sys.stdout.buffer
        return
    if any(_is_same_file(path, source) for source in sources):
        raise UsageError(f"{printable(path)}: is read and would be overwritten: give another --output")
    try:
        output = FileIO(path, "w")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file has such a name"
        raise UsageError(f"{printable(path)}: cannot be written: {reason}") from None
    with BufferedWriter(output) as buffered:
        yield buffered


def _is_same_file(path: str, source: str) -> bool:
    try:
        return Path(path).samefile(source)
    except (OSError, ValueError):
        return False
