"""What a recording is, told from how it begins."""

import re
from enum import Enum

from notify_contracts._untrusted import NotJsonError, parse
from notify_contracts.capture.lines import BLOCK

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
GZIP = b"\x1f\x8b"

_GOES_ON = re.compile(rb"[{\[,]\s*\Z")


class Shape(Enum):
    """The shapes of recordings that are told apart."""

    ARRAY = "a JSON array"
    OBJECTS = "objects spread over lines"
    LINES = "JSON lines"
    LOG = "a log"

    @property
    def unit(self) -> str:
        """What its places are counted in."""
        return "item" if self in (Shape.ARRAY, Shape.OBJECTS) else "line"


def shape(beginning: bytes, *, is_all: bool = False) -> Shape | None:
    """Return the shape of what begins so, None if that cannot be told yet; `is_all` says that there is no more."""
    text = beginning.removeprefix(BYTE_ORDER_MARK).lstrip()
    is_all = is_all or len(text) >= BLOCK
    if not text or BYTE_ORDER_MARK.startswith(text):
        return Shape.LOG if is_all else None
    if text.startswith(b"["):
        return _bracketed(text[1:].lstrip(), is_all=is_all)
    return _braced(text, is_all=is_all) if text.startswith(b"{") else Shape.LOG


def _braced(text: bytes, *, is_all: bool) -> Shape | None:
    """Tell objects on lines of their own from objects spread over lines."""
    line, line_end, rest = text.partition(b"\n")
    if not line_end:
        return Shape.LINES if is_all else None
    if not _GOES_ON.search(line) or _is_json(line):
        return Shape.LINES
    following, line_end, _ = rest.lstrip().partition(b"\n")
    if not line_end and not is_all:
        return None
    # A first line that was cut off does not make the whole ones behind it parts of an object.
    return Shape.LINES if following.startswith(b"{") and _is_json(following) else Shape.OBJECTS


def _bracketed(text: bytes, *, is_all: bool) -> Shape | None:
    """Tell an array from a log whose lines begin with a bracket."""
    if not text:
        return Shape.ARRAY if is_all else None
    return Shape.ARRAY if text[:1] in (b"{", b"[", b'"', b"]") else Shape.LOG


def _is_json(line: bytes) -> bool:
    try:
        parse(line)
    except NotJsonError:
        return False
    return True
