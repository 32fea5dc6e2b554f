"""Pieces of notifications in a log, beside whole ones or by themselves, and events under other names than stated."""

import io
import json

import pytest

from notify_contracts.capture import Recording
from notify_contracts.capture.unread import BEGINS, ENDS
from notify_contracts.model import Unreadable
from notify_contracts.wire.envelopes import EnvelopeForm, reading_as

NOTIFICATION = {
    "message_id": "37da15ec-b083-45a6-9fd7-e6b90773c866",
    "publisher_id": "image.a1",
    "event_type": "image.delete",
    "priority": "INFO",
    "timestamp": "2026-10-03 08:15:31.250000",
    "payload": {"id": "dc78c8d5", "size": None},
}
EVENT = {
    "hdr": {"id": "400db00d", "kind": "parcel.lost", "ts": "2026-11-01T14:18:04.139Z", "sev": "ERROR", "svc": "p-1"},
    "body": {"parcel": "1e782196", "dims": [77, 69], "depot": {"code": "BER"}},
    "trace": {"span": "6bf8"},
}
FORM = EnvelopeForm.stated(
    {
        "message_id": "{/hdr/id}",
        "publisher_id": "{/hdr/svc}",
        "event_type": "{/hdr/kind}",
        "priority": "{/hdr/sev}",
        "timestamp": "{/hdr/ts}",
        "payload": "{/body}",
    }
)
LOGS = {
    "lines": lambda line: f"2026-10-03 08:15:31 INFO {line}",
    "lines without a prefix": lambda line: line,
    "records": lambda line: json.dumps({"level": "info", "message": line}),
}
WHOLE, WHOLE_EVENT = json.dumps(NOTIFICATION), json.dumps(EVENT)
WHOLES = {"a notification": (WHOLE, '"event_type'), "an event": (WHOLE_EVENT, '"ts')}
"""Each with where three of its attributes still follow."""


FLAT = EnvelopeForm.stated({"event_type": "{/kind}", "message_id": "{/id}", "priority": "INFO", "payload": "{}"})


def _read(logged, line, form=FORM):
    """Return how much is read of a log with a line, why what is not, and how many others there are."""
    log = "".join(f"{logged(each)}\n" for each in ("began", line, "ended"))
    with reading_as([form]), Recording("-", io.BytesIO(log.encode())) as recording:
        contents = [content for content, _ in recording]
    said = [content.reason for content in contents if isinstance(content, Unreadable)]
    return len(contents) - len(said), said, recording.skipped


BESIDE = {
    "behind it": "{whole}{rest}",
    "behind it and other text": "{whole} and then {rest}",
    "before it": "{rest} {whole}",
}


@pytest.mark.parametrize("logged", LOGS.values(), ids=LOGS)
@pytest.mark.parametrize("form", BESIDE.values(), ids=BESIDE)
@pytest.mark.parametrize(("whole", "last"), WHOLES.values(), ids=WHOLES)
def test_beside_a_whole_one(logged, form, whole, last):
    """What three attributes of a notification are left of is told once, on whichever side of a whole one it stands."""
    for at in range(1, whole.index(last) + 1):
        line = form.format(whole=whole, rest=whole[at:])
        assert _read(logged, line) == (1, [ENDS], 2), line


@pytest.mark.parametrize("logged", LOGS.values(), ids=LOGS)
@pytest.mark.parametrize("whole", [WHOLE, WHOLE_EVENT], ids=WHOLES)
def test_around_a_whole_one(logged, whole):
    """One into the middle of which another was written is told, wherever that was."""
    for at in range(2, len(whole)):
        line = whole[:at] + whole + whole[at:]
        _, said, skipped = _read(logged, line)
        assert (len(said), skipped) == (1, 2), line


PRINTS = {
    "Python": repr,
    "bytes of Python": lambda value: repr(json.dumps(value).encode()),
    "a quoted text": lambda value: json.dumps(json.dumps(value)),
    "Ruby": lambda value: "{" + ", ".join(f'"{name}"=>{json.dumps(value[name])}' for name in value) + "}",
    "XML": lambda value: json.dumps(value).replace('"', "&quot;"),
    "a cell of a table": lambda value: '"{}"'.format(json.dumps(value).replace('"', '""')),
}


@pytest.mark.parametrize("logged", LOGS.values(), ids=LOGS)
@pytest.mark.parametrize("name", PRINTS)
def test_beside_a_printed_one(logged, name):
    """So is the end of one that a program printed otherwise than as JSON."""
    printed = PRINTS[name](NOTIFICATION)
    for at in (20, 60, 70):
        assert _read(logged, f"{printed} {printed[at:]}")[:2] == (1, [ENDS])


ORDINARY = {
    "names and values before it": "event_type=image.delete message_id=37da publisher_id=image.a1 priority=INFO {}",
    "names and values behind it": '{} "event_type": "image.delete", "message_id": "37da", "publisher_id": "image.a1"',
    "names in braces": "{} filter={{event_type: image.*, message_id: any, publisher_id: any}}",
    "what cannot be read": "event_type=image.delete message_id=37da publisher_id=a {} context={{'user': <User 7>}}",
    "brackets": "Message(payload={}, x={{1}}) in [3 ms]}}",
    "another whole value": '{} of {{"id": 5, "kind": "Pod", "ts": 7, "sev": 1, "svc": null}}',
    "a brace in a text of one": '{} event_type=image.delete message_id=37da priority=INFO {{"at": "run() {{"}}',
}


