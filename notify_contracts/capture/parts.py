"""A part of a file of lines, so that several processes can read one file."""

from io import BufferedReader  # noqa: TC003  # what a class's signature names stays importable
from itertools import pairwise
from typing import Any, NamedTuple

from notify_contracts.capture.lines import BLOCK


class Part(NamedTuple):
    """The lines that begin at byte `start` or after it and before byte `end`."""

    start: int
    end: int


def parts(size: int, count: int) -> tuple[Part, ...]:
    """Return `count` parts that together are a file of `size` bytes, each line in exactly one of them."""
    bounds = [size * number // count for number in range(count + 1)]
    return tuple(Part(start, end) for start, end in pairwise(bounds))


class PartStream:
    """The bytes of a part's lines."""

    def __init__(self, file: "BufferedReader[Any]", part: Part) -> None:
        self._file = file
        self._end = part.end
        file.seek(max(part.start - 1, 0))
        if part.start:
            # A line that begins at `start` has its predecessor's end just before it.
            while (skipped := file.readline(BLOCK)) and not skipped.endswith(b"\n"):
                pass
        self._position = file.tell()

    def read1(self, size: int, /) -> bytes:
        """Return what is there, at most `size` bytes; nothing after the end of the last line of the part."""
        if self._position >= self._end:
            return b""
        block = self._file.read1(size)
        # The last line ends at the first line end at or after the last byte of the part.
        newline = block.find(b"\n", max(self._end - 1 - self._position, 0))
        self._position += len(block)
        if self._position < self._end:
            return block
        if newline < 0:
            self._end = self._position + 1
            return block
        self._position = self._end
        return block[: newline + 1]
