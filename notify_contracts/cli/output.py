"""Where a report goes: standard output or a file that is opened before the work starts."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import BinaryIO

from notify_contracts.errors import UsageError
from notify_contracts.report.outcome import Outcome
from notify_contracts.report.text import TextReport
from notify_contracts.text import printable


@contextmanager
def opened_output(path: str | None) -> Iterator[BinaryIO]:
    """Open the file at `path`, or standard output where it is None; raise UsageError if it cannot be written."""
    if path is None:
        yield sys.stdout.buffer
        return
    try:
        output = FileIO(path, "w")
    except OSError as error:
        raise UsageError(f"{printable(path)}: cannot be written: {error.strerror}") from None
    with BufferedWriter(output) as buffered:
        yield buffered


def write_text(outcome: Outcome, output: BinaryIO) -> None:
    """Write the report for people, in colour on a terminal unless NO_COLOR or TERM=dumb asks for none."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    text = TextIOWrapper(output, encoding="utf-8", errors="backslashreplace", write_through=True)
    TextReport(text, colour=output.isatty() and wanted).write(outcome)
    text.detach()
