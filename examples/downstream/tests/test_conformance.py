"""The conformance kit: a class and one fixture each, and an emitter or a consumer is held against every contract."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest
from notify_contracts.conformance import BusConformance, ConsumerConformance, EmitterConformance
from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.testing import Bus, Recorder
from oslo_config import cfg

from pictures.announcing import oslo, reference
from pictures.billing import Billing, RejectedError
from pictures.service import Announce

OURS = ("image.create", "image.upload", "image.activate", "image.delete")


class TestReference(EmitterConformance):
    """What we announce keeps every contract, whatever is in it."""

    @pytest.fixture
    def emit(self) -> Iterator[Announce]:
        """Give the emitter."""
        with reference() as announce:
            yield announce


@pytest.mark.contracts(*OURS)
class TestOslo(EmitterConformance):
    """So does what we announce through oslo.messaging; we only ask for the events that we have."""

    @pytest.fixture
    def recorded(self, oslo_notifications: Recorder) -> Recorder:
        """Listen to oslo.messaging."""
        return oslo_notifications

    @pytest.fixture
    def emit(self, configured: Callable[[str], cfg.ConfigOpts]) -> Iterator[Announce]:
        """Give the emitter."""
        conf = configured("[oslo_messaging_notifications]\ndriver = contracts\ntransport_url = fake://\n")
        with oslo(conf) as announce:
            yield announce


@pytest.mark.contracts(*OURS)
class TestBus(BusConformance):
    """On a real RabbitMQ: the routing keys, the properties and the format, everything once and in order."""

    @pytest.fixture
    def emit(self, bus: Bus) -> Iterator[Announce]:
        """Give the emitter."""
        with reference([MessagingDriver(bus.url, bus.exchange, [bus.topic])]) as announce:
            yield announce


@pytest.mark.contracts("image.upload", "image.delete")
class TestBilling(ConsumerConformance):
    """The billing takes every example, and rejects every case that breaks a contract."""

    form = "2.0"
    rejected_by: ClassVar[Any] = RejectedError

    @pytest.fixture
    def handle(self) -> Callable[[bytes], None]:
        """Give the consumer."""
        return Billing().handle
