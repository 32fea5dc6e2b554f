"""The recordings of a real Glance 33: all conform to what is emitted, and differ from the guide where it is known."""

import json
from collections import Counter

import pytest

from notify_contracts._checking.selection import check
from notify_contracts._checking.summary import Summary
from notify_contracts._schema.engines import ENGINES
from notify_contracts.capture import Recording
from notify_contracts.model import Notification
from tests.telling import telling

COUNTS = {"glance-33-messagingv2.jsonl": 814, "glance-33-messaging.jsonl": 296, "glance-33.log": 814}
TELLING = ("glance-33-messaging.jsonl", "glance-33.log")
LOST = {**dict.fromkeys(COUNTS, 0), "glance-33.log": 2}
LOG_LINES_THAT_ARE_NOT_NOTIFICATIONS = 3803 - 814 - 2
NULL_WITHOUT_AUTHENTICATION = ("owner_id", "receiver_tenant_id", "receiver_user_id")
OTHER_NAMES_OF_TASKS = {
    "additionalProperties": ("deleted", "deleted_at", "id", "type"),
    "required": ("task_id", "task_input", "task_type"),
}


def _disagreements(unknown, deletions, sends, errors, tasks):
    """Return the groups of SPEC section 3, from how many notifications of each kind a recording holds."""
    groups = {
        ("", "/event_type", "unknown-event"): unknown,
        ("image.delete-INFO", "/payload", "type"): deletions,
        ("task.success-INFO", "/payload/result", "type"): tasks.get("success", 0),
        ("task.failure-INFO", "/payload/message", "type"): tasks.get("failure", 0),
    }
    for contract, (without_address, without_owner) in {"image.send-INFO": sends, "image.send-ERROR": errors}.items():
        groups[contract, "/payload/destination_ip", "required"] = without_address
        for name in NULL_WITHOUT_AUTHENTICATION:
            groups[contract, f"/payload/{name}", "type"] = without_owner
    for event, count in tasks.items():
        for keyword, names in OTHER_NAMES_OF_TASKS.items():
            for name in names:
                groups[f"task.{event}-INFO", f"/payload/{name}", keyword] = count
    return {key: count for key, count in groups.items() if count}


V2 = _disagreements(171, 21, (33, 16), (5, 1), {"run": 8, "processing": 22, "success": 5, "failure": 17})
DISAGREEMENTS = {
    "glance-33-messagingv2.jsonl": V2,
    "glance-33-messaging.jsonl": _disagreements(56, 6, (14, 6), (3, 1), {"run": 1, "processing": 9, "failure": 5}),
    "glance-33.log": V2,
}


def _judged(path, catalog):
    with Recording(path) as recording:
        verdicts = list(check(recording, catalog))
    return verdicts, recording.skipped


def _is_lost(verdict):
    return [violation.keyword for violation in verdict.violations] == ["undelivered"]


@pytest.mark.parametrize("name", telling(COUNTS, TELLING))
def test_emitted(name, examples, catalog_of):
    """Every recorded notification conforms to glance-emitted, on both engines; what was lost is not one."""
    by_engine = [_judged(examples / name, catalog_of("glance-emitted", engine)) for engine in ENGINES]
    verdicts, skipped = by_engine[0]
    assert by_engine[1] == by_engine[0]
    assert [verdict for verdict in verdicts if verdict.violations] == [v for v in verdicts if _is_lost(v)]
    assert len(verdicts) == COUNTS[name] + LOST[name]
    assert skipped == (LOG_LINES_THAT_ARE_NOT_NOTIFICATIONS if name.endswith(".log") else 0)


@pytest.mark.parametrize("name", telling(COUNTS, TELLING))
def test_documented(name, examples, catalog_of):
    """Against glance-documented the known disagreements show and nothing else, on both engines, which say the same."""
    by_engine = [_judged(examples / name, catalog_of("glance-documented", engine)) for engine in ENGINES]
    verdicts, _ = by_engine[0]
    assert by_engine[1] == by_engine[0]
    summary = Summary()
    for verdict in verdicts:
        if not _is_lost(verdict):
            summary.add(verdict)
    assert {key[:3]: group.count for key, group in summary.groups.items()} == DISAGREEMENTS[name]


def test_all_pairs_occur(examples, catalog_of):
    """The recordings hold every pair that glance-emitted has, the 2.0 recording alone all 35 of them."""
    catalog = catalog_of("glance-emitted")
    pairs = Counter(verdict.contract for verdict in _judged(examples / "glance-33-messagingv2.jsonl", catalog)[0])
    assert set(pairs) == {contract.id for contract in catalog.contracts}


def test_log_holds_what_the_wire_carried(examples):
    """The log and the 2.0 wire carry the same notifications in the same order, but for the bytes in `default`."""

    def recorded(name):
        with Recording(examples / name) as recording:
            envelopes = [dict(content.envelope) for content, _ in recording if isinstance(content, Notification)]
        for envelope in envelopes:
            if envelope["event_type"].startswith("metadef_object."):
                del envelope["payload"]["properties"]
        return envelopes

    wire, log = recorded("glance-33-messagingv2.jsonl"), recorded("glance-33.log")
    assert sorted(wire, key=json.dumps) == sorted(log, key=json.dumps)
