"""Notifications in a form that is not read, in a log: nobody is to believe that there was none."""

import base64
import bz2
import gzip
import io
import json
import lzma
from itertools import starmap

import pytest

from notify_contracts.capture import Recording
from notify_contracts.capture.rows import Rows
from notify_contracts.capture.unread import UNREAD
from notify_contracts.catalog import load
from notify_contracts.model import Notification, Unreadable
from tests.wrappings import LOGS

FRAMES = {
    "a log": lambda lines: "".join(f"{line}\n" for line in lines),
    **{name: LOGS[name] for name in ("Docker", "CRI", "structlog")},
}
ON_LINES = {  # how one of the attributes stands there, by its name and its value
    "PHP, print_r": "    [{}] => {}",
    "PHP, var_dump": '  ["{}"]=>\n  string(4) "{}"',
    "a property list": "  <key>{}</key>\n  <string>{}</string>",
    "gron": 'json.{} = "{}";',
    "properties": "notification.{}={}",
    "a record of psql": "{:<14}| {}",
    "tabs": "{}\t{}",
    "redis-cli": '1) "{}"\n2) "{}"',
    "a page": "  &quot;{}&quot;: &quot;{}&quot;,",
    "a cell of a table in many lines": '  ""{}"": ""{}"",',
    "a form of many parts": '--b\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r',
}
ON_ONE_LINE = {
    "Clojure": (' :{} "{}",', "got {{{}}}"),
    "Lua": (' ["{}"] = "{}",', "got {{{}}}"),
    "Lisp": ('({} . "{}")', "got ({})"),
    "Scala": ("{} -> {}, ", "got Map({})"),
    "the rows of a table": ("<th>{}</th><td>{}</td>", "<table>{}</table>"),
    "a property list": ("<key>{}</key><string>{}</string>", "<dict>{}</dict>"),
    "CBOR": ("j{}d{}", "\xa6{}\xff"),
}
SOME = {"message_id": "5a0c", "publisher_id": "image.a1", "event_type": "image.create", "priority": "INFO"}


def _read(content):
    with Recording("-", io.BytesIO(content.encode("latin-1"))) as recording:
        return [content for content, _ in recording], recording.skipped


