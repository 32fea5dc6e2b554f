"""Hostile input through the command: every one ends in a verdict or in one clear line, with the right status."""

import gzip
import json
import random
import re

import pytest

from notify_contracts._schema.engines import ENGINES
from notify_contracts.catalog import load
from tests.telling import telling

CONFORMS, FAILS, COULD_NOT_RUN = 0, 1, 2
ONE_LINE = re.compile(r"notify-contracts: [^\n]+\n")
EXAMPLE = load("glance-emitted").contract("image.create", "INFO").example()
GOOD = json.dumps(EXAMPLE).encode()
LOGGED = b"1 INFO oslo.messaging.notification.image.create [-] "
DEEP = b"[" * 100_000
DEEP_OBJECTS = b'{"a":' * 100_000
MARK = b"\xef\xbb\xbf"


def _with(name, text):
    """Return the example with a property whose value is the JSON text given."""
    return GOOD.replace(b'"payload": {', b'"payload": {"%s": %s, ' % (name, text))


def _wrapped(inner):
    return json.dumps({"oslo.version": "2.0", "oslo.message": inner.decode()}).encode()


READ = {
    "empty file": (b"", COULD_NOT_RUN),
    "blank lines": (b"\n\n \n", COULD_NOT_RUN),
    "random bytes": (random.Random(20261122).randbytes(100_000), COULD_NOT_RUN),
    "NUL bytes": (b"\x00" * 10_000, COULD_NOT_RUN),
    "another text": (("Großer Unfug\n" * 100).encode("latin-1"), COULD_NOT_RUN),
    "UTF-16": (GOOD.decode().encode("utf-16"), CONFORMS),
    "empty array": (b"[]", COULD_NOT_RUN),
    "empty gzip": (gzip.compress(b""), COULD_NOT_RUN),
    "gzip in gzip": (gzip.compress(gzip.compress(GOOD)), CONFORMS),
    "gzip of two bytes": (b"\x1f\x8b", COULD_NOT_RUN),
    "truncated gzip": (gzip.compress(GOOD * 10)[:-20], COULD_NOT_RUN),
    "gzip with rubbish behind": (gzip.compress(GOOD) + b"rubbish", COULD_NOT_RUN),
    "gzip with a wrong checksum": (gzip.compress(GOOD)[:-8] + b"\x00" * 8, COULD_NOT_RUN),
    "BOM": (MARK + GOOD, CONFORMS),
    "BOM and nothing": (MARK, COULD_NOT_RUN),
    "CRLF": (GOOD + b"\r\n\r\n" + GOOD + b"\r\n", CONFORMS),
    "no last line end": (GOOD + b"\n" + GOOD, CONFORMS),
    "NUL between values": (GOOD + b"\n\x00" + GOOD, CONFORMS),
    "NUL in a value": (GOOD + b"\n" + GOOD.replace(b":", b":\x00", 1), FAILS),
    "NUL in a text": (_with(b"name", b'"\\u0000"').replace(b'"name": "random-raw", ', b""), CONFORMS),
    "invalid UTF-8": (GOOD.replace(b"random-raw", b"\xff\xfe\xc0\x80"), FAILS),
    "encoded surrogate": (GOOD.replace(b"random-raw", b"\xed\xa0\x80"), FAILS),
    "half a surrogate pair": (GOOD.replace(b"random-raw", b"\\ud800"), FAILS),
    "half a surrogate pair in a 2.0 body": (_wrapped(GOOD.replace(b"random-raw", b"\\udfff")), FAILS),
    "whole surrogate pair": (GOOD.replace(b"random-raw", b"\\ud83d\\ude00"), CONFORMS),
    "NaN": (_with(b"size", b"NaN"), FAILS),
    "Infinity": (_with(b"size", b"-Infinity"), FAILS),
    "1e400": (_with(b"size", b"1e400"), FAILS),
    "1e-400": (GOOD.replace(b'"min_ram": 0', b'"min_ram": 1e-400'), CONFORMS),
    "number of 10,000 digits": (_with(b"x", b"1" * 10_000), FAILS),
    "fraction of 10,000 digits": (_with(b"x", b"0." + b"1" * 10_000), FAILS),
    "negative zero": (GOOD.replace(b'"min_ram": 0', b'"min_ram": -0'), CONFORMS),
    "duplicate keys, the last one right": (_with(b"min_ram", b'"wrong"'), FAILS),
    "duplicate keys, the last one wrong": (GOOD.replace(b'"payload": {', b'"payload": 7, "payload": {"x": 1, '), FAILS),
    "deep nesting in a line": (GOOD + b"\n" + DEEP, FAILS),
    "deep nesting in the first line": (DEEP + b"\n" + GOOD, FAILS),
    "deep objects in a line": (DEEP_OBJECTS, FAILS),
    "deep nesting, closed, in a notification": (_with(b"x", DEEP + b"]" * 100_000), FAILS),
    "deep nesting in an array": (b"[" + GOOD + b"," + DEEP, FAILS),
    "deep objects over many lines": (b"{\n" + DEEP_OBJECTS, FAILS),
    "deep nesting in a log line": (b"starting\n" + LOGGED + DEEP_OBJECTS, FAILS),
    "deep nesting in a 2.0 body": (_wrapped(_with(b"x", DEEP + b"]" * 100_000)), FAILS),
    "deep nesting in an AMQP body": (json.dumps({"exchange": "", "body": DEEP.decode()}).encode(), FAILS),
    "wrapper in wrapper": (_wrapped(_wrapped(GOOD)), FAILS),
    "array in array": (b"[[" + GOOD + b"]]", CONFORMS),
    "array of numbers": (b"[1, 2, 3]", COULD_NOT_RUN),
    "number": (b"7\n", COULD_NOT_RUN),
    "text": (b'"text"\n', COULD_NOT_RUN),
    "null": (b"null", COULD_NOT_RUN),
    "empty object": (b"{}", FAILS),
    "escape sequences": (b'{"\x1b[2J": 1}\n' + GOOD.replace(b"random-raw", b"\\u001b[2J\\u202e"), FAILS),
}  # fmt: skip


