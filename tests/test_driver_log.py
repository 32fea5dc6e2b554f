import json
import logging
from contextlib import suppress
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from notify_contracts.drivers.log import LogDriver
from notify_contracts.errors import DeliveryError
from notify_contracts.model import Notification
from notify_contracts.wire import decode


def _notification(payload="x", priority="INFO", **more):
    return Notification(
        {
            "message_id": "5f0cbbd8-6f8a-4f6c-9b0f-5d0b7f3b8f11",
            "publisher_id": "image.localhost",
            "event_type": "image.create",
            "priority": priority,
            "timestamp": "2026-11-22 09:32:55.730800",
            "payload": payload,
            **more,
        }
    )


@pytest.fixture
def logged(caplog):
    """Give what a log driver writes for a notification."""
    caplog.set_level(logging.DEBUG, logger="oslo.messaging.notification")

    def log(notification):
        caplog.clear()
        LogDriver().send(notification)
        (record,) = caplog.records
        return record

    return log


@pytest.mark.parametrize(
    ("priority", "level"),
    [
        ("DEBUG", logging.DEBUG),
        ("INFO", logging.INFO),
        ("WARN", logging.WARNING),
        ("ERROR", logging.ERROR),
        ("CRITICAL", logging.CRITICAL),
        (None, logging.INFO),
    ],
)
def test_the_level_follows_the_priority(logged, priority, level):
    """A priority that is a level has it; where there is none, the line is informational."""
    assert logged(_notification(priority=priority)).levelno == level


@pytest.mark.parametrize("priority", ["AUDIT", "SAMPLE", "LOUD"])
def test_what_is_no_level_is_not_logged(caplog, priority):
    """Of a priority that is no level of a log there is a warning and no line, as from oslo.messaging."""
    caplog.set_level(logging.DEBUG)
    with pytest.warns(UserWarning, match=f"image.create {priority} is not logged"):
        LogDriver().send(_notification(priority=priority))
    assert caplog.records == []


def test_the_logger_is_named_after_the_event_type(logged):
    """The logger is oslo.messaging's, so that a service's logging configuration fits."""
    assert logged(_notification()).name == "oslo.messaging.notification.image.create"


def test_the_line_reads_back_as_the_notification(logged):
    """The message is one line of JSON that holds the same envelope, whatever its text."""
    notification = _notification({"name": "caf\u00e9 100%s %d\nnext line", "size": 2**40})
    line = logged(notification).getMessage()
    assert len(line.splitlines()) == 1
    assert decode(line) == notification


@pytest.mark.parametrize(
    "key",
    ["password", "adminPass", "admin_pass", "auth_token", "X-Auth-Token", "os_PASSWORD_2", "private_key", "secret"],
)
def test_secrets_are_masked_at_any_depth(logged, key):
    """The value of a key that names a secret becomes three asterisks, in objects and arrays alike."""
    payload = {key: "hush", "list": [{key: ["hush", "hush"]}], "object": {"inner": {key: 7}}, "name": "visible"}
    line = logged(_notification(payload)).getMessage()
    assert "hush" not in line
    assert json.loads(line)["payload"] == {
        key: "***",
        "list": [{key: "***"}],
        "object": {"inner": {key: "***"}},
        "name": "visible",
    }


def test_an_object_below_a_secret_keeps_its_shape(logged):
    """An object under a secret's name is masked inside, as oslo.utils does it."""
    line = logged(_notification({"secret": {"password": "hush", "id": 1}})).getMessage()
    assert json.loads(line)["payload"] == {"secret": {"password": "***", "id": 1}}


def test_the_notification_itself_is_not_masked(logged):
    """Other drivers get the notification as it was."""
    notification = _notification({"password": "hush"})
    logged(notification)
    assert notification.payload == {"password": "hush"}


def test_what_json_cannot_carry_is_named(caplog):
    """When one of several cannot be written, the error names it and those after it, which were not logged."""
    caplog.set_level(logging.INFO)
    good, bad = _notification(), _notification({"x": {1, 2}})
    with pytest.raises(DeliveryError, match="cannot be logged as JSON") as caught:
        LogDriver().send_many([good, bad, good])
    assert caught.value.undelivered == (bad, good)
    assert len(caplog.records) == 1


@pytest.fixture
def service_log():
    """Give the logger of all notifications what handlers a test wants, and say nothing of their errors."""
    logger, added, heard = logging.getLogger("oslo.messaging.notification"), [], []

    def add(handler):
        handler.handleError = heard.append
        logger.addHandler(handler)
        added.append(handler)
        return heard

    yield add
    for handler in added:
        logger.removeHandler(handler)
        with suppress(OSError):
            handler.close()


def test_a_full_disk_is_told(service_log, caplog):
    """A line that a handler could not write is an error, though logging goes on; the application's own way stays."""
    caplog.set_level(logging.DEBUG)
    heard = service_log(logging.FileHandler("/dev/full"))
    for number in range(1, 3):
        with pytest.raises(DeliveryError, match=r"^the line was not written to the log: No space left on device$"):
            LogDriver().send(_notification())
        assert len(heard) == number
    with pytest.raises(DeliveryError) as raised:
        LogDriver().send_many([_notification("1"), _notification("2")])
    assert [notification.payload for notification in raised.value.undelivered] == ["1", "2"]


def test_a_disk_that_has_room_again(service_log, caplog, tmp_path):
    """An error is that of its own line: once the handler writes again, nothing is told."""
    caplog.set_level(logging.DEBUG)
    handler = logging.FileHandler(tmp_path / "log")
    service_log(handler)
    LogDriver().send(_notification("first"))
    there, handler.stream = handler.stream, Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115 - closed below
    with pytest.raises(DeliveryError):
        LogDriver().send(_notification("second"))
    full, handler.stream = handler.stream, there
    LogDriver().send(_notification("third"))
    lines = (tmp_path / "log").read_text().splitlines()
    assert [json.loads(line)["payload"] for line in lines] == ["first", "third"]
    with suppress(OSError):
        full.close()


def test_a_logger_that_is_none(monkeypatch):
    """What a test has put in the place of all loggers is told the notification, and the driver ends."""
    loggers = MagicMock()
    monkeypatch.setattr(logging, "getLogger", loggers)
    LogDriver().send(_notification())
    loggers.assert_called_once_with("oslo.messaging.notification.image.create")
    loggers.return_value.log.assert_called_once()
