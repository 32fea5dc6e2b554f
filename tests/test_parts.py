"""A recording cut into parts: together they are all of it, each line in one of them and at its place."""

import io
import json
import os
import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notify_contracts.capture import Recording, recording
from notify_contracts.capture.lines import LONGEST
from tests.telling import examples

MIB = 1 << 20
LINES = st.sampled_from([b"", b"{}", b'{"event_type": 1}\r', b"rubbish", b"{", b'{"a": "' + b"x" * 300 + b'"}', b"[1]"])
CONTENTS = st.builds(
    lambda beginning, lines, end: b"\n".join([beginning, *lines]) + end,
    st.sampled_from([b"{}", b"hello", b'{"a": 1}\r', b"\xef\xbb\xbf{}"]),
    st.lists(LINES, max_size=12),
    st.sampled_from([b"", b"\n"]),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Return where a recording may be written."""
    return tmp_path_factory.mktemp("parts") / "recording"


def _cut(path, stdin, size, block):
    """Return the parts of a recording that is read `block` bytes at a time."""
    with pytest.MonkeyPatch.context() as patch, Recording(path, stdin) as shared:
        patch.setattr(recording, "BLOCK", block)
        return list(shared.parts(size))


def _read(path, parts, stdin=None):
    """Return what is found in the parts, and how many lines were skipped."""
    found, skipped = [], 0
    for part in parts:
        with Recording(path, stdin, part) as partly:
            found += partly
        skipped += partly.skipped
    return found, skipped


@settings(deadline=None, max_examples=examples(300))
@given(
    content=CONTENTS | st.sampled_from([b"[{}]", b"{\n}{}", b""]),
    size=st.integers(1, 400),
    block=st.integers(1, 100),
)
@example(content=b'hello\n{\n{}\n{"event_type": 1}\r', size=1, block=4)
def test_parts(content, size, block, path):
    """However small the parts of a file are, they are found to hold what it holds, at the same places."""
    path.write_bytes(content)
    with Recording(path) as whole:
        found = list(whole)
    parts = _cut(path, None, size, block)
    assert _read(path, parts) == (found, whole.skipped)
    assert all(one.end == other.start for one, other in pairwise(parts))
    assert [part.content for part in parts] == [None] * len(parts)


@settings(deadline=None, max_examples=examples(300))
@given(content=CONTENTS, size=st.integers(1, 400), block=st.integers(1, 100))
def test_parts_of_a_stream(content, size, block):
    """The parts of a stream bring what they hold along."""
    with Recording("-", io.BytesIO(content)) as whole:
        found = list(whole)
    parts = _cut("-", io.BytesIO(content), size, block)
    assert b"".join(part.content for part in parts) == content
    assert _read("-", parts) == (found, whole.skipped)


@pytest.mark.parametrize("block", range(320, 620, 30))
@pytest.mark.parametrize(
    "form", ["2026-10-03T08:15:31.25Z std{0} {1} {2}", '{{"_p": "{1}", "stream": "{0}", "log": "{2}"}}']
)
def test_streams_among_each_other(block, form, path):
    """A long line of one stream is not cut between its parts where whole lines of another stand among them."""
    value = '{"event_type": "a", "message_id": "b", "publisher_id": "c", "priority": "INFO"}'
    value = value if form.startswith("2") else value.replace('"', '\\"')
    lines = [("err", "F", "hello"), ("out", "P", value[:40]), *[("err", "F", "other")] * 2, ("out", "F", value[40:])]
    path.write_text("".join(form.format(*line) + "\n" for line in lines * 3))
    with Recording(path) as whole:
        found = list(whole)
    assert len(found) == 3
    assert _read(path, _cut(path, None, 1, block)) == (found, whole.skipped)


def test_rest_of_what_broke_off(path):
    """The rest of a record into which another one was written is read with it, wherever the blocks end."""
    value = '{"event_type": "a", "message_id": "b", "publisher_id": "c", "priority": "INFO"}'
    path.write_text(f"hello\n{value[:40]}{value}\n{value[40:]}\nend\n" * 3)
    with Recording(path) as whole:
        found = list(whole)
    for block in range(1, 300, 7):
        assert _read(path, _cut(path, None, 1, block)) == (found, whole.skipped)


@pytest.mark.parametrize("block", range(1, 140, 6))
def test_long_lines_that_go_on(block, path):
    """A value behind the end of a line is not cut off from it, wherever the blocks end in which the line is read."""
    value = b'{"event_type": "a", "message_id": "b",\n  "publisher_id": "c", "priority": "INFO"'
    path.write_bytes(b"hello\n" + (b"y" * 100 + b" [\n  " + value + b"}\n]\nend\n") * 3)
    with Recording(path) as whole:
        found = list(whole)
    assert len(found) == 3
    assert _read(path, _cut(path, None, 1, block)) == (found, whole.skipped)


def test_nothing_more_yet():
    """From a pipe the lines that are complete become a part at once, and where there are none None does."""
    reading, writing = os.pipe()
    os.write(writing, b"{}\n{}\n{")
    with Recording("-", io.FileIO(reading)) as shared:
        parts = shared.parts(MIB)
        first = next(parts)
        assert (first.content, first.before) == (b"{}\n{}\n", 0)
        assert next(parts) is next(parts) is None
        os.write(writing, b"}")
        assert next(parts) is None
        os.close(writing)
        (rest,) = parts
        assert (rest.content, rest.before) == (b"{}", 2)


class _Long(io.RawIOBase):
    """A line of 200 MB and a short one."""

    def __init__(self):
        self._left = 200 * MIB

    def readable(self):
        """Say that it can be read from."""
        return True

    def readinto(self, buffer):
        """Fill in what comes next."""
        if self._left > 0:
            self._left -= len(buffer)
            buffer[:] = b"{" * len(buffer)
            return len(buffer)
        self._left, block = -MIB, b"\n{}\n" if self._left > -MIB else b""
        buffer[: len(block)] = block
        return len(block)


def test_endless_line():
    """Of a line that is too long to be read a part holds no more than shows that."""
    tracemalloc.start()
    with Recording("-", _Long()) as shared:
        parts = list(shared.parts(MIB))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(len(part.content) for part in parts) < LONGEST + 2 * MIB
    assert peak < 4 * LONGEST
    (long, _), (_, place) = _read("-", parts)[0]
    assert "longer than 16 MiB" in long.reason
    assert place.number == 2


def test_blank_beginning(path):
    """White space in front is in the parts of a file and of a stream, as it is in the whole."""
    content = b"\xef\xbb\xbf" + b"\n" * 3000 + b" " * (LONGEST + MIB) + b'{"event_type": 1}\n{}'
    path.write_bytes(content)
    with Recording(path) as whole:
        found = list(whole)
    assert [place.number for _, place in found] == [3001, 3002]
    for stdin, source in ((None, path), (io.BytesIO(content), "-")):
        parts = _cut(source, stdin, MIB, MIB)
        read, skipped = _read(source, parts, stdin)
        assert [(content, place.number) for content, place in read] == [(one, place.number) for one, place in found]
        assert skipped == whole.skipped


@pytest.mark.parametrize("far", [40, 140])
def test_attributes_far_from_each_other(far, path):
    """Attributes that stand on lines of their own are not cut from each other, however many lines are between them."""
    spread = [b"event_type: image.create", b"message_id: 7", b"publisher_id: image.a1"]
    other = [b"else"] * far
    lines = [*other * 4, *(line for key in spread for line in (key, *other)), *other * 4] * 6
    path.write_bytes(b"\n".join(lines))
    with Recording(path) as whole:
        found = list(whole)
    assert len(found) == 6
    for block in range(4000, 6000, 200):
        parts = _cut(path, None, block, block)
        assert len(parts) > 1
        assert _read(path, parts) == (found, whole.skipped)


def test_pieces_far_from_each_other(path):
    """A long line of one stream is not cut between its pieces where hundreds of lines of another stand among them."""
    value = b'{"event_type": "a", "message_id": "b", "publisher_id": "c", "priority": "INFO"}'
    form = b"2026-10-03T08:15:31.25Z std%b %b %b"
    lines = [
        form % (b"out", b"P", value[:40]),
        *[form % (b"err", b"F", b"other")] * 400,
        form % (b"out", b"F", value[40:]),
    ]
    path.write_bytes(b"\n".join([b"a log", *lines * 3]))
    with Recording(path) as whole:
        found = list(whole)
    assert len(found) == 3
    for size in range(1000, 50_000, 3500):
        assert _read(path, _cut(path, None, size, 256 * 1024)) == (found, whole.skipped)


@pytest.mark.parametrize("block", [7, 64, 4096])
def test_values_that_are_not_indented_are_not_cut(block, path):
    """What stands on several lines of a log is read in one part, be its lines indented or not."""
    attributes = {"message_id": "1", "publisher_id": "h", "event_type": "a", "priority": "INFO", "payload": {"b": {}}}
    printed = json.dumps(attributes | {"timestamp": "t"}, indent=0)
    path.write_text(f"received\n{printed}\n" * 40 + f"{printed}\n" * 40)
    parts = _cut(path, None, 500, block)
    found, skipped = _read(path, parts)
    assert [content.event_type for content, _ in found] == ["a"] * 80
    assert skipped == 40
    assert len(parts) > 2


@pytest.mark.parametrize("rows", [b"%08x  %s  |................|", b"%07o %s"], ids=["hexdump", "od"])
def test_rows_of_a_dump_are_not_cut(rows, path):
    """A notification whose bytes are written out row by row is told, wherever the borders of parts come to be."""
    sent = json.dumps(dict.fromkeys(("message_id", "publisher_id", "event_type", "priority"), "image.create")).encode()
    dump = [rows % (at, sent[at : at + 16].hex(" ").encode()) for at in range(0, len(sent), 16)]
    path.write_bytes(b"\n".join([b"a log", *[b"a line", *dump, b"another"] * 40, b""]))
    with Recording(path) as whole:
        found = list(whole)
    assert len(found) == 40
    for size in range(100, 2000, 150):
        assert _read(path, _cut(path, None, size, 64)) == (found, whole.skipped)
