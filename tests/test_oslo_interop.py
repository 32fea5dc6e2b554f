"""Our emitter, tap and reader against the real oslo.messaging, in both directions, for every contract."""

import json
import logging
import warnings
from contextlib import contextmanager
from queue import SimpleQueue
from uuid import uuid4

import pika
import pytest

from notify_contracts.catalog import load
from notify_contracts.drivers.log import LogDriver
from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.emitting.notifier import Notifier
from notify_contracts.tap import Tap
from notify_contracts.wire import PRIORITIES, decode

with warnings.catch_warnings():  # oslo.messaging warns of eventlet, whether it is used or not
    warnings.simplefilter("ignore")
    cfg = pytest.importorskip("oslo_config.cfg")
    oslo_messaging = pytest.importorskip("oslo_messaging")
    context = pytest.importorskip("oslo_context.context")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

CATALOG = load()
EXAMPLES = [contract.example() for contract in CATALOG.contracts]
FORMATS = {"1.0": "messaging", "2.0": "messagingv2"}
CONTEXT = context.RequestContext(request_id="req-1", user_id="somebody")
WAIT = 20


class Endpoint:
    """Notes which of its methods oslo.messaging calls, and with what."""

    def __init__(self):
        self.calls = SimpleQueue()

    def _note(self, method, publisher_id, event_type, payload, metadata):
        received = {"publisher_id": publisher_id, "event_type": event_type, "payload": payload, **metadata}
        self.calls.put((method, received))

    def info(self, _context, *arguments):
        """Take an INFO notification."""
        self._note("info", *arguments)

    def warn(self, _context, *arguments):
        """Take a WARN notification."""
        self._note("warn", *arguments)

    def error(self, _context, *arguments):
        """Take an ERROR notification."""
        self._note("error", *arguments)


class Oslo:
    """An oslo.messaging as a service configures it, with an exchange and a topic of the test's own."""

    def __init__(self, url, folder, options=""):
        self.exchange = f"exchange-{uuid4().hex}"
        self.topic = f"topic-{uuid4().hex}"
        file = folder / "service.conf"
        file.write_text(f"[DEFAULT]\ncontrol_exchange = {self.exchange}\n[oslo_messaging_rabbit]\n{options}\n")
        conf = cfg.ConfigOpts()
        conf(["--config-file", str(file)])
        self.transport = oslo_messaging.get_notification_transport(conf, url="rabbit" + url.removeprefix("amqp"))

    def notifier(self, driver):
        """Return its notifier with one of its drivers."""
        return oslo_messaging.Notifier(self.transport, "image.localhost", driver=driver, topics=[self.topic])

    @contextmanager
    def listening(self):
        """Run its notification listener, and give what its endpoint is called with."""
        endpoint = Endpoint()
        target = oslo_messaging.Target(topic=self.topic, exchange=self.exchange)
        listener = oslo_messaging.get_notification_listener(
            self.transport, [target], [endpoint], executor="threading", allow_requeue=True
        )
        listener.start()
        yield endpoint.calls
        listener.stop()
        listener.wait()


@pytest.fixture
def oslo(broker_url, tmp_path):
    """Give an oslo.messaging, and remove what it and we declared."""
    oslo = Oslo(broker_url, tmp_path)
    yield oslo
    oslo.transport.cleanup()
    connection = pika.BlockingConnection(pika.URLParameters(broker_url))
    for priority in PRIORITIES:
        connection.channel().queue_delete(f"{oslo.topic}.{priority.lower()}")
    connection.channel().exchange_delete(oslo.exchange)
    connection.close()


def _event(example):
    return example["event_type"], example["priority"], example["payload"]


def test_there_are_33_contracts():
    """Eleven event types times three priorities are what both directions are proved for."""
    assert len(EXAMPLES) == 33
    assert len({(event_type, priority) for event_type, priority, _ in map(_event, EXAMPLES)}) == 33


@pytest.mark.parametrize("version", FORMATS)
def test_what_we_send_an_oslo_listener_receives(broker_url, oslo, version):
    """Every notification arrives on the endpoint's method of its priority, with equal content, once."""
    driver = MessagingDriver(broker_url, oslo.exchange, (oslo.topic,), format_version=version)
    with oslo.listening() as calls, Notifier("image.localhost", [driver], check=CATALOG.check) as notifier:
        sent = {}
        for example in EXAMPLES:
            notification = notifier.notify(*_event(example))
            sent[notification.message_id] = notification
        for _ in EXAMPLES:
            method, received = calls.get(timeout=WAIT)
            notification = sent.pop(received["message_id"])
            assert method == notification.priority.lower()
            assert received == {name: value for name, value in notification.envelope.items() if name != "priority"}
    assert sent == {}
    assert calls.empty()


