"""A byte stream of which what was read may be given back."""

from notify_contracts.capture.lines import ByteStream

CHUNK = 32 * 1024
"""Bytes that are read at a time of what is packed: few, for each of the pieces in it may give most of them back."""
_MOST_TOLD = 5


class UnreadError(Exception):
    """The rest of a stream cannot be read; ``str()`` says why, in words that follow the name of the stream."""


class Unread:
    """What could not be read in a file, told in a line; of many only the first are."""

    def __init__(self) -> None:
        self.count = 0
        self._told: list[str] = []
        self._last: UnreadError | None = None

    def add(self, name: str, error: UnreadError) -> None:
        """Add why what is called `name` cannot be read; once for all that ends with the same, one in the other."""
        if error is self._last:
            return
        self._last = error
        self.count += 1
        if self.count <= _MOST_TOLD:
            self._told.append(f"{name}: {error}")

    def __str__(self) -> str:
        """Return what is told of all of them."""
        more = f"; and {self.count - _MOST_TOLD:,} more" if self.count > _MOST_TOLD else ""
        return "; ".join(self._told) + more


class Reader:
    """The bytes `first`, and after them those of `stream`."""

    def __init__(self, stream: ByteStream, first: bytes = b"") -> None:
        self._stream = stream
        self._first = first

    def read1(self, size: int, /) -> bytes:
        """Return what is there, at most `size` bytes; nothing at the end."""
        if not self._first:
            return self._stream.read1(size)
        first, self._first = self._first[:size], self._first[size:]
        return first

    def exactly(self, size: int) -> bytes:
        """Return the next `size` bytes; fewer where there are no more."""
        read = bytearray()
        while len(read) < size and (block := self.read1(size - len(read))):
            read += block
        return bytes(read)

    def give_back(self, block: bytes) -> None:
        """Have `block`, which was read last, read again."""
        self._first = block + self._first if self._first else block
