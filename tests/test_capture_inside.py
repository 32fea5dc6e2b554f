"""Notifications inside of what loggers, brokers' tools and stores write, and what is said of what holds none."""

import base64
import bz2
import io
import json
import lzma
import zlib
from itertools import permutations
from pathlib import Path
from pprint import pformat

import pytest

from notify_contracts.capture import Recording, companions, inside
from notify_contracts.catalog import load
from notify_contracts.model import Unreadable
from tests.wrappings import CAPTURES, LOGS

CATALOG = load("glance-emitted")
HERE = Path(__file__).parent / "recordings"
GOOD = CATALOG.contract("image.create", "INFO").example()
BAD = {**GOOD, "message_id": "b" + GOOD["message_id"][1:], "payload": {**GOOD["payload"], "status": "quueued"}}
OTHERS = ["starting", 'don\'t {stop} [now], "x"', "2026-10-03 08:15:31.250 7 WARNING glance [-] a: {'b': 1}"]
STATUS = [("/payload/status", "enum")]


def _read(content, path="-"):
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content) if content is not None else None
    with Recording(path, stream) as recording:
        return [*recording], recording.skipped


def _broken(found):
    verdicts = [CATALOG.check(content, location, transport=None) for content, location in found]
    return [(violation.pointer, violation.keyword) for verdict in verdicts for violation in verdict.violations]


def _body(envelope):
    return json.dumps({"oslo.version": "2.0", "oslo.message": json.dumps(envelope | {"_unique_id": "9d" * 16})})


def _logged(envelope):
    return f"2026-10-03 08:15:31.250 7 INFO oslo.messaging.notification.image.create [-] {json.dumps(envelope)}"


@pytest.mark.parametrize("write", CAPTURES.values(), ids=CAPTURES)
def test_captures(write):
    """In whatever a message body is kept, each is found once, and only what it breaks itself is reported."""
    found, _ = _read(write([_body(GOOD), _body(BAD)]))
    assert _broken(found) == STATUS
    assert len(found) == 2


@pytest.mark.parametrize("write", LOGS.values(), ids=LOGS)
def test_logs(write):
    """In whatever record a log line stands, notifications are found and other lines are skipped and counted."""
    lines = [OTHERS[0], _logged(GOOD), OTHERS[1], _logged(BAD), OTHERS[2]]
    found, skipped = _read(write(lines))
    assert _broken(found) == STATUS
    assert (len(found), skipped) == (2, 3)


EXPECTED = {
    "01-banner-first.jsonl": STATUS * 2, "03b-torn-record.log": [("", "unreadable"), *STATUS],
    "05-unreadable-for-six-reasons.jsonl": [("", "unreadable")] * 6, "06b-rabbitmqadmin-table.txt": [],
    "08-dead-letter.jsonl": [], "11c-logstash-added.jsonl": [], "14-could-not-send.log": [("", "undelivered")],
    "18-other-topic.jsonl": [("", "exchange"), ("", "topic")], "23b-audit-log-notifier.log": [("", "unreadable")],
}  # fmt: skip


@pytest.mark.parametrize(
    "path", sorted(path for path in (HERE / "captures").iterdir() if path.is_file()), ids=lambda path: path.name
)
def test_captures_of_others(path):
    """Of files in the shapes that people's tools write, what is broken in truth is reported, and nothing else."""
    found, _ = _read(None, path)
    assert _broken(found) == EXPECTED.get(path.name, STATUS)


@pytest.mark.parametrize("path", sorted((HERE / "logs").iterdir()), ids=lambda path: path.name)
def test_logs_of_others(path):
    """Of logs inside of records four notifications are found, and three other lines are skipped."""
    found, skipped = _read(None, path)
    assert _broken(found) == []
    assert (len(found), skipped) == (4, 3)


def _in_parts(path, size):
    with Recording(path) as recording:
        parts = [*recording.parts(size)]
    found, skipped = [], 0
    for part in parts:
        with Recording(path, part=part) as recording:
            found += [*recording]
            skipped += recording.skipped
    return found, skipped, len(parts)


LONG = ["Docker, in parts", "CRI, in parts", "CRI around a structured log, in parts", "journald, Docker's parts"]


