import json
import logging
import re
import socket
import threading
from contextlib import contextmanager
from uuid import uuid4

import pika
import pytest

from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.emitting.notifier import Notifier
from notify_contracts.errors import DeliveryError, UsageError
from notify_contracts.model import Notification
from notify_contracts.wire import PRIORITIES, decode
from tests.inside_node import close_connections

HEARTBEAT = b"\x08\x00\x00\x00\x00\x00\x00\xce"


class Rabbit:
    """The test's own view of the broker, with an exchange and a topic of the test's own."""

    def __init__(self, url):
        self.url = url
        self.exchange = f"exchange-{uuid4().hex}"
        self.topic = f"topic-{uuid4().hex}"
        self.connect()

    def connect(self):
        """Open a connection of the test's own."""
        self.connection = pika.BlockingConnection(pika.URLParameters(self.url))
        self.channel = self.connection.channel()

    def driver(self, **options):
        """Return a driver for exchange and topic."""
        return MessagingDriver(options.pop("url", self.url), self.exchange, (self.topic,), **options)

    @contextmanager
    def notifier(self, **options):
        """Give a notifier with such a driver."""
        with Notifier("image.localhost", [self.driver(**options)]) as notifier:
            yield notifier

    def queue(self, priority="info"):
        """Return the name of a priority's queue."""
        return f"{self.topic}.{priority}"

    def read(self, priority="info"):
        """Return everything in a queue as (method, properties, body)."""
        found = []
        while True:
            message = self.channel.basic_get(self.queue(priority), auto_ack=True)
            if message[0] is None:
                return found
            found.append(message)

    def payloads(self, priority="info"):
        """Return the payload of everything in a queue."""
        return [decode(body).payload for _, _, body in self.read(priority)]

    def exists(self, declare, *args, **options):
        """Return whether a passive or equivalent declaration is accepted."""
        channel = self.connection.channel()
        try:
            getattr(channel, declare)(*args, **options)
        except pika.exceptions.ChannelClosedByBroker:
            return False
        channel.close()
        return True

    def clean(self):
        """Leave nothing behind."""
        for priority in ("info", "warn", "error"):
            self.channel.queue_delete(self.queue(priority))
        self.channel.exchange_delete(self.exchange)
        self.connection.close()


@pytest.fixture
def rabbit(broker_url):
    """Give the shared broker as the test sees it."""
    rabbit = Rabbit(broker_url)
    yield rabbit
    rabbit.clean()


@pytest.fixture
def faulty(local_node):
    """Give a node of our own as the test sees it, which rabbitmqctl may ill-treat."""
    rabbit = Rabbit(local_node.url)
    rabbit.node = local_node
    yield rabbit
    rabbit.clean()


def _numbered(numbers):
    return [("image.update", "INFO", {"number": number}) for number in numbers]


# What goes over the wire


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("priority", ["info", "warn", "error"])
def test_a_message_looks_like_oslo_messagings(rabbit, version, priority):
    """Exchange, routing key, queue, properties and body are those recorded from Glance, in either format."""
    with rabbit.notifier(format_version=version) as notifier:
        sent = notifier.notify("image.upload", priority, {"name": "caf\u00e9"})
    ((method, properties, body),) = rabbit.read(priority)
    assert (method.exchange, method.routing_key) == (rabbit.exchange, f"{rabbit.topic}.{priority}")
    assert {name: value for name, value in vars(properties).items() if value is not None} == {
        "content_type": "application/json",
        "content_encoding": "utf-8",
        "delivery_mode": 2,
        "priority": 0,
        "headers": {},
    }
    message = json.loads(body)
    if version == "2.0":
        assert set(message) == {"oslo.version", "oslo.message"}
        assert message["oslo.version"] == "2.0"
        message = json.loads(message["oslo.message"])
    assert len(message.pop("_unique_id")) == 32
    assert message == sent.envelope


