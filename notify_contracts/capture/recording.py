"""A recording: opened, recognised by its content, and read as notifications."""

import sys
import zlib
from collections.abc import Iterator
from io import BufferedReader, BytesIO, FileIO, RawIOBase
from os import fstat
from pathlib import Path
from types import TracebackType
from typing import Self

from notify_contracts.capture.lines import BLOCK, ByteStream, Cut, lines
from notify_contracts.capture.messages import from_value
from notify_contracts.capture.parts import Part, PartStream
from notify_contracts.capture.servicelog import logged_json, parse_logged
from notify_contracts.capture.shape import BYTE_ORDER_MARK, GZIP, Shape, shape
from notify_contracts.capture.values import Values
from notify_contracts.errors import SourceError
from notify_contracts.jsontext import NotJsonError, parse
from notify_contracts.model import Found, Location, Notification, Unreadable
from notify_contracts.text import printable

STANDARD_INPUT = "-"
STANDARD_INPUT_NAME = "standard input"

_Content = Notification | Unreadable | None  # None for a line that is not meant to be a notification


class Recording:
    """Recorded notifications from a file, or from standard input where `path` is ``-``.

    JSON lines, a JSON array, objects spread over lines or a service's log, plain or compressed with gzip, recognised by
    content. Iterating reads it once, in constant memory, and yields every notification and, for what should have been
    one, an `Unreadable`. `skipped` counts the lines of a log that are not notifications, `length` the lines or items.
    With `part`, only that part of a file that `can_be_parted` is read, and numbers count from its beginning.
    Raise SourceError if it cannot be opened, or read on.
    """

    def __init__(self, path: str | Path, stdin: RawIOBase | BytesIO | None = None, part: Part | None = None) -> None:
        is_stdin = str(path) == STANDARD_INPUT
        self.name = STANDARD_INPUT_NAME if is_stdin else printable(str(path))
        self.skipped = 0
        self.length = 0
        self._part = part
        try:
            self._raw = BufferedReader((stdin or _standard_input()) if is_stdin else FileIO(path))
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

    @property
    def size(self) -> int:
        """How many bytes the file has, before decompression; 0 where that is not known."""
        try:
            return fstat(self._raw.fileno()).st_size
        except OSError:
            return 0

    @property
    def position(self) -> int:
        """How many bytes of the file have been read, before decompression."""
        return self._raw.tell()

    @property
    def can_be_parted(self) -> bool:
        """Whether it is a plain file whose lines are read one by one; to be asked before iterating."""
        if not self.size:
            return False
        beginning = self._raw.peek()
        return not beginning.startswith(GZIP) and shape(beginning, is_all=True) in (Shape.LOG, Shape.LINES)

    def __iter__(self) -> Iterator[Found]:
        name, unit, number = self.name, "line", 0
        try:
            unit, contents = self._contents()
            for number, content in enumerate(contents, 1):  # the number outlives the loop
                if content is None:
                    self.skipped += 1
                else:
                    yield content, Location(name, number, unit)
        except NotJsonError as error:
            yield Unreadable(f"not JSON: {error}; the rest was not read"), Location(name, number + 1, unit)
        except OSError as error:
            raise self._unusable(error) from None
        finally:
            self.length = number

    def _contents(self) -> tuple[str, Iterator[_Content]]:
        stream, first, found = self._beginning()
        if self._part is not None:
            stream = PartStream(self._raw, self._part)
            first = stream.read1(BLOCK)
        if self._part is None or self._part.start == 0:
            first = first.removeprefix(BYTE_ORDER_MARK)
        if found is Shape.ARRAY:
            contents: Iterator[_Content] = map(_from_text, Values(stream, first).in_array())
        elif found is Shape.OBJECTS:
            contents = map(_from_text, Values(stream, first).concatenated())
        else:
            contents = map(_from_log_line if found is Shape.LOG else _from_json_line, lines(stream, first))
        return found.unit, contents

    def _beginning(self) -> tuple[ByteStream, bytes, Shape]:
        """Return the decompressed stream, what was read of it, and the shape that this tells; a pipe may be slow."""
        stream: ByteStream = self._raw
        first = self._raw.read(len(GZIP))
        if first == GZIP:
            stream, first = _Gunzipped(first, self._raw), b""
        while (found := shape(first)) is None:
            block = stream.read1(BLOCK)
            first += block
            if not block:
                return stream, first, shape(first, is_all=True) or Shape.LOG
        return stream, first, found

    def _unusable(self, error: OSError) -> SourceError:
        return SourceError(f"{self.name}: cannot be read: {error.strerror or error}")


class _Gunzipped:
    """The decompressed bytes of a gzip stream; damage ends it with `NotJsonError` after all that could be read."""

    def __init__(self, first: bytes, rest: ByteStream) -> None:
        from gzip import GzipFile

        self._file: GzipFile = GzipFile(fileobj=_Resumed(first, rest))  # type: ignore[call-overload]  # it only reads

    def read1(self, size: int) -> bytes:
        try:
            return self._file.read1(size)
        except (EOFError, zlib.error) as error:
            raise NotJsonError(f"the compressed data is damaged or cut off ({error})") from None
        except OSError as error:
            if error.errno is not None:
                raise
            raise NotJsonError(f"the compressed data is damaged ({error})") from None


class _Resumed:
    """A stream of which `first` was read already."""

    def __init__(self, first: bytes, rest: ByteStream) -> None:
        self._first = first
        self._rest = rest

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes; nothing at the end."""
        first, self._first = self._first[:size], self._first[size:]
        return first or self._rest.read1(size)


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
    return Unreadable("it is longer than 16 MiB" if isinstance(line, Cut) else f"not JSON: {error}")
