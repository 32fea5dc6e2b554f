"""The files of a zip archive, one after the other as they come, in constant memory.

Source: PKWARE's APPNOTE.TXT 6.3, sections 4.3 and 4.5. The directory at an archive's end is passed over: what it lists
may overlap, so that few bytes unpack to no end, and a pipe has no end to begin at.
"""

from collections.abc import Iterator
from struct import Struct, unpack_from
from typing import NamedTuple
from zlib import MAX_WBITS, crc32

from notify_contracts.capture.compressed import DECOMPRESSORS, Decompressed, Inflater
from notify_contracts.capture.lines import ByteStream
from notify_contracts.capture.member import Limited, Refused, is_hidden
from notify_contracts.capture.reader import CHUNK, Reader, UnreadError

_MEMBER, _DESCRIPTOR = b"PK\x03\x04", b"PK\x07\x08"  # the latter may begin an archive, too
_HEADER = 26  # bytes of a member's header behind its signature
_NOT_IN_HEADER = 0xFFFF_FFFF
# Behind the members: how many bytes each has behind its signature, and where in these are the lengths of what follows.
_DIRECTORY = {
    b"PK\x01\x02": (42, "<24xHHH"),
    b"PK\x06\x06": (8, "<Q"),
    b"PK\x06\x07": (16, ""),
    b"PK\x05\x05": (2, "<H"),
    b"PK\x05\x06": (18, "<16xH"),
}
# What follows a member whose header has no sizes: with a signature or without, with sizes of 8 bytes or of 4.
_DESCRIPTORS = (
    (_DESCRIPTOR, Struct("<4xI8xQ"), -1),
    (_DESCRIPTOR, Struct("<4xI4xI"), _NOT_IN_HEADER),
    (b"", Struct("<I8xQ"), -1),
    (b"", Struct("<I4xI"), _NOT_IN_HEADER),
)
_ENCRYPTED, _SIZE_FOLLOWS, _UTF_8 = 1 << 0, 1 << 3, 1 << 11
_STORED, _DEFLATED = 0, 8
_METHODS = {12: "bzip2", 93: "zstd", 95: "xz"}
_ZIP64 = 1


class _Header(NamedTuple):
    """What stands before a member; its sizes are None where they follow it."""

    name: str
    flags: int
    method: int
    checksum: int
    size: int | None
    compressed: int | None


def members_of_zip(reader: Reader) -> Iterator[tuple[str, ByteStream]]:
    """Yield the names and contents of the files in a zip archive, but for hidden ones.

    Raise `UnreadError` where it is damaged or cut off.
    """
    is_over = False
    while signature := reader.exactly(4):
        if signature == _MEMBER:
            is_over = False
            yield from _member(reader)
        elif signature in _DIRECTORY:
            size, lengths = _DIRECTORY[signature]
            facts = _exactly(reader, size)
            Limited(reader, sum(unpack_from(lengths, facts)) if lengths else 0, 0, "zip").skip()
            is_over = is_over or signature == b"PK\x05\x06"
        elif signature != _DESCRIPTOR:
            raise UnreadError("its zip data is damaged (something else stands between its files); get it anew")
    if not is_over:
        raise UnreadError("its zip data is cut off; get the whole of it")


def _member(reader: Reader) -> Iterator[tuple[str, ByteStream]]:
    header = _header(reader)
    is_shown = not is_hidden(header.name)
    refusal = _refusal(header)
    if refusal is None:
        content = _Content(reader, header)
        if is_shown:
            yield header.name, content
        content.finish()
    else:
        if is_shown or header.compressed is None:
            yield header.name, Refused(UnreadError(f"cannot be read: {refusal}"))
        if header.compressed is None:
            raise UnreadError("what follows in it cannot be read either")
        Limited(reader, header.compressed, 0, "zip").skip()


def _refusal(header: _Header) -> str | None:
    """Return why a member cannot be read, None if it can."""
    if header.flags & _ENCRYPTED:
        return "it is encrypted: unpack it with `unzip -P`"
    if header.method == _STORED and header.compressed is None:
        return "it does not say where it ends: unpack it with `unzip`"
    if header.method not in (_STORED, _DEFLATED, *_METHODS):
        return f"it is compressed by method {header.method}: unpack it with `7z x`"
    return None


def _header(reader: Reader) -> _Header:
    facts = _exactly(reader, _HEADER)
    _, flags, method, _, _, checksum, compressed, size, length, extra = unpack_from("<HHHHHIIIHH", facts)
    name = _exactly(reader, length).decode("utf-8" if flags & _UTF_8 else "cp437", "surrogateescape")
    more = _exactly(reader, extra)
    if flags & _SIZE_FOLLOWS:
        return _Header(name, flags, method, 0, None, None)
    while len(more) >= 4:  # noqa: PLR2004  # the kind and the length of what is said
        kind, length = unpack_from("<HH", more)
        sizes = [value for (value,) in _longs(more[4 : 4 + length])] if kind == _ZIP64 else []
        if sizes and size == _NOT_IN_HEADER:
            size = sizes.pop(0)
        if sizes and compressed == _NOT_IN_HEADER:
            compressed = sizes.pop(0)
        more = more[4 + length :]
    return _Header(name, flags, method, checksum, size, compressed)


def _longs(text: bytes) -> Iterator[tuple[int]]:
    return (unpack_from("<Q", text, at) for at in range(0, len(text) - 7, 8))


def _exactly(reader: Reader, size: int) -> bytes:
    read = reader.exactly(size)
    if len(read) < size:
        raise UnreadError("its zip data is cut off; get the whole of it")
    return read


class _Content:
    """The content of a member, which is compared with what the archive says of it when it ends."""

    def __init__(self, reader: Reader, header: _Header) -> None:
        self._reader = reader
        self._header = header
        self._is_whole = False
        self._size = self._checksum = 0
        self._packed = None if header.compressed is None else Limited(reader, header.compressed, 0, "zip")
        packed = reader if self._packed is None else Reader(self._packed)
        self._stream: ByteStream = packed
        if header.method == _DEFLATED:
            self._stream = Decompressed(packed, "zip", lambda: Inflater(-MAX_WBITS), many=False)
        elif header.method in _METHODS:
            kind = _METHODS[header.method]
            self._stream = Decompressed(packed, kind, DECOMPRESSORS[kind], many=False)

    def read1(self, size: int, /) -> bytes:
        """Return what is there, at most `size` bytes; nothing at the end."""
        block = b"" if self._is_whole else self._stream.read1(size)
        self._size += len(block)
        self._checksum = crc32(block, self._checksum)
        if not block and not self._is_whole:
            self._is_whole = True
            if not self._is_as_said():
                raise UnreadError("its zip data is damaged (it is not what its checksum says); get it anew")
        return block

    def finish(self) -> None:
        """Read what is left, and go on behind all of it."""
        if self._packed is not None:
            self._packed.skip()
            return
        while self.read1(CHUNK):
            pass

    def _is_as_said(self) -> bool:
        if self._header.size is not None:
            return (self._size, self._checksum) == (self._header.size, self._header.checksum)
        found = self._reader.exactly(24)
        for signature, layout, mask in _DESCRIPTORS:
            said = layout.unpack_from(found) if len(found) >= layout.size and found.startswith(signature) else None
            if said == (self._checksum, self._size & mask):
                self._reader.give_back(found[layout.size :])
                return True
        return False
