"""Files of lines to which a command appends, and what it says of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from notify_contracts._report import GrowingFile
from notify_contracts.cli.standard_error import say


class Growing:
    """A file of lines as an output: every line is on the disk when it has been written."""

    def __init__(self, file: GrowingFile) -> None:
        self.write = file.append

    def flush(self) -> None:
        """Do nothing: it is on the disk."""

    def finish(self) -> None:
        """Do nothing: it is on the disk."""

    def close(self) -> None:
        """Leave it to `opened_growing`."""

    def isatty(self) -> bool:
        """Return that it is no terminal."""
        return False


@contextmanager
def opened_growing(path: str, beginning: bytes) -> Iterator[Growing]:
    """Open a file of lines that begin with `beginning`, and say on standard error what there is already.

    Raise UsageError if it holds something else, or cannot be written.
    """
    file = GrowingFile(path, beginning)
    try:
        for remark in file.remarks:
            say(remark)
        yield Growing(file)
    finally:
        file.close()
