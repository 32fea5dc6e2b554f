"""A recording: opened, recognised by its content, and read as notifications."""

import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from io import BufferedReader, BytesIO, FileIO, RawIOBase
from itertools import chain
from os import fstat, pread
from pathlib import Path
from select import select
from stat import S_ISREG
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from notify_contracts._untrusted import NotJsonError, printable, reason_of
from notify_contracts.capture.leaving import Take, left_by
from notify_contracts.capture.lines import BLOCK, stretches, without_end
from notify_contracts.capture.opening import Opening, opening
from notify_contracts.capture.parts import Part, PartOfFile, cut, cut_short
from notify_contracts.capture.reader import Unread, UnreadError
from notify_contracts.capture.shape import BYTE_ORDER_MARK, Shape
from notify_contracts.capture.unpacking import Entry, entries
from notify_contracts.errors import DamagedError, SourceError
from notify_contracts.model import LEFT_UNREAD, Found, InnerLocation, Location, Unreadable

if TYPE_CHECKING:
    from notify_contracts.capture.inside import Inner
    from notify_contracts.capture.scanning import Contents

STANDARD_INPUT = "-"
STANDARD_INPUT_NAME = "standard input"
_EACH_ITS_OWN = ("/dev/", "/proc/")
_REMEMBERED = 64  # bytes of a file's beginning, by which it is known again


