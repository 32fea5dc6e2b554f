"""A recording cut into parts, so that several processes can read it."""

from collections.abc import Iterable, Iterator
from io import BufferedReader  # noqa: TC003  # what a class's signature names stays importable
from typing import Any, NamedTuple

from notify_contracts.capture.lines import LONGEST
from notify_contracts.capture.shape import Shape


class Part(NamedTuple):
    """The bytes `start` to `end` of a recording: whole lines, or all of it where `shape` is None.

    There are `before` lines before them. `content` holds them where they cannot be read a second time.
    """

    start: int
    end: int
    before: int = 0
    shape: Shape | None = None
    content: bytes | None = None


def cut(blocks: Iterable[bytes | None], shape: Shape, size: int, *, keep: bool) -> Iterator[Part | None]:
    """Cut what consists of lines into parts of `size` bytes and what completes their last lines; `keep` their content.

    Where `blocks` yields None, for there is nothing more yet, the lines that are complete become a part; None is
    yielded where there are none.
    """
    lines = _Kept(shape) if keep else _Counted(shape)
    for block in blocks:
        if block:
            lines.add(block)
        if lines.complete >= (size if block else 1):
            yield lines.part()
        elif not block:
            yield None
    if rest := lines.rest():
        yield rest


class _Counted:
    """Lines of which only the number and the place are known."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._start = self._end = self._position = 0
        self._before = self._ended = 0

    @property
    def complete(self) -> int:
        """How many bytes the lines have whose end is known."""
        return self._end - self._start

    def add(self, block: bytes) -> None:
        """Count what follows."""
        if after := block.rfind(b"\n") + 1:
            self._ended += block.count(b"\n")
            self._end = self._position + after
        self._position += len(block)

    def part(self) -> Part:
        """Return the complete lines, and go on with what follows them."""
        part = Part(self._start, self._end, self._before, self._shape)
        self._start, self._before = self._end, self._ended
        return part

    def rest(self) -> Part | None:
        """Return all that is left when nothing follows, None if nothing is."""
        return Part(self._start, self._position, self._before, self._shape) if self._position > self._start else None


class _Kept(_Counted):
    """Lines with their content; of one longer than `LONGEST` no more than shows that it is."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape)
        self._lines: list[bytes] = []
        self._tail: list[bytes] = []

    def add(self, block: bytes) -> None:
        """Count and keep what follows."""
        if after := block.rfind(b"\n") + 1:
            self._lines += [*self._tail, block[:after]]
            self._tail = [block[after:]]
        elif self._position - self._end <= LONGEST:
            self._tail.append(block)
        super().add(block)

    def part(self) -> Part:
        """Return the complete lines, and go on with what follows them."""
        content = b"".join(self._lines)
        self._lines = []
        return super().part()._replace(content=content)

    def rest(self) -> Part | None:
        """Return all that is left when nothing follows, None if nothing is."""
        rest = super().rest()
        return rest and rest._replace(content=b"".join([*self._lines, *self._tail]))


class PartOfFile:
    """The bytes of a part of a file."""

    def __init__(self, file: "BufferedReader[Any]", part: Part) -> None:
        self._file = file
        self._left = part.end - part.start
        file.seek(part.start)

    def read1(self, size: int, /) -> bytes:
        """Return what is there, at most `size` bytes; nothing after the end of the part."""
        block = self._file.read1(min(size, self._left))
        self._left -= len(block)
        return block