def test_each_topic_gets_a_message(rabbit):
    """With several topics, a message with an id of its own goes to each."""
    other = f"topic-{uuid4().hex}"
    with Notifier("p", [MessagingDriver(rabbit.url, rabbit.exchange, (rabbit.topic, other))]) as notifier:
        notifier.info("image.delete", "x")
    one = decode(rabbit.read()[0][2])
    method, _, body = rabbit.channel.basic_get(f"{other}.info", auto_ack=True)
    rabbit.channel.queue_delete(f"{other}.info")
    assert method.routing_key == f"{other}.info"
    assert decode(body).envelope == one.envelope
    assert decode(body).context != one.context


def test_the_amqp_priority_is_an_option(rabbit):
    """The property priority is what the option says."""
    with rabbit.notifier(priority=7) as notifier:
        notifier.info("image.delete", "x")
    assert rabbit.read()[0][1].priority == 7


def test_a_notification_without_a_valid_priority_goes_where_info_goes(rabbit):
    """What is wrong on purpose, to test a consumer, reaches one."""
    wrong = [Notification({"priority": priority, "payload": "x"}) for priority in ("", "so. loud", None, 5, ["INFO"])]
    driver = rabbit.driver()
    driver.send_many(wrong)
    driver.close()
    assert [decode(body).envelope for _, _, body in rabbit.read()] == [n.envelope for n in wrong]


def test_every_priority_has_its_routing_key(rabbit):
    """A priority goes to the routing key of its name in lower case, whatever it is called."""
    with rabbit.notifier() as notifier:
        for priority in (*PRIORITIES, "FATAL"):
            notifier.notify("image.delete", priority, priority)
    for priority in (*PRIORITIES, "FATAL"):
        assert rabbit.payloads(priority.lower()) == [priority]
        rabbit.channel.queue_delete(rabbit.queue(priority.lower()))


def test_the_routing_key_is_an_option(rabbit):
    """Where a service makes its routing keys otherwise, so does the driver."""
    with rabbit.notifier(routing_key="v1.{event_type}.{priority}.{topic}") as notifier:
        notifier.warn("image.delete", "x")
    key = f"v1.image.delete.warn.{rabbit.topic}"
    assert rabbit.channel.basic_get(key, auto_ack=True)[0].routing_key == key
    rabbit.channel.queue_delete(key)


@pytest.mark.parametrize("key", ["", "{topic}.{level}", "{topic", "{topic}.*", "{topic}.#", "{topic} {priority}", None])
def test_what_is_no_routing_key_is_refused(rabbit, key):
    """What routing keys cannot be made of is a usage error that says what they are made of."""
    with pytest.raises(UsageError, match=re.escape("it is made of {topic}, {priority}, {event_type}")):
        rabbit.driver(routing_key=key)


@pytest.mark.parametrize("event_type", ["x" * 250, "\ud800"])
def test_a_routing_key_that_amqp_has_no_room_for(rabbit, event_type):
    """A notification whose routing key AMQP cannot carry is an error that names it; the driver goes on."""
    driver = rabbit.driver(routing_key="{topic}.{event_type}")
    wrong = Notification({"event_type": event_type, "priority": "INFO"})
    with pytest.raises(DeliveryError, match="has no routing key") as caught:
        driver.send(wrong)
    assert caught.value.undelivered == (wrong,)
    driver.close()


# Declarations


def test_a_queue_comes_into_being_with_its_first_notification(rabbit):
    """Each priority's queue is declared and bound before its first use, and keeps what nobody listens to."""
    with rabbit.notifier() as notifier:
        notifier.warn("image.upload", "x")
        assert rabbit.exists("queue_declare", rabbit.queue("warn"), passive=True)
        assert not rabbit.exists("queue_declare", rabbit.queue("info"), passive=True)
        notifier.info("image.upload", "y")
    assert rabbit.payloads("warn") == ["x"]
    assert rabbit.payloads("info") == ["y"]