@pytest.mark.parametrize("name", LONG)
def test_long_lines_are_not_cut(name, made, monkeypatch):
    """Where several processes share a log, what was split in it is read by one of them."""
    monkeypatch.setattr("notify_contracts.capture.recording.BLOCK", 3000)
    path = made(LOGS[name]([OTHERS[0], *[_logged(GOOD), OTHERS[1], _logged(BAD), OTHERS[2]] * 20]).encode())
    found, skipped, count = _in_parts(path, 5000)
    assert count > 4
    assert ([str(place) for _, place in found], skipped) == ([str(place) for _, place in _read(None, path)[0]], 41)
    assert _broken(found) == STATUS * 20


@pytest.mark.parametrize("name", ["printed indented", "printed in colours, indented"])
def test_indented_values_are_not_cut(name, made, monkeypatch):
    """Nor is a value that stands on several lines."""
    monkeypatch.setattr("notify_contracts.capture.recording.BLOCK", 3000)
    path = made(CAPTURES[name]([_body(GOOD), _body(BAD)] * 20).encode())
    found, _, count = _in_parts(path, 5000)
    assert count > 3
    assert _broken(found) == STATUS * 20


PLACES = {
    "a member": ({"a": [{"b/c": GOOD}]}, "line 1 at /a/0/b~1c"),
    "through texts": ({"log": json.dumps({"message": json.dumps(GOOD)})}, "line 1 at /log/message"),
    "a name that is not fit to print": ({"\x1b[2J" * 40: GOOD}, "line 1 at /\\x1b[2J"),
    "all of it": (GOOD, "line 1"),
}


@pytest.mark.parametrize(("value", "place"), PLACES.values(), ids=PLACES)
def test_where_it_was_found(value, place):
    """The place says where in a record a notification stands, briefly and fit for a terminal."""
    ((content, location),), _ = _read(json.dumps(value) + "\n", "-")
    assert content == GOOD
    assert str(location).startswith(f"standard input, {place}")
    assert str(location).isprintable()
    assert len(str(location)) < 100


def test_line_of_what_was_split():
    """What stands on several lines is where it begins."""
    found, _ = _read(LOGS["CRI, in parts"]([OTHERS[0], _logged(GOOD)]) + CAPTURES["printed indented"]([_body(BAD)]))
    assert [location.number for _, location in found] == [2, 5]


CARRIED = ["rabbitmqadmin get", "rabbitmqadmin get, base64", "a traced exchange, JSON", "kombu", "amqplib"]


@pytest.mark.parametrize("name", CARRIED)
def test_how_it_was_carried(name):
    """What a capture says of exchange, routing key and properties is held against the notification."""
    text = CAPTURES[name]([_body(GOOD)])
    ((content, _),), _ = _read(text)
    assert (content.delivery.exchange, content.delivery.routing_key) == (
        "glance" if '"glance"' in text else "",
        "notifications.info",
    )
    assert _broken(_read(text.replace("notifications.info", "notifications.error"))[0]) == [
        ("/priority", "routing-key")
    ]


KEYS = {
    "Benthos": {"content": "BODY", "meta": {"amqp_exchange": "glance", "amqp_routing_key": "KEY"}},
    "Camel": {"headers": {"CamelRabbitmqRoutingKey": "KEY"}, "body": "BODY"},
    "EasyNetQ": {"exchange": "x", "routing_key": "dead", "payload": {"RoutingKey": "KEY", "Message": "BODY"}},
    "Logstash": {**GOOD, "@timestamp": "t", "@metadata": {"rabbitmq_properties": {"routing-key": "KEY"}}},
    "OpenTelemetry": {"attributes": {"messaging.rabbitmq.destination.routing_key": "KEY"}, "body": "BODY"},
    "rabtap": {"RoutingKey": "KEY", "Body": "BODY"},
    "Spring": {"body": "BODY", "messageProperties": {"receivedRoutingKey": "KEY", "headers": {}}},
    "Vector": {"message": "BODY", "routing": "KEY", "source_type": "amqp"},
    "Vector, decoded": {**GOOD, "routing": "KEY", "source_type": "amqp"},
}


def _recorded(record, key):
    return json.dumps(record).replace('"BODY"', json.dumps(_body(GOOD))).replace("KEY", key) + "\n"


@pytest.mark.parametrize("record", KEYS.values(), ids=KEYS)
def test_routing_key_in_a_record(record):
    """Under whichever name a tool writes a routing key, it is held against the notification beside it."""
    for key, broken in (("notifications.info", []), ("notifications.error", [("/priority", "routing-key")])):
        assert _broken(_read(_recorded(record, key))[0]) == broken


