"""Events with an envelope of their own: told from notifications and from all else, wherever they stand."""

import json
import re
import shutil
from urllib.parse import quote

import pytest

from notify_contracts import check, load
from notify_contracts.capture import Recording
from notify_contracts.errors import UsageError
from notify_contracts.model import Notification
from notify_contracts.testing import Recorder, assert_conforms
from notify_contracts.wire.envelopes import EnvelopeForm, known_forms
from tests.events import learned as learned_from
from tests.events import lines

CLOUD = dict(known_forms()["cloudevents"].templates)


@pytest.fixture(scope="session")
def learned(tmp_path_factory):
    """Return what learns a catalog from events with an envelope, once."""
    folder = tmp_path_factory.mktemp("learned")

    def learn(name, stated, events):
        return folder / name if (folder / name).exists() else learned_from(folder, name, stated, events)

    return learn


def cloud(number, kind="order.paid", **other):
    """Return an event in the structured mode of CloudEvents."""
    time = f"2026-11-28T10:00:{number % 60:02d}Z"
    event = {"id": f"event {number}", "source": "/shop", "type": kind, "time": time, "data": {"n": number}}
    return event | other


CLOUDS = [cloud(number) for number in range(30)]
FLAT = {"event_type": "{/event}", "priority": "INFO", "timestamp": "{/ts}", "payload": "{}"}
FLATS = [{"event": ("login", "logout")[n % 2], "ts": 1700000000 + n, "user": f"u{n % 3}"} for n in range(60)]
TRACK = {"event_type": "{/type}.{/event}", "message_id": "{/key}", "priority": "INFO", "payload": "{/properties}"}
TRACKS = [
    {"type": "track", "event": ("Order Paid", "Page Seen")[n % 2], "key": f"{n:032x}", "properties": {"n": n}}
    for n in range(60)
]
WITHIN = {"message_id": "{/message_id}", "event_type": "{/payload/type}", "priority": "INFO", "payload": "{/payload}"}
WITHINS = [{"message_id": f"{n:032x}", "payload": {"type": ("a.x", "a.y")[n % 2], "n": n}} for n in range(60)]
KINDS = {"flat": (FLAT, FLATS), "track": (TRACK, TRACKS), "within": (WITHIN, WITHINS), "cloud": (CLOUD, CLOUDS)}


def verdicts(run, path, catalog, *options):
    """Return the exit status, and of each notification its line and the places that break a rule."""
    ran = run("check", path, "--catalog", catalog, "--format", "jsonl", *options)
    found = map(json.loads, ran.out.splitlines())
    return ran.status, [(one["number"], [each["pointer"] for each in one["violations"]]) for one in found]


@pytest.mark.parametrize("name", KINDS)
def test_read_once(name, learned, run, tmp_path):
    """An event is read once, an example of its contract is no event, and what is generated is read as it was meant."""
    stated, events = KINDS[name]
    catalog = learned(name, stated, events)
    assert run("catalog", "lint", catalog).status == 0
    for contract in load(catalog).contracts:
        [example] = contract.examples
        assert example.keys() >= {"event_type", "priority", "payload"}
        assert not {"event_type_", "priority_", "payload_"} & example.keys()
        assert EnvelopeForm.stated(stated).read(example) is None
    ran = run("generate", "--catalog", catalog, "--count", 40, "--seed", 3, "--output", tmp_path / "made")
    assert ran.status == 0
    assert run("check", tmp_path / "made", "--catalog", catalog).status == 0


@pytest.mark.parametrize("name", KINDS)
def test_lacking_its_type(name, learned):
    """What was read of an event without a type is not taken for one that nobody has read yet."""
    stated, events = KINDS[name]
    envelope = {**load(learned(name, stated, events)).contracts[0].example()}
    del envelope["event_type"]
    catalog = load(learned(name, stated, events))
    assert [each.pointer for each in catalog.check(Notification(envelope)).violations] == ["/event_type"]


