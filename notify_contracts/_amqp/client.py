"""A client of a broker: a connection, the thread that serves it, and how both begin and end."""

from collections.abc import Callable
from concurrent.futures import Future  # what a signature names stays importable

from notify_contracts._amqp.delays import backoff
from notify_contracts._amqp.link import Link, Listener
from notify_contracts._amqp.loop import IoThread
from notify_contracts._amqp.processes import this_process
from notify_contracts._amqp.url import Address
from notify_contracts.errors import BrokerError, UsageError


class Client:
    """Gives a listener one connection to the broker at `address`, in an I/O thread of its own.

    `what` names the client in the thread's name and in messages. `crashed`, by default the listener's `given_up`, is
    called in the thread, as its last act, with the error that no callback caught. It is of use to the process alone
    that has started it: in a fork, `stop` does nothing to the connection, which is the parent's.
    """

    def __init__(self, address: Address, what: str, crashed: Callable[[BrokerError], None] | None = None) -> None:
        self.where = address.where
        self.io = IoThread(f"notify-contracts {what}", self._on_crash)
        self.link: Link
        self._address = address
        self._what = what
        self._crashed = crashed
        self._process: tuple[int, int] | None = None

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
        self.link = Link(self.io, self._address, listener, retry=retry, delay=delay, insists=insists)

    def start(self) -> None:
        """Start the thread, unless it runs; whoever wants the connection asks the link for it."""
        if self._process is None:
            self._process = this_process()
            self.io.start()

    @property
    def is_inherited(self) -> bool:
        """Whether this is a fork of the process that has started the client: its thread is not here."""
        return self._process not in (None, this_process())

    def require_own(self) -> None:
        """Raise `UsageError` in a fork of the process that has started the client."""
        if self.is_inherited:
            raise UsageError(f"the {self._what} belongs to the process that this one was forked from; make one here")

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
        """Have the thread do a `last` thing, which closes the link, and wait for its end; only where it runs."""
        if self._process == this_process():
            self.io.call(last)
            self.io.join()

    def _on_crash(self, error: BaseException) -> None:
        reason = f"{type(error).__name__}: {error}"
        failure = BrokerError(f"the {self._what} at {self.where} has failed ({reason}); make a new one")
        failure.__cause__ = error
        if self._crashed is not None:
            self._crashed(failure)