DEATH = {"x-death": [{"exchange": "glance", "routing-keys": ["notifications.info"]}]}
DEAD = {
    "Camel": KEYS["Camel"] | {"headers": KEYS["Camel"]["headers"] | DEATH},
    "Logstash": KEYS["Logstash"] | {"@metadata": KEYS["Logstash"]["@metadata"] | {"rabbitmq_headers": DEATH}},
    "rabtap": KEYS["rabtap"] | {"Headers": DEATH},
    "Spring": KEYS["Spring"] | {"messageProperties": {"receivedRoutingKey": "KEY", "headers": DEATH}},
}


@pytest.mark.parametrize("record", DEAD.values(), ids=DEAD)
def test_dead_letter_in_a_record(record):
    """Wherever a tool writes headers, a dead letter is known by them."""
    assert _broken(_read(_recorded(record, "dead"))[0]) == []


@pytest.mark.parametrize("at", [60, 300, 500])
@pytest.mark.parametrize("beside", [{}, {"routing_key": "notifications.info"}])
def test_body_that_is_cut_off(at, beside):
    """What is left of a body is unreadable once, and where a broker carried it, it is said how to get all of it."""
    ((content, _),), _ = _read(json.dumps({"payload": _body(GOOD)[:at], **beside}) + "\n")
    assert "its end is missing" in content.reason
    assert ("truncate" in content.reason) == bool(beside)


def test_flattened():
    """A notification whose payload a store has flattened is unreadable, in one sentence, wherever it stands."""
    flat = {name: value for name, value in GOOD.items() if name != "payload"}
    flat |= {f"payload.{name}": value for name, value in GOOD["payload"].items()}
    for written in (flat, {"hits": [{"_source": flat}]}, flat | {"@timestamp": "t"}):
        ((content, _),), _ = _read(json.dumps(written) + "\n")
        assert "flattened" in content.reason


def test_no_routing_key():
    """What is called as a routing key is and is none, and an empty one, are held against nothing."""
    flattened = {"amqp_routing_key": "dead", "amqp_exchange": "dlx", "x_first_death_queue": "a"}
    for beside in ({"routing": "shard-1"}, {"routing_key": "", "meta": {"routing_key": "dead"}}, {"meta": flattened}):
        assert _broken(_read(json.dumps({"message": _body(GOOD), **beside}) + "\n")[0]) == []


KEPT_BY = ["body", "16963-0", GOOD["message_id"], GOOD["event_type"], "info", "2026-10-03T08:15:31Z", "notification"]


@pytest.mark.parametrize("key", KEPT_BY)
@pytest.mark.parametrize("write", [json.dumps, lambda value: value], ids=["text", "object"])
def test_key_of_a_store(key, write):
    """What a store keeps a notification by is no routing key, and nothing that should have been one."""
    lines = "".join(json.dumps(value) + "\n" for value in ([key, write(GOOD)], [[key, write(BAD)]]))
    assert _broken(_read(lines)[0]) == STATUS


@pytest.mark.parametrize("key", ["notifications.error", "monitor.inf", "a/b-WARN"])
def test_routing_key_of_a_pair(key):
    """A text that may be a routing key is one."""
    assert _broken(_read(json.dumps([key, GOOD]) + "\n")[0]) == [("/priority", "routing-key")]


NONE = {
    "a search without hits": ({"took": 3, "timed_out": False, "hits": {"hits": []}}, "`took`, `timed_out`, `hits`"),
    "a body of something else": ({"exchange": "x", "routing_key": "y", "body": "hello"}, "the body is not JSON"),
    "another service's record": ({"a": 1, "b": {"event_type": "login", "user": "u"}}, "`a`, `b`"),
}


@pytest.mark.parametrize(("value", "said"), NONE.values(), ids=NONE)
def test_what_holds_none(value, said):
    """What neither is a notification nor holds one is called by what it has, and never judged as one."""
    ((content, _),), _ = _read(json.dumps(value) + "\n")
    assert said in content.reason


