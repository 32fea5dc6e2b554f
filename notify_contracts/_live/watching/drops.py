"""How many messages a bounded queue has dropped, exactly, for as long as somebody asks often enough."""

import logging
from collections.abc import Callable
from typing import Any

from notify_contracts._amqp import IoThread

log = logging.getLogger("notify_contracts.watching")

_SECONDS = 0.5
"""How often the dropped messages are counted."""


class Drops:
    """Empties the queue of dropped messages now and then, and counts them; lives in the I/O thread.

    That queue is bounded too. When it was found full, more may have been dropped than it could hold: then `count` is
    the least that is sure, and `is_exact` is false. Each time that it finds some it calls `miss`.
    """

    def __init__(self, io: IoThread, miss: Callable[[], None]) -> None:
        self.count = 0
        self.is_exact = True
        self._io = io
        self._miss = miss
        self._room = 0
        self._channel: Any = None
        self._queue = ""
        self._timer: object = None
        self._streak = 0

    def __str__(self) -> str:
        """Say how many there were."""
        return f"{'' if self.is_exact else 'at least '}{self.count} notifications"

    def follow(self, channel: Any, queue: str, room: int) -> None:
        """Count what comes into `queue`, which has `room` for so many."""
        self._channel, self._queue, self._room = channel, queue, room
        self._ask_later()

    def stop(self) -> None:
        """Stop asking: there is nobody to answer."""
        self._channel = None
        if self._timer is not None:
            self._io.cancel(self._timer)
            self._timer = None

    def last(self, then: Callable[..., None]) -> None:
        """Count for the last time, then call `then`."""
        channel = self._channel
        self.stop()
        if channel is None:
            then()
            return

        def answered(answer: Any) -> None:
            self._add(answer)
            then()

        channel.queue_purge(self._queue, callback=answered)

    def _ask_later(self) -> None:
        self._timer = self._io.later(_SECONDS, self._ask)

    def _ask(self) -> None:
        self._timer = None
        if self._channel is not None and self._channel.is_open:
            self._channel.queue_purge(self._queue, callback=self._on_answer)

    def _on_answer(self, answer: Any) -> None:
        self._add(answer)
        if self._channel is not None:
            self._ask_later()

    def _add(self, answer: Any) -> None:
        found = answer.method.message_count
        self.count += found
        self.is_exact = self.is_exact and found < self._room
        if found and not self._streak:
            log.warning("this watcher is too slow, its queue is full: notifications are being dropped")
        elif self._streak and not found:
            log.warning("%d notifications were dropped", self._streak)
        if found:
            self._miss()
        self._streak = self._streak + found if found else 0
