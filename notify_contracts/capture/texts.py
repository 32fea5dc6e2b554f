"""A text read from its beginning to its end, and every notification that stands in it, however it is written there."""

import re
from collections.abc import Callable
from itertools import islice

from notify_contracts._untrusted import NotJsonError, expression, parse
from notify_contracts.capture.bytewise import may_hold_bytes, written_out
from notify_contracts.capture.evidence import seems_to_begin_one, seems_to_hold_one
from notify_contracts.capture.inside import Inner, Search
from notify_contracts.capture.literals import HEADS, WITHIN, as_json, cell, undoubled, unquoted
from notify_contracts.capture.losses import losses, tells_of_one
from notify_contracts.capture.messages import found_in, from_value, is_doubtful
from notify_contracts.capture.servicelog import LOGGER
from notify_contracts.capture.unread import BEGINS, TORN, UNREAD, cut_off_in, nothing_in, said_of
from notify_contracts.capture.values import TornError, end_of_value
from notify_contracts.model import ENVELOPE_ATTRIBUTES, LEFT_UNREAD, Unreadable
from notify_contracts.wire.envelopes import keys_read

_JSON = r'\{\s*"|\[\s*"[^"]*"\s*,\s*[{"]'
_START = expression(_JSON)
_ESCAPED = r"""\\+(?:["']|x22|u0022)"""


def _printed(named: str) -> re.Pattern[str]:
    """Return what finds where a value begins in whatever a program printed; JavaScript prints what is `named` so."""
    return expression(
        rf"""{_JSON}
        |\{{\s*(?:'|(?:{named}):)                                                     # Python's, JavaScript's
        |(?:"(?:\\+")?\s*[\[{{]\s*|'\{{\s*|\{{\s*){_ESCAPED}                           # within a quoted text
        |"[\[{{]\s*""|\{{\s*""\w                                                   # a cell of a table
        |\{{\s*&(?:quot|\#34|\#x22);                                               # XML, HTML
        """,
        re.VERBOSE,
    )


_PRINTED = _printed("|".join(ENVELOPE_ATTRIBUTES))
_EVENT_PRINTED = _printed(r"[A-Za-z_]\w{0,60}")
_ENCODED = expression(
    rf"(?<![A-Za-z0-9+/_-])(?:{'|'.join(HEADS)})[A-Za-z0-9+/_-]{{60,}}=?=?|eyJ[A-Za-z0-9+/_-]{{60,}}=?=?"
)
_SPACE = expression(r"[\s,\ufeff\0]*")
_MOST_BROKEN_OFF = 100  # each may cost as much as reading the line
_MOST_PRINTED = 4  # that turned out to be none; each may cost as much, too
_SHORTEST = 40  # bytes of a value in which another may stand that has a notification's names
_FAR = 64  # characters in which a first key is looked for
_BRACES = str.maketrans("", "", "{}")


