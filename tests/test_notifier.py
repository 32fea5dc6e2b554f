import logging
import subprocess
import sys
import threading
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from itertools import count
from types import MappingProxyType
from uuid import UUID, uuid4

import pytest

from notify_contracts.catalog import load
from notify_contracts.drivers import Driver
from notify_contracts.drivers.log import LOGGER_BASE
from notify_contracts.drivers.memory import MemoryDriver
from notify_contracts.drivers.noop import NoopDriver
from notify_contracts.emitting import Emission, Undelivered, observers, observing, tell
from notify_contracts.emitting.notifier import Notifier
from notify_contracts.errors import ContractViolatedError, DeliveryError, NotifierClosedError, UsageError
from notify_contracts.model import Notification
from notify_contracts.wire import PRIORITIES


class Failing:
    """A driver that delivers nothing."""

    def __init__(self, name="failing"):
        self.name = name
        self.closed = False

    def send(self, notification):
        """Fail."""
        raise DeliveryError(f"{self.name} could not", (notification,))

    def send_many(self, notifications):
        """Fail."""
        raise DeliveryError(f"{self.name} could not", tuple(notifications))

    def close(self):
        """Note it."""
        self.closed = True


@pytest.fixture
def memory():
    """Give a driver that keeps what it is given."""
    return MemoryDriver()


@pytest.fixture
def notifier(memory):
    """Give a notifier with that driver."""
    with Notifier("image.localhost", [memory]) as notifier:
        yield notifier


# What is sent


def test_a_notification_has_exactly_the_six_attributes(memory):
    """The envelope holds the six attributes, with time and id from the sources that were passed in."""
    moment = datetime(2026, 11, 22, 9, 32, 55, 730800, UTC)
    with Notifier("image.localhost", [memory], clock=lambda: moment, ids=lambda: "id-1") as notifier:
        sent = notifier.warn("image.upload", "Store is full")
    assert memory.notifications == (sent,)
    assert sent.envelope == {
        "message_id": "id-1",
        "publisher_id": "image.localhost",
        "event_type": "image.upload",
        "priority": "WARN",
        "timestamp": "2026-11-22 09:32:55.730800",
        "payload": "Store is full",
    }


def test_the_timestamp_is_utc_and_omits_a_zero_fraction(memory):
    """A time of another zone is written as UTC; where there are no microseconds there is no fraction."""
    moment = datetime(2026, 11, 22, 10, 32, 55, 0, timezone(timedelta(hours=1)))
    with Notifier("p", [memory], clock=lambda: moment) as notifier:
        assert notifier.info("image.delete", "x").timestamp == "2026-11-22 09:32:55"


def test_every_notification_has_its_own_random_id(notifier):
    """Without an id source, message ids are distinct lower-case version 4 UUIDs."""
    ids = {notifier.info("image.delete", "x").message_id for _ in range(100)}
    assert len(ids) == 100
    assert all(str(UUID(text)) == text and UUID(text).version == 4 for text in ids)


@pytest.mark.parametrize("priority", PRIORITIES)
def test_a_priority_has_a_method_and_a_name(notifier, priority):
    """Each priority of oslo.messaging is a method: notify with that priority, which may be written in lower case."""
    by_method = getattr(notifier, priority.lower())("image.upload", "x")
    by_name = notifier.notify("image.upload", priority.lower(), "x")
    assert by_method.priority == by_name.priority == priority
    assert type(by_method.priority) is str


def test_priorities_are_not_limited(notifier):
    """Which priorities there are is for a catalog to say: any word is one."""
    assert notifier.notify("image.upload", "fatal", "x").priority == "FATAL"


@pytest.mark.parametrize("priority", ["", "very bad", "a.b", "#", "info\n", None])
def test_what_is_no_priority_is_refused(notifier, memory, priority):
    """What cannot be a word of a routing key is a usage error."""
    with pytest.raises(UsageError, match="it is a word, such as INFO"):
        notifier.notify("image.upload", priority, "x")
    assert memory.notifications == ()


class _Named(str, Enum):  # noqa: UP042  # what services have, and formats as _Named.DELETED
    DELETED = "image.delete"
    INFO = "info"
    HOST = "image.example.org"


def test_members_of_enumerations_are_the_texts_that_they_are(memory, caplog):
    """What names events and priorities in a service arrives as text, in the log's name of the event, too."""
    catalog = load("glance-documented")
    caplog.set_level(logging.INFO)
    with Notifier(_Named.HOST, [memory, "log"], check=catalog.check) as notifier:
        notifier.notify(_Named.DELETED, _Named.INFO, str(uuid4()))
    envelope = memory.notifications[0].envelope
    assert (envelope["publisher_id"], envelope["event_type"]) == ("image.example.org", "image.delete")
    assert {type(value) for value in envelope.values()} == {str}
    assert [record.name for record in caplog.records] == [f"{LOGGER_BASE}.image.delete"]