NAMED = {
    "YAML": "---\nmessage_id: 5a0c\npublisher_id: image.a1\nevent_type: a.b\npriority: INFO\npayload:\n  a: 1\n",
    "columns": "message_id,publisher_id,event_type,priority,timestamp,payload\n5a0c,image.a1,image.create,INFO,t,{}\n",
    "columns with bars": " message_id | publisher_id | event_type \n------------+--------------+----\n 5a0c | a | b\n",
    "columns with escapes": "| message\\_id | publisher\\_id | event\\_type |\n|---|---|---|\n| 5a0c | a | b |\n",
    "columns in a box": "┌────┐\n│ message_id │ publisher_id │ event_type │\n├────┤\n│ 5a0c │ a │ b │\n└────┘\n",
    "columns that are aligned": "  message_id  publisher_id  event_type\n0       5a0c             a         b.c\n",
    "pairs": "message_id 5a0c-1\npublisher_id   image.a1\n  event_type image.create\n",
    "pairs in a box": "│ message_id   │ 5a0c │\n│ publisher_id │ a │\n│ event_type ┃ b │\n",
    "columns of a command": "MESSAGE_ID   PUBLISHER_ID   EVENT_TYPE\n5a0c         a              b.c\n",
}


@pytest.mark.parametrize("text", NAMED.values(), ids=NAMED)
def test_what_is_not_read_is_named(text):
    """Notifications in a form that is not read are named, once, with what to do."""
    ((content, _),), _ = _read(text)
    assert "which is not read: write" in content.reason


def test_text_that_was_left_out():
    """A record whose text its logger left out may have been a notification, and says so."""
    ((content, _),), skipped = _read('{"MESSAGE": "a"}\n{"MESSAGE": null, "_PID": "1"}\n{"_PID": "1"}\n')
    assert "--all" in content.reason
    assert skipped == 2


@pytest.mark.parametrize("line", ["Oct 03 08:15:31 h api[7]: {}", "    MESSAGE={}"])
def test_message_that_journalctl_left_out(line):
    """So does a line in which journalctl shows only the bytes of a message, unless no notification has so few."""
    lines = [
        "began",
        *(line.format(f"[{size} blob data]") for size in ("1.1K", "170B", "69B")),
        "    OTHER=[1.1K blob data]",
    ]
    found, skipped = _read("".join(f"{each}\n" for each in lines))
    assert [location.number for content, location in found if "--all" in content.reason] == [2, 3]
    assert skipped == 3


@pytest.mark.parametrize("printed", [json.dumps(BAD, indent=2), pformat(BAD)], ids=["JSON", "Python"])
def test_ends_as_of_a_terminal(printed, made):
    """What stands on several lines is read where a terminal or Windows ended them, also by several processes."""
    path = made("\r\n".join(["began", *printed.splitlines(), f"got {printed}".replace("\n", "\r\n"), "ended"]).encode())
    found, skipped = _read(None, path)
    assert (_broken(found), skipped) == (STATUS * 2, 2)
    assert _in_parts(path, 100)[:2] == (found, skipped)


def test_indented_within_records(made, monkeypatch):
    """Attributes that stand in the texts of several records are told, once for each notification, and not parted."""
    lines = [line for _ in range(20) for line in [OTHERS[0], *json.dumps(GOOD, indent=1).splitlines()]]
    text = "".join(json.dumps({"log": f"{line}\n", "stream": "stdout", "time": "t"}) + "\n" for line in lines)
    path = made(text.encode())
    found, _ = _read(None, path)
    said = "the attributes of a notification stand on lines of their own"
    assert [content.reason[: len(said)] for content, _ in found] == [said] * 20
    monkeypatch.setattr("notify_contracts.capture.recording.BLOCK", 3000)
    in_parts, _, count = _in_parts(path, 5000)
    assert in_parts == found
    assert count > 4


def test_keys_of_records_are_no_attributes():
    """Records whose own keys have an attribute's name are not taken for the lines of a notification."""
    found, skipped = _read("".join(json.dumps({"message": "x", name: "y"}) + "\n" for name in GOOD))
    assert (found, skipped) == ([], len(GOOD))


@pytest.mark.parametrize(
    "pack",
    [bz2.compress, lzma.compress, lambda held: lzma.compress(held, lzma.FORMAT_ALONE), zlib.compress, b"BZh9 ".__add__],
)
def test_packed_and_base64(pack):
    """What stands in base64 is read if it is packed, in whatever way that files are, or only begins nearly so."""
    found, _ = _read(json.dumps({"a": base64.b64encode(pack(_body(BAD).encode())).decode()}) + "\n")
    assert _broken(found) == STATUS


