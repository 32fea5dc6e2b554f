"""What happens to notifications when the broker, a queue or a listener fails under way; the figures are recorded."""

import logging
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from uuid import uuid4

import pika
import pytest

from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.emitting.notifier import Notifier
from notify_contracts.errors import DeliveryError
from notify_contracts.wire import decode
from tests.inside_node import hung, told

MANY = 10_000
CLOSE_REPEATEDLY = (
    "lists:sum([begin timer:sleep(60), Pids = rabbit_networking:connections(), "
    'lists:foreach(fun(Pid) -> rabbit_networking:close_connection(Pid, "fault") end, Pids), length(Pids) end '
    "|| _ <- lists:seq(1, 25)])."
)


class Fault:
    """A durable exchange and queue of the test's own on a private node."""

    def __init__(self, node):
        self.node = node
        self.exchange = f"exchange-{uuid4().hex}"
        self.topic = f"topic-{uuid4().hex}"
        self.queue = f"{self.topic}.info"

    @contextmanager
    def notifier(self, **options):
        """Give a notifier that tries again at once."""
        driver = MessagingDriver(
            self.node.url, self.exchange, (self.topic,), durable=True, delay=lambda _attempt: 0.02, **options
        )
        with Notifier("image.localhost", [driver]) as notifier:
            yield notifier

    @contextmanager
    def channel(self):
        """Give a channel of the test's own."""
        connection = pika.BlockingConnection(pika.URLParameters(self.node.url))
        yield connection.channel()
        connection.close()

    def read(self):
        """Return the number of every notification in the queue, in its order."""
        with self.channel() as channel:
            count = channel.queue_declare(self.queue, passive=True).method.message_count
            found = []
            for method, _, body in channel.consume(self.queue, inactivity_timeout=10) if count else ():
                found.append(decode(body).payload["number"])
                if len(found) == count:
                    channel.basic_ack(method.delivery_tag, multiple=True)
                    break
            channel.cancel()
        return found

    def clean(self):
        """Leave nothing behind."""
        with self.channel() as channel:
            channel.queue_delete(self.queue)
            channel.exchange_delete(self.exchange)


@pytest.fixture
def fault(local_node):
    """Give exchange and queue on a private node."""
    fault = Fault(local_node)
    yield fault
    fault.clean()


@pytest.fixture
def record(record_property, capsys):
    """Keep a figure: in the report of the run, and on the terminal with -rP or -s."""

    def record(**figures):
        for name, value in figures.items():
            record_property(name, value)
        with capsys.disabled():
            print(f"\n    {figures}")  # noqa: T201 - to be read

    return record


def _numbered(numbers):
    return [("image.update", "INFO", {"number": number, "padding": "x" * 600}) for number in numbers]


@contextmanager
def _in_thread(work):
    """Run `work` beside the block, and raise what it raised."""
    errors = []

    def run():
        try:
            work()
        except Exception as error:  # noqa: BLE001 - raised below, in the test
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield thread
    finally:
        thread.join()
    if errors:
        raise errors[0]


def _first_deliveries(numbers):
    return list(dict.fromkeys(numbers))


def _wait_until_queued(channel, fault, count):
    """Return how many messages the queue holds, once they are `count` or more."""
    while (queued := channel.queue_declare(fault.queue, passive=True).method.message_count) < count:
        pass
    return queued


