"""Lives as Glance 33 leads them: the ways through its code, and ways that are none."""

import json
from functools import cache

import pytest

from notify_contracts._checking.lives import How, Lives
from notify_contracts._checking.lives.ways import Ways
from notify_contracts._report import verdict_line
from notify_contracts.catalog import load

IMAGE, TASK = "5d4fbb7a-7d0e-4c0f-9a86-000000000001", "5d4fbb7a-7d0e-4c0f-9a86-000000000002"
NAMED = f"Failed to upload image data for image {IMAGE} due to internal error: no"
UNNAMED = "Image storage media is full: no"


@cache
def _catalog():
    return load("glance-emitted")


def _payload(kind, status):
    """Return what the lifecycles follow of a payload."""
    if kind in ("failed", "full"):
        return NAMED if kind == "failed" else UNNAMED
    if kind.startswith("send"):
        return {"image_id": IMAGE, "owner_id": "owner"}
    own = {"created_at": "2026-11-22T10:00:00Z", "updated_at": "2026-11-22T10:00:00Z", "owner": "owner"}
    if kind.startswith("task."):
        return own | {"id": TASK, "type": "import", "status": status}
    deleted = {"deleted": kind == "delete", "deleted_at": None}
    return own | deleted | {"id": IMAGE, "name": "n", "status": status}


def _told(way):
    """Return the envelopes of a way: ``update saving`` is image.update with that status, ``failed`` an ERROR."""
    envelopes = []
    for number, step in enumerate(way.split(", ")):
        kind, _, status = step.partition(" ")
        event = {"failed": "upload", "full": "upload", "unsent": "send"}.get(kind, kind)
        envelopes.append(
            {
                "event_type": event if kind.startswith("task.") else f"image.{event}",
                "priority": "ERROR" if kind in ("failed", "full", "unsent") else "INFO",
                "timestamp": f"2026-11-22 10:00:{number:02}.000001",
                "message_id": f"{number}",
                "payload": _payload("send" if kind == "unsent" else kind, status),
            }
        )
    return envelopes


def _found(way):
    """Return the kinds and places of what is found in a way."""
    lives, ways = Lives(_catalog(), verdict_line, How(is_whole=True)), Ways(_catalog())
    lives.begin("recording")
    steps = [ways.step(number, envelope, passed=True) for number, envelope in enumerate(_told(way), 1)]
    lives.take([step for step in steps if step is not None and step[2] is not None])
    lines = map(json.loads, lives.settle().splitlines())
    return [(violation["keyword"], line["number"]) for line in lines for violation in line["violations"]]


