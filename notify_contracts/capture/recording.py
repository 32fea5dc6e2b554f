"""A recording: opened, recognised by its content, and read as notifications."""

import sys
from collections.abc import Iterator
from functools import cached_property
from io import BufferedReader, BytesIO, FileIO, RawIOBase
from os import fstat
from pathlib import Path
from select import select
from stat import S_ISREG
from types import TracebackType
from typing import Self

from notify_contracts._untrusted import NotJsonError, parse, printable
from notify_contracts.capture.compressed import Gunzipped
from notify_contracts.capture.lines import BLOCK, ByteStream, Overlong, lines
from notify_contracts.capture.messages import from_value
from notify_contracts.capture.parts import Part, PartOfFile, cut
from notify_contracts.capture.servicelog import logged_json, parse_logged
from notify_contracts.capture.shape import BYTE_ORDER_MARK, GZIP, Shape, shape
from notify_contracts.capture.values import Values
from notify_contracts.errors import SourceError
from notify_contracts.model import Found, Location, Notification, Unreadable

STANDARD_INPUT = "-"
STANDARD_INPUT_NAME = "standard input"
_EACH_ITS_OWN = ("/dev/", "/proc/")

_Content = Notification | Unreadable | None  # None for a line that is not meant to be a notification


class Recording:
    """Recorded notifications from a file, or from standard input where `path` is ``-``, or from `stream`, named `path`.

    JSON lines, a JSON array, objects spread over lines or a service's log, plain or compressed with gzip, recognised by
    content. Iterating reads it once, in constant memory, and yields every notification and, for what should have been
    one, an `Unreadable`. `skipped` counts the lines of a log that are not notifications.
    With `part`, one of its `parts`, only that is read, with the places of the whole.
    Raise SourceError if it cannot be opened, or read on.
    """

    def __init__(self, path: str | Path, stream: RawIOBase | BytesIO | None = None, part: Part | None = None) -> None:
        self.name = source_name(path)
        self.skipped = 0
        self._path = path
        self._part = part
        try:
            self._raw = BufferedReader(self._opened(stream))
        except OSError as error:
            raise self._unusable(error) from None
        except ValueError:
            raise SourceError(f"{self.name}: cannot be read: no file has such a name") from None
        try:
            self._raw.peek()
        except OSError as error:
            self._raw.close()
            raise self._unusable(error) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._raw.close()

    def fileno(self) -> int:
        """Return the descriptor of what is read; raise OSError if it has none."""
        return self._raw.fileno()

    @cached_property
    def is_live(self) -> bool:
        """Whether it is no file but, for one, a pipe: more may come while it is read, and nothing comes twice."""
        try:
            return not S_ISREG(fstat(self._raw.fileno()).st_mode)
        except OSError:  # it is in memory
            return False

    @property
    def position(self) -> int:
        """How many bytes of the whole are before the next, before decompression; 0 where that is not known."""
        if self.is_live:
            return 0
        return self._raw.tell() + (self._part.start if self._part and self._part.content else 0)

    def __iter__(self) -> Iterator[Found]:
        before = self._part.before if self._part else 0
        unit, number = "line", before
        try:
            unit, contents = self._contents()
            for number, content in enumerate(contents, before + 1):  # the number outlives the loop
                if content is None:
                    self.skipped += 1
                else:
                    yield content, Location(self.name, number, unit)
        except NotJsonError as error:
            yield Unreadable(f"not JSON: {error}; the rest was not read"), Location(self.name, number + 1, unit)
        except OSError as error:
            raise self._unusable(error) from None

    def parts(self, size: int) -> Iterator[Part | None]:
        """Yield parts which, read one after the other, are all of it; None where nothing more is there yet.

        The lines of a file become parts of about `size` bytes; what is compressed, an array and objects stay whole.
        Lines that come from elsewhere are in their parts; raise SourceError where it is not plain lines that come.
        """
        can_be_opened = is_file(self._path)
        try:
            first, found = self._plain_lines()
            if found is not None:
                yield from cut(self._blocks(first), found, size, keep=not can_be_opened)
            elif can_be_opened:
                yield Part(0, fstat(self._raw.fileno()).st_size)
        except OSError as error:
            raise self._unusable(error) from None
        if found is None and not can_be_opened:
            raise SourceError(f"{self.name}: is not plain lines, which several processes could share: try --jobs 1")

    def _plain_lines(self) -> tuple[bytes, Shape | None]:
        """Return what was read of the beginning, and the shape; None where it is not lines or they are compressed."""
        try:
            stream, first, found = self._beginning()
        except NotJsonError:  # what is compressed is damaged
            return b"", None
        return first, found if stream is self._raw and found.unit == "line" else None

    def _blocks(self, first: bytes) -> Iterator[bytes | None]:
        """Yield what is there, and None where it would have to be waited for."""
        block = first
        while block:
            yield block
            while self.is_live and not select([self._raw], [], [], 0)[0]:
                yield None
            block = self._raw.read1(BLOCK)

    def _opened(self, stream: RawIOBase | BytesIO | None) -> RawIOBase | BytesIO:
        if self._part is not None and self._part.content is not None:
            return BytesIO(self._part.content)
        return stream or (_standard_input() if str(self._path) == STANDARD_INPUT else FileIO(self._path))

    def _contents(self) -> tuple[str, Iterator[_Content]]:
        stream, first, found = self._recognised()
        if self._part is None or self._part.start == 0:
            first = first.removeprefix(BYTE_ORDER_MARK)
        if found is Shape.ARRAY:
            contents: Iterator[_Content] = map(_from_text, Values(stream, first).in_array())
        elif found is Shape.OBJECTS:
            contents = map(_from_text, Values(stream, first).concatenated())
        else:
            contents = map(_from_log_line if found is Shape.LOG else _from_json_line, lines(stream, first))
        return found.unit, contents

    def _recognised(self) -> tuple[ByteStream, bytes, Shape]:
        part = self._part
        if part is None or part.shape is None:
            return self._beginning()
        stream: ByteStream = self._raw if part.content is not None else PartOfFile(self._raw, part)
        return stream, stream.read1(BLOCK), part.shape

    def _beginning(self) -> tuple[ByteStream, bytes, Shape]:
        """Return the decompressed stream, what was read of it, and the shape that this tells; a pipe may be slow."""
        stream: ByteStream = self._raw
        first = self._raw.read(len(GZIP))
        if first == GZIP:
            stream, first = Gunzipped(first, self._raw), b""
        else:
            first += self._raw.read1(BLOCK)  # leaves nothing in a buffer, of which `select` would not know
        while (found := shape(first)) is None:
            block = stream.read1(BLOCK)
            first += block
            if not block:
                return stream, first, shape(first, is_all=True) or Shape.LOG
        return stream, first, found

    def _unusable(self, error: OSError) -> SourceError:
        return SourceError(f"{self.name}: cannot be read: {error.strerror or error}")


