"""Untrusted text made fit to print: shown, never obeyed."""

import re

# C0 and C1 controls, line and paragraph separators, lone surrogates, and the invisible format
# characters with which a text can reorder or hide what stands around it.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb]"
)
_FOUR_DIGITS = 0x100


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < _FOUR_DIGITS else f"\\u{code:04x}"


def printable(text: str) -> str:
    r"""Return `text` on one line, its control and bidirectional characters as ``\x1b`` or ``\u202e``."""
    return _UNPRINTABLE.sub(_escape, text)


def shortened(text: str, limit: int = 80) -> str:
    """Return `text` cut to at most `limit` characters, an ellipsis marking the cut."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