@pytest.mark.parametrize(
    ("options", "exchange", "queue"),
    [
        ({}, {"durable": False}, {"durable": False}),
        ({"durable": True}, {"durable": True}, {"durable": True}),
        ({"auto_delete": True}, {"auto_delete": True}, {"auto_delete": True}),
        (
            {"queue_type": "quorum"},
            {"durable": True},
            {"durable": True, "arguments": {"x-queue-type": "quorum"}},
        ),
    ],
)
def test_how_things_are_declared_is_an_option(rabbit, options, exchange, queue):
    """The broker takes an equal declaration and no other, so exchange and queue are as the options say."""
    with rabbit.notifier(**options) as notifier:
        notifier.info("image.delete", "x")
        assert rabbit.exists("exchange_declare", rabbit.exchange, "topic", **exchange)
        assert rabbit.exists("queue_declare", rabbit.queue(), **queue)
        different = {**queue, "durable": not queue.get("durable", False)}
        assert not rabbit.exists("queue_declare", rabbit.queue(), **different)
    assert rabbit.payloads() == ["x"]


def test_a_refused_queue_fails_only_what_needs_it(rabbit):
    """Where one priority's queue was declared otherwise, its notifications are named, and the others arrive."""
    rabbit.channel.queue_declare(rabbit.queue("warn"), durable=True)
    with rabbit.notifier() as notifier, pytest.raises(DeliveryError) as caught:
        notifier.notify_many(("image.upload", priority, priority) for priority in ("INFO", "WARN", "ERROR", "WARN"))
    assert [n.payload for n in caught.value.undelivered] == ["WARN", "WARN"]
    assert rabbit.payloads("info") == ["INFO"]
    assert rabbit.payloads("error") == ["ERROR"]


# Many at once


def test_many_arrive_once_each_in_order(rabbit):
    """More notifications than the window holds arrive once each, in the order given."""
    with rabbit.notifier(window=100) as notifier:
        notifier.notify_many(_numbered(range(3000)))
        assert notifier.drivers[0].resent == 0
    assert [payload["number"] for payload in rabbit.payloads()] == list(range(3000))


def test_many_may_come_from_a_generator(rabbit):
    """Notifications that are built while they are taken arrive like others."""
    driver = rabbit.driver(window=8)
    driver.send_many(Notification({"priority": "INFO", "payload": number}) for number in range(100))
    driver.close()
    assert rabbit.payloads() == list(range(100))


def test_a_window_of_one_works(rabbit):
    """With a window of one, each message waits for the confirm of the one before."""
    with rabbit.notifier(window=1) as notifier:
        notifier.notify_many(_numbered(range(20)))
    assert [payload["number"] for payload in rabbit.payloads()] == list(range(20))


def test_sending_none_is_sending_nothing(rabbit):
    """An empty call returns, and does not even connect."""
    driver = rabbit.driver(url="amqp://localhost:1", retry=0)
    driver.send_many(())
    driver.close()


def test_threads_share_a_driver(rabbit):
    """Of many threads that share a notifier, each has every notification arrive once, in its order."""
    threads, each = 12, 60
    with rabbit.notifier() as notifier:

        def work(thread):
            for number in range(0, each, 3):
                notifier.info("image.update", {"thread": thread, "number": number})
                notifier.notify_many(
                    ("image.update", "INFO", {"thread": thread, "number": number + more}) for more in (1, 2)
                )

        workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    arrived = rabbit.payloads()
    for thread in range(threads):
        assert [p["number"] for p in arrived if p["thread"] == thread] == list(range(each))
    assert len(arrived) == threads * each


def test_what_cannot_be_written_is_named_and_the_rest_is_sent(rabbit):
    """Given to the driver itself, a notification that JSON cannot carry is undelivered; the others arrive."""
    notifications = [Notification({"priority": "INFO", "payload": value}) for value in ("x", {1, 2}, "y")]
    driver = rabbit.driver()
    with pytest.raises(DeliveryError, match=r"1 of 3 .*cannot be written as JSON") as caught:
        driver.send_many(notifications)
    driver.close()
    assert caught.value.undelivered == (notifications[1],)
    assert rabbit.payloads() == ["x", "y"]


# When things go away


def test_a_deleted_queue_is_declared_again(rabbit):
    """A message that comes back because its queue was deleted is sent again to a new one."""
    with rabbit.notifier() as notifier:
        notifier.info("image.delete", "before")
        rabbit.channel.queue_delete(rabbit.queue())
        notifier.notify_many(_numbered(range(200)))
    assert [payload["number"] for payload in rabbit.payloads()] == list(range(200))


