"""A file in an archive that is read as it comes."""

from notify_contracts.capture.reader import CHUNK, Reader, UnreadError


class Limited:
    """The next `size` bytes of the `reader` of an archive, and `padding` behind them; `kind` says of what archive."""

    def __init__(self, reader: Reader, size: int, padding: int, kind: str) -> None:
        self._reader = reader
        self._left = size
        self._padding = padding
        self._error = UnreadError(f"its {kind} data is cut off; get the whole of it")

    def read1(self, size: int, /) -> bytes:
        """Return what is there, at most `size` bytes; nothing at the end."""
        if not self._left:
            return b""
        block = self._reader.read1(min(size, self._left))
        if not block:
            raise self._error
        self._left -= len(block)
        return block

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes, of which there must be as many."""
        read = bytearray()
        while len(read) < size:
            read += self.read1(size - len(read))
        return bytes(read)

    def skip(self) -> None:
        """Go on behind all of it."""
        self._left, self._padding = self._left + self._padding, 0
        while self.read1(CHUNK):
            pass


class Refused:
    """What cannot be read, where other things can."""

    def __init__(self, error: UnreadError) -> None:
        self._error = error

    def read1(self, _size: int, /) -> bytes:
        """Raise the error."""
        raise self._error


def is_hidden(name: str) -> bool:
    """Whether a path leads to a folder, or to what is hidden, as it would be in a folder."""
    *folders, last = name.split("/")
    return not last or any(part.startswith(".") and part.strip(".") for part in (*folders, last))
