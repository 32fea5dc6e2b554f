"""Notifications inside of what loggers, brokers' tools and stores write, and what is said of what holds none."""

import io
import json
from pathlib import Path

import pytest

from notify_contracts.capture import Recording
from notify_contracts.catalog import load
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
