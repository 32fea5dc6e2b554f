import json
import struct
import threading
from contextlib import contextmanager
from functools import reduce
from uuid import uuid4

import pika
import pytest

from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.emitting.notifier import Notifier
from notify_contracts.errors import ArrivalError, BrokerError, UsageError
from notify_contracts.model import Delivery, Unreadable
from notify_contracts.tap import Tap
from tests.inside_node import add_user, limited, told


@pytest.fixture
def names():
    """Give an exchange and a topic of the test's own."""
    return f"exchange-{uuid4().hex}", f"topic-{uuid4().hex}"


@pytest.fixture
def channel(broker_url, names):
    """Give the test's own way to the broker, and clean up behind everybody."""
    connection = pika.BlockingConnection(pika.URLParameters(broker_url))
    channel = connection.channel()
    yield channel
    exchange, topic = names
    for priority in ("info", "warn", "error"):
        connection.channel().queue_delete(f"{topic}.{priority}")
    connection.channel().exchange_delete(exchange)
    connection.close()


@pytest.fixture
def tap(broker_url, names, channel):  # noqa: ARG001 - cleans up
    """Give an open tap."""
    exchange, topic = names
    with Tap(broker_url, exchange, (topic,)) as tap:
        yield tap


@contextmanager
def _notifier(url, names, **options):
    exchange, topic = names
    with Notifier("image.localhost", [MessagingDriver(url, exchange, (topic,), **options)]) as notifier:
        yield notifier


@pytest.fixture
def notifier(broker_url, names, tap):  # noqa: ARG001 - the tap comes first
    """Give a notifier that came after the tap."""
    with _notifier(broker_url, names) as notifier:
        yield notifier


def _payloads(arrived):
    return [notification.payload for notification in arrived]


# What arrives


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_a_notification_comes_with_how_it_was_carried(broker_url, names, tap, version):
    """Envelope, context, format version, exchange, routing key and properties are all there."""
    exchange, topic = names
    with _notifier(broker_url, names, format_version=version) as notifier:
        sent = notifier.error("image.upload", "Store is full")
    (got,) = tap.expect(1)
    assert got.envelope == sent.envelope
    assert list(got.context) == ["_unique_id"]
    assert got.format_version == version
    assert got.delivery == Delivery(
        exchange,
        f"{topic}.error",
        {
            "content_type": "application/json",
            "content_encoding": "utf-8",
            "headers": {},
            "delivery_mode": 2,
            "priority": 0,
        },
    )


def test_every_priority_and_topic_is_tapped(broker_url, names, channel):
    """Whatever the priority is, or is not, what goes to the topics asked for comes, and nothing of another."""
    exchange, topic = names
    channel.exchange_declare(exchange, "topic")
    with Tap(broker_url, exchange, (topic, "other")) as tap:
        for key in (f"{topic}.info", "other.warn", f"{topic}.error", "third.info", f"{topic}.debug", topic):
            channel.basic_publish(exchange, key, json.dumps({"payload": key}).encode())
        arrived = tap.expect(5)
        tap.nothing_more()
    assert _payloads(arrived) == [f"{topic}.info", "other.warn", f"{topic}.error", f"{topic}.debug", topic]
    assert tap.binding == f"{topic}.# and other.#"
    assert tap.routing_keys == {f"{topic}.info", "other.warn", f"{topic}.error", f"{topic}.debug", topic}


@pytest.mark.parametrize("is_there", [False, True], ids=["made by the tap", "of somebody else"])
def test_all_of_an_exchange_of_its_own(is_there, broker_url, names, channel):
    """What is sent under another routing key comes, too, where that is asked for and the exchange is the tap's own."""
    exchange, topic = names
    if is_there:
        channel.exchange_declare(exchange, "topic")
    with Tap(broker_url, exchange, (topic,), is_whole=True) as tap:
        for key in ("third.info", f"{topic}.info"):
            channel.basic_publish(exchange, key, json.dumps({"payload": key}).encode())
        arrived = tap.drain()
    assert _payloads(arrived) == ([] if is_there else ["third.info"]) + [f"{topic}.info"]
    assert tap.binding == (f"{topic}.#" if is_there else "#")


