"""Events with an envelope of their own: read by what a catalog states of it, everywhere, and written again."""

import json
import re
import subprocess
import sys
from decimal import Decimal
from random import Random

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notify_contracts import check, load
from notify_contracts.capture import Recording
from notify_contracts.catalog import Catalog, joined_catalog
from notify_contracts.errors import CatalogError, ContractViolatedError, UsageError
from notify_contracts.fuzzing import ConsumerFailedError, fuzz_consumer
from notify_contracts.model import Notification
from notify_contracts.testing import Recorder, assert_conforms, tapped
from notify_contracts.wire.envelopes import EnvelopeForm, known_forms, reading_as, told
from tests.events import learned, lines
from tests.watching import Bus, lines_of

CLOUD = known_forms()["cloudevents"]


def cloud(number, kind="paid", **other):
    """Return an event in the structured mode of CloudEvents."""
    return {
        "specversion": "1.0",
        "id": f"event {number}",
        "source": "/shop",
        "type": f"order.{kind}",
        "time": f"2026-11-28T10:00:{number % 60:02d}Z",
        "data": {"order": number, "sum": number * 7 % 90}
        | ({"by": ("post", "air")[number % 2]} if kind == "sent" else {}),
        **other,
    }


EVENTS = [cloud(number, ("paid", "sent")[number % 3 == 0]) for number in range(200)]


@pytest.fixture(scope="session")
def orders(tmp_path_factory):
    """Return the folder of a catalog that was learned from events."""
    return learned(tmp_path_factory.mktemp("envelopes"), "orders", CLOUD.templates, EVENTS)


@pytest.fixture
def events(tmp_path):
    """Return a recording of events."""
    path = tmp_path / "events.jsonl"
    path.write_text(lines(EVENTS))
    return path


def without(name):
    """Return an event that lacks a member."""
    return {key: value for key, value in cloud(1).items() if key != name}


# The form


def test_read():
    """Attributes are moved to their names, what is the same in all events is added, all else stays."""
    assert CLOUD.read(cloud(1, subject="x", payload=5)) == {
        "message_id": "event 1",
        "publisher_id": "/shop",
        "event_type": "order.paid",
        "priority": "INFO",
        "timestamp": "2026-11-28T10:00:01Z",
        "payload": {"order": 1, "sum": 7},
        "specversion": "1.0",
        "subject": "x",
        "payload_": 5,
    }


