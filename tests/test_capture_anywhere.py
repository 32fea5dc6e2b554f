"""Notifications wherever they stand: behind a banner, another value or a torn record, in arrays, among others' JSON."""

import gzip
import json
from base64 import b64encode
from collections import Counter
from urllib.parse import quote

import pytest

from notify_contracts.capture import Recording
from notify_contracts.capture.lines import BLOCK, LONGEST
from notify_contracts.capture.parts import cut
from notify_contracts.capture.shape import Shape
from notify_contracts.catalog import load

CATALOG = "glance-emitted"
GOOD = load(CATALOG).contract("image.create", "INFO").example()
BAD = {**GOOD, "payload": {**GOOD["payload"], "status": "quueued"}}
PREFIX = "2026-10-03 08:15:31.250 7 INFO oslo.messaging.notification.image.create [-] "
BANNER = " [*] Waiting for messages. To exit press CTRL+C"
STATUS = ("/payload/status", "enum")
UNREADABLE = ("", "unreadable")


def _wrapped(envelope, version="2.0"):
    return {"oslo.version": version, "oslo.message": json.dumps(envelope)}


def _amqp(envelope):
    delivery = {"exchange": "glance", "routing_key": "notifications.info", "properties": {}}
    return {**delivery, "body": json.dumps(_wrapped(envelope))}


def _lines(*values):
    return "".join(f"{value if isinstance(value, str) else json.dumps(value)}\n" for value in values)


def _torn(record, at, other):
    text = json.dumps(record)
    return f"{text[:at]}{other}\n{text[at:]}"


@pytest.fixture
def judged(run, made):
    """Return the status, the totals and the counted violations of a recording."""

    def judged(content):
        path = made(content.encode())
        alone = run("check", "--catalog", CATALOG, "--format", "json", path)
        document = json.loads(alone.out)
        found = Counter()
        for group in document["groups"]:
            found[group["pointer"], group["keyword"]] += group["count"]
        return alone.status, document["totals"], found

    return judged


ONE_BAD = {
    "2.0 behind a banner": _lines(BANNER, _wrapped(GOOD), _wrapped(BAD)),
    "AMQP behind a banner": _lines(BANNER, _amqp(GOOD), _amqp(BAD)),
    "a banner between, at the end and a blank line": _lines(BANNER, GOOD, BANNER, "", BAD, "bye"),
    "pairs behind a banner": _lines(BANNER, ["monitor.info", GOOD], ["monitor.info", BAD]),
    "pairs": _lines(["monitor.info", GOOD], ["monitor.info", BAD]),
    "one pair": _lines(["monitor.info", BAD]),
    "pairs of a routing key and a text": _lines(["a.info", json.dumps(_wrapped(GOOD))], ["a.info", json.dumps(BAD)]),
    "batches": _lines([GOOD, GOOD], [GOOD, BAD], [_amqp(GOOD)]),
    "batches of pairs": _lines([["a.info", GOOD]], [["a.info", GOOD], ["a.info", BAD]]),
    "arrays over several lines": json.dumps([GOOD], indent=1) + "\n" + json.dumps([GOOD, BAD], indent=1),
    "two values on a line": _lines(json.dumps(GOOD) + json.dumps(BAD)),
    "two values on a line, a comma between": _lines(GOOD, f"{json.dumps(GOOD)}, {json.dumps(BAD)}"),
    "a comma behind each": _lines(f"{json.dumps(GOOD)},", f"{json.dumps(BAD)},"),
    "two records of a log on a line": _lines("starting", f"{PREFIX}{json.dumps(GOOD)}{PREFIX}{json.dumps(BAD)}"),
    "a value before a record": _lines("starting", f'{{"took": 1}} {PREFIX}{json.dumps(BAD)}'),
    "another logger's prefix": _lines("starting", f"INFO:root:got {json.dumps(BAD)}"),
    "pairs of a time and a text": _lines(
        {"values": [["1700000000000000000", json.dumps(GOOD)]]}, ["9", json.dumps(BAD)]
    ),
    "pairs of a day's time and a text": _lines(["2026-10-03T08:15:31.25Z", json.dumps(_wrapped(BAD))], GOOD),
    "two texts": _lines([json.dumps(BAD), json.dumps(GOOD)], GOOD),
    "a text of words and a body": _lines({"message": ["got it", json.dumps(BAD)]}, GOOD),
    "files put together, each with a mark": f"\ufeff{json.dumps(GOOD)}\n\ufeff{json.dumps(BAD)}\n",
    "behind a line that opens a bracket": f"{PREFIX}trying [\n{PREFIX}{json.dumps(BAD, indent=1)}\n",
}


