"""Checking and counting what arrives, without a broker: limits, what is kept at hand, lines and recordings."""

import gzip
import json
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from pika import BasicProperties
from pika.spec import Basic

from notify_contracts import load
from notify_contracts._amqp.arrival import Arrival
from notify_contracts._checking.selection import Question, Selection
from notify_contracts._comparison.needs import NEEDED, Applied, Consumer, Failing, Need, Pattern, Read, path
from notify_contracts._live.watching import Ledger, Limit
from notify_contracts._live.watching.ledger import NEWEST
from notify_contracts._live.watching.sinks import RecordingLines, VerdictLines
from notify_contracts._untrusted.jsontext import dump
from notify_contracts.capture import Recording

HOSTILE = (
    b"",
    b"\xff\xfe",
    b'"\\\xff"',
    b"[" * 100_000,
    b'{"payload": "\xff"}',
    '{"event_type": "\x1b[2J\u202e", "priority": {}, "payload": 1}'.encode(),
    b'{"oslo.version": "2.0", "oslo.message": "\\ud800"}',
    b'{"oslo.version": [], "oslo.message": {}}',
)


@pytest.fixture
def catalog():
    """Give the catalog of the guide."""
    return load()


@pytest.fixture
def good(catalog):
    """Give a notification that keeps its contract."""
    return catalog.contract("image.delete", "INFO").example()


@pytest.fixture
def bad(good):
    """Give a notification that breaks it."""
    return good | {"payload": 1}


def _arrival(body, *, redelivered=False, key="notifications.info", **properties):
    body = body if isinstance(body, bytes) else dump(body)
    method = Basic.Deliver("tag", 1, redelivered, "glance", key)
    return Arrival(method, BasicProperties(**properties), body)


class _Kept:
    """A sink that keeps what it is told."""

    def __init__(self):
        self.calls = []

    def add(self, _arrival, verdict):
        self.calls.append(verdict.conforms)

    def flush(self):
        self.calls.append("flush")


def test_every_portion_is_flushed_before_it_may_be_acknowledged(catalog, good, bad):
    """A sink is told of every verdict of a portion, then to flush, and only then is the portion taken."""
    sink = _Kept()
    assert Ledger(catalog, "x", sinks=[sink]).take([_arrival(good), _arrival(bad)]) == 2
    assert sink.calls == [True, False, "flush"]


@pytest.mark.parametrize(
    ("limit", "taken"), [(Limit(), 4), (Limit(count=3), 3), (Limit(fail_fast=True), 2), (Limit(1, fail_fast=True), 1)]
)
def test_no_more_is_taken_than_there_is_room_for(catalog, good, bad, limit, taken):
    """What is beyond the limit is not counted, and so not to be acknowledged."""
    ledger = Ledger(catalog, "x", limit=limit)
    assert ledger.take([_arrival(good), _arrival(bad), _arrival(good), _arrival(good)]) == taken
    assert ledger.tally.summary.notifications == taken
    assert ledger.is_full == (limit != Limit())
    assert ledger.take([_arrival(good)]) == (limit == Limit())


def test_what_is_not_selected_is_taken_but_not_counted(catalog, good):
    """A limit counts verdicts; what nobody asked for arrives and is forgotten."""
    ledger = Ledger(catalog, "x", Question(Selection(("image.create",))), limit=Limit(1))
    assert ledger.take([_arrival(good), _arrival(b"not json")]) == 2
    assert (ledger.arrived, ledger.tally.summary.notifications) == (2, 1)


def test_what_the_broker_had_delivered_before_is_told_apart(catalog, good):
    """Redelivered notifications are counted, and their lines say so."""
    stream = BytesIO()
    ledger = Ledger(catalog, "x", sinks=[VerdictLines(stream.write, only_violations=False)])
    ledger.take([_arrival(good), _arrival(good, redelivered=True)])
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line.get("redelivered") for line in lines] == [None, True]
    assert ledger.redelivered == 1


def test_only_violations(catalog, good, bad):
    """Lines can be had for violations alone; everything is counted."""
    stream = BytesIO()
    ledger = Ledger(catalog, "x", sinks=[VerdictLines(stream.write, only_violations=True)])
    ledger.take([_arrival(good), _arrival(bad), _arrival(good)])
    assert [json.loads(line)["number"] for line in stream.getvalue().splitlines()] == [2]
    assert ledger.tally.summary.notifications == 3


def test_what_is_known(catalog, good, bad):
    """What a baseline knows is counted; it has no line where only violations have, and ends nothing."""
    stream = BytesIO()
    new = bad | {"payload": "no UUID"}

    def is_known(verdict):
        return [violation.keyword for violation in verdict.violations] == ["type"]

    lines = VerdictLines(stream.write, only_violations=True, is_known=is_known)
    ledger = Ledger(catalog, "x", limit=Limit(fail_fast=True), sinks=[lines], is_known=is_known)
    assert ledger.take([_arrival(bad), _arrival(good), _arrival(new), _arrival(bad)]) == 3
    assert [json.loads(line)["number"] for line in stream.getvalue().splitlines()] == [3]
    assert [verdict.content.payload for verdict in ledger.newest] == ["no UUID"]
    assert (ledger.is_full, ledger.tally.summary.violations) == (True, 2)


def test_what_is_kept_at_hand_is_bounded(catalog, bad):
    """However much arrives, only the newest verdicts are kept, and counts have names from the catalog alone."""
    ledger = Ledger(catalog, "x")
    for number in range(50):
        ledger.take([_arrival(bad), _arrival(bad | {"event_type": f"made.up.{number}"})])
    assert len(ledger.newest) == NEWEST
    assert set(ledger.violations) == {"image.delete-INFO", ""}
    assert ledger.violations["image.delete-INFO"] == 50


