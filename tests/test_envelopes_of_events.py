"""What of another envelope there is in the events of some types only: imported again, and shown to people."""

import json
import re

import pytest
from hypothesis import given, settings

from notify_contracts import load
from notify_contracts.generate import notifications
from notify_contracts.model import Notification
from notify_contracts.wire.envelopes import known_forms
from tests.events import learned, lines

CLOUD = known_forms()["cloudevents"]


def event(number, kind):
    """Return an event that has a subject where something was sent or is lost."""
    return {
        "specversion": "1.0",
        "id": f"event {number}",
        "source": "/shop",
        "type": f"order.{kind}",
        "time": f"2026-11-28T10:00:{number % 60:02d}Z",
        "data": {"order": number},
        **({} if kind == "paid" else {"subject": f"orders/{number}"}),
    }


EVENTS = [event(number, ("sent", "paid", "paid")[number % 3]) for number in range(60)] + [event(60, "lost")]


@pytest.fixture(scope="module")
def orders(tmp_path_factory):
    """Return the folder of a catalog that was learned from events."""
    return learned(tmp_path_factory.mktemp("events"), "orders", CLOUD.templates, EVENTS)


def broken(catalog, kind):
    """Return what is broken by an event that has no subject."""
    told = CLOUD.read({name: value for name, value in event(7, kind).items() if name != "subject"})
    return [(each.pointer, each.keyword) for each in load(str(catalog)).check(Notification(told)).violations]


def test_imported_again(orders, run, tmp_path):
    """A document in which one message requires more of the envelope is imported so."""
    document, output = tmp_path / "orders.yaml", tmp_path / "imported"
    run("catalog", "export", "--format", "asyncapi", "--catalog", str(orders), "--output", str(document))
    told = run("catalog", "import", "asyncapi", str(document), "--output", str(output))
    assert told.status == 0
    assert broken(output, "sent") == [("/subject", "required")]
    assert broken(output, "paid") == []
    assert "no more of the envelope" not in told.err


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_shown(form, orders, run):
    """People read of it, too."""
    assert "the envelope: always with subject" in run("catalog", "show", "order.sent", "--catalog", str(orders)).out
    assert "always with" not in run("catalog", "show", "order.paid", "--catalog", str(orders)).out
    page = run("catalog", "export", "--format", form, "--catalog", str(orders)).out
    assert page.count("The envelope: always with") == 1


@pytest.mark.parametrize("form", ["text", "brief", "markdown", "html", "junit", "github"])
@pytest.mark.parametrize("beside", [(), ("--catalog", "glance-emitted")])
def test_where_in_an_event(beside, form, orders, run, tmp_path):
    """A report says where in an event is what is broken, unless that is called the same, or is of another service."""
    wrong = event(7, "sent") | {"data": {"order": "x"}, "payload": 1, "subject": None}
    del wrong["source"]
    foreign = load("glance-emitted").contract("image.create", "INFO").example() | {"timestamp": 5}
    (tmp_path / "wrong.jsonl").write_text(lines([wrong, *([foreign] if beside else [])]))
    ran = run("check", tmp_path / "wrong.jsonl", "--catalog", orders, *beside, "--format", form)
    assert ran.status == 1
    (hint,) = re.findall(r"in an event, ([\w/, ]+)", ran.out)
    assert hint == "/payload is /data, /payload_ is /payload, /publisher_id is /source"
    assert "in an event" not in run("check", tmp_path / "wrong.jsonl", "--catalog", "glance-emitted").out


@pytest.mark.parametrize(
    ("template", "hint"),
    [("{}", "/payload is the whole, "), ("{/data/object}", "/payload is /data/object, ")],
)
def test_where_in_an_event_of_any_form(template, hint, run, tmp_path):
    """So it does where the whole event is the payload, and where an attribute is a text of several values."""
    envelope = {"event_type": "{/object}.{/action}", "priority": "INFO", "timestamp": "{/at}", "payload": template}
    events = [
        {
            "object": "order",
            "action": "paid",
            "at": f"2026-11-28T10:00:{number:02d}Z",
            "data": {"object": {"sum": number}},
        }
        for number in range(60)
    ]
    catalog = learned(tmp_path, "orders", envelope, events)
    events[0]["data"]["object"]["sum"], events[1]["at"] = "x", 7
    (tmp_path / "wrong.jsonl").write_text(lines(events[:2]))
    ran = run("check", tmp_path / "wrong.jsonl", "--catalog", catalog)
    assert f"in an event, {hint}/timestamp is /at\n" in ran.out


