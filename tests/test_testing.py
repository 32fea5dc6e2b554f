"""``notify_contracts.testing``: the assertions for any test runner, and what a recorder makes of what it is given."""

import logging
import subprocess
import sys
import threading
from contextlib import nullcontext
from types import SimpleNamespace

import amqp
import kombu
import pika
import pytest
from dirty_equals import IsPartialDict, IsStr, IsUUID

from notify_contracts import Delivery, Notification, Notifier, Unreadable, load
from notify_contracts._untrusted.jsontext import dump
from notify_contracts.errors import ArrivalError, ContractViolatedError, ContractViolatedWarning, UsageError
from notify_contracts.testing import Recorder, assert_conforms, notification_in, recording
from notify_contracts.wire import encode

CATALOG = load()
EXAMPLE = CATALOG.contract("image.delete", "INFO").example()
NOTIFICATION = Notification(EXAMPLE)
BODY = encode(NOTIFICATION, "2.0")
DELIVERED = {"exchange": "glance", "routing_key": "notifications.info"}


def _of_py_amqp():
    message = amqp.basic_message.Message(BODY, content_type="application/json")
    message.delivery_info = DELIVERED
    return message


def _record(message):
    return logging.LogRecord("oslo.messaging.notification.image.delete", logging.INFO, "", 0, message, (), None)


_DELIVER = pika.spec.Basic.Deliver(**DELIVERED)

FORMS = {
    "notification": NOTIFICATION,
    "mapping": EXAMPLE,
    "body as mapping": {"oslo.version": "2.0", "oslo.message": dump(EXAMPLE).decode()},
    "bytes of format 1.0": encode(NOTIFICATION, "1.0"),
    "bytes of format 2.0": BODY,
    "text": dump(EXAMPLE).decode(),
    "bytearray": bytearray(BODY),
    "memoryview": memoryview(BODY),
    "recorded message": {"body": BODY.decode(), "properties": {}, **DELIVERED},
    "recorded message as text": dump({"body": BODY.decode(), "properties": {}, **DELIVERED}),
    "pika's": (_DELIVER, pika.BasicProperties(), BODY),
    "pika's callback": (
        None,
        _DELIVER,
        pika.BasicProperties(),
        BODY,
    ),
    "kombu's": kombu.Message(body=BODY, delivery_info=DELIVERED, properties={}),
    "kombu's text": kombu.Message(body=BODY.decode(), delivery_info=DELIVERED, properties={}),
    "py-amqp's": _of_py_amqp(),
    "log record": _record(dump(EXAMPLE).decode()),
    "log record of an exception": _record(dump(EXAMPLE).decode() + ": StorageFull: no space"),
}


@pytest.mark.parametrize("form", FORMS)
def test_forms(form):
    """Whatever a test has in its hands holds the same notification, with its delivery where there was one."""
    found = notification_in(FORMS[form])
    assert found == EXAMPLE
    carried = "recorded" in form or "'s" in form
    assert (found.delivery is not None) == carried
    if carried:
        assert (found.delivery.exchange, found.delivery.routing_key) == ("glance", "notifications.info")
    assert_conforms(FORMS[form])


@pytest.mark.parametrize(
    ("thing", "reason"),
    [
        (b"{broken", "it is not JSON"),
        ("[]", "expected a notification"),
        (b"", "it is not JSON: it is empty"),
        ({"payload": {1, 2}}, "it is not JSON"),
        ({"payload": float("nan")}, "it is not JSON: only objects"),
        ({"oslo.version": "3.0", "oslo.message": "{}"}, "expected oslo.version 2.0"),
        (_record("no notification"), "what was logged is not JSON"),
        (_record("\ud800"), "what was logged is not JSON"),
    ],
)
def test_what_cannot_be_read(thing, reason):
    """What should have been a notification and is none is recorded as unreadable, and breaks the contract."""
    assert notification_in(thing).reason.startswith(reason)
    with pytest.raises(ContractViolatedError, match=r"^a notification is broken: "):
        assert_conforms(thing)


@pytest.mark.parametrize("thing", [None, 1, [1], ("a", "b"), SimpleNamespace(body=b""), object()])
def test_what_is_no_form(thing):
    """Anything else is a usage error that says what there is."""
    with pytest.raises(UsageError, match=r"expected a notification, a mapping, bytes or text of JSON, .*; found "):
        notification_in(thing)


@pytest.mark.parametrize(
    ("argument", "given", "choices"),
    [
        ("source", "oslo", "notifier, oslo.messaging, logging"),
        ("source", None, "notifier, oslo.messaging, logging"),
        ("wire", "2", "1.0, 2.0"),
    ],
)
def test_a_source_that_there_is_not(argument, given, choices):
    """What would never record anything is a usage error before it begins, where every `none` would hold."""
    with pytest.raises(UsageError, match=rf'^there is no {argument} "{given}"; choose from {choices}$'):
        recording(**{argument: given})


