"""The recorder of a real broker: what passes an exchange of the test's own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial

from notify_contracts._amqp import Scratch, scratch, this_process
from notify_contracts._untrusted import monotonic, redacted
from notify_contracts.catalog import ANYWHERE, Catalog, Transport
from notify_contracts.errors import ArrivalError, BrokerError
from notify_contracts.model import Notification, Verdict
from notify_contracts.tap import Tap
from notify_contracts.testing.recorder import Recorder, Search
from notify_contracts.testing.searching import Content
from notify_contracts.testing.strictness import Strictness
from notify_contracts.wire import EVERY_TOPIC, ROUTING_KEY
from notify_contracts.wire.envelopes import reading_as


class Bus(Recorder):
    """Records what arrives on `exchange`, under whatever routing key; another than those of `topic` is a violation.

    Both are of names that nobody else uses.
    `url` is the broker's. `one`, `all` and `sequence` wait until what they ask for has arrived, for `patience`
    seconds at most; everything else looks at what the broker had accepted when it is asked.
    """

    def __init__(self, tap: Tap, url: str, names: Scratch, catalog: Catalog | None, strictness: str) -> None:
        super().__init__(catalog, strictness)
        self.url = url
        self.exchange, self.topic = names.exchange, names.topic
        self.patience = 5.0
        has_topics = all(member.known_routing_key is not None for member in self.catalog.members)
        self._transport = Transport(topics=(self.topic,)) if has_topics else ANYWHERE
        self._tap = tap
        self._open = True
        self._loss: BrokerError | None = None
        self._process = this_process()

    def __repr__(self) -> str:
        return f"{super().__repr__()[:-1]} at {redacted(self.url)}>"

    def verify(self) -> None:
        """Assert as every recorder does; where the broker is gone, and that was said before, of what had come."""
        __tracebackhide__ = True
        said, self._loss = self._loss, None
        try:
            super().verify()
        finally:
            self._loss = self._loss or said

    def end(self) -> None:
        """Fetch what has arrived; nothing is fetched after this, and nothing by a fork."""
        self._loss = None
        if self._process == this_process():
            self._arrived()
        self._open = False

    def _arrived(self) -> Sequence[Content]:
        __tracebackhide__ = True
        if self._loss is not None:
            raise self._loss.with_traceback(None)
        if self._open:
            self._fetch(self._tap.drain)
        return super()._arrived()

    def _verdict(self, content: Content) -> Verdict:
        is_known = self.strictness == Strictness.KNOWN
        return self.catalog.check(content, allow_unknown=is_known, transport=self._transport)

    def _look(self, search: Search, is_enough: Callable[[list[Notification]], bool]) -> list[Notification]:
        __tracebackhide__ = True
        deadline = monotonic() + self.patience
        while not is_enough(found := search(self._arrived())) and (left := deadline - monotonic()) > 0:
            with suppress(ArrivalError):
                self._fetch(partial(self._tap.expect, 1, left))
        return found

    def _fetch(self, fetch: Callable[[], Sequence[Content]]) -> None:
        """Take the tap's notifications; what is asserted after the loss of a broker fails."""
        __tracebackhide__ = True
        try:
            with reading_as(self.catalog.envelopes):
                arrived = fetch()
            for content in arrived:
                self.take(content)
        except BrokerError as error:
            self._open, self._loss = False, error
            raise error.with_traceback(None) from None


@contextmanager
def tapped(
    url: str, catalog: Catalog | None = None, *, strictness: str = Strictness.STRICT, durable: bool = False
) -> Iterator[Bus]:
    """Give the recorder of an exchange and a topic of its own on the broker at `url`; they are removed afterwards.

    Raise `BrokerError` if the broker is not there or refuses. Nothing is checked at the end: call `verify`.
    """
    __tracebackhide__ = True  # a traceback with variables would show the URL
    template = ROUTING_KEY if catalog is None else catalog.routing_key
    with (
        scratch(url, template, durable=durable) as names,
        Tap(url, names.exchange, [EVERY_TOPIC], durable=durable) as tap,
    ):
        bus = Bus(tap, url, names, catalog, strictness)
        try:
            yield bus
        finally:
            try:
                bus.end()
            finally:
                names.routing_keys.update(tap.routing_keys)
