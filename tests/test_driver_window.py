from types import SimpleNamespace

from pika.spec import Basic

from notify_contracts._amqp.batch import Batch
from notify_contracts._amqp.delays import FIRST, LONGEST, backoff
from notify_contracts._amqp.publisher import Publisher
from notify_contracts._amqp.sending import Sending
from notify_contracts._amqp.topology import Topology
from notify_contracts._amqp.window import Window
from notify_contracts.errors import BrokerError
from notify_contracts.model import Notification

NOTHING = Notification({})


def _filled(number, size=100):
    window = Window(size)
    messages = Batch((index, "key", NOTHING) for index in range(number)).messages
    for message in messages:
        message.body = b"body %d" % message.index
        window.add(message)
    return window, messages


def test_a_confirm_settles_its_message_only():
    """A confirm without the multiple flag takes out the message with that tag; tags count from one."""
    window, messages = _filled(3)
    assert window.confirm(2, multiple=False) == [messages[1]]
    assert window.messages() == [messages[0], messages[2]]


def test_a_multiple_confirm_settles_all_up_to_its_tag():
    """A confirm with the multiple flag takes out everything up to its tag, oldest first."""
    window, messages = _filled(5)
    window.confirm(2, multiple=False)
    assert window.confirm(4, multiple=True) == [messages[0], messages[2], messages[3]]


def test_the_window_is_bounded():
    """It takes more until its size is reached, and again after a confirm."""
    window, _ = _filled(2, size=2)
    assert not window.takes_more
    window.confirm(1, multiple=False)
    assert window.takes_more


def test_a_returned_message_stays_when_it_is_confirmed():
    """A confirm does not settle what came back; it is taken out once nothing else is unconfirmed."""
    window, messages = _filled(3)
    window.come_back("key", b"body 2")
    window.come_back("key", b"body 1")
    assert not window.takes_more
    assert window.confirm(2, multiple=True) == [messages[0]]
    assert not window.awaits_only_returned
    assert window.confirm(3, multiple=False) == []
    assert window.awaits_only_returned
    assert window.take_returned() == [messages[1], messages[2]]
    assert window.takes_more


def test_equal_bodies_come_back_one_after_the_other():
    """Should two bodies be the same, each return stands for another of them."""
    window = Window(10)
    messages = Batch((index, "key", NOTHING) for index in range(2)).messages
    for message in messages:
        message.body = b"same"
        window.add(message)
    window.come_back("key", b"same")
    window.come_back("key", b"same")
    window.confirm(2, multiple=True)
    assert window.take_returned() == messages


def test_what_is_lost_with_a_channel_keeps_its_order():
    """Everything unsettled comes out in the order of publishing, also what came back and was confirmed."""
    window, messages = _filled(4)
    window.come_back("key", b"body 1")
    window.confirm(2, multiple=False)
    assert window.take_all() == messages
    assert window.take_all() == []
    window.add(messages[0])
    assert window.confirm(1, multiple=False) == [messages[0]]


def test_a_batch_ends_when_all_is_settled():
    """A batch is finished with its last message, and names what failed by the index of the notification."""
    reason = BrokerError("no")
    batch = Batch([(7, "key", NOTHING), (8, "key", NOTHING), (8, "other", NOTHING)])
    batch.messages[0].confirm()
    batch.messages[2].give_up(reason)
    assert not batch.finished.done()
    batch.messages[1].confirm()
    assert batch.finished.result(0) == {8: reason}


def test_what_is_settled_stays_settled():
    """A confirm that comes after a message was given up changes nothing, nor the other way round."""
    batch = Batch([(0, "key", NOTHING), (1, "key", NOTHING)])
    batch.messages[0].confirm()
    batch.give_up(BrokerError("too late for the first"))
    batch.messages[1].confirm()
    assert set(batch.finished.result(0)) == {1}


def test_delays_grow_up_to_a_bound():
    """Delays double from the first to the longest, at most half of each left out at random, and vary."""
    for attempt in range(1, 200):
        bound = min(LONGEST, FIRST * 2 ** (attempt - 1))
        assert bound / 2 <= backoff(attempt) <= bound
    assert len({backoff(5) for _ in range(20)}) > 1


class UnroutingChannel:
    """A channel as pika's, whose broker accepts every declaration and returns every message."""

    is_open = True

    def __init__(self):
        self.published = 0
        self.tags = 0

    def __getattr__(self, name):
        """Accept a call, and answer it at once where an answer is asked for."""
        return lambda *_, callback=None, **__: callback(None) if callback else None

    def add_on_return_callback(self, on_return):
        """Note whom to tell what comes back."""
        self.on_return = on_return

    def confirm_delivery(self, on_confirm, callback):
        """Note whom to tell what is confirmed."""
        self.on_confirm = on_confirm
        callback(None)

    def basic_publish(self, _exchange, routing_key, body, _properties, mandatory):
        """Count a message."""
        assert mandatory
        self.published += 1
        self.last = routing_key, body

    def return_last(self):
        """Return the message that was published last, and confirm it, as a broker does."""
        routing_key, body = self.last
        self.tags += 1
        self.on_return(self, SimpleNamespace(routing_key=routing_key), None, body)
        self.on_confirm(SimpleNamespace(method=Basic.Ack(self.tags)))


def test_a_message_that_always_comes_back_is_given_up():
    """Where a queue is declared and bound again and again and no message reaches it, the caller is told."""
    channel = UnroutingChannel()
    connection = SimpleNamespace(
        channel=lambda on_open_callback: on_open_callback(channel),
        add_on_connection_blocked_callback=lambda _callback: None,
        add_on_connection_unblocked_callback=lambda _callback: None,
    )
    link = SimpleNamespace(want=lambda: None, progress=lambda: None, answered=lambda: None)
    client = SimpleNamespace(where="amqp://host", io=SimpleNamespace(), link=link)
    publisher = Publisher(client, Topology("exchange"), Sending(), lambda _notification: b"body")
    publisher.connected(connection)
    batch = Batch([(0, "topic.info", NOTHING)])
    publisher.submit(batch)
    for _ in range(4):
        assert not batch.finished.done()
        channel.return_last()
    assert channel.published == 4
    assert publisher.resent == 0
    assert "found no queue for routing key 'topic.info'" in str(batch.finished.result(0)[0])
