"""A log read line by line, where what belongs together may stand on several lines: parts of one, an indented value."""

import re
from collections.abc import Generator, Iterator, Mapping
from typing import Any, NamedTuple

from notify_contracts._untrusted import NotJsonError, dump, parse
from notify_contracts.capture.evidence import names_columns, seems_to_hold_one
from notify_contracts.capture.inside import Inner
from notify_contracts.capture.lines import LONGEST, Overlong
from notify_contracts.capture.members import Members, built_in
from notify_contracts.capture.scanning import NAMED, Contents, in_log_line, in_value
from notify_contracts.capture.servicelog import LOGGER
from notify_contracts.model import Unreadable

_CRI = re.compile(rb"\S{1,48} (std(?:out|err)) ([PF])(?::\S*)? (.*)", re.DOTALL)
"""A line of a container's log: `P` is partial, `F` full. Source: the logging format of Kubernetes' CRI."""

_BEGINS = re.compile(rb"[{\[(]\s*(?:['\"].*)?$", re.DOTALL)
_TOKEN = re.compile(rb"'(?:[^'\\]+|\\.)*+'|\"(?:[^\"\\]+|\\.)*+\"|[{}\[\]()]", re.DOTALL)
_GOES_ON = (b"{", b"[", b"(", b",")
_INSIDE = b" \t\"'{}[]()"
_MOST_LINES = 20_000
_MOST_BYTES = 1024 * 1024
_MOST_STREAMS = 64
_MOST_LOOKED_BACK = 1000  # lines
_NEAREST = 32  # lines before a cut
_KEY = re.compile(rb"(?<![\w.-])(event_type|message_id|publisher_id)(?:[\"']?\s{0,9}[:=>]|[\"']\s{0,9}\]\s{0,9},)")
_NEAR = 300  # lines
_SPREAD = (
    "the attributes of a notification stand on lines of their own here, as in YAML, which is not read: "
    "write each notification as JSON"
)
_REST = "the end of a notification stands here, and its beginning is missing: get the whole of it"
_COLUMNS = (
    "a table begins here whose columns are a notification's attributes, which is not read: write them as JSON lines"
)


def in_log(lines: Iterator[bytes]) -> Iterator[Contents]:
    """Yield what stands in each line of a log; an empty list for one that is told with an earlier or a later line."""
    log = _Log()
    for line in lines:
        following: bytes | None = line
        while following is not None and following.endswith(_GOES_ON) and (depth := _depth(following)) > 0:
            following = yield from log.block(following, depth, lines)
        if following is not None:
            yield log.one(following)
    yield from log.rest()


def end_of_whole(block: bytes, *, is_line_start: bool) -> int:
    """Return where the last line in a block of a log ends behind which nothing goes on that began in it; 0 for none.

    Where the block does not begin with a line, what goes on behind the line that it ends is not known. Lines of several
    streams may stand among each other: of each the last one tells, as far as it is one of the nearest.
    """
    after = block.rfind(b"\n") + 1
    end, streams = 0, set[object]()
    for _ in range(_MOST_LOOKED_BACK):
        start = block.rfind(b"\n", 0, max(after - 1, 0)) + 1
        if after == 0 or (start == 0 and not is_line_start):
            break
        goes_on, stream = _goes_on(block[start : after - 1])
        if goes_on and stream not in streams:
            end, streams = 0, set()
        else:
            end = end or after
            if stream is None or len(streams) == _MOST_STREAMS or block.count(b"\n", after, end) == _NEAREST:
                break
            streams.add(stream)
        after = start
    return end


def _goes_on(line: bytes) -> tuple[bool, object]:
    """Return whether what a line holds may go on in a later one, and of which stream; None for the next of any."""
    if line[:1] in (b" ", b"\t") or line.endswith(_GOES_ON):
        return True, None
    if b" std" in line[:60] and (match := _CRI.match(line)):
        return match[2] == b"P", match[1]
    try:
        value = parse(line) if line[:1] == b"{" else None
    except NotJsonError:
        value = None
    if value is None:
        return _breaks_off(in_log_line(line)), None
    part = _part_of(value, built_in()) if type(value) is dict else None
    if part is None:
        return False, None
    return part.has_more or (part.may_lack_end and not str(part.text).endswith("\n")), part.stream


