"""An emitter on trial: what it is given, and what is heard of it."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from warnings import catch_warnings

from notify_contracts._checking import named, unexpected
from notify_contracts.catalog import Contract
from notify_contracts.conformance.events import Event
from notify_contracts.conformance.questions import fail
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

    def all_of(self, *events: Event) -> list[Content]:
        """Emit the events, one after the other, and return everything that came of them."""
        __tracebackhide__ = True
        before = len(self.recorded)
        for event in events:
            self.emit(*event)
        return self.since(before, len(events))

    def one_of(self, event: Event) -> Notification:
        """Emit an event and return what came of it first, which must be readable."""
        __tracebackhide__ = True
        came = self.all_of(event)
        if not came:
            raise_missing(event, self.recorded)
        if isinstance(came[0], Unreadable):
            fail(f"{event.contract}: expected a notification, found {named(came[0])}")
        return came[0]

    def since(self, before: int, count: int) -> list[Content]:
        """Return what came after the first `before`; where it comes through a broker, wait for `count`."""
        __tracebackhide__ = True
        if isinstance(self.recorded, Bus):
            deadline = time.monotonic() + self.recorded.patience
            while len(self.recorded) < before + count and time.monotonic() < deadline:
                pass  # each look is answered by the broker
        self.leave_contracts_aside()
        return list(self.recorded[before:])

    def leave_contracts_aside(self) -> None:
        """Leave it to one test to ask whether what came keeps its contract, so that one mistake fails not all of them.

        What was not delivered fails every test.
        """
        __tracebackhide__ = True
        try:
            with catch_warnings(action="ignore", category=ContractViolatedWarning), suppress(ContractViolatedError):
                self.recorded.verify()
        except DeliveryError as error:
            fail(str(error))


def raise_missing(event: Event, recorded: Recorder) -> None:
    """Fail because nothing came of an event."""
    where = ""
    if isinstance(recorded, Bus):
        expected = routing_key(recorded.topic, event.priority, event.event_type, recorded.catalog.routing_key)
        where = f" on exchange {recorded.exchange} with routing key {expected}"
    fail(str(unexpected(f"{event.contract}: expected one notification{where}, found none", list(recorded))))
