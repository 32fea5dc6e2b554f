"""The library's log messages, as lines of the running command on standard error."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from notify_contracts.cli.standard_error import say


class _Lines(logging.Handler):
    """Writes to whatever standard error is at the moment: a live table takes it over while it is shown."""

    def emit(self, record: logging.LogRecord) -> None:
        say(record.getMessage())


@contextmanager
def shown_warnings() -> Iterator[None]:
    """Show the library's warnings within the block, and not pika's: those say the same, at length."""
    ours, pikas, lines = logging.getLogger("notify_contracts"), logging.getLogger("pika"), _Lines()
    level = pikas.level
    ours.addHandler(lines)
    pikas.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        ours.removeHandler(lines)
        pikas.setLevel(level)
