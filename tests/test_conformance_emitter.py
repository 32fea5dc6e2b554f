"""The conformance kit for emitters: what is right passes all of it, and each of its tests finds its own fault."""

from textwrap import dedent

import pytest

from tests.telling import telling

HEAD = '''
import threading, time, unicodedata
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest
from notify_contracts import Notification, Notifier
from notify_contracts.conformance import EmitterConformance
from notify_contracts.wire import timestamp


def envelope(event_type, priority, payload, **changes):
    attributes = {"message_id": str(uuid4()), "publisher_id": "depot.leipzig", "event_type": event_type,
                  "priority": priority, "timestamp": timestamp(datetime.now(UTC)), "payload": payload}
    return attributes | changes


def texts(value, change):
    """Change every text in a payload."""
    if isinstance(value, dict):
        return {key: texts(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [texts(item, change) for item in value]
    return change(value) if isinstance(value, str) else value

'''
BROKEN = """
numbers = count()

@pytest.mark.contracts("image.create")
class TestEmitter(EmitterConformance):
    @pytest.fixture
    def emit(self, notifications):
        def emit(event_type, priority, payload):
{emit}
        return emit
"""
RIGHT = "notifications.record(envelope(event_type, priority, payload))"
TEXTS = "notifications.record(envelope(event_type, priority, texts(payload, lambda text: {})))"


@pytest.fixture
def outcomes(run_tests):
    """Run tests and return how they ended."""
    return lambda tests, *options: run_tests(HEAD + dedent(tests), *options)


def _broken(emit):
    lines = dedent(emit).strip().splitlines()
    return BROKEN.format(emit="\n".join(" " * 12 + line for line in lines))


@pytest.mark.parametrize("catalog", telling(["glance-documented", "glance-emitted"], ["glance-documented"]))
def test_the_reference_emitter_passes(outcomes, catalog):
    """The reference emitter passes every test for every contract, and nothing is skipped."""
    passed, skipped, failed = outcomes(
        """
        class TestNotifier(EmitterConformance):
            @pytest.fixture
            def emit(self):
                return Notifier("image.example.org").notify
        """,
        f"--notify-catalog={catalog}",
    )
    assert (skipped, failed) == ({}, {})
    assert {"test_contract[image.create-INFO]", "test_payload[image.upload-ERROR]", "test_text[nul]"} <= set(passed)
    contracts = {"glance-documented": 33, "glance-emitted": 35}[catalog]
    assert len(passed) == 4 * contracts + 26


def test_oslo_messaging_passes(outcomes):
    """So does the real oslo.messaging, heard by the driver that it finds by its entry point."""
    pytest.importorskip("oslo_messaging")
    passed, skipped, failed = outcomes(
        """
        import warnings
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import oslo_messaging
            from oslo_config import cfg

        @pytest.mark.filterwarnings("ignore::DeprecationWarning")
        class TestOslo(EmitterConformance):
            @pytest.fixture
            def recorded(self, oslo_notifications):
                return oslo_notifications

            @pytest.fixture
            def emit(self):
                conf = cfg.ConfigOpts()
                conf([])
                transport = oslo_messaging.get_notification_transport(conf, url="fake:")
                notifier = oslo_messaging.Notifier(transport, "image.localhost", driver="contracts", topics=["t"])
                return lambda event, priority, payload: getattr(notifier, priority.lower())({}, event, payload)
        """
    )
    assert (skipped, failed) == ({}, {})
    assert len(passed) == 4 * 33 + 26


def test_a_catalog_that_is_not_glance(outcomes, parcels):
    """For another catalog the same tests ask what its contracts allow: other forms of time, texts where it has some."""
    emit = "notifications.record(envelope(event_type, priority, payload, timestamp=f'{datetime.now(UTC):%FT%TZ}'))"
    tests = _broken(emit).replace('@pytest.mark.contracts("image.create")', "")
    passed, skipped, failed = outcomes(tests, f"--notify-catalog={parcels}")
    assert (skipped, failed) == ({}, {})
    assert len(passed) == 4 * 5 + 26


