"""A problem of a catalog, and a fault of one of its files."""

from typing import NamedTuple

from notify_contracts._untrusted import printable

Fault = tuple[str, str]
"""A pointer within a file, and what is wrong there."""


class Problem(NamedTuple):
    """A problem at one place of a catalog: a file relative to its folder, an RFC 6901 pointer, one line.

    `line` and `column`, from 1, are those of the place, or of what lacks it; 0 where the file cannot be read.
    `remedy` says what to do about it, where the message does not.
    """

    file: str
    pointer: str
    message: str
    line: int = 0
    column: int = 0
    remedy: str = ""

    def __str__(self) -> str:
        return f"{printable(self.file)}#{printable(self.pointer)}: {self.message}"
