"""A broker that blocks its publishers: an alarm of its memory or disk is on."""

import logging
from collections.abc import Callable
from typing import Any

from notify_contracts._amqp.errors import blocked
from notify_contracts._amqp.loop import IoThread
from notify_contracts._untrusted import printable
from notify_contracts.errors import BrokerError

_log = logging.getLogger("notify_contracts.drivers.messaging")


class Blockade:
    """Whether the broker blocks us (``connection.blocked``), for at most `seconds` (None for ever).

    Calls `on_end` when the broker lets us publish again, `on_too_long` when it has not done so in time.
    """

    def __init__(
        self,
        io: IoThread,
        seconds: float | None,
        on_too_long: Callable[[BrokerError], None],
        on_end: Callable[[], None],
    ) -> None:
        self.stands = False
        self._io = io
        self._seconds = seconds
        self._on_too_long = on_too_long
        self._on_end = on_end
        self._timer: Any = None

    def watch(self, connection: Any, where: str) -> None:
        """Listen to the broker at `where`."""
        connection.add_on_connection_blocked_callback(
            lambda _connection, frame: self._begin(frame.method.reason, where)
        )
        connection.add_on_connection_unblocked_callback(lambda _connection, _frame: self._over())

    def end(self) -> None:
        """Forget the blockade of a connection that is gone."""
        self.stands = False
        if self._timer is not None:
            self._io.cancel(self._timer)
            self._timer = None

    def _begin(self, reason: str, where: str) -> None:
        self.stands = True
        _log.warning("the broker at %s blocks publishers (%s); waiting", where, printable(reason))
        if self._seconds is not None and self._timer is None:
            error = blocked(self._seconds, reason, where)
            self._timer = self._io.later(self._seconds, lambda: self._too_long(error))

    def _too_long(self, error: BrokerError) -> None:
        self._timer = None
        self._on_too_long(error)

    def _over(self) -> None:
        self.end()
        self._on_end()