def test_the_broker_is_killed_and_started_again(fault, record):
    """SIGKILL while 10,000 are being sent: all that was confirmed is there afterwards, first deliveries in order."""
    with fault.notifier() as notifier:
        notifier.notify_many(_numbered([0]))
        with _in_thread(lambda: notifier.notify_many(_numbered(range(1, MANY)))) as sender:
            with fault.channel() as channel:
                queued = _wait_until_queued(channel, fault, MANY // 5)
            fault.node.kill()
            assert sender.is_alive()
            fault.node.start()
        resent = notifier.drivers[0].resent
    arrived = fault.read()
    duplicates = len(arrived) - len(set(arrived))
    record(sent=MANY, killed_after=queued, arrived=len(arrived), duplicates=duplicates, resent=resent)
    assert _first_deliveries(arrived) == list(range(MANY))
    assert resent > 0
    assert duplicates <= resent


def test_the_broker_closes_connections_again_and_again(fault, record):
    """Connections closed every 60 ms, that is every few hundred messages: nothing is missing, the order is kept."""
    losses = []
    logger = logging.getLogger("notify_contracts.drivers.messaging")
    handler = logging.Handler()
    handler.emit = lambda log: losses.append(log.getMessage()) if "CONNECTION_FORCED" in log.getMessage() else None
    logger.addHandler(handler)
    sent, closed = 0, []

    def close():
        while len(losses) < 3 and len(closed) < 10:
            closed.append(int(told(fault.node, CLOSE_REPEATEDLY)))

    with fault.notifier() as notifier:
        notifier.notify_many(_numbered([sent]))
        sent += 1
        with _in_thread(close) as closing:
            while closing.is_alive() or sent < MANY:
                notifier.notify_many(_numbered(range(sent, sent + 1000)))
                sent += 1000
        resent = notifier.drivers[0].resent
    logger.removeHandler(handler)
    arrived = fault.read()
    duplicates = len(arrived) - len(set(arrived))
    record(sent=sent, closed=closed, losses=len(losses), arrived=len(arrived), duplicates=duplicates, resent=resent)
    assert _first_deliveries(arrived) == list(range(sent))
    assert len(losses) >= 3, f"connections closed, round by round: {closed}; sent {sent}, {resent} of them again"
    assert len(arrived) - sent <= resent


@pytest.fixture
def blocked(fault):
    """Set off the disk alarm, and call it off in the end; give an event for when the driver knows of it."""
    noticed = threading.Event()
    logger = logging.getLogger("notify_contracts.drivers.messaging")
    handler = logging.Handler()
    handler.emit = lambda log: noticed.set() if "blocks publishers" in log.getMessage() else None
    logger.addHandler(handler)
    told(fault.node, 'rabbit_disk_monitor:set_disk_free_limit("9000GB").')
    yield noticed
    told(fault.node, 'rabbit_disk_monitor:set_disk_free_limit("1MB").')
    logger.removeHandler(handler)


def test_a_disk_alarm_is_waited_for(fault, blocked, record):
    """While the broker blocks publishers the caller waits; afterwards everything is there, once each, in order."""
    with fault.notifier() as notifier:
        with _in_thread(lambda: notifier.notify_many(_numbered(range(MANY)))) as sender:
            assert blocked.wait(30)
            assert sender.is_alive()
            told(fault.node, 'rabbit_disk_monitor:set_disk_free_limit("1MB").')
        resent = notifier.drivers[0].resent
    arrived = fault.read()
    record(sent=MANY, arrived=len(arrived), resent=resent)
    assert resent == 0
    assert arrived == list(range(MANY))


def test_waiting_for_a_disk_alarm_can_be_bounded(fault, blocked):
    """With a time to wait, the error says that the broker blocks publishers and names everything unconfirmed."""
    with fault.notifier(blocked_timeout=1) as notifier:
        with pytest.raises(DeliveryError, match=r"has blocked publishers for 1 s .*; free its disk") as caught:
            notifier.notify_many(_numbered(range(50)))
        assert [n.payload["number"] for n in caught.value.undelivered] == list(range(50))
        assert blocked.is_set()
        told(fault.node, 'rabbit_disk_monitor:set_disk_free_limit("1MB").')
        notifier.notify_many(_numbered([100]))
    assert fault.read()[-1] == 100


def test_the_command_does_not_wait_for_ever(fault, blocked, command):
    """Emit says that the broker blocks publishers, and ends with 2, however often it may connect again."""
    del blocked  # what hears of it is the driver of another process
    where = ("--url", fault.node.url, "--exchange", fault.exchange, "--topic", fault.topic)
    for retry in ("0", "-1"):
        ran = command("emit", "image.upload", "--example", *where, "--retry", retry, "--blocked-timeout", "0.2")
        assert ran.status == 2
        assert "has blocked publishers for 0.2 s" in ran.err


def test_waiting_for_a_queue_that_hangs_can_be_bounded(fault):
    """A broker that is there, and neither blocks nor confirms, is waited for no longer; when it goes on, so do we."""
    with fault.notifier(blocked_timeout=1) as notifier:
        notifier.notify_many(_numbered([0]))
        with hung(fault.node, fault.queue), pytest.raises(DeliveryError, match="has not answered for 1 s"):
            notifier.notify_many(_numbered([1]))
        notifier.notify_many(_numbered([2]))
    assert fault.read() == [0, 1, 2]  # what was not confirmed may come all the same


def test_a_blocked_driver_can_be_closed(fault, blocked):
    """Closing does not wait for a broker that does not listen; who was waiting is told."""
    with fault.notifier() as notifier:

        def send():
            with pytest.raises(DeliveryError, match="closed before the broker confirmed"):
                notifier.notify_many(_numbered(range(50)))

        with _in_thread(send):
            assert blocked.wait(30)
            notifier.close()


def test_a_binding_is_removed_under_way(fault, record):
    """A binding removed again and again while 10,000 are being sent: what came back is sent again, nothing is lost."""
    with fault.notifier() as notifier, fault.channel() as channel:
        notifier.notify_many(_numbered([0]))
        removed = 0
        with _in_thread(lambda: notifier.notify_many(_numbered(range(1, MANY)))):
            for queued in range(1000, MANY, 1000):
                _wait_until_queued(channel, fault, queued)
                channel.queue_unbind(fault.queue, fault.exchange, fault.queue)
                removed += 1
        resent = notifier.drivers[0].resent
    arrived = fault.read()
    record(sent=MANY, removed=removed, arrived=len(arrived), resent=resent)
    assert resent == 0
    assert arrived == list(range(MANY))


def test_a_queue_is_deleted_under_way(fault, record):
    """A queue deleted while 10,000 are being sent: what was not in it when it went is in the new one, in order."""
    with fault.notifier() as notifier, fault.channel() as channel:
        notifier.notify_many(_numbered([0]))
        with _in_thread(lambda: notifier.notify_many(_numbered(range(1, MANY)))) as sender:
            _wait_until_queued(channel, fault, MANY // 5)
            gone = channel.queue_delete(fault.queue).method.message_count
            assert sender.is_alive()
    arrived = fault.read()
    record(sent=MANY, deleted_with_the_queue=gone, arrived=len(arrived), on_its_way_in=MANY - gone - len(arrived))
    assert arrived == list(range(MANY - len(arrived), MANY))
    # The broker confirms what is on its way into a queue that is being deleted: at most a window of it.
    assert 0 <= MANY - gone - len(arrived) <= notifier.drivers[0].window


LISTENER = """
import sys, pika
channel = pika.BlockingConnection(pika.URLParameters(sys.argv[1])).channel()
channel.basic_qos(prefetch_count=int(sys.argv[3]))
for number, (method, properties, body) in enumerate(channel.consume(sys.argv[2]), 1):
    print(body.decode(), flush=True)
"""


def test_a_listener_dies_with_unacknowledged_messages(fault, record):
    """What a listener had not acknowledged when it died is delivered again, marked as such, and the rest once."""
    count, prefetch = 2000, 300
    with fault.notifier() as notifier:
        notifier.notify_many(_numbered(range(count)))
    seen = Counter()
    command = [sys.executable, "-c", LISTENER, fault.node.url, fault.queue, str(prefetch)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as listener:
        for _ in range(prefetch):
            seen[decode(listener.stdout.readline()).payload["number"]] += 1
        listener.kill()
    redelivered = 0
    with fault.channel() as channel:
        for method, _, body in channel.consume(fault.queue):
            seen[decode(body).payload["number"]] += 1
            redelivered += method.redelivered
            channel.basic_ack(method.delivery_tag)
            if seen.total() == count + prefetch:
                break
        channel.cancel()
        assert channel.queue_declare(fault.queue, passive=True).method.message_count == 0
    record(sent=count, delivered=seen.total(), duplicates=seen.total() - len(seen), marked_redelivered=redelivered)
    assert set(seen) == set(range(count))
    assert {number for number, times in seen.items() if times == 2} == set(range(prefetch))
    assert redelivered == prefetch