def _assert_sound(ran, status):
    assert ran.status == status
    assert "Traceback" not in ran.out + ran.err
    assert ran.err == "" or ONE_LINE.fullmatch(ran.err)
    assert (ran.err != "") == (status == COULD_NOT_RUN)
    assert ran.err.replace("\n", "").isprintable()
    assert "\x1b" not in ran.out


@pytest.mark.parametrize("engine", telling(ENGINES, ["jsonschema-rs"]))
@pytest.mark.parametrize("name", READ)
def test_content(name, engine, run, made):
    """Whatever a file holds, the command ends with a verdict or one line, in every format, on both engines."""
    content, status = READ[name]
    recording = made(content)
    for form in ("text", "json", "jsonl"):
        ran = run("check", recording, "--catalog", "glance-emitted", "--engine", engine, "--format", form)
        _assert_sound(ran, status)
        if form == "json":
            assert json.loads(ran.out)["totals"]["failing"] == 0 or status == FAILS
        if form == "jsonl":
            assert all(set(json.loads(line)) >= {"conforms", "violations"} for line in ran.out.splitlines())


@pytest.mark.parametrize("name", ["missing", "a folder", "no permission", "name\n\x1b[2J", "NUL\0"])
def test_path(name, run, tmp_path):
    """A source that cannot be opened is one clear line and status 2."""
    path = tmp_path / name
    if name == "a folder":
        path.mkdir()
    elif name == "no permission":
        path = "/proc/self/mem"  # even the superuser cannot read its beginning
    ran = run("check", path)
    _assert_sound(ran, COULD_NOT_RUN)
    assert "cannot be read" in ran.err


@pytest.mark.parametrize("form", telling(["text", "jsonl"], ["text"]))
def test_line_of_100_mb(form, command, tmp_path):
    """A line of 100 MB is a verdict of its own, and the lines around it have theirs."""
    path = tmp_path / "long"
    with path.open("wb") as file:
        file.write(GOOD + b'\n{"message_id": "')
        for _ in range(100):
            file.write(b"a" * (1 << 20))
        file.write(b'"}\n' + GOOD + b"\n")
    ran = command("check", path, "--catalog", "glance-emitted", "--format", form)
    _assert_sound(ran, FAILS)
    if form == "jsonl":
        assert [json.loads(line)["conforms"] for line in ran.out.splitlines()] == [True, False, True]
    else:
        assert "longer than 16 MiB" in ran.out
        assert "3 notifications, 2 conform, 1 do not" in ran.out


@pytest.mark.parametrize("engine", telling(ENGINES, ["jsonschema-rs"]))
@pytest.mark.parametrize("name", [name for name in READ if "deep" in name])
def test_deep_nesting_in_a_process_of_its_own(name, engine, command, made):
    """Deep nesting cannot crash the interpreter either."""
    content, status = READ[name]
    _assert_sound(command("check", made(content), "--catalog", "glance-emitted", "--engine", engine), status)
