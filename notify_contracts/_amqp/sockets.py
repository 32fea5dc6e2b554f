"""pika's I/O loop, with two things more that it can do to the sockets it watches.

pika writes every frame with a system call of its own, three for a message. While it has something to write, its
socket is corked here (Linux), so that frames leave in full packets: a third less time for each message. What is
written last leaves as soon as pika has nothing more to write.

And a connection can be hung up on, when the broker does not answer our wish to close it.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from pika.adapters.select_connection import IOLoop

_CORK: int | None = getattr(socket, "TCP_CORK", None)


class SocketLoop(IOLoop):  # type: ignore[misc]  # pika has no types
    """pika's own loop; pika watches a socket for writability exactly while it has something to write."""

    def __init__(self) -> None:
        super().__init__()
        self._watched: set[int] = set()

    def add_handler(self, fd: int, handler: Any, events: int) -> None:
        """Watch the descriptor `fd`."""
        super().add_handler(fd, handler, events)
        self._watched.add(fd)
        self._cork(fd, events)

    def update_handler(self, fd: int, events: int) -> None:
        """Watch `fd` for other events."""
        super().update_handler(fd, events)
        self._cork(fd, events)

    def remove_handler(self, fd: int) -> None:
        """Watch `fd` no more."""
        super().remove_handler(fd)
        self._watched.discard(fd)

    def hang_up(self) -> None:
        """End every connection, as if the other side had; pika then closes its sockets."""
        for fd in self._watched:
            _with_socket(fd, lambda watched: watched.shutdown(socket.SHUT_RDWR))

    def _cork(self, fd: int, events: int) -> None:
        if _CORK is not None:
            _with_socket(fd, partial(_set_cork, value=int(bool(events & self.WRITE))))


def _set_cork(watched: socket.socket, value: int) -> None:
    watched.setsockopt(socket.IPPROTO_TCP, _CORK or 0, value)


def _with_socket(fd: int, use: Callable[[socket.socket], None]) -> None:
    """Call `use` with a view of a descriptor that is pika's: detached in the end, so as never to close it."""
    view = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, fileno=fd)  # given all this, it asks the system nothing
    with suppress(OSError):
        use(view)
    view.detach()
