"""Every shape a recording comes in, plain or compressed, from a path or from standard input, told by its content."""

import gzip
import io
import json
from typing import NamedTuple

import pytest

from notify_contracts.capture import Recording
from notify_contracts.catalog import load
from notify_contracts.model import Delivery, Location, Notification, Unreadable

EVENTS = ("image.create", "image.upload", "metadef_object.create", "task.failure")
CONTEXT = {"_unique_id": "4d464a2b8af241678f4b675052677578", "_context_user": "ü", "_context_roles": ["admin"]}
PROPERTIES = {"content_type": "application/json", "delivery_mode": 2, "headers": {"x-delivery-count": 1}}
NOTIFICATIONS = [load("glance-emitted").contract(event, "INFO").example() for event in EVENTS]


def _bare(envelope):
    return envelope


def _format_1(envelope):
    return {**envelope, **CONTEXT}


def _format_2(envelope):
    return {"oslo.version": "2.0", "oslo.message": json.dumps(_format_1(envelope))}


def _amqp(body):
    delivery = {"exchange": "glance", "routing_key": "notifications.info", "properties": PROPERTIES}
    return lambda envelope: {**delivery, "body": json.dumps(body(envelope), ensure_ascii=False)}


SHAPES = {"bare": _bare, "1.0": _format_1, "2.0": _format_2, "AMQP 1.0": _amqp(_format_1), "AMQP 2.0": _amqp(_format_2)}
CONTAINERS = {
    "lines": (lambda values: "\n".join(map(json.dumps, values)) + "\n", "line"),
    "lines without the last end": (lambda values: "\n".join(map(json.dumps, values)), "line"),
    "lines ended by CRLF": (lambda values: "\r\n".join(json.dumps(v, ensure_ascii=False) for v in values), "line"),
    "array on one line": (json.dumps, "item"),
    "array without spaces": (lambda values: json.dumps(values, separators=(",", ":")), "item"),
    "array over many lines": (lambda values: f"\n {json.dumps(values, indent=2)}\n\n", "item"),
    "array, an item a line": (lambda values: "[\n" + ",\n".join(map(json.dumps, values)) + "\n]\n", "item"),
    "objects over many lines": (lambda values: "\n".join(json.dumps(v, indent=4) for v in values), "item"),
    "objects over many lines, CRLF": (
        lambda values: "\n\n".join(json.dumps(v, indent="\t") for v in values).replace("\n", "\r\n"), "item",
    ),
}  # fmt: skip
MARK = b"\xef\xbb\xbf"


def _expected(shape, envelope):
    version = "2.0" if shape.endswith("2.0") else "1.0"
    delivery = Delivery("glance", "notifications.info", PROPERTIES) if shape.startswith("AMQP") else None
    return Notification(envelope, {} if shape == "bare" else CONTEXT, version, delivery)


def _members(content):
    middle = len(content) // 2
    return gzip.compress(content[:middle]) + gzip.compress(content[middle:])


class Item(NamedTuple):
    """One thing that was found, and where."""

    content: Notification | Unreadable
    location: Location


def _read(path, stdin=None):
    with Recording(path, stdin) as recording:
        return [Item(content, location) for content, location in recording]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("container", CONTAINERS)
def test_shape(container, shape, made):
    """A recording of any shape yields its notifications with what the transport added, and their places."""
    contain, unit = CONTAINERS[container]
    content = contain([SHAPES[shape](envelope) for envelope in NOTIFICATIONS]).encode()
    expected = [_expected(shape, envelope) for envelope in NOTIFICATIONS]
    for written in (content, MARK + content, gzip.compress(content), _members(MARK + content)):
        found = _read(path := made(written))
        assert [item.content for item in found] == expected
        assert {item.location.unit for item in found} == {unit}
        assert {item.location.source for item in found} == {str(path)}
        piped = _read("-", io.BytesIO(written))
        assert [item.content for item in piped] == expected
        assert {item.location.source for item in piped} == {"standard input"}


@pytest.mark.parametrize("shape", SHAPES)
def test_single_object(shape, made):
    """One object alone is a recording, on one line or over many."""
    value = SHAPES[shape](NOTIFICATIONS[0])
    for content, unit in ((json.dumps(value), "line"), (json.dumps(value, indent=1), "item")):
        path = made(content.encode())
        assert _read(path) == [(_expected(shape, NOTIFICATIONS[0]), Location(str(path), 1, unit))]


def test_item_numbers(made):
    """Items of an array are numbered from 1, and one that is no notification does not stop the rest."""
    found = _read(made(json.dumps([NOTIFICATIONS[0], 7, None, "text", [], NOTIFICATIONS[1]]).encode()))
    assert [item.location.number for item in found] == [1, 2, 3, 4, 5, 6]
    assert [isinstance(item.content, Unreadable) for item in found] == [False, True, True, True, True, False]


@pytest.mark.parametrize("content", [b"[]", b" [ ] ", b"", b"\n\n", MARK, gzip.compress(b"", mtime=0)])
def test_nothing_in_it(content, made):
    """A recording of nothing yields nothing."""
    assert _read(made(content)) == []


@pytest.mark.parametrize(
    "tail", [b"", b",", b"{", b'{"a": ', b"nul", b"] {", b"]]", b"}", b",]"], ids=lambda tail: tail.decode()
)
def test_array_that_breaks_off(tail, made):
    """Of an array that is damaged or cut off, all that came before is read, and the damage is the last thing found."""
    first = json.dumps(NOTIFICATIONS[0]).encode()
    *before, last = _read(made(b"[" + first + b"," + first + (tail if tail[:1] in b"],}" else b"," + tail)))
    assert [item.content.envelope for item in before] == [NOTIFICATIONS[0]] * 2
    assert isinstance(last.content, Unreadable)
    assert last.content.reason.startswith("not JSON: ")
    assert last.location.number == 3
