"""An exercise has an emitter send events and returns the notifications that arrive."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any
from warnings import catch_warnings

from notify_contracts._base import dataclass
from notify_contracts._checking import named, unexpected
from notify_contracts._untrusted import monotonic
from notify_contracts.catalog import Contract
from notify_contracts.conformance.events import Event
from notify_contracts.conformance.questions import done, fail
from notify_contracts.errors import ContractViolatedError, ContractViolatedWarning, DeliveryError
from notify_contracts.model import Notification, Unreadable
from notify_contracts.testing import Bus, Recorder
from notify_contracts.wire import routing_key

Emit = Callable[[str, str, Any], object]
Content = Notification | Unreadable


@dataclass(frozen=True)
class Exercise:
    """An emitter, the recorder that hears it, and the contracts that it is held against."""

    emit: Emit
    recorded: Recorder
    contracts: Sequence[Contract]

    def call(self, event: Event) -> None:
        """Have the emitter send an event."""
        __tracebackhide__ = True
        done(self.emit(*event))

    def all_of(self, *events: Event) -> list[Content]:
        """Emit the events, one after the other, and return everything that arrived."""
        __tracebackhide__ = True
        before = len(self.recorded)
        for event in events:
            self.call(event)
        return self.since(before, len(events))

    def one_of(self, event: Event) -> Notification:
        """Emit an event and return the first notification that arrived, which must be readable."""
        __tracebackhide__ = True
        received = self.all_of(event)
        if not received:
            fail_for_missing(event, self.recorded)
        if isinstance(received[0], Unreadable):
            fail(f"{event.contract}: expected a notification, found {named(received[0])}")
        return received[0]

    def since(self, before: int, count: int) -> list[Content]:
        """Return the notifications recorded after the first `before`; from a broker, wait for `count` of them."""
        __tracebackhide__ = True
        if isinstance(self.recorded, Bus):
            deadline = monotonic() + self.recorded.patience
            while len(self.recorded) < before + count and monotonic() < deadline:
                pass  # each look is answered by the broker
        self.require_delivered()
        return list(self.recorded[before:])

    def require_delivered(self) -> None:
        """Do not fail for broken contracts: one test asks about them, so that one mistake does not fail all tests.

        A notification that was not delivered fails every test, however strict the recorder is with contracts.
        """
        __tracebackhide__ = True
        for reason in self.recorded.undelivered:
            fail(reason)
        try:
            with catch_warnings(action="ignore", category=ContractViolatedWarning), suppress(ContractViolatedError):
                self.recorded.verify()
        except DeliveryError as error:
            fail(str(error))


def fail_for_missing(event: Event, recorded: Recorder) -> None:
    """Fail because no notification arrived for an event."""
    where = ""
    if isinstance(recorded, Bus):
        expected = routing_key(recorded.topic, event.priority, event.event_type, recorded.catalog.routing_key)
        where = f" on exchange {recorded.exchange} with routing key {expected}"
    fail(str(unexpected(f"{event.contract}: expected one notification{where}, found none", list(recorded))))
