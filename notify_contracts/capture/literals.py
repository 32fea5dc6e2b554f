"""Texts as programs print them: quoted, as values of Python, Ruby or JavaScript, in base64. Nothing is evaluated."""

import re
import sys
from base64 import b64decode
from collections.abc import Callable, Mapping
from html import unescape

from notify_contracts._untrusted import NotJsonError, dump, expression
from notify_contracts.capture.compressed import DECOMPRESSORS, unpacked_at_once
from notify_contracts.capture.formats import recognised
from notify_contracts.capture.reader import UnreadError
from notify_contracts.capture.spread import OWN_BYTES

LONGEST_LITERAL = 128 * 1024
"""Characters of the longest printed value that is read; JSON may be longer."""

_QUOTED = {
    "'": expression(r"'(?:[^'\\]+|\\.)*+'", re.DOTALL),
    '"': expression(r'"(?:[^"\\]+|\\.)*+"', re.DOTALL),
}
_REST = expression(r'(?:[^"\\]+|\\.)*+', re.DOTALL)
_CELL = expression(r'"(?:[^"]+|"")*+"')
_REST_OF_CELL = expression(r'(?:[^"]+|"")*+')
_MARKED_UP = expression(r"[^<]*+")
_ESCAPE = expression(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|(.))", re.DOTALL)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "a": "\a", "v": "\v", "\n": "", "e": "\x1b"}
_TOKEN = expression(
    r"""\s*(?:(?P<text>[bBuU]?(?:'(?:[^'\\]+|\\.)*+'|"(?:[^"\\]+|\\.)*+"))
    |(?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d))
    |(?P<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.]))
    |(?P<word>[A-Za-z_]\w*)|(?P<arrow>=>)|(?P<mark>[{}\[\](),:]))""",
    re.DOTALL | re.VERBOSE,
)
_WORDS = {
    "None": "null",
    "nil": "null",
    "null": "null",
    "True": "true",
    "true": "true",
    "False": "false",
    "false": "false",
}
_BASE64 = expression(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_OBJECT = "eyJ"  # what `{"` is in base64
HEADS = (_OBJECT, "eyAi", "ewog", "ewoi", "ew0K", "H4sI", "KLUv", *(f"e{pair}" for pair in ("Jw", "Jx", "Jy", "Jz")))
"""How an object begins in base64: as one writes it, with white space behind the brace, packed with gzip, zstd, zlib."""
_URL_SAFE = str.maketrans("-_", "+/")
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")  # RFC 1950; text may begin so, too
_MOST_BYTES = 16 * 1024 * 1024
_OF_DAMAGED = 1024 * 1024  # bytes that count for what is damaged, which took work, too


def unquoted(text: str, start: int) -> tuple[str, int] | None:
    """Return what the quoted text that begins at `start` holds, and where it ends; None if it has no end.

    A ``b`` before it says that its escapes are bytes of UTF-8.
    """
    match = _QUOTED[text[start]].match(text, start)
    if match is None or len(match[0]) > _MOST_BYTES:
        return None
    is_bytes = text[start - 1 : start] == "b" and not text[max(start - 2, 0) : start - 1].isalnum()
    held = _unescaped(match[0][1:-1])
    if is_bytes:
        try:
            return held.encode("latin-1").decode("utf-8"), match.end()
        except ValueError:
            return None
    return held, match.end()


def unquoted_from(text: str, start: int) -> tuple[str, int]:
    """Return what follows in a quoted text from `start` within it, and where its end mark stands, or the text ends."""
    match = _REST.match(text, start)
    return (_unescaped(match[0]), match.end()) if match else ("", start)


def cell(text: str, start: int) -> tuple[str, int] | None:
    """Return what the cell of a table with doubled quotation marks holds, and where it ends; None if it has no end."""
    match = _CELL.match(text, start)
    return None if match is None else (match[0][1:-1].replace('""', '"'), match.end())


def cell_from(text: str, start: int) -> tuple[str, int]:
    """Return what follows in such a cell from `start` within it, and where its end mark stands, or the text ends."""
    match = _REST_OF_CELL.match(text, start)
    return (match[0].replace('""', '"'), match.end()) if match else ("", start)


def undoubled(text: str, start: int) -> tuple[str, int]:
    """Return the value that begins at `start` as it is if each backslash counts once, and where its cell ends."""
    end = min((at for mark in "\t\n" if (at := text.find(mark, start)) >= 0), default=len(text))
    return text[start:end].rstrip("|").rstrip().replace("\\\\", "\\"), end


def markup_from(text: str, start: int) -> tuple[str, int]:
    """Return what the text of XML or HTML says from `start` on, and where the next mark begins, or the text ends."""
    match = _MARKED_UP.match(text, start)
    return (unescape(match[0]), match.end()) if match else ("", start)


WITHIN: Mapping[str, Callable[[str, int], tuple[str, int]]] = {
    "\\": unquoted_from,
    '""': cell_from,
    **dict.fromkeys(("&quot;", "&#34;", "&#x22;"), markup_from),
}
"""How what stands within a quoted text, a cell or XML is read, by what stands there for a quotation mark."""


def as_json(text: str, start: int) -> tuple[str, int]:
    """Return as JSON what a program printed at `start`, a dict or a hash, and where it ends; raise `NotJsonError`."""
    writer, position = _Writer(), start
    limit = min(len(text), start + LONGEST_LITERAL)
    while match := _TOKEN.match(text, position, limit):
        position = match.end()
        if writer.take(match):
            return writer.json(), position
    if position < limit:
        raise NotJsonError("it holds a value that only a program can read")
    raise NotJsonError(
        "it ends in the middle of a value" if limit == len(text) else "as no JSON it is no JSON and longer than 128 KiB"
    )


class Allowance:
    """How many bytes may still be unpacked of what stands in one line: a few of it may stand for very many."""

    def __init__(self) -> None:
        self.left = 4 * _MOST_BYTES

    def unpacked(self, kind: str, data: bytes) -> bytes:
        """Return what is packed in `data`, as far as it can be read; raise UnreadError if nothing more is allowed."""
        if self.left <= 0:
            raise UnreadError("is packed, behind more than 64 MiB that were: unpack it beforehand")
        held = unpacked_at_once(kind, data, min(self.left, _MOST_BYTES))
        self.left -= len(held) or _OF_DAMAGED
        return held


def from_base64(text: str, allowance: Allowance) -> str | None:
    """Return the text that `text` is in base64, compressed or not; None if it is none.

    Of a JSON object that is damaged in it, what stands before the damage is returned, for it may be a notification; of
    bytes that are no text and hold a notification's names, their print. Raise UnreadError for what nothing unpacks.
    """
    if _BASE64.match(text, 0, 64) is None:
        return None
    together = "".join(text.split())
    is_object = together.startswith(_OBJECT)
    if (match := _BASE64.match(together)) is None or (match.end() < len(together) and not is_object):
        return None
    encoded = match[0].translate(_URL_SAFE).rstrip("=")
    if encoded.startswith(HEADS) and len(encoded) % 4 == 1:  # it was cut off
        encoded = encoded[:-1]
    try:
        data = b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
        kind = "zlib" if data.startswith(_ZLIB) else recognised(data)
        if kind == "zlib" or kind in DECOMPRESSORS:
            data = allowance.unpacked(kind, data)
        if is_object:
            return data.decode("utf-8", "replace")
        return data.decode("utf-8", "backslashreplace" if any(name in data for name in OWN_BYTES) else "strict")
    except ValueError:
        return None


class _Writer:
    """JSON written token by token; parentheses without a comma only group, as those around a text in pieces."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._open: list[tuple[str, int]] = []  # what is open, and where it was written
        self._commas: list[bool] = []  # whether there is one in it
        self._last = ""
        self._texts: list[str] = []  # that stand beside each other, and are one; written when all are there

    def take(self, match: re.Match[str]) -> bool:
        """Write a token; return whether the value is whole. Raise `NotJsonError` for what JSON has no word for."""
        kind, piece = match.lastgroup, match[match.lastgroup or 0]
        if kind == "text":
            self._add_text(piece)
        elif kind == "time":  # as Ruby prints one
            self._add(f'"{piece}"', "value")
        elif kind == "word":
            self._add_word(piece, match.string[match.end() : match.end() + 2].lstrip()[:1])
        elif kind == "arrow":
            self._add(":", ":")
        elif piece in ("{", "[", "("):
            self._open.append((piece, len(self._written)))
            self._commas.append(False)
            self._add("{" if piece == "{" else "[", piece)
        elif piece in "}])":
            return self._close(piece)
        else:
            if piece == "," and self._commas:
                self._commas[-1] = True
            self._add(piece, piece if kind == "mark" else "value")
        return False

    def json(self) -> str:
        """Return what was written."""
        self._end_text()
        return "".join(self._written)

    def _add(self, written: str, kind: str) -> None:
        self._end_text()
        self._written.append(written)
        self._last = kind

    def _end_text(self) -> None:
        if self._texts:
            self._written[-1] = dump("".join(self._texts)).decode()
            self._texts = []

    def _add_text(self, piece: str) -> None:
        quote = piece.index(piece[-1])
        held = unquoted(piece, quote)
        if held is None:
            raise NotJsonError("it holds bytes that are no text")
        if not self._texts:
            self._add("", "text")
        self._texts.append(held[0])

    def _add_word(self, word: str, following: str) -> None:
        if following == ":" and word not in _WORDS:
            self._add(f'"{word}"', "value")
        elif word in _WORDS:
            self._add(_WORDS[word], "value")
        else:
            raise NotJsonError("it holds a value that only a program can read")

    def _close(self, piece: str) -> bool:
        if not self._open:
            raise NotJsonError("it is no value")
        opened, index = self._open.pop()
        has_comma = self._commas.pop()
        if self._last == ",":
            self._written.pop()
        elif opened == "(" and not has_comma and len(self._written) > index + 1:
            self._written[index] = ""
            self._last = "value"
            return not self._open
        self._add("}" if piece == "}" else "]", "value")
        return not self._open


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    unescaped = _ESCAPE.sub(_character, text)
    try:  # the halves of a pair stand beside each other
        return unescaped.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return unescaped


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        return chr(number) if number <= sys.maxunicode else "\ufffd"
    if match[4]:
        return chr(int(match[4], 8))
    return _NAMED.get(match[5], match[5])