def test_other_forms_of_ids_and_times(outcomes, parcels_copy):
    """Where contracts have ids and times of other forms, ids must still differ, and no time is read out of them."""
    forms = {"uuid": "0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de", "moment": "2026-03-01T06:30:00Z"}
    digits = '{"title": "digits", "type": "string", "pattern": "^[0-9]+$"}'
    values = parcels_copy / "values.json"
    values.write_text(
        values.read_text()
        .replace('{"title": "UUID", "type": "string", "format": "uuid"}', digits)
        .replace('{"title": "RFC 3339 time", "type": "string", "format": "date-time"}', digits)
    )
    for file in parcels_copy.glob("events/*.json"):
        file.write_text(file.read_text().replace(forms["uuid"], "1").replace(forms["moment"], "1790000000"))
    marks = ('@pytest.mark.contracts("image.create")', "")
    emit = """
    changes = {"message_id": str(next(numbers)), "timestamp": str(int(time.time()))}
    notifications.record(envelope(event_type, priority, payload, **changes))
    """
    _, skipped, failed = outcomes(_broken(emit).replace(*marks), f"--notify-catalog={parcels_copy}")
    assert failed == {}
    assert set(skipped) == {"test_timestamp", "test_timestamp_in_another_time_zone"}
    assert "the timestamps of parcels are no times in ISO 8601" in skipped["test_timestamp"]
    emit = emit.replace("next(numbers)", "next(numbers) % 150")
    _, _, failed = outcomes(_broken(emit).replace(*marks), f"--notify-catalog={parcels_copy}")
    assert set(failed) == {"test_message_ids"}


def test_the_marker_of_a_catalog_counts(outcomes, parcels):
    """A class held against a catalog of its own asks for all of that catalog, and for none of the session's."""
    emit = "notifications.record(envelope(event_type, priority, payload, timestamp=f'{datetime.now(UTC):%FT%TZ}'))"
    marks = f'@pytest.mark.notifications(catalog={str(parcels)!r})\n@pytest.mark.contracts("parcel.*")'
    tests = _broken(emit).replace('@pytest.mark.contracts("image.create")', marks)
    passed, skipped, failed = outcomes(tests)
    assert (skipped, failed) == ({}, {})
    assert len(passed) == 4 * 3 + 26


def test_in_several_processes(downstream):
    """Under xdist the tests are the same."""
    downstream.makepyfile(HEAD + dedent(_broken(RIGHT)))
    downstream.runpytest("-pxdist", "-n2").assert_outcomes(passed=4 * 3 + 26)


