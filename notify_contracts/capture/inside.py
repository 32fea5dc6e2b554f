"""Notifications inside of what was read: in whatever member, text or base64 of a record one stands.

An object that has the shape of a notification is looked for by that, not by where it stands: at bounded depth, through
texts that are JSON, that a program printed, that are base64 or a line of a log. What says how a broker carried it is
taken from the nearest object around it.
"""

from collections.abc import Callable, Collection, Container, Mapping, Sequence
from typing import Any, NamedTuple

from notify_contracts._untrusted import NotJsonError, dump, parse, printable, shortened
from notify_contracts.capture.bytewise import may_hold_bytes
from notify_contracts.capture.colours import uncoloured
from notify_contracts.capture.evidence import seems_to_hold_one
from notify_contracts.capture.literals import Allowance, from_base64
from notify_contracts.capture.losses import WORDS
from notify_contracts.capture.members import Members
from notify_contracts.capture.messages import Content, delivered, is_doubtful, item_in
from notify_contracts.capture.reader import UnreadError
from notify_contracts.capture.spread import KEY, OWN, Spread
from notify_contracts.capture.unread import BEGINS, BODY_BEGINS, nothing_in
from notify_contracts.model import UNDELIVERED, Delivery, Notification, Unreadable
from notify_contracts.wire.envelopes import event_seems_in, forms_read

DEEPEST = 32
"""Objects, arrays and texts around a notification that is found."""

MARKS = ("event_type", "message_id", "ublisher", "UBLISHER", "oslo.message", "Event type: ", *WORDS)
_HEADS = ("eyJ", "H4sI")  # of base64, behind something else
_HOLDERS = (dict, list, str)
_LONGEST_STEP = 60
_MOST_VALUES = 2_000_000
_SHORTEST = 24  # characters of a text that may be a notification
_MOST_TOLD_TWICE = 64  # a record of a log holds few
_TOO_MANY = "more than two million values stand in it; the rest was not looked through"


class Inner(NamedTuple):
    """What was found inside of a line or an item: `pointer` says where in it, `earlier` how many lines before it began.

    The pointer goes through texts as through values: ``/log/message`` is in the JSON that is the text at ``/log``.
    """

    content: Content
    pointer: str = ""
    earlier: int = 0


