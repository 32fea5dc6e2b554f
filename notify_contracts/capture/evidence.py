"""What tells a notification from the other JSON values, and from the other text, that stand in a recording or a log.

An object has the shape of a notification if it has at least three of the envelope's six attributes, and not only those
whose names are anybody's: ``priority``, ``timestamp``, ``payload``. So one that lacks an attribute or two is a broken
notification, whichever they are, and a line of somebody else's JSON log is none. Outside of a log, where nobody else
writes, an object that has some of them and nothing else is one, too. Text seems to hold a notification if it names as
many of them as keys, in whatever depth or quotation, or speaks of ``oslo.message``.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from notify_contracts._untrusted import expression, folded, printable, shortened
from notify_contracts.model import ENVELOPE_ATTRIBUTES
from notify_contracts.wire import MESSAGE_KEY, VERSION_KEY
from notify_contracts.wire.envelopes import MARK, event_seems_in, event_seems_printed_in, named_in_json, named_in_print

_ATTRIBUTES = frozenset(ENVELOPE_ATTRIBUTES)
_FOLDED = frozenset(map(folded, ENVELOPE_ATTRIBUTES))
_ANYBODYS = frozenset(("priority", "timestamp", "payload"))
_ENOUGH = 3
_OWN = ("event_type", "message_id", "publisher_id", "oslo.")
"""One of these stands in whatever names a notification, and is found sooner than the rest."""

_NAMES = "|".join(ENVELOPE_ATTRIBUTES)
_WRAPPERS = "|".join(map(re.escape, (MESSAGE_KEY, VERSION_KEY)))


class _Form(NamedTuple):
    """How text names a notification: by its attributes as keys, or by those of the message that it is wrapped in."""

    attribute: re.Pattern[str]
    wrapper: re.Pattern[str]

    def seems_to_name_one(self, text: str) -> bool:
        return self.wrapper.search(text) is not None or _are_enough(frozenset(self.attribute.findall(text)))


_JSON = _Form(named_in_json(ENVELOPE_ATTRIBUTES), expression(rf'"(?:{_WRAPPERS})\\*"\s*:'))
_PRINTED = _Form(
    named_in_print(ENVELOPE_ATTRIBUTES),
    expression(rf"(?:{_WRAPPERS}){MARK}\s{{0,9}}(?:[:=>]|%3A)"),
)
"""In the print of a program, in XML, HTML or a URL; in JSON that is quoted, in bytes that are printed."""

_BINARY = expression(r"[\x00-\x08\x0e-\x1f\udc80-\udcff\ufffd]")
"""What stands in text only if that is none: BSON, CBOR and MessagePack have the names of attributes as they are."""

_PAIRS = expression(
    rf"""(?:[(\[]\\*["']|s:\d{{1,2}}:\\*")({_NAMES})\\*["'][,;]"""
    rf"""|"(?:key|name)\\*"\s{{0,9}}:\s{{0,9}}\\*"({_NAMES})\\*"\s{{0,9}},\s{{0,9}}\\*"value\\*"\s{{0,9}}:"""
)
"""Names in pairs of a name and a value, as Python prints an ordered dict, PHP serializes, or JSON lists attributes."""

_ALONE = expression(rf'"({_NAMES})\\*"\s{{0,9}}[,\]}}]')
_ROWS = expression(r'\[\s{0,9}\[|"f\\*"\s{0,9}:\s{0,9}\[')
"""Names by themselves, of columns, and the lists in which the values of rows stand, as databases' answers have them."""

_OTHERWISE_CALLED = expression(
    r"(?<![A-Za-z0-9])(message[_-]?id|publisher[_-]?id|event[_-]?type|priority|timestamp|payload)"
    r"(?:\\*[\"'])?\s{0,9}[:=>]",
    re.IGNORECASE,
)
_OF_A_PUBLISHER = ("ublisher", "UBLISHER")

_BEGINS = expression(r"""\{\s*["'](?:message_id|publisher_id|event_type|_unique_id|_context)""")

_OTHERWISE = expression(r"Event type: \S{1,255}, Context: (?:(?!Event type: ).){0,9999}?, Payload: \{")

_METADATA = expression(
    r"""[}\]"']\s*(?:,\s*)?\{\s*["']message_id["']:\s*["'][^"']{1,255}["'],\s*["']timestamp["']:\s*["'][^"']{1,255}["']\s*\}"""
)
"""What oslo.messaging's listener gives its endpoints last, behind a payload. Source: 18.3.1, `notify/dispatcher.py`."""

_CALL = expression(r"\w\(")
_COLUMN = expression(r"[,;|\t│┃┆║]| {2,}")
"""What stands between the names of columns: in CSV, in Markdown, in a box that was drawn, or where they are aligned."""
_FAR = 4096
_MOST_NAMES = 5


def is_shaped(value: Mapping[str, Any], *, is_log: bool) -> bool:
    """Whether an object, in a log or elsewhere, has the shape of a notification, right or wrong."""
    if "event_type" in value and "payload" in value and "message_id" in value:  # nearly always
        return True
    names = _ATTRIBUTES.intersection(value)
    return _are_enough(names) or (not is_log and len(names) == len(value) and not names <= _ANYBODYS)


def seems_to_hold_one(text: str) -> bool:
    """Whether a notification, or an event of a form that is read, seems to stand somewhere in `text`."""
    return names_one(text) or event_seems_in(text)


def names_one(text: str) -> bool:
    """Whether a notification as it is seems to stand somewhere in `text`."""
    return any(name in text for name in _OWN) and _JSON.seems_to_name_one(text)


def seems_to_print_one(text: str) -> bool:
    """Whether a notification seems to stand in `text` in a form that is not JSON, or quoted."""
    is_binary = all(name in text for name in _OWN[:-1]) and _BINARY.search(text) is not None
    return is_binary or _PRINTED.seems_to_name_one(text) or lists_one(text) or event_seems_printed_in(text)


def lists_one(text: str) -> bool:
    """Whether a notification seems to stand in `text` as a list of its attributes' names and values."""
    if not any(name in text for name in _OWN):
        return False
    in_pairs = frozenset(match[1] or match[2] for match in _PAIRS.finditer(text))
    return _are_enough(in_pairs) or (_are_enough(frozenset(_ALONE.findall(text))) and _ROWS.search(text) is not None)


def names_otherwise(text: str) -> bool:
    """Whether the attributes of a notification stand in `text` under names that are written otherwise.

    Others write ``eventType`` and ``publisherId``, too; so only what has more of them than anybody has is meant.
    """
    if not any(part in text for part in _OF_A_PUBLISHER) or seems_to_hold_one(text):
        return False
    return _are_otherwise(_OTHERWISE_CALLED.findall(text))


def seems_to_begin_one(text: str, start: int, end: int) -> bool:
    """Whether what begins at `start`, and is no JSON value, seems to have been meant to be a notification."""
    return _BEGINS.match(text, start) is not None or seems_to_hold_one(text[start:end])


def text_begins_one(text: str) -> bool:
    """Whether somewhere in `text` something begins that seems to be a notification, whether or not it ends there."""
    return _BEGINS.search(text) is not None or seems_to_hold_one(text)


def names_columns(text: str) -> bool:
    """Whether a line names the columns of a table, and a notification's attributes are among them."""
    if _CALL.search(text[:_FAR]) is not None:  # the names of what a function takes, as in a traceback
        return False
    names = frozenset(name.strip(" \t\r\n\"'").replace("\\_", "_") for name in _COLUMN.split(text[:_FAR]))
    return _are_enough(names & _ATTRIBUTES) or _are_otherwise(names)


def prints_arguments(text: str) -> bool:
    """Whether a line has the arguments of a listener's endpoint one after the other."""
    return _METADATA.search(text) is not None


def logged_otherwise(text: str) -> bool:
    """Whether a line has the form of another notifier's log: keystonemiddleware's of audit events, for one."""
    return _OTHERWISE.search(text) is not None


def described(value: dict[str, Any]) -> str:
    """Return what an object is called that is no notification: by the names of its first members."""
    if not value:
        return "an empty object"
    names = [f"`{shortened(printable(name), 40)}`" for name in list(value)[:_MOST_NAMES]]
    more = f" and {len(value) - _MOST_NAMES} more" if len(value) > _MOST_NAMES else ""
    return f"an object with {', '.join(names)}{more}"


def _are_enough(names: frozenset[str]) -> bool:
    return len(names) >= _ENOUGH and not names <= _ANYBODYS


def _are_otherwise(names: Iterable[str]) -> bool:
    """Whether enough of the names are a notification's if neither case nor what joins words counts."""
    found = _FOLDED.intersection(map(folded, names))
    own = found & {"eventtype", "messageid", "publisherid"}
    return "publisherid" in own and len(own) + (len(found) > _ENOUGH) >= _ENOUGH
