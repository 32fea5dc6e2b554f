"""What stands in a line, wherever it does: whole values are read, and reading goes on behind a value.

A line that is one JSON value is read as that. In any other, every value is looked for that is declared a notification,
because the notification logger's name stands before it, or that has the shape of one. Where such a value breaks off,
reading goes on at the next that begins, so a record that was written into the middle of another is found. What breaks
off and seems to be a notification is unreadable.

Among JSON lines, all else is unreadable too. In a log it is something else: it is skipped, and counted.
"""

import re

from notify_contracts._untrusted import NotJsonError, parse
from notify_contracts.capture.evidence import seems_to_begin_one, seems_to_hold_one
from notify_contracts.capture.lines import Overlong
from notify_contracts.capture.losses import losses, may_tell_of_one
from notify_contracts.capture.messages import Content, found_in, from_value, no_notification
from notify_contracts.capture.servicelog import LOGGER
from notify_contracts.capture.values import TornError, end_of_value
from notify_contracts.model import UNDELIVERED, Unreadable

Contents = Content | list[Content] | None
"""What was found in a line; None where the line is not meant to be a notification."""

_LOGGER = LOGGER.encode()
_MARKS = (_LOGGER, b"event_type", b"message_id", b"publisher_id", b"oslo.message")
_START = re.compile(r'\{\s*"|\[\s*"[^"]*"\s*,\s*[{"]')
_SPACE = re.compile(r"[\s,]*")
_MOST_BROKEN_OFF = 100  # each may cost as much as reading the line
_TORN = "another record begins in the middle of it"
_UNREAD = "one seems to stand in it, where it is not looked for: write what it holds as a line of its own"


def in_json_line(line: bytes) -> Contents:
    """Return what stands in a line of JSON lines."""
    if not line:
        return None
    try:
        value = parse(line)
    except NotJsonError as error:
        if not line.strip():
            return None
        contents = _scanned(line, is_log=False)
        has_more = any(not isinstance(each, Unreadable) or each.keyword == UNDELIVERED for each in contents)
        return contents if has_more else _not_json(line, error)
    found = found_in(value)
    return _nothing_in(value, line, is_log=False) if found is None else found


def in_log_line(line: bytes) -> Contents:
    """Return what stands in a line of a log."""
    if line.lstrip()[:1] in (b"{", b"[", b'"'):
        try:
            value = parse(line)
        except NotJsonError:
            pass
        else:
            found = found_in(value, is_log=True)
            return _nothing_in(value, line, is_log=True) if found is None else found
    if any(mark in line for mark in _MARKS) or may_tell_of_one(line):
        return _scanned(line, is_log=True) or None
    return None


def _nothing_in(value: object, line: bytes, *, is_log: bool) -> Contents:
    """Return what is said of a whole value in which no notification was found."""
    text = line.decode("utf-8", "replace")
    lost: list[Content] = [*losses(text)]
    if lost:
        return lost
    said = no_notification(value)
    if seems_to_hold_one(text):
        return Unreadable(f"{said.reason}; {_UNREAD}")
    return None if is_log else said


def _not_json(line: bytes, error: NotJsonError) -> Unreadable:
    return Unreadable("it is longer than 16 MiB" if isinstance(line, Overlong) else f"not JSON: {error}")


def _scanned(line: bytes, *, is_log: bool) -> list[Content]:
    if isinstance(line, Overlong):
        text = line.decode("utf-8", "replace")
        is_meant = not is_log or LOGGER in text or seems_to_hold_one(text)
        return [Unreadable("it is longer than 16 MiB")] if is_meant else []
    return _Scan(line.decode("utf-8", "surrogateescape"), is_log=is_log).contents


