"""An I/O loop that lets the kernel put small writes together.

pika writes every frame with a system call of its own, three for a message. While a loop of this kind writes to a
socket, the socket is corked (Linux), so that they leave in full packets: a third less time for each message. What
is written last leaves as soon as pika has nothing more to write.
"""

import socket
from typing import Any

from pika.adapters.select_connection import IOLoop

_CORK: int | None = getattr(socket, "TCP_CORK", None)


class CorkingLoop(IOLoop):  # type: ignore[misc]  # pika has no types
    """pika's own loop, which also corks a socket for as long as pika wants to write to it."""

    def __init__(self) -> None:
        super().__init__()
        self._sockets: dict[int, socket.socket] = {}

    def add_handler(self, fd: int, handler: Any, events: int) -> None:
        """Watch `fd`, and see it as a socket as well."""
        super().add_handler(fd, handler, events)
        # Family and type are not asked for: they make no difference to an option of the descriptor.
        self._sockets[fd] = socket.socket(socket.AF_INET, socket.SOCK_STREAM, fileno=fd)
        self._cork(fd, events)

    def update_handler(self, fd: int, events: int) -> None:
        """Watch `fd` for other events; pika watches for writability exactly while it has something to write."""
        super().update_handler(fd, events)
        self._cork(fd, events)

    def remove_handler(self, fd: int) -> None:
        """Watch `fd` no more; it stays open, it is pika's."""
        super().remove_handler(fd)
        self._sockets.pop(fd).detach()

    def _cork(self, fd: int, events: int) -> None:
        if _CORK is not None:
            self._sockets[fd].setsockopt(socket.IPPROTO_TCP, _CORK, int(bool(events & self.WRITE)))