@pytest.mark.parametrize("framed", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("form", ON_LINES.values(), ids=ON_LINES)
def test_attributes_on_lines(form, framed):
    """Attributes on lines of their own, as programs print them, are told once, in whatever the lines stand."""
    lines = "\n".join(["starting", *starmap(form.format, SOME.items()), "started"]).split("\n")
    (content,), _ = _read(framed(lines))
    assert content.reason.startswith("the attributes of a notification stand on lines of their own")


@pytest.mark.parametrize(("form", "whole"), ON_ONE_LINE.values(), ids=ON_ONE_LINE)
def test_attributes_on_a_line(form, whole):
    """What another language or format writes on one line is told to be a notification that is not read."""
    line = whole.format("".join(starmap(form.format, SOME.items())))
    (content,), skipped = _read(FRAMES["a log"](["starting", line, "started"]))
    assert (content.reason[:28], skipped) == ("one seems to stand in it, in", 2)


@pytest.mark.parametrize("framed", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("table", ["columns", "names", "cells"])
def test_names_of_columns(table, framed):
    """Where a database's answer names its columns, and the values stand in rows, a notification is told to be there."""
    names, values = list(SOME), list(SOME.values())
    said = {
        "columns": {"columns": [{"name": name, "type": "text"} for name in names], "rows": [values]},
        "names": {"columns": names, "index": [0], "data": [values]},
        "cells": {"fields": [{"name": name} for name in names], "rows": [{"f": [{"v": value} for value in values]}]},
    }[table]
    (content,), _ = _read(framed(["starting", json.dumps(said), "started"]))
    assert content.reason.endswith(UNREAD)
    known = {"fields": [{"name": name, "type": "string"} for name in names], "type": "record", "symbols": [1]}
    assert _read(framed(["starting", json.dumps(known), json.dumps(names), "started"]))[0] == []


@pytest.mark.parametrize("framed", FRAMES.values(), ids=FRAMES)
def test_a_table_begins(framed):
    """So it is where the first line of a table names the columns."""
    (content,), _ = _read(framed(["starting", ",".join(("time", *SOME)), ",".join(("1", *SOME.values())), "started"]))
    assert content.reason.startswith("a table begins here whose columns are a notification's attributes")


BESIDE = {
    "an answer of a database": json.dumps({"columns": list(SOME), "rows": [list(SOME.values())]}),
    "OpenTelemetry's pairs": json.dumps(
        [{"key": name, "value": {"stringValue": value}} for name, value in SOME.items()]
    ),
    "the beginning of a table": ",".join(SOME),
    "Go": "&{MessageID:5a0c PublisherID:image.a1 EventType:image.create Priority:INFO}",
    "a loss": "impl_kafka [-] Produce message failed: Broker: Unknown topic",
}


@pytest.mark.parametrize("written", BESIDE.values(), ids=BESIDE)
def test_beside_one_that_is_read(written):
    """Where one value holds many texts, as Loki answers, none is passed over because others are read."""
    good = json.dumps(load("glance-emitted").contract("image.create", "INFO").example())
    values = {"result": [{"values": [["1", text] for text in (good, written, good)]}]}
    records = {"logRecords": [{"body": {"stringValue": text}} for text in (good, written, good)]}
    for said in (values, records):
        contents, _ = _read(json.dumps(said))
        assert sorted(type(content).__name__ for content in contents) == ["Notification", "Notification", "Unreadable"]


@pytest.mark.parametrize("form", ["{}: {}", '  "{}": "{}",', '  ""{}"": ""{}"",', "{} : {}"])
def test_attributes_in_texts_of_one_value(form):
    """Where each line of a log is a text of one value, or a record of an array, its attributes are told to be there."""
    good = json.dumps(load("glance-emitted").contract("image.create", "INFO").example())
    lines = [good, "{", *starmap(form.format, SOME.items()), "}", good]
    answer = {"streams": [{"values": [["1", line] for line in lines]}]}
    events = {"events": [{"message": line, "timestamp": 1} for line in lines]}
    records = [{"@timestamp": "1", "message": line} for line in lines]
    for said in (answer, events, records):
        contents, _ = _read(json.dumps(said, indent=1))
        assert sorted(type(content).__name__ for content in contents) == ["Notification", "Notification", "Unreadable"]


def test_an_object_beside_one_that_is_read():
    """So is no item of an array."""
    good = load("glance-emitted").contract("image.create", "INFO").example()
    pairs = [{"key": name, "value": {"stringValue": value}} for name, value in SOME.items()]
    items = [{"body": good}, {"body": {"kvlistValue": {"values": pairs}}}, {"body": {"stringValue": "started"}}]
    assert [type(content) for content in _read(json.dumps({"logRecords": items}))[0]] == [Notification, Unreadable]


def test_utf_16_in_a_text():
    """What was read as UTF-8 in a record, and is UTF-16, is read as that."""
    good = load("glance-emitted").contract("image.create", "INFO").example()
    for encoding in ("utf-16-le", "utf-16-be"):
        ((content,), _) = _read(
            json.dumps({"log": json.dumps(good).encode(encoding).decode("latin-1"), "stream": "stdout"})
        )
        assert content.envelope == good


def test_json_in_json_in_a_cell():
    """In the cell of a table, the quotation marks of JSON in JSON are escaped and doubled: what is cut off is told."""
    said = json.dumps({"log": json.dumps(SOME)}).replace('"', '""')
    for line, expected in (f'2026,"svc {said}"', SOME), (f'2026,"svc {said[:-9]}', None):
        (content,), skipped = _read(FRAMES["a log"](["starting", line, "started"]))
        assert (getattr(content, "envelope", None), skipped) == (expected, 2)


@pytest.mark.parametrize(
    "joined", ["{} image.a1 image.create {!r} {!r}", "({}, 'image.a1', 'image.create', {!r}, {!r})"]
)
def test_arguments_of_an_endpoint(joined):
    """What a listener's endpoint prints of its arguments, one after the other, is told to be that."""
    metadata = {"message_id": "5a0c", "timestamp": "2026-10-03 08:15:31.250000"}
    lines = ["starting", f"got {joined.format({}, {'status': 'queued'}, metadata)}", f"got metadata {metadata}"]
    for frame in FRAMES.values():
        (content,), skipped = _read(frame(lines))
        assert (content.reason.partition(" stands ")[0], skipped) == ("what a listener's endpoint was given", 2)


@pytest.mark.parametrize("pack", [bz2.compress, gzip.compress, lzma.compress])
def test_packed_behind_a_log(pack):
    """What is packed and was put behind a log is told, once, and not read as lines of it."""
    (content,), _ = _read(f"starting\n{pack(b'started').decode('latin-1')}")
    assert content.reason.startswith("something packed begins here, in a log that is not")


@pytest.mark.parametrize("held", [lambda value: [value], lambda value: {"0": value}])
def test_listed_attributes(held):
    """Where a search engine lists the values of each field, or a table those of each column, that is told once."""
    (content,), _ = _read(
        json.dumps({"hits": [{"fields": {name: held(value) for name, value in SOME.items()}}]}) + "\n"
    )
    assert content.reason.startswith("its attributes are arrays or objects, ")
    (content,), _ = _read(json.dumps(SOME | {"event_type": held("image.create")}) + "\n")
    assert isinstance(content, Notification)


def test_bytes_on_lines():
    """So are those of BSON, of which a log's lines hold pieces."""
    lines = [f"\x02{name}\x00\x04\x00\x00\x00{value}\x00" for name, value in SOME.items()]
    (content,), _ = _read(FRAMES["a log"](["starting", *lines]))
    assert content.reason.startswith("the attributes of a notification stand on lines of their own")


def _rows(data, length, written):
    return [written(at, data[at : at + length]) for at in range(0, len(data), length)]


def _characters(row):
    return "".join(chr(code) if 32 <= code < 127 else "." for code in row)


ROWS = {
    "hexdump -C": lambda data: _rows(data, 16, lambda at, row: f"{at:08x}  {row.hex(' '):<47}  |{_characters(row)}|"),
    "xxd": lambda data: _rows(data, 16, lambda at, row: f"{at:08x}: {row.hex(' ', -2):<39}  {_characters(row)}"),
    "xxd -p": lambda data: _rows(data, 30, lambda _, row: row.hex()),
    "xxd -i": lambda data: _rows(data, 12, lambda _, row: "  " + ", ".join(f"0x{code:02x}" for code in row) + ","),
    "tcpdump -X": lambda data: _rows(
        data, 16, lambda at, row: f"\t0x{at:04x}:  {row.hex(' ', -2):<39}  {_characters(row)}"
    ),
    "od -x": lambda data: _rows(data, 16, lambda at, row: f"{at:07o} " + " ".join(
        row[place : place + 2][::-1].hex() for place in range(0, len(row) // 2 * 2, 2)
    )),
    "od -c": lambda data: _rows(data, 16, lambda at, row: f"{at:07o}" + "".join(
        f"   {chr(code)}" if code > 31 else f" {code:03o}" for code in row
    )),
    "Wireshark": lambda data: _rows(data, 16, lambda _, row: row.hex(":")),
    "Node": lambda data: _rows(data, 12, lambda _, row: "  " + ", ".join(f"{code:3}" for code in row) + ","),
    "a byte on a line": lambda data: _rows(data, 1, lambda _, row: str(row[0])),
    "base64 of gzip": lambda data: _rows(
        base64.b64encode(gzip.compress(data)), 76, lambda _, row: row.decode()
    ),
}  # fmt: skip


@pytest.mark.parametrize("framed", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("before", [b"", b"\1\0\1frame"])
@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_bytes_in_rows(rows, before, framed):
    """A notification whose bytes are written out row by row is told once, whatever stands before and around them."""
    sent = dict.fromkeys(("message_id", "publisher_id", "event_type", "priority"), "image.create")
    contents, _ = _read(framed(["starting", *rows(before + json.dumps(sent).encode()), "started"]))
    assert len(contents) == 1
    assert isinstance(contents[0], Unreadable)


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_other_bytes_in_rows(rows):
    """Other bytes that are written out row by row are something else."""
    data = json.dumps({"level": "INFO", "event_type": "image.create", "words": "who publishes it"}).encode()
    lines = ["starting", *rows(data), "started"]
    assert _read("".join(f"{line}\n" for line in lines)) == ([], len(lines))


def test_bytes_in_many_rows():
    """So are those of a notification far behind in a long dump, though not names that are too far from each other."""
    event_type, *others = (json.dumps({name: "a"}).encode() for name in ("event_type", "message_id", "publisher_id"))
    before = b"." * 100_000
    (content,), _ = _read("\n".join(ROWS["xxd -p"](before + event_type + b"." * 15_000 + b"".join(others))))
    assert isinstance(content, Unreadable)
    assert _read("\n".join(ROWS["xxd -p"](event_type + before + b"".join(others))))[0] == []


def test_lines_that_begin_as_no_row(monkeypatch):
    """The lines of most logs are not looked at as rows: they have letters, or the signs of a date, in front."""
    lines = [b"12:00:00,123 INFO started", b"1764500000.123 started", b"20261130T120000 started", b"", b"10.0.0.7 - -"]
    monkeypatch.setattr(Rows, "_read", None)
    rows = Rows()
    assert [rows.take(line) for line in lines] == [None] * len(lines)


def test_serialized_by_php():
    """What PHP serialized is told."""
    text = "".join(f's:{len(name)}:"{name}";s:{len(value)}:"{value}";' for name, value in SOME.items())
    (content,), _ = _read(f"starting\ngot a:4:{{{text}}}\n")
    assert content.reason == UNREAD


def test_words_are_no_attributes():
    """Names of attributes that no value follows, as in code or in a statement, are no notification."""
    lines = [
        "  File notify.py, line 7, in dispatch(self, message_id, publisher_id, event_type, payload)",
        "SELECT message_id, publisher_id, event_type FROM event",
        "the message_id and the publisher_id (a host), and then the event_type of each",
    ]
    assert _read(FRAMES["a log"](["starting", *lines])) == ([], 4)