FAULTS = {
    "more than the envelope": (
        "notifications.record(envelope(event_type, priority, payload, version=1))",
        {"test_contract"},
        'image.create-INFO is broken at /version: expected no property "version", found a number',
    ),
    "another number": (
        """
        if isinstance(payload, dict):
            payload = payload | {"min_disk": payload["min_disk"] + 1}
        notifications.record(envelope(event_type, priority, payload))
        """,
        {"test_payload", "test_generated_payload", "test_large_number"},
        "image.create-INFO: the payload did not arrive as it was given: expected 10 at /payload/min_disk, found 11",
    ),
    "another event type": (
        'notifications.record(envelope("image.update", priority, payload))',
        {"test_event_type"},
        'expected event type "image.create", found "image.update"',
    ),
    "another priority": (
        """
        priority = {"WARN": "ERROR"}.get(priority, priority)
        notifications.record(envelope(event_type, priority, payload))
        """,
        {"test_priority"},
        'image.create-WARN: expected priority "WARN", found "ERROR"',
    ),
    "ids that come again": (
        """
        message_id = f"b9fb0485-852f-46ed-af70-6d62872{next(numbers) % 150:05d}"
        notifications.record(envelope(event_type, priority, payload, message_id=message_id))
        """,
        {"test_message_ids"},
        'expected a message_id of its own, found "b9fb0485-852f-46ed-af70-6d628720',
    ),
    "ids of no variant": (
        """
        message_id = f"b9fb0485-852f-46ed-0f70-{next(numbers):012d}"
        notifications.record(envelope(event_type, priority, payload, message_id=message_id))
        """,
        {"test_message_ids"},
        'as message_id, found "b9fb0485-852f-46ed-0f70-',
    ),
    "a clock that is slow": (
        """
        then = timestamp(datetime.now(UTC) - timedelta(hours=1))
        notifications.record(envelope(event_type, priority, payload, timestamp=then))
        """,
        {"test_timestamp", "test_timestamp_in_another_time_zone"},
        ": 1:00:00 behind",
    ),
    "local time": (
        "notifications.record(envelope(event_type, priority, payload, timestamp=str(datetime.now())))",
        {"test_timestamp_in_another_time_zone"},
        ": 5:45:00 ahead, with the time zone at UTC+5:45",
    ),
    "a publisher for each event": (
        'notifications.record(envelope(event_type, priority, payload, publisher_id=f"image.{priority}"))',
        {"test_publisher_id"},
        'expected one publisher_id, found 3: "image.INFO" (image.create-INFO), "image.WARN" (',
    ),
    "no publisher": (
        'notifications.record(envelope(event_type, priority, payload, publisher_id=""))',
        {"test_contract", "test_publisher_id"},
        'image.create-INFO: expected a publisher_id, found ""',
    ),
    "a timestamp of its own kind": (
        'notifications.record(envelope(event_type, priority, payload, timestamp="today"))',
        {"test_contract", "test_timestamp", "test_timestamp_in_another_time_zone"},
        'image.create-INFO: expected a timestamp in ISO 8601, found "today"',
    ),
    "a payload that is written to": (
        """
        notifications.record(envelope(event_type, priority, payload))
        if isinstance(payload, dict):
            payload["tags"].append("seen")
        """,
        {"test_payload_is_not_changed", "test_generated_payload"},
        "image.create-INFO: the emitter has changed the caller's payload: expected an array of 2 at /tags, found",
    ),
    "tags that are sorted": (
        """
        notifications.record(envelope(event_type, priority, payload))
        if isinstance(payload, dict):
            payload["tags"].sort()
        """,
        {"test_generated_payload"},
        "image.create-INFO: the emitter has changed the caller's payload: expected",
    ),
    "nothing that is empty": (
        """
        if isinstance(payload, dict):
            payload = {name: value for name, value in payload.items() if value not in ([], {})}
        notifications.record(envelope(event_type, priority, payload))
        """,
        {"test_generated_payload"},
        "image.create-INFO: the payload did not arrive as it was given: expected an empty ",
    ),
    "properties in small letters": (
        """
        if isinstance(payload, dict):
            payload = payload | {"properties": {name.lower(): each for name, each in payload["properties"].items()}}
        notifications.record(envelope(event_type, priority, payload))
        """,
        {"test_generated_payload"},
        "image.create-INFO: the payload did not arrive as it was given: expected ",
    ),
    "a payload that is kept": (
        "notifications.take(Notification(envelope(event_type, priority, payload)))",
        {"test_payload_is_not_kept"},
        "the emitter has kept the caller's payload, which was emptied later: expected",
    ),
    "a copy that is not deep": (
        """
        copy = dict(payload) if isinstance(payload, dict) else payload
        notifications.take(Notification(envelope(event_type, priority, copy)))
        """,
        {"test_payload_is_not_kept"},
        'emptied later: expected "linux" at /properties/os_type, found nothing',
    ),
    "text without NUL": (
        TEXTS.format("text.replace(chr(0), '')"),
        {"test_text[nul]"},
        r': a text did not arrive as it was given: expected "\x00" at /payload',
    ),
    "text of three bytes a character": (
        TEXTS.format("''.join(character for character in text if ord(character) < 0x10000)"),
        {"test_text[emoji]", "test_text[edges]"},
        'expected "🙂" at /payload',
    ),
    "text in normal form": (
        TEXTS.format("unicodedata.normalize('NFC', text)"),
        {"test_text[combining]"},
        "a text did not arrive as it was given",
    ),
    "text without marks of direction": (
        TEXTS.format(r"text.translate(dict.fromkeys([0x202e, 0x200f, 0x2067, 0x2069]))"),
        {"test_text[right-to-left]"},
        r'expected "\u202eabc" at',
    ),
    "text without Cyrillic": (
        TEXTS.format("text.encode('koi8-r', 'replace').decode('ascii', 'replace') if 'ё' in text else text"),
        {"test_text[scripts]"},
        'expected "Жёлудь" at /payload',
    ),
    "text in objects alone": (
        """
        if isinstance(payload, dict):
            payload = texts(payload, lambda text: text.replace(chr(0), ""))
        notifications.record(envelope(event_type, priority, payload))
        """,
        {"test_text[nul]"},
        "image.create-INFO: a text did not arrive as it was given",
    ),
    "text of 64 KiB at most": (
        TEXTS.format("text[:65_536]"),
        {"test_large_payload"},
        "(1048576 characters) at /payload, found",
    ),
    "numbers as doubles": (
        """
        if isinstance(payload, dict):
            payload = {name: int(float(value)) if type(value) is int else value for name, value in payload.items()}
        notifications.record(envelope(event_type, priority, payload))
        """,
        {"test_generated_payload", "test_large_number"},
        "a number did not arrive as it was given: expected 9007199254740993 at /payload/",
    ),
    "everything twice": (
        f"{RIGHT}\n{RIGHT}",
        {"test_once"},
        "image.create-INFO: expected one notification, found 2\nreceived:\n  1. image.create INFO ",
    ),
    "one message id for all threads": (
        """
        emit.id = str(uuid4())
        time.sleep(0.0001)
        notifications.record(envelope(event_type, priority, payload, message_id=emit.id))
        """,
        {"test_threads"},
        "calls from 4 threads give several notifications one message id:\n  ",
    ),
    "one payload for all threads": (
        """
        emit.payload = payload
        time.sleep(0.0001)
        notifications.record(envelope(event_type, priority, emit.payload))
        """,
        {"test_threads"},
        "calls from 4 threads give something else than the same calls in one:\n  expected 1 times, found ",
    ),
}


