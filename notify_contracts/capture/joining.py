"""A log read line by line, where what belongs together may stand on several lines: pieces of one, an indented value."""

import re
from collections.abc import Generator, Iterator

from notify_contracts._untrusted import NotJsonError, expression, parse
from notify_contracts.capture.colours import uncoloured
from notify_contracts.capture.evidence import names_one, seems_to_print_one, text_begins_one
from notify_contracts.capture.lines import Overlong
from notify_contracts.capture.rows import Rows
from notify_contracts.capture.scanning import NAMED, Contents, in_log_line, in_logged_value
from notify_contracts.capture.splitting import SplitLines, breaks_off, piece_of_line
from notify_contracts.capture.spread import KEY, KEY_IN_TEXT, OWN_BYTES, Spread
from notify_contracts.capture.unread import BEGINS, ENDS, cut_off_in
from notify_contracts.model import Unreadable
from notify_contracts.wire.envelopes import event_seems_in

GOES_ON = (b"{", b"[", b"(", b",")
"""What a line ends with where a value goes on in the next."""

INSIDE = tuple(bytes((code,)) for code in b" \t\"'{}[]()")
"""What a line begins with that may go on with a value."""

_BEGINS = expression(rb"[{\[(]\s*(?:['\"].*)?$", re.DOTALL)
# Past a quotation mark that nothing closes only escaped ones follow, which begin no text: each text is tried once.
_TOKEN = expression(rb"'(?:[^'\\]+|\\.)*+'|\"(?:[^\"\\]+|\\.)*+\"|\\['\"]|[{}\[\]()]", re.DOTALL)
_MOST_LINES = 20_000
_MOST_BYTES = 1024 * 1024


def in_log(lines: Iterator[bytes]) -> Iterator[Contents]:
    """Yield what stands in each line of a log; an empty list for one that is told with an earlier or a later line."""
    log = _Log()
    lines = map(uncoloured, lines)
    for line in lines:
        following: bytes | None = line
        while following is not None and following.endswith(GOES_ON) and (depth := depth_at_end(following)) > 0:
            following = yield from log.block(following, depth, lines)
        if following is not None:
            yield log.one(following)
    yield from log.rest()


class _Log:
    """What was read of a log that lines to come belong to."""

    def __init__(self) -> None:
        self._number = 0
        self._split = SplitLines(lambda text: self._rows.take(text) or self._looked_at(text, in_log_line(text)))
        self._spread = Spread()
        self._rows = Rows()
        self._is_broken_off = False  # what the line before holds

    def one(self, line: bytes) -> Contents:
        """Return what stands in a line, or in what it completes."""
        self._number += 1
        is_rest, self._is_broken_off = self._is_broken_off, False
        if (dumped := self._rows.take(line)) is not None:
            return dumped
        if b" std" in line[:60] and (piece := piece_of_line(line)) is not None:
            return self._told_once(self._split.take(piece, self._number))
        if line[:1] == b"{":
            try:
                value = parse(line)
            except NotJsonError:
                pass
            else:
                piece = self._split.of_record(value)
                if piece is not None:
                    return self._told_once(self._split.take(piece, self._number))
                found = in_logged_value(value, line)
                if not found and (dumped := self._rows.take(self._split.text)) is not None:
                    return dumped
                self._told_once(found)
                return self._spread.take(KEY_IN_TEXT, line, self._number) if found is NAMED else found
        found = in_log_line(line)
        if self._told_once(found):
            self._is_broken_off = breaks_off(found)
        return self._looked_at(line, found, is_rest=is_rest) if found is NAMED else found

    def block(self, line: bytes, depth: int, lines: Iterator[bytes]) -> Generator[Contents, None, bytes | None]:
        """Yield what stands in a value that begins in `line` and goes on in the next ones, if it does.

        Return the line behind, in which another may begin, if it was read to see that it is not one of them.
        """
        block, length = [line], len(line)
        for following in lines:
            block.append(following)
            length += len(following)
            is_inside = following[:1] in INSIDE and not isinstance(following, Overlong)
            if not is_inside:
                yield from self._cut_off(block[:-1])
                return following
            if length > _MOST_BYTES or len(block) > _MOST_LINES:
                break
            depth += depth_of(following)
            if depth <= 0:
                if found := self._in_block(block):
                    self._number += len(block)
                    yield found
                    yield from ([] for _ in block[1:])
                    return None
                break
        yield from self._cut_off(block)
        return None

    def rest(self) -> Iterator[Contents]:
        """Yield what stands in long lines that have no end."""
        yield from self._split.rest(self._number + 1)

    def _cut_off(self, block: list[bytes]) -> Iterator[Contents]:
        """Yield what stands in each line of a value that does not end as it began, or what it seems to have been."""
        found = [*map(self.one, block)]
        if len(block) > 1 and not any(found) and _seems_to_hold_one(b"\n".join(block)):
            found[0] = Unreadable(BEGINS)
            self._spread = Spread()  # of which some may be known: it is told once
        yield from found

    def _told_once(self, found: Contents) -> Contents:
        """Return what was found in a line; rows that go on from one of which something was told tell nothing."""
        if found:
            self._rows = Rows()
        return found

    def _in_block(self, block: list[bytes]) -> Contents:
        """Return what stands in a value of several lines; nothing where they are rather looked at one by one."""
        text = b"\n".join(block)
        found = in_log_line(text)
        if found is NAMED and text.startswith(b"["):
            found = self._looked_at(text, found)
        return None if found is NAMED else found

    def _looked_at(self, line: bytes, found: Contents, *, is_rest: bool = False) -> Contents:
        """Return what was found; of a line of which nothing was read, what it is where it belongs to a notification.

        It may be the rest of one that broke off on the line before, which was told.
        """
        if found is not NAMED:
            return found
        text = line.decode("utf-8", "replace")
        said = cut_off_in(text) or (ENDS if names_one(text) else None)
        if said is not None and not (is_rest and said == ENDS):
            return Unreadable(said)
        return self._spread.take(KEY, line, self._number)


def _seems_to_hold_one(block: bytes) -> bool:
    if not any(name in block for name in OWN_BYTES) and not event_seems_in(block, printed=True):  # nearly always
        return False
    text = block.decode("utf-8", "replace")
    return text_begins_one(text) or seems_to_print_one(text)


def depth_at_end(line: bytes) -> int:
    """Return how many brackets are open at the end of a line, from where a value may begin in it."""
    match = _BEGINS.search(line)
    return depth_of(line[match.start() :]) if match else 0


def depth_of(text: bytes) -> int:
    """Return how many more brackets a text opens than it closes."""
    depth = 0
    for token in _TOKEN.findall(text):
        depth += (token in (b"{", b"[", b"(")) - (token in (b"}", b"]", b")"))
    return depth
