"""I use oslo.messaging: a line of configuration is all, and its real notifier is recorded.

The tests of test_emitter.py run here again, through its driver ``contracts`` and through its messaging driver.
"""

from collections.abc import Callable, Iterator

import pytest
from notify_contracts.testing import Bus, Recorder
from oslo_config import cfg

from pictures.announcing import oslo
from pictures.service import Pictures
from test_emitter import (  # noqa: F401 - pytest runs them here with the fixtures below
    test_all,
    test_equality,
    test_matchers,
    test_none,
    test_one,
    test_priority,
    test_sequence,
)

OWNER = "7c1e4b8a2f6d4d0f9e3a5b7c8d1f2e4a"
Configured = Callable[[str], cfg.ConfigOpts]

IN_PROCESS = """
[oslo_messaging_notifications]
driver = contracts
transport_url = fake://
"""
THROUGH_RABBITMQ = """
[DEFAULT]
control_exchange = {exchange}
[oslo_messaging_notifications]
driver = messagingv2
transport_url = {url}
topics = {topic}
"""

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture(params=["oslo_notifications", "bus"])
def notifications(request: pytest.FixtureRequest) -> Recorder:
    """Record the driver ``contracts`` in the process, or a real RabbitMQ."""
    recorder: Recorder = request.getfixturevalue(request.param)
    return recorder


@pytest.fixture
def pictures(configured: Configured, notifications: Recorder) -> Iterator[Pictures]:
    """Give a service with room for ten bytes that announces where it is recorded."""
    with oslo(configured(through(notifications) if isinstance(notifications, Bus) else IN_PROCESS)) as announce:
        yield Pictures(announce, capacity=10)


def through(bus: Bus) -> str:
    """Return the configuration of a service that sends to `bus`."""
    url = f"rabbit{bus.url.removeprefix('amqp')}"
    return THROUGH_RABBITMQ.format(exchange=bus.exchange, url=url, topic=bus.topic)


def test_driver(configured: Configured, oslo_notifications: Recorder) -> None:
    """The driver ``contracts`` hands what the service announces to `oslo_notifications`."""
    with oslo(configured(IN_PROCESS)) as announce:
        Pictures(announce).create("sunset", OWNER)
    sent = oslo_notifications.one("image.create")
    assert sent.publisher_id == "pictures.example.org"
    assert sent.payload["name"] == "sunset"


def test_rabbitmq(configured: Configured, bus: Bus) -> None:
    """Its messaging drivers reach `bus`, an exchange of the test's own on a real RabbitMQ."""
    with oslo(configured(through(bus))) as announce:
        Pictures(announce).create("sunset", OWNER)
    sent = bus.one("image.create")
    assert sent.format_version == "2.0"
    assert sent.delivery is not None
    assert sent.delivery.routing_key == f"{bus.topic}.info"
