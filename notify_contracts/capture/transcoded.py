"""Text in an encoding that marks itself, as UTF-8."""

from codecs import getincrementaldecoder

from notify_contracts.capture.lines import ByteStream
from notify_contracts.capture.reader import UnreadError


class Transcoded:
    """The text of a `stream` in an `encoding` with a byte order mark, as UTF-8 without; damage is an `UnreadError`."""

    def __init__(self, stream: ByteStream, encoding: str) -> None:
        self._stream = stream
        self._encoding = encoding
        self._decoder = getincrementaldecoder(encoding)()

    def read1(self, size: int, /) -> bytes:
        """Return what is there, at most `size` bytes; nothing at the end."""
        while True:
            block = self._stream.read1(max(1, size // 2))
            try:
                text = self._decoder.decode(block, final=not block)
                if text or not block:
                    return text.encode()
            except UnicodeError as error:
                reason = getattr(error, "reason", error)
                raise UnreadError(f"its {self._encoding} text is damaged or cut off ({reason}); get it anew") from None
