"""A thread that runs pika's I/O loop, so that heartbeats are answered whatever the application does."""

import threading
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import Any

from pika.exceptions import ChannelWrongStateError, ConnectionWrongStateError

from notify_contracts._amqp.signals import left_to_main_thread
from notify_contracts._amqp.sockets import SocketLoop

Call = Callable[[Callable[[Any], None]], object]
Steps = Generator[Call, Any, None]


class IoThread:
    """One daemon thread with one I/O loop; of its methods, callbacks in the thread itself use all but `join`.

    `on_crash` is called in the thread, as its last act, with an exception that no callback caught.
    """

    def __init__(self, name: str, on_crash: Callable[[BaseException], None]) -> None:
        self.loop: Any = None
        self._on_crash = on_crash
        self._lock = threading.Lock()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Start the thread; nothing else works before."""
        self.loop = SocketLoop()
        with left_to_main_thread():
            self._thread.start()

    def call(self, callback: Callable[[], None]) -> None:
        """Have `callback` called in the thread, after those handed over before, unless it ended; from any thread."""
        with self._lock:
            if not self._ended:
                self.loop.add_callback_threadsafe(callback)

    def later(self, seconds: float, callback: Callable[[], None]) -> Any:
        """Have `callback` called after `seconds`; return a handle for `cancel`."""
        return self.loop.call_later(seconds, callback)

    def cancel(self, handle: Any) -> None:
        """Forget a callback that `later` was asked for."""
        self.loop.remove_timeout(handle)

    def hang_up(self) -> None:
        """End every connection of the loop without asking the other side."""
        self.loop.hang_up()

    def stop(self) -> None:
        """End the loop and with it the thread, once the current callback returns."""
        self.loop.stop()

    def join(self) -> None:
        """Wait for the thread to end; from any other thread."""
        self._thread.join()

    def _run(self) -> None:
        try:
            self.loop.start()
        except BaseException as error:  # noqa: BLE001 - a waiting caller must hear of it, whatever it is
            self._on_crash(error)
        finally:
            with self._lock:
                self._ended = True
                self.loop.close()


def run(steps: Steps) -> None:
    """Work through AMQP calls that are answered by callback, written down in a row.

    `steps` yields functions that take the callback for an answer, and is sent each answer in turn. Where an
    answer never comes because channel or connection are closed, or are about to be, it simply goes no further.
    """

    def proceed(answer: Any = None) -> None:
        with suppress(StopIteration, ChannelWrongStateError, ConnectionWrongStateError):
            steps.send(answer)(proceed)

    proceed()
