"""What one process sends through: a connection, the thread that serves it, and the calls that wait."""

import threading
from collections.abc import Callable
from functools import partial

from notify_contracts._amqp.batch import Batch
from notify_contracts._amqp.client import Client
from notify_contracts._amqp.publisher import Publisher
from notify_contracts._amqp.sending import Sending
from notify_contracts._amqp.topology import Topology
from notify_contracts._amqp.url import Address
from notify_contracts.errors import BrokerError, NotifyContractsError
from notify_contracts.model import Notification


class Sender:
    """Sends batches over one connection, which the first opens; for any thread of the process that made it.

    `encode` makes a body; `retry` and ``delay(attempt)`` are a `Link`'s.
    """

    def __init__(  # noqa: PLR0913 - plain parts, put together in one place
        self,
        address: Address,
        topology: Topology,
        sending: Sending,
        encode: Callable[[Notification], bytes],
        *,
        retry: int,
        delay: Callable[[int], float],
    ) -> None:
        self._lock = threading.Lock()
        self._closed: str | None = None
        self._open_batches: set[Batch] = set()
        self._client = Client(address, "messaging driver", self._on_crash)
        self._publisher = Publisher(self._client, topology, sending, encode)
        self._client.serve(self._publisher, retry=retry, delay=delay)

    @property
    def resent(self) -> int:
        """How many messages were sent again after a lost connection."""
        return self._publisher.resent

    def send(self, batch: Batch) -> dict[int, NotifyContractsError]:
        """Send a batch, wait until the last of it is settled, and return the reasons why notifications failed."""
        with self._lock:
            if self._closed is not None:
                batch.give_up(BrokerError(self._closed))
            else:
                self._client.start()
                self._open_batches.add(batch)
                self._client.io.call(partial(self._publisher.submit, batch))
        failed = batch.finished.result()
        self._open_batches.discard(batch)
        return failed

    def close(self) -> None:
        """Close the connection; calls that wait in other threads fail. A second call does nothing."""
        with self._lock:
            if self._closed is not None:
                return
            self._closed = "the messaging driver is closed; make a new one to send more"
        self._client.stop(self._client.link.close)
        self._abandon(BrokerError("the messaging driver was closed before the broker confirmed"))

    def _on_crash(self, failure: BrokerError) -> None:
        with self._lock:
            self._closed = str(failure)
        self._abandon(failure)

    def _abandon(self, error: BrokerError) -> None:
        for batch in tuple(self._open_batches):
            batch.give_up(error)