@pytest.mark.parametrize("content", ONE_BAD.values(), ids=ONE_BAD)
def test_one_is_broken(content, judged):
    """Of all that is read the one broken notification is reported, and nothing else."""
    status, totals, found = judged(content)
    assert (status, found) == (1, {STATUS: 1})
    assert totals["notifications"] == content.count("message_id")


TORN = {
    "within a text": json.dumps(GOOD).index("image.localhost") + 5,
    "within the first key": 8,
    "between two tokens": json.dumps(GOOD).index('"payload": ') + 11,
    "within a nested key": json.dumps(GOOD).index("protected") + 3,
    "within a literal": json.dumps(GOOD).index("false") + 2,
}


@pytest.mark.parametrize("at", TORN.values(), ids=TORN)
@pytest.mark.parametrize("prefix", [PREFIX, ""], ids=["log", "lines"])
def test_torn_record(prefix, at, judged, run, made):
    """A record into which another one was written is unreadable, and says why; the other one is judged."""
    beginning = "starting" if prefix else json.dumps(GOOD)
    content = _lines(beginning, prefix + _torn(GOOD, at, prefix + json.dumps(BAD)))
    status, _, found = judged(content)
    assert (status, found[STATUS]) == (1, 1)
    assert found[UNREADABLE] == (1 if prefix else 2)  # in a log, what is left of it is one of the other lines
    assert "another record begins in the middle of it" in run("check", "--catalog", CATALOG, made(content.encode())).out


def test_torn_print(judged, run, made):
    """So is the print of a program into which another one was written."""
    text = f"got {GOOD!r}"
    content = _lines("starting", f"{text[:70]}got {BAD!r}", text[70:])
    status, _, found = judged(content)
    assert (status, found[STATUS]) == (1, 1)
    assert "another record begins in the middle of it" in run("check", "--catalog", CATALOG, made(content.encode())).out


@pytest.mark.parametrize("name", sorted(GOOD))
@pytest.mark.parametrize("beginning", [BANNER, json.dumps(GOOD)], ids=["log", "lines"])
def test_missing_attribute(beginning, name, judged):
    """What lacks one attribute is a broken notification, whichever it is, among text as well."""
    broken = {key: value for key, value in GOOD.items() if key != name}
    status, _, found = judged(_lines(beginning, broken))
    assert (status, found) == (1, {(f"/{name}", "required"): 1})


OTHERS = [
    {"took": 3, "timed_out": False, "hits": {"total": 1}},
    {"timestamp": "2026-10-03", "priority": 6, "payload": "x", "message": "rsyslog's"},
    {"event_type": "login", "user": "u1", "level": "info"},
    {"body": "no delivery", "message_id": 1},
    {"eventType": "login", "messageId": "m1", "timestamp": "t", "payload": {}, "message": "another service's"},
    {"eventType": "click", "publisherId": "p1", "timestamp": "t", "message": "an advertisement"},
    {"message": "needs columns", "columns": ["id", "message_id", "publisher_id", "event_type", "payload"]},
    {"type": "record", "fields": [{"name": name, "type": "string"} for name in GOOD], "msg": "a schema of Avro's"},
    {},
    [1, 2],
    ["a", "b"],
    "text",
    7,
]


