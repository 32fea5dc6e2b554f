"""I emit: what the service announces, recorded by the fixture `notifications`. Nothing is patched.

Whatever is recorded is held against its contract when the test ends, even where the test asserts nothing of it.
"""

from collections.abc import Iterator

import pytest
from dirty_equals import IsPartialDict, IsStr, IsUUID
from notify_contracts import Notifier
from notify_contracts.testing import Recorder

from pictures.announcing import reference
from pictures.service import Pictures, StoreFullError

OWNER = "7c1e4b8a2f6d4d0f9e3a5b7c8d1f2e4a"


@pytest.fixture
def pictures() -> Iterator[Pictures]:
    """Give a service with room for ten bytes."""
    with reference() as announce:
        yield Pictures(announce, capacity=10)


def test_one(pictures: Pictures, notifications: Recorder) -> None:
    """`one` returns the only notification of an event."""
    picture_id = pictures.create("sunset", OWNER)
    assert notifications.one("image.create").payload["id"] == picture_id


def test_priority(pictures: Pictures, notifications: Recorder) -> None:
    """Events are named by their type, a glob of types, and a priority."""
    with pytest.raises(StoreFullError):
        pictures.upload(pictures.create("sunset", OWNER), b"more than ten")
    assert notifications.one("image.upload", "ERROR").payload == "There is no room for 13 bytes"
    notifications.none("*", "WARN")


def test_all(pictures: Pictures, notifications: Recorder) -> None:
    """`all` returns every notification of an event, in order."""
    for name in ("sunset", "sunrise"):
        pictures.create(name, OWNER)
    assert [sent.payload["name"] for sent in notifications.all("image.create")] == ["sunset", "sunrise"]


def test_none(pictures: Pictures, notifications: Recorder) -> None:
    """`none` asserts that an event was not announced."""
    pictures.create("sunset", OWNER)
    notifications.none("image.activate")


def test_sequence(pictures: Pictures, notifications: Recorder) -> None:
    """`sequence` asserts an order; other notifications may stand between."""
    picture_id = pictures.create("sunset", OWNER)
    pictures.upload(picture_id, b"red")
    pictures.delete(picture_id)
    notifications.sequence("image.create", "image.upload", "image.activate", "image.delete")


def test_equality(pictures: Pictures, notifications: Recorder) -> None:
    """A recorder is a sequence of notifications: index it, measure it, compare it."""
    picture_id = pictures.create("sunset", OWNER)
    pictures.delete(picture_id)
    assert notifications.event_types == ["image.create", "image.delete"]
    assert notifications[-1] == notifications.one("image.delete", "INFO")
    assert len(notifications) == 2


def test_matchers(pictures: Pictures, notifications: Recorder) -> None:
    """The matchers of dirty-equals say what matters and leave out the rest."""
    pictures.upload(pictures.create("sunset", OWNER), b"red")
    sent = notifications.one("image.upload")
    assert sent.payload == IsPartialDict(id=IsUUID, size=3, checksum=IsStr(regex="[0-9a-f]{32}"))


def test_log(pictures: Pictures, logged_notifications: Recorder) -> None:
    """`logged_notifications` reads the log instead, whoever writes it."""
    pictures.create("sunset", OWNER)
    logged_notifications.one("image.create")


@pytest.mark.notifications(strictness="known")
def test_strictness(notifications: Recorder) -> None:
    """The marker relaxes the check: of an event without a contract, ``known`` checks the envelope only."""
    Notifier("pictures.example.org").info("picture.framed", {"frame": "oak"})
    assert notifications.one("picture.*").payload == {"frame": "oak"}


def test_record(notifications: Recorder) -> None:
    """`record` takes whatever notification the test has in its hands: here, what another program wrote."""
    notifications.record(b"""{
        "message_id": "0aeea483-9482-4b3d-a3b8-fa6a1b7632a5", "publisher_id": "pictures.example.org",
        "event_type": "image.delete", "priority": "INFO", "timestamp": "2026-11-22 09:32:58.730800",
        "payload": "dc78c8d5-10bb-4452-9d15-613728fd7fba"
    }""")
    notifications.one("image.delete")
