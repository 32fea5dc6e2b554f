"""A recording of any size is read in constant memory: a stream of every shape, longer than what it may take."""

import gzip
import io
import itertools
import json
import re
import subprocess
import tracemalloc
from pathlib import Path

import pytest

from notify_contracts._checking.least import LARGEST
from notify_contracts._checking.summary import Summary
from notify_contracts.capture import Recording
from notify_contracts.catalog import load
from notify_contracts.model import Unreadable
from tests.telling import telling

MIB = 1 << 20
SIZE = 8 * MIB
LIMIT = 6
NOTIFICATION = json.dumps(load("glance-emitted").contract("image.upload", "INFO").example()).encode()
INDENTED = json.dumps(json.loads(NOTIFICATION), indent=2).encode()
LOGGED = b"1 INFO oslo.messaging.notification.image.upload [-] " + NOTIFICATION + b": Error\nTraceback\n\n"


class Generated(io.RawIOBase):
    """A stream that is made while it is read: a beginning, one text over and over up to a size, an end."""

    def __init__(self, beginning, repeated, end=b"", size=SIZE):
        block = repeated * (MIB // len(repeated) + 1)
        self._blocks = itertools.chain([beginning], itertools.repeat(block, size // len(block) + 1), [end])
        self._left = b""

    def readable(self):
        """Say that it can be read from."""
        return True

    def readinto(self, buffer):
        """Fill the buffer, or a part of it; with nothing at the end."""
        self._left = self._left or next(filter(None, self._blocks), b"")
        block, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(block)] = block
        return len(block)


def _blank_lines():
    written = io.BytesIO()
    with gzip.open(written, "wb", compresslevel=1) as file:
        for _ in range(64):
            file.write(b"\n" * MIB)
        file.write(b"{}")
    return io.BytesIO(written.getvalue())


PLAIN = (NOTIFICATION + b"\n") * 1000
MEMBER = gzip.compress(PLAIN, compresslevel=0)
STREAMS = {
    "lines": (lambda: Generated(b"", NOTIFICATION + b"\n"), LIMIT),
    "array": (lambda: Generated(b"[" + NOTIFICATION, b"," + NOTIFICATION, b"]"), LIMIT),
    "log": (lambda: Generated(b"starting\n", LOGGED), LIMIT),
    "array over many lines": (lambda: Generated(b"[\n" + INDENTED, b",\n" + INDENTED, b"\n]"), LIMIT),
    "objects over many lines": (lambda: Generated(INDENTED, b"\n" + INDENTED), LIMIT),
    "gzip of many members": (lambda: Generated(b"", MEMBER), LIMIT),
    "spaces": (lambda: Generated(b"[" + NOTIFICATION, b" ", b"]"), LIMIT),
    "blank lines first": (lambda: Generated(b"\xef\xbb\xbf", b"\n", NOTIFICATION), LIMIT),
    "blank lines first, compressed": (_blank_lines, LIMIT),
    "spaces first": (lambda: Generated(b"", b" ", NOTIFICATION, size=20 * MIB), LIMIT),
    "spaces first on a later line": (lambda: Generated(NOTIFICATION + b"\n", b" ", NOTIFICATION, size=20 * MIB), 80),
    "one line": (lambda: Generated(b'{"name": "', b"a", size=100 * MIB), 40),
    "one log line": (lambda: Generated(b"oslo.messaging.notification.a [-] {", b'"a":', size=100 * MIB), 40),
    "one item": (lambda: Generated(b'[{"name": "', b"a", size=40 * MIB), 120),
}


@pytest.fixture
def peak():
    """Return how many MiB were in use at most since the last call."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1] / MIB
    tracemalloc.stop()


FEW = ("lines", "array over many lines", "gzip of many members", "blank lines first, compressed", "one line")


@pytest.mark.parametrize("name", telling(STREAMS, FEW))
def test_constant_memory(name, peak):
    """The memory in use does not grow with the recording, whatever its shape; a single value may take its own size."""
    stream, limit = STREAMS[name]
    with Recording("-", stream()) as recording:
        found = sum(1 for _ in recording)
    assert found + recording.skipped > 0
    assert peak() < limit


def test_blank_beginnings_count():
    """Blank lines and white space in front of a recording change no place and hide nothing, however long they are."""
    for blank in (b"\n" * MIB, b" " * 17 * MIB, b"\r\n" * 3000 + b" " * 5000):
        for content in (blank + NOTIFICATION + b"\n{}", NOTIFICATION + b"\n" + blank + b"{}"):
            with Recording("-", io.BytesIO(content)) as recording:
                (first, one), (second, two) = recording
            assert first.envelope == json.loads(NOTIFICATION)
            assert isinstance(second, Unreadable)
            assert two.number == content.count(b"\n") + 1
            assert one.number == (1 if content.startswith(b"{") else two.number - 1)
            assert recording.skipped == blank.count(b"\n")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to see the memory of a process")
@pytest.mark.parametrize("shape", telling(["lines", "array"], ["lines"]))
def test_command(shape, start):
    """The command takes no more memory for a recording of 30 MB than for a short one, and less than 80 MB."""
    beginning, between, end = {"lines": (b"", b"\n", b"\n"), "array": (b"[", b",", b"]")}[shape]
    block = (between + NOTIFICATION) * (MIB // len(NOTIFICATION))
    peaks = []
    for size in (5 * MIB, 30 * MIB):
        with start("check", "-", "--catalog", "glance-emitted", stdout=subprocess.DEVNULL) as process:
            process.stdin.write(beginning + NOTIFICATION)
            for _ in range(size // len(block)):
                process.stdin.write(block)
            status = Path(f"/proc/{process.pid}/status").read_text()
            peaks.append(int(re.search(r"VmHWM:\s+([0-9]+) kB", status)[1]) / 1024)
            process.stdin.write(end)
            process.stdin.close()
        assert process.returncode == 0
    assert peaks[1] < min(80, peaks[0] + 15)


@pytest.mark.exhaustive
def test_summary_of_hostile_input(peak):
    """Nor does a summary grow with the number of different event types and names that the input chooses."""
    catalog, summary = load("glance-emitted"), Summary()
    example = catalog.contract("image.upload", "INFO").example()
    for number in range(1_200):
        name = "".join(chr(ord("a") + int(digit)) for digit in str(number))  # numbers would make one group
        for envelope in ({**example, "event_type": f"volume.{number}"}, {**example, f"extra_{name}": number}):
            summary.add(catalog.check(envelope))
    assert summary.notifications == 2_400
    assert len(summary.pairs_without_contract) == len(summary.groups) == LARGEST
    assert peak() < LIMIT
