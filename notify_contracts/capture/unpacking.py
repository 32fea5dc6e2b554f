"""From the bytes of a file to the recordings in it, however these are packed: compressed, archived, or both."""

from collections.abc import Iterator
from typing import NamedTuple

from notify_contracts.capture.formats import may_be_packed, recognised
from notify_contracts.capture.lines import BLOCK, ByteStream


class Entry(NamedTuple):
    """A recording unpacked: its name, its bytes of which `first` was read, and whether the file itself holds these.

    Reading the stream raises `UnreadError` after all that could be unpacked.
    """

    name: str
    stream: ByteStream
    first: bytes
    is_plain: bool = False


def entries(stream: ByteStream, name: str) -> Iterator[Entry]:
    """Yield the recordings in what is called `name`, one after the other; each ends before the next is asked for.

    Those of an archive are called ``archive::member``.
    """
    first = beginning(stream)
    found = recognised(first)
    if found is None:
        yield Entry(name, stream, first, is_plain=True)
        return
    from notify_contracts.capture.packed import unpacked  # most recordings are not, and it takes time

    yield from unpacked(found, stream, first, name)


def beginning(stream: ByteStream) -> bytes:
    """Return the beginning, long enough to tell how it is packed; a pipe may be slow."""
    first = block = stream.read1(BLOCK)
    while block and may_be_packed(first):
        block = stream.read1(BLOCK)
        first += block
    return first