ACT = "upload active, activate active"
SAVED = "create queued, update saving, prepare saving"
ACTIVE = f"{SAVED}, upload active, activate active, update active"
STAGED = "create queued, update uploading, update uploading"
IMPORTED = f"{STAGED}, update importing, prepare importing"
COPYING = f"{ACTIVE}, update active, prepare active"
LOCATED = "create queued, update queued, update importing"
WAYS = {
    "upload over its quota": "create queued, update saving, update queued, delete deleted",
    "upload that failed": f"{SAVED}, failed, update queued, update saving, prepare saving, upload active",
    "upload that failed, sent from what it left": f"{SAVED}, failed, update queued, unsent, send, update saving, "
    "prepare saving, failed, update queued, delete deleted",
    "upload, the store full": f"{SAVED}, full, update queued, update saving, prepare saving, full, update queued",
    "upload, not restored": f"{SAVED}, failed, update saving, delete deleted",
    "upload, its token expired": f"{SAVED}, {ACT}, update saving, delete deleted",
    "deleted before the upload": f"create queued, update saving, delete deleted, prepare saving, {ACT}",
    "deleted in the upload": f"{SAVED}, delete deleted, {ACT}",
    "deleted in an upload that fails": f"{SAVED}, delete deleted, failed",
    "deleted after the upload": f"{SAVED}, upload active, delete deleted, activate active",
    "staged, failed": "create queued, update uploading, update queued, update uploading, "
    "update uploading, delete deleted",
    "staged, over its quota": "create queued, update uploading, update queued, update saving, update queued",
    "imported": f"{IMPORTED}, {ACT}, update active, update active",
    "import over its quota": f"{STAGED}, update importing, update importing, delete deleted",
    "two stores": f"{IMPORTED}, upload importing, update importing, prepare importing, {ACT}, update active",
    "two stores, sent from the first": f"{IMPORTED}, upload importing, update importing, send, "
    f"prepare importing, send, "
    "upload active, send, activate active, send, update active",
    "two stores, one enough": f"{IMPORTED}, {ACT}, update active, prepare active, upload active, "
    "update active, update active",
    "two stores, the first fails": f"{IMPORTED}, failed, update importing, prepare importing, {ACT}, update active",
    "two stores, the first full": f"{IMPORTED}, full, update importing, prepare importing, {ACT}, update active",
    "two stores, the second fails": f"{IMPORTED}, {ACT}, update active, prepare active, failed, "
    "update active, update active",
    "two stores, all needed": f"{IMPORTED}, upload importing, update importing, prepare importing, "
    f"failed, update importing, "
    "update importing, delete deleted",
    "two stores, none": f"{IMPORTED}, failed, update importing, prepare importing, full, "
    f"update importing, update queued, "
    "update queued, update queued",
    "stores at once": f"{STAGED}, update importing, send, update active, update active, update active",
    "stores at once, none": f"{STAGED}, update importing, update queued, delete deleted",
    "download from the web": f"create queued, update importing, prepare importing, {ACT}, update active",
    "download from the web, failed": "create queued, update importing, update queued, update importing, update queued",
    "download from a Glance": "create queued, update importing, update importing, prepare importing, "
    "failed, update importing, "
    "update queued, update queued",
    "import, its lock stolen": f"{IMPORTED}, {ACT}, update importing, delete deleted",
    "import, deleted in it": f"{IMPORTED}, delete deleted, {ACT}",
    "import, deleted between": f"{IMPORTED}, upload importing, update importing, delete deleted",
    "copied to two stores": f"{COPYING}, upload active, update active, prepare active, upload active, update active",
    "copied, failed": f"{COPYING}, failed, update active, update active, {'prepare active, upload active'}",
    "copied, full": f"{COPYING}, full, update active, prepare active, upload active, update active",
    "copied, deactivated in it": f"{COPYING}, update deactivated, send, upload active, "
    f"update deactivated, update active",
    "deactivated before it is copied": f"{ACTIVE}, update deactivated, prepare deactivated, upload deactivated, "
    f"update deactivated, update active",
    "two copies, deactivated before": f"{ACTIVE}, update deactivated, prepare deactivated, upload deactivated, "
    f"prepare deactivated, update deactivated, failed, update deactivated, delete deleted",
    "deactivated before it is copied, and back": f"{ACTIVE}, update deactivated, prepare deactivated, update active, "
    f"upload deactivated, update active",
    "copied, deactivated, failed": f"{COPYING}, update deactivated, failed, update deactivated, delete deleted",
    "copied, deactivated and back": f"{COPYING}, update deactivated, update active, upload active, update active",
    "copied, deactivated, deleted": f"{COPYING}, update deactivated, delete deleted, upload active",
    "copied, deleted in it": f"{COPYING}, delete deleted, upload active",
    "deactivated": f"{ACTIVE}, update deactivated, update deactivated, send, update active, send, "
    f"unsent, delete deleted",
    "deleted later": f"{ACTIVE}, delete pending_delete, send, unsent",
    "location": "create queued, update active, send, update active, update active",
    "location, none told": "create queued, update queued, update active, delete deleted",
    "location, its data read first": f"{LOCATED}, send, update importing, update importing, update active",
    "location, read in part": f"{LOCATED}, unsent, send, update importing, update importing, update active",
    "location, other data": f"{LOCATED}, send, update importing, update importing, update queued, update queued",
    "location, deleted as it is read": f"{LOCATED}, update importing, delete deleted, send",
    "location, its data read after": "create queued, update queued, update active, update active, send, update active, "
    "update active",
    "old import": f"create queued, update queued, {ACTIVE.removeprefix('create queued, ')}, update active",
    "old import, failed": f"{SAVED}, failed, delete deleted",
    "old import, full": f"{SAVED}, full, delete deleted",
    "task": "task.create pending, task.processing processing, task.success success, task.run pending",
    "task that failed": "task.create pending, task.processing processing, task.failure failure, task.run pending",
    "task that broke": "task.create pending, task.processing processing, task.failure failure",
    "task that was preempted": "task.create pending, task.failure failure",
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_ways(way):
    """What the code of Glance can send of an image or a task, in this order, has no finding."""
    assert _found(way) == []


IMPOSSIBLE = {
    "sent at once": ("create queued, send", 2),
    "sent as it is saved": (f"{SAVED}, send", 4),
    "sent as it is staged": (f"{STAGED}, send", 4),
    "activated while queued": ("create queued, activate active", 2),
    "activated after an import failed": (f"{IMPORTED}, failed, activate active", 7),
    "staged while active": (f"{ACTIVE}, update uploading", 7),
    "queued while active": (f"{ACTIVE}, update queued", 7),
    "imported while active": (f"{ACTIVE}, update importing", 7),
    "uploaded while deactivated": (f"{ACTIVE}, update deactivated, upload active", 8),
    "copied while deactivated": (f"{ACTIVE}, update deactivated, prepare active", 8),
    "uploaded twice while deactivated": (f"{COPYING}, update deactivated, upload active, upload active", 11),
    "deactivated while saved": (f"{SAVED}, update deactivated", 4),
    "changed after its end": (f"{ACTIVE}, delete deleted, update active", 8),
    "created after its end": (f"{ACTIVE}, delete deleted, create queued", 8),
    "uploaded after its end": (f"{ACTIVE}, delete deleted, upload active", 8),
    "task processed after its end": (
        "task.create pending, task.processing processing, task.success success, task.processing processing",
        4,
    ),
    "task run first": ("task.create pending, task.run pending", 2),
    "task with both ends": (
        "task.create pending, task.processing processing, task.success success, task.failure failure",
        4,
    ),
}


@pytest.mark.parametrize(("way", "place"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_impossible_ways(way, place):
    """What no way through the code of Glance leads to is one finding, at the step that cannot come."""
    assert [number for _, number in _found(way)] == [place]


def test_a_life_does_not_end_by_what_nobody_told():
    """A step that only a deletion would explain is out of order; the life goes on, and what comes then is no fault."""
    told = f"{ACTIVE}, update deactivated, upload importing, update deactivated, update active, delete deleted"
    assert _found(told) == [("out-of-order", 8)]
