"""pika's connection, which no message ends: what it cannot decode of a message's headers is left out."""

from contextlib import suppress
from struct import unpack_from
from typing import Any

from pika import SelectConnection
from pika.exceptions import InvalidFrameError
from pika.frame import Header
from pika.spec import FRAME_END_SIZE, FRAME_HEADER, FRAME_HEADER_SIZE, BasicProperties

_BEFORE_PROPERTIES = 12  # bytes of a header frame: class, weight, size of the body


class Connection(SelectConnection):  # type: ignore[misc]  # pika has no types
    """Takes every message that the broker hands over.

    AMQP has headers that Python has no value for: a time beyond the year 9999, which one in milliseconds is taken for,
    or tables a thousand levels deep. pika takes the connection that brings them for lost; from a queue the message
    comes again, and again. Here it comes without its headers, and without the properties that stand behind them.
    """

    def _read_frame(self) -> tuple[int, Any]:
        try:
            found: tuple[int, Any] = super()._read_frame()
        except InvalidFrameError:  # of which nobody knows where it ends
            raise
        except Exception:
            kind, channel, size = unpack_from(">BHL", self._frame_buffer)
            if kind != FRAME_HEADER:
                raise
            return FRAME_HEADER_SIZE + size + FRAME_END_SIZE, _header(channel, self._frame_buffer, size)
        return found


def _header(channel: int, buffer: bytes, size: int) -> Header:
    content = bytes(buffer[FRAME_HEADER_SIZE : FRAME_HEADER_SIZE + size])
    _class, _weight, body_size = unpack_from(">HHQ", content)
    properties = BasicProperties()
    with suppress(Exception):  # those before the headers are there then
        properties.decode(content[_BEFORE_PROPERTIES:])
    return Header(channel, body_size, properties)
