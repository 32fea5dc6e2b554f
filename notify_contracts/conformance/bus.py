"""The tests that an emitter must pass on a real RabbitMQ, beside those of every emitter."""

from collections import Counter
from typing import ClassVar

import pytest

from notify_contracts._live.verification import Fact, amqp_differences
from notify_contracts._untrusted import printable
from notify_contracts.conformance.emitter import EmitterConformance
from notify_contracts.conformance.events import Event, examples
from notify_contracts.conformance.exercise import Exercise
from notify_contracts.conformance.listening import keys_on
from notify_contracts.conformance.questions import fail
from notify_contracts.model import Notification
from notify_contracts.testing import Bus, Recorder
from notify_contracts.wire import FormatVersion, routing_key


class BusConformance(EmitterConformance):
    """Derive a class that pytest collects, with a fixture `emit` that sends to ``bus.url``.

    It sends on ``bus.exchange``, a topic exchange that is not durable, with ``bus.topic`` as its topic.
    `format_version` is the oslo.messaging format that it is set to.
    """

    format_version: ClassVar[FormatVersion] = "2.0"

    @pytest.fixture
    def recorded(self, bus: Bus) -> Recorder:
        """Return the recorder that hears the emitter."""
        return bus

    def test_routing_key(self, trial: Exercise, bus: Bus) -> None:
        """Notifications come through the exchange with the routing key that the catalog states for them."""
        __tracebackhide__ = True
        with keys_on(bus.url, bus.exchange, bus.patience) as keys:
            for event in examples(trial.contracts):
                before = len(keys(0))
                trial.call(event)
                received = keys(before + 1)[before:]
                expected = _routing_key(bus, event)
                if not received:
                    fail(f"{event.contract}: expected routing key {expected}, found nothing on exchange {bus.exchange}")
                if received[0] != expected:
                    fail(f"{event.contract}: expected routing key {expected}, found {printable(received[0])}")
        trial.require_delivered()

    def test_nothing_else(self, trial: Exercise, bus: Bus) -> None:
        """Nothing passes the exchange but one notification for each call."""
        __tracebackhide__ = True
        events = examples(trial.contracts)
        with keys_on(bus.url, bus.exchange, bus.patience) as keys:
            for event in events:
                trial.call(event)
            received = keys(len(events))
        expected = {
            _routing_key(bus, event._replace(priority=priority))
            for event in events
            for priority in bus.catalog.priorities
        }
        others = Counter(key for key in received if key not in expected)
        for key, count in others.items():
            ours = f"nothing on exchange {bus.exchange} but what goes to {bus.topic}"
            fail(f"expected {ours}, found {count} with routing key {printable(key)}")
        if len(received) > len(events):
            fail(f"expected {len(events)} notifications, one for each call, found {len(received)}")
        trial.require_delivered()

    def test_properties(self, trial: Exercise, bus: Bus) -> None:
        """The AMQP properties are those of oslo.messaging."""
        __tracebackhide__ = True
        self._require("properties", trial, bus)

    def test_format_version(self, trial: Exercise, bus: Bus) -> None:
        """The body is in the oslo.messaging format that the emitter is set to."""
        __tracebackhide__ = True
        self._require("format version", trial, bus)

    def test_unique_id(self, trial: Exercise, bus: Bus) -> None:
        """Every message has a ``_unique_id`` of its own, 32 hex digits, by which oslo.messaging drops repetitions."""
        __tracebackhide__ = True
        self._require("_unique_id", trial, bus)

    def _require(self, fact: Fact, trial: Exercise, bus: Bus) -> None:
        __tracebackhide__ = True
        received = trial.all_of(*examples(trial.contracts))
        if not received:
            fail(f"expected notifications on exchange {bus.exchange} for topic {bus.topic}, found none")
        template = bus.catalog.routing_key
        for difference in amqp_differences(received, bus.exchange, bus.topic, self.format_version, template):
            if difference.fact == fact:
                content = received[difference.number - 1]
                named = f"{content.event_type}-{content.priority}" if isinstance(content, Notification) else ""
                fail(f"{printable(named)}: {difference.message}")


def _routing_key(bus: Bus, event: Event) -> str:
    return routing_key(bus.topic, event.priority, event.event_type, bus.catalog.routing_key)
