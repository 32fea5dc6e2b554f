"""Pieces of notifications: what is cut off beside a whole one, or by itself, in lines of a log and in records."""

import io
import json

import pytest

from notify_contracts.capture import Recording
from notify_contracts.capture.unread import ENDS
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


def _read(logged, line):
    """Return what is read of a log with a line, the reasons of what is unreadable, and how many others there are."""
    log = "".join(f"{logged(each)}\n" for each in ("began", line, "ended"))
    with reading_as([FORM]), Recording("-", io.BytesIO(log.encode())) as recording:
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
}


@pytest.mark.parametrize("logged", LOGS.values(), ids=LOGS)
@pytest.mark.parametrize("name", ORDINARY)
@pytest.mark.parametrize("whole", [WHOLE, WHOLE_EVENT], ids=["a notification", "an event"])
def test_ordinary_text_beside_one(logged, name, whole):
    """What a log says of a notification beside it is none, though it has the names of some attributes."""
    assert _read(logged, ORDINARY[name].format(whole)) == (1, [], 2)
