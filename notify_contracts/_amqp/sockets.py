"""pika's I/O loop, with timers of our own, and two things more that it can do to the sockets it watches.

pika writes every frame with a system call of its own, three for a message. While it has something to write, its
socket is corked here (Linux), so that frames leave in full packets: a third less time for each message. What is
written last leaves as soon as pika has nothing more to write.

pika's own timers run on Python's clock, which a test may have stopped: they would never be due.

And a connection can be hung up on, when the broker does not answer our wish to close it.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from pika.adapters.select_connection import IOLoop

from notify_contracts._amqp.timers import Timer, Timers

_CORK: int | None = getattr(socket, "TCP_CORK", None)


class SocketLoop(IOLoop):  # type: ignore[misc]  # pika has no types
    """pika's own loop; pika watches a socket for writability exactly while it has something to write."""

    def __init__(self) -> None:
        self._timers = Timers()
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

    def call_later(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Have `callback` called after `delay` seconds."""
        return self._timers.add(delay, callback)

    def remove_timeout(self, timeout_handle: Timer) -> None:
        """Forget what `call_later` was asked for."""
        timeout_handle.callback = None

    def process_timeouts(self) -> None:
        """Call what was handed over by other threads, and what is due."""
        super().process_timeouts()
        self._timers.call_due()

    def _get_remaining_interval(self) -> float | None:
        """Return how long to wait for sockets at most, in seconds; pika has no public name for the question."""
        waiting = super()._get_remaining_interval()
        return self._timers.remaining() if waiting is None else waiting

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
