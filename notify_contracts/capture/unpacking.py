"""From the bytes of a file to the recordings in it, however these are packed: compressed, archived, or both."""

from collections.abc import Iterator
from typing import NamedTuple

from notify_contracts._untrusted import printable
from notify_contracts.capture.compressed import DECOMPRESSORS, Decompressed
from notify_contracts.capture.formats import TAR, UTF_16, UTF_32, Foreign, may_be_packed, recognised
from notify_contracts.capture.lines import BLOCK, ByteStream
from notify_contracts.capture.reader import Reader, UnreadError
from notify_contracts.capture.transcoded import Transcoded

_MOST_LAYERS = 5
"""An archive that is compressed, of archives that are compressed, of compressed recordings."""


class Entry(NamedTuple):
    """A recording unpacked: its name, its bytes of which `first` was read, and whether the file itself holds these.

    Reading the stream raises `UnreadError` after all that could be unpacked.
    """

    name: str
    stream: ByteStream
    first: bytes
    is_plain: bool = False


def entries(stream: ByteStream, name: str, layers: int = 0) -> Iterator[Entry]:
    """Yield the recordings in what is called `name`, one after the other; each ends before the next is asked for.

    Those of an archive are called ``archive::member``. `layers` is how often it was unpacked already.
    """
    try:
        first = _beginning(stream)
        found = recognised(first)
        if found is None:
            yield Entry(name, stream, first, is_plain=not layers)
            return
        if isinstance(found, Foreign):
            raise UnreadError(f"cannot be read: it is {found.name}: use what `{found.command}` makes of it")  # noqa: TRY301
        if layers == _MOST_LAYERS:
            raise UnreadError(f"cannot be read: it is packed more than {_MOST_LAYERS} times over: unpack it")  # noqa: TRY301
        reader = Reader(stream, first)
        if found in (UTF_16, UTF_32):
            yield Entry(name, Transcoded(reader, found), b"")
        elif found in DECOMPRESSORS:
            yield from entries(Decompressed(reader, found, DECOMPRESSORS[found]), name, layers + 1)
        else:
            for member, content in _members(found, reader):
                yield from entries(content, f"{name}::{printable(member)}", layers + 1)
    except UnreadError as error:
        yield Entry(name, Unread(error), b"")


def _members(kind: str, reader: Reader) -> Iterator[tuple[str, ByteStream]]:
    if kind == TAR:
        from notify_contracts.capture.tarred import members_of_tar

        return members_of_tar(reader)
    from notify_contracts.capture.zipped import members_of_zip

    return members_of_zip(reader)


class Unread:
    """A stream that cannot be read."""

    def __init__(self, error: UnreadError) -> None:
        self._error = error

    def read1(self, _size: int, /) -> bytes:
        """Raise the error."""
        raise self._error


def _beginning(stream: ByteStream) -> bytes:
    """Return the beginning, long enough to tell how it is packed; a pipe may be slow."""
    first = block = stream.read1(BLOCK)
    while block and may_be_packed(first):
        block = stream.read1(BLOCK)
        first += block
    return first
