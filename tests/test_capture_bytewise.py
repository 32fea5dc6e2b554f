"""Notifications whose bytes a program printed, and whose values say of which type they are."""

import base64
import json
import tracemalloc

import pytest

from notify_contracts.capture import Recording
from notify_contracts.capture.bytewise import written_out
from notify_contracts.catalog import load
from notify_contracts.model import Notification, Unreadable

GOOD = load("glance-emitted").contract("image.create", "INFO").example()
BODY = json.dumps(GOOD)
BYTES = BODY.encode()


def _dynamo(value):
    if isinstance(value, bool):
        return {"BOOL": value}
    if value is None:
        return {"NULL": True}
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, int | float):
        return {"N": str(value)}
    if isinstance(value, list):
        return {"L": [*map(_dynamo, value)]}
    return {"M": {name: _dynamo(member) for name, member in value.items()}}


def _firestore(value):
    kinds = {bool: "boolean", type(None): "null", str: "string", int: "integer", float: "double"}
    if type(value) in kinds:
        return {f"{kinds[type(value)]}Value": str(value) if type(value) is int else value}
    if isinstance(value, list):
        return {"arrayValue": {"values": [*map(_firestore, value)]} if value else {}}
    return {"mapValue": {"fields": {name: _firestore(member) for name, member in value.items()}}}


WRITTEN = {
    "hex": BYTES.hex(),
    "hex in capitals": f"0x{BYTES.hex().upper()}",
    "hex, indented JSON": json.dumps(GOOD, indent=2).encode().hex(),
    "bytes in hex": BYTES.hex(" "),
    "bytes in hex with colons": BYTES.hex(":"),
    "Go's %v": f"[{' '.join(map(str, BYTES))}] of 3",
    "Go's %#v": f"[]byte{{{', '.join(map(hex, BYTES))}}}",
    "Rust's, Java's": str([*BYTES]),
    "JavaScript's toString": ",".join(map(str, BYTES)),
    "base85": base64.b85encode(BYTES).decode(),
    "base85 in quotes": f"body='{base64.b85encode(BYTES).decode()}'.",
    "Ascii85": base64.a85encode(BYTES).decode(),
    "Ascii85, Adobe's": base64.a85encode(BYTES, adobe=True).decode(),
}


def _found(made, text):
    with Recording(made(text.encode())) as recording:
        return [content for content, _ in recording], recording.skipped


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_written_out(made, written):
    """In a log, beside others and as a member of a record, what a program printed byte by byte is read."""
    assert _found(made, f"a log\n{BODY}\n2026-10-03 got {written}\nend\n") == ([GOOD, GOOD], 2)
    record = json.dumps({"level": "info", "message": f"got {written}"})
    assert _found(made, f"{record}\n{json.dumps({'message': 'end'})}\n") == ([GOOD], 1)


CUT_OFF = {
    "hex": BYTES.hex()[:200],
    "Node's buffer": f"<Buffer {BYTES[:50].hex(' ')} ... 700 more bytes>",
    "base85": base64.b85encode(BYTES).decode()[:203],
    "Go's": f"[{' '.join(map(str, BYTES[:90]))}",
    "jq --stream": '[["message_id"],"1"]\n[["publisher_id"],"a"]\n[["event_type"],"image.create"]',
    "jq --stream, indented": "\n".join(
        json.dumps(each, indent=2) for each in ([["message_id"], 1], [["publisher_id"], 2], [["event_type"], 3])
    ),
}


@pytest.mark.parametrize("written", CUT_OFF.values(), ids=CUT_OFF)
def test_never_silent(made, written):
    """In a log, what cannot be read of one is unreadable, beside others that can."""
    contents, _ = _found(
        made, f"a log\n{BODY}\ngot {written}\nend\n" if "\n" not in written else f"a log\n{BODY}\n{written}\n"
    )
    assert [type(content) for content in contents] == [Notification, Unreadable]


OTHERS = {
    "other JSON in hex": json.dumps({"user": "x" * 90, "query": 7}).encode().hex(),
    "other bytes": ", ".join(str(number % 256) for number in range(400)),
    "a digest": "7b22" * 16 + "f" * 80,
    "other arrays": json.dumps([["name"], "x" * 200]),
}


@pytest.mark.parametrize("written", OTHERS.values(), ids=OTHERS)
def test_others(made, written):
    """What is written out and is no notification is another line of the log."""
    assert _found(made, f"a log\n{BODY}\ngot {written}\n") == ([GOOD], 2)


def test_no_more_than_can_be_kept():
    """What is too long to be read so is told, and the marks behind a text that is none are not tried without end."""
    assert list(written_out("7b 22 " + "41 " * 2_000_000)) == [None]
    assert list(written_out(base64.b85encode(BYTES[:4]).decode() + "~" * 1_000_000)) == [None]