FORMS = {
    "places within places": (
        {"event_type": "{/meta/type}", "message_id": "{/meta/id}", "priority": "WARN", "payload": "{/body/inner}"},
        {"meta": {"type": "a.b", "id": 7, "more": [1]}, "body": {"inner": {"x": 1}}},
        {"message_id": 7, "event_type": "a.b", "priority": "WARN", "payload": {"x": 1}, "meta": {"more": [1]}},
    ),
    "a text of several values": (
        {"event_type": "{/kind}.{/action}", "priority": "INFO", "payload": "{/object}"},
        {"kind": "order", "action": 4, "object": None},
        {"event_type": "order.4", "priority": "INFO", "payload": None, "kind": "order", "action": 4},
    ),
    "the whole event": (
        {"event_type": "login.{/type}", "timestamp": "{/at}", "priority": "{/level}", "payload": "{}"},
        {"type": "ok", "at": 5, "level": "ERROR"},
        {
            "event_type": "login.ok",
            "priority": "ERROR",
            "timestamp": 5,
            "payload": {"type": "ok", "at": 5, "level": "ERROR"},
        },
    ),
    "within the payload": (
        {"event_type": "{/data/type}", "priority": "INFO", "payload": "{/data}"},
        {"data": {"type": "a"}, "v": 1},
        {"event_type": "a", "priority": "INFO", "payload": {"type": "a"}, "v": 1},
    ),
    "one place twice": (
        {"event_type": "{/type}", "publisher_id": "{/type}", "priority": "INFO", "payload": "{/data}"},
        {"type": "a", "data": []},
        {"publisher_id": "a", "event_type": "a", "priority": "INFO", "payload": []},
    ),
    "a place and one within it": (
        {"event_type": "{/meta/type}", "publisher_id": "{/meta}", "priority": "INFO", "payload": "{/data}"},
        {"meta": {"type": "a"}, "data": {}},
        {"publisher_id": {"type": "a"}, "event_type": "a", "priority": "INFO", "payload": {}},
    ),
    "some that are called as ours are": (
        {name: f"{{/{name}}}" for name in ("message_id", "event_type", "priority", "payload")} | {"timestamp": "{/ts}"},
        {"message_id": 1, "event_type": "a", "priority": "INFO", "payload": {}, "ts": 5, "timestamp": 6},
        {"message_id": 1, "event_type": "a", "priority": "INFO", "timestamp": 5, "payload": {}, "timestamp_": 6},
    ),
    "names that attributes have, and further ones": (
        {"event_type": "{/type}", "priority": "INFO", "payload": "{/data}"},
        {"type": "a", "data": {}, "priority": "low", "priority_": "high", "priority__": 1, "type_": 2, "other_": 3},
        {
            "event_type": "a",
            "priority": "INFO",
            "payload": {},
            "priority_": "low",
            "priority__": "high",
            "priority___": 1,
            "type_": 2,
            "other_": 3,
        },
    ),
    "no priority": (
        {"event_type": "{/event_type}", "priority": "INFO", "payload": "{/payload}"},
        {"event_type": "a", "payload": {}, "message_id": 7},
        {"event_type": "a", "priority": "INFO", "payload": {}, "message_id": 7},
    ),
    "names with a slash and a tilde": (
        {"event_type": "{/a~1b}", "priority": "INFO", "payload": "{/c~0d}"},
        {"a/b": "x", "c~d": {}},
        {"event_type": "x", "priority": "INFO", "payload": {}},
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_forms(name):
    """Every kind of place is read, the event stays as it was, and what was read is written as it came."""
    stated, event, envelope = FORMS[name]
    form, before = EnvelopeForm.stated(stated), json.dumps(event)
    assert form.read(event) == envelope
    assert json.dumps(event) == before
    assert form.write(envelope) == event
    assert form.read(envelope) is None
    assert list(EnvelopeForm.stated(stated).read(event)) == list(form.read(event))


KNOWN = {
    "cloudevents": cloud(1),
    "eventbridge": {
        "version": "0", "id": "a", "detail-type": "Object Created", "source": "aws.s3", "account": "1", "region": "eu",
        "time": "2026-11-28T10:00:00Z", "resources": [], "detail": {"bucket": {"name": "b"}},
    },
    "eventgrid": {
        "topic": "/subscriptions/1", "subject": "/blobs/a", "eventType": "Microsoft.Storage.BlobCreated", "id": "a",
        "eventTime": "2026-11-28T10:00:00Z", "data": {"api": "PutBlob"}, "dataVersion": "", "metadataVersion": "1",
    },
    "stripe": {
        "id": "evt_1", "object": "event", "api_version": "2026-01-01", "created": 1764324000, "livemode": False,
        "type": "invoice.updated", "data": {"object": {"id": "in_1"}, "previous_attributes": {"total": 1}},
    },
}  # fmt: skip


@pytest.mark.parametrize("name", known_forms())
def test_known(name):
    """An event of each service that is known by name is read with all that its envelope says, and written again."""
    form = known_forms()[name]
    envelope = form.read(KNOWN[name])
    assert form.templates.keys() <= envelope.keys()
    assert envelope["payload"] in (KNOWN[name].get("data"), KNOWN[name].get("detail"), {"id": "in_1"})
    assert form.write(envelope) == KNOWN[name]


_JSON = (
    st.none() | st.integers() | st.text(max_size=3) | st.dictionaries(st.sampled_from("abcd"), st.none(), max_size=3)
)
_NAMES = st.sampled_from(
    ("id", "type", "source", "time", "data", "specversion", "payload", "priority", "event_type", "x")
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(_NAMES, _JSON, max_size=8))
def test_any_event(event):
    """Whatever an event holds, it is read as nothing, or as what is written as it came."""
    envelope = CLOUD.read(event)
    assert envelope is None or CLOUD.write(envelope) == event


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"id": 1, "type": "a"},
        {"event_type": "a", "priority": "INFO", "payload": {}, "message_id": 1},
        cloud(1, data={"oslo.message": "{}", "oslo.version": "2.0"}),
        cloud(1, data={"event_type": "a", "priority": "INFO", "payload": {}}),
    ],
)
def test_no_event(value):
    """What has too few of the places, or is a notification or holds one, is none of the events."""
    assert CLOUD.read(value) is None