def source_name(path: str | Path) -> str:
    """Return what the recording at `path` is called."""
    return STANDARD_INPUT_NAME if str(path) == STANDARD_INPUT else printable(str(path))


def is_file(path: str | Path) -> bool:
    """Whether every process that opens `path` finds the same file there, or nothing."""
    if str(path) == STANDARD_INPUT or str(path).startswith(_EACH_ITS_OWN):
        return False
    try:
        return S_ISREG(Path(path).stat().st_mode)
    except (OSError, ValueError):
        return True


def _standard_input() -> FileIO:
    if sys.stdin is None:
        raise OSError("it is closed")
    return FileIO(sys.stdin.fileno(), closefd=False)


def _from_text(text: str) -> Notification | Unreadable:
    try:
        return from_value(parse(text))
    except NotJsonError as error:
        return Unreadable(f"not JSON: {error}")


def _from_json_line(line: bytes) -> _Content:
    if not line:
        return None
    try:
        return from_value(parse(line))
    except NotJsonError as error:
        return _unreadable(line, error) if line.strip() else None


def _from_log_line(line: bytes) -> _Content:
    logged = logged_json(line)
    if logged is None:
        return None
    try:
        return from_value(parse_logged(logged))
    except NotJsonError as error:
        return _unreadable(line, error)


def _unreadable(line: bytes, error: NotJsonError) -> Unreadable:
    return Unreadable("it is longer than 16 MiB" if isinstance(line, Overlong) else f"not JSON: {error}")
