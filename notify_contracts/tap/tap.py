"""The tap: notifications as they pass, with how the broker carried them."""

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self
from uuid import uuid4

from notify_contracts._amqp import Address, Arrival, Client, Source, Tls
from notify_contracts._untrusted import monotonic, printable, shortened
from notify_contracts.errors import ArrivalError, BrokerError, UsageError
from notify_contracts.model import Notification, Unreadable
from notify_contracts.tap.subscription import Subscription
from notify_contracts.wire import ROUTING_KEY

_LISTED = 10


class Tap:
    """Receives a copy of every notification that `exchange` carries for `topics`, from `__enter__` on.

    Whatever stands in a routing key besides the topic is received, a priority that nobody knows as well; `routing_key`
    says how it is made, ``{topic}.{priority}`` unless the service has its own way. `binding` tells what was bound. With
    `is_whole`, everything is received that is sent to an exchange that the tap declares, whatever its routing key.
    It binds a queue of its own, so that it takes nothing from other consumers. Everything comes as a
    `Notification` with its `delivery`, or as `Unreadable`. It works before the first notification: an
    exchange that does not exist yet is declared (as `durable` says, and deleted again by `close` if nobody
    uses it); an existing one is used as it is.

    A tap does not connect again: what it missed meanwhile would go unnoticed, so every further call raises
    `BrokerError`. So it does where the broker has dropped something that was on its way, for a policy limits queues.
    What was not read yet is kept here, not by the broker. One thread at a time may read. `tls` goes with ``amqps://``.
    """

    def __init__(  # noqa: PLR0913 - independent options, most of them by keyword
        self,
        url: str,
        exchange: str,
        topics: Sequence[str] = ("notifications",),
        *,
        durable: bool = False,
        tls: Tls | None = None,
        routing_key: str = ROUTING_KEY,
        is_whole: bool = False,
    ) -> None:
        __tracebackhide__ = True  # a traceback with variables would show the URL
        source = Source.of_topics(exchange, topics, routing_key, durable=durable, is_whole=is_whole)
        self.routing_keys: set[str] = set()
        """Under which routing keys something has been read so far."""
        self._client = Client(Address.of(url, tls), "tap")
        self._subscription = Subscription(source, self._client)
        self._client.serve(self._subscription)
        self._state = "new"

    def __enter__(self) -> Self:
        """Subscribe, and return when everything sent from now on will arrive; raise `BrokerError` if it cannot."""
        if self._state != "new":
            raise UsageError("a tap is entered once; make a new one")
        self._state = "open"
        self._client.connect(self._subscription.ready, self.close)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def binding(self) -> str:
        """What is bound, in words: ``notifications.# and audit.#``; known for sure once the tap is entered."""
        return self._subscription.source.binding

    @property
    def has_declared(self) -> bool:
        """Whether the exchange was not there, so that the tap declared it."""
        return self._subscription.has_declared

    def close(self) -> None:
        """Unsubscribe; the queue goes with the connection. Iterating ends. A second call does nothing."""
        if self._state == "open" and not self._client.is_inherited:
            self._client.stop(self._subscription.close)
            self._subscription.inbox.end(None)
        self._state = "closed"

    def expect(self, count: int, timeout: float = 10.0) -> list[Notification | Unreadable]:
        """Return the next `count` arrivals, as soon as they are there.

        Raise `ArrivalError`, which lists what did arrive (and takes it), if they are not within `timeout` seconds.
        """
        self._require_open()
        deadline = monotonic() + timeout
        arrived: list[Notification | Unreadable] = []
        while len(arrived) < count:
            arrivals = self._subscription.inbox.take(count - len(arrived), deadline)
            if not arrivals:
                raise ArrivalError(
                    f"expected {count} notifications within {timeout:g} s, {_listed(arrived)}", tuple(arrived)
                )
            arrived += self._decoded(arrivals)
        return arrived

    def drain(self, timeout: float = 10.0) -> list[Notification | Unreadable]:
        """Return everything that the broker had accepted before this call and that was not read yet.

        A sentinel message through the same exchange into the same queue marks the end, so nothing is awaited
        that does not come. What an emitter had confirmed stands before it; what an emitter without publisher
        confirms still had on its way may come later. Raise `BrokerError` if the sentinel does not come back
        within `timeout` seconds.
        """
        self._require_open()
        token = uuid4().hex
        self._client.io.call(lambda: self._subscription.send_sentinel(token))
        deadline = monotonic() + timeout
        arrived: list[Notification | Unreadable] = []
        while True:
            arrivals = self._subscription.inbox.take(1, deadline)
            if not arrivals:
                where = self._client.where
                why = "does it hang, was the exchange deleted meanwhile, or is it no topic exchange?"
                if (reason := self._subscription.blocked_for) is not None:
                    why = f"the broker blocks publishers ({printable(reason)}): free its disk or memory"
                raise BrokerError(
                    f"the tap's own sentinel did not come back from the broker at {where} within {timeout:g} s, "
                    f"{_listed(arrived)}; {why}"
                )
            if self._is_sentinel(arrivals[0]) and arrivals[0].body == token.encode():
                return arrived
            arrived += self._decoded(arrivals)

    def nothing_more(self, timeout: float = 10.0) -> None:
        """Prove that nothing else came: raise `ArrivalError`, which lists it, if `drain` finds anything."""
        arrived = self.drain(timeout)
        if arrived:
            raise ArrivalError(f"expected nothing more, {_listed(arrived)}", tuple(arrived))

    def __iter__(self) -> Iterator[Notification | Unreadable]:
        """Yield arrivals as they come, until another thread closes the tap."""
        self._require_open()
        while arrivals := self._subscription.inbox.take(1):
            yield from self._decoded(arrivals)

    def _require_open(self) -> None:
        if self._state != "open":
            raise UsageError("the tap is not open; use it in a with statement")
        self._client.require_own()

    def _is_sentinel(self, arrival: Arrival) -> bool:
        return bool(arrival.method.routing_key == self._subscription.sentinel_key)

    def _decoded(self, arrivals: Sequence[Arrival]) -> Iterator[Notification | Unreadable]:
        """Yield what arrived, but for a sentinel: one that came after its time, or another tap's."""
        for arrival in arrivals:
            if not arrival.is_sentinel:
                self.routing_keys.add(arrival.delivery.routing_key)
                yield arrival.decoded()


def _listed(arrived: Sequence[Notification | Unreadable]) -> str:
    if not arrived:
        return "none came"
    names = "; ".join(_named(item) for item in arrived[:_LISTED])
    more = f"; and {len(arrived) - _LISTED} more" if len(arrived) > _LISTED else ""
    return f"{len(arrived)} came: {names}{more}"


def _named(item: Notification | Unreadable) -> str:
    if isinstance(item, Unreadable):
        return f"unreadable ({shortened(item.reason, 60)})"
    return shortened(printable(f"{item.event_type} {item.priority} {item.message_id}"), 100)
