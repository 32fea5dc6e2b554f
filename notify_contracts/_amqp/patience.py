"""How long a broker may keep its publishers waiting: it blocks them, or it just does not answer."""

import logging
from collections.abc import Callable
from typing import Any

from notify_contracts._amqp.errors import blocked, unanswered
from notify_contracts._amqp.loop import IoThread
from notify_contracts._untrusted import monotonic, printable
from notify_contracts.errors import BrokerError

_log = logging.getLogger("notify_contracts.drivers.messaging")


class Patience:
    """Waits for a broker that does not go on for at most `seconds` (None for ever), while `is_needed`.

    An alarm of its memory or disk may have it block us (``connection.blocked``), a queue whose nodes are gone may have
    it never answer, though its heart beats. Calls `on_end` when the broker lets us publish again, `on_too_long` when
    nothing came of it in time.
    """

    def __init__(
        self,
        io: IoThread,
        seconds: float | None,
        is_needed: Callable[[], bool],
        on_too_long: Callable[[BrokerError], None],
        on_end: Callable[[], None],
    ) -> None:
        self._io = io
        self._seconds = seconds
        self._is_needed = is_needed
        self._on_too_long = on_too_long
        self._on_end = on_end
        self._where: str | None = None
        self._blocked_for: str | None = None
        self._since = 0.0
        self._timer: Any = None

    @property
    def is_blocked(self) -> bool:
        """Whether the broker blocks us."""
        return self._blocked_for is not None

    def watch(self, connection: Any, where: str) -> None:
        """Listen to the broker at `where`, from now on."""
        connection.add_on_connection_blocked_callback(lambda _connection, frame: self._block(frame.method.reason))
        connection.add_on_connection_unblocked_callback(lambda _connection, _frame: self._unblock())
        self._where = where
        self.begin()

    def begin(self) -> None:
        """Count from now, for something is to be done or was done; without a connection there is nobody to wait for."""
        self._since = monotonic()
        if self._seconds is not None and self._where is not None and self._timer is None:
            self._timer = self._io.later(self._seconds, self._look)

    def end(self) -> None:
        """Forget a connection that is gone."""
        self._where = self._blocked_for = None
        if self._timer is not None:
            self._io.cancel(self._timer)
            self._timer = None

    def _look(self) -> None:
        self._timer = None
        if self._seconds is None or self._where is None or not self._is_needed():
            return
        left = self._since + self._seconds - monotonic()
        if left > 0:
            self._timer = self._io.later(left, self._look)
        elif self._blocked_for is not None:
            self._on_too_long(blocked(self._seconds, self._blocked_for, self._where))
        else:
            self._on_too_long(unanswered(self._seconds, self._where))

    def _block(self, reason: str) -> None:
        self._blocked_for = reason
        _log.warning("the broker at %s blocks publishers (%s); waiting", self._where, printable(reason))
        self.begin()

    def _unblock(self) -> None:
        self._blocked_for = None
        self.begin()
        self._on_end()
