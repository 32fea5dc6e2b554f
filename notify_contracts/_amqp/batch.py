"""What one call to the driver hands over, and what becomes of it."""

from collections.abc import Iterable
from concurrent.futures import Future

from notify_contracts.errors import NotifyContractsError
from notify_contracts.model import Notification


class Message:
    """One message on its way to one routing key, for the `index`-th notification of a call.

    `body` is made when the message is sent for the first time, and dropped when nobody waits for it any more.
    """

    __slots__ = ("batch", "body", "index", "notification", "number", "returned", "routing_key", "sent")

    def __init__(self, batch: "Batch", number: int, index: int, routing_key: str, notification: Notification) -> None:
        self.batch = batch
        self.number = number
        self.index = index
        self.routing_key = routing_key
        self.notification = notification
        self.body = b""
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
    """Messages, given as (index, routing key, notification); used in the I/O thread, but for waiting on `finished`.

    Once every message is settled, `finished` gives the reasons why notifications failed, by their indices.
    """

    def __init__(self, messages: Iterable[tuple[int, str, Notification]]) -> None:
        self.messages = [Message(self, number, *message) for number, message in enumerate(messages)]
        self.unsettled = set(range(len(self.messages)))
        self.finished: Future[dict[int, NotifyContractsError]] = Future()
        self._failed: dict[int, NotifyContractsError] = {}

    def settle(self, message: Message, reason: NotifyContractsError | None) -> None:
        """Settle a message: confirmed if `reason` is None. What is settled already stays as it is."""
        if message.number not in self.unsettled:
            return
        self.unsettled.remove(message.number)
        message.body = b""
        if reason is not None:
            self._failed[message.index] = reason
        if not self.unsettled:
            self.finished.set_result(self._failed)

    def give_up(self, reason: NotifyContractsError) -> None:
        """Settle everything that is left as failed."""
        for message in self.messages:
            self.settle(message, reason)
