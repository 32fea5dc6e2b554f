"""How many messages a bounded queue has dropped, exactly, for as long as somebody asks often enough."""

import logging
from collections.abc import Callable
from typing import Any

from notify_contracts._amqp import IoThread, Steps, run

log = logging.getLogger("notify_contracts.watching")

_SECONDS = 0.5
"""How often the dropped messages are counted."""


class Drops:
    """Empties the queue of dropped messages now and then, and counts them; lives in the I/O thread.

    To ask how many there are is a use of the queue, by which a policy's `expires` begins anew; to empty it is none.
    Source: RabbitMQ, "Time-To-Live and Expiration" (queue TTL).
    That queue is bounded, too, and a policy may let messages expire in it: what it drops comes to a queue that is
    consumed, once. Then `count` is the least that is sure, and `is_exact` is false. Each time that it finds some it
    calls `miss`.
    """

    def __init__(self, io: IoThread, miss: Callable[[], None]) -> None:
        self.count = 0
        self.is_exact = True
        self._io = io
        self._miss = miss
        self._channel: Any = None
        self._queue = self._uncounted = ""
        self._timer: object = None
        self._streak = 0

    def __str__(self) -> str:
        """Say how many there were."""
        return f"{'' if self.is_exact else 'at least '}{self.count} notifications"

    def follow(self, channel: Any, queue: str, uncounted: str) -> None:
        """Count what comes into `queue`; what that drops comes to `uncounted`."""
        self._channel, self._queue, self._uncounted = channel, queue, uncounted
        channel.basic_consume(uncounted, self._on_uncounted, auto_ack=True)
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
        else:
            run(self._count(channel, then))

    def _ask_later(self) -> None:
        if self._channel is not None:
            self._timer = self._io.later(_SECONDS, self._ask)

    def _ask(self) -> None:
        self._timer = None
        if self._channel is not None and self._channel.is_open:
            run(self._count(self._channel, self._ask_later))

    def _count(self, channel: Any, then: Callable[..., None]) -> Steps:
        answer = yield lambda done: channel.queue_declare(self._queue, passive=True, callback=done)
        if answer.method.message_count:
            answer = yield lambda done: channel.queue_purge(self._queue, callback=done)
        self._add(answer.method.message_count)
        # Before this is answered, what was dropped earlier has come.
        yield lambda done: channel.queue_declare(self._uncounted, passive=True, callback=done)
        then()

    def _on_uncounted(self, channel: Any, method: Any, _properties: Any, _body: bytes) -> None:
        channel.basic_cancel(method.consumer_tag)  # one is enough: there may be very many
        if self.is_exact:
            self.is_exact = False
            self._add(1)

    def _add(self, found: int) -> None:
        self.count += found
        if found and not self._streak:
            log.warning("this watcher is too slow, its queue is full: notifications are being dropped")
        elif self._streak and not found:
            log.warning("%d notifications were dropped", self._streak)
        if found:
            self._miss()
        self._streak = self._streak + found if found else 0