def test_a_copy_is_recorded():
    """What is done to a mapping after it was recorded changes nothing."""
    recorder, given = Recorder(), CATALOG.contract("image.create", "INFO").example()
    recorder.record(given)
    given["payload"]["tags"].append("later")
    assert "later" not in recorder[0].payload["tags"]


@pytest.fixture
def recorder():
    """Give a recorder of three notifications."""
    recorder = Recorder()
    for event_type, priority in (("image.create", "INFO"), ("image.create", "ERROR"), ("image.delete", "INFO")):
        recorder.record(CATALOG.contract(event_type, priority).example())
    return recorder


GIVEN = {
    "one": lambda recorder: recorder.one("image.delete"),
    "all": lambda recorder: recorder.all()[0],
    "sequence": lambda recorder: recorder.sequence("image.delete")[0],
    "an index": lambda recorder: recorder[0],
    "a slice": lambda recorder: recorder[:][0],
    "iterating": lambda recorder: next(iter(recorder)),
    "a life": lambda recorder: recorder.life("image", EXAMPLE["payload"])[0],
}


@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN)
@pytest.mark.parametrize("is_right", [True, False])
def test_what_a_test_changes(given, is_right):
    """What a test does with a notification that it got of a recorder changes nothing of what was emitted."""
    recorder = Recorder(CATALOG)
    recorder.record(EXAMPLE | {"publisher_id": "image.example.org" if is_right else 7})
    got = given(recorder)
    got.envelope["publisher_id"] = 7 if is_right else "image.example.org"
    with nullcontext() if is_right else pytest.raises(ContractViolatedError):
        recorder.verify()


def test_what_is_recorded_is_given_back():
    """So it is with what `record` returns."""
    recorder = Recorder(CATALOG)
    recorder.record(EXAMPLE).envelope["payload"] = 7
    recorder.verify()


def test_one(recorder):
    """Exactly one is returned; none, or several, is an error that lists what there was."""
    assert recorder.one("image.delete") == EXAMPLE
    assert recorder.one("image.create", "ERROR").priority == "ERROR"
    assert recorder.one("image.d*").event_type == "image.delete"
    with pytest.raises(ArrivalError, match=r"expected one image\.create, found 2\nrecorded:\n  1\. image\.create INFO"):
        recorder.one("image.create")
    with pytest.raises(ArrivalError, match=r"expected one image\.create of priority WARN, found none") as caught:
        recorder.one("image.create", "WARN")
    assert caught.value.arrived == tuple(recorder)


def test_all_and_none(recorder):
    """All there are, in order, and at least one; or none at all."""
    assert [sent.priority for sent in recorder.all("image.create")] == ["INFO", "ERROR"]
    assert len(recorder.all()) == 3
    recorder.none("task.*")
    recorder.none("image.create", "WARN")
    with pytest.raises(ArrivalError, match=r"expected at least one task\.\*, found none"):
        recorder.all("task.*")
    with pytest.raises(ArrivalError, match=r"expected no image\.\*, found 3"):
        recorder.none("image.*")


def test_sequence(recorder):
    """In this order, with others between them; an error says how far it came."""
    first, last = recorder.sequence("image.create", "image.delete")
    assert (first.priority, last.event_type) == ("INFO", "image.delete")
    assert len(recorder.sequence("image.create", "image.create", "image.delete")) == 3
    with pytest.raises(ArrivalError, match=r"found no image\.create after image\.delete"):
        recorder.sequence("image.delete", "image.create")
    with pytest.raises(ArrivalError, match=r"found no image\.upload\n"):
        recorder.sequence("image.upload")


def test_events_that_there_are_not(recorder):
    """An event that no contract has, or a priority that there is not, is a mistake in the test."""
    with pytest.raises(UsageError, match=r'no event type "image\.delte"; did you mean "image\.delete"\?'):
        recorder.none("image.delte")
    with pytest.raises(UsageError, match='glance-documented has no priority "DEBUG"; choose from INFO, WARN, ERROR'):
        recorder.one("image.delete", "DEBUG")
    known = Recorder(strictness="known")
    known.none("volume.create", "AUDIT")
    with pytest.raises(UsageError, match='has no priority "info"; did you mean "INFO"'):  # it has this event type
        known.none("image.delete", "info")
    with pytest.raises(UsageError, match='no strictness "lax"; choose from strict, known, warn, off'):
        Recorder(strictness="lax")