class Search:
    """A search through one line or item; `scan` finds what stands in a text that is neither JSON nor base64."""

    def __init__(self, members: Members, scan: Callable[[str, "Search", int], list[Inner]]) -> None:
        self._members = members
        self._scan = scan
        self._left = _MOST_VALUES
        self._allowance = Allowance()
        self._spread: Spread | None = None  # most lines need none
        self._texts = 0
        self._shortest = 0 if forms_read() else _SHORTEST  # an event of another form may be shorter

    def inside(self, value: Any, depth: int = 0) -> list[Inner]:
        """Return what stands inside of a value that is no notification itself."""
        found = self._within(value, depth)
        if self._left < 0 and depth == 0:
            found.append(Inner(Unreadable(_TOO_MANY)))
        return found

    def value(self, value: Any, depth: int) -> list[Inner]:
        """Return what stands in a value, itself included."""
        kind = type(value)
        if kind is str:
            return self.text(value, depth)
        if kind is not dict and kind is not list:
            return []
        self._left -= 1
        if self._left < 0:
            return []
        if depth > DEEPEST:
            return _too_deep(value)
        content = item_in(value, is_log=True)
        if content is not None and not is_doubtful(value, content):
            return [Inner(content)]
        found = self._within(value, depth)
        return found if found or content is None else [Inner(content)]

    def text(self, text: str, depth: int) -> list[Inner]:
        """Return what stands in a text."""
        self._left -= 1
        self._texts += 1
        if depth > DEEPEST or self._left < 0:
            return []
        if len(text) < self._shortest:
            return self._spread_over(text) if "_" in text else []
        return self._in_text(uncoloured(text), depth)

    def _in_text(self, text: str, depth: int) -> list[Inner]:
        if text.lstrip()[:1] in ("{", "[", '"'):
            try:
                value = parse(text)
            except (NotJsonError, UnicodeEncodeError):
                pass
            else:
                return self.value(value, depth + 1) or (_left(value, text) if depth else [])
        text = text.replace("\0", "")  # UTF-16 that was read as UTF-8
        is_marked = any(mark in text for mark in MARKS) or event_seems_in(text, printed=True)
        if is_marked or may_hold_bytes(text.encode("utf-8", "surrogatepass")):
            return self._scan(text, self, depth + 1) or self._spread_over(text)
        try:
            held = from_base64(text, self._allowance)
        except UnreadError as error:
            return [Inner(Unreadable(f"what stands in it in base64 {error}"))]
        if held is not None:
            return self.text(held, depth + 1)
        return self._scan(text, self, depth + 1) if any(head in text for head in _HEADS) else []

    def _spread_over(self, text: str) -> list[Inner]:
        """Return what is said of texts each of which has an attribute, as a log has where each line is a record."""
        if not any(name in text for name in OWN):
            return []
        self._spread = self._spread or Spread()
        said = self._spread.take(KEY, text.encode("utf-8", "replace"), self._texts)
        return [] if said is None else [Inner(said)]

    def _within(self, value: Any, depth: int) -> list[Inner]:
        if type(value) is dict:
            return self._in_object(value, depth)
        if type(value) is str:
            return self.text(value, depth)
        if type(value) is not list:
            return []
        if (text := text_of_bytes(value)) is not None:
            return self.text(text, depth)
        found: list[Inner] = []
        others: list[tuple[int, Any]] = []
        for number, item in enumerate(value):
            if inside := self.value(item, depth + 1):
                found += _placed(str(number), inside)
            elif type(item) is dict:
                others.append((number, item))
        if found:  # else it is said of all of it
            for number, item in others:
                found += _placed(str(number), _left(item, dump(item).decode("utf-8", "replace")))
        return found

    def _in_object(self, value: dict[str, Any], depth: int) -> list[Inner]:
        found: list[Inner] = []
        where: dict[str, bool] = {}  # whether something whole stands in the members in which something stands
        for name, member in value.items():
            if name in self._members.copies and any(other in value for other in self._members.copies[name]):
                continue
            if type(member) in _HOLDERS and (within := self.value(member, depth + 1)):
                where[name] = not all(map(_is_unread, within))
                found += _not_told(_placed(name, within), found)
        if len(where) > 1:
            found = _not_lost(_not_whole_elsewhere(found, value, where), value, where)
        return self._carried(found, value, where) if found else found

    def _carried(self, found: list[Inner], value: dict[str, Any], where: Container[str]) -> list[Inner]:
        """Return what was found in some members of an object, with what others of them say about its delivery."""
        if all(_is_told(inner) for inner in found):
            return found
        from notify_contracts.capture.carriage import carriage

        beside = {name: member for name, member in value.items() if name not in where}
        delivery = carriage(beside)
        if delivery is None:
            return found
        return [
            inner if _is_told(inner) else inner._replace(content=_carried(inner.content, delivery)) for inner in found
        ]


def text_of_bytes(value: list[Any], shortest: int = _SHORTEST) -> str | None:
    """Return the text that an array of bytes is, as journald writes one; None if it is none."""
    if len(value) < shortest or type(value[0]) is not int:
        return None
    try:
        return bytes(value).decode("utf-8", "replace")
    except (TypeError, ValueError):
        return None


def _placed(name: str, found: list[Inner]) -> list[Inner]:
    """Return what was found in the member or item of this name with its place in what holds it."""
    if not found:
        return found
    step = _step(name)
    return [inner._replace(pointer=f"/{step}{inner.pointer}") for inner in found]


def _not_told(more: list[Inner], found: Sequence[Inner]) -> list[Inner]:
    """Return what is in a member of an object without what was `found` in others: a record may hold its text twice."""
    if not found or len(found) + len(more) > _MOST_TOLD_TWICE:
        return more
    known = [inner.content for inner in found if isinstance(inner.content, Notification)]
    return [inner for inner in more if _is_unread(inner) or inner.content not in known]