@pytest.mark.parametrize("other", OTHERS, ids=range(len(OTHERS)))
def test_others_json(other, judged):
    """Somebody else's JSON is skipped in a log and counted, and is unreadable elsewhere; it is never judged."""
    assert judged(_lines("starting", GOOD, other))[1:] == (judged(_lines("starting", GOOD, "text"))[1], {})
    status, _, found = judged(_lines(GOOD, other))
    assert (status, found) == (1, {UNREADABLE: 1})


def test_what_a_wrapper_is_called(run, made):
    """An object that is no notification is called by its members, without advice about the envelope's."""
    wrapper = {"took": 3, "timed_out": False, "hits": {"hits": [{"_source": {"tags": []}}]}}
    ran = run("check", "--catalog", CATALOG, made(_lines(wrapper).encode()))
    assert ran.status == 1
    assert "not a notification: an object with `took`, `timed_out`, `hits`\n" in ran.out
    assert "did you mean" not in ran.out


_ESCAPED = 'POST "' + json.dumps(_wrapped(GOOD)).replace("\\", "\\x5C").replace('"', "\\x22") + '"'
_BASE64 = b64encode(json.dumps(GOOD).encode()).decode()
_CAMEL = {"messageId": "5a0c", "publisherId": "image.a1", "eventType": "image.create", "payload": {}}
_UPPER = {name.upper().replace("_", "-"): value for name, value in GOOD.items()}
_BYTES = b"".join(bytes((0xA0 + len(name),)) + name.encode() + b"\xa3a.b" for name in GOOD)  # as MessagePack has it
HIDDEN = {
    "Go's map": "got map[event_type:image.create message_id:5a0c priority:INFO publisher_id:image.a1]",
    "an object that is not all": "got { message_id: '5a0c', event_type: 'c.d', publisher_id: 'a', payload: [Object] }",
    "Java's map": "Received {message_id=5a0c, publisher_id=image.a1, event_type=image.create, payload={id=1}}",
    "a value that only Python reads": "got {'message_id': UUID('5a'), 'event_type': 'a', 'publisher_id': 'b'}",
    "an address": "GET /?n=%7B%22message_id%22%3A1%2C%22event_type%22%3A2%2C%22publisher_id%22%3A3%7D",
    "an address, format 2.0": f"GET /?n={quote(json.dumps(_wrapped(GOOD)))}",
    "within a record": {"log": "event_type=image.create message_id=5a0c publisher_id=image.a1 payload=..."},
    "cut off within a record": {"log": f"{PREFIX}{json.dumps(GOOD)[:300]}", "level": "info"},
    "too deep": json.dumps(json.loads("[" * 50 + json.dumps(GOOD) + "]" * 50)),
    "the end of one": f"ge_id{json.dumps(GOOD)[12:]}",
    "the end of one, in a container's log": f"2026-10-03T08:15:31.25Z stderr F ge_id{json.dumps(GOOD)[12:]}",
    "coloured keys": "\x1b[36mevent_type\x1b[0m=a.b \x1b[36mmessage_id\x1b[0m=5a \x1b[36mpublisher_id\x1b[0m=b",
    "escapes of a web server, cut off": _ESCAPED[:300],
    "an ordered dict": f"got OrderedDict({list(GOOD.items())!r})",
    "octal escapes": "got " + json.dumps(GOOD).replace('"', "\\042"),
    "curly quotation marks": "got " + json.dumps(GOOD).replace('"', "\u201d"),
    "a line that is not read to its end": "got " + "x" * LONGEST + json.dumps(GOOD),
    "a print that is cut off": f"got {GOOD!r}"[:60],
    "base64 that is damaged": {"Body": f"{_BASE64[:600]}?{_BASE64[600:]}", "level": "info"},
    "UTF-16": json.dumps(GOOD).encode("utf-16-le").decode(),
    "other names": _CAMEL,
    "other names within a record": {"message": "sent", "event": _UPPER},
    "other names within the text of a record": {"message": f"sent {json.dumps(_CAMEL)}"},
    "other names behind a prefix": f"sent {json.dumps(_CAMEL)}",
    "names within others": {"message": "sent", **{f"event.{name}": value for name, value in GOOD.items()}},
    "names within others, as keys and values": " ".join(f"event.{name}={value}" for name, value in GOOD.items()),
    "Java's object": "Sent Event{messageId='5a0c', publisherId='image.a1', eventType='image.create', priority=INFO}",
    "Go's object": "sent {MessageID:5a0c PublisherID:image.a1 EventType:image.create Priority:INFO}",
    "XML with other names": "<event><messageId>5a</messageId><publisherId>a</publisherId><eventType>b</eventType>",
    "columns with other names": "messageId,publisherId,eventType,priority,timestamp,payload",
    "pairs": json.dumps([*GOOD.items()]),
    "a list of attributes": {"msg": "sent", "attributes": [{"key": name, "value": GOOD[name]} for name in GOOD]},
    "bytes that are no text": {"Body": b64encode(_BYTES).decode(), "level": "info"},
    "bytes that are no text, printed": f" [x] Received {_BYTES!r}",
    "another notifier": "audit [-] Event type: audit.http.request, Context: {'a': 1}, Payload: {'id': 1}",
}


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_what_a_log_seems_to_hold(hidden, judged):
    """In a log, what seems to hold a notification that cannot be read is unreadable and not skipped."""
    status, _, found = judged(_lines("starting", GOOD, hidden))
    assert (status, found) == (1, {UNREADABLE: 1})


