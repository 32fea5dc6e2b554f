"""A portion of what one call to the driver hands over, and what becomes of it."""

from collections.abc import Iterable
from concurrent.futures import Future

from notify_contracts.errors import NotifyContractsError


class Message:
    """One message body on its way to one routing key, for the `index`-th notification of a call."""

    __slots__ = ("batch", "body", "index", "number", "returned", "routing_key", "sent")

    def __init__(self, batch: "Batch", number: int, index: int, routing_key: str, body: bytes) -> None:
        self.batch = batch
        self.number = number
        self.index = index
        self.routing_key = routing_key
        self.body = body
        self.sent = False
        self.returned = 0

    @property
    def settled(self) -> bool:
        """Whether nobody waits for this message any more."""
        return self.number not in self.batch.unsettled

    def confirm(self) -> None:
        """Note that the broker has taken responsibility."""
        self.batch.settle(self, None)

    def give_up(self, reason: NotifyContractsError) -> None:
        """Note that the message was not delivered, and why."""
        self.batch.settle(self, reason)


class Batch:
    """Messages, as (index, routing key, body); used in the I/O thread only, but for waiting on `finished`.

    Once every message is settled, `finished` gives the reasons why notifications failed, by their indices.
    """

    def __init__(self, messages: Iterable[tuple[int, str, bytes]]) -> None:
        self.messages = [Message(self, number, *message) for number, message in enumerate(messages)]
        self.unsettled = set(range(len(self.messages)))
        self.finished: Future[dict[int, NotifyContractsError]] = Future()
        self._failed: dict[int, NotifyContractsError] = {}
        if not self.messages:
            self.finished.set_result(self._failed)

    def settle(self, message: Message, reason: NotifyContractsError | None) -> None:
        """Settle a message: confirmed if `reason` is None. What is settled already stays as it is."""
        if message.number not in self.unsettled:
            return
        self.unsettled.remove(message.number)
        if reason is not None:
            self._failed[message.index] = reason
        if not self.unsettled:
            self.finished.set_result(self._failed)

    def give_up(self, reason: NotifyContractsError) -> None:
        """Settle everything that is left as failed."""
        for message in self.messages:
            self.settle(message, reason)
