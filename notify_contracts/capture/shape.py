"""What a recording is, told from how it begins; what a line of it holds, the line itself tells."""

from enum import Enum
from typing import Any

from notify_contracts._untrusted import expression, loads
from notify_contracts.capture.lines import BLOCK
from notify_contracts.capture.messages import item_in
from notify_contracts.capture.records import is_record

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_NOT_JSON = object()
_GOES_ON = expression(rb"[{\[,]\s*\Z")
_PRINTED = expression(rb"""(?:\[\s*){0,9}\{\s*(?:[^\s"}\[{]|"[^"\\\n]{1,99}"\s{0,9}=>)|\[\s*\[\s*[A-Za-z_.]+\s*\]""")
"""How begins what is no JSON, however much of it is read: a key not quoted as JSON's are, or an arrow behind it."""


class Shape(Enum):
    """The shapes of recordings that are told apart."""

    VALUES = "JSON values, or the items of arrays, spread over lines or all on one"
    LINES = "JSON lines"
    LOG = "a log"

    @property
    def unit(self) -> str:
        """What its places are counted in."""
        return "item" if self is Shape.VALUES else "line"


def shape(beginning: bytes, *, is_all: bool = False) -> Shape | None:
    """Return the shape of what begins so, None if that cannot be told yet; `is_all` says that there is no more.

    JSON lines begin with an object, a log with text or with the record of a line of one. Both are read by the line, and
    what a line holds is told from the line; only what is neither a notification nor like one is taken otherwise: among
    JSON lines it is damage.
    """
    text = beginning.removeprefix(BYTE_ORDER_MARK).lstrip()
    is_all = is_all or len(text) >= BLOCK
    if not text or BYTE_ORDER_MARK.startswith(text):
        return Shape.LOG if is_all else None
    if _PRINTED.match(text):  # by a program; a log is read as what it may be
        return Shape.LOG
    if text.startswith(b"["):
        return _bracketed(text, is_all=is_all)
    return _braced(text, is_all=is_all) if text.startswith(b"{") else Shape.LOG


def _braced(text: bytes, *, is_all: bool) -> Shape | None:
    """Tell objects on lines of their own from objects spread over lines."""
    line, line_end, rest = text.partition(b"\n")
    if not line_end and not is_all:
        return None
    value = _value(line.rstrip().removesuffix(b","))
    if value is not _NOT_JSON or not line_end or not _GOES_ON.search(line):
        return Shape.LOG if is_record(value) else Shape.LINES
    following, line_end, _ = rest.lstrip().partition(b"\n")
    if not line_end and not is_all:
        return None
    # A first line that was cut off does not make the whole ones behind it parts of an object.
    return Shape.LINES if following.startswith(b"{") and _value(following) is not _NOT_JSON else Shape.VALUES


def _bracketed(text: bytes, *, is_all: bool) -> Shape | None:
    """Tell one array from arrays on lines of their own, and from a log whose lines begin with a bracket."""
    inside = text[1:].lstrip()
    if inside[:1] not in (b"", b"{", b"[", b'"', b"]"):
        return Shape.LOG
    line, line_end, rest = text.partition(b"\n")
    if not line_end and not is_all:
        return None
    value = _value(line)
    following, line_end, _ = rest.lstrip().partition(b"\n")
    if value is not _NOT_JSON and (following or item_in(value) is not None):
        return Shape.LOG if is_record(value) else Shape.LINES  # an array that is one message, or that is not all
    if not line_end and not is_all and (not following or following.startswith(b"[")):
        return None
    is_cut_off = not _GOES_ON.search(line) and following.startswith(b"[") and _value(following) is not _NOT_JSON
    return Shape.LINES if is_cut_off else Shape.VALUES


def _value(line: bytes) -> Any:
    try:
        return loads(line)
    except ValueError:
        return _NOT_JSON
