"""Records of loggers: JSON objects of which a member holds the line that a program logged."""

from typing import Any

from notify_contracts._untrusted import expression
from notify_contracts.capture.members import built_in
from notify_contracts.capture.messages import item_in
from notify_contracts.wire.envelopes import forms_read

_DEEP = 12
_WIDE = 64
_FEW = 8
_NOBODYS = ("event_type", "publisher_id")
_BLOB = b" blob data]"
_INSTEAD = expression(rb"(?:[\w\])]: |^\s*MESSAGE=)(\[(?:\d{3,4}B|\d{1,4}\.\d[KMG]) blob data\])$")
"""What journalctl shows in place of a message, unless it has fewer bytes than any notification."""


def is_record(value: Any) -> bool:
    """Whether a value is the record of a log line, and no notification."""
    if type(value) is list:
        return bool(value) and is_record(value[0])
    return type(value) is dict and item_in(value) is None and _has_text(value, _DEEP)


def is_no_notification(value: Any) -> bool:
    """Whether a value is one of those that stand beside notifications and are none: a dump's properties, for one."""
    return type(value) is dict and len(value) < _FEW and frozenset(value) in built_in().no_notification


def left_out(value: Any) -> str | None:
    """Return why a record's text is not there where its logger left it out, None where it did not."""
    if type(value) is not dict:
        return None
    for name, why in built_in().left_out.items():
        if name in value and value[name] is None:
            return f"{name} is null, a notification may have stood there: {why}"
    return None


def left_out_of_line(line: bytes) -> str | None:
    """Return why a message is not in the line that journalctl shows of it, None where it is; quick."""
    if not line.endswith(_BLOB) or (match := _INSTEAD.search(line)) is None:
        return None
    return (
        f"{match[1].decode()} stands in place of a message, a notification may have stood there: journalctl shows so "
        "what is long or has colours in it: export the journal with --all"
    )


def _has_text(value: Any, depth: int) -> bool:
    """Whether a member of a log stands in an object, or in one within it."""
    if type(value) is list:
        return bool(value) and depth > 0 and _has_text(value[0], depth - 1)
    if type(value) is not dict or any(name in value for name in _NOBODYS):
        return False
    members, forms = built_in(), forms_read()
    if any(form.is_flat and form.names_event_type(value) for form in forms):
        return False
    for name in list(value)[:_WIDE]:
        member = value[name]
        if name in members.log and _is_text(member) and not any(name in form.roots for form in forms):
            return True
        if name in members.left_out and member is None:
            return True
    return depth > 0 and any(_has_text(value[name], depth - 1) for name in list(value)[:_WIDE])


def _is_text(member: Any) -> bool:
    if type(member) is not list:
        return type(member) is str
    from notify_contracts.capture.inside import text_of_bytes

    return text_of_bytes(member, 1) is not None
