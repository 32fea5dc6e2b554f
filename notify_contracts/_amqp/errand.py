"""A few things done on a broker over a connection of their own, which is closed when they are done."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from pika.exceptions import ChannelClosedByBroker

from notify_contracts._amqp.client import Client
from notify_contracts._amqp.errors import reply
from notify_contracts._amqp.loop import Steps, run
from notify_contracts._amqp.url import Address
from notify_contracts.errors import BrokerError


class Errand:
    """Does on the broker at `url` the `steps` of a channel, each when the one before it is answered.

    `doing` names them in messages.
    """

    def __init__(self, url: str, doing: str, steps: Callable[[Any], Steps]) -> None:
        self._client = Client(Address.of(url), "errand")
        self._client.serve(self)
        self._doing = doing
        self._steps = steps
        self._done: Future[None] = Future()

    def run(self) -> None:
        """Do the steps.

        Raise `BrokerError` if the broker is not there, refuses, or has not done them within the time that a link gives.
        """
        close = self._client.link.close
        self._client.connect(self._done, lambda: self._client.stop(close))
        self._client.stop(close)

    def connected(self, connection: Any) -> None:
        """Begin."""
        run(self._all(connection))

    def lost(self) -> bool:
        """Return whether the steps are still to be done."""
        return not self._done.done()

    def given_up(self, error: BrokerError) -> None:
        """Have `run` raise why they are not done."""
        if not self._done.done():
            self._done.set_exception(error)

    def _all(self, connection: Any) -> Steps:
        channel = yield lambda done: connection.channel(on_open_callback=done)
        channel.add_on_close_callback(self._on_close)
        yield from self._steps(channel)
        self._done.set_result(None)

    def _on_close(self, _channel: Any, reason: BaseException) -> None:
        if isinstance(reason, ChannelClosedByBroker):
            self.given_up(reply(reason.reply_code, reason.reply_text, self._doing, self._client.where).error)
