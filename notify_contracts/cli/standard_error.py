"""Standard error, which may be full or closed: what cannot be said there must not change what the status says."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import Any

from notify_contracts._untrusted import printable


def say(line: str) -> None:
    """Say something on standard error, at once."""
    if sys.stderr is not None:
        print(printable(f"notify-contracts: {line}"), file=sys.stderr, flush=True)


class _Heedless(FileIO):
    """Takes whatever it is given, and lets go of what cannot be written."""

    def write(self, data: Any, /) -> int | None:  # type: ignore[override]  # None where it would have to wait
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


@contextmanager
def heedless_standard_error() -> Iterator[None]:
    """Have nothing raised within the block where standard error takes no more: a full disk, a reader that has gone."""
    before = sys.stderr if sys.stderr is sys.__stderr__ else None  # else it is a test's own
    if before is None:
        yield
        return
    stream = _Heedless(before.fileno(), "w", closefd=False)
    sys.stderr = TextIOWrapper(BufferedWriter(stream), before.encoding, "backslashreplace", line_buffering=True)
    try:
        yield
    finally:
        sys.stderr.flush()
        sys.stderr = before