class Scan:
    """A text read from its beginning to its end, but for one in which too many values break off."""

    def __init__(self, text: str, search: Search, depth: int = 0, *, is_log: bool) -> None:
        self.contents: list[Inner] = []
        self._text = text
        self._search = search
        self._depth = depth
        self._is_log = is_log
        # What was lost is told by its words; the print of it behind them is not judged as well.
        self._starts = _START if tells_of_one(text) else (_EVENT_PRINTED if keys_read() else _PRINTED)
        self._printed = 0
        self._read = 0  # up to where values were read, or broke off
        self._broken_off = 0
        self._torn: int | None = None  # which of the contents broke off, until something is read behind it
        self._has_more = False  # than values, where only values should be
        self._rest: list[str] = []  # all but what was read
        self._logger = self._value = -1  # where the next are; what was found is not looked for again
        at = 0
        while (start := self._start(at)) is not None:
            if self._broken_off == _MOST_BROKEN_OFF:
                self._add(Unreadable(f"too many values break off on its line; the rest of it {LEFT_UNREAD}"))
                break
            at = self._take(*start)
        self._beside(len(text))
        if not self.contents:
            self._look_again()
        elif not any(isinstance(each.content, Unreadable) for each in self.contents):
            self._look_beside()

    def _start(self, at: int) -> tuple[int, bool] | None:
        """Return where the next value may begin, at `at` or later, and whether a logger declares it a notification."""
        end = len(self._text)
        if self._logger < self._read:
            found = self._text.find(LOGGER, self._read)
            self._logger = found if found >= 0 else end
        if self._value < at:
            match = self._starts.search(self._text, at)
            self._value = match.start() if match else end
        if self._logger < self._value:
            brace = self._text.find("{", max(at, self._logger), self._value + 1)
            if brace >= 0:
                return brace, True
        return (self._value, False) if self._value < end else None

    def _take(self, start: int, is_declared: bool) -> int:  # noqa: FBT001  # as `_start` returns it
        """Read the value that begins at `start`; return from where on the next may begin."""
        self._beside(start, is_declared=is_declared)
        if (not is_declared or self._within(start)) and (end := self._take_printed(start)) is not None:
            return end
        try:
            end = end_of_value(self._text, start)
        except TornError as error:
            return self._break_off(start, error, is_declared=is_declared)
        self._read = end
        value = self._text[start:end].encode("utf-8", "surrogateescape")
        found = self._in_whole(value, is_declared=is_declared)
        if found is None:
            self._rest.append(self._text[start:end].translate(_BRACES))  # those in its texts close nothing
        else:
            self.contents += found
            self._torn = None
        return end

    def _take_printed(self, start: int) -> int | None:
        """Read what a program printed at `start`; return where it ends, None where it is no such print, or JSON."""
        if self._starts is _START or self._printed == _MOST_PRINTED or self._is_plain(start):
            return None
        printed = self._printed_at(start)
        found = self._search.text(printed[0], self._depth + 1) if printed else []
        if printed and not found and seems_to_hold_one(printed[0]):
            found = [Inner(Unreadable(UNREAD))]
        if printed is None or not found:
            self._printed += 1
            is_json = self._text[start] in "{[" and not self._is_of_python(start)
            return None if printed is None or is_json else printed[1]
        self._say_torn()
        self.contents += found
        self._torn = None
        self._read = printed[1]
        return printed[1]

    def _is_plain(self, start: int) -> bool:
        """Whether what begins at `start` is not quoted, and is JSON if it is anything."""
        text = self._text
        if text[start] not in "{[" or text[start - 1 : start] in ("'", '"') or self._within(start):
            return False
        return text[start] == "[" or (text[start + 1 : start + _FAR].lstrip()[:1] == '"' and not self._is_hash(start))

    def _printed_at(self, start: int) -> tuple[str, int] | None:
        """Return as JSON, or as a text that may hold some, what was printed at `start`, and where that ends."""
        text = self._text
        if text[start] not in "{[":
            is_cell = text[start + 2 : start + _FAR].lstrip()[:2] == '""'
            return cell(text, start) if is_cell else unquoted(text, start)
        if text[start - 1 : start] in ("'", '"'):
            quoted = unquoted(text, start - 1)
            if quoted is not None and _is_json(quoted[0]):
                return quoted
        if (way := self._within(start)) is not None:
            return way(text, start)
        try:
            return None if text[start] == "[" else as_json(text, start)
        except NotJsonError:
            return None

    def _within(self, start: int) -> Callable[[str, int], tuple[str, int]] | None:
        """Return how to read what begins at `start` within something that writes quotation marks otherwise."""
        following = self._text[start + 1 : start + _FAR].lstrip()
        return next((way for mark, way in WITHIN.items() if following.startswith(mark)), None)

    def _is_of_python(self, start: int) -> bool:
        """Whether what begins at `start` has the quotation mark of Python's dicts before its first key."""
        return self._text[start + 1 : start + _FAR].lstrip()[:1] == "'"

    def _is_hash(self, start: int) -> bool:
        """Whether what looks like JSON has the arrow of a Ruby hash behind its first key."""
        if self._text.find("=>", start, start + _FAR) < 0:
            return False
        quoted = unquoted(self._text, self._text.index('"', start))
        return quoted is not None and self._text[quoted[1] : quoted[1] + 4].lstrip().startswith("=>")

    def _look_again(self) -> None:
        """Say of a text in which nothing was read what it seems to hold."""
        if not self._is_log:
            return
        for match in islice(_ENCODED.finditer(self._text), _MOST_PRINTED):
            self.contents += self._search.text(match[0], self._depth + 1)
        if not self.contents and may_hold_bytes(self._text.encode("utf-8", "surrogateescape")):
            for said in written_out(self._text):
                unread = [Inner(Unreadable(UNREAD))]
                self.contents += unread if said is None else self._search.text(said, self._depth + 1)
        if self.contents:
            return
        said = said_of(self._text)
        if said is None and self._depth:  # of a line of a log, the one before it tells more
            said = cut_off_in(self._text)
        if said is not None:
            self._add(Unreadable(said))

    def _look_beside(self) -> None:
        """Say of what stands beside what was read, all of it whole, if something is cut off there."""
        if self._has_more:
            self._add(Unreadable("not JSON: something else stands beside a value on its line"))
        elif (said := cut_off_in(" ".join(self._rest), is_broken=self._broken_off > 0)) is not None:
            self._add(Unreadable(said))

    def _add(self, content: Unreadable) -> None:
        self.contents.append(Inner(content))

    def _in_whole(self, text: bytes, *, is_declared: bool) -> list[Inner] | None:
        """Return what stands in a value that has its end."""
        try:
            value = parse(text)
        except NotJsonError as error:
            is_meant = is_declared or not self._is_log or seems_to_hold_one(text.decode("utf-8", "replace"))
            return [Inner(Unreadable(f"not JSON: {error}"))] if is_meant else None
        found = self._found(value, len(text), is_declared=is_declared)
        if self._torn is None:
            return found or self._nothing_in(value, text) or None
        if found:  # else it is a piece of what broke off
            self._say_torn()
        return found or None

    def _say_torn(self) -> None:
        """Say of what broke off, if anything did, that what was found behind it is why."""
        if self._torn is not None:
            self.contents[self._torn] = Inner(Unreadable(TORN))

    def _found(self, value: object, length: int, *, is_declared: bool) -> list[Inner]:
        content = from_value(value) if is_declared else found_in(value, is_log=self._is_log)
        if isinstance(content, list):
            return self._search.inside(value, self._depth) or [Inner(each) for _, each in content if each]
        if content is not None and not is_doubtful(value, content):
            return [Inner(content)]
        inside = self._search.inside(value, self._depth + 1) if length > _SHORTEST or keys_read() else []
        return inside or ([] if content is None else [Inner(content)])

    def _nothing_in(self, value: object, text: bytes) -> list[Inner]:
        """Return what is said of a whole value in which no notification was found."""
        return [Inner(each) for each in nothing_in(value, text.decode("utf-8", "replace"), is_log=self._is_log)]

    def _break_off(self, start: int, error: TornError, *, is_declared: bool) -> int:
        """Take what begins at `start` for broken off; return where what broke into it may begin."""
        if (doubled := self._take_doubled(start)) is not None:
            return doubled
        self._broken_off += 1
        following = max(start + 1, self._broken_into(start, error.position))
        match = None if is_declared else self._starts.search(self._text, following)
        until = match.start() if match else len(self._text)
        is_meant = is_declared or (not self._is_log and self._torn is None)
        is_printed = self._is_of_python(start)
        may_begin = not is_printed or self._printed < _MOST_PRINTED
        begins = may_begin and seems_to_begin_one(self._text, start, until)
        if begins and error.is_within_text:  # all that follows is a part of it
            self._add(Unreadable(BEGINS))
            self._read = len(self._text)
            return self._read
        if is_meant or begins:
            self._torn = len(self.contents)
            self._add(Unreadable(UNREAD if is_printed and self._is_log else f"not JSON: {error}"))
        self._rest.append(self._text[start])
        self._read = start + 1
        return following

    def _take_doubled(self, start: int) -> int | None:
        """Read a value in which each backslash stands twice, as databases write it; return where its cell ends."""
        if self._printed == _MOST_PRINTED or self._text.find(r'\\"', start) < 0:
            return None
        self._printed += 1
        single, end = undoubled(self._text, start)
        found = self._search.text(single, self._depth + 1) if _is_json(single) else []
        if not found:
            return None
        self._printed -= 1
        self._say_torn()
        self.contents += found
        self._torn = None
        self._read = end
        return end

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
        self._rest.append(between)
        lost = [Inner(each) for each in losses(between)]
        self.contents += lost
        if not (self._is_log or is_declared or lost) and _SPACE.fullmatch(between) is None:
            self._has_more = True


def _is_json(text: str) -> bool:
    try:
        parse(text)
    except (NotJsonError, UnicodeEncodeError):
        return False
    return True
