"""The least that speaks AMQP 0-9-1: frames made by hand on a socket, the limit that others are measured against."""

import socket
import struct
from typing import Self
from urllib.parse import unquote, urlsplit

_METHOD, _HEADER, _BODY, _END = 1, 2, 3, b"\xce"
_BASIC = 60
_PREFIX = 7
_DELIVER = struct.pack(">HH", _BASIC, 60)


def _frame(kind: int, channel: int, payload: bytes) -> bytes:
    return struct.pack(">BHI", kind, channel, len(payload)) + payload + _END


def _short(text: str) -> bytes:
    return bytes([len(text)]) + text.encode()


def _long(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


class RawAmqp:
    """One connection with one channel."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._socket = socket.create_connection((parts.hostname or "localhost", parts.port or 5672))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""
        self._position = 0
        self._socket.sendall(b"AMQP\x00\x00\x09\x01")
        self._expect(10, 10)
        credentials = f"\0{unquote(parts.username or 'guest')}\0{unquote(parts.password or 'guest')}".encode()
        self._send(0, 10, 11, _long(b"") + _short("PLAIN") + _long(credentials) + _short("en_US"))
        tune = self._expect(10, 30)
        self._send(0, 10, 31, tune[:6] + struct.pack(">H", 0))
        self._send(0, 10, 40, _short(unquote(parts.path[1:]) or "/") + _short("") + b"\0")
        self._expect(10, 41)
        self._open_channel()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._socket.close()

    def publish(self, routing_key: str, body: bytes, count: int, exchange: str) -> None:
        """Publish `body` `count` times without confirms; return when the broker has read everything."""
        method = struct.pack(">HHH", _BASIC, 40, 0) + _short(exchange) + _short(routing_key) + b"\0"
        values = _short("application/json") + _short("utf-8") + _long(b"") + b"\x02\x00"
        header = struct.pack(">HHQ", _BASIC, 0, len(body)) + struct.pack(">H", 0xF800) + values
        message = _frame(_METHOD, 1, method) + _frame(_HEADER, 1, header) + _frame(_BODY, 1, body)
        for _ in range(count):
            self._socket.sendall(message)
        self._send(1, 20, 40, struct.pack(">H", 200) + _short("") + struct.pack(">HH", 0, 0))
        self._expect(20, 41)
        self._open_channel()

    def consume(self, queue: str, count: int, prefetch: int = 500) -> None:
        """Read `count` messages, one acknowledgement for half of the prefetch."""
        self._send(1, _BASIC, 10, struct.pack(">IHB", 0, prefetch, 0))
        self._expect(_BASIC, 11)
        self._send(1, _BASIC, 20, struct.pack(">H", 0) + _short(queue) + _short("") + b"\0" + _long(b""))
        self._expect(_BASIC, 21)
        seen = 0
        while seen < count:
            kind, _channel, payload = self._read()
            if kind == _METHOD and payload.startswith(_DELIVER):
                seen += 1
                if seen % (prefetch // 2) == 0 or seen == count:
                    self._send(1, _BASIC, 80, struct.pack(">QB", seen, 1))

    def _open_channel(self) -> None:
        self._send(1, 20, 10, _short(""))
        self._expect(20, 11)

    def _send(self, channel: int, class_id: int, method_id: int, arguments: bytes) -> None:
        self._socket.sendall(_frame(_METHOD, channel, struct.pack(">HH", class_id, method_id) + arguments))

    def _expect(self, class_id: int, method_id: int) -> bytes:
        wanted = struct.pack(">HH", class_id, method_id)
        while True:
            kind, _channel, payload = self._read()
            if kind == _METHOD and payload.startswith(wanted):
                return payload[4:]

    def _read(self) -> tuple[int, int, bytes]:
        while True:
            if len(self._buffer) - self._position >= _PREFIX:
                kind, channel, size = struct.unpack_from(">BHI", self._buffer, self._position)
                end = self._position + _PREFIX + size
                if len(self._buffer) > end:
                    payload = self._buffer[self._position + _PREFIX : end]
                    self._position = end + 1
                    return kind, channel, payload
            self._buffer = self._buffer[self._position :] + self._socket.recv(262144)
            self._position = 0
