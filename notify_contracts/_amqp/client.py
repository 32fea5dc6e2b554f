"""A client of a broker: a connection, the thread that serves it, and how both begin and end."""

from collections.abc import Callable
from concurrent.futures import Future  # what a signature names stays importable
from typing import Any

from notify_contracts._amqp.delays import backoff
from notify_contracts._amqp.link import Link, Listener, connection_to
from notify_contracts._amqp.loop import IoThread
from notify_contracts._amqp.url import Tls, parameters
from notify_contracts._untrusted import redacted
from notify_contracts.errors import BrokerError


class Client:
    """Gives a listener one connection to the broker at `url`, in an I/O thread of its own.

    `what` names the client in the thread's name and in messages; `where` is the URL without its secrets. `crashed`, by
    default the listener's `given_up`, is called in the thread, as its last act, with the error that no callback caught.
    Raise UsageError for a bad URL.
    """

    def __init__(
        self, url: str, tls: Tls | None, what: str, crashed: Callable[[BrokerError], None] | None = None
    ) -> None:
        self.where = redacted(url)
        self.io = IoThread(f"notify-contracts {what}", self._on_crash)
        self.link: Link
        self._parameters = parameters(url, tls)
        self._what = what
        self._crashed = crashed
        self._is_running = False

    def serve(
        self,
        listener: Listener,
        *,
        retry: int = 0,
        delay: Callable[[int], float] = backoff,
        insists: bool = True,
    ) -> None:
        """Make the link over which `listener` is served, as `Link` says; nothing is connected yet."""
        self._crashed = self._crashed or listener.given_up
        self.link = Link(self.io, self._parameters, self.where, listener, retry=retry, delay=delay, insists=insists)

    def start(self) -> None:
        """Start the thread, unless it runs; whoever wants the connection asks the link for it."""
        if not self._is_running:
            self._is_running = True
            self.io.start()

    def connected_beside(self, opened: Callable[[Any], None], ended: Callable[[Any, BaseException], None]) -> Any:
        """Return a further connection, which nobody opens again; in the thread, as the calls that tell of it."""
        return connection_to(self._parameters, self.io, opened, ended)

    def connect(self, ready: Future[None], close: Callable[[], None]) -> None:
        """Start, connect, and wait until the listener is `ready`; whatever it raises ends the client by `close`."""
        self.start()
        self.io.call(self.link.want)
        try:
            ready.result()
        except BaseException:
            close()
            raise

    def stop(self, last: Callable[[], None]) -> None:
        """Have the thread do a `last` thing, which closes the link, and wait for its end; nothing if it never ran."""
        if self._is_running:
            self.io.call(last)
            self.io.join()

    def _on_crash(self, error: BaseException) -> None:
        reason = f"{type(error).__name__}: {error}"
        failure = BrokerError(f"the {self._what} at {self.where} has failed ({reason}); make a new one")
        failure.__cause__ = error
        if self._crashed is not None:
            self._crashed(failure)
