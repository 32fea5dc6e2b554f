"""Compressed streams: gzip, bzip2, xz, lzma and zstd, each of any number of streams one after the other."""

import sys
import zlib
from collections.abc import Callable
from typing import Protocol

from notify_contracts.capture.reader import CHUNK, Reader, UnreadError

_MOST_MEMORY = 1 << 27
"""Bytes that one stream may have its decompressor keep: what zstd itself allows, and twice what ``xz -9`` needs."""


class Decompressor(Protocol):
    """What the decompressors of the standard library have in common, but for zlib's."""

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""

    @property
    def needs_input(self) -> bool:
        """Whether there is nothing more to come from what was given."""

    @property
    def unused_data(self) -> bytes:
        """What was given and stands behind the end of the stream."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Take `data`, and return at most `max_length` bytes of what comes of it and of what was taken before."""


class Inflater:
    """zlib's decompressor in the manner of the others; `wbits` tells how the stream is wrapped, as zlib says it."""

    def __init__(self, wbits: int) -> None:
        self._zlib = zlib.decompressobj(wbits)

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        """Whether there is nothing more to come from what was given."""
        return not self._zlib.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        """What was given and stands behind the end of the stream."""
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Take `data`, and return at most `max_length` bytes of what comes of it and of what was taken before."""
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)


def _gzip() -> Decompressor:
    return Inflater(zlib.MAX_WBITS | 16)


def _zlib() -> Decompressor:
    return Inflater(zlib.MAX_WBITS)


def _bzip2() -> Decompressor:
    from bz2 import BZ2Decompressor

    return BZ2Decompressor()


def _xz() -> Decompressor:
    from lzma import LZMADecompressor

    return LZMADecompressor(memlimit=_MOST_MEMORY)


def _zstd() -> Decompressor:
    try:
        if sys.version_info >= (3, 14):
            from compression.zstd import ZstdDecompressor
        else:
            from backports.zstd import ZstdDecompressor
    except ModuleNotFoundError:
        raise UnreadError("cannot be read: it is zstd: pip install 'notify-contracts[zstd]' for that") from None
    return ZstdDecompressor()


DECOMPRESSORS: dict[str, Callable[[], Decompressor]] = {
    "gzip": _gzip,
    "bzip2": _bzip2,
    "xz": _xz,
    "lzma": _xz,
    "zstd": _zstd,
}
"""What makes a decompressor of one stream, by the name of the format; raises `UnreadError` where there is none."""


def unpacked_at_once(kind: str, data: bytes, most: int) -> bytes:
    """Return what the stream in `data` holds, at most `most` bytes of it, and nothing where that is damaged.

    Raise `UnreadError` where there is no decompressor.
    """
    stream = _zlib() if kind == "zlib" else DECOMPRESSORS[kind]()
    try:
        return stream.decompress(data, most)
    except Exception:  # noqa: BLE001  # each of them raises something else
        return b""


class Decompressed:
    """The bytes of a compressed `reader`; `UnreadError` ends them after all that could be read.

    It has one stream, or `many`, with zero bytes between them or behind the last.
    """

    def __init__(self, reader: Reader, kind: str, make: Callable[[], Decompressor], *, many: bool = True) -> None:
        self._reader = reader
        self._kind = kind
        self._make = make
        self._many = many
        self._stream: Decompressor | None = None
        self._has_begun = False
        self._error: UnreadError | None = None

    def read1(self, size: int, /) -> bytes:
        """Return what is there, at most `size` bytes; nothing at the end."""
        if self._error is None:
            try:
                return self._next(size)
            except UnreadError as error:
                self._error = error
        raise self._error

    def _next(self, size: int) -> bytes:
        while self._stream is not None or self._begins():
            block = self._taken(self._stream, size)  # type: ignore[arg-type]  # or else it has not begun
            if block:
                return block
        return b""

    def _begins(self) -> bool:
        """Go on with the next stream, if there is one."""
        if self._has_begun and not (self._many and self._has_more()):
            return False
        self._has_begun, self._stream = True, self._make()
        return True

    def _has_more(self) -> bool:
        while block := self._reader.read1(CHUNK):
            if rest := block.lstrip(b"\0"):
                self._reader.give_back(rest)
                return True
        return False

    def _taken(self, stream: Decompressor, size: int) -> bytes:
        is_waiting = stream.needs_input
        given = self._reader.read1(CHUNK) if is_waiting else b""
        try:
            block = stream.decompress(given, size)
        except Exception as error:  # noqa: BLE001  # each of them raises something else
            raise UnreadError(self._why_not(str(error))) from None
        if stream.eof:
            self._reader.give_back(stream.unused_data)
            self._stream = None
        elif is_waiting and not (given or block):
            raise UnreadError(f"its {self._kind} data is cut off; get the whole of it")
        return block

    def _why_not(self, said: str) -> str:
        if "memory" in said.lower():
            most = _MOST_MEMORY >> 20
            return f"its {self._kind} data takes more than {most} MiB of memory to be unpacked: unpack it beforehand"
        return f"its {self._kind} data is damaged ({said.rstrip('.')}); get it anew"