def test_an_exchange_that_knows_no_wildcards(broker_url, names, channel):
    """On an exchange that delivers nothing for a wildcard, a tap does not say that nothing came."""
    exchange, topic = names
    channel.exchange_declare(exchange, "direct")
    with Tap(broker_url, exchange, (topic,)) as tap:
        channel.basic_publish(exchange, f"{topic}.info", b"{}")
        with pytest.raises(BrokerError, match="is it no topic exchange"):
            tap.nothing_more(0.5)


def test_routing_keys_of_another_form(broker_url, names, channel):
    """A tap hears what a service sends that makes its routing keys in its own way, and no sentinel of another tap."""
    exchange, topic = names
    channel.exchange_declare(exchange, "topic")
    with (
        Tap(broker_url, exchange, (topic,), routing_key="{event_type}-{priority}") as tap,
        Tap(broker_url, exchange, (topic,)) as other,
    ):
        other.nothing_more()
        channel.basic_publish(exchange, "image.create-info", json.dumps({"payload": 1}).encode())
        assert _payloads(tap.expect(1)) == [1]
        other.nothing_more()
        tap.nothing_more()
    assert tap.binding == "#"


def test_what_cannot_be_read_comes_as_unreadable(tap, names, channel):
    """A body that is no notification has its place among the others."""
    exchange, topic = names
    for body in (b"{}", b"not json", b"{}"):
        channel.basic_publish(exchange, f"{topic}.info", body)
    assert [type(item) is Unreadable for item in tap.expect(3)] == [False, True, False]


_TYPE_AND_HEADERS = 0b1010_0000_0000_0000  # the first and the third of the properties


def _within(table, _level):
    return b"\x01tF" + struct.pack(">I", len(table)) + table


class _Headers(pika.BasicProperties):
    """A content type, and headers as they go over the wire: pika cannot write all that AMQP has."""

    def __init__(self, table):
        super().__init__()
        self._table = table

    def encode(self):
        kind = b"application/json"
        return [
            struct.pack(">HB", _TYPE_AND_HEADERS, len(kind)),
            kind,
            struct.pack(">I", len(self._table)),
            self._table,
        ]


@pytest.mark.parametrize(
    "table",
    [b"\x04sentT" + (1_800_000_000_000).to_bytes(8), reduce(_within, range(1000), b"")],
    ids=["a time in milliseconds", "tables within tables"],
)
def test_headers_that_python_has_no_value_for(table, tap, names, channel):
    """A message whose headers cannot be decoded is a message; it was taken for a lost connection, again and again."""
    exchange, topic = names
    for properties in (_Headers(table), pika.BasicProperties(headers={"n": 1})):
        channel.basic_publish(exchange, f"{topic}.info", b"{}", properties)
    strange, plain = tap.expect(2)
    assert strange.delivery.properties == {"content_type": "application/json"}
    assert plain.delivery.properties == {"headers": {"n": 1}}


def test_a_tap_takes_nothing_from_others(tap, notifier, names, channel):
    """What the tap has seen is still in the queue for its consumers; the sentinel is not."""
    _, topic = names
    notifier.info("image.delete", "x")
    tap.expect(1)
    tap.nothing_more()
    assert channel.queue_declare(f"{topic}.info", passive=True).method.message_count == 1


# The exchange


@pytest.mark.parametrize("durable", [False, True])
def test_an_existing_exchange_is_used_as_it_is(broker_url, names, channel, durable):
    """Whether the exchange is durable or not, the tap binds to it, and leaves it."""
    exchange, topic = names
    channel.exchange_declare(exchange, "topic", durable=durable)
    with Tap(broker_url, exchange, (topic,)) as tap:
        channel.basic_publish(exchange, f"{topic}.info", b'{"payload": "x"}')
        assert _payloads(tap.expect(1)) == ["x"]
    channel.exchange_declare(exchange, passive=True)