FEW = (
    "more than the envelope",
    "local time",
    "text in normal form",
    "one payload for all threads",
)


@pytest.mark.parametrize("fault", telling(FAULTS, FEW))
def test_faults(outcomes, monkeypatch, fault):
    """An emitter that is wrong in one way fails the test for it and no other, and is told where."""
    monkeypatch.setenv("TZ", "UTC")
    emit, tests, message = FAULTS[fault]
    _, skipped, failed = outcomes(_broken(emit))
    assert skipped == {}
    assert {name if name.startswith("test_text") else name.partition("[")[0] for name in failed} == tests
    assert any(message in text for text in failed.values()), next(iter(failed.values()))
    for text in failed.values():
        assert "conformance" not in text  # no frames of our own
        assert "During handling" not in text


@pytest.mark.parametrize("strictness", telling(["strict", "known", "warn", "off"], ["off"]))
def test_any_strictness(outcomes, strictness):
    """However strict recorders are, whether contracts are kept is asked by one test, and by that one always."""
    emit, tests, message = FAULTS["more than the envelope"]
    _, _, failed = outcomes(_broken(emit), f"--notify-strictness={strictness}", "-W", "error")
    assert {name.partition("[")[0] for name in failed} == tests
    assert message in failed["test_contract[image.create-INFO]"]


def test_order(outcomes):
    """Notifications that change places fail the test of order alone."""
    emit = """
    notifications.record(envelope(event_type, priority, payload))
    here = notifications._recorded
    if len(here) % 20 == 0 and "of 20" in str(payload):
        here[-1], here[-2] = here[-2], here[-1]
    """
    _, _, failed = outcomes(_broken(emit))
    assert set(failed) == {"test_order"}
    assert failed["test_order"].startswith("expected the order of the calls: as number 19 [")


def test_what_is_lost(outcomes):
    """An emitter that sends nothing is told so with the contract; one that loses some of many, how many came."""
    _, _, failed = outcomes(_broken("pass"))
    assert failed["test_once"] == "image.create-INFO: expected one notification, found none\nrecorded: nothing"
    _, _, failed = outcomes(_broken(f'if "7 of 20" not in str(payload):\n    {RIGHT}'))
    assert set(failed) == {"test_order"}
    assert failed["test_order"].startswith("expected 20 notifications, found 18\nreceived:\n  1. ")


