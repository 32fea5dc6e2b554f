"""A recording cut into parts, so that several processes can read it."""

from collections.abc import Iterable, Iterator
from io import FileIO, RawIOBase
from os import preadv
from typing import Any, NamedTuple

from notify_contracts.capture.lines import LONGEST, is_blank, named_in
from notify_contracts.capture.shape import Shape
from notify_contracts.errors import SourceError

_MOST_BEHIND, _MOST_BEFORE = 2 * 1024 * 1024, 64 * 1024
"""Bytes of a log behind and before a line's end that are looked at again with what follows them.

A value of several lines has no more, and few have as many as stand before.
"""


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
    lines = _Kept(shape, size) if keep else _Counted(shape, size)
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

    def __init__(self, shape: Shape, size: int) -> None:
        self._shape = shape
        self._size = size
        self._start = self._end = self._position = 0
        self._before = self._ended = self._counted = 0
        self._near = b""  # of a log, what stands behind the last end, and some of what stands before it
        self._is_line_start = True  # where that begins

    @property
    def complete(self) -> int:
        """How many bytes the lines have whose end is known."""
        return self._end - self._start

    def add(self, block: bytes) -> int:
        """Count what follows; return where the last line in it ends that nothing goes on behind, 0 where none does."""
        after = self._last_end(block)
        self._counted += block.count(b"\n")
        if after:
            self._ended = self._counted - block.count(b"\n", after)
            self._end = self._position + after
        self._position += len(block)
        return after

    def _last_end(self, block: bytes) -> int:
        if self._shape is not Shape.LOG or self._position - self._end >= LONGEST:
            self._near, self._is_line_start = b"", block.endswith(b"\n")
            return block.rfind(b"\n") + 1
        from notify_contracts.capture.borders import end_of_whole

        is_cut = self._position + len(block) - self._start >= self._size
        known, near = len(self._near), self._near + block
        after = max(end_of_whole(near, known, is_line_start=self._is_line_start, is_cut=is_cut) - known, 0)
        begin = near.rfind(b"\n", 0, max(known + after - _MOST_BEFORE, 0)) + 1 if after else 0
        self._near, self._is_line_start = near[begin:], self._is_line_start or begin > 0
        if len(self._near) > _MOST_BEHIND:
            self._near, self._is_line_start = b"", block.endswith(b"\n")
        return after

    def part(self) -> Part:
        """Return the complete lines, and go on with what follows them."""
        part = Part(self._start, self._end, self._before, self._shape)
        self._start, self._before = self._end, self._ended
        return part

    def rest(self) -> Part | None:
        """Return all that is left when nothing follows, None if nothing is; what is empty is one part."""
        is_left = self._position > self._start or not self._position
        return Part(self._start, self._position, self._before, self._shape) if is_left else None


class _Kept(_Counted):
    """Lines with their content; of one longer than `LONGEST` what shows that it is, and the names in it."""

    def __init__(self, shape: Shape, size: int) -> None:
        super().__init__(shape, size)
        self._lines: list[bytes] = []
        self._tail: list[bytes] = []
        self._length = 0  # of the last line in the tail

    def add(self, block: bytes) -> int:
        """Count and keep what follows, and return the same."""
        if after := super().add(block):
            self._lines += [*self._tail, block[:after]]
            self._tail = [block[after:]]
            self._length = len(block) - after
        elif (ended := block.rfind(b"\n") + 1) or self._length <= LONGEST:
            if ended:  # a line that what follows belongs to
                self._length = -ended
            self._tail.append(block)
            self._length += len(block)
            if self._length > LONGEST and is_blank(self._tail):
                self._tail, self._length = [b" "], 1
        else:
            self._tail += named_in(block)
        return after

    def part(self) -> Part:
        """Return the complete lines, and go on with what follows them."""
        content = b"".join(self._lines)
        self._lines = []
        return super().part()._replace(content=content)

    def rest(self) -> Part | None:
        """Return the same with its content."""
        rest = super().rest()
        return rest and rest._replace(content=b"".join([*self._lines, *self._tail]))


class PartOfFile(RawIOBase):
    """The bytes of a part of an open file, which others may read as well: each knows its own place in it.

    Reading raises SourceError where the file has become shorter than the part; `name` says of what.
    """

    def __init__(self, file: FileIO, part: Part, name: str) -> None:
        super().__init__()
        self._file = file
        self._part = part
        self._name = name
        self._at = part.start

    def fileno(self) -> int:
        """Return the descriptor of the file."""
        return self._file.fileno()

    def readable(self) -> bool:
        """Say that it can be read from."""
        return True

    def tell(self) -> int:
        """Return how many bytes of the file are before the next."""
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """Read what is there; nothing after the end of the part."""
        count = preadv(self._file.fileno(), [memoryview(buffer)[: self._part.end - self._at]], self._at)
        if count == 0 and self._at < self._part.end:
            raise cut_short(f"{self._name}, bytes {self._part.start} to {self._part.end}", self._at)
        self._at += count
        return count

    def close(self) -> None:
        """Close the file."""
        super().close()
        self._file.close()


def cut_short(what: str, length: int) -> SourceError:
    """Return the error for a file that has only `length` bytes any more of what was to be read."""
    remedy = "check a copy that nobody writes to"
    return SourceError(f"{what}: was cut while it was read, it ends at byte {length} now: {remedy}")
