"""What the real oslo.messaging writes and refuses, as we read it: what was lost, versions, Kafka's bodies."""

import io
import json
import logging
import warnings

import pytest

from notify_contracts.capture import Recording
from notify_contracts.model import Notification, Unreadable
from notify_contracts.wire import decode

with warnings.catch_warnings():  # oslo.messaging warns of eventlet, whether it is used or not
    warnings.simplefilter("ignore")
    cfg = pytest.importorskip("oslo_config.cfg")
    oslo_messaging = pytest.importorskip("oslo_messaging")
    from oslo_messaging._drivers import common
    from oslo_messaging.notify import messaging, notifier

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
MESSAGE = {
    "message_id": "a",
    "publisher_id": "b",
    "event_type": "c.d",
    "priority": "INFO",
    "timestamp": "e",
    "payload": {},
}


@pytest.fixture
def log():
    """Return what a service's log file gets."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s [-] %(message)s"))
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


class _Refusing:
    """A transport, and a driver, that cannot send."""

    def _send_notification(self, *_arguments, **_options):
        raise ConnectionError("nobody there")

    notify = _send_notification


def _read(text):
    with Recording("-", io.BytesIO(text.encode())) as recording:
        return [content for content, _ in recording]


def test_loss_of_the_messaging_driver(log):
    """What the messaging driver logs when it gives up is a lost notification, and the traceback is not."""
    driver = messaging.MessagingV2Driver(cfg.ConfigOpts(), topics=["notifications", "audit"], transport=_Refusing())
    driver.notify({}, MESSAGE, "info", 0)
    lost = _read(log.getvalue())
    assert [content.keyword for content in lost] == ["undelivered"] * 2
    assert '"c.d INFO a" to notifications' in lost[0].reason
    assert " to audit" in lost[1].reason


def test_loss_of_any_driver(log):
    """What the notifier logs of a driver that raises is a lost notification, too."""
    try:
        _Refusing().notify()
    except ConnectionError as error:
        text = "Problem '%(e)s' attempting to send to notification system. Payload=%(payload)s"
        logging.getLogger(notifier.__name__).exception(text, {"e": error, "payload": {"password": "secret"}})  # noqa: TRY401
    (lost,) = _read(log.getvalue())
    assert lost.keyword == "undelivered"
    assert "secret" not in lost.reason


@pytest.mark.parametrize("without", [(), ("msg",), ("message",), ("message", "args")])
@pytest.mark.parametrize("options", [{}, {"wrapped": True}], ids=["a line", "within a line"])
def test_loss_in_a_json_log(without, options):
    """With ``use_json`` what was lost stands in a record with its text and its arguments, and is one that was lost."""
    formatters = pytest.importorskip("oslo_log.formatters")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatters.JSONFormatter())
    logging.getLogger().addHandler(handler)
    try:
        topics = ["notifications"]
        driver = messaging.MessagingV2Driver(cfg.ConfigOpts(), topics=topics, transport=_Refusing())
        driver.notify({}, MESSAGE | {"payload": {"items": object}}, "info", 0)
    finally:
        logging.getLogger().removeHandler(handler)
    (line,) = stream.getvalue().splitlines()
    record = {name: value for name, value in json.loads(line).items() if name not in without}
    assert record["args"]["message"]["message_id"] == "a" if "args" in record else "msg" in record
    sent = MESSAGE | {"message_id": "another"}
    wrapped = {"log": json.dumps(record), "stream": "stderr"} if options else record
    found = _read("".join(json.dumps(each) + "\n" for each in (wrapped, sent)))
    (lost,) = (content for content in found if isinstance(content, Unreadable))
    assert lost.keyword == "undelivered"
    assert "%(" not in lost.reason
    assert ('"c.d INFO a" to notifications' in lost.reason) == ("message" not in without)
    assert [content for content in found if content is not lost] == [Notification(sent)]


def test_very_many_losses_in_a_record():
    """A record of thousands of members, each of which says of a loss, is one of thousands of losses."""
    told = "Could not send notification to notifications. Payload={'message_id': 'a%d', 'event_type': 'c.d'}"
    found = _read(json.dumps({f"m{number}": told % number for number in range(10_000)}) + "\n")
    assert len(found) == 10_000
    assert {content.keyword for content in found} == {"undelivered"}


VERSIONS = ("2.0", "2.0.0", "2.1", "2.7", "2.10", "2.0.1", "1.9", "1.0", "3.0", "20.0", "2", "", "two")


@pytest.mark.parametrize("version", VERSIONS)
def test_versions(version):
    """A version is read exactly if oslo.messaging reads it."""
    body = {"oslo.version": version, "oslo.message": json.dumps(MESSAGE)}
    try:
        common.deserialize_msg(dict(body))
        is_read = True
    except (common.UnsupportedRpcEnvelopeVersion, IndexError, ValueError):
        is_read = False
    assert isinstance(decode(json.dumps(body)), Notification if is_read else Unreadable)


def test_kafka():
    """What the Kafka driver puts beside a notification is the transport's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        kafka = pytest.importorskip("oslo_messaging._drivers.impl_kafka")
    packed = kafka.pack_message({"request_id": "req-1"}, dict(MESSAGE))
    content = decode(json.dumps(common.serialize_msg(packed)))
    assert content == Notification(MESSAGE)
    assert content.context.keys() == {"_context"}