def _breaks_off(found: Contents) -> bool:
    """Whether something in a line was unreadable, of which the rest may stand on the next."""
    return isinstance(found, list) and any(isinstance(inner.content, Unreadable) for inner in found)


class _Part(NamedTuple):
    """What a line, or the record of one, tells of a longer one: its stream, its text, whether more of it follows."""

    stream: object
    text: str | bytes
    has_more: bool
    record: Mapping[str, Any] | None = None
    name: str = ""
    may_lack_end: bool = False


class _Open:
    """A long line of which parts were read."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.parts: list[Any] = []
        self.length = 0
        self._is_meant = False

    def add(self, text: str | bytes) -> None:
        """Keep a part, but no more than can be read."""
        self.length += len(text)
        if self.length <= LONGEST:
            self.parts.append(text)
        elif not self._is_meant:
            self._is_meant = any(map(_seems_to_hold_one, (*self.parts, text)))
            self.parts = self.parts[:1]

    def overlong(self) -> Overlong:
        """Return what is left of parts that are too long together, which says whether a notification was among them."""
        head = self.parts[0] if self.parts else b""
        head = head if isinstance(head, bytes) else head.encode("utf-8", "replace")
        return Overlong(LOGGER.encode() if self._is_meant else head[:4096])


def _seems_to_hold_one(text: str | bytes) -> bool:
    text = text if isinstance(text, str) else text.decode("utf-8", "replace")
    return LOGGER in text or seems_to_hold_one(text)


class _Log:
    """What was read of a log that lines to come belong to."""

    def __init__(self) -> None:
        self._number = 0
        self._open: dict[object, _Open] = {}
        self._last: dict[object, _Part] = {}
        self._has_ended: set[object] = set()  # streams of which a record was seen that ends with a line end
        self._named: dict[bytes, int] = {}
        self._is_broken_off = False  # what the line before holds
        self._members = built_in()

    def one(self, line: bytes) -> Contents:
        """Return what stands in a line, or in what it completes."""
        self._number += 1
        is_rest, self._is_broken_off = self._is_broken_off, False
        if b" std" in line[:60] and (match := _CRI.match(line)):
            return self._taken(_Part(match[1], match[3], match[2] == b"P"))
        if line[:1] == b"{":
            try:
                value = parse(line)
            except NotJsonError:
                pass
            else:
                part = self._part(value)
                return in_value(value, line, is_log=True) if part is None else self._taken(part)
        found = in_log_line(line)
        if found:
            self._is_broken_off = _breaks_off(found)
        return self._looked_at(line, found, is_rest=is_rest) if found is NAMED else found

    def block(self, line: bytes, depth: int, lines: Iterator[bytes]) -> Generator[Contents, None, bytes | None]:
        """Yield what stands in a value that begins in `line` and goes on in the next ones, if it does.

        Return the line behind, in which another may begin, if it was read to see that it is not one of them.
        """
        block, length = [line], len(line)
        for following in lines:
            block.append(following)
            length += len(following)
            is_inside = following[:1] in _SPACES and not isinstance(following, Overlong)
            if not is_inside:
                yield from map(self.one, block[:-1])
                return following
            if length > _MOST_BYTES or len(block) > _MOST_LINES:
                break
            depth += _depth_of(following)
            if depth <= 0:
                found = in_log_line(b"\n".join(block))
                self._number += len(block)
                if found is NAMED and line.startswith(b"["):
                    found = self._looked_at(b"\n".join(block), found)
                if found and found is not NAMED:
                    yield found
                    yield from ([] for _ in block[1:])
                    return None
                self._number -= len(block)
                break
        yield from map(self.one, block)
        return None

    def rest(self) -> Iterator[Contents]:
        """Yield what stands in long lines that have no end."""
        self._number += 1
        for stream, part in list(self._last.items()):
            yield self._whole(self._open.pop(stream), part)

    def _taken(self, part: _Part) -> Contents:
        opened = self._open.get(part.stream)
        if opened is None:
            if not part.has_more:
                return self._content(part, part.text)
            self._open[part.stream] = opened = _Open(self._number)
        opened.add(part.text)
        self._last[part.stream] = part
        if part.has_more and len(self._open) <= _MOST_STREAMS:
            return []
        stream = next(iter(self._open)) if part.has_more else part.stream
        return self._whole(self._open.pop(stream), self._last.pop(stream))

    def _whole(self, opened: _Open, part: _Part) -> Contents:
        """Return what stands in all the parts of a line together, where it begins."""
        text = (b"" if isinstance(part.text, bytes) else "").join(opened.parts)
        if opened.length > LONGEST:
            text = opened.overlong()
        found = self._content(part, text)
        if found is None:
            return None
        earlier = self._number - opened.number
        each = found if isinstance(found, list) else [Inner(found)]
        return [inner._replace(earlier=earlier) for inner in each]

    def _content(self, part: _Part, text: str | bytes) -> Contents:
        if isinstance(text, bytes):
            return self._looked_at(text, in_log_line(text))
        record = {**(part.record or {}), part.name: text}
        return in_value(record, dump(record), is_log=True)

    def _part(self, value: Any) -> _Part | None:
        """Return of which longer line a record is a part, None if it is a whole one."""
        part = _part_of(value, self._members) if type(value) is dict else None
        if part is None:
            return None
        if part.may_lack_end:
            part = part._replace(has_more=self._lacks_end(value, part.name, part.stream))
        return part if part.has_more or part.stream in self._open else None

    def _lacks_end(self, value: dict[str, Any], name: str, stream: object) -> bool:
        """Whether a record goes on: its text has no line end, and others of its stream have one, or it breaks off."""
        if value[name].endswith("\n"):
            self._has_ended.add(stream)
            return False
        if stream in self._has_ended:
            return True
        found = in_value(value, dump(value), is_log=True)
        return isinstance(found, list) and any(isinstance(inner.content, Unreadable) for inner in found)

    def _looked_at(self, line: bytes, found: Contents, *, is_rest: bool = False) -> Contents:
        """Return what was found; of a line of which nothing was read, what it is where it belongs to a notification.

        It may be the rest of one that broke off on the line before, which was told.
        """
        if found is not NAMED:
            return found
        text = line.decode("utf-8", "replace")
        if names_columns(text):
            return Unreadable(_COLUMNS)
        if not is_rest and seems_to_hold_one(text):
            return Unreadable(_REST)
        for match in _KEY.finditer(line):
            self._named[match[1]] = self._number
        if len(self._named) < 3 or self._number - min(self._named.values()) > _NEAR:  # noqa: PLR2004 - those of `_KEY`
            return None
        self._named.clear()
        return Unreadable(_SPREAD)


_SPACES = tuple(bytes((code,)) for code in _INSIDE)


def _part_of(value: dict[str, Any], members: Members) -> _Part | None:
    """Return what a record tells of a line that may be longer; None if it is none of a line."""
    name = next((name for name in value if name in members.log and type(value[name]) is str), None)
    if name is None:
        return None
    stream = tuple(str(value[each])[:100] for each in members.stream if each in value)
    is_last = any(value.get(each) in values for each, values in members.last_part.items())
    has_more = not is_last and any(each in value and value[each] in values for each, values in members.part.items())
    may_lack_end = not has_more and value.keys() <= members.ends_with_line_end.get(name, frozenset())
    return _Part(stream, value[name], has_more, value, name, may_lack_end)


def _depth(line: bytes) -> int:
    """Return how many brackets are open at the end of a line, from where a value may begin in it."""
    match = _BEGINS.search(line)
    return _depth_of(line[match.start() :]) if match else 0


def _depth_of(text: bytes) -> int:
    depth = 0
    for token in _TOKEN.findall(text):
        depth += (token in (b"{", b"[", b"(")) - (token in (b"}", b"]", b")"))
    return depth
