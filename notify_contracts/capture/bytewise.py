"""Message bodies of which a program printed the bytes: in hex, as a list of numbers, in base85."""

import re
from base64 import a85decode, a85encode, b85decode, b85encode
from collections.abc import Iterator

from notify_contracts.model import ENVELOPE_ATTRIBUTES

SHORTEST = 120
"""Bytes of the shortest line in which one may stand."""

_MOST = 4  # in one line
_LONGEST = 4 * 1024 * 1024  # characters of one, each of which may take many bytes while it is read
_MOST_MARKS = 8  # behind one
_KEYS = (*ENVELOPE_ATTRIBUTES, "_context", "_unique_id", "oslo.message", "oslo.version")
_HEADS = frozenset(f'{{"{key}'.encode()[:4] for key in _KEYS)
_BASE85 = tuple(encode(head)[:5] for encode in (b85encode, a85encode) for head in sorted(_HEADS))
_HEX = r"(?:7[bB](?:0[aAdD9]|20)*22(?:[0-9a-fA-F]{2}){30,})"
_APART = r"(?:7[bB]|0x7[bB])(?:,? (?:0x)?(?:0[aAdD9]|[a-f]|20))*,? (?:0x)?22(?:,? (?:0x)?[0-9a-fA-F]{1,2}\b){20,}"
_NUMBERS = r"123(?:,? ?(?:10|13|32|9)\b)*(?:, ?| )34(?:(?:, ?| )-?\d{1,3}\b){20,}"
_FORMS = re.compile(
    rf"(?P<hex>{_HEX})|(?P<apart>{_APART})|\b(?P<numbers>{_NUMBERS})"
    rf"|(?P<base85>(?:{'|'.join(re.escape(mark.decode()) for mark in _BASE85)})[!-~]{{60,}})"
)
_MARKS = r"7[bB](?:,? ?(?:0x)?(?:0[aAdD9]|[ad]|20))*,? ?(?:0x)?22|\b123(?:,? ?(?:10|13|32|9))*,? ?34\b|" + "|".join(
    re.escape(mark.decode()) for mark in _BASE85
)
_QUICK, _QUICK_IN_TEXT = re.compile(_MARKS.encode()), re.compile(_MARKS)
_ENDS_OF_TEXT = "\"'~>)]},;."


def may_hold_bytes(line: bytes) -> bool:
    """Whether the bytes of a JSON object may be written out in a line; quick for the lines that logs have."""
    return len(line) >= SHORTEST and _QUICK.search(line) is not None


def text_may_hold_bytes(text: str) -> bool:
    """Whether they may be written out in a text."""
    return len(text) >= SHORTEST and _QUICK_IN_TEXT.search(text) is not None


def written_out(text: str) -> Iterator[str | None]:
    """Yield what the bytes that are written out in `text` say; None for what cannot be read."""
    for number, match in enumerate(_FORMS.finditer(text)):
        if number == _MOST:
            return
        written = match[0]
        if len(written) > _LONGEST:
            yield None
        elif match["hex"]:
            yield bytes.fromhex(written).decode("utf-8", "replace")
        elif match["apart"]:
            yield bytes(int(each, 16) for each in re.findall(r"(?:0x)?([0-9a-fA-F]{1,2})\b", written)).decode(
                "utf-8", "replace"
            )
        elif match["numbers"]:
            yield bytes(int(each) % 256 for each in re.findall(r"-?\d+", written)).decode("utf-8", "replace")
        else:
            yield _of_base85(written)


def _of_base85(written: str) -> str | None:
    """Return what a text in either kind of base85 says, whatever marks stand behind it."""
    for _ in range(_MOST_MARKS):
        for decode in (b85decode, a85decode):
            try:
                data = decode(written)
            except ValueError:
                continue
            if data[:4] in _HEADS and data.rstrip().endswith(b"}"):
                return data.decode("utf-8", "replace")
        if written[-1:] not in _ENDS_OF_TEXT:
            break
        written = written[:-1]
    return None
