"""One connection to a broker: opened when wanted, opened again when lost."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from notify_contracts._amqp.connection import Connection
from notify_contracts._amqp.errors import Problem, connection_problem, telling, unanswered
from notify_contracts._amqp.loop import IoThread
from notify_contracts._amqp.url import Address
from notify_contracts.errors import BrokerError, UsageError

FOREVER = -1
_ANSWERING_SECONDS = 60.0
"""How long the broker may take to do all that the listener needs first."""

_CLOSING_SECONDS = 2.0
"""How long the broker may take to agree to the end of a connection; one that blocks publishers never does."""

_log = logging.getLogger("notify_contracts.drivers.messaging")


class Listener(Protocol):
    """What a link tells about its connection; everything is called in the I/O thread."""

    def connected(self, connection: Any) -> None:
        """Start using a connection that is open."""

    def lost(self) -> bool:
        """Stop using the connection; return whether another one is wanted."""

    def given_up(self, error: BrokerError) -> None:
        """Stop waiting: there will be no connection until `Link.want` is called again."""


class Link:
    """Keeps one connection to `address` for `listener`, in the I/O thread `io`.

    An attempt tries every host of the address, one after the other.

    After a loss or a failed attempt it tries again, up to `retry` times (-1 for ever), waiting
    ``delay(attempt)`` seconds before each. What the broker refuses is not tried again: waiting cures no wrong
    password. Nor is, at the very first attempt, what looks like a mistake in the URL, or anything at all that happens
    before the listener said `progress`, unless it `insists`. A broker that is there, and has not answered the listener
    for a minute, is lost, too. Raise `UsageError` for a `retry` that is no number of attempts.
    """

    def __init__(  # noqa: PLR0913 - plain parts, put together in one place
        self,
        io: IoThread,
        address: Address,
        listener: Listener,
        *,
        retry: int,
        delay: Callable[[int], float],
        insists: bool,
    ) -> None:
        if retry < FOREVER:
            raise UsageError(f"retry is {retry}; give a number of attempts, 0 for none or -1 for ever")
        self.where = address.where
        self._io = io
        self._hosts = address.hosts
        self._host = 0
        self._listener = listener
        self._retry = retry
        self._delay = delay
        self._insists = insists
        self._connection: Any = None
        self._waiting: object = None
        self._attempts = 0
        self._is_open = False
        self._was_open = False
        self._was_of_use = False
        self._answering: object = None
        self._failed: list[Problem] = []
        self._closing = False
        self._reason: Problem | None = None

    def want(self) -> None:
        """Open a connection unless there is one, open or on its way."""
        if self._connection is None and self._waiting is None and not self._closing:
            self._connect()

    def progress(self) -> None:
        """Note that the connection does its work: the next loss starts a new count of attempts."""
        self._attempts = 0
        self._was_of_use = True
        self.answered()

    def answered(self) -> None:
        """Note that the broker has done what the listener needs before all else."""
        if self._answering is not None:
            self._io.cancel(self._answering)
            self._answering = None

    def restart(self, problem: Problem) -> None:
        """Give up this connection because of `problem`, as if it had been lost."""
        self._reason = problem
        self._io.later(_CLOSING_SECONDS, partial(self._hang_up_on, self._connection))
        self._close_connection()

    def close(self) -> None:
        """Close the connection and end the I/O thread, even if the broker does not answer."""
        self._closing = True
        if self._connection is None:
            self._io.stop()
            return
        self._io.later(_CLOSING_SECONDS, self._io.hang_up)
        self._io.later(2 * _CLOSING_SECONDS, self._io.stop)
        self._close_connection()

    def _connect(self) -> None:
        self._waiting = None
        self._connection = Connection(
            self._hosts[self._host].parameters,
            on_open_callback=self._on_open,
            on_open_error_callback=self._on_end,
            on_close_callback=self._on_end,
            custom_ioloop=self._io.loop,
        )

    def _close_connection(self) -> None:
        if not (self._connection.is_closing or self._connection.is_closed):
            self._connection.close()

    def _on_open(self, connection: Any) -> None:
        self._is_open = self._was_open = True
        self._failed = []
        self._answering = self._io.later(_ANSWERING_SECONDS, self._on_silence)
        if self._attempts:
            _log.warning("connected to the broker at %s again", self.where)
        self._listener.connected(connection)

    def _hang_up_on(self, connection: Any) -> None:
        if connection is self._connection:
            self._io.hang_up()

    def _on_silence(self) -> None:
        self._answering = None
        self.restart(Problem(unanswered(_ANSWERING_SECONDS, self.where)))

    def _on_end(self, _connection: Any, error: BaseException) -> None:
        self._connection = None
        self.answered()
        if self._closing:
            self._io.stop()
            return
        host, is_last = self._hosts[self._host], self._host == len(self._hosts) - 1
        problem, self._reason = self._reason or connection_problem(error, host.where), None
        self._failed.append(problem)
        if not self._is_open and not is_last:
            self._host += 1
            self._waiting = self._io.later(0, self._connect)
            return
        failed, self._failed, self._host, self._is_open = self._failed, [], 0, False
        if self._listener.lost():
            self._try_again(telling(failed))
        else:
            self._attempts = 0

    def _try_again(self, problem: Problem) -> None:
        hopeless = (
            problem.refused or (problem.suspicious and not self._was_open) or not (self._insists or self._was_of_use)
        )
        if hopeless or (self._retry != FOREVER and self._attempts >= self._retry):
            self._attempts = 0
            self._listener.given_up(problem.error)
            return
        self._attempts += 1
        seconds = self._delay(self._attempts)
        _log.warning("%s; attempt %d in %.1f s", problem.error, self._attempts, seconds)
        self._waiting = self._io.later(seconds, self._connect)