@pytest.mark.parametrize("strictness", ["strict", "known", "warn", "off"])
@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda recorder: recorder.sequence(), "found none: a sequence of nothing always holds"),
        (lambda recorder: recorder.sequence(*(), priority="INFO"), "found none: a sequence of nothing always holds"),
        (lambda recorder: recorder.sequence(["image.delete"]), "expected an event type or a glob, found a list"),
        (lambda recorder: recorder.none(("image.upload", "image.send")), "an event type or a glob, found a tuple"),
        (lambda recorder: recorder.none(None), "expected an event type or a glob, found a NoneType"),
        (lambda recorder: recorder.one({"event_type": "image.delete"}), "an event type or a glob, found a dict"),
        (lambda recorder: recorder.none("image.delete", ["INFO"]), "expected a priority or None, found a list"),
        (lambda recorder: recorder.all(priority=1), "expected a priority or None, found a int"),
    ],
)
def test_what_is_no_event(ask, message, strictness):
    """An assertion about what is no event type or priority fails by itself, however strict the recorder is."""
    with pytest.raises(UsageError, match=message):
        ask(Recorder(strictness=strictness))


def test_comparison(recorder):
    """Plain == and matchers compare with the envelope, with the payload, with the whole recording."""
    assert recorder[2] == EXAMPLE
    assert (recorder[2] == EXAMPLE) is True
    assert recorder[2] != {**EXAMPLE, "payload": "other"}
    assert recorder[0] == IsPartialDict(event_type="image.create", message_id=IsUUID)
    assert recorder[0].payload == IsPartialDict(name=IsStr(min_length=1))
    assert recorder == [IsPartialDict(priority="INFO"), IsPartialDict(priority="ERROR"), EXAMPLE]
    assert recorder != [EXAMPLE]
    assert recorder[1:] == [IsPartialDict(priority="ERROR"), EXAMPLE]
    assert recorder.event_types == ["image.create", "image.create", "image.delete"]
    assert Notification(EXAMPLE) == NOTIFICATION
    assert Notification(EXAMPLE, delivery=Delivery("e", "k")) == EXAMPLE == NOTIFICATION
    assert Notification(EXAMPLE, delivery=Delivery("e", "k")) == NOTIFICATION, "or == would not be transitive"
    assert len({Notification(EXAMPLE, delivery=Delivery("e", "k")), NOTIFICATION}) == 1
    assert Recorder() == []


def test_what_breaks_is_said_in_full():
    """Every violation with pointer, expected and found; the notification, shortened; and what there was."""
    recorder = Recorder()
    recorder.record({**EXAMPLE, "message_id": "x", "payload": "y"})
    recorder.record(b"{")
    with pytest.raises(ContractViolatedError) as caught:
        recorder.verify()
    first, second, shown, other, *listed = str(caught.value).splitlines()
    assert first.startswith('image.delete-INFO is broken at /message_id: expected UUID with hyphens, found "x"')
    assert second.startswith('  and at /payload: expected UUID with hyphens, found "y"')
    assert shown.startswith('  in {"message_id":"x"')
    assert other.startswith("a notification is broken: it is not JSON")
    assert listed == ["recorded:", "  1. image.delete INFO x", f"  2. unreadable: {recorder[1].reason}"]
    assert [violation.pointer for violation in caught.value.violations] == ["/message_id", "/payload", ""]
    recorder.verify()  # what was said is not said again


def test_what_must_not_be_sent_is_not_shown():
    """The value of a forbidden property, which may be a credential, stands in no failure."""
    broken = CATALOG.contract("image.create", "INFO").example()
    broken["payload"]["location"] = "swift://user:hush@host"
    with pytest.raises(ContractViolatedError) as caught:
        assert_conforms(broken)
    assert "/payload/location" in str(caught.value)
    assert "hush" not in str(caught.value)
    emitted = {**load("glance-emitted").contract("image.delete", "INFO").example(), "secret": {"deep": "hush"}}
    with pytest.raises(ContractViolatedError) as caught:
        assert_conforms(emitted, "glance-emitted")
    assert "hush" not in str(caught.value)


def test_long_payloads_are_shown_by_what_is_broken():
    """Of a large payload the broken properties are shown, whatever their names, and how many others there are."""
    broken = CATALOG.contract("image.create", "INFO").example()
    broken["payload"]["status"] = "activ"
    broken["payload"]["properties"] = {"x": "y" * 1000}
    with pytest.raises(ContractViolatedError) as caught:
        assert_conforms(broken)
    assert '"payload":{"status":"activ","…":"19 more"}' in str(caught.value)
    broken["payload"]["properties"] = {"a%20b/c~d": 7}
    with pytest.raises(ContractViolatedError, match=r"/payload/properties/a%20b~1c~0d") as caught:
        assert_conforms(broken)
    assert '"payload":{"status":"activ","properties":{"a%20b/c~d":7},"…":"18 more"}' in str(caught.value)
    broken["payload"]["locations"] = [{"url": "hush"}]
    with pytest.raises(ContractViolatedError) as caught:
        assert_conforms(broken)
    assert "hush" not in str(caught.value)


