"""How a recording begins: what is blank in front of it is counted and not kept, and then its shape is told."""

from collections.abc import Iterator
from itertools import repeat
from typing import NamedTuple

from notify_contracts.capture.lines import BLOCK, ByteStream
from notify_contracts.capture.shape import BYTE_ORDER_MARK, Shape, shape

_WIDEST = 4096  # bytes of white space on the first line that is not blank, which are kept to show where it breaks off
_MOST_TRIES = 1000  # a beginning that comes byte by byte must not be read anew for each


class Opening(NamedTuple):
    """The beginning of a recording: `first` follows `blank` bytes in `blank_lines` lines, and these a `mark` if any."""

    mark: bytes
    blank: int
    blank_lines: int
    first: bytes
    shape: Shape

    def blocks(self) -> Iterator[bytes]:
        """Yield what was read, with as many lines and bytes as it had, though what is blank may be blank otherwise."""
        if self.mark:
            yield self.mark
        for count, blank in ((self.blank - self.blank_lines, b" "), (self.blank_lines, b"\n")):
            yield from repeat(blank * BLOCK, count // BLOCK)
            yield from filter(None, [blank * (count % BLOCK)])
        if self.first:
            yield self.first


def opening(stream: ByteStream, first: bytes) -> Opening:
    """Return how that begins of which `first` was read; `stream` is read on until this can be told, and may be slow."""
    mark, blank, blank_lines, begun, block = b"", 0, 0, b"", first or stream.read1(BLOCK)
    tries, tried = 0, 0
    while True:
        begun += block
        if not (mark or blank) and begun.startswith(BYTE_ORDER_MARK):
            mark, begun = BYTE_ORDER_MARK, begun.removeprefix(BYTE_ORDER_MARK)
        width = len(begun) - len(begun.lstrip())
        end = width if width == len(begun) > _WIDEST else begun.rfind(b"\n", 0, width) + 1
        blank, blank_lines, begun = blank + end, blank_lines + begun.count(b"\n", 0, end), begun[end:]
        if not block or len(begun) >= 2 * tried or (b"\n" in block and tries < _MOST_TRIES):
            tries, tried = tries + 1, len(begun)
            found = shape(begun, is_all=not block)
            if found is not None:
                return Opening(mark, blank, blank_lines, begun, found)
        block = stream.read1(BLOCK)