class _Scan:
    """A line read from its beginning to its end, but for one in which too many values break off."""

    def __init__(self, text: str, *, is_log: bool) -> None:
        self.contents: list[Content] = []
        self._text = text
        self._is_log = is_log
        self._read = 0  # up to where values were read, or broke off
        self._broken_off = 0
        self._torn: int | None = None  # which of the contents broke off, until something is read behind it
        self._has_more = False  # than values, where only values should be
        self._logger = self._value = -1  # where the next are; what was found is not looked for again
        at = 0
        while (start := self._start(at)) is not None:
            if self._broken_off == _MOST_BROKEN_OFF:
                self.contents.append(Unreadable("too many values break off on its line; the rest of it was not read"))
                break
            at = self._take(*start)
        self._beside(len(text))
        if self.contents and self._has_more and not any(isinstance(each, Unreadable) for each in self.contents):
            self.contents.append(Unreadable("not JSON: something else stands beside a value on its line"))

    def _start(self, at: int) -> tuple[int, bool] | None:
        """Return where the next value may begin, at `at` or later, and whether a logger declares it a notification."""
        end = len(self._text)
        if self._logger < self._read:
            found = self._text.find(LOGGER, self._read)
            self._logger = found if found >= 0 else end
        if self._value < at:
            match = _START.search(self._text, at)
            self._value = match.start() if match else end
        if self._logger < self._value:
            brace = self._text.find("{", max(at, self._logger), self._value + 1)
            if brace >= 0:
                return brace, True
        return (self._value, False) if self._value < end else None

    def _take(self, start: int, is_declared: bool) -> int:  # noqa: FBT001  # as `_start` returns it
        """Read the value that begins at `start`; return from where on the next may begin."""
        self._beside(start, is_declared=is_declared)
        try:
            end = end_of_value(self._text, start)
        except TornError as error:
            return self._break_off(start, error, is_declared=is_declared)
        self._read = end
        value = self._text[start:end].encode("utf-8", "surrogateescape")
        found = self._in_whole(value, is_declared=is_declared)
        if found is not None:
            self.contents += found if isinstance(found, list) else (found,)
            self._torn = None
        return end

    def _in_whole(self, text: bytes, *, is_declared: bool) -> Contents:
        """Return what stands in a value that has its end."""
        try:
            value = parse(text)
        except NotJsonError as error:
            is_meant = is_declared or not self._is_log or seems_to_hold_one(text.decode("utf-8", "replace"))
            return Unreadable(f"not JSON: {error}") if is_meant else None
        found = from_value(value) if is_declared else found_in(value, is_log=self._is_log)
        if self._torn is None:
            return found or _nothing_in(value, text, is_log=self._is_log)
        if found is not None:  # else it is a piece of what broke off
            self.contents[self._torn] = Unreadable(_TORN)
        return found

    def _break_off(self, start: int, error: TornError, *, is_declared: bool) -> int:
        """Take what begins at `start` for broken off; return where what broke into it may begin."""
        self._broken_off += 1
        following = max(start + 1, self._broken_into(start, error.position))
        match = None if is_declared else _START.search(self._text, following)
        until = match.start() if match else len(self._text)
        is_meant = is_declared or (not self._is_log and self._torn is None)
        if is_meant or seems_to_begin_one(self._text, start, until):
            self._torn = len(self.contents)
            self.contents.append(Unreadable(f"not JSON: {error}"))
        self._read = start + 1
        return following

    def _broken_into(self, start: int, position: int) -> int:
        """Return where another record may begin that breaks a value off at `position`.

        If it was within a text, the first quotation mark of the other one ended that; if a value was due there, the
        other one was taken for that, and the line ended too early.
        """
        if position >= len(self._text.rstrip()):
            return start + 1
        brace = self._text.rfind("{", max(start + 1, position - 16), position)
        return brace if brace >= 0 and self._text[brace + 1 : position].strip() == '"' else position

    def _beside(self, end: int, *, is_declared: bool = False) -> None:
        """Look at the text before the next value, or behind the last."""
        between = self._text[self._read : end]
        lost = [*losses(between)]
        self.contents += lost
        if not (self._is_log or is_declared or lost) and _SPACE.fullmatch(between) is None:
            self._has_more = True