def test_a_catalog_reads_the_contract_that_a_member_of_an_enumeration_names():
    """A contract that is asked for first by a member of an enumeration is that of the text that it is."""
    notification = load("glance-documented").contract("image.delete", "INFO").example()
    catalog = load("glance-documented")
    verdict = catalog.check(Notification({**notification, "event_type": _Named.DELETED}))
    assert (verdict.contract, verdict.violations) == ("image.delete-INFO", ())


@pytest.mark.parametrize("attribute", ["message_id", "publisher_id", "event_type"])
def test_attributes_that_json_cannot_carry_are_refused(memory, attribute):
    """A UUID or bytes in the envelope is a usage error, before any driver is asked."""
    ids, publisher, event_type = {
        "message_id": (uuid4, "p", "a.b"),
        "publisher_id": (lambda: str(uuid4()), b"p", "a.b"),
        "event_type": (lambda: str(uuid4()), "p", 1j),
    }[attribute]
    with (
        Notifier(publisher, [memory], ids=ids) as notifier,
        pytest.raises(UsageError, match=f"^the {attribute} cannot be sent as JSON: "),
    ):
        notifier.info(event_type, "x")
    assert memory.notifications == ()


@pytest.mark.parametrize("driver", [None, MemoryDriver, 5])
def test_what_is_no_driver_is_refused(driver):
    """What has no way to send, a class of drivers included, is refused where it is given."""
    with pytest.raises(UsageError, match="is no driver: name one, or make one"):
        Notifier("p", [driver])


def test_many_are_sent_in_order(notifier, memory):
    """notify_many sends everything in the order given and returns it."""
    sent = notifier.notify_many(("image.delete", "INFO", str(number)) for number in range(50))
    assert [n.payload for n in sent] == [str(number) for number in range(50)]
    assert memory.notifications == tuple(sent)


# The payload


def test_the_payload_is_neither_changed_nor_shared(notifier, memory):
    """What the caller does to a payload afterwards changes nothing that was recorded."""
    payload = {"tags": ["a"], "properties": {"k": "v"}}
    notifier.info("image.update", payload)
    assert payload == {"tags": ["a"], "properties": {"k": "v"}}
    payload["tags"].append("b")
    payload["properties"].clear()
    assert memory.notifications[0].payload == {"tags": ["a"], "properties": {"k": "v"}}


def test_tuples_and_mappings_become_what_json_makes_of_them(notifier):
    """A tuple arrives as an array and any mapping as an object, as on the wire."""
    sent = notifier.info("image.update", MappingProxyType({"tags": ("a", "b"), "more": MappingProxyType({"x": 1})}))
    assert sent.payload == {"tags": ["a", "b"], "more": {"x": 1}}


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), datetime(2026, 1, 1, tzinfo=UTC), UUID(int=4), {1, 2}, b"x", "\ud800", 2**64, {1: 2}],
    ids=str,
)
def test_what_json_cannot_carry_is_refused(notifier, memory, value):
    """A payload that would be changed on the way, or cannot be written at all, is a usage error, and not sent."""
    with pytest.raises(UsageError, match=r"payload of image\.update"):
        notifier.info("image.update", {"value": value})
    assert memory.notifications == ()


def test_endless_nesting_is_refused(notifier):
    """A payload that contains itself is a usage error, not a crash."""
    payload = {}
    payload["self"] = payload
    with pytest.raises(UsageError, match="cannot be sent as JSON"):
        notifier.info("image.update", payload)


# Drivers


def test_noop_is_the_default():
    """A notifier without drivers sends nowhere, and still says what it would have sent."""
    with Notifier("p") as notifier:
        assert [type(driver) for driver in notifier.drivers] == [NoopDriver]
        assert notifier.info("image.delete", "x").payload == "x"


def test_several_drivers_carry_the_same_notification(memory):
    """Names and objects mix, and every driver gets the very same notification."""
    other = MemoryDriver()
    with Notifier("p", ["noop", memory, other]) as notifier:
        notifier.info("image.delete", "x")
        notifier.notify_many([("image.delete", "INFO", "y"), ("image.delete", "INFO", "z")])
    assert len(memory.notifications) == 3
    assert memory.notifications == other.notifications


