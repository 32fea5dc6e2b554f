"""However the bytes come in, a few at a time or all at once, a recording is read alike."""

import gzip
import io
import json
import os
import threading

import pytest

from notify_contracts.capture import Recording
from notify_contracts.catalog import load

EVENTS = ("image.create", "image.upload", "task.failure")
NOTIFICATIONS = [load("glance-emitted").contract(event, "INFO").example() for event in EVENTS]
LOGGER = "2026-11-22 09:32:55.731 1 INFO oslo.messaging.notification.image.create [-] "
CONTENTS = {
    "lines": "\n".join(map(json.dumps, NOTIFICATIONS)),
    "array": json.dumps(NOTIFICATIONS, indent=2),
    "objects over many lines": "\n".join(json.dumps(value, indent=2) for value in NOTIFICATIONS),
    "log": "starting\n" + "".join(f"{LOGGER}{json.dumps(value)}\nTraceback\n" for value in NOTIFICATIONS),
    "lines after blank ones": "\n \r\n" + "\n\n".join(map(json.dumps, NOTIFICATIONS)),
}


class Trickle(io.RawIOBase):
    """A stream that never gives more than `step` bytes at once, as a slow pipe does."""

    def __init__(self, content, step):
        self._content = io.BytesIO(content)
        self._step = step

    def readable(self):
        """Say that it can be read from."""
        return True

    def readinto(self, buffer):
        """Fill at most `step` bytes."""
        block = self._content.read(min(self._step, len(buffer)))
        buffer[: len(block)] = block
        return len(block)


def _envelopes(stream):
    with Recording("-", stream) as recording:
        return [getattr(content, "envelope", content) for content, _ in recording]


@pytest.mark.parametrize("step", [1, 2, 3, 1000, 1 << 20])
@pytest.mark.parametrize(
    "wrap", [bytes, lambda content: b"\xef\xbb\xbf" + content, gzip.compress], ids=["plain", "BOM", "gzip"]
)
@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_trickle(content, wrap, step):
    """What is in a stream is told from enough of its bytes, not from the first few that happen to be there."""
    assert _envelopes(Trickle(wrap(content.encode()), step)) == NOTIFICATIONS


@pytest.mark.parametrize("step", [1, 2, 3, 5])
def test_numbers(step):
    """A number that is cut between two reads is one item, wherever that is, and ends the reading of nothing."""
    numbers = ["1.5", "-0.25e+10", "1E5", "12", "0", "-7e-3", "true", "null", "2.0"]
    content = f"[{json.dumps(NOTIFICATIONS[0])}, {', '.join(numbers)},{','.join(numbers)}]".encode()
    found = _envelopes(Trickle(content, step))
    assert found == _envelopes(Trickle(content, 1 << 20))
    assert len(found) == 2 * len(numbers) + 1
    assert NOTIFICATIONS[0] in found


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_pipe(content):
    """A pipe whose writer pauses within the first line is read like a file."""
    reader, writer = os.pipe()

    def write():
        with os.fdopen(writer, "wb", buffering=0) as stream:
            for start in range(0, len(content), 700):
                stream.write(content[start : start + 700].encode())

    thread = threading.Thread(target=write)
    thread.start()
    with os.fdopen(reader, "rb", buffering=0) as stream:
        assert _envelopes(stream) == NOTIFICATIONS
    thread.join()


def test_verdicts_come_while_the_writer_still_writes():
    """A line is yielded when it is complete, not when the stream ends."""
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb", buffering=0) as stream, os.fdopen(writer, "wb", buffering=0) as sender:
        sender.write(json.dumps(NOTIFICATIONS[0]).encode() + b"\n" + b'{"message')
        with Recording("-", stream) as recording:
            found = iter(recording)
            assert next(found)[0].envelope == NOTIFICATIONS[0]
            sender.write(b'_id": 1}\n')
            assert next(found)[0].envelope == {"message_id": 1}
            sender.close()
            assert list(found) == []