@pytest.mark.parametrize("durable", [False, True])
def test_a_tap_works_before_the_first_notification(broker_url, names, channel, durable):
    """Where there is no exchange yet, the tap declares it as it is told, and the emitter that comes later agrees."""
    exchange, topic = names
    with (
        Tap(broker_url, exchange, (topic,), durable=durable) as tap,
        _notifier(broker_url, names, durable=durable) as notifier,
    ):
        notifier.info("image.delete", "x")
        assert _payloads(tap.expect(1)) == ["x"]
    channel.exchange_declare(exchange, passive=True)  # in use by the emitter's queue


def test_an_exchange_that_nobody_uses_is_removed_again(broker_url, names, channel):
    """An exchange that the tap made is gone with it, if nobody else has bound a queue."""
    exchange, topic = names
    with Tap(broker_url, exchange, (topic,)) as tap:
        tap.nothing_more()
    with pytest.raises(pika.exceptions.ChannelClosedByBroker, match="NOT_FOUND"):
        channel.exchange_declare(exchange, passive=True)


# Expecting


def test_expect_gives_as_many_as_asked_for(tap, notifier):
    """What goes beyond the number stays for the next call, in order."""
    notifier.notify_many(("image.delete", "INFO", str(number)) for number in range(5))
    assert _payloads(tap.expect(2)) == ["0", "1"]
    assert _payloads(tap.expect(3)) == ["2", "3", "4"]
    assert tap.expect(0) == []


def test_expect_waits_for_what_comes_later(tap, notifier):
    """It returns as soon as the last one is there, not before and not at the end of the time."""
    sender = threading.Thread(target=lambda: [notifier.info("image.delete", str(n)) for n in range(3)])
    sender.start()
    assert _payloads(tap.expect(3, timeout=600)) == ["0", "1", "2"]
    sender.join()


def test_expect_takes_many(tap, notifier):
    """Far more notifications than wake the reader come once each, in order."""
    notifier.notify_many(("image.update", "INFO", {"number": number}) for number in range(3000))
    assert [payload["number"] for payload in _payloads(tap.expect(3000))] == list(range(3000))
    tap.nothing_more()


def test_when_too_few_come_the_error_lists_them(tap, notifier):
    """The error says how many were expected, names what did arrive, and holds it."""
    one, two = notifier.info("image.delete", "x"), notifier.warn("image.upload", "y")
    with pytest.raises(ArrivalError) as caught:
        tap.expect(3, timeout=1)
    assert str(caught.value) == (
        "expected 3 notifications within 1 s, 2 came: "
        f"image.delete INFO {one.message_id}; image.upload WARN {two.message_id}"
    )
    assert _payloads(caught.value.arrived) == ["x", "y"]


def test_when_none_comes_the_error_says_so(tap):
    """Nothing at all is stated as such."""
    with pytest.raises(ArrivalError, match=r"expected 1 notifications within 0\.1 s, none came"):
        tap.expect(1, timeout=0.1)


def test_a_long_list_is_cut(tap, notifier, names, channel):
    """An error names ten and counts the others; what is unreadable is called that."""
    exchange, topic = names
    channel.basic_publish(exchange, f"{topic}.info", b"[]\x1b")
    notifier.notify_many(("image.delete", "INFO", "x") for _ in range(13))
    with pytest.raises(ArrivalError) as caught:
        tap.nothing_more()
    message = str(caught.value)
    assert message.startswith("expected nothing more, 14 came: ")
    assert "unreadable (the body is not JSON" in message
    assert message.endswith("; and 4 more")
    assert message.count("image.delete INFO") == 9


# Nothing more