def test_what_unpacks_to_too_much():
    """Of what is packed in one line no more is unpacked than memory and time allow, and what is left is told."""
    bomb = base64.b64encode(bz2.compress(b" " * 16 * 1024 * 1024)).decode()
    packed = base64.b64encode(bz2.compress(json.dumps(BAD).encode())).decode()
    assert _broken(_read(json.dumps({"a": [bomb, packed]}) + "\n")[0]) == STATUS
    ((content, _),), _ = _read(json.dumps({"a": [*[bomb] * 4, packed]}) + "\n")
    assert "behind more than 64 MiB" in content.reason


CUT_OFF = ("a page", "printed by Python, a list, prettily", "printed by Python, prettily")


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.9, 0.97])
@pytest.mark.parametrize("name", CUT_OFF)
def test_cut_off(name, share):
    """What is cut off in a log is told, once, on however many lines it stands, and the others are read."""
    text = CAPTURES[name]([_body(BAD)])
    found, _ = _read(f"starting\n{text[: int(len(text) * share)]}\n{_logged(GOOD)}\n")
    assert [isinstance(content, Unreadable) for content, _ in found] == [True, False]


@pytest.mark.parametrize("short", range(4, 8))
def test_base64_that_is_cut_off(short):
    """So is what is packed, after whichever character of base64 it is cut off."""
    found, _ = _read(f"starting\n{CAPTURES['compressed and base64']([_body(BAD)])[:-short]}\n{_logged(GOOD)}\n")
    assert len(found) > 1


def test_excerpts():
    """What an endpoint was given is judged by the contract that fits; what is not there is not held against it."""
    found, _ = _read(None, HERE / "captures" / "13-endpoint-dump.jsonl")
    assert [content.missing for content, _ in found] == [("priority",)] * 2
    assert [CATALOG.check(content).contract for content, _ in found] == ["image.create-INFO"] * 2
    unknown = {"publisher_id": "a", "event_type": "b.c", "payload": {}, "metadata": {"message_id": "1"}}
    ((content, _),), _ = _read(json.dumps(unknown) + "\n")
    assert ("/event_type", "unknown-event") in _broken([(content, None)])


@pytest.mark.parametrize("names", list(permutations(("publisher_id", "event_type", "payload"))))
def test_order_of_excerpts(names):
    """What an endpoint was given keeps its order, so that two runs show the same."""
    given = dict.fromkeys(names, "a") | {"payload": {}, "metadata": {}, "ctxt": {}}
    ((content, _),), _ = _read(json.dumps(given) + "\n")
    assert (*content.envelope, *content.context) == (*names, "metadata", "ctxt")


def test_bare_arguments_are_no_excerpt():
    """Among JSON lines, a notification without half of its attributes is a broken one."""
    found, _ = _read(json.dumps({"publisher_id": "a", "event_type": "image.create", "payload": {}}) + "\n")
    assert ("/message_id", "required") in _broken(found)