def test_what_is_unreadable(outcomes):
    """What cannot be read as a notification is named as that."""
    _, _, failed = outcomes(_broken('notifications.record(b"{")'))
    assert (
        "image.create-INFO: expected a notification, found unreadable: " in failed["test_contract[image.create-INFO]"]
    )


def test_an_emitter_that_raises(outcomes):
    """An emitter's own exception is shown with its own frames, and none of ours."""
    _, _, failed = outcomes(_broken('raise KeyError("owner")'))
    text = failed["test_threads"]
    assert "KeyError: 'owner'" in text
    assert "raise KeyError" in text
    assert "trial.py" not in text


@pytest.mark.parametrize("strictness", telling(["strict", "warn", "off"], ["off"]))
def test_a_delivery_that_failed_in_silence(outcomes, strictness):
    """What a notifier could not deliver, and only logged, is told as the reason, however strict contracts are taken."""
    _, _, failed = outcomes(
        """
        class Full:
            def send(self, notification):
                raise OSError("the disk is full")

            def close(self):
                pass

        @pytest.mark.contracts("image.create")
        class TestEmitter(EmitterConformance):
            @pytest.fixture
            def emit(self):
                return Notifier("image.host", [Full()], on_error="log").notify
        """,
        f"--notify-strictness={strictness}",
    )
    assert "not delivered, and its emitter went on: Full: the disk is full" in failed["test_once"]


def test_an_emitter_that_never_runs(outcomes):
    """A coroutine function would send nothing, and is told so, wherever it is called."""
    tests = _broken(RIGHT).replace("        def emit(event", "        async def emit(event")
    passed, _, failed = outcomes(tests)
    assert passed == {}
    assert set(failed.values()) == {
        "emit is a coroutine function: wrap it in one that runs it to its end, as asyncio.run does"
    }


def test_a_class_of_another_name(project):
    """A class that pytest would pass over is refused; one to derive from, or that says so itself, is none."""
    derived = "(EmitterConformance):\n    pass\n"
    head = "from notify_contracts.conformance import EmitterConformance\n"
    kept = f"class Base{derived}\nclass _Other{derived}\nclass TestIt(Base):\n    __test__ = False\n"
    assert project(f"{head}{kept}\ndef test_it(): pass\n").passes(1)
    result = project(f"{head}class EmitterTests{derived}\ndef test_it(): pass\n").run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["EmitterTests would not be run: names of classes with tests begin with Test (python_classes); call it so, *"]
    )
    result = project(f"{head}class TestIt{derived}    def __init__(self): pass\n").run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*TestIt has __init__: pytest runs no such class; set up in fixtures"])


def test_a_test_case(project):
    """A class that is unittest's, too, which would get neither fixtures nor contracts, is refused for what it is."""
    text = """
        import unittest
        from notify_contracts.conformance import EmitterConformance

        class TestIt(EmitterConformance, unittest.TestCase):
            pass
    """
    result = project(text).run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*TestIt is a TestCase, which gets no fixtures: leave unittest.TestCase out"])


def test_no_emitter(outcomes):
    """A class without an emitter is told what it needs."""
    pytest_file = """
    @pytest.mark.contracts("image.create", priority="INFO")
    class TestEmitter(EmitterConformance):
        pass
    """
    _, _, failed = outcomes(pytest_file)
    expected = "TestEmitter needs a fixture emit that returns emit(event_type, priority, payload)"
    assert failed["test_once"].startswith(expected)


def test_nothing_is_asked_that_no_contract_allows(outcomes):
    """Where no contract allows any text or number, or an object, those tests are skipped with the reason."""
    tests = _broken(RIGHT).replace('"image.create"', '"image.delete", priority="INFO"')
    _, skipped, failed = outcomes(tests)
    assert failed == {}
    assert {name.partition("[")[0] for name in skipped} == {
        "test_text",
        "test_large_number",
        "test_large_payload",
        "test_payload_is_not_kept",
        "test_order",
    }
    assert "no contract of glance-documented that is asked for allows a text of kind nul" in skipped["test_text[nul]"]


def test_the_base_classes_are_not_collected(outcomes):
    """Importing the base classes brings no tests."""
    assert outcomes("from notify_contracts.conformance import *") == [{}, {}, {}]
