"""What stands in a line, wherever it does: whole values are read, and reading goes on behind a value.

A line that is one JSON value is read as that. In any other, every value is looked for that is declared a notification,
because the notification logger's name stands before it, or that has the shape of one. Where such a value breaks off,
reading goes on at the next that begins, so a record that was written into the middle of another is found. What breaks
off and seems to be a notification is unreadable.

Among JSON lines, all else is unreadable too. In a log it is something else: it is skipped, and counted.
"""

import re
from collections.abc import Iterable, Iterator

from notify_contracts._untrusted import NotJsonError, expression, parse
from notify_contracts.capture.bytewise import SHORTEST, may_hold_bytes
from notify_contracts.capture.evidence import seems_to_hold_one
from notify_contracts.capture.inside import Inner, Search
from notify_contracts.capture.lines import Overlong
from notify_contracts.capture.losses import LOST, may_tell_of_one
from notify_contracts.capture.members import built_in
from notify_contracts.capture.messages import Content, found_in, from_value, is_doubtful, item_in, no_notification
from notify_contracts.capture.records import is_no_notification, is_record, left_out, left_out_of_line
from notify_contracts.capture.servicelog import LOGGER
from notify_contracts.capture.spread import KEY_IN_TEXT, OWN_BYTES, Spread
from notify_contracts.capture.texts import Scan
from notify_contracts.capture.unread import nothing_in
from notify_contracts.model import UNDELIVERED, Notification, Unreadable
from notify_contracts.wire.envelopes import event_seems_in

Contents = Content | list[Inner] | None
"""What was found in a line; None where the line is not meant to be a notification."""

NAMED: list[Inner] = []
"""What is returned for a line of a log that has some of a notification's words, and in which nothing was found."""

_LOGGER = LOGGER.encode()
_WIDE = "event_type".encode("utf-16-le")  # in what is big-endian, too
_MARKS = (
    _LOGGER,
    _WIDE,
    b"message_id",
    b"publisher",
    b"Publisher",
    b"PUBLISHER",
    b"oslo.message",
    b"Event type: ",
    *LOST,
)
_FORMS = rb"e(?:vent_type|y(?:J|Ai)|w(?:o[gi]|0K)|J[w-z])|H4sI|KLUv|\\u005[fF]"
"""An attribute, a head of base64, an escape of a name's underscore: where several begin alike, one look is enough."""
_IS_WIDE = "it is UTF-16 in a log that is not, as PowerShell's >> appends it: write all of the log in one encoding"
_PACKED = expression(rb"\x1f\x8b\x08[\0-\x1f]|\xfd7zXZ\0|BZh[1-9]1AY&SY|\x28\xb5\x2f\xfd")
_IS_PACKED = "something packed begins here, in a log that is not: unpack each file before you put them together"
_OF_PACKED = (b"\x1f\x8b\x08", b"\xfd7zXZ", b"\xb5/\xfd", b"&SY")  # that begin with what few lines have: that is quick
_MARKED = expression(b"|".join([_FORMS, *map(re.escape, (*_MARKS, *_OF_PACKED))]))


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
        has_more = any(_is_more(each.content) for each in contents)
        return contents if has_more else _not_json(line, error)
    found = found_in(value)
    if type(found) is Notification and not is_doubtful(value, found):  # nearly always
        return found
    return in_value(value, line, is_log=False)


def in_log_line(line: bytes) -> Contents:
    """Return what stands in a line of a log."""
    if not line:
        return None
    if line.lstrip()[:1] in (b"{", b"[", b'"'):
        try:
            value = parse(line)
        except NotJsonError:
            pass
        else:
            return in_logged_value(value, line)
    if _MARKED.search(line) is None and not event_seems_in(line, printed=True):  # nearly always
        return _unmarked(line)
    if _WIDE in line:
        return Unreadable(_IS_WIDE)
    if (logged := _logged(line)) is not None:
        return logged
    return Unreadable(_IS_PACKED) if _PACKED.search(line) else _scanned(line, is_log=True) or NAMED