@pytest.mark.parametrize("argument", ["drivers", "disabled"])
def test_a_name_in_place_of_a_list_is_refused(argument):
    """A string where a list of names belongs would be taken apart into letters; it is a usage error."""
    with pytest.raises(UsageError, match="lists of names"):
        Notifier("p", **{argument: "log"})


def test_an_unknown_on_error_is_refused():
    """on_error has two values; anything else is a usage error that lists them."""
    with pytest.raises(UsageError, match="'ignore'; choose from raise, log"):
        Notifier("p", on_error="ignore")


def test_a_failing_driver_does_not_keep_others_from_theirs(memory):
    """Every driver has its turn before the first error is raised; further errors are notes on it."""
    with Notifier("p", [Failing("one"), memory, Failing("two")]) as notifier, pytest.raises(DeliveryError) as caught:
        notifier.info("image.delete", "x")
    assert str(caught.value) == "one could not"
    assert caught.value.undelivered == memory.notifications
    assert caught.value.__notes__ == ["and another driver: two could not"]


def test_an_error_can_be_logged_instead(memory, caplog):
    """With on_error="log" the caller sees no error; the log does, as with oslo.messaging."""
    with Notifier("p", [Failing(), memory], on_error="log") as notifier:
        notifier.info("image.delete", "x")
    assert len(memory.notifications) == 1
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert "failing could not" in record.exc_text


# Disabled


@pytest.mark.parametrize(
    ("disabled", "sent"),
    [
        ((), {"image.create", "image.member.create", "task.success", "images.create"}),
        (("image",), {"task.success", "images.create"}),
        (("image.member",), {"image.create", "task.success", "images.create"}),
        (("task.success", "image.create"), {"image.member.create", "images.create"}),
        (("image.mem", "tas", "success"), {"image.create", "image.member.create", "task.success", "images.create"}),
    ],
)
def test_a_disabled_group_covers_all_below_it_at_a_dot(memory, disabled, sent):
    """A disabled name stands for itself and what follows it after a dot, never for part of a word."""
    events = ("image.create", "image.member.create", "task.success", "images.create")
    with Notifier("p", [memory], disabled=disabled) as notifier:
        answers = {event: notifier.info(event, "x") for event in events}
        notifier.notify_many((event, "INFO", "x") for event in events)
    assert {event for event, answer in answers.items() if answer is not None} == sent
    assert {notification.event_type for notification in memory.notifications} == sent
    assert len(memory.notifications) == 2 * len(sent)


# Check


@pytest.fixture(scope="module")
def catalog():
    """Give the default catalog."""
    return load()


def test_what_conforms_is_sent(memory, catalog):
    """With a check, every example of the catalog is sent."""
    with Notifier("glance.host-1", [memory], check=catalog.check) as notifier:
        for contract in catalog.contracts:
            example = contract.example()
            notifier.notify(example["event_type"], example["priority"], example["payload"])
    assert len(memory.notifications) == len(catalog.contracts) == 33


def test_what_breaks_its_contract_is_not_sent(memory, catalog):
    """A violation raises an error in one line that says where and how to send it all the same, and holds it."""
    with Notifier("p", [memory], check=catalog.check) as notifier, pytest.raises(ContractViolatedError) as caught:
        notifier.info("image.delete", {"id": "not a bare id"})
    assert memory.notifications == ()
    assert [violation.pointer for violation in caught.value.violations] == ["/payload"]
    message = str(caught.value)
    assert message.startswith("image.delete-INFO was not sent, it breaks its contract at /payload: ")
    assert message.endswith("pass unchecked=True to send it all the same")
    assert "\n" not in message


def test_of_many_none_is_sent_if_one_breaks_its_contract(memory, catalog):
    """All are checked before the first is sent."""
    good = ("image.delete", "INFO", str(uuid4()))
    with Notifier("p", [memory], check=catalog.check) as notifier, pytest.raises(ContractViolatedError):
        notifier.notify_many([good, ("image.delete", "INFO", 5), good])
    assert memory.notifications == ()


def test_it_can_be_sent_all_the_same(memory, catalog):
    """An unchecked call sends what breaks its contract, for testing consumers, by every method."""
    with Notifier("p", [memory], check=catalog.check) as notifier:
        notifier.info("no.such.event", "x", unchecked=True)
        notifier.warn("no.such.event", "x", unchecked=True)
        notifier.error("no.such.event", "x", unchecked=True)
        notifier.notify("no.such.event", "INFO", "x", unchecked=True)
        notifier.notify_many([("no.such.event", "INFO", "x")], unchecked=True)
    assert len(memory.notifications) == 5


# Closing and threads