def test_nothing_of_a_payload_is_obeyed():
    """Control characters of a notification are shown escaped, wherever it is quoted."""
    recorder = Recorder()
    recorder.record({**EXAMPLE, "event_type": "image.\x1b[31mred\u202e", "payload": "\x1b[2J"})
    with pytest.raises(ContractViolatedError) as caught:
        recorder.verify()
    assert "\x1b" not in str(caught.value)
    assert "\u202e" not in str(caught.value)


def test_long_things_are_shortened():
    """A failure stays readable, whatever the number and the size of notifications."""
    recorder = Recorder()
    for _ in range(2_000):
        recorder.record({**EXAMPLE, "payload": "x" * 1000})
    with pytest.raises(ContractViolatedError) as caught:
        recorder.verify()
    assert len(str(caught.value)) < 6000
    assert "and 1995 more that break their contracts" in str(caught.value)
    assert "  and 1,980 more" in str(caught.value)
    assert len(caught.value.violations) == 2_000


def test_recording():
    """The context records what notifiers in this process emit, and checks it at its end."""
    with recording() as notifications:
        Notifier("image.host").info("image.delete", EXAMPLE["payload"])
        with recording("glance-emitted", strictness="off") as inner:
            Notifier("image.host").error("image.upload", "full")
        notifications.sequence("image.delete", "image.upload")
        assert inner.event_types == ["image.upload"]
    with pytest.raises(ContractViolatedError), recording():
        Notifier("image.host").info("image.delete", "no id")
    with pytest.warns(ContractViolatedWarning, match="is broken"), recording(strictness="warn"):
        Notifier("image.host").info("image.delete", "no id")
    with pytest.raises(ArrivalError), recording() as notifications:  # noqa: PT012 - which of two errors it is
        Notifier("image.host").info("image.delete", "no id")
        notifications.one("image.create")


def test_recording_that_is_over():
    """After its end a recording says that nothing more is checked; what it holds can still be asked, and verified."""
    with recording(CATALOG) as notifications:
        notifications.record(NOTIFICATION)
    with pytest.raises(UsageError, match="the recording is over: record in its with block, or ask assert_conforms"):
        notifications.record({**EXAMPLE, "payload": 5})
    assert notifications.one("image.delete") == NOTIFICATION
    assert len(notifications) == 1
    notifications.verify()


def test_recording_from_threads():
    """What several threads emit is recorded once each."""
    with recording() as notifications:
        notifier = Notifier("image.host")
        threads = [
            threading.Thread(target=lambda: [notifier.info("image.delete", EXAMPLE["payload"]) for _ in range(100)])
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(notifications) == 800
    assert len({sent.message_id for sent in notifications}) == 800


def test_clear():
    """What is forgotten has been checked before."""
    recorder = Recorder()
    recorder.record(EXAMPLE)
    recorder.clear()
    assert recorder == []
    recorder.record({**EXAMPLE, "payload": "x"})
    with pytest.raises(ContractViolatedError):
        recorder.clear()
    assert isinstance(notification_in(b"{"), Unreadable)


def test_no_frames_of_ours(run_tests):
    """Whatever is wrong, a test that pytest runs shows its own line and what it is told, and nothing of ours."""
    _, _, failed = run_tests("""
        from notify_contracts import Notifier
        from notify_contracts.testing import Recorder, assert_conforms, recording

        def test_recording():
            with recording():
                Notifier("image.host").info("image.delete", "no id")

        def test_conforms():
            assert_conforms({"event_type": "image.delete"})

        def test_record(notifications):
            notifications.record(42)

        def test_nothing_to_conform(assert_conforms):
            assert_conforms(42)

        def test_clear():
            recorder = Recorder()
            recorder.record(b"{")
            recorder.clear()
    """)
    assert len(failed) == 5
    for text in failed.values():
        assert text.count("test_it.py:") == 1
        assert "notify_contracts/" not in text
        assert "contextlib" not in text


UNITTEST = """
import unittest
from notify_contracts import Notifier
from notify_contracts.testing import recording

class TestService(unittest.TestCase):
    def setUp(self):
        self.notifications = self.enterContext(recording())

    def test_fails(self):
        self.notifications.one("image.delete")

if __name__ == "__main__":
    unittest.main()
"""


def test_unittest(tmp_path):
    """A TestCase needs no pytest, and a failed assertion is its failure, not an error."""
    file = tmp_path / "test_service.py"
    file.write_text(UNITTEST)
    ran = subprocess.run([sys.executable, file], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert ran.returncode == 1
    assert "FAIL: test_fails" in ran.stderr
    assert "expected one image.delete, found none" in ran.stderr
    assert "failures=1" in ran.stderr


def test_no_pytest():
    """The module loads no pytest."""
    program = "import sys, notify_contracts.testing; sys.exit('pytest' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