@pytest.mark.parametrize(
    "text", ["7b22" + "61" * 100_000 + "6", "7b 22" + " 61" * 100_000, "123, 34" + ", 97" * 100_000]
)
def test_many_bytes_take_little(text):
    """Bytes are looked at in a few times their memory; half of one, in hexadecimal digits, says nothing."""
    list(written_out(text[:200]))  # what is made at the first use
    tracemalloc.start()
    try:
        assert list(written_out(text)) == ['{"' + "a" * 100_000]
        assert tracemalloc.get_traced_memory()[1] < 25 * len(text)
    finally:
        tracemalloc.stop()


TYPED = {
    "a scan": lambda one: json.dumps({"Items": [_dynamo(one)["M"]], "Count": 1}),
    "an export": lambda one: json.dumps({"Item": _dynamo(one)["M"]}),
    "a stream": lambda one: json.dumps({"eventName": "INSERT", "dynamodb": {"NewImage": _dynamo(one)["M"]}}),
    "bare": lambda one: json.dumps(_dynamo(one)["M"]),
    "a wrapped body": lambda one: json.dumps(_dynamo({"oslo.version": "2.0", "oslo.message": json.dumps(one)})["M"]),
    "Firestore": lambda one: json.dumps({"document": {"fields": _firestore(one)["mapValue"]["fields"]}}),
}


@pytest.mark.parametrize("write", TYPED.values(), ids=TYPED)
def test_typed(made, write):
    """JSON that says of each value of which type it is, is read as what it means, also where that is broken."""
    broken = GOOD | {"payload": {"size": 2**63, "part": 0.5, "fields": [None, True, {}]}}
    assert _found(made, f"{write(GOOD)}\n{write(broken)}\n") == ([GOOD, broken], 0)


def test_typed_by_avro(made):
    """So are the values of Avro's unions, but for null, which tells no type there."""
    payload = {"size": 2**40, "part": 0.5, "done": True, "all": ["a"]}
    types = {int: "long", float: "double", bool: "boolean", str: "string", list: "array"}
    union = {name: {types[type(value)]: value} for name, value in payload.items()} | {
        "all": {"array": [{"string": "a"}]}
    }
    typed = {name: {"string": value} for name, value in GOOD.items()} | {"payload": {"map": union}}
    assert _found(made, json.dumps(typed)) == ([GOOD | {"payload": payload}], 0)
    (content,), _ = _found(made, json.dumps(typed | {"payload": {"map": union | {"none": None}}}))
    assert "which type it is" in content.reason


@pytest.mark.parametrize("name", ["_raw", "message"])
def test_a_text_that_was_kept(made, name):
    """Where a store keeps the text of a notification beside what it made of it, the text is what was sent."""
    made_of_it = GOOD | {"payload": "cut", "timestamp": "1 Oct", "payload.id": 1}
    assert _found(made, "".join(f"{json.dumps(made_of_it | {name: BODY})}\n" for _ in range(3))) == ([GOOD] * 3, 0)
    of_another = made_of_it | {name: json.dumps(GOOD | {"message_id": "b"})}
    assert _found(made, json.dumps(of_another)) == ([of_another], 0)


def test_typed_and_not_read(made):
    """What is typed in a way that is not read is one unreadable, and not as many violations as it has members."""
    typed = _dynamo(GOOD)["M"] | {"payload": {"B": "e30="}}
    (content,), _ = _found(made, f"{json.dumps({'Item': typed})}\n")
    assert "which type it is" in content.reason
    nested = {"M": {"a": {"S": 7}}}
    (content,), _ = _found(made, json.dumps(typed | {"payload": nested}))
    assert isinstance(content, Unreadable)


def test_numbers_that_tell_their_type(made):
    """What MongoDB exports in its canonical form is read as the numbers that it means, at any depth."""
    payload = {"size": 5, "part": 0.5, "all": [2**63 - 1, {"n": -1}], "text": "5"}
    typed = {
        "size": {"$numberInt": "5"},
        "part": {"$numberDouble": "0.5"},
        "all": [{"$numberLong": str(2**63 - 1)}, {"n": {"$numberInt": "-1"}}],
        "text": "5",
    }
    exported = {"_id": {"$oid": "5f" * 12}} | GOOD | {"payload": typed}
    assert _found(made, json.dumps(exported)) == ([GOOD | {"payload": payload}], 0)
    assert _found(made, json.dumps(GOOD | {"payload": typed})) == ([GOOD | {"payload": typed}], 0)


def test_only_looks_typed(made):
    """A notification one attribute of which happens to be an object is broken, and judged as it is."""
    broken = GOOD | {"event_type": {"S": "image.create"}}
    assert _found(made, json.dumps(broken)) == ([broken], 0)


def test_same_from_several_processes(run, made, parts):
    """Several processes read them as one does."""
    parts(3000, elsewhere=True)
    path = made("\n".join(["a log", *(f"got {written}" for written in WRITTEN.values())]).encode())
    alone, together = (run("check", path, "--format", "json", "--jobs", jobs) for jobs in (1, 2))
    assert alone == together
