"""The bytes of a gzip stream."""

import zlib

from notify_contracts._untrusted import NotJsonError
from notify_contracts.capture.lines import ByteStream


class Gunzipped:
    """The decompressed bytes of a gzip stream; damage ends it with `NotJsonError` after all that could be read."""

    def __init__(self, first: bytes, rest: ByteStream) -> None:
        from gzip import GzipFile

        self._file: GzipFile = GzipFile(fileobj=_Resumed(first, rest))  # type: ignore[call-overload]  # it only reads

    def read1(self, size: int) -> bytes:
        """Return what is there, at most `size` bytes; nothing at the end."""
        try:
            return self._file.read1(size)
        except (EOFError, zlib.error) as error:
            raise NotJsonError(f"the compressed data is damaged or cut off ({error})") from None
        except OSError as error:
            if error.errno is not None:
                raise
            raise NotJsonError(f"the compressed data is damaged ({error})") from None


class _Resumed:
    """A stream of which `first` was read already."""

    def __init__(self, first: bytes, rest: ByteStream) -> None:
        self._first = first
        self._rest = rest

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes; nothing at the end."""
        first, self._first = self._first[:size], self._first[size:]
        return first or self._rest.read1(size)
