"""I use oslo.messaging: a line of configuration is all, and its real notifier is recorded."""

from collections.abc import Callable

import pytest
from notify_contracts.testing import Bus, Recorder
from oslo_config import cfg

from pictures.announcing import oslo
from pictures.service import Pictures

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


def test_driver(configured: Configured, oslo_notifications: Recorder) -> None:
    """The driver ``contracts`` hands what the service announces to `oslo_notifications`."""
    with oslo(configured(IN_PROCESS)) as announce:
        Pictures(announce).create("sunset", OWNER)
    sent = oslo_notifications.one("image.create")
    assert sent.publisher_id == "pictures.example.org"
    assert sent.payload["name"] == "sunset"


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_rabbitmq(configured: Configured, bus: Bus) -> None:
    """Its messaging drivers reach `bus`, an exchange of the test's own on a real RabbitMQ."""
    url = f"rabbit{bus.url.removeprefix('amqp')}"
    conf = configured(THROUGH_RABBITMQ.format(exchange=bus.exchange, url=url, topic=bus.topic))
    with oslo(conf) as announce:
        Pictures(announce).create("sunset", OWNER)
    sent = bus.one("image.create")
    assert sent.format_version == "2.0"
    assert sent.delivery is not None
    assert sent.delivery.routing_key == f"{bus.topic}.info"