@pytest.mark.parametrize("logged", LOGS.values(), ids=LOGS)
@pytest.mark.parametrize("name", ORDINARY)
@pytest.mark.parametrize("whole", [WHOLE, WHOLE_EVENT], ids=["a notification", "an event"])
def test_ordinary_text_beside_one(logged, name, whole):
    """What a log says of a notification beside it is none, though it has the names of some attributes."""
    assert _read(logged, ORDINARY[name].format(whole)) == (1, [], 2)


@pytest.mark.parametrize("logged", LOGS.values(), ids=LOGS)
@pytest.mark.parametrize("before", ["", f"{WHOLE} and "], ids=["by itself", "behind a whole one"])
def test_beginning_of_an_event(logged, before):
    """An event that was cut off is told as soon as three of its places are there, wherever the cut is."""
    for at in range(WHOLE_EVENT.index('"ts') + 5, len(WHOLE_EVENT)):
        _, said, skipped = _read(logged, before + WHOLE_EVENT[:at])
        assert (len(said), skipped) == (1, 2), at
    assert said == [BEGINS]


@pytest.mark.parametrize("logged", LOGS.values(), ids=LOGS)
def test_end_of_an_event(logged):
    """So is one whose beginning is missing."""
    for at in range(2, WHOLE_EVENT.index('"ts') + 1):
        assert _read(logged, WHOLE_EVENT[at:]) == (0, [ENDS], 2), at


def test_rest_on_the_next_line():
    """What the next line has of an event that broke off is told with it, once."""
    for at in (60, WHOLE_EVENT.index(' "body')):
        log = f"began\n{WHOLE_EVENT[:at]}\n{WHOLE_EVENT[at:]}\nended\n"
        with reading_as([FORM]), Recording("-", io.BytesIO(log.encode())) as recording:
            assert len([*recording]) == 1


def test_another_on_the_next_line():
    """An event that begins on the line behind one that broke off, and breaks off, too, is told as well."""
    for at in range(WHOLE_EVENT.index('"ts') + 5, len(WHOLE_EVENT)):
        log = f"began\n{WHOLE_EVENT[:60]}\nsent {WHOLE_EVENT[:at]}\nsent {WHOLE_EVENT[:at]}\nended\n"
        with reading_as([FORM]), Recording("-", io.BytesIO(log.encode())) as recording:
            assert [location.number for _, location in recording] in ([3, 4], [2, 3, 4]), at


CLOUD = EnvelopeForm.stated(
    {"event_type": "{/type}", "message_id": "{/id}", "timestamp": "{/time}", "priority": "INFO", "payload": "{/data}"}
)
CLOUD_EVENT = {"id": "5", "source": "s", "type": "paid", "time": "2026-11-01T14:18:04Z", "data": {"n": 1}}


def _renamed(value, name):
    """Return an object with its names, and those of the objects in it, as `name` writes them."""
    return {name(key): _renamed(each, name) for key, each in value.items()} if isinstance(value, dict) else value


OTHERWISE = {
    "another member around": (FORM, {"header": EVENT["hdr"], "body": EVENT["body"]}),
    "capitals in it": (FORM, {**EVENT, "hdr": _renamed(EVENT["hdr"], str.upper)}),
    "capitals": (FORM, _renamed(EVENT, str.capitalize)),
    "no member around": (FORM, {**EVENT["hdr"], "body": EVENT["body"]}),
    "an event of one level": (CLOUD, _renamed(CLOUD_EVENT, str.capitalize)),
}


@pytest.mark.parametrize("logged", LOGS.values(), ids=LOGS)
@pytest.mark.parametrize("printed", [json.dumps, repr], ids=["JSON", "Python"])
@pytest.mark.parametrize(("form", "event"), OTHERWISE.values(), ids=OTHERWISE)
def test_names_written_otherwise(logged, printed, form, event):
    """An event all of whose names are there, but not where and as they are stated, is no other line of a log."""
    read, said, skipped = _read(logged, printed(event), form)
    assert (read, len(said), skipped) == (0, 1, 2)
    assert "written otherwise than the envelope" in said[0]


OTHERS = {
    "some names": (FORM, {"ts": 1, "kind": "Pod", "id": 5, "sev": 1, "body": {}}),
    "no payload": (FORM, {"header": EVENT["hdr"]}),
    "in several objects": (FORM, {"a": {"id": 1, "kind": "x", "ts": 2}, "b": {"sev": 1, "svc": 2}, "body": {}}),
    "of the log's own record": (CLOUD, {"time": "10:00", "msg": "got", "ctx": {"ID": 5, "TYPE": "y"}, "data": {}}),
    "an event of another service": (
        EnvelopeForm(FORM.templates, frozenset([EVENT["hdr"]["kind"]])),
        {"hdr": EVENT["hdr"], "body": {"event_type": "x"}},
    ),
    "names in a text": (FORM, {"msg": "{ID, KIND, TS, SEV, SVC and BODY"}),
    "a whole payload": (FLAT, {"Id": 5, "Kind": "x", "Ts": 7}),
}


@pytest.mark.parametrize("logged", LOGS.values(), ids=LOGS)
@pytest.mark.parametrize(("form", "value"), OTHERS.values(), ids=OTHERS)
def test_names_of_others(logged, form, value):
    """What has but some of an event's names, or is known to be another's, is another line."""
    assert _read(logged, json.dumps(value), form) == (0, [], 3)


def test_many_names():
    """A value of very many objects is looked through once, and however deep they are."""
    deep = json.dumps(EVENT["hdr"] | {"body": 1}).upper()
    for _ in range(300):
        deep = f'{{"a": {deep}}}'
    assert len(_read(LOGS["lines without a prefix"], deep)[1]) == 1
