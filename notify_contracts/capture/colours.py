"""What a terminal is told between the characters of a text, its colours above all: no part of what the text says."""

from typing import AnyStr

from notify_contracts._untrusted import expression
from notify_contracts.capture.lines import Overlong

_TOLD = r"\x1b\[[\d;:]{0,40}[mK]"
_IN_BYTES = expression(_TOLD.encode())
_IN_TEXT = expression(_TOLD)


def uncoloured(text: AnyStr) -> AnyStr:
    """Return a text, or a line, without its colours; itself where it has none."""
    if isinstance(text, bytes):
        return _IN_BYTES.sub(b"", text) if b"\x1b" in text and not isinstance(text, Overlong) else text
    return _IN_TEXT.sub("", text) if "\x1b" in text else text