WRITTEN = {
    "a value at a place of the payload": (WITHIN, {"event_type": "b", "payload": {"type": "a"}}, "/payload/type", "b"),
    "a text": (FLAT | {"event_type": "u.{/event}!"}, {"event_type": "u.a!", "payload": {}}, "/event", "a"),
    "the end of a text": (TRACK, {"event_type": "a.b.c", "type": "x"}, "/event", "b.c"),
    "a number in a text": (FLAT | {"event_type": "u.{/n}"}, {"event_type": "u.7", "payload": {"n": 5}}, "/n", 7),
    "a text that is no number": (
        FLAT | {"event_type": "u.{/n}"},
        {"event_type": "u.07", "payload": {"n": 5}},
        "/n",
        "07",
    ),
    "a text that cannot be": (FLAT | {"event_type": "u.{/n}"}, {"event_type": "v.7", "payload": {"n": 5}}, "/n", 5),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_written(name):
    """An event says at every place what the notification does, also where that was copied from, or is in a text."""
    stated, envelope, pointer, value = WRITTEN[name]
    written = EnvelopeForm.stated(stated).write(envelope)
    for step in pointer.split("/")[1:]:
        written = written[step]
    assert written == value


def test_taken_out_with_another():
    """A place within one that is moved, too, is no fault."""
    form = EnvelopeForm.stated({"message_id": "{/a/id}", "event_type": "{/a}", "priority": "INFO", "payload": "{/b}"})
    event = {"a": {"id": 1}, "b": {}}
    assert form.write(form.read(event)) == event


UNTOLD = {
    "all attributes as they are": {"event_type": "{/event_type}", "priority": "{/priority}", "payload": "{/payload}"},
    "an attribute within another": {
        "event_type": "{/event_type}",
        "priority": "{/priority}",
        "payload": "{/payload/data}",
    },
}


@pytest.mark.parametrize("name", UNTOLD)
def test_not_told_from_notifications(name):
    """An envelope whose events would be notifications, too, is refused."""
    with pytest.raises(UsageError, match="leave the envelope out"):
        EnvelopeForm.stated(UNTOLD[name])


def test_whole_event():
    """The whole event is a payload, and nothing else."""
    with pytest.raises(UsageError, match="is for payload"):
        EnvelopeForm.stated(CLOUD | {"publisher_id": "{}"})


def test_other_process():
    """A form that came to another process is the same one, which is asked once."""
    assert len({EnvelopeForm.stated(CLOUD), EnvelopeForm.stated({**CLOUD})}) == 1
    assert EnvelopeForm.stated(CLOUD) != EnvelopeForm.stated(FLAT)


@pytest.mark.parametrize("jobs", [1, 2])
def test_first_is_broken(jobs, learned, run, tmp_path):
    """JSON lines whose first event lacks a place are no log, in which it would be skipped, whatever it is called."""
    catalog = learned("flat", FLAT, FLATS)
    (tmp_path / "events").write_text(lines([{"event": "login", "user": "u1"}, *FLATS[:3], {"event": "login"}]))
    status, found = verdicts(run, tmp_path / "events", catalog, "--jobs", jobs)
    assert (status, [line for line, broken in found if broken]) == (1, [1, 5])


_WRONG = cloud(5, kind="order.lost")
_TEXT = json.dumps(_WRONG)
PRINTED = {
    "a record's text behind another": json.dumps({"log": f"INFO sent {_TEXT}\n", "stream": "stdout"}),
    "Python's print in a record": json.dumps({"log": f"INFO sent {_WRONG!r}\n", "stream": "stdout"}),
    "a print of JavaScript's": "sent {" + ", ".join(f"{name}: {json.dumps(_WRONG[name])}" for name in _WRONG) + "}",
    "a print of Ruby's": "sent {" + ", ".join(f'"{name}"=>{json.dumps(_WRONG[name])}' for name in _WRONG) + "}",
    "another entity": "<e>{}</e>".format(_TEXT.replace('"', "&#34;")),
    "escapes of bytes": "sent {}".format(_TEXT.replace('"', r"\x22")),
    "escapes of JSON": "sent {}".format(_TEXT.replace('"', r"\u0022")),
    "a URL": f"GET /?event={quote(_TEXT)} HTTP/1.1",
    "names and values": "sent " + " ".join(f'{name}="{value}"' for name, value in _WRONG.items()),
    "cut off over lines": json.dumps(_WRONG, indent=2)[:-9],
}


@pytest.mark.parametrize("name", PRINTED)
def test_printed(name, learned, run, tmp_path):
    """An event in a log is read, or unreadable, in whatever print; it is never skipped."""
    catalog = learned("cloud", CLOUD, CLOUDS)
    (tmp_path / "log").write_text(f"began\n{PRINTED[name]}\nsent {json.dumps(CLOUDS[1])}\n")
    ran = run("check", tmp_path / "log", "--catalog", catalog)
    assert (ran.status, "2 notifications, 1 conform, 1 do not" in ran.out) == (1, True), ran


@pytest.mark.parametrize("name", ["a record's text behind another", "Python's print in a record", "a print of Ruby's"])
def test_read_where_printed(name, learned, run, tmp_path):
    """What is printed in a way that is read for notifications is read for events."""
    catalog = learned("cloud", CLOUD, CLOUDS)
    (tmp_path / "log").write_text(f"began\n{PRINTED[name].replace('order.lost', 'order.paid')}\n")
    assert verdicts(run, tmp_path / "log", catalog) == (0, [(2, [])])


OTHERS = {
    "names at several depths": {"time": "10:00", "msg": "began", "ctx": {"id": 5, "type": "y"}},
    "a text with names": {"msg": 'time: 5, type: 7, and "data": nothing'},
}


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("before", ["", "10:00 INFO "])
def test_something_else(name, before, learned, run, tmp_path):
    """A whole value of a log that is no event is something else, though it has names as events have."""
    catalog = learned("cloud", CLOUD, CLOUDS)
    log = [f"{before}{json.dumps(OTHERS[name])}", f"{before}{json.dumps(CLOUDS[1])}"]
    (tmp_path / "log").write_text("\n".join(["began", *log, ""]))
    ran = run("check", tmp_path / "log", "--catalog", catalog)
    assert (ran.status, "1 conform, 0 do not" in ran.out, "2 other lines" in ran.out) == (0, True, True), ran


@pytest.mark.parametrize("write", [json.dumps, lambda event: json.dumps(event, ensure_ascii=False)])
def test_names_with_escapes(write, learned, run, tmp_path):
    """Names in a log that JSON writes with escapes are found, too."""
    stated = {
        "event_type": '{/événement "1"}',
        "message_id": "{/a b\n}",
        "priority": "INFO",
        "payload": "{/donn\U0001f600es}",
    }
    made = [{'événement "1"': kind, "a b\n": "1", "donn\U0001f600es": {"n": 1}} for kind in ("paid", "lost")]
    catalog = learned("escaped", stated, made[:1])
    (tmp_path / "log").write_text("".join(f"sent {write(event)}\n" for event in made))
    ran = run("check", tmp_path / "log", "--catalog", catalog)
    assert (ran.status, "1 conform, 1 do not" in ran.out) == (1, True), ran


def test_too_long(learned, tmp_path):
    """An event that is longer than what is read is unreadable in a log, whatever of it comes first."""
    catalog = load(learned("cloud", CLOUD, CLOUDS))
    event = {"data": {"text": "x" * 17_000_000}, **{name: value for name, value in _WRONG.items() if name != "data"}}
    (tmp_path / "log").write_text(f"began\nsent {json.dumps(event)}\n")
    with Recording(tmp_path / "log") as recording:
        [verdict] = check(recording, catalog)
    assert "longer than 16 MiB" in verdict.violations[0].message


BODY = {"event_type": "{/event}", "message_id": "{/key}", "priority": "INFO", "payload": "{/body}"}
BODIES = [{"event": "a.b", "key": f"{n:032x}", "properties": {"shard": 1}, "body": {"n": n}} for n in range(30)]


def test_with_a_body(learned, run, tmp_path):
    """An event with properties and a body is no message of a broker, whose body would be the notification."""
    catalog = learned("body", BODY, BODIES)
    (tmp_path / "events").write_text(lines([BODIES[0], {**BODIES[1], "body": 5}]))
    assert verdicts(run, tmp_path / "events", catalog) == (1, [(1, []), (2, ["/payload"])])
    message = {"exchange": "", "routing_key": "notifications.info", "properties": {}, "body": json.dumps(BODIES[0])}
    (tmp_path / "message").write_text(lines([message]))
    assert verdicts(run, tmp_path / "message", catalog) == (0, [(1, [])])


def test_members_of_the_transport(learned, run, tmp_path):
    """What oslo.messaging adds to a notification is in no event of another service: it is one more member."""
    catalog = learned("cloud", CLOUD, CLOUDS)
    (tmp_path / "events").write_text(lines([cloud(1), cloud(2, _unique_id="1"), cloud(3, _context_a=1)]))
    found = (1, [(1, []), (2, ["/_unique_id"]), (3, ["/_context_a"])])
    assert verdicts(run, tmp_path / "events", catalog) == found
    ran = run("check", tmp_path / "events", "--catalog", catalog)
    assert (ran.status, "1 conform, 2 do not" in ran.out) == (1, True)


# Several services


SEVERE = CLOUD | {"priority": "{/severity}"}
SEVERES = [cloud(number, kind="node.down", severity="INFO") for number in range(30)]


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("options", [(), ("--jobs", 2)])
def test_joined(is_first, options, learned, run, tmp_path):
    """An event is read as the service writes it that has its event type, not as another that knows less would."""
    catalogs = [learned("cloud", CLOUD, CLOUDS), learned("severe", SEVERE, SEVERES)]
    lacking = {name: value for name, value in SEVERES[0].items() if name != "severity"}
    (tmp_path / "events").write_text(lines([CLOUDS[0], SEVERES[0], lacking, cloud(3, severity="INFO")]))
    first, second = catalogs if is_first else reversed(catalogs)
    status, found = verdicts(run, tmp_path / "events", first, "--catalog", second, *options)
    assert (status, found) == (1, [(1, []), (2, []), (3, ["/priority"]), (4, ["/severity"])])


def test_joined_with_notifications(learned, run, tmp_path):
    """A notification of a service that has no other envelope lacks what it lacks, whatever another adds."""
    stated = {name: f"{{/{name}}}" for name in ("message_id", "event_type", "timestamp", "payload")} | {
        "priority": "INFO"
    }
    events = [{"message_id": "1", "event_type": "x.y", "timestamp": "2026-11-28T10:00:00Z", "payload": {"n": 1}}]
    catalog = learned("without", stated, events)
    lacking = {**load("glance-emitted").contract("image.create", "INFO").example()}
    del lacking["priority"]
    (tmp_path / "both").write_text(lines([*events, lacking]))
    status, found = verdicts(run, tmp_path / "both", "glance-emitted", "--catalog", catalog)
    assert (status, found) == (1, [(1, []), (2, ["/priority"])])


# What is learned


MIXED = [
    event
    for number in range(60)
    for event in (
        cloud(3 * number),
        {name: value for name, value in cloud(3 * number + 1, "order.ping").items() if name != "data"},
        {
            name: value
            for name, value in cloud(3 * number + 2, "order.scan", data_base64="YQ==").items()
            if name != "data"
        },
    )
]
WITHOUT = {
    "no data where there always are": ({k: v for k, v in MIXED[0].items() if k != "data"}, "/payload"),
    "data where there never are": (MIXED[1] | {"data": {"n": 1}}, "/payload"),
    "nothing where there always is": ({k: v for k, v in MIXED[2].items() if k != "data_base64"}, "/data_base64"),
}


@pytest.mark.parametrize("name", WITHOUT)
def test_with_and_without_data(name, learned, run, tmp_path):
    """What is always, or never, in the events of one type holds for these, though others have it or not."""
    event, pointer = WITHOUT[name]
    catalog = learned("mixed", CLOUD, MIXED)
    (tmp_path / "events").write_text(lines([*MIXED[:3], event]))
    status, found = verdicts(run, tmp_path / "events", catalog)
    assert (status, found) == (1, [(1, []), (2, []), (3, []), (4, [pointer])])


def test_seen(run, tmp_path):
    """Events without data are seen, too."""
    (tmp_path / "events.jsonl").write_text(lines(MIXED))
    ran = run("catalog", "infer", tmp_path / "events.jsonl", "--envelope", "cloudevents", "--output", tmp_path / "new")
    assert [line.split()[2] for line in ran.out.splitlines() if line.startswith("order.")] == ["60"] * 3
    assert "Learned from 60 notifications." in (tmp_path / "new" / "events" / "order.ping.json").read_text()


def test_added_to_others(learned, run, tmp_path):
    """A new contract of a catalog requires the payload where its envelope does not."""
    shutil.copytree(learned("mixed", CLOUD, MIXED), tmp_path / "copy")
    (tmp_path / "more.jsonl").write_text(lines([cloud(n, "order.sent") for n in range(30)]))
    assert run("catalog", "infer", "--update", tmp_path / "copy", tmp_path / "more.jsonl").status == 0
    [made] = json.loads((tmp_path / "copy" / "events" / "order.sent.json").read_text())["$defs"].values()
    assert made["required"] == ["payload"]


def test_recorded_without_data(learned):
    """Tests and the emitter deal with contracts whose examples have no payload."""
    catalog = load(learned("mixed", CLOUD, MIXED))
    recorder = Recorder(catalog)
    for event in MIXED[:3]:
        recorder.record(event)
    recorder.verify()
    with pytest.raises(AssertionError, match="/payload"):
        assert_conforms(WITHOUT["data where there never are"][0], catalog)


def test_emitted_without_data(run, tmp_path):
    """An example without a payload is none that the emitter can send, which it says."""
    names = ("message_id", "publisher_id", "event_type", "priority", "timestamp")
    made = [
        dict(zip(names, (f"id {n}", "shop", "order.ping", "INFO", "2026-11-28 10:00:00"), strict=True))
        for n in range(30)
    ]
    (tmp_path / "made.jsonl").write_text(lines(made))
    assert run("catalog", "infer", tmp_path / "made.jsonl", "--output", tmp_path / "new").status == 0
    ran = run("emit", "order.ping", "--example", "--driver", "log", "--catalog", tmp_path / "new")
    assert (ran.status, "not sent: /payload" in ran.err) == (1, True), ran


def test_shown_without_data(learned, run):
    """That there is never a payload is shown."""
    ran = run("catalog", "show", "--catalog", learned("mixed", CLOUD, MIXED), "order.ping", "INFO")
    assert re.search("payload +never", ran.out)


def test_nothing_learned(run, tmp_path):
    """Where an envelope was named and nothing was learned, it is not said that one should be named."""
    (tmp_path / "events.jsonl").write_text(lines(CLOUDS))
    (tmp_path / "form.json").write_text(json.dumps(CLOUD | {"priority": "{/source}"}))
    given = ("--envelope", tmp_path / "form.json", "--output", tmp_path / "new")
    ran = run("catalog", "infer", tmp_path / "events.jsonl", *given)
    assert (ran.status, "see whether it is the right envelope" in ran.err, "--envelope says so" in ran.err) == (
        2,
        True,
        False,
    )


@pytest.mark.parametrize(("name", "lacks"), [("event", True), ("kind", False)])
def test_what_an_event_lacks(name, lacks, learned, run, tmp_path):
    """Of an object that tells an event type, and is no event for something else that it lacks, that is said."""
    (tmp_path / "events.jsonl").write_text(lines([{name: "login", "user": "u1"}]))
    ran = run("check", tmp_path / "events.jsonl", "--catalog", learned("flat", FLAT, FLATS))
    assert ran.status == 1
    assert ("`user`; as an event it lacks /ts\n" in ran.out) is lacks
