"""Events as messages of a broker: what a watch, a recording of it and a test make of them is the same."""

import gzip
import json
import logging
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from shutil import copytree

import pytest
from pika import BasicProperties
from pika.spec import Basic

from notify_contracts import load
from notify_contracts._amqp import Arrival
from notify_contracts._live.watching import Ledger, RecordingLines
from notify_contracts._live.watching.recorded import content_of, recording_line
from notify_contracts.capture import Recording
from notify_contracts.catalog import joined_catalog
from notify_contracts.cli import main
from notify_contracts.errors import ArrivalError
from notify_contracts.model import Unreadable
from notify_contracts.testing import recording as recorder
from notify_contracts.wire.envelopes import known_forms, reading_as
from tests.events import learned

DATA = {"order": 7, "sum": 12}
EVENT = {
    "specversion": "1.0",
    "id": "a-1",
    "source": "/shop",
    "type": "order.paid",
    "time": "2026-11-28T10:00:00Z",
    "data": DATA,
}
WRITTEN = json.dumps(EVENT).encode()
STRUCTURED, JSON = "application/cloudevents+json", "application/json"
SECRET = "hunter2"
IN_HEADERS = "found its attributes in headers"


@pytest.fixture(scope="module")
def orders(tmp_path_factory):
    """Return the folder of a catalog that was learned from one event, of which no broker is known."""
    return learned(tmp_path_factory.mktemp("carried"), "orders", known_forms()["cloudevents"].templates, [EVENT])


def _arrival(body, key="notifications.info", **properties):
    return Arrival(Basic.Deliver("tag", 1, False, "shop", key), BasicProperties(**properties), body)  # noqa: FBT003


def _headers(separator):
    return {f"cloudEvents{separator}{name}": EVENT[name] for name in EVENT if name != "data"}


CARRIED = {
    "whole": (WRITTEN, {"content_type": STRUCTURED}, None),
    "whole, of no type": (WRITTEN, {}, None),
    "whole, and its attributes again": (WRITTEN, {"content_type": STRUCTURED, "headers": _headers(":")}, None),
    "wrapped": (json.dumps({"oslo.version": "2.0", "oslo.message": WRITTEN.decode()}).encode(), {}, None),
    "wrapped, marked": (
        json.dumps({"oslo.version": "2.0", "oslo.message": json.dumps(EVENT | {"_unique_id": "1"})}).encode(),
        {},
        None,
    ),
    "attributes in headers": (
        json.dumps(DATA).encode(),
        {"content_type": JSON, "headers": _headers(":")},
        f"{IN_HEADERS} (cloudEvents:specversion)",
    ),
    "attributes in headers of JMS": (
        json.dumps(DATA).encode(),
        {"content_type": JSON, "headers": _headers("_")},
        f"{IN_HEADERS} (cloudEvents_specversion)",
    ),
    "data that looks like an event": (WRITTEN, {"content_type": JSON, "headers": _headers(":")}, IN_HEADERS),
    "data that is no JSON": (b"paid", {"content_type": "text/plain", "headers": _headers(":")}, IN_HEADERS),
    "compressed": (
        gzip.compress(WRITTEN),
        {"content_encoding": "gzip"},
        "the body is not JSON: it is compressed, as its content_encoding says (gzip)",
    ),
    "compressed by kombu": (
        gzip.compress(WRITTEN),
        {"content_encoding": "utf-8", "headers": {"compression": "application/x-gzip"}},
        "the body is not JSON: it is compressed, as its header compression says (application/x-gzip)",
    ),
    "compressed, which nothing says": (gzip.compress(WRITTEN), {}, "the body is not JSON: it is not UTF-8"),
    "a value of AMQP 1.0": (
        b"\0Sw\xa1\xed" + WRITTEN,
        {"content_type": STRUCTURED, "type": "amqp-1.0"},
        "the body is not JSON: it is a value of AMQP 1.0: have it sent as data",
    ),
    "no text": (b"\xff\xfe", {"content_encoding": "utf-8"}, "the body is not JSON: it is not UTF-8"),
    "a batch": (json.dumps([EVENT]).encode(), {}, "expected a notification (a JSON object), found an array"),
}


@pytest.mark.parametrize("name", CARRIED)
def test_carried(name, orders, tmp_path):
    """A message is one whole event in its body; of any other a line says why it is none, wherever it is read."""
    body, properties, reason = CARRIED[name]
    catalog, arrival = load(orders), _arrival(body, **properties)
    with reading_as(catalog.envelopes):
        watched = content_of(arrival)
        with Recording("", BytesIO(recording_line(arrival))) as recording:
            (checked,) = (content for content, _ in recording)
    with recorder(catalog, strictness="off") as found:
        found.record((arrival.method, arrival.properties, body))
    for content in (watched, checked, found[0]):
        if reason is None:
            assert catalog.check(content).conforms
        else:
            assert isinstance(content, Unreadable)
            assert reason in content.reason
    (tmp_path / "recording.jsonl").write_bytes(recording_line(arrival) * 3)
    with redirect_stdout(StringIO()):
        assert main(["check", str(tmp_path / "recording.jsonl"), "--catalog", str(orders)]) == (reason is not None)


