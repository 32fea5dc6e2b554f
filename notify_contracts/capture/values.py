"""JSON values that follow each other or stand in one array, in memory bounded by the largest of them."""

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator

from notify_contracts._untrusted import NotJsonError
from notify_contracts.capture.lines import BLOCK, LONGEST, ByteStream

# Only the end of a value is of interest here; a number of ten thousand digits must not stop the search for it.
_DECODER = json.JSONDecoder(parse_int=float)
_NOT_SPACE = re.compile(r"[^ \t\r\n\0\x1e\ufeff]")
"""What is none of what may stand between two values: JSON's white space, what joins values, a mark of each file."""
_KEY = re.compile(r'"[^"\\{]{1,255}"\Z')
"""A text that may be the routing key of the body behind it."""
_OPEN_TEXT = "unterminated string"
"""So says `json` what is wrong."""
_DIGITS = frozenset("0123456789")
_OF_NUMBER = re.compile(r"[-+.0-9eE]*\Z")


class TornError(NotJsonError):
    """No value begins there; at `position` it can no longer be one, or it ends in a text that begins there."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(reason)
        self.position = position

    @property
    def is_within_text(self) -> bool:
        """Whether all that follows belongs to a text that has no end."""
        return str(self).startswith(_OPEN_TEXT)


def end_of_value(text: str, start: int) -> int:
    """Return where the JSON value that begins at `start` ends; raise `TornError` if no value does."""
    try:
        return _DECODER.raw_decode(text, start)[1]
    except json.JSONDecodeError as error:
        raise TornError(f"{error.msg[0].lower()}{error.msg[1:]}", error.pos) from None
    except RecursionError:
        raise TornError("it is nested too deeply", len(text)) from None


class Values:
    """The texts of the values in a stream; `NotJsonError` ends the iteration, for nothing after it can be trusted."""

    def __init__(self, stream: ByteStream, first: bytes) -> None:
        self._stream = stream
        self._decoder = getincrementaldecoder("utf-8")()
        self._text = ""
        self._at = 0
        self._ended = False
        self._is_damaged = False  # behind the text
        self._first = first

    def each(self) -> Iterator[str]:
        """Yield the texts of values that follow each other, with or without space between them; arrays are items."""
        while character := self._next_character():
            if character == "[":
                yield from self._in_array()
            elif character == ",":  # of items without their array
                self._at += 1
            else:
                yield self._value()

    def _in_array(self) -> Iterator[str]:
        """Yield the items of an array; one that is a routing key and a body is one value."""
        self._at += 1
        key = ""
        if (character := self._next_character()) != "]":
            value = self._value()
            if _KEY.match(value):
                key = value
            else:
                yield value
            while (character := self._next_character()) == ",":
                self._at += 1
                self._next_character()
                value = self._value()
                if key and self._next_character() == "]":
                    value = f"[{key}, {value}]"
                elif key:
                    yield key
                key = ""
                yield value
            if key:
                yield key
            if character != "]":
                raise NotJsonError("there is no comma between two items" if character else "the array is not closed")
        self._at += 1

    def _value(self) -> str:
        while True:
            try:
                end = end_of_value(self._text, self._at)
            except NotJsonError:
                if self._ended or len(self._text) - self._at > LONGEST:
                    raise
            else:
                if self._is_whole(end):
                    value = self._text[self._at : end]
                    self._at = end
                    return value
            # Doubling what is there keeps the repeated attempts linear in the length of the value.
            self._read(len(self._text) - self._at)

    def _is_whole(self, end: int) -> bool:
        """Whether what seems to be a value up to `end` is all of it, whatever follows: a number may go on."""
        if self._text[end - 1] not in _DIGITS or self._ended or len(self._text) - self._at > LONGEST:
            return True
        return not _OF_NUMBER.match(self._text, end)

    def _next_character(self) -> str:
        """Skip white space; return the character after it, nothing at the end of the stream."""
        while True:
            if character := _NOT_SPACE.search(self._text, self._at):
                self._at = character.start()
                return character[0]
            self._at = len(self._text)
            if self._ended:
                return ""
            self._read(1)

    def _read(self, characters: int) -> None:
        if self._is_damaged:
            raise NotJsonError("it is not UTF-8")
        self._text = self._text[self._at :]
        self._at = 0
        wanted = len(self._text) + characters
        while len(self._text) < wanted and not (self._ended or self._is_damaged):
            first, self._first = self._first, b""
            self._take(first or self._stream.read1(BLOCK))

    def _take(self, block: bytes) -> None:
        self._ended = not block
        try:
            self._text += self._decoder.decode(block, final=self._ended)
        except UnicodeDecodeError as error:  # what stands before it in the block is read
            self._text += error.object[: error.start].decode()
            self._ended, self._is_damaged = False, True
