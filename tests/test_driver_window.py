from notify_contracts.drivers.amqp_batch import Batch
from notify_contracts.drivers.amqp_window import Window
from notify_contracts.drivers.backoff import FIRST, LONGEST, backoff
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
