"""Lines of a byte stream in constant memory, however long a line is."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from itertools import islice
from typing import Protocol

from notify_contracts._untrusted import expression
from notify_contracts.model import ENVELOPE_ATTRIBUTES
from notify_contracts.wire import MESSAGE_KEY, VERSION_KEY
from notify_contracts.wire.envelopes import keys_read

LONGEST = 16 * 1024 * 1024
"""Bytes of the longest line or item that is read: RabbitMQ's own default limit of a message."""

BLOCK = 256 * 1024
_HEAD = 4096
_END, _END_OF_TERMINALS = b"\n", b"\r\n"
_UNWRITTEN = b"\0"  # behind what was written last before a crash, or where room was made for more

_TOLD = 64
_BORDER = 64
_NAMES = (*ENVELOPE_ATTRIBUTES, MESSAGE_KEY, VERSION_KEY)


class Overlong(bytes):
    """The beginning of a line that was longer than `LONGEST`, and the names of a notification behind it.

    The rest of it was left out.
    """

    __slots__ = ()


class ByteStream(Protocol):
    """What every buffered binary stream can do."""

    def read1(self, size: int, /) -> bytes:
        """Return what is there, at most `size` bytes; nothing at the end."""


def stretches(stream: ByteStream, first: bytes = b"") -> Iterator[list[bytes]]:
    """Yield the lines of `first` and then of `stream`, with their ends, all that are complete at a time.

    One that is too long is `Overlong`, without an end; white space that is as long by itself counts as one space.
    """
    pending: list[bytes] = []
    length = 0
    behind: list[bytes] = []
    block = first or stream.read1(BLOCK)
    while block:
        head, *rest = BytesIO(block).readlines()  # where a line is long it finds the end of it sooner than split
        is_complete = head[-1:] == _END
        if length <= LONGEST:
            pending.append(head)
        else:
            _tell(head, behind)
        length += len(head) - is_complete
        if length > LONGEST and is_blank(pending):
            pending, length = [b" "], 1
        if is_complete:
            last = rest.pop() if rest and rest[-1][-1:] != _END else b""
            yield [_joined(pending, length, behind), *rest]
            pending, length, behind = [last], len(last), []
        block = stream.read1(BLOCK)
    if length:
        last = _joined(pending, length, behind)
        yield [last.rstrip(_UNWRITTEN) if length <= LONGEST else last]


def without_end(line: bytes) -> bytes:
    """Return a line of `stretches` without its end, which has two characters where Windows or a terminal wrote it."""
    if line[-1:] != _END:
        return line
    return line[:-2] if line[-2:] == _END_OF_TERMINALS else line[:-1]


def _joined(pending: list[bytes], length: int, behind: list[bytes]) -> bytes:
    if length <= LONGEST:
        return b"".join(pending) if len(pending) > 1 else pending[0]
    read = without_end(b"".join(pending)).lstrip()
    return Overlong(b" ".join([read[:_HEAD], *named_in(read, _HEAD - _BORDER), *behind[:-1]]))


@cache
def _named(names: frozenset[str]) -> re.Pattern[bytes]:
    """Return what finds these names as keys; they are shorter than what is kept of a block's end."""
    known = "|".join(re.escape(name) for name in sorted(names.union(_NAMES)) if len(name) < _BORDER - 20)
    return expression(rf'"(?:{known})\\{{0,9}}"[ \t]{{0,9}}:'.encode("utf-8", "replace"))


def named_in(text: bytes, start: int = 0) -> list[bytes]:
    """Return the names of what a notification consists of, as keys, in `text` from `start` on; of many the first."""
    return [match[0] for match in islice(_named(keys_read()).finditer(text, start), _TOLD)]


def _tell(block: bytes, behind: list[bytes]) -> None:
    """Add to `behind` the names in a block of a line that is too long; its last is where the block ended."""
    border = behind.pop() if behind else b""
    if len(behind) < _TOLD:
        behind += named_in(border + block)
    behind.append(block[-_BORDER:])


def is_blank(pieces: Iterable[bytes]) -> bool:
    """Whether what is in pieces is white space and nothing else."""
    return not any(map(bytes.strip, pieces))
