"""Arbitrary bytes: a recording of them ends, and what it yields is notifications and one-line reasons."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import time
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from notify_contracts.capture import Recording
from notify_contracts.catalog import load
from notify_contracts.errors import DamagedError
from notify_contracts.model import Location, Notification, Unreadable
from tests.telling import examples
from tests.zstd import zstd

CATALOG = load("glance-emitted")
NOTIFICATION = json.dumps(CATALOG.contract("image.upload", "ERROR").example()).encode()
WRAPPED = json.dumps({"oslo.version": "2.0", "oslo.message": NOTIFICATION.decode()}).encode()
RECORDED = json.dumps({"exchange": "g", "routing_key": "n.error", "properties": {}, "body": WRAPPED.decode()}).encode()
LOGGED = b"1 INFO oslo.messaging.notification.image.upload [-] " + NOTIFICATION + b": Error"


def _zipped(content):
    with zipfile.ZipFile(stream := io.BytesIO(), "w") as archive:
        archive.writestr(zipfile.ZipInfo("a"), content)
    return stream.getvalue()


def _tarred(content):
    with tarfile.open(fileobj=(stream := io.BytesIO()), mode="w") as archive:
        member = tarfile.TarInfo("a")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return stream.getvalue()


PIECES = st.sampled_from([
    NOTIFICATION, WRAPPED, RECORDED, LOGGED, gzip.compress(NOTIFICATION), b"[" * 2000, b'{"a":' * 2000, b"\n", b" ",
    b"[", b"]", b"{", b"}", b",", b":", b'"', b"\\", b"\\u", b"\\ud800", b"\xef\xbb\xbf", b"\x1f\x8b", b"\x00", b"\r\n",
    bz2.compress(WRAPPED), lzma.compress(LOGGED), _zipped(NOTIFICATION), _tarred(NOTIFICATION), b"PK\x03\x04",
    b"\xff\xfe",
    b"NaN", b"1e400", b"-", b"oslo.messaging.notification.a {", b'{"event_type": ', b'{"body": ',
    b'{"oslo.version": "2.0", "oslo.message": ',
])  # fmt: skip
ANYTHING = st.binary(max_size=200) | st.lists(PIECES | st.binary(max_size=4), max_size=12).map(b"".join)
thoroughly = settings(deadline=None, max_examples=examples(250), suppress_health_check=list(HealthCheck))


def _read(content):
    """Return what is found, how many lines are skipped, and why the rest could not be read."""
    found = []
    with Recording("-", io.BytesIO(content)) as recording:
        try:
            found.extend(recording)
        except DamagedError as error:
            return found, recording.skipped, str(error)
        return found, recording.skipped, None


@thoroughly
@given(ANYTHING)
@example(b"")
@example(b"\x1f")
@example(b"\x1f\x8b")
@example(b"PK\x03\x04")
@example(b"\xff\xfe")
@example(b"\xef\xbb")
@example(b"[{")
@example(b"{\n")
def test_reading_ends(content):
    """Arbitrary bytes are read to their end: every find has a place, every reason is one short printable line."""
    found, _, problem = _read(content)
    assert problem is None or problem.isprintable()
    numbers = [location.number for _, location in found]
    assert numbers == sorted(numbers)
    for item, location in found:
        assert isinstance(location, Location)
        if isinstance(item, Unreadable):
            assert item.reason.isprintable()
            assert 0 < len(item.reason) < 300
        else:
            assert isinstance(item, Notification)
        verdict = CATALOG.check(item, location)
        assert all(violation.message.isprintable() for violation in verdict.violations)


@thoroughly
@given(ANYTHING)
def test_compressed_alike(content):
    """Compressed, arbitrary bytes read as they do plain."""
    assert _read(gzip.compress(content)) == _read(content)


@thoroughly
@given(st.data(), st.sampled_from([gzip.compress, bz2.compress, lzma.compress, zstd.compress, _zipped, _tarred]))
def test_damaged(data, pack):
    """A packed recording with a few bytes changed or cut off reads to an end as well."""
    content = bytearray(pack(b"\n".join([NOTIFICATION, WRAPPED, LOGGED] * 20)))
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(2, len(content) - 1))] = data.draw(st.integers(0, 255))
    found, *_ = _read(bytes(content[: data.draw(st.integers(2, len(content)))]))
    assert all(isinstance(item, Notification | Unreadable) for item, _ in found)


@thoroughly
@given(st.lists(st.sampled_from([NOTIFICATION, WRAPPED, RECORDED, b"", b"no", b"{}", b"{", b"[1]", b'"'])))
def test_lines_are_independent(lines):
    """After a first good line every line is judged by itself: the same as if it stood there alone."""
    together, *_ = _read(b"\n".join([NOTIFICATION, *lines]))
    for item, location in together[1:]:
        ((_, _), (alone, _)), *_ = _read(NOTIFICATION + b"\n" + lines[location.number - 2])
        assert item == alone


LONG = {
    "spaces behind a bracket": (b"message_id ]", b" ", b"x"),
    "escaped quotation marks": (b"x {'", b"\\'", b" {"),
    "texts beside each other": (b"{'message_id': ", b"'a'", b", 'event_type': 'x', 'publisher_id': 'a'}"),
    "another notifier's words": (b"", b"Event type: a, Context: ", b"message_id"),
}


@pytest.mark.parametrize(("before", "repeated", "behind"), LONG.values(), ids=LONG)
def test_a_long_line(before, repeated, behind):
    """A line takes time by its length, whatever is repeated in it."""

    def taken(length):
        line = before + repeated * (length // len(repeated)) + behind + b"\n"
        begun = time.process_time()
        with Recording("-", io.BytesIO(line)) as recording:
            list(recording)
        return time.process_time() - begun

    taken(1)  # what is made at the first use
    assert taken(300_000) < 1