@pytest.mark.parametrize("place", ["", "/data"])
def test_generated_where_the_payload_tells_an_attribute(place, run, tmp_path):
    """What is generated says of an attribute what its payload says, for an event has one value there."""
    at = {name: f"{{{place}/{name}}}" for name in ("id", "module", "at")}
    envelope = {
        "event_type": "job.{/event}", "priority": "INFO", "message_id": at["id"], "publisher_id": at["module"],
        "timestamp": at["at"], "payload": f"{{{place}}}",
    }  # fmt: skip
    events = []
    for number in range(80):
        told = {"module": ("core", "web")[number % 2], "at": f"2026-11-28T10:00:{number % 60:02d}Z"}
        told |= {"id": f"{number:08x}-1111-4111-8111-0123456789ab"} if number % 4 else {}
        event = {"event": ("begun", "ended")[number // 40]}
        events.append(event | (told if not place else {"data": told}))
    catalog = learned(tmp_path, "jobs", envelope, events)
    assert run("generate", "--catalog", catalog, "--count", 60, "--seed", 7, "--output", tmp_path / "made").status == 0
    checked = run("check", tmp_path / "made", "--catalog", catalog)
    assert "60 notifications, 60 conform" in checked.out
    jobs = load(catalog)

    @settings(max_examples=30, deadline=None, database=None)
    @given(notifications(jobs))
    def sends(notification):
        event = jobs.sent(notification)
        assert jobs.accepts(jobs.envelopes[0].read(event))

    sends()


@pytest.mark.parametrize("event_type", ["row.{/kind}", "{/table}.{/kind}"])
def test_generated_where_the_payload_tells_the_event_type(event_type, run, tmp_path):
    """What is generated is of the kind that its event type names, which another field goes by."""
    envelope = {"event_type": event_type, "priority": "INFO", "timestamp": "{/at}", "payload": "{}"}
    kinds = {"insert": "I", "update": "U", "truncate": "T"}  # of which the last is too seldom to tell by itself
    events = [
        {"kind": kind, "code": kinds[kind], "table": "order", "at": f"2026-11-28T10:00:{number % 60:02d}Z"}
        | ({} if kind == "truncate" else {"row": {"id": number}})
        for number, kind in enumerate(["insert", "update"] * 80 + ["truncate"] * 8)
    ]
    catalog = learned(tmp_path, "rows", envelope, events)
    (tmp_path / "made").write_text(run("generate", "--catalog", catalog, "--count", 60, "--seed", 7).out)
    assert "60 notifications, 60 conform" in run("check", tmp_path / "made", "--catalog", catalog).out
    rows = load(catalog)

    @settings(max_examples=30, deadline=None, database=None)
    @given(notifications(rows, "*.truncate"))
    def sends(notification):
        assert notification["payload"]["kind"] == "truncate"
        assert rows.accepts(rows.envelopes[0].read(rows.sent(notification)))

    sends()


def test_words_that_make_the_event_type(run, tmp_path):
    """What an event type is made of is not enumerated: of a new type nothing but the type is unknown.

    The contracts that were there are as they were by `catalog diff`.
    """
    templates = {
        "event_type": "order.{/head/kind}",
        "priority": "INFO",
        "timestamp": "{/head/at}",
        "payload": "{/body}",
    }
    told = [
        {
            "head": {"kind": ("sent", "paid", "lost")[number % 3], "at": f"2026-11-28T10:00:{number % 60:02d}Z"},
            "body": {"order": number},
        }
        for number in range(90)
    ]
    before = learned(tmp_path, "before", templates, [one for one in told if one["head"]["kind"] != "lost"])
    source = tmp_path / "all.jsonl"
    source.write_text(lines(told))
    ran = run("check", source, "--catalog", before, "--format", "json")
    assert {group["keyword"] for group in json.loads(ran.out)["groups"]} == {"unknown-event"}
    assert run("check", source, "--catalog", before, "--allow-unknown").status == 0
    after = learned(tmp_path, "after", templates, told)
    ran = run("catalog", "diff", before, after)
    assert "3 contracts: 2 compatible both ways" in ran.out