@pytest.mark.parametrize(
    ("transport", "key", "conforms"),
    [
        ({}, "order.paid", True),
        ({"exchange": "shop"}, "anything", True),
        ({"topic": "orders"}, "orders.info", True),
        ({"topic": "orders"}, "orders.paid", False),
        ({"routing_key": "v1.{event_type}"}, "v1.order.paid", True),
        ({"routing_key": "v1.{event_type}"}, "order.paid", False),
    ],
)
def test_routing_keys(transport, key, conforms, orders, tmp_path):
    """What the catalog of events does not know of their routing keys it does not judge."""
    copytree(orders, tmp_path / "copy")
    manifest = json.loads((orders / "catalog.json").read_bytes())
    (tmp_path / "copy" / "catalog.json").write_text(json.dumps(manifest | {"transport": transport}))
    catalog = load(tmp_path / "copy")
    with reading_as(catalog.envelopes):
        assert catalog.check(_arrival(WRITTEN, key).decoded()).conforms == conforms
    (tmp_path / "recording.jsonl").write_bytes(recording_line(_arrival(WRITTEN, key)))
    said = StringIO()
    with redirect_stdout(said):
        status = main(["catalog", "infer", str(tmp_path / "recording.jsonl"), "--update", str(tmp_path / "copy")])
    assert (status, "carried otherwise" in said.getvalue()) == ((0, False) if conforms else (1, True))


def test_what_cannot_be_learned(orders, run, tmp_path):
    """Where nothing is an event, it is said what tells why."""
    line = recording_line(_arrival(json.dumps(DATA).encode(), headers=_headers(":")))
    (tmp_path / "recording.jsonl").write_bytes(line)
    for command in (
        ("infer", tmp_path / "recording.jsonl", "--envelope", "cloudevents", "--output", tmp_path / "none"),
        ("drift", orders, tmp_path / "recording.jsonl"),
    ):
        ran = run("catalog", *command)
        assert (ran.status, "; check tells why" in ran.err) == (2, True)
    assert IN_HEADERS in run("check", tmp_path / "recording.jsonl").out


@pytest.mark.parametrize("form", ["event", "wrapped", "batch"])
def test_masked(form, orders):
    """A masked recording of an event hides what a report hides of it, and check says the same of it."""
    catalog = load(orders)
    event = EVENT | {"shown": SECRET, "data": DATA | {"more": SECRET, "password": SECRET}}
    body = {"event": event, "wrapped": {"oslo.version": "2.0", "oslo.message": json.dumps(event)}, "batch": [event]}[
        form
    ]
    masked: list[bytes] = []
    ledger = Ledger(catalog, "x", sinks=[RecordingLines(masked.append, catalog)])
    ledger.take([_arrival(json.dumps(body).encode())])
    assert SECRET.encode() not in masked[0]
    with reading_as(catalog.envelopes), Recording("", BytesIO(masked[0])) as recording:
        found = [violation for content, _ in recording for violation in catalog.check(content).violations]
    assert len(found) == ledger.tally.summary.violations
    if form != "batch":
        assert sorted((one.pointer, one.keyword) for one in found) == [
            (f"/{name}", "additionalProperties") for name in ("payload/more", "payload/password", "shown")
        ]


def test_routing_keys_of_several(orders, tmp_path):
    """What a tap, which knows no catalog, has heard is judged by the routing keys of its own one, in any order."""
    copytree(orders, tmp_path / "copy")
    manifest = json.loads((orders / "catalog.json").read_bytes())
    transport = {"transport": {"routing_key": "{event_type}"}}
    (tmp_path / "copy" / "catalog.json").write_text(json.dumps(manifest | transport))
    catalogs = load("glance-emitted"), load(tmp_path / "copy")
    for several in (catalogs, catalogs[::-1]):
        catalog = joined_catalog(several)
        for key, conforms in (("order.paid", True), ("notifications.info", False)):
            heard = _arrival(WRITTEN, key).decoded()
            assert (catalog.check(heard).conforms, catalog.accepts(heard)) == (conforms, conforms)


@pytest.mark.parametrize("wrapped", [False, True])
def test_logged(wrapped, orders):
    """What is logged is an event to every assertion: none of its type fails, one of it holds."""
    logger = logging.getLogger("oslo.messaging.notification.order.paid")
    with recorder(load(orders), source="logging") as found:
        logger.info(
            json.dumps({"oslo.version": "2.0", "oslo.message": WRITTEN.decode()}) if wrapped else WRITTEN.decode()
        )
        assert found.event_types == ["order.paid"]
        assert found.one("order.paid").payload == DATA
        with pytest.raises(ArrivalError):
            found.none("order.paid")
