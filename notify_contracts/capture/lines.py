"""Lines of a byte stream in constant memory, however long a line is."""

from collections.abc import Iterable, Iterator
from typing import Protocol

LONGEST = 16 * 1024 * 1024
"""Bytes of the longest line or item that is read: RabbitMQ's own default limit of a message."""

BLOCK = 256 * 1024
_HEAD = 4096


class Overlong(bytes):
    """The beginning of a line that was longer than `LONGEST`; the rest of it was left out."""

    __slots__ = ()


class ByteStream(Protocol):
    """What every buffered binary stream can do."""

    def read1(self, size: int, /) -> bytes:
        """Return what is there, at most `size` bytes; nothing at the end."""


def stretches(stream: ByteStream, first: bytes = b"") -> Iterator[list[bytes]]:
    """Yield the lines of `first` and then of `stream`, without their ends, all that are complete at a time.

    One that is too long is `Overlong`; white space that is as long by itself counts as one space.
    """
    pending: list[bytes] = []
    length = 0
    block = first or stream.read1(BLOCK)
    while block:
        head, *rest = block.split(b"\n")
        if length <= LONGEST:
            pending.append(head)
        length += len(head)
        if length > LONGEST and is_blank(pending):
            pending, length = [b" "], 1
        if rest:
            last = rest.pop()
            yield [_joined(pending, length), *rest]
            pending, length = [last], len(last)
        block = stream.read1(BLOCK)
    if length:
        yield [_joined(pending, length)]


def _joined(pending: list[bytes], length: int) -> bytes:
    if length <= LONGEST:
        return b"".join(pending) if len(pending) > 1 else pending[0]
    return Overlong(b"".join(pending).lstrip()[:_HEAD])


def is_blank(pieces: Iterable[bytes]) -> bool:
    """Whether what is in pieces is white space and nothing else."""
    return not any(map(bytes.strip, pieces))
