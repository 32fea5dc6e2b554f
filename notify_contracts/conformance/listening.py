"""A listener on an exchange hears every routing key: a tap on one topic would miss some."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from notify_contracts._amqp import Arrival
from notify_contracts.errors import ArrivalError
from notify_contracts.model import Notification, Unreadable
from notify_contracts.tap import Tap
from notify_contracts.wire import EVERY_TOPIC


class _Listener(Tap):
    """A tap that remembers under which routing key each message came, whatever it is."""

    def __init__(self, url: str, exchange: str) -> None:
        super().__init__(url, exchange, [EVERY_TOPIC])
        self.keys: list[str] = []

    def _decoded(self, arrivals: Sequence[Arrival]) -> Iterator[Notification | Unreadable]:
        self.keys += [arrival.delivery.routing_key for arrival in arrivals if not arrival.is_sentinel]
        return super()._decoded(arrivals)


@contextmanager
def keys_on(url: str, exchange: str, patience: float) -> Iterator[Callable[[int], list[str]]]:
    """Give a function that returns the routing keys of what has passed `exchange`, a topic exchange, so far.

    It waits until there are as many messages as it is told, for `patience` seconds at most.
    """
    with _Listener(url, exchange) as listener:

        def so_far(count: int) -> list[str]:
            missing = count - len(listener.keys)
            try:
                listener.expect(max(missing, 0), patience)
            except ArrivalError:
                return list(listener.keys)
            listener.drain()
            return list(listener.keys)

        yield so_far
