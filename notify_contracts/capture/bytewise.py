"""Message bodies of which a program printed the bytes: in hex, as a list of numbers, in base85."""

import re
from base64 import a85decode, a85encode, b85decode, b85encode
from collections.abc import Iterator
from functools import cache

from notify_contracts._untrusted import expression
from notify_contracts.model import ENVELOPE_ATTRIBUTES

SHORTEST = 170
"""Bytes of the shortest line in which one may stand: the beginning of one in hex, as JavaScript prints it."""

_MOST = 4  # in one line
_LONGEST = 4 * 1024 * 1024  # characters of one, each of which may take many bytes while it is read
_MOST_MARKS = 8  # behind one
_KEYS = (*ENVELOPE_ATTRIBUTES, "_context", "_unique_id", "oslo.message", "oslo.version")
_HEADS = frozenset(f'{{"{key}'.encode()[:4] for key in _KEYS)
_BASE85 = tuple(encode(head)[:5] for encode in (b85encode, a85encode) for head in sorted(_HEADS))
_HEX = r"(?:7[bB](?:0[aAdD9]|20)*22[0-9a-fA-F]{60,})"  # by single digits: of pairs, the expression would keep each
_BYTE = {"apart": r"(?:(?:,? |:)(?:0x)?[0-9a-fA-F]{1,2}\b)", "numbers": r"(?:(?:, ?| )-?\d{1,3}\b)"}
_APART = (
    r"(?:7[bB]|0x7[bB])(?:(?:,? |:)(?:0x)?(?:0[aAdD9]|[a-f]|20))*(?:,? |:)(?:0x)?22"
    f"{_BYTE['apart']}{{20}}"
)
_NUMBERS = rf"123(?:,? ?(?:10|13|32|9)\b)*(?:, ?| )34{_BYTE['numbers']}{{20}}"
_IN_HEX = expression(rb"7[bB](?:[,:]? ?(?:0x)?(?:0[aAdD9]|[ad]|20))*[,:]? ?(?:0x)?22(?:[, :]|[0-9a-fA-F]{30})")
_IN_NUMBERS = expression(rb"\b123(?:,? ?(?:10|13|32|9))*,? ?34\b")
_ENDS_OF_TEXT = "\"'~>)]},;."


@cache
def _forms() -> re.Pattern[str]:
    """Return what finds each form; made when it is first needed, for that takes time."""
    marks = "|".join(re.escape(mark.decode()) for mark in _BASE85)
    return re.compile(
        rf"(?P<hex>{_HEX})|(?P<apart>{_APART})|\b(?P<numbers>{_NUMBERS})|(?P<base85>(?:{marks})[!-~]{{60,}})"
    )


def may_hold_bytes(line: bytes) -> bool:
    """Whether the bytes of a JSON object may be written out in a line; quick for what people write.

    That has a space for every 7 to 12 characters; what is written out byte by byte has more, or far fewer.
    """
    length = len(line)
    if length < SHORTEST or length // 12 < line.count(b" ") <= length // 7:
        return False
    if (b"7b" in line or b"7B" in line) and _IN_HEX.search(line):
        return True
    if b"123" in line and _IN_NUMBERS.search(line):
        return True
    return (b"dm" in line or b"HQ" in line) and any(mark in line for mark in _BASE85)


def written_out(text: str) -> Iterator[str | None]:
    """Yield what the bytes that are written out in `text` say; None for what cannot be read."""
    end = 0
    for _ in range(_MOST):
        match = _forms().search(text, end)
        if match is None:
            return
        end = _end(match)
        written = text[match.start() : end]
        if len(written) > _LONGEST:
            yield None
        elif match["hex"]:
            yield bytes.fromhex(written[: len(written) // 2 * 2]).decode("utf-8", "replace")
        elif match["apart"]:
            yield bytes(int(each, 16) for each in re.findall(r"(?:0x)?([0-9a-fA-F]{1,2})\b", written)).decode(
                "utf-8", "replace"
            )
        elif match["numbers"]:
            yield bytes(int(each) % 256 for each in re.findall(r"-?\d+", written)).decode("utf-8", "replace")
        else:
            yield _of_base85(written)


def _end(match: re.Match[str]) -> int:
    """Return where the bytes end whose first ones matched; not all at once, for a match keeps a state of each."""
    end = match.end()
    if match.lastgroup in _BYTE:
        more = re.compile(_BYTE[match.lastgroup] + "{1,4096}")
        while following := more.match(match.string, end):
            end = following.end()
    return end


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
