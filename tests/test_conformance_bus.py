"""The conformance kit on a real RabbitMQ: what is right passes all of it, and each test finds its own fault."""

import re
from textwrap import dedent

import pytest

from tests.telling import telling

HEAD = '''
import threading
from dataclasses import replace
from uuid import uuid4

import pika
import pytest
from notify_contracts import Notifier
from notify_contracts.conformance import BusConformance
from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.wire import encode

PROPERTIES = {"content_type": "application/json", "content_encoding": "utf-8", "delivery_mode": 2, "priority": 0,
              "headers": {}}


class Raw:
    """Sends what it is given as it is given: a driver to be wrong with."""

    def __init__(self, bus, version="2.0", properties=PROPERTIES, exchange=None, key=str.lower, context=()):
        self._connection = pika.BlockingConnection(pika.URLParameters(bus.url))
        self._channel = self._connection.channel()
        self._channel.confirm_delivery()
        self._exchange = exchange or bus.exchange
        self._to = lambda priority: f"{bus.topic}.{key(priority)}"
        self._properties = pika.BasicProperties(**properties)
        self._encode = lambda notification: encode(replace(notification, context=dict(context)), version)

        self._lock = threading.Lock()

    def send(self, notification):
        to = self._to(notification.priority)
        with self._lock:
            self._channel.basic_publish(self._exchange, to, self._encode(notification), self._properties)

    def send_many(self, notifications):
        for notification in notifications:
            self.send(notification)

    def close(self):
        self._connection.close()


class Hasty(MessagingDriver):
    """Holds every notification back until the next one has overtaken it, or a moment has passed."""

    held = None
    exchanging = threading.Lock()

    def take(self):
        with self.exchanging:
            held, self.held = self.held, None
        return held

    def send(self, notification):
        held = self.take()
        if held is None:
            self.held = notification
            self.late = threading.Timer(0.05, self.release)
            self.late.start()
        else:
            self.late.cancel()
            self.late.join()
            super().send_many([notification, held])

    def release(self):
        held = self.take()
        if held is not None:
            super().send_many([held])

    def close(self):
        self.late.join()
        super().close()


class Beside(MessagingDriver):
    """Sends to another topic as well, and takes away the queue that it has declared for it."""

    def close(self):
        super().close()
        with pika.BlockingConnection(pika.URLParameters(self.url)) as connection:
            connection.channel().queue_delete(f"{self.topics[1]}.info")
'''
TESTS = """
@pytest.mark.contracts("image.create", priority={priority})
class TestEmitter(BusConformance):
    format_version = "{version}"

    @pytest.fixture
    def emit(self, bus):
        bus.patience = {patience}
        with Notifier("image.example.org", {drivers}) as notifier:
            yield notifier.notify
"""
ON_THE_WIRE = (
    "test_contract or test_payload or event_type or priority or once or order or threads or routing or nothing or "
)
ON_THE_WIRE += "properties or format or unique"
RIGHT = "[MessagingDriver(bus.url, bus.exchange, [bus.topic])]"


@pytest.fixture
def outcomes(run_tests, notification_broker):
    """Run tests on the broker of our own tests, and return how they ended."""
    return lambda tests, *options: run_tests(
        HEAD + dedent(tests), f"--notify-broker={notification_broker.url}", *options
    )


def _tests(drivers, version="2.0", priority="None", patience=5):
    return TESTS.format(drivers=drivers, version=version, priority=priority, patience=patience)


@pytest.mark.parametrize("version", telling(["1.0", "2.0"], ["1.0"]))
def test_the_reference_emitter_passes(outcomes, version):
    """The reference emitter passes every test in both formats."""
    drivers = f"[MessagingDriver(bus.url, bus.exchange, [bus.topic], format_version='{version}')]"
    passed, skipped, failed = outcomes(_tests(drivers, version, '"INFO"' if version == "1.0" else "None"))
    assert (skipped, failed) == ({}, {})
    assert len(passed) == 4 * (1 if version == "1.0" else 3) + 26 + 5


@pytest.mark.parametrize(
    ("driver", "version"), [pytest.param("messaging", "1.0", marks=pytest.mark.exhaustive), ("messagingv2", "2.0")]
)
def test_oslo_messaging_passes(outcomes, driver, version):
    """So does the real oslo.messaging in both formats."""
    pytest.importorskip("oslo_messaging")
    passed, skipped, failed = outcomes(
        f"""
        import warnings
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import oslo_messaging
            from oslo_config import cfg

        @pytest.mark.contracts("image.create", "image.delete", priority="INFO")
        @pytest.mark.filterwarnings("ignore::DeprecationWarning")
        class TestOslo(BusConformance):
            format_version = "{version}"

            @pytest.fixture
            def emit(self, bus, tmp_path):
                file = tmp_path / "service.conf"
                file.write_text(f"[DEFAULT]\\ncontrol_exchange = {{bus.exchange}}\\n")
                conf = cfg.ConfigOpts()
                conf(["--config-file", str(file)])
                url = "rabbit" + bus.url.removeprefix("amqp")
                transport = oslo_messaging.get_notification_transport(conf, url=url)
                notifier = oslo_messaging.Notifier(transport, "image.localhost", driver="{driver}", topics=[bus.topic])
                yield lambda event, priority, payload: getattr(notifier, priority.lower())({{}}, event, payload)
                transport.cleanup()
        """,
        "-k",
        ON_THE_WIRE if version == "1.0" else "not test_text",
    )
    assert (skipped, failed) == ({}, {})
    assert len(passed) == 4 * 2 + (5 if version == "1.0" else 13) + 5


