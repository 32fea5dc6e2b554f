"""What one call to the driver handed over, and what became of it."""

from collections.abc import Iterable
from concurrent.futures import Future

from notify_contracts.errors import BrokerError


class Message:
    """One message body on its way to one routing key."""

    __slots__ = ("batch", "body", "index", "returned", "routing_key", "sent")

    def __init__(self, batch: "Batch", index: int, routing_key: str, body: bytes) -> None:
        self.batch = batch
        self.index = index
        self.routing_key = routing_key
        self.body = body
        self.sent = False
        self.returned = 0

    @property
    def settled(self) -> bool:
        """Whether nobody waits for this message any more."""
        return self.index not in self.batch.unsettled

    def confirm(self) -> None:
        """Note that the broker has taken responsibility."""
        self.batch.settle((self.index,), None)

    def give_up(self, reason: BrokerError) -> None:
        """Note that the message was not delivered, and why."""
        self.batch.settle((self.index,), reason)


class Batch:
    """The messages of one call; `finished` gives, once all are settled, the reasons by the index of what failed.

    Used in the I/O thread only, but for waiting on `finished`.
    """

    def __init__(self, messages: Iterable[tuple[str, bytes]]) -> None:
        self.messages = [Message(self, index, key, body) for index, (key, body) in enumerate(messages)]
        self.unsettled = set(range(len(self.messages)))
        self.finished: Future[dict[int, BrokerError]] = Future()
        self._failed: dict[int, BrokerError] = {}

    def settle(self, indices: Iterable[int], reason: BrokerError | None) -> None:
        """Settle these messages: confirmed if `reason` is None. What is settled already stays as it is."""
        for index in indices:
            if index not in self.unsettled:
                continue
            self.unsettled.remove(index)
            if reason is not None:
                self._failed[index] = reason
            if not self.unsettled:
                self.finished.set_result(self._failed)

    def give_up(self, reason: BrokerError) -> None:
        """Settle everything that is left as failed."""
        self.settle(tuple(self.unsettled), reason)
