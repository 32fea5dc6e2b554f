"""The bytes of a notification that are written out over many lines of a log: dumped, one a line, packed in base64."""

import zlib
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress

from notify_contracts._untrusted import expression
from notify_contracts.capture.spread import OWN_BYTES
from notify_contracts.model import Unreadable

LONGEST_ROW = 160
"""Bytes of the longest row."""
_BEGIN = b"0123456789abcdefABCDEFx:, \t\r\n"

_HEX = expression(
    rb"\s*(?:(?:0x)?[0-9a-fA-F]{4,8}:?[ \t]+)?((?:(?:0x)?(?:[0-9a-fA-F]{2}){1,64}(?:[,:][ \t]?|[ \t]{1,2}|\s*$)){1,64})"
    rb"(?:$|[ \t]*\|.{0,64}\|\s*$|[ \t].{1,64}$|.{1,16}$)"
)
"""As hexdump, xxd, od and tcpdump write rows: perhaps an offset, bytes or words of them, and perhaps as characters."""

_OF_HEX = expression(rb"(?:0x)?([0-9a-fA-F]+)")
_WORDS = expression(rb"[0-7]{7}((?: +[0-9a-fA-F]{4}){1,8})\s*$")
_CHARACTERS = expression(rb"[0-7]{7}((?:(?:   [!-~ ])|  \\[0abfnrtv]| [0-7]{3}){1,16})\s*$")
_NUMBERS = expression(rb"\s*((?:-?\d{1,3}(?:,\s*|[ \t]+|\s*$)){1,64})$")
_BASE64 = expression(rb"[A-Za-z0-9+/]{4,}={0,2}\s*$")
_GZIP = b"H4sI"
_LEAST_PACKED = 32  # bytes of a row of base64, but for the last
_MOST = 16 * 1024
_END = max(len(name) - name.rindex(b"_") for name in OWN_BYTES)
_SAID = (
    "the bytes of a notification are written out here, row by row, which is not read: write it as JSON, on a line of "
    "its own"
)


def is_row(line: bytes) -> bool:
    """Whether a line may be one of many that a notification is written out over."""
    if not 0 < len(line) <= LONGEST_ROW:
        return False
    forms = (_HEX, _WORDS, _CHARACTERS, _NUMBERS) if _begins_one(line) else ()
    return any(form.match(line) for form in forms) or (len(line) >= _LEAST_PACKED and bool(_BASE64.match(line)))


class Rows:
    """Takes the lines of a log, and says what they are where rows of them spell all names that are nobody else's."""

    def __init__(self) -> None:
        self._spelt: dict[str, bytearray] = {}  # by the way in which they are written out
        self._packed: zlib._Decompress | None = None  # what begins in a row of base64

    def take(self, line: bytes) -> Unreadable | None:
        """Take the next line; of most, a look at how it begins is enough."""
        if not 0 < len(line) <= LONGEST_ROW or not (_begins_one(line) or self._packed is not None):
            return None
        for way, data in self._read(line):
            spelt = self._spelt.setdefault(way, bytearray())
            spelt += data
            is_name_complete = b"_" in spelt[-len(data) - _END :]  # perhaps: they are looked for in few rows
            if is_name_complete and all(name in spelt for name in OWN_BYTES):
                self._spelt = {}
                return Unreadable(_SAID)
            if len(spelt) > 2 * _MOST:
                del spelt[:-_MOST]
        return None

    def _read(self, line: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield what a line spells in each way in which it is a row."""
        if (match := _HEX.match(line)) is not None:
            yield "bytes", bytes.fromhex(b"".join(_OF_HEX.findall(match[1])).decode())
        if (match := _WORDS.match(line)) is not None:
            yield "words", b"".join(bytes.fromhex(word.decode())[::-1] for word in match[1].split())
        if (match := _CHARACTERS.match(line)) is not None:
            yield "characters", match[1][3::4]
        if (match := _NUMBERS.match(line)) is not None:
            yield "numbers", bytes(int(number) % 256 for number in match[1].replace(b",", b" ").split())
        if line.startswith(_GZIP):
            self._packed = zlib.decompressobj(zlib.MAX_WBITS | 16)
        yield from self._unpacked(line)

    def _unpacked(self, line: bytes) -> Iterator[tuple[str, bytes]]:
        packed = self._packed
        if packed is None or _BASE64.match(line) is None:  # what stands between two rows is somebody else's
            return
        self._packed = None
        with suppress(ValueError, zlib.error):  # it is no such row
            yield "packed", packed.decompress(b64decode(line), _MOST)
            self._packed = None if packed.eof else packed


def _begins_one(line: bytes) -> bool:
    """Whether a line begins as rows do: one of a log has other letters there, or the signs of a date, but for a few."""
    if not line[:14].strip(_BEGIN) or line[:4] == _GZIP:
        return True
    return line[7:8] == b" " and not line[:7].strip(_BEGIN)  # od's, behind whose digits any character may stand