@pytest.mark.parametrize(
    ("timestamp", "lag"),
    [
        ("2026-11-22 09:32:55", 5),
        ("2026-11-22 09:32:55.500000", 4.5),
        ("2026-11-22T09:32:55Z", 5),
        (1795339975, 5),
        (1795339975500, 4.5),
        ("yesterday", None),
        (7, None),
        ("9999-99-99", None),
    ],
)
def test_lag(catalog, good, timestamp, lag):
    """The lag is the time from a notification's own timestamp to its check; one that tells no time changes nothing."""
    now = datetime(2026, 11, 22, 9, 33, tzinfo=UTC).timestamp()
    ledger = Ledger(catalog, "x", clock=lambda: now)
    ledger.take([_arrival(good | {"timestamp": timestamp})])
    assert ledger.lag == lag


def test_a_name_that_is_no_text(catalog, good):
    """A routing key that is not UTF-8 is shown, and contradicts the priority."""
    ledger = Ledger(catalog, "x")
    ledger.take([_arrival(good, key=b"\xff")])
    assert [key.keyword for key in ledger.tally.summary.groups] == ["routing-key"]


def test_a_recording_is_what_check_reads(catalog, good, bad, made, run):
    """Whatever arrives, check says of the recording what the watch said."""
    stream = BytesIO()
    ledger = Ledger(catalog, "x", sinks=[RecordingLines(stream.write)])
    ledger.take([_arrival(good), _arrival(bad), *map(_arrival, HOSTILE), _arrival(good, key="notifications.warn")])
    ran = run("check", made(stream.getvalue()), "--format", "json")
    totals, summary = json.loads(ran.out)["totals"], ledger.tally.summary
    assert totals["notifications"] == summary.notifications == len(HOSTILE) + 3
    assert totals["unreadable"] == summary.unreadable
    assert totals["conforming"] == summary.conforming == 1
    assert totals["violations"] == summary.violations


def test_properties_that_json_does_not_know(good, made, run, catalog):
    """Bytes, times and decimals of a header are recorded as text."""
    stream = BytesIO()
    headers = {"bytes": b"\xff", "time": datetime(2026, 11, 22, tzinfo=UTC), "decimal": Decimal("1.5"), "list": [b"a"]}
    Ledger(catalog, "x", sinks=[RecordingLines(stream.write)]).take([_arrival(good, headers=headers)])
    recorded = json.loads(stream.getvalue())["properties"]["headers"]
    assert recorded == {"bytes": "\\xff", "time": "2026-11-22 00:00:00+00:00", "decimal": "1.5", "list": ["a"]}
    assert run("check", made(stream.getvalue())).status == 0


def _in_utf16(body):
    return body.decode().encode("utf-16")


@pytest.mark.parametrize(
    "broken", [_in_utf16, gzip.compress, lambda body: b"\xef\xbb\xbf" + body, lambda body: body + b"\0"]
)
def test_what_no_consumer_can_read_is_unreadable_to_check_as_well(broken, catalog, good, made, run):
    """Nothing is looked for in a recorded body that came over the wire in another way than it should."""
    stream = BytesIO()
    ledger = Ledger(catalog, "x", sinks=[RecordingLines(stream.write)])
    ledger.take([_arrival(broken(dump(good)), redelivered=again) for again in (False, True)])
    assert ledger.tally.summary.conforming == 0
    ran = run("check", made(stream.getvalue()))
    assert ran.status == 1
    assert "0 conform, 2 do not" in ran.out


def test_what_is_too_large_is_so_to_check_as_well(catalog, good):
    """A message that takes more room in a recording than is read of one is unreadable, in the words of check."""
    recording = BytesIO()
    said = []
    ledger = Ledger(
        catalog, "x", sinks=[VerdictLines(said.append, only_violations=False), RecordingLines(recording.write)]
    )
    # as text 16 MiB and more; in quotes, each of which takes two bytes; and one that is only large
    bodies = [dump(good | {"message_id": what * times}) for what, times in (("x", 2**24), ('"', 2**22), ("x", 2**22))]
    ledger.take([_arrival(body) for body in bodies])
    recording.seek(0)
    with Recording("recording", recording) as recorded:
        checked = [getattr(content, "reason", "read") for content, _ in recorded]
    assert checked == ["it is longer than 16 MiB"] * 2 + ["read"]
    watched = [json.loads(line) for line in b"".join(said).splitlines()]
    reasons = [line["violations"][0]["message"] for line in watched]
    assert reasons[:2] == checked[:2]
    assert [line["contract"] for line in watched] == [None, None, "image.delete-INFO"]


@pytest.mark.parametrize(
    ("event_type", "place", "violations"),
    [
        ("image.update", "$.payload.checksum", 1),
        ("image.update", "$.payload.id", 0),
        ("image.delete", "$.payload.checksum", 0),
    ],
)
def test_a_consumer_that_fails(event_type, place, violations):
    """What keeps its contract and lacks what a consumer fails without is reported as that, and nothing else is."""
    catalog = load("glance-emitted")
    read = Read((path(place),))
    failing = Failing((Applied(Consumer("billing", (Need((Pattern(event_type),), (read,)),), "2.1")),))
    ledger = Ledger(catalog, "a bus", serving=failing)
    example = catalog.contract("image.update", "INFO").example()
    ledger.take([_arrival(example | {"payload": example["payload"] | {"checksum": None}})])
    groups = ledger.tally.summary.groups
    assert ledger.tally.summary.violations == violations
    assert [(key.pointer, key.keyword) for key in groups] == [("/payload/checksum", NEEDED)] * violations
    for group in groups.values():
        said = "keeps its contract, and billing 2.1 loses it: $.payload.checksum is absent or of another form"
        assert group.example.message == said