def _not_whole_elsewhere(found: list[Inner], value: Mapping[str, Any], where: Mapping[str, bool]) -> list[Inner]:
    """Return what was found in the members `where` of an object, less what is cut off in one and whole in another."""
    if len(found) > _MOST_TOLD_TWICE or not any(map(_is_unread, found)):
        return found
    wholes = [inner.content.message_id for inner in found if isinstance(inner.content, Notification)]
    ids = {whole for whole in wholes if isinstance(whole, str) and whole}
    texts = {_step(name): (text, where[name]) for name in where if isinstance(text := value[name], str)}
    return [inner for inner in found if not (ids and _is_cut(inner) and _is_elsewhere(inner, texts, ids))]


def _not_lost(found: list[Inner], value: Mapping[str, Any], where: Collection[str]) -> list[Inner]:
    """Return what was found in the members `where` of a record, of which a text may say that a notification was lost.

    Then the record tells of that alone, however often: what stands in it beside, such as its arguments, was not sent.
    """
    if len(found) > _MOST_TOLD_TWICE:
        return found
    texts = {f"/{_step(name)}": text for name in where if isinstance(text := value[name], str)}
    losses = [inner for inner in found if inner.pointer in texts and _is_loss(inner)]
    if not losses:
        return found
    named = [inner for inner in losses if "message_id" in texts[inner.pointer]]
    told = {inner.content: inner for inner in named or losses[:1]}.values()
    said = [texts[inner.pointer] for inner in told]

    def is_told(inner: Inner) -> bool:
        if not isinstance(inner.content, Notification):
            return inner in losses
        return not named or any(str(inner.content.message_id) in text for text in said)

    return [inner for inner in found if inner in told or not is_told(inner)]


def _is_elsewhere(inner: Inner, texts: Mapping[str, tuple[str, bool]], ids: Collection[str]) -> bool:
    """Whether what is unreadable in a text is whole in another of `texts`, which say if anything whole is in them.

    The beginning of the other is all of this one; or there is nothing whole in it, and no more than was read elsewhere.
    """
    text, has_whole = texts.get(inner.pointer.split("/")[1], ("", True))
    begins = text.rstrip("…. ")
    if begins and any(len(other) > len(text) and other.startswith(begins) for other, _ in texts.values()):
        return True
    told = sum(one in text for one in ids)
    return not has_whole and told > 0 and text.count("event_type") <= told


def _left(value: Any, text: str) -> list[Inner]:
    """Return what is said of a value, of which `text` is the JSON, in which nothing was found."""
    if not forms_read() and not any(mark in text for mark in MARKS):
        return []
    return [Inner(each) for each in nothing_in(value, text, is_log=True)]


def _is_unread(inner: Inner) -> bool:
    return isinstance(inner.content, Unreadable)


def _is_cut(inner: Inner) -> bool:
    """Whether it cannot be read; what is known to be lost is."""
    return _is_unread(inner) and not _is_loss(inner)


def _is_loss(inner: Inner) -> bool:
    return isinstance(inner.content, Unreadable) and inner.content.keyword == UNDELIVERED


def _is_told(inner: Inner) -> bool:
    """Whether it is of no interest what carried it, or that is known."""
    if isinstance(inner.content, Unreadable):
        return inner.content.reason != BEGINS
    return inner.content.delivery is not None


def _carried(content: Content, delivery: Delivery) -> Content:
    """Return what a message's body was found to be, with what is known of its delivery."""
    return Unreadable(BODY_BEGINS) if isinstance(content, Unreadable) else delivered(content, delivery)


def _too_deep(value: Any) -> list[Inner]:
    if not seems_to_hold_one(dump(value).decode()):
        return []
    return [Inner(Unreadable(f"a notification seems to stand in it, more than {DEEPEST} levels deep"))]


def _step(name: str) -> str:
    return shortened(printable(name.replace("~", "~0").replace("/", "~1")), _LONGEST_STEP)
