"""One test for each fault, as the tests of ../downstream are; what it says when it fails is in expected/."""

import json
import logging
from pathlib import Path

import pytest
from notify_contracts import Notifier
from notify_contracts.conformance import EmitterConformance
from notify_contracts.testing import Recorder
from oslo_config import cfg

import faults
from pictures.announcing import oslo
from pictures.service import Announce, Pictures, StoreFullError

OWNER = "7c1e4b8a2f6d4d0f9e3a5b7c8d1f2e4a"
NO_BROKER = """
[oslo_messaging_notifications]
driver = contracts
driver = messagingv2
transport_url = rabbit://pictures:secret@127.0.0.1:1/
retry = 0
"""

announce = Notifier("pictures.example.org").notify


def test_missing_field(notifications: Recorder) -> None:
    """Every property that the contract requires is there."""
    faults.MissingField(announce).create("sunset", OWNER)
    notifications.one("image.create")


def test_wrong_type(notifications: Recorder) -> None:
    """Nothing has to be asserted: what is recorded is checked when the test ends."""
    pictures = faults.WrongType(announce)
    pictures.upload(pictures.create("sunset", OWNER), b"red")
    assert len(notifications) == 3


@pytest.mark.usefixtures("notifications")
def test_typo() -> None:
    """A status is one of those that there are."""
    pictures = faults.Typo(announce)
    pictures.upload(pictures.create("sunset", OWNER), b"red")


def test_location(notifications: Recorder) -> None:
    """What may hold a password is not announced, nor shown here."""
    faults.Location(announce).create("sunset", OWNER)
    notifications.one("image.create")


def test_contradiction(notifications: Recorder) -> None:
    """Two properties that say the same thing say the same."""
    faults.Contradiction(announce).create("sunset", OWNER)
    notifications.one("image.create")


def test_object_for_text(notifications: Recorder) -> None:
    """A payload is an object or a text, as the contract says."""
    pictures = Pictures(faults.wrapping(announce))
    pictures.delete(pictures.create("sunset", OWNER))
    notifications.all("image.delete")


def test_wrong_event_type(notifications: Recorder) -> None:
    """An event has the name that its consumers listen to."""
    pictures = Pictures(faults.renaming(announce))
    pictures.upload(pictures.create("sunset", OWNER), b"red")
    notifications.one("image.upload")


def test_wrong_priority(notifications: Recorder) -> None:
    """A failure is an error."""
    pictures = Pictures(faults.belittling(announce), capacity=2)
    with pytest.raises(StoreFullError):
        pictures.upload(pictures.create("sunset", OWNER), b"red")
    notifications.one("image.upload", "ERROR")


def test_twice(notifications: Recorder) -> None:
    """An event is announced once."""
    Pictures(faults.repeating(announce)).create("sunset", OWNER)
    notifications.one("image.create")


def test_never(notifications: Recorder) -> None:
    """What happens is announced."""
    pictures = Pictures(faults.forgetting(announce))
    pictures.delete(pictures.create("sunset", OWNER))
    notifications.one("image.delete")


def test_wrong_order(notifications: Recorder) -> None:
    """Events are announced in the order in which they happen."""
    pictures = Pictures(faults.hasty(announce))
    pictures.upload(pictures.create("sunset", OWNER), b"red")
    notifications.sequence("image.create", "image.upload", "image.activate")


def test_local_time(logged_notifications: Recorder) -> None:
    """The timestamp is in UTC."""
    logger = logging.getLogger("oslo.messaging.notification.image.create")
    Pictures(faults.handmade(lambda envelope: logger.info(json.dumps(envelope)))).create("sunset", OWNER)
    logged_notifications.one("image.create")


def test_swallowed(tmp_path: Path, oslo_notifications: Recorder) -> None:
    """What could not be delivered fails the test, though oslo.messaging only logs it."""
    file = tmp_path / "pictures.conf"
    file.write_text(NO_BROKER)
    conf = cfg.ConfigOpts()
    conf(["--config-file", str(file)])
    with oslo(conf) as announce:
        Pictures(announce).create("sunset", OWNER)
    oslo_notifications.one("image.create")


def test_late(notifications: Recorder) -> None:
    """What comes after its test is reported against it, not against the next one."""
    Pictures(faults.late(announce)).create("sunset", OWNER)
    notifications.none("image.delete")


@pytest.mark.contracts("image.create", priority="INFO")
class TestNaiveTime(EmitterConformance):
    """The conformance kit finds a local time that does not say so: it moves the process to another time zone."""

    @pytest.fixture
    def emit(self, notifications: Recorder) -> Announce:
        """Return the emitter."""
        return faults.naive(notifications.record)
