"""What is packed, unpacked layer by layer."""

from collections.abc import Iterator

from notify_contracts._untrusted import printable
from notify_contracts.capture.compressed import DECOMPRESSORS, Decompressed
from notify_contracts.capture.formats import FOREIGN, TAR, UTF_16, UTF_32, recognised
from notify_contracts.capture.lines import ByteStream
from notify_contracts.capture.member import Refused
from notify_contracts.capture.reader import Reader, UnreadError
from notify_contracts.capture.tarred import members_of_tar
from notify_contracts.capture.transcoded import Transcoded
from notify_contracts.capture.unpacking import Entry, beginning
from notify_contracts.capture.zipped import members_of_zip

_MOST_LAYERS = 5
"""An archive that is compressed, of archives that are compressed, of compressed recordings."""


def unpacked(kind: str, stream: ByteStream, first: bytes, name: str, layers: int = 0) -> Iterator[Entry]:
    """Yield the recordings in what is packed as `kind` says; of which `first` was read; what cannot be is one."""
    reader = Reader(stream, first)
    try:
        if kind in (UTF_16, UTF_32):
            yield Entry(name, Transcoded(reader, kind), b"")
            return
        if kind in FOREIGN:
            raise UnreadError(f"cannot be read: it is {kind}: use what `{FOREIGN[kind]}` makes of it")  # noqa: TRY301
        if layers == _MOST_LAYERS:
            raise UnreadError(f"cannot be read: it is packed more than {_MOST_LAYERS} times over: unpack it")  # noqa: TRY301
        for inner, content in _contents(kind, reader):
            yield from _found(content, f"{name}::{printable(inner)}" if inner else name, layers + 1)
    except UnreadError as error:
        yield Entry(name, Refused(error), b"")


def _contents(kind: str, reader: Reader) -> Iterator[tuple[str, ByteStream]]:
    """Yield what is in it with its name; that of what is only compressed is empty."""
    if kind in DECOMPRESSORS:
        return iter([("", Decompressed(reader, kind, DECOMPRESSORS[kind]))])
    return members_of_tar(reader) if kind == TAR else members_of_zip(reader)


def _found(stream: ByteStream, name: str, layers: int) -> Iterator[Entry]:
    try:
        first = beginning(stream)
    except UnreadError as error:
        yield Entry(name, Refused(error), b"")
        return
    kind = recognised(first)
    if kind is None:
        yield Entry(name, stream, first)
    else:
        yield from unpacked(kind, stream, first, name, layers)