WHOLE = 100_000
HOSTILE = {
    "objects in objects": '{"a":' * 900 + '"' + "a" * WHOLE + '"' + "}" * 900,
    "texts in texts": None,
    "many members": json.dumps({str(number): {"a": "b" * 20} for number in range(WHOLE // 40)}),
    "quotes": "x event_type " + "'{" * (WHOLE // 2),
    "escaped quotes": "x event_type " + '{\\"' * (WHOLE // 3),
    "hashes": "x event_type " + '{"a"=>' * (WHOLE // 6),
    "groups": "x event_type {'a': " + "(" * WHOLE,
    "base64": '{"log": "' + "QUFB" * (WHOLE // 4) + '"}',
    "Python's dicts": "x event_type " + "{'a': 1}" * (WHOLE // 8),
    "CSV cells": "x event_type " + '"{""' * (WHOLE // 4),
    "bytes": '{"MESSAGE": [' + "65," * (WHOLE // 3) + "65]}",
    "lines that go on": "x\n" + "a {\n" * (WHOLE // 4),
    "parts without an end": "x\n" + "2026-10-03T08:15:31.25Z stderr P a\n" * (WHOLE // 36),
    "parts of many streams": "".join(
        json.dumps({"log": "a", "stream": number, "logtag": "P"}) + "\n" for number in range(WHOLE // 50)
    ),
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_records(hostile):
    """What is made to look like a record costs little more than its length, and ends in what can be said in a line."""
    text = hostile or json.dumps("a" * 1000)
    while hostile is None and len(text) < WHOLE:
        text = json.dumps(text)
    found, _ = _read(text)
    assert all(isinstance(content, Unreadable) and len(content.reason) < 300 for content, _ in found)


CUT = _logged(BAD)[:400]
MEMBERS = {
    "cut off in one, whole in another": ({"short": CUT, "full": _logged(BAD)}, 0),
    "cut off behind dots": ({"full": _logged(BAD), "short": f"{CUT}..."}, 0),
    "what is cut off stands in no other": ({"a": f"{_logged(GOOD)} then {CUT}", "b": _logged(GOOD)}, 1),
    "nor is it what another has": ({"b": _logged(GOOD), "a": f"{_logged(GOOD)} then {CUT}"}, 1),
    "what is cut off stands behind another": ({"a": f"{_logged(GOOD)[:300]} then {CUT}", "b": _logged(GOOD)}, 1),
}


@pytest.mark.parametrize(("record", "lost"), MEMBERS.values(), ids=MEMBERS)
def test_members_that_are_cut_off(record, lost):
    """What is cut off in one member of a record is passed over only if all of it is whole in another."""
    found, _ = _read(json.dumps(record) + "\n")
    assert any(isinstance(content, Unreadable) for content, _ in found) == bool(lost)


@pytest.mark.parametrize("differ", [False, True])
def test_many_members(differ, monkeypatch):
    """Of a record in which as many members as there are hold a notification each one is looked at but once."""
    looked_at = []
    shown = inside.printable
    monkeypatch.setattr(inside, "printable", lambda name: looked_at.append(name) or shown(name))
    many = {f"n{number}": _logged(GOOD | {"message_id": str(number * differ)}) for number in range(400)}
    found, _ = _read(json.dumps(many) + "\n")
    assert len(found) == (400 if differ else 1)
    assert len(looked_at) <= 2 * len(many)


def test_dump_of_a_queue(run):
    """Files that say how the bodies beside them were carried are skipped, with a count, by `check` and `audit`."""
    folder = HERE / "captures" / "19-dump-queue"
    for arguments in (["check", *sorted(folder.iterdir())], ["check", folder], ["audit", folder, "--workers", "1"]):
        ran = run(*arguments, "--catalog", "glance-emitted", "--format", "json")
        document = json.loads(ran.out)
        assert [(group["pointer"], group["count"]) for group in document["groups"]] == [("/payload/status", 1)]
        assert (ran.status, document["totals"]["notifications"], document["problems"]) == (1, 2, [])
        assert any(note.startswith("2 files of properties") for note in document["notes"])


def test_properties_beside_a_message():
    """What is called as a file of properties is one only where the message is, too."""
    saved = [
        "a/rabtap-15.dat",
        "a/rabtap-15.json",
        "a/rabtap-16.json",
        "a/b.dat",
        "a/b.json",
        "m-headers+properties.json",
    ]
    assert companions(saved) == {"a/rabtap-15.json"}


def test_what_was_not_recorded_is_said_once(run):
    """That attributes are not in a recording is said once, in a note, and the place of what is inside is reported."""
    ran = run("check", HERE / "captures" / "13-endpoint-dump.jsonl", "--catalog", "glance-emitted")
    assert ran.out.count("priority: not in what was recorded") == 1
    ran = run(
        "check", HERE / "captures" / "11b-search-response.json", "--catalog", "glance-emitted", "--format", "json"
    )
    (group,) = json.loads(ran.out)["groups"]
    assert group["example"]["inside"] == "/hits/hits/1/_source"


def test_parts_that_are_too_long_together(monkeypatch):
    """Of parts that are too long together, a notification among them is unreadable and not skipped."""
    monkeypatch.setattr("notify_contracts.capture.splitting.LONGEST", 9000)
    parts = ["one that ends\n", "noise " * 1000, *[_logged(BAD)] * 20]
    found, _ = _read("".join(json.dumps({"log": part, "stream": "stdout", "time": "t"}) + "\n" for part in parts))
    assert [content.reason for content, _ in found] == ["it is longer than 16 MiB"]
