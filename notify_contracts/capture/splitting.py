"""Lines that were split: pieces of one, as containers' logs have them, put together where the last of them comes."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from notify_contracts._untrusted import dump, expression
from notify_contracts.capture.evidence import seems_to_hold_one
from notify_contracts.capture.inside import Inner
from notify_contracts.capture.lines import LONGEST, Overlong
from notify_contracts.capture.members import Members, built_in
from notify_contracts.capture.rows import LONGEST_ROW
from notify_contracts.capture.scanning import Contents, in_value
from notify_contracts.capture.servicelog import LOGGER
from notify_contracts.model import Unreadable

MOST_STREAMS = 64

_CRI = expression(rb"\S{1,48} (std(?:out|err)) ([PF])(?::\S*)? (.*)", re.DOTALL)
"""A line of a container's log: `P` is partial, `F` full. Source: the logging format of Kubernetes' CRI."""


class Piece(NamedTuple):
    """What a line, or the record of one, tells of a longer one: its stream, its text, whether more of it follows."""

    stream: object
    text: str | bytes
    has_more: bool
    record: Mapping[str, Any] | None = None
    name: str = ""
    may_lack_end: bool = False


def piece_of_line(line: bytes) -> Piece | None:
    """Return what a line of a container's log is a piece of; None if it is none."""
    if b" std" in line[:60] and (match := _CRI.match(line)):
        return Piece(match[1], match[3], match[2] == b"P")
    return None


def piece_of_record(value: Any, members: Members) -> Piece | None:
    """Return what a record tells of a line that may be longer; None if it is none of a line."""
    if type(value) is not dict:
        return None
    name = next((name for name in value if name in members.log and type(value[name]) is str), None)
    if name is None:
        return None
    stream = tuple(str(value[each])[:100] for each in members.stream if each in value)
    is_last = any(value.get(each) in values for each, values in members.last_part.items())
    has_more = not is_last and any(each in value and value[each] in values for each, values in members.part.items())
    may_lack_end = not has_more and value.keys() <= members.ends_with_line_end.get(name, frozenset())
    return Piece(stream, value[name], has_more, value, name, may_lack_end)


def breaks_off(found: Contents) -> bool:
    """Whether something in a line was unreadable, of which the rest may stand on the next."""
    return isinstance(found, list) and any(isinstance(inner.content, Unreadable) for inner in found)


class SplitLines:
    """Lines of which pieces were read; `look` is asked what stands in one that is whole and no record."""

    def __init__(self, look: Callable[[bytes], Contents]) -> None:
        self._look = look
        self._open: dict[object, _Open] = {}
        self._last: dict[object, Piece] = {}
        self._has_ended: set[object] = set()  # streams of which a record was seen that ends with a line end
        self._members = built_in()
        self.text = b""  # of the line that the last record holds, so much as a row may have

    def of_record(self, value: Any) -> Piece | None:
        """Return of which longer line a record is a piece, None if it is a whole one; its line is `text` then."""
        piece = piece_of_record(value, self._members)
        text = b"" if piece is None else piece.text[: LONGEST_ROW + 1]
        self.text = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
        if piece is None:
            return None
        if piece.may_lack_end:
            piece = piece._replace(has_more=self._lacks_end(value, piece.name, piece.stream))
        return piece if piece.has_more or piece.stream in self._open else None

    def take(self, piece: Piece, number: int) -> Contents:
        """Return what stands in the line that a piece on the line of this number completes, if it is the last."""
        opened = self._open.get(piece.stream)
        if opened is None:
            if not piece.has_more:
                return self._content(piece, piece.text)
            self._open[piece.stream] = opened = _Open(number)
        opened.add(piece.text)
        self._last[piece.stream] = piece
        if piece.has_more and len(self._open) <= MOST_STREAMS:
            return []
        stream = next(iter(self._open)) if piece.has_more else piece.stream
        return self._whole(self._open.pop(stream), self._last.pop(stream), number)

    def rest(self, number: int) -> Iterator[Contents]:
        """Yield what stands in lines of which the last piece never came; `number` is that behind the last line."""
        for stream, piece in list(self._last.items()):
            yield self._whole(self._open.pop(stream), piece, number)

    def _whole(self, opened: "_Open", piece: Piece, number: int) -> Contents:
        """Return what stands in all the pieces of a line together, where it begins."""
        text = (b"" if isinstance(piece.text, bytes) else "").join(opened.pieces)
        if opened.length > LONGEST:
            text = opened.overlong()
        found = self._content(piece, text)
        if found is None:
            return None
        each = found if isinstance(found, list) else [Inner(found)]
        return [inner._replace(earlier=number - opened.number) for inner in each]

    def _content(self, piece: Piece, text: str | bytes) -> Contents:
        if isinstance(text, bytes):
            return self._look(text)
        record = {**(piece.record or {}), piece.name: text}
        return in_value(record, dump(record), is_log=True)

    def _lacks_end(self, value: dict[str, Any], name: str, stream: object) -> bool:
        """Whether a record goes on: its text has no line end, and others of its stream have one, or it breaks off."""
        if value[name].endswith("\n"):
            self._has_ended.add(stream)
            return False
        return stream in self._has_ended or breaks_off(in_value(value, dump(value), is_log=True))


class _Open:
    """A long line of which pieces were read, from the line of this number on."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.pieces: list[Any] = []
        self.length = 0
        self._is_meant = False

    def add(self, text: str | bytes) -> None:
        """Keep a piece, but no more than can be read."""
        self.length += len(text)
        if self.length <= LONGEST:
            self.pieces.append(text)
        elif not self._is_meant:
            self._is_meant = any(map(_seems_to_hold_one, (*self.pieces, text)))
            self.pieces = self.pieces[:1]

    def overlong(self) -> Overlong:
        """Return what is left of pieces that are too long together, which says whether one was among them."""
        head = self.pieces[0] if self.pieces else b""
        head = head if isinstance(head, bytes) else head.encode("utf-8", "replace")
        return Overlong(LOGGER.encode() if self._is_meant else head[:4096])


def _seems_to_hold_one(text: str | bytes) -> bool:
    text = text if isinstance(text, str) else text.decode("utf-8", "replace")
    return LOGGER in text or seems_to_hold_one(text)