@pytest.mark.exhaustive
def test_in_several_processes(downstream, notification_broker):
    """Under xdist each worker hears its own emitter only."""
    downstream.makepyfile(test_it=HEAD + dedent(_tests(RIGHT)))
    arguments = (
        "-pxdist",
        "-n2",
        f"--notify-broker={notification_broker.url}",
        "-k",
        "event_type or once or order or nothing",
    )
    downstream.runpytest(*arguments).assert_outcomes(passed=3 + 3)


FAULTS = {
    "the routing key in upper case": (
        "[Raw(bus, key=str.upper)]",
        None,
        "test_routing_key",
        r"image.create-INFO: expected routing key notify-contracts.scratch.*.info, found notify-contracts.*.INFO",
    ),
    "the routing key of another priority": (
        "[Raw(bus, key=lambda priority: 'warn')]",
        {"test_routing_key"},
        "test_routing_key",
        r"image.create-INFO: expected routing key notify-contracts.scratch.*.info, found notify-contracts.*.warn",
    ),
    "another exchange": (
        "[Raw(bus, exchange='amq.topic')]",
        None,
        "test_routing_key",
        r"image.create-INFO: expected routing key notify-.*.info, found nothing on exchange notify-contracts.scratch.",
    ),
    "properties that do not survive a restart": (
        "[Raw(bus, properties=PROPERTIES | {'delivery_mode': 1})]",
        {"test_properties"},
        "test_properties",
        r"image.create-INFO: expected properties {.*'delivery_mode': 2.*}, received {.*'delivery_mode': 1.*}",
    ),
    "the other format": (
        "[Raw(bus, version='1.0')]",
        {"test_format_version"},
        "test_format_version",
        r"image.create-INFO: expected format version 2.0, received 1.0",
    ),
    "one _unique_id for all": (
        "[Raw(bus, context={'_unique_id': '0' * 32})]",
        {"test_unique_id"},
        "test_unique_id",
        r"image.create-INFO: expected a _unique_id of its own, received 0{32} again",
    ),
    "a _unique_id with hyphens": (
        "[Raw(bus, context={'_unique_id': str(uuid4())})]",
        {"test_unique_id"},
        "test_unique_id",
        r"image.create-INFO: expected a _unique_id of 32 hex digits, received ........-",
    ),
    "another topic beside": (
        "[Beside(bus.url, bus.exchange, [bus.topic, f'versioned-{uuid4().hex}'])]",
        {"test_once", "test_nothing_else"},
        "test_nothing_else",
        r"expected nothing on exchange notify-.* but what goes to notify-.*, found 2 with routing key versioned-",
    ),
    "everything twice": (
        f"{RIGHT} * 2",
        {"test_once", "test_nothing_else"},
        "test_once",
        r"image.create-INFO: expected one notification, found 2\nreceived:\n  1. image.create INFO ",
    ),
}


FEW = ("another exchange", "one _unique_id for all")


@pytest.mark.parametrize("fault", telling(FAULTS, FEW))
def test_faults(outcomes, fault):
    """An emitter that is wrong on the wire in one way fails the test for it and no other, and is told where."""
    drivers, tests, test, message = FAULTS[fault]
    priority, patience = '"INFO"', 5 if tests else 0.02
    _, _, failed = outcomes(_tests(drivers, priority=priority, patience=patience), "-k", ON_THE_WIRE)
    if tests is not None:
        assert set(failed) == tests
    assert re.match(message, failed[test]), failed[test]
    for text in failed.values():
        assert "conformance" not in text


def test_order(outcomes):
    """Notifications that overtake each other on their way fail the test of order."""
    drivers = "[Hasty(bus.url, bus.exchange, [bus.topic])]"
    _, _, failed = outcomes(_tests(drivers, priority='"INFO"'), "-k", "test_order or test_contract or test_once")
    assert set(failed) == {"test_order"}
    assert failed["test_order"].startswith("expected the order of the calls: as number ")


def test_nothing_arrives(outcomes):
    """An emitter of which nothing arrives is told where something was expected."""
    _, _, failed = outcomes(_tests("['noop']", patience=0.02), "-k", "test_once or test_properties")
    assert failed["test_once"].startswith("image.create-INFO: expected one notification on exchange notify-contracts.")
    assert failed["test_properties"].startswith("expected notifications on exchange notify-contracts.scratch.")