def _unmarked(line: bytes) -> Contents:
    """Return what stands in a line that has no word of a notification, None for nearly all."""
    if (reason := left_out_of_line(line)) is not None:
        return Unreadable(reason)
    return _scanned(line, is_log=True) or None if len(line) >= SHORTEST and may_hold_bytes(line) else None


def in_logged_value(value: object, line: bytes) -> Contents:
    """Return what stands in a line of a log that is a whole value."""
    found = in_value(value, line, is_log=True)
    return NAMED if found is None and any(name in line for name in OWN_BYTES) else found


def _logged(line: bytes) -> Notification | None:
    """Return the notification that its logger wrote, if that is all that the line can hold; quick."""
    brace = line.find(b"{")
    if brace < 0 or line.find(_LOGGER, 0, brace) < 0:
        return None
    head = line[:brace]
    if b'"' in head or b"'" in head or may_tell_of_one(head):
        return None
    try:
        value = parse(line[brace:])
    except NotJsonError:
        return None
    found = from_value(value)
    return found if type(found) is Notification and not is_doubtful(value, found) else None


def in_items(texts: Iterable[str]) -> Iterator[Contents]:
    """Yield what the JSON texts of items hold; where the first is the record of a log line, they are a log."""
    is_log: bool | None = None
    spread = Spread()
    for number, text in enumerate(texts):
        try:
            value = parse(text)
        except NotJsonError as error:
            yield Unreadable(f"not JSON: {error}")
            continue
        found = None if is_log else item_in(value)
        if found is not None and not is_doubtful(value, found):  # nearly always
            is_log = False
            yield found
            continue
        is_log = is_record(value) if is_log is None else is_log
        line = text.encode("utf-8", "surrogateescape")
        contents = in_value(value, line, is_log=is_log)
        yield spread.take(KEY_IN_TEXT, line, number) if contents is None and is_log else contents


def in_value(value: object, line: bytes, *, is_log: bool) -> Contents:
    """Return what a whole value is, or what stands inside of it; `line` is its JSON."""
    found = found_in(value, is_log=is_log)
    search = Search(built_in(), _scan)
    if isinstance(found, list):
        if _is_kept_by(found) and not search.inside(found[0][0]):
            found = found[1:]
        return [each for item, content in found for each in _in_item(item, content, search)]
    if found is not None and not is_doubtful(value, found):
        return found
    inside = search.inside(value)
    if inside or found is not None:
        return inside if any(_is_more(each.content) for each in inside) or found is None else found
    if is_no_notification(value):
        return None
    if is_log and (reason := left_out(value)):
        return Unreadable(reason)
    said = nothing_in(value, line.decode("utf-8", "replace"), is_log=is_log)
    return [Inner(each) for each in said] or None


def _is_kept_by(items: list[tuple[object, Content | None]]) -> bool:
    """Whether these are a text, by which a store keeps the object behind it, and that."""
    return len(items) == len(("text", "object")) and type(items[0][0]) is str and type(items[1][0]) is dict


def _in_item(item: object, content: Content | None, search: Search) -> list[Inner]:
    """Return what stands in an item of an array of many."""
    if content is not None and not is_doubtful(item, content):
        return [Inner(content)]
    inside = search.inside(item)
    return inside if any(_is_more(each.content) for each in inside) else [Inner(content or no_notification(item))]


def _is_more(content: Content) -> bool:
    """Whether it says more than that something is unreadable."""
    return not isinstance(content, Unreadable) or content.keyword == UNDELIVERED


def _not_json(line: bytes, error: NotJsonError) -> Unreadable:
    return Unreadable("it is longer than 16 MiB" if isinstance(line, Overlong) else f"not JSON: {error}")


def _scanned(line: bytes, *, is_log: bool) -> list[Inner]:
    if isinstance(line, Overlong):
        text = line.decode("utf-8", "replace")
        is_meant = not is_log or LOGGER in text or seems_to_hold_one(text)
        return [Inner(Unreadable("it is longer than 16 MiB"))] if is_meant else []
    text = line.decode("utf-8", "surrogateescape")
    return Scan(text, Search(built_in(), _scan), is_log=is_log).contents


def _scan(text: str, search: Search, depth: int) -> list[Inner]:
    return Scan(text, search, depth, is_log=True).contents