def test_a_removed_binding_is_made_again(rabbit):
    """A message that comes back because its queue's binding was removed is sent again, in its place."""
    with rabbit.notifier() as notifier:
        notifier.info("image.delete", "before")
        rabbit.channel.queue_unbind(rabbit.queue(), rabbit.exchange, rabbit.queue())
        notifier.notify_many(_numbered(range(200)))
    first, *others = rabbit.payloads()
    assert first == "before"
    assert [payload["number"] for payload in others] == list(range(200))


def test_a_deleted_exchange_is_declared_again(rabbit):
    """When the exchange is gone, everything is declared anew and what was unconfirmed is sent again."""
    with rabbit.notifier(delay=lambda _attempt: 0) as notifier:
        notifier.info("image.delete", "before")
        rabbit.channel.exchange_delete(rabbit.exchange)
        notifier.info("image.delete", "after")
        assert notifier.drivers[0].resent == 1
    assert rabbit.payloads() == ["before", "after"]


def test_a_connection_that_was_closed_while_idle_is_opened_again(faulty):
    """The caller of a driver whose idle connection the broker has closed notices nothing, even without retries."""
    with faulty.notifier(retry=0) as notifier:
        notifier.info("image.delete", "before")
        faulty.connection.close()
        close_connections(faulty.node)
        faulty.connect()
        notifier.info("image.delete", "after")
        assert notifier.drivers[0].resent == 0
    assert faulty.payloads() == ["before", "after"]


class Proxy:
    """A TCP proxy to the broker that counts heartbeats and can fall silent."""

    def __init__(self, url, port=0):
        self.target = pika.URLParameters(url)
        self.server = socket.create_server(("127.0.0.1", port))
        self.heartbeats = threading.Semaphore(0)
        self.connections = 0
        self.frozen = False
        self.sockets = []
        here = f"127.0.0.1:{self.server.getsockname()[1]}"
        self.url = url.replace(f"{self.target.host}:{self.target.port}", here)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            self.connections += 1
            self.frozen = False
            broker = socket.create_connection((self.target.host, self.target.port))
            self.sockets += [client, broker]
            for ends in ((client, broker), (broker, client)):
                threading.Thread(target=self._forward, args=ends, daemon=True).start()

    def _forward(self, source, target):
        try:
            while data := source.recv(65536):
                if data == HEARTBEAT:
                    self.heartbeats.release()
                if not self.frozen:
                    target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self):
        """Hang up."""
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        for end in self.sockets:
            end.close()


@pytest.fixture
def proxy(broker_url):
    """Give a proxy to the shared broker."""
    proxy = Proxy(broker_url)
    yield proxy
    proxy.close()


def test_heartbeats_are_sent_while_the_application_rests(rabbit, proxy):
    """An idle connection is kept alive by heartbeats from the driver's own thread, both ways, and is used again."""
    with rabbit.notifier(url=f"{proxy.url}?heartbeat=1", retry=0) as notifier:
        notifier.info("image.delete", "before")
        for _ in range(6):  # three seconds, in which the broker would have closed a silent connection
            assert proxy.heartbeats.acquire(timeout=10)
        notifier.info("image.delete", "after")
    assert proxy.connections == 1
    assert rabbit.payloads() == ["before", "after"]


def test_a_peer_that_falls_silent_is_left(rabbit, proxy):
    """A connection over which nothing comes any more is given up, and its unconfirmed messages are sent again."""
    with rabbit.notifier(url=f"{proxy.url}?heartbeat=1", delay=lambda _attempt: 0) as notifier:
        notifier.info("image.delete", "before")
        proxy.frozen = True
        notifier.info("image.delete", "after")
        assert notifier.drivers[0].resent == 1
    assert proxy.connections == 2
    assert rabbit.payloads() == ["before", "after"]