def test_closing_closes_every_driver_once():
    """Leaving the context closes the drivers; closing again does nothing."""
    drivers = [Failing(), Failing()]
    with Notifier("p", drivers) as notifier:
        assert not any(driver.closed for driver in drivers)
    assert all(driver.closed for driver in drivers)
    drivers[0].closed = False
    notifier.close()
    assert not drivers[0].closed


class Stuck(MemoryDriver):
    """A driver that cannot be closed the first time."""

    def __init__(self, name="stuck"):
        super().__init__()
        self.name = name
        self.calls = 0

    def close(self):
        """Fail, then succeed."""
        self.calls += 1
        if self.calls == 1:
            raise OSError(f"{self.name} is stuck")


def test_every_driver_is_closed():
    """A driver that cannot be closed leaves none of the others open; a second call closes it, and it alone."""
    first, second, other = Stuck("first"), Stuck("second"), Failing()
    notifier = Notifier("p", [first, second, other])
    with pytest.raises(OSError, match="first is stuck") as raised:
        notifier.close()
    assert raised.value.__notes__ == ["and another driver: second is stuck"]
    assert other.closed
    other.closed = False
    notifier.close()
    notifier.close()
    assert (first.calls, second.calls, other.closed) == (2, 2, False)
    with pytest.raises(NotifierClosedError):
        notifier.info("image.delete", "x")


def test_what_went_wrong_first_is_raised():
    """What the body of a with statement raises is not replaced by a driver that cannot be closed: that is a note."""
    other = Failing()
    with pytest.raises(ZeroDivisionError) as raised, Notifier("p", [Stuck(), other]):
        raise ZeroDivisionError
    assert raised.value.__notes__ == ["and a driver could not be closed: stuck is stuck"]
    assert other.closed
    with pytest.raises(OSError, match="stuck is stuck"), Notifier("p", [Stuck()]):
        pass


def test_a_notifier_that_is_never_made(monkeypatch):
    """Drivers that were made by name are closed where a later name is none; objects stay with whoever made them."""
    made, given = Stuck(), Failing()
    monkeypatch.setattr("notify_contracts.drivers.noop.NoopDriver", lambda: made)
    with pytest.raises(UsageError, match="there is no driver 'nope'") as raised:
        Notifier("p", ["noop", given, "nope"])
    assert raised.value.__notes__ == ["and a driver could not be closed: stuck is stuck"]
    assert (made.calls, given.closed) == (1, False)


def test_observers_of_several_threads():
    """Who begins to listen is heard, at whatever point of another's beginning and ending Python switches threads."""
    heard, begun, others, before = [], [], ExitStack(), sys.gettrace()

    def switch(frame, _event, _argument):
        if frame.f_code.co_filename == observers.__file__:
            begun.append(others.enter_context(observing(heard.append)))
        return switch

    sys.settrace(switch)
    try:
        with observing(bool):
            pass
    finally:
        sys.settrace(before)
    with others:
        tell(Emission("notifier", Undelivered("x")))
    assert len(heard) == len(begun) > 0


def test_a_closed_notifier_says_so(memory):
    """Sending with a closed notifier raises an error that names it, whatever is sent."""
    notifier = Notifier("image.localhost", [memory], disabled=["image"])
    notifier.close()
    for send in (notifier.info, notifier.warn, notifier.error):
        with pytest.raises(NotifierClosedError, match=r"notifier of image\.localhost is closed"):
            send("image.delete", "x")
    with pytest.raises(NotifierClosedError):
        notifier.notify_many([])


def test_threads_share_a_notifier(memory):
    """Of many threads that share a notifier, each has every notification sent once, in its order."""
    threads, each = 16, 200
    numbers = count()
    with Notifier("p", [memory], ids=lambda: str(next(numbers))) as notifier:

        def work(thread):
            for number in range(each):
                notifier.info("image.update", {"thread": thread, "number": number})

        workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    for thread in range(threads):
        order = [n.payload["number"] for n in memory.notifications if n.payload["thread"] == thread]
        assert order == list(range(each))
    assert len(memory.notifications) == threads * each


def test_the_drivers_at_hand_are_drivers(memory):
    """Anything with send, send_many and close is a driver; nothing else is."""
    assert isinstance(memory, Driver)
    assert isinstance(Failing(), Driver)
    assert not isinstance(object(), Driver)


def test_the_notifier_does_not_load_pika():
    """Emitting without a broker does not cost the import of a client library."""
    emit = "from notify_contracts import Notifier; Notifier('shop.host', ['noop']).info('a.b', {})"
    code = f"import sys; {emit}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "notify_contracts.drivers.noop" in loaded
    assert not [name for name in loaded if name.startswith(("pika", "ssl"))]
