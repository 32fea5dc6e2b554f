"""A recording: opened, recognised by its content, and read as notifications."""

import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from io import BufferedReader, BytesIO, FileIO, RawIOBase
from os import fstat
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from notify_contracts.capture.lines import BLOCK, ByteStream, Cut, lines
from notify_contracts.capture.messages import from_value
from notify_contracts.capture.servicelog import logged_json, parse_logged
from notify_contracts.capture.values import Values
from notify_contracts.errors import SourceError
from notify_contracts.jsontext import NotJsonError, parse
from notify_contracts.model import Found, Location, Notification, Unreadable
from notify_contracts.text import printable

STANDARD_INPUT = "-"

_GZIP = b"\x1f\x8b"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ARRAY = re.compile(rb'\s*\[\s*[\[{"\]]')
_OBJECT = re.compile(rb"\s*\{")
_GOES_ON = re.compile(rb"[{\[,]\s*\Z")

_Contents = Iterator[Notification | Unreadable | None]


class Recording:
    """Recorded notifications from a file, or from standard input where `path` is ``-``.

    JSON lines, a JSON array, objects spread over lines or a service's log, plain or compressed with gzip, recognised by
    content. Iterating reads it once, in constant memory, and yields every notification and, for what should have been
    one, an `Unreadable`. `skipped` counts the lines of a log that are not notifications.
    Raise SourceError if it cannot be opened, or read on.
    """

    def __init__(self, path: str | Path, stdin: RawIOBase | BytesIO | None = None) -> None:
        is_stdin = str(path) == STANDARD_INPUT
        self.name = "standard input" if is_stdin else printable(str(path))
        self.skipped = 0
        try:
            self._raw = BufferedReader((stdin or _standard_input()) if is_stdin else FileIO(path))
            compressed = self._raw.peek(2)[:2] == _GZIP
        except OSError as error:
            raise self._unusable(error) from None
        self._stream: ByteStream = _Gunzipped(self._raw) if compressed else self._raw

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

    def __iter__(self) -> Iterator[Found]:
        name, unit, number = self.name, "line", 0
        try:
            unit, contents = self._contents()
            for number, content in enumerate(contents, 1):
                if content is None:
                    self.skipped += 1
                else:
                    yield Found(content, Location(name, number, unit))
        except NotJsonError as error:
            yield Found(Unreadable(f"not JSON: {error}; the rest was not read"), Location(name, number + 1, unit))
        except OSError as error:
            raise self._unusable(error) from None

    def _contents(self) -> tuple[str, _Contents]:
        first = self._stream.read1(BLOCK).removeprefix(_BYTE_ORDER_MARK)
        if _ARRAY.match(first):
            return "item", _from_texts(Values(self._stream, first).in_array())
        if not _OBJECT.match(first):
            return "line", _from_log(lines(self._stream, first))
        if _is_spread_over_lines(first):
            return "item", _from_texts(Values(self._stream, first).concatenated())
        return "line", _from_json_lines(lines(self._stream, first))

    def _unusable(self, error: OSError) -> SourceError:
        return SourceError(f"{self.name}: cannot be read: {error.strerror or error}")


class _Gunzipped:
    """The decompressed bytes of a gzip stream; damage ends it with `NotJsonError` after all that could be read."""

    def __init__(self, compressed: BufferedReader[Any]) -> None:
        from gzip import GzipFile

        self._file = GzipFile(fileobj=compressed)

    def read1(self, size: int) -> bytes:
        try:
            return self._file.read1(size)
        except (EOFError, zlib.error) as error:
            raise NotJsonError(f"the compressed data is damaged or cut off ({error})") from None
        except OSError as error:
            if error.errno is not None:
                raise
            raise NotJsonError(f"the compressed data is damaged ({error})") from None


def _standard_input() -> FileIO:
    if sys.stdin is None:
        raise OSError("it is closed")
    return FileIO(sys.stdin.fileno(), closefd=False)


def _is_spread_over_lines(first: bytes) -> bool:
    """Whether an object begins on the first line and goes on on the next; else each line is a value of its own."""
    line, _, rest = first.lstrip().partition(b"\n")
    if not rest or not _GOES_ON.search(line):
        return False
    try:
        parse(line)
    except NotJsonError:
        return True
    return False


def _from_texts(texts: Iterable[str]) -> _Contents:
    for text in texts:
        try:
            yield from_value(parse(text))
        except NotJsonError as error:
            yield Unreadable(f"not JSON: {error}")


def _from_json_lines(recorded: Iterable[bytes]) -> _Contents:
    for line in recorded:
        try:
            yield from_value(parse(line))
        except NotJsonError as error:
            yield _unreadable(line, error) if line.strip() else None


def _from_log(logged: Iterable[bytes]) -> _Contents:
    for line in logged:
        found = logged_json(line)
        if found is None:
            yield None
            continue
        try:
            yield from_value(parse_logged(found))
        except NotJsonError as error:
            yield _unreadable(line, error)


def _unreadable(line: bytes, error: NotJsonError) -> Unreadable:
    return Unreadable("it is longer than 16 MiB" if isinstance(line, Cut) else f"not JSON: {error}")