def test_nothing_more_is_proved_at_once(tap, notifier):
    """With nothing unread it returns; with something it raises, and takes it."""
    tap.nothing_more()
    notifier.info("image.delete", "x")
    with pytest.raises(ArrivalError, match=r"expected nothing more, 1 came: image.delete INFO"):
        tap.nothing_more()
    tap.nothing_more()


def test_drain_gives_all_that_was_confirmed(tap, notifier):
    """Everything whose emitter had its confirm comes before the sentinel, however much it is."""
    for number in (0, 1, 1200):
        notifier.notify_many(("image.delete", "INFO", "x") for _ in range(number))
        assert len(tap.drain()) == number


def test_a_sentinel_that_comes_late_is_not_a_notification(tap, notifier):
    """After a drain that had no time to wait, its sentinel does not count as an arrival."""
    gave_up = threading.Event()
    tap._client.io.call(gave_up.wait)  # noqa: SLF001  # until then nothing is sent
    with pytest.raises(BrokerError, match=r"sentinel did not come back .* within 0 s"):
        tap.drain(timeout=0)
    gave_up.set()
    notifier.info("image.delete", "x")
    assert _payloads(tap.expect(1)) == ["x"]
    tap.nothing_more()


def test_other_taps_do_not_see_the_sentinel(broker_url, names, tap):
    """Two taps of one exchange prove independently that nothing more came."""
    exchange, topic = names
    with Tap(broker_url, exchange, (topic,)) as other:
        tap.nothing_more()
        other.nothing_more()
        tap.nothing_more()


# Iterating and ending


def test_iterating_gives_notifications_as_they_come(tap, notifier):
    """A loop over the tap sees each as it comes, and ends when another thread closes the tap."""
    seen = []
    first = threading.Event()

    def read():
        for item in tap:
            seen.append(item.payload)
            first.set()

    reader = threading.Thread(target=read)
    reader.start()
    notifier.info("image.delete", "x")
    assert first.wait(10)
    notifier.notify_many(("image.delete", "INFO", str(number)) for number in range(700))
    tap.close()
    reader.join(10)
    assert not reader.is_alive()
    assert seen == ["x", *map(str, range(len(seen) - 1))]


def test_a_tap_is_entered_once(broker_url, names):
    """It must be entered before use, cannot be entered again, and may be closed twice."""
    tap = Tap(broker_url, names[0])
    tap.close()
    with pytest.raises(UsageError, match="entered once"), tap:
        pass
    tap = Tap(broker_url, names[0])
    for use in (lambda: tap.expect(1), tap.drain, lambda: next(iter(tap))):
        with pytest.raises(UsageError, match="use it in a with statement"):
            use()
    with tap:
        pass
    tap.close()
    with pytest.raises(UsageError, match="not open"):
        tap.expect(1)


@pytest.mark.parametrize("topics", ["notifications", ()])
def test_topics_is_a_list(topics):
    """A string in place of a list of topics, or no topic at all, is a usage error."""
    with pytest.raises(UsageError, match="topics is a list"):
        Tap("amqp://localhost", "exchange", topics)


def test_a_topic_has_a_name():
    """A topic without a name, which nobody sends under, is a usage error."""
    with pytest.raises(UsageError, match="a topic has no name"):
        Tap("amqp://localhost", "exchange", ("notifications", ""))


LIMIT = 50


def test_what_is_not_read_is_not_left_to_the_broker(local_node, names):
    """However much comes before anybody reads, no limit on the broker's queues has it dropped."""
    with limited(local_node, f'{{<<"max-length">>, {LIMIT}}}'), Tap(local_node.url, names[0], (names[1],)) as tap:
        with _notifier(local_node.url, names) as notifier:
            for number in range(700):
                notifier.info("image.update", {"number": number})
        assert [payload["number"] for payload in _payloads(tap.drain())] == list(range(700))