WRONG = {
    "no object": ([], "the envelope is stated by an object"),
    "no such attribute": ({"type": "{/a}"}, "'type' is no attribute"),
    "no text": ({"event_type": 5}, "expected event_type to be a text"),
    "no pointer": ({"event_type": "{a}"}, "expected event_type to be a text"),
    "no event type": ({"priority": "INFO", "payload": "{/a}"}, "does not say where event_type stands"),
    "no payload": ({"event_type": "{/a}", "priority": "INFO"}, "does not say where payload stands"),
    "a payload of texts": ({"event_type": "{/a}", "priority": "I", "payload": "a{/a}"}, "payload to be one place"),
    "too deep": ({"event_type": "{" + "/a" * 33 + "}"}, "event_type stands too deep"),
    "the same event type": (
        {"event_type": "a", "priority": "I", "payload": "{/a}"},
        "event_type to have a place in it",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_forms(name, run, events, tmp_path):
    """What is wrong with a file of one's own is said, in one line, and nothing is written."""
    stated, said = WRONG[name]
    (tmp_path / "form.json").write_text(json.dumps(stated))
    with pytest.raises(UsageError, match=said.replace("'", ".")):
        EnvelopeForm.stated(stated)
    ran = run("catalog", "infer", events, "--envelope", tmp_path / "form.json", "--output", tmp_path / "new")
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("wrong", ["timestamp", "payload"])
def test_places_where_nothing_stands(wrong, run, events, tmp_path):
    """What stands in no event at all, mistyped by all appearances, is said."""
    right, said = {**CLOUD.templates}, []
    for stated in (right, right | {wrong: "{/tmie/a}"}):
        (tmp_path / "form.json").write_text(json.dumps(stated))
        given = "--envelope", tmp_path / "form.json", "--output", tmp_path / f"new{len(said)}"
        said.append(run("catalog", "infer", events, *given).out)
    assert "no event has" not in said[0]
    assert f"no event has a {wrong}: nothing stands at /tmie/a" in said[1]


def test_payload_that_is_the_event_type(run, tmp_path):
    """The place of the event type may be that of the payload, and no other place be left; logs of such are read."""
    (tmp_path / "form.json").write_text('{"event_type": "{/a}", "priority": "INFO", "payload": "{/a}"}')
    (tmp_path / "events.jsonl").write_text(lines({"a": "x.y", "n": number} for number in range(30)))
    given = "--envelope", tmp_path / "form.json", "--output", tmp_path / "new"
    assert run("catalog", "infer", tmp_path / "events.jsonl", *given).status == 0
    (tmp_path / "events.log").write_text("starting { a\n" + lines([{"a": "x.y", "n": 1}]))
    assert run("check", tmp_path / "events.log", "--catalog", tmp_path / "new").status == 0


@pytest.mark.parametrize("name", ["nothing.json", "", "form"])
def test_no_such_form(name, run, events, tmp_path):
    """Neither a name nor a file: both are said."""
    (tmp_path / "form").mkdir()
    path = tmp_path / name if name == "form" else name
    ran = run("catalog", "infer", events, "--envelope", path, "--output", tmp_path / "new")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "--envelope" in ran.err


# The catalog that states it


def test_stated(orders):
    """The catalog states the envelope, lints clean, and its examples are notifications."""
    catalog = load(orders)
    assert catalog.manifest["envelope"] == CLOUD.templates
    [contract, _] = catalog.contracts
    assert contract.event_type == "order.paid"
    assert {"payload", "message_id", "specversion"} <= contract.example().keys()


def test_lint(orders, run, tmp_path):
    """Lint says where an envelope is wrong, and so does whoever reads the catalog."""
    assert run("catalog", "lint", orders).status == 0
    for path in orders.rglob("*.json"):
        copy = tmp_path / "copy" / path.relative_to(orders)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    manifest = json.loads((tmp_path / "copy" / "catalog.json").read_text())
    manifest["envelope"]["event_type"] = "type"
    (tmp_path / "copy" / "catalog.json").write_text(json.dumps(manifest))
    ran = run("catalog", "lint", tmp_path / "copy")
    assert (ran.status, "catalog.json#/envelope/event_type: expected text with a JSON Pointer" in ran.out) == (1, True)
    with pytest.raises(CatalogError, match="envelope"):
        _ = Catalog(tmp_path / "copy").envelopes


@pytest.mark.parametrize("jobs", [1, 2])
def test_check(orders, events, run, jobs):
    """Events that keep their contracts do, in one process and in several."""
    ran = run("check", events, "--catalog", orders, "--jobs", jobs)
    assert (ran.status, "200 notifications, 200 conform" in ran.out) == (0, True)


BROKEN = {
    "no data": (without("data"), "/payload", "required"),
    "no type": (without("type"), "/event_type", "required"),
    "no id": (without("id"), "/message_id", "required"),
    "no version": (without("specversion"), "/specversion", "required"),
    "a type that there is not": (cloud(1, "lost"), "/event_type", "unknown-event"),
    "a type that is no text": (cloud(1, type=5), "/event_type", "type"),
    "data of another kind": (cloud(1, data="text"), "/payload", "type"),
    "one more member": (cloud(1, extra=1), "/extra", "additionalProperties"),
    "a member with an attribute's name": (cloud(1, payload={}), "/payload_", "additionalProperties"),
    "too little": ({"type": "order.paid", "data": {}}, "", "unreadable"),
}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("name", BROKEN)
def test_broken(name, jobs, orders, run, tmp_path):
    """An event that lacks something or has something else is a violation, never left out."""
    event, pointer, keyword = BROKEN[name]
    (tmp_path / "events.jsonl").write_text(lines([EVENTS[0], event]))
    ran = run("check", tmp_path / "events.jsonl", "--catalog", orders, "--format", "jsonl", "--jobs", jobs)
    good, bad = map(json.loads, ran.out.splitlines())
    assert (ran.status, good["conforms"], bad["conforms"]) == (1, True, False)
    assert [(each["pointer"], each["keyword"]) for each in bad["violations"]] == [(pointer, keyword)]


_TEXT = json.dumps(EVENTS[0])
SHAPES = {
    "an array": json.dumps(EVENTS[:1]),
    "spread over lines": json.dumps(EVENTS[0], indent=2),
    "a message": json.dumps({"exchange": "", "routing_key": "notifications.info", "properties": {}, "body": _TEXT}),
    "a record of Kafka's": json.dumps({"topic": "a", "partition": 0, "offset": 1, "value": EVENTS[0]}),
    "a record of a logger's": json.dumps({"log": f"{_TEXT}\n", "stream": "stdout", "time": "2026-11-28T10:00:00Z"}),
    "behind the text of a log": f"began\n2026-11-28 INFO sent {_TEXT}\nended\n",
    "printed by Python": f"began\n2026-11-28 INFO sent {EVENTS[0]}\nended\n",
    "bytes printed by Python": f"began\n2026-11-28 INFO sent {_TEXT.encode()!r}\nended\n",
    "quoted in a log": f"began\n2026-11-28 INFO sent {json.dumps(_TEXT)}\nended\n",
    "a cell of a table": 'id,event\n1,"{}"\n'.format(_TEXT.replace('"', '""')),
    "XML": "<e>{}</e>\n".format(_TEXT.replace('"', "&quot;")),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(name, orders, run, tmp_path):
    """Events are found in what notifications are found in."""
    (tmp_path / "recording").write_text(SHAPES[name])
    ran = run("check", tmp_path / "recording", "--catalog", orders)
    assert (ran.status, "1 notifications, 1 conform" in ran.out) == (0, True), ran


def test_cut_off(orders, run, tmp_path):
    """An event that breaks off in a log is unreadable, not another line that is skipped."""
    (tmp_path / "log").write_text(f"began\n2026-11-28 sent {_TEXT[:-30]}\n2026-11-28 sent {_TEXT}\n")
    ran = run("check", tmp_path / "log", "--catalog", orders)
    assert (ran.status, "1 conform, 1 do not" in ran.out, "1 unreadable" in ran.out) == (1, True, True)


def test_not_stated(events, run):
    """A catalog that states no envelope reads no such events, and learning says how to name one."""
    ran = run("check", events, "--catalog", "glance-emitted")
    assert (ran.status, "200 unreadable" in ran.out) == (1, True)
    ran = run("catalog", "infer", events, "--output", events.parent / "new")
    assert (ran.status, "--envelope" in ran.err) == (2, True)


def test_no_names(run, tmp_path):
    """Where the envelope is the right one, and what it has cannot name a contract, another is not asked for."""
    (tmp_path / "events.jsonl").write_text(lines([cloud(1, type="https://shop.example/order/paid")]))
    ran = run("catalog", "infer", tmp_path / "events.jsonl", "--envelope", "cloudevents", "--output", tmp_path / "new")
    assert (ran.status, "--envelope says so" in ran.err, "gsub" in ran.err) == (2, False, True)
    (tmp_path / "events.jsonl").write_text(lines([cloud(1, type="https:..shop.example.order.paid")]))
    given = ("--envelope", "cloudevents", "--output", tmp_path / "new")
    assert run("catalog", "infer", tmp_path / "events.jsonl", *given).status == 0


def test_as_they_are(orders, run, tmp_path):
    """Notifications as they are conform beside events."""
    contract, _ = load(orders).contracts
    (tmp_path / "both.jsonl").write_text(lines([contract.example(), EVENTS[0]]))
    assert run("check", tmp_path / "both.jsonl", "--catalog", orders).status == 0


def test_skimmed_as_else(orders, tmp_path):
    """What is only counted is counted as what verdicts are made of."""
    catalog = load(orders)
    (tmp_path / "events.jsonl").write_text(lines(EVENTS + [event for event, _, _ in BROKEN.values()]))
    with Recording(tmp_path / "events.jsonl") as recording:
        verdicts = list(check(recording, catalog))
    assert sum(verdict.conforms for verdict in verdicts) == 200
    assert len(verdicts) == 210


# Whatever else reads or writes


def test_generated(orders, run, tmp_path):
    """What is generated is events, which conform; of what breaks a rule there are notifications, as cases have them."""
    ran = run("generate", "--catalog", orders, "--count", 50, "--seed", 1, "--output", tmp_path / "made.jsonl")
    assert ran.status == 0
    made = [json.loads(line) for line in (tmp_path / "made.jsonl").read_text().split("\n") if line]
    assert all({"id", "type", "data", "specversion"} <= event.keys() for event in made)
    assert run("check", tmp_path / "made.jsonl", "--catalog", orders).status == 0
    ran = run("generate", "--catalog", orders, "--count", 5, "--seed", 1, "--broken")
    assert all(json.loads(line)["valid"] is False for line in ran.out.split("\n") if line)


@pytest.mark.parametrize(
    "stated",
    [
        {"event_type": "{/kind}.{/action}", "payload": "{/body}"},
        {"event_type": "order.{/action}", "payload": "{/body}"},
        {"event_type": "order.{/body/action}", "payload": "{/body}"},
        {"event_type": "{/kind}.{/body/action}", "payload": "{}"},
    ],
)
def test_generated_of_parts(stated, run, tmp_path):
    """What an event type is made of is in generated events as it says, so that each is of its contract."""
    events = (
        {"kind": "order", "action": kind, "n": number, "body": {"action": kind, kind: number}}
        for number in range(30)
        for kind in ("paid", "sent", "lost")
    )
    (tmp_path / "events.jsonl").write_text(lines(events))
    (tmp_path / "form.json").write_text(json.dumps({"priority": "INFO", "timestamp": "{/n}", **stated}))
    ran = run(
        "catalog", "infer", tmp_path / "events.jsonl", "--envelope", tmp_path / "form.json", "--output", tmp_path / "c"
    )
    assert ran.status == 0, ran.err
    for event_type in ("order.paid", "order.sent", "order.lost"):
        made = tmp_path / f"{event_type}.jsonl"
        only = "--event", event_type
        assert (
            run("generate", "--catalog", tmp_path / "c", "--count", 20, "--seed", 1, "--output", made, *only).status
            == 0
        )
        ran = run("check", made, "--catalog", tmp_path / "c", *only)
        assert (ran.status, ran.out.count("20 notifications, 20 conform")) == (0, 1), ran.out


def test_sent():
    """What an event type is made of is written where it lacks, but for what cannot be told apart or has no place."""
    form = EnvelopeForm.stated({"event_type": "{/kind}.{/data/no}", "priority": "INFO", "payload": "{/data}"})
    assert form.write({"event_type": "a.7", "payload": {}}) == {"kind": "a", "data": {"no": "7"}}
    assert form.write({"event_type": "a.7", "payload": {"no": 6}}) == {"kind": "a", "data": {"no": 7}}
    assert form.write({"event_type": "a.7", "payload": "text"}) == {"kind": "a", "data": "text"}
    assert form.write({"event_type": "a", "payload": {}}) == {"data": {}}
    joined = EnvelopeForm.stated({"event_type": "{/kind}{/no}", "priority": "INFO", "payload": "{/data}"})
    assert joined.write({"event_type": "a7", "payload": {}}) == {"data": {}}


def test_update_and_drift(orders, run, tmp_path):
    """A catalog is brought up to date with events, and held against them."""
    assert run("catalog", "drift", orders, orders.parent / "orders.jsonl").status == 0
    (tmp_path / "more.jsonl").write_text(lines([cloud(n, data={"order": n, "sum": None}) for n in range(40)]))
    ran = run("catalog", "drift", orders, tmp_path / "more.jsonl", "--jobs", 2)
    assert (ran.status, "/payload/sum" in ran.out) == (1, True)
    ran = run("catalog", "infer", "--update", orders, tmp_path / "more.jsonl", "--dry-run", "--allow-rare")
    assert (ran.status, "+++ b/" in ran.out) == (0, True)
    ran = run("catalog", "infer", "--update", orders, tmp_path / "more.jsonl", "--envelope", "cloudevents")
    assert (ran.status, "leave --envelope out" in ran.err) == (2, True)


def test_needs(orders, events, run, tmp_path):
    """What consumers read is drafted from events, and counted in them."""
    ran = run("needs", "init", "--from", events, "--envelope", "cloudevents", "--output", tmp_path / "needs.json")
    assert ran.status == 0
    assert "$.payload.sum" in (tmp_path / "needs.json").read_text()
    assert run("needs", "check", tmp_path / "needs.json", "--catalog", orders, "--recording", events).status == 0


def test_needs_that_name_places_of_events(orders, run, tmp_path):
    """Where a need names a place of an event, the report says where that stands in a notification."""
    reads = [{"places": [place]} for place in ("$.data.sum", "$.source", "$.database", "$.payload.sum")]
    need = {"consumer": "billing", "needs": [{"event_types": ["order.paid"], "reads": reads}]}
    (tmp_path / "needs.json").write_text(json.dumps(need))
    ran = run("needs", "check", tmp_path / "needs.json", "--catalog", orders)
    assert ran.status == 1
    said = "a need names places of notifications, not of events: $.source is $.publisher_id, $.data is $.payload"
    assert f"note: billing: {said}\n" in ran.out
    assert "not of events" not in run("needs", "check", tmp_path / "needs.json", "--catalog", "glance-emitted").out


def test_diff(orders, run, tmp_path):
    """Another envelope breaks both sides, and the witnesses show it."""
    for path in orders.rglob("*.json"):
        copy = tmp_path / "new" / path.relative_to(orders)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes().replace(b"{/data}", b"{/detail}"))
    ran = run("catalog", "diff", orders, tmp_path / "new", "--witnesses", tmp_path / "witnesses", "--format", "json")
    found = json.loads(ran.out)["findings"]
    assert ran.status == 1
    assert [(one["place"], one["was"], one["now"]) for one in found] == [
        ("envelope", '{"payload":"{/data}"}', '{"payload":"{/detail}"}')
    ] * 2
    for direction, sender, hearer in (("new-sends", tmp_path / "new", orders), ("old-sent", orders, tmp_path / "new")):
        [witness] = (tmp_path / "witnesses").glob(f"{direction}.*")
        assert [run("check", witness, "--catalog", side).status for side in (sender, hearer)] == [0, 1]
    assert run("catalog", "diff", orders, orders).status == 0


@pytest.mark.parametrize("draft", ["json-schema", "json-schema-draft-07"])
def test_exported_schemas(draft, orders, run):
    """Exported schemas are of events: they accept what the catalog accepts, and refuse what it refuses."""
    bundle = json.loads(run("catalog", "export", "--format", draft, "--catalog", orders).out)
    kind = jsonschema_rs.Draft202012Validator if draft == "json-schema" else jsonschema_rs.Draft7Validator
    validator = kind(bundle, validate_formats=True)
    assert all(map(validator.is_valid, EVENTS))
    assert not any(validator.is_valid(event) for event, _, _ in BROKEN.values())


def test_exported_asyncapi(orders, run):
    """The AsyncAPI document has events, and none of oslo.messaging's formats."""
    document = json.loads(run("catalog", "export", "--format", "asyncapi-json", "--catalog", orders).out)
    for message in document["components"]["messages"].values():
        assert message["correlationId"] == {"location": "$message.payload#/id"}
        assert all({"id", "type", "data"} <= example["payload"].keys() for example in message["examples"])
    assert "oslo" not in json.dumps(document["components"])


def test_imported_again(orders, events, run, tmp_path):
    """What was exported as AsyncAPI comes back as a catalog of the same events."""
    given = ("--format", "asyncapi", "--catalog", orders, "--output", tmp_path / "api.yaml")
    assert run("catalog", "export", *given).status == 0
    ran = run(
        "catalog", "import", "asyncapi", tmp_path / "api.yaml", "--name", "orders", "--output", tmp_path / "again"
    )
    assert (ran.status, re.search("left out +0\n", ran.out) is not None) == (0, True)
    assert load(tmp_path / "again").envelopes[0].templates == CLOUD.templates
    compared = run("catalog", "diff", orders, tmp_path / "again", "--format", "json")
    assert json.loads(compared.out)["findings"] == []
    assert run("check", events, "--catalog", tmp_path / "again").status == 0


FOREIGN = {
    "asyncapi": "2.6.0",
    "info": {"title": "Shop", "version": "1.2.0"},
    "channels": {"orders.info": {"subscribe": {"message": {"$ref": "#/components/messages/paid"}}}},
    "components": {
        "messages": {
            "paid": {
                "name": "paid",
                "payload": {
                    "allOf": [
                        {"$ref": "#/components/schemas/context"},
                        {
                            "required": ["data"],
                            "properties": {
                                "type": {"const": "order.paid"},
                                "data": {"required": ["order"], "properties": {"order": {"type": "integer"}}},
                            },
                        },
                    ]
                },
                "examples": [{"payload": cloud(1)}],
            }
        },
        "schemas": {
            "context": {
                "required": ["id", "source", "specversion", "type"],
                "properties": {name: {"type": "string"} for name in ("id", "source", "specversion", "type", "time")},
            }
        },
    },
}


def test_imported(run, tmp_path):
    """A document of events is imported by the name of their envelope, with what it says of members beside it."""
    (tmp_path / "api.json").write_text(json.dumps(FOREIGN))
    given = ("asyncapi", tmp_path / "api.json", "--output", tmp_path / "shop")
    ran = run("catalog", "import", *given, "--envelope", "cloudevents")
    assert (ran.status, re.search("left out +0\n", ran.out) is not None) == (0, True), ran
    catalog = load(tmp_path / "shop")
    [contract] = catalog.contracts
    assert (contract.id, catalog.sent(contract.example())) == ("order.paid-INFO", cloud(1))
    assert catalog.check(cloud(1)).conforms
    for broken in (without("specversion"), without("data"), cloud(1, data={"order": "1"}), cloud(1, "sent")):
        assert not catalog.check(broken).conforms
    (tmp_path / "form.json").write_text('{"event_type": "{/a/b}", "priority": "INFO", "payload": "{/data}"}')
    ran = run("catalog", "import", *given[:2], "--output", tmp_path / "no", "--envelope", tmp_path / "form.json")
    assert (ran.status, "not one member of an event" in ran.err) == (2, True)
    (tmp_path / "api.json").write_text(json.dumps(FOREIGN | {"x-envelope": {"type": "{/a}"}}))
    ran = run("catalog", "import", *given[:2], "--output", tmp_path / "no")
    assert (ran.status, "x-envelope: 'type' is no attribute" in ran.err) == (2, True)


def test_imported_with_names_of_attributes(run, tmp_path):
    """What a document says of a member that is called as an attribute is is said of that member."""
    document = json.loads(json.dumps(FOREIGN))
    context = document["components"]["schemas"]["context"]
    context["properties"] |= {"priority": {"enum": ["low", "high"]}, "timestamp": {"type": "integer"}}
    context["required"] += ["priority", "timestamp"]
    document["components"]["messages"]["paid"]["examples"] = [{"payload": cloud(1, priority="low", timestamp=5)}]
    (tmp_path / "api.json").write_text(json.dumps(document))
    given = ("asyncapi", tmp_path / "api.json", "--output", tmp_path / "shop", "--envelope", "cloudevents")
    ran = run("catalog", "import", *given)
    assert (ran.status, re.search("left out +0\n", ran.out) is not None) == (0, True), ran
    catalog = load(tmp_path / "shop")
    assert catalog.check(cloud(1, priority="low", timestamp=5)).conforms
    for wrong in (cloud(1), cloud(1, priority="bogus", timestamp="5")):
        assert [each.pointer for each in catalog.check(wrong).violations] == ["/priority_", "/timestamp_"]
    assert run("catalog", "lint", tmp_path / "shop").status == 0


def test_exported_pages(orders, run):
    """Pages for people say where each attribute stands, and have events as examples."""
    for form in ("markdown", "html"):
        ran = run("catalog", "export", "--format", form, "--catalog", orders)
        assert re.search("Envelope.{1,40}message_id", ran.out)
        assert re.search('(&quot;|")source(&quot;|")', ran.out)
    shown = run("catalog", "show", "order.paid", "--catalog", orders).out
    assert json.loads(shown.partition("example:")[2]).keys() == cloud(1).keys()


PLACES = {
    "the whole event": {
        "event_type": "shop.{/type}", "message_id": "{/id}", "timestamp": "{/time}",
        "priority": "INFO", "payload": "{}",
    },
    "objects around": {
        "event_type": "{/type}", "message_id": "{/meta/id}", "priority": "{/meta/level}", "payload": "{/body/inner}",
    },
    "all of an object": {
        "event_type": "{/head/type}", "timestamp": "{/head/at}", "priority": "INFO", "payload": "{/data}",
    },
    "a text of two": {"event_type": "{/kind}.{/step}", "message_id": "{/id}", "priority": "INFO", "payload": "{/data}"},
}  # fmt: skip


def placed(name, number):
    """Return an event in which attributes stand otherwise than one in a member each."""
    kind, data = ("paid", "sent")[number % 3 == 0], cloud(number, ("paid", "sent")[number % 3 == 0])["data"]
    at, key = f"2026-11-28T10:00:{number % 60:02d}Z", f"event {number}"
    return {
        "the whole event": {"type": kind, "id": key, "time": at, **data},
        "objects around": {
            "type": kind, "meta": {"id": key, "level": "INFO", "shard": number % 4},
            "body": {"inner": data, "size": number},
        },
        "all of an object": {"head": {"type": kind, "at": at}, "data": data, "more": number},
        "a text of two": {"kind": kind, "step": 4 if kind == "paid" else "last", "id": key, "data": data},
    }[name]  # fmt: skip


def changed(value, random):
    """Return a JSON value with one change somewhere in it."""
    if isinstance(value, dict) and value and random.random() < 0.8:
        key = random.choice(sorted(value))
        if random.random() < 0.2:
            return {name: each for name, each in value.items() if name != key}
        return {**value, key: changed(value[key], random)}
    if isinstance(value, dict) and random.random() < 0.5:
        return {**value, random.choice(("id", "type", "x", "meta", "data")): 1}
    return random.choice((None, True, 4, "4", "paid", "INFO", "", {}, [], 1.5, {"a": 1}, "2026-11-28T10:00:00Z"))


@pytest.mark.parametrize("draft", ["json-schema", "json-schema-draft-07"])
@pytest.mark.parametrize("name", PLACES)
def test_exported_places(name, draft, run, tmp_path):
    """Wherever attributes stand, what is exported accepts what the catalog accepts, and refuses what it refuses."""
    (tmp_path / "form.json").write_text(json.dumps(PLACES[name]))
    events = [placed(name, number) for number in range(150)]
    (tmp_path / "events.jsonl").write_text(lines(events))
    given = ("--envelope", tmp_path / "form.json", "--output", tmp_path / "made")
    assert run("catalog", "infer", tmp_path / "events.jsonl", *given).status == 0
    ran = run("catalog", "export", "--format", draft, "--catalog", tmp_path / "made")
    assert (ran.status, ran.err) == (0, "")
    kind = jsonschema_rs.Draft202012Validator if draft == "json-schema" else jsonschema_rs.Draft7Validator
    validator, catalog = kind(json.loads(ran.out), validate_formats=True), load(tmp_path / "made")
    random = Random(7)
    tried = [*events, *(changed(random.choice(events), random) for _ in range(1500))]
    verdicts = [(catalog.check(event).conforms, event) for event in tried if isinstance(event, dict)]
    assert [event for conforms, event in verdicts if conforms != validator.is_valid(event)] == []
    assert {conforms for conforms, _ in verdicts[150:]} == {True, False}


def test_not_exported(orders, run, tmp_path):
    """What is said of a whole notification, and cannot be said of an event, is told."""
    for path in orders.rglob("*.json"):
        copy = tmp_path / "copy" / path.relative_to(orders)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    envelope = json.loads((tmp_path / "copy" / "notification.json").read_text())
    (tmp_path / "copy" / "notification.json").write_text(json.dumps(envelope | {"maxProperties": 9}))
    ran = run("catalog", "export", "--format", "json-schema", "--catalog", tmp_path / "copy")
    assert (ran.status, "maxProperties" in ran.err, "--format html, markdown" in ran.err) == (2, True, True)
    assert run("catalog", "export", "--format", "html", "--catalog", tmp_path / "copy").status == 0


def test_asserted(orders):
    """Assertions read events, as mappings, texts, and what a tap took for a notification."""
    catalog = load(orders)
    assert assert_conforms(EVENTS[0], catalog).event_type == "order.sent"
    assert catalog.check(EVENTS[0]).conforms
    assert catalog.check(Notification(EVENTS[0])).content.message_id == "event 0"
    joined = joined_catalog([load("glance-emitted"), catalog])
    for each in (catalog, joined):
        assert each.accepts(EVENTS[0])
        assert each.accepts(Notification(EVENTS[0]))
        assert each.check(Notification(EVENTS[0])).conforms
        assert not each.accepts(Notification(without("id")))
    assert not catalog.check(without("id")).conforms
    recorder = Recorder(catalog)
    recorder.record(json.dumps(EVENTS[1]))
    assert recorder.one("order.paid").payload == {"order": 1, "sum": 7}
    assert catalog.sent(recorder[0].envelope) == EVENTS[1]
    with reading_as(catalog.envelopes):
        assert told(EVENTS[1])["event_type"] == "order.paid"
    assert told(EVENTS[1]) is None
    assert not catalog.check({**EVENTS[0], "data": {"order": Decimal("NaN")}}).conforms
    for each in (catalog, joined):
        with pytest.raises(ContractViolatedError, match="in an event, /payload is /data"):
            assert_conforms({**EVENTS[0], "data": {"order": "x"}}, each)


def test_fuzzed(orders):
    """A consumer under test is given events, and what it need not reject is none of what it must."""
    catalog = load(orders)

    class RejectedError(Exception):
        pass

    @fuzz_consumer(catalog, rejected_by=RejectedError)
    def careful(event):
        assert "event_type" not in event
        if not catalog.check(event).conforms:
            raise RejectedError

    @fuzz_consumer(catalog, rejected_by=RejectedError)
    def careless(event):
        if "type" not in event:
            raise RejectedError

    careful()
    with pytest.raises(ConsumerFailedError):
        careless()


CONSUMER = """
import pytest
from notify_contracts import load
from notify_contracts.conformance import ConsumerConformance

CATALOG = load({root!r})


class RejectedError(Exception):
    pass


class TestConsumer(ConsumerConformance):
    rejected_by = RejectedError

    @pytest.fixture
    def handle(self):
        def handle(event):
            assert "event_type" not in event
            if {refused}:
                raise RejectedError
        return handle


def test_recorded(notifications):
    notifications.record({event!r})
    assert notifications.one("order.paid").payload["order"] == 1
"""


def test_held_against(orders, run, run_tests, tmp_path):
    """The kit gives a consumer events, what breaks a rule included; the fixture records them."""
    for path in orders.rglob("*.json"):
        copy = tmp_path / "copy" / path.relative_to(orders)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    given = ("--catalog", orders, "--broken", "--seed", 1, "--output", f"{tmp_path}/copy/cases/")
    assert run("generate", *given).status == 0
    root, option = str(tmp_path / "copy"), f"--notify-catalog={tmp_path / 'copy'}"
    for refused, failing in (("not CATALOG.check(event).conforms", set()), ('"data" not in event', {"test_rejects"})):
        tests = CONSUMER.format(root=root, refused=refused, event=EVENTS[1])
        passed, skipped, failed = run_tests(tests, option)
        assert {name.partition("[")[0] for name in failed} - {"test_rejects_without_contract"} == failing, failed
        assert {"test_accepts[order.paid-INFO]", "test_recorded"} <= passed.keys()
        assert skipped == {}


def test_several_services(orders, run, tmp_path):
    """Of several envelopes that have names in common the one is meant that an event has most of."""
    bridge = [
        {
            "id": str(n),
            "source": "aws.s3",
            "time": "2026-11-28T10:00:00Z",
            "detail-type": "Object Created",
            "detail": {"n": n},
        }
        for n in range(20)
    ]
    (tmp_path / "bridge.jsonl").write_text(lines(bridge))
    given = ("--envelope", "eventbridge", "--output", tmp_path / "bridge")
    assert run("catalog", "infer", tmp_path / "bridge.jsonl", *given).status == 0
    (tmp_path / "both.jsonl").write_text(lines([*bridge, *EVENTS]))
    for catalogs in ((orders, tmp_path / "bridge"), (tmp_path / "bridge", orders)):
        ran = run("check", tmp_path / "both.jsonl", *(part for each in catalogs for part in ("--catalog", each)))
        assert (ran.status, "220 conform" in ran.out) == (0, True), ran.out


@pytest.mark.skipif(sys.platform != "linux", reason="a pipe by its descriptor")
def test_audit(orders, events, run):
    """Workers of a cluster read events, too."""
    assert run("audit", events, "--catalog", orders, "--workers", 1).status == 0


def test_not_verified(orders, run):
    """The reference emitter sends notifications as they are: that nobody verifies an envelope by it is said."""
    ran = run("verify", "--catalog", orders)
    assert (ran.status, ran.err.count("\n"), "-- COMMAND" in ran.err) == (2, 1, True)
    ran = run("emit", "order.paid", "--catalog", orders, "--example")
    assert (ran.status, ran.err.count("\n"), "generate --event order.paid" in ran.err) == (2, 1, True)


# Through a real broker


def sending(exchange, routing_key, event, url):
    """Return a command that sends an event to an exchange."""
    program = f"""
import pika
with pika.BlockingConnection(pika.URLParameters({url!r})) as connection:
    connection.channel().basic_publish({exchange!r}, {routing_key!r}, {json.dumps(event)!r})
"""
    return sys.executable, "-c", program


def test_watched(orders, broker_url, start):
    """Messages that are events are judged as they come, and what is recorded of them is read again."""
    bus = Bus(broker_url, start)
    try:
        recorded = orders.parent / "recorded.jsonl"
        arguments = ("--catalog", orders, "--count", 3, "--event", "order.*", "--record", recorded)
        with bus.watch(*arguments) as process:
            bus.send(EVENTS[0], without("id"), EVENTS[1])
            out, _ = process.communicate(timeout=60)
    finally:
        bus.remove()
    assert process.returncode == 1
    assert [line["conforms"] for line in lines_of(out)] == [True, False, True]
    with Recording(recorded) as recording:
        assert [verdict.conforms for verdict in check(recording, load(orders))] == [True, False, True]


def test_tapped(orders, broker_url):
    """The recorder of a bus takes events for what they tell."""
    with tapped(broker_url, load(orders)) as bus:
        subprocess.run(sending(bus.exchange, f"{bus.topic}.info", EVENTS[1], broker_url), check=True, timeout=60)
        assert bus.one("order.paid").message_id == "event 1"
        bus.verify()


def test_verified(orders, run, broker_url):
    """A command that sends events is verified end to end."""
    for event, status in ((EVENTS[1], 0), (without("id"), 1)):
        given = ("--catalog", orders, "--url", broker_url, "--exchange", "orders", "--expect", 1)
        ran = run("verify", *given, "--", *sending("orders", "notifications.info", event, broker_url))
        assert ran.status == status, ran