class Recording:
    """Recorded notifications from a file, or from standard input where `path` is ``-``, or from `stream`, named `path`.

    JSON lines, JSON arrays, objects spread over lines or a service's log, in UTF-8, or in UTF-16 or UTF-32 with a mark,
    plain or compressed (gzip, bzip2, xz, zstd), one or many in a tar or zip archive, recognised by content. Iterating
    reads it once, in constant memory, and yields every notification and, for what should have been one, an
    `Unreadable`. `skipped` counts the lines of a log that are not notifications.

    A line that is one JSON value is read as that wherever it stands; a line may hold several notifications. An object
    has the shape of one if it has three of the envelope's attributes, not only ``priority``, ``timestamp`` and
    ``payload``. Any other is `Unreadable` among JSON lines, and skipped in a log unless it seems to hold one.

    With `part`, one of its `parts`, only that is read, with the places of the whole; `stream` is then the open file.
    Raise SourceError if it cannot be opened, or read on, or if it is cut while it is read; DamagedError, when all else
    was read, if some of it could not be unpacked.
    """

    def __init__(self, path: str | Path, stream: RawIOBase | BytesIO | None = None, part: Part | None = None) -> None:
        self.name = source_name(path)
        self.skipped = 0
        self._path = path
        self._part = part
        try:
            self._raw = BufferedReader(self._opened(stream))
        except (OSError, ValueError) as error:
            raise self._unusable(error) from None
        try:
            self._raw.peek()
        except OSError as error:
            self._raw.close()
            raise self._unusable(error) from None
        self._marked = self._mark()

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
        return self._found(None)

    def left_by(self, take: Take) -> Iterator[Found | None]:
        """Yield what iterating does but for lines with which `take` deals, and None after each stretch of lines.

        `take` is given JSON lines only, and those that it leaves are read as ever.
        """
        return self._found(take)

    def _found(self, take: Take | None) -> Iterator[Any]:
        unread = Unread()
        try:
            for entry in self._entries():
                try:
                    yield from self._found_in(entry, take)
                except UnreadError as error:
                    unread.add(entry.name, error)
        except OSError as error:
            raise self._unusable(error) from None
        self._look_back()
        if unread.count:
            raise DamagedError(str(unread))

    def _found_in(self, entry: Entry, take: Take | None) -> Iterator[Any]:
        unit, number = "line", 0
        try:
            unit, contents = self._contents(entry, take)
            for number, content in contents:  # the number outlives the loop
                if content is None:
                    self.skipped += 1
                elif isinstance(content, list):
                    for each in content:
                        yield each.content, _place(each, entry.name, number, unit)
                    if not content and take is not None:
                        yield None
                else:
                    yield content, Location(entry.name, number, unit)
        except NotJsonError as error:
            yield Unreadable(f"not JSON: {error}; the rest {LEFT_UNREAD}"), Location(entry.name, number + 1, unit)

    def parts(self, size: int) -> Iterator[Part | None]:
        """Yield parts which, read one after the other, are all of it; None where nothing more is there yet.

        The lines of a file become parts of about `size` bytes; what is packed, an array and objects stay whole.
        Lines that come from elsewhere are in their parts; raise SourceError where it is not plain lines that come.
        """
        can_be_opened = is_file(self._path)
        try:
            opened = self._plain_lines()
            if opened is not None:
                if can_be_opened:
                    self._raw.seek(0)  # what is cut is the file as it is
                read = () if can_be_opened else opened.blocks()
                yield from cut(chain(read, self._blocks()), opened.shape, size, keep=not can_be_opened)
            elif can_be_opened:
                yield Part(0, fstat(self._raw.fileno()).st_size)
        except OSError as error:
            raise self._unusable(error) from None
        self._look_back()
        if opened is None and not can_be_opened:
            raise SourceError(f"{self.name}: is not plain lines, which several processes could share: try --jobs 1")

    def _plain_lines(self) -> Opening | None:
        """Return how it begins; None where it is not lines or they are packed."""
        entry = next(self._entries(), None)
        if entry is None or not entry.is_plain:
            return None
        opened = opening(self._raw, entry.first)
        return opened if opened.shape.unit == "line" else None

    def _blocks(self) -> Iterator[bytes | None]:
        """Yield what is there, and None where it would have to be waited for."""
        while True:
            while self.is_live and not select([self._raw], [], [], 0)[0]:
                yield None
            block = self._raw.read1(BLOCK)
            if not block:
                return
            yield block

    def _opened(self, stream: RawIOBase | BytesIO | None) -> RawIOBase | BytesIO:
        if self._part is not None and self._part.content is not None:
            return BytesIO(self._part.content)
        opened = stream or (_standard_input() if str(self._path) == STANDARD_INPUT else FileIO(self._path))
        if self._part is not None and isinstance(opened, FileIO):
            return PartOfFile(opened, self._part, self.name)
        return opened

    def _entries(self) -> Iterator[Entry]:
        if self._part is None or self._part.shape is None:
            yield from entries(self._raw, self.name)
        else:
            yield Entry(self.name, self._raw, self._raw.read1(BLOCK), is_plain=True)

    def _contents(self, entry: Entry, take: Take | None) -> "tuple[str, Iterable[tuple[int, Contents]]]":
        """Return what the places in an entry are counted in, and its contents with their numbers."""
        first, before = entry.first, 0
        if self._part is None or self._part.shape is None:
            _, _, before, first, found = opening(entry.stream, first)
            if found is Shape.VALUES:
                from notify_contracts.capture.scanning import in_items
                from notify_contracts.capture.values import Values

                return found.unit, enumerate(in_items(Values(entry.stream, first).each()), 1)
            self.skipped += before
        else:
            found, before = self._part.shape, self._part.before
            if self._part.start == 0:
                first = first.removeprefix(BYTE_ORDER_MARK)
        many = stretches(entry.stream, first)
        if take is not None and found is Shape.LINES:
            return found.unit, left_by(take, many, before, entry.name)
        from notify_contracts.capture.joining import in_log
        from notify_contracts.capture.scanning import in_json_line

        each = map(without_end, chain.from_iterable(many))
        return found.unit, enumerate(in_log(each) if found is Shape.LOG else map(in_json_line, each), before + 1)

    def _mark(self) -> tuple[int, bytes]:
        """Return how long a file is and how it begins; nothing where more may come than it has, or less."""
        if self._part is not None or self.is_live:
            return 0, b""
        try:
            file = self._raw.fileno()
            return fstat(file).st_size, pread(file, _REMEMBERED, 0)
        except OSError:  # it is in memory
            return 0, b""

    def _look_back(self) -> None:
        """Raise SourceError if what was read to its end has become shorter meanwhile, or was written anew."""
        length, beginning = self._marked
        now, begins = self._mark()
        if now < length or not begins.startswith(beginning):
            raise cut_short(self.name, now)

    def _unusable(self, error: OSError | ValueError) -> SourceError:
        return SourceError(f"{self.name}: cannot be read: {reason_of(error)}")


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


def _place(inner: "Inner", source: str, number: int, unit: str) -> Location:
    place = (source, number - inner.earlier, unit)
    return InnerLocation(*place, inner.pointer) if inner.pointer else Location(*place)