@pytest.mark.parametrize("limit", [f'{{<<"max-length">>, {LIMIT}}}', '{<<"message-ttl">>, 1}'])
def test_what_is_dropped_is_not_passed_over(limit, local_node, names):
    """What the broker had to drop, as a connection took no more, is told by every call: it may have been wrong."""
    with limited(local_node, limit), Tap(local_node.url, names[0], (names[1],)) as tap:
        resting, rested = threading.Event(), threading.Event()
        tap._client.io.call(lambda: (resting.set(), rested.wait()))  # noqa: SLF001 - no thread of a test can stop it
        resting.wait()
        with pika.BlockingConnection(pika.URLParameters(local_node.url)) as connection:
            channel = connection.channel()
            channel.confirm_delivery()
            for _ in range(600):
                channel.basic_publish(names[0], f"{names[1]}.info", b"x" * 65_536)
        rested.set()
        for use in (tap.drain, tap.nothing_more, lambda: next(iter(tap))):
            with pytest.raises(BrokerError, match=r"dropped messages before the tap had them; no policy there may"):
                use()


def test_a_deleted_exchange_is_not_passed_over(local_node, names):
    """An exchange that is away is told as that; one that was made again is suspected where nothing comes back."""
    for is_made_again, said in ((False, "was deleted while it was tapped"), (True, "was the exchange deleted mean")):
        with Tap(local_node.url, names[0]) as tap, pika.BlockingConnection(pika.URLParameters(local_node.url)) as mine:
            channel = mine.channel()
            channel.exchange_delete(names[0])
            if is_made_again:
                channel.exchange_declare(names[0], "topic", auto_delete=True)
            with pytest.raises(BrokerError, match=said):
                tap.drain(timeout=0.5)
            channel.exchange_delete(names[0])


def test_a_broker_that_blocks_publishers_is_named(local_node, names):
    """Where the proof that nothing more came cannot be had, the broker's own reason is told."""
    told(local_node, "vm_memory_monitor:set_vm_memory_high_watermark(0.0).")
    try:
        with (
            Tap(local_node.url, names[0]) as tap,
            pytest.raises(BrokerError, match=r"publishers \(low on memory\): free"),
        ):
            tap.drain(timeout=0.5)
    finally:
        told(local_node, "vm_memory_monitor:set_vm_memory_high_watermark(0.4).")


def test_a_lost_connection_is_not_passed_over(local_node, names):
    """When the broker closes the connection, what had arrived is still given; then every call says what happened."""
    with Tap(local_node.url, names[0], (names[1],)) as tap:
        with _notifier(local_node.url, names) as notifier:
            notifier.info("image.delete", "x")
            tap.expect(1)
            notifier.info("image.delete", "y")
        local_node.rabbitmqctl("close_all_connections", "test")
        assert _payloads(tap.expect(1)) == ["y"]
        for use in (lambda: tap.expect(1), tap.drain, lambda: next(iter(tap))):
            with pytest.raises(BrokerError, match=r"closed the connection: 320 CONNECTION_FORCED - test"):
                use()


def test_a_deleted_queue_is_not_passed_over(local_node, names):
    """When somebody deletes the tap's queue, every call says so."""
    with Tap(local_node.url, names[0], (names[1],)) as tap:
        # With the first of its two queues the tap goes, and with that the other, perhaps while it is being deleted.
        deleted = '(catch rabbit_amqqueue:delete(Q, false, false, <<"test">>))'
        told(local_node, f'[{deleted} || Q <- rabbit_amqqueue:list(<<"/">>)].')
        with pytest.raises(BrokerError, match="was deleted by somebody"):
            tap.expect(1)


def test_a_missing_permission_is_named(local_node, names):
    """A tap that may not bind says what was refused."""
    add_user(local_node, names[1], "secret", ".*", ".*", "^amq.*")
    url = f"amqp://{names[1]}:secret@{local_node.url.partition('@')[2]}"
    with pytest.raises(BrokerError, match=f"refused to tap exchange '{names[0]}': ACCESS_REFUSED"), Tap(url, names[0]):
        pass