def test_what_the_broker_does_not_accept_is_named(faulty):
    """A message that the broker nacks, here because its queue is full, is undelivered, and no other."""
    definition = '{"max-length": 3, "overflow": "reject-publish"}'
    faulty.node.rabbitmqctl("set_policy", "full", f"^{re.escape(faulty.topic)}", definition, "--apply-to", "queues")
    with faulty.notifier() as notifier:
        with pytest.raises(DeliveryError, match=r"2 of 5 notifications were not confirmed .*nack") as caught:
            notifier.notify_many(_numbered(range(5)))
        faulty.node.rabbitmqctl("clear_policy", "full")
        delivered = [payload["number"] for payload in faulty.payloads()]
        undelivered = [n.payload["number"] for n in caught.value.undelivered]
        assert sorted(delivered + undelivered) == [0, 1, 2, 3, 4]


# Closing


def test_a_closed_driver_says_so(rabbit):
    """Sending with a closed driver fails with everything named, whether or not it had been used."""
    for used in (False, True):
        driver = rabbit.driver()
        notification = Notification({"priority": "INFO"})
        if used:
            driver.send(notification)
        driver.close()
        driver.close()
        with pytest.raises(DeliveryError, match="the messaging driver is closed") as caught:
            driver.send(notification)
        assert caught.value.undelivered == (notification,)


def test_closing_frees_those_who_wait(caplog):
    """A call that waits for a broker that never comes ends with an error when another thread closes the driver."""
    waiting = threading.Event()
    errors = []

    def delay(_attempt):
        waiting.set()
        return 3600

    driver = MessagingDriver("amqp://guest:guest@localhost:1", delay=delay)
    caplog.set_level(logging.CRITICAL, logger="pika")

    def send():
        try:
            driver.send(Notification({"priority": "INFO"}))
        except DeliveryError as error:
            errors.append(error)

    thread = threading.Thread(target=send)
    thread.start()
    assert waiting.wait(10)
    driver.close()
    thread.join(10)
    assert not thread.is_alive()
    assert "closed before the broker confirmed" in str(errors[0])


def test_a_bug_in_the_thread_is_an_error_and_not_a_hang():
    """An exception that nothing catches, here from a user's delay, fails this call and all further ones."""

    def delay(_attempt):
        raise ZeroDivisionError

    driver = MessagingDriver("amqp://guest:guest@localhost:1", delay=delay)
    for _ in range(2):
        with pytest.raises(DeliveryError, match=r"has failed.*ZeroDivisionError"):
            driver.send(Notification({"priority": "INFO"}))
    driver.close()


# Attempts


@pytest.mark.parametrize("retry", [0, 1, 4])
def test_retry_is_the_number_of_further_attempts(retry):
    """An unreachable broker is tried once and `retry` times more, with the delay given; then again anew."""
    attempts = []

    def delay(attempt):
        attempts.append(attempt)
        return 0

    driver = MessagingDriver("amqp://guest:guest@localhost:1", retry=retry, delay=delay)
    for _ in range(2):
        attempts.clear()
        with pytest.raises(DeliveryError, match="nothing listens at"):
            driver.send(Notification({"priority": "INFO"}))
        assert attempts == list(range(1, retry + 1))
    driver.close()


def test_retrying_for_ever_ends_when_the_broker_comes(rabbit):
    """With retry=-1 the caller waits until the broker is there, however many attempts that takes."""
    proxy = Proxy(rabbit.url)
    url, port = proxy.url, proxy.server.getsockname()[1]
    proxy.close()
    proxies = []

    def delay(attempt):
        if attempt == 30:
            proxies.append(Proxy(rabbit.url, port))
        return 0

    with rabbit.notifier(url=url, delay=delay) as notifier:
        notifier.info("image.delete", "x")
    proxies[0].close()
    assert rabbit.payloads() == ["x"]


def test_many_cost_no_more_attempts_than_one():
    """With the broker away, many notifications cost one round of attempts, and every one is named as undelivered."""
    attempts = []
    notifications = [Notification({"priority": "INFO", "payload": number}) for number in range(1000)]
    driver = MessagingDriver(
        "amqp://guest:guest@localhost:1", retry=2, delay=lambda attempt: attempts.append(attempt) or 0, window=8
    )
    with pytest.raises(DeliveryError, match="1,000 of 1,000 notifications were not confirmed") as caught:
        driver.send_many(notifications)
    driver.close()
    assert caught.value.undelivered == tuple(notifications)
    assert attempts == [1, 2]