@pytest.mark.parametrize("version", FORMATS)
def test_what_an_oslo_notifier_sends_the_tap_receives(broker_url, oslo, version):
    """Every notification comes to the tap in order, conforms, and holds what was given; the context is kept beside."""
    with Tap(broker_url, oslo.exchange, (oslo.topic,)) as tap:
        notifier = oslo.notifier(FORMATS[version])
        for example in EXAMPLES:
            getattr(notifier, example["priority"].lower())(CONTEXT, example["event_type"], example["payload"])
        arrived = tap.expect(len(EXAMPLES), timeout=WAIT)
        tap.nothing_more()
    for example, notification in zip(EXAMPLES, arrived, strict=True):
        assert CATALOG.check(notification).violations == ()
        assert _event(notification.envelope) == _event(example)
        assert notification.publisher_id == "image.localhost"
        assert notification.format_version == version
        assert notification.delivery.exchange == oslo.exchange
        assert notification.delivery.routing_key == f"{oslo.topic}.{example['priority'].lower()}"
        assert notification.context["_context_request_id"] == "req-1"
        assert "_unique_id" in notification.context


def test_we_send_what_oslo_sends(broker_url, oslo):
    """Properties, format and the keys of the body are the same from both, but for oslo.messaging's context."""
    driver = MessagingDriver(broker_url, oslo.exchange, (oslo.topic,))
    with Tap(broker_url, oslo.exchange, (oslo.topic,)) as tap, Notifier("image.localhost", [driver]) as notifier:
        oslo.notifier("messagingv2").info({}, "image.delete", "x")
        notifier.info("image.delete", "x")
        theirs, ours = tap.expect(2, timeout=WAIT)
    assert ours.delivery == theirs.delivery
    assert ours.format_version == theirs.format_version
    assert ours.envelope.keys() == theirs.envelope.keys()
    assert ours.context.keys() == theirs.context.keys()
    assert {**ours.envelope, "message_id": 0, "timestamp": 0} == {**theirs.envelope, "message_id": 0, "timestamp": 0}


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("amqp_durable_queues = true", {"durable": True}),
        ("amqp_auto_delete = true", {"auto_delete": True}),
        ("rabbit_quorum_queue = true", {"queue_type": "quorum"}),
    ],
)
def test_options_mean_the_same(broker_url, tmp_path, theirs, ours):
    """With the corresponding options, ours and oslo.messaging's emitter share exchange and queue."""
    oslo = Oslo(broker_url, tmp_path, theirs)
    oslo.notifier("messagingv2").info({}, "image.delete", "theirs")
    driver = MessagingDriver(broker_url, oslo.exchange, (oslo.topic,), **ours)
    with Notifier("p", [driver]) as notifier:
        notifier.info("image.delete", "ours")
    oslo.transport.cleanup()
    connection = pika.BlockingConnection(pika.URLParameters(broker_url))
    assert connection.channel().queue_delete(f"{oslo.topic}.info").method.message_count == 2
    connection.channel().exchange_delete(oslo.exchange)
    connection.close()


# The log


@pytest.fixture
def lines(caplog):
    """Give what is logged about notifications, as (logger, level, message)."""
    caplog.set_level(logging.INFO, logger="oslo.messaging.notification")
    return lambda: [(record.name, record.levelno, record.getMessage()) for record in caplog.records]


def test_what_oslo_logs_reads_back(oslo, lines):
    """Every line of oslo.messaging's driver log is a notification that conforms and holds what was given."""
    notifier = oslo.notifier("log")
    for example in EXAMPLES:
        getattr(notifier, example["priority"].lower())(CONTEXT, example["event_type"], example["payload"])
    logged = lines()
    assert len(logged) == len(EXAMPLES)
    for example, (_, _, line) in zip(EXAMPLES, logged, strict=True):
        notification = decode(line)
        assert CATALOG.check(notification).violations == ()
        assert _event(notification.envelope) == _event(example)


def test_we_log_what_oslo_logs(oslo, lines):
    """For every contract, and for secrets, our line has the same logger, level and content as oslo.messaging's."""
    secrets = {"adminPass": "hush", "list": [{"auth_token": "hush"}], "secret": {"id": 1}, "n": {"password": ["hush"]}}
    events = [_event(example) for example in EXAMPLES] + [("image.update", "INFO", secrets)]
    theirs = oslo.notifier("log")
    for event_type, priority, payload in events:
        getattr(theirs, priority.lower())({}, event_type, payload)
    with Notifier("image.localhost", [LogDriver()]) as notifier:
        notifier.notify_many(events)
    logged = lines()
    assert len(logged) == 2 * len(events)
    assert "hush" not in str(logged)

    def comparable(line):
        logger, level, message = line
        return logger, level, {**json.loads(message), "message_id": 0, "timestamp": 0}

    for one, other in zip(logged[: len(events)], logged[len(events) :], strict=True):
        assert comparable(one) == comparable(other)