BROKEN = {name: value for name, value in GOOD.items() if name != "publisher_id"}
WRITTEN = {
    "base64 of an indented object": b64encode(json.dumps(BROKEN, indent=2).encode()).decode(),
    "base64 of a packed one": b64encode(gzip.compress(json.dumps(BROKEN).encode())).decode(),
    "names with escapes": json.dumps(BROKEN).replace("_", "\\u005f"),
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_what_stands_in_a_log_line(written, judged):
    """In a line of a log, a notification is judged however its JSON, or the base64 of it, is written."""
    status, _, found = judged(_lines("starting", GOOD, f"got {written}"))
    assert (status, found) == (1, {("/publisher_id", "required"): 1})


def test_long_line_from_a_pipe():
    """Of a line that is too long, the names behind what is read are kept where it cannot be read again."""
    blocks = [b"starting\n", b"x" * LONGEST, b"x" * BLOCK, json.dumps(GOOD).encode(), b"\n"]
    (part,) = cut(blocks, Shape.LOG, 2 * LONGEST, keep=True)
    with Recording("-", part=part) as recording:
        ((content, _),) = recording
    assert content.reason == "it is longer than 16 MiB"


def test_array_whose_items_are_others(judged):
    """In a batch that holds a notification every other item is unreadable."""
    assert judged(_lines("starting", [GOOD, 7, {"a": 1}]))[2] == {UNREADABLE: 2}


def test_routing_key_of_a_pair(judged):
    """The routing key of a pair must agree with the priority."""
    assert judged(_lines(["monitor.info", GOOD], ["monitor.error", GOOD]))[2] == {("/priority", "routing-key"): 1}


HOSTILE = {
    "openings": '{"a":' * 50_000,
    "openings with arrays": '{"a":[1,' * 25_000,
    "starts that break off": '{"event_type": ' * 25_000,
    "loggers": f"{PREFIX}{{x " * 20_000,
    "loggers with starts": f'{PREFIX}{{"x" ' * 20_000,
    "quotes in brackets": '["' * 75_000,
    "spaces behind braces": f"{{{' ' * 250_000}event_type",
    "backslashes": '{"event_type' + "\\" * 250_000,
    "backslashes behind a name": "got event_type" + "\\" * 250_000,
    "backslashes in a record": {"message": "got message_id" + "\\" * 250_000},
    "many values": '{"event_type":1}' * 25_000,
    "an open text": 'oslo.messaging.notification.a {"' + "oslo.messaging.notification.a {" * 12_500,
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_long_line_of_beginnings(hostile, judged):
    """A line in which values begin again and again is read once, not once for each beginning."""
    status, totals, _ = judged(_lines("starting", hostile, GOOD))
    assert (status, totals["conforming"]) in ((0, 1), (1, 1))
