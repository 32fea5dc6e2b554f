"""What one recorded value holds: a bare notification, a body of either format, an AMQP message, or none of it."""

import json

import pytest

from notify_contracts.capture import Recording
from notify_contracts.model import Delivery, Notification, Unreadable

NAMES = ("message_id", "publisher_id", "event_type", "priority", "timestamp", "payload")


@pytest.fixture
def example(catalog_of):
    """Return a conforming notification."""
    return catalog_of("glance-emitted").contract("image.create", "INFO").example()


@pytest.fixture
def read(made):
    """Return what is found in one recorded value."""

    def read(value):
        with Recording(made(json.dumps(value).encode() + b"\n")) as recording:
            ((content, _),) = recording
        return content

    return read


def test_transport_keys(example, read, catalog_of):
    """`_unique_id`, `_context` and `_context_*` are the transport's: not checked, and kept for whoever wants them."""
    added = {"_unique_id": "0" * 32, "_context_request_id": "req-1", "_context_": None, "_context_a": {"b": []}}
    added["_context"] = {"request_id": "req-1"}
    content = read(example | added)
    assert content == Notification(example, added)
    assert content.context == added
    assert catalog_of("glance-emitted").check(content).conforms


@pytest.mark.parametrize(
    "name",
    [
        "_contexts",
        "_unique",
        "unique_id",
        "_unique_id_",
        "context_user",
        "_id",
        "oslo",
        "Message_id",
        "",
        "__context_a",
    ],
)
def test_other_keys(name, example, read, catalog_of):
    """Any other key beside the six is a violation, whatever it looks like."""
    verdict = catalog_of("glance-emitted").check(read(example | {name: "0"}))
    assert [(violation.pointer, violation.keyword) for violation in verdict.violations] == [
        (f"/{name}", "additionalProperties")
    ]


@pytest.mark.parametrize("version", ["2.0", "2.0.0"])
def test_readable_version(version, example, read):
    """Version 2.0 is read, as by every consumer built on oslo.messaging."""
    content = read({"oslo.version": version, "oslo.message": json.dumps(example)})
    assert (content.envelope, content.format_version) == (example, version)


@pytest.mark.parametrize("version", ["3.0", "2.1", "2.7", "2.10", "2.0.1", "1.9", "1.0", "20.0", "0.2", "2", "", "two"])
def test_version_that_oslo_refuses(version, example, read):
    """What no consumer built on oslo.messaging reads is unreadable."""
    assert isinstance(read({"oslo.version": version, "oslo.message": json.dumps(example)}), Unreadable)


@pytest.mark.parametrize("version", ["3.0", "2.1", "1.0", "", "two", " 2.0", 2, 2.0, None, ["2.0"], {}])
def test_unreadable_version(version, example, read):
    """Any other version is unreadable, and the reason names what was expected and found."""
    content = read({"oslo.version": version, "oslo.message": json.dumps(example)})
    assert isinstance(content, Unreadable)
    assert content.reason.startswith("expected oslo.version 2.0, found ")
    assert not content.reason.startswith("expected oslo.version 2.0, found 2.0:")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "7", '"text"', "{} {}", '{"a": NaN}', None, 7, {}, [], "[" * 5000]
)
def test_unreadable_message(text, read):
    """An inner message that is not the JSON text of an object is unreadable."""
    content = read({"oslo.version": "2.0", "oslo.message": text})
    assert isinstance(content, Unreadable)
    assert "oslo.message" in content.reason
    assert content.reason.isprintable()


@pytest.mark.parametrize("half", [{"oslo.version": "2.0"}, {"oslo.message": "{}"}])
def test_half_a_wrapper(half, read):
    """A wrapper that lacks one of its two keys is unreadable, not a notification of strange keys."""
    assert isinstance(read(half), Unreadable)


def _amqp(body, routing_key="notifications.info", **rest):
    return {"exchange": "glance", "routing_key": routing_key, "properties": {}, "body": body} | rest


def test_routing_key(example, read, catalog_of):
    """In an AMQP recording the routing key must agree with the priority."""
    catalog = catalog_of("glance-emitted")
    assert catalog.check(read(_amqp(json.dumps(example)))).conforms
    verdict = catalog.check(read(_amqp(json.dumps(example), "notifications.error")))
    assert [(violation.pointer, violation.kind) for violation in verdict.violations] == [("/priority", "routing-key")]


def test_delivery(example, read):
    """How a broker carried a notification is kept: exchange, routing key and properties."""
    properties = {"headers": {"x-delivery-count": 2}, "priority": 0}
    delivery = read(_amqp(json.dumps(example), properties=properties)).delivery
    assert delivery == Delivery("glance", "notifications.info", properties)


@pytest.mark.parametrize("missing", ["exchange", "properties"])
def test_missing_facts(missing, example, read, catalog_of):
    """A recording may leave out the exchange or the properties."""
    message = _amqp(json.dumps(example))
    del message[missing]
    assert catalog_of("glance-emitted").check(read(message)).conforms


@pytest.mark.parametrize("within", ["message", "properties"])
def test_what_kombu_writes(within, example, read, catalog_of):
    """Exchange and routing key may stand where kombu has them; the headers, by which a dead letter is known, beside."""
    message = {"body": json.dumps(example), "properties": {"delivery_mode": 2}, "headers": {}}
    told = message if within == "message" else message["properties"]
    told["delivery_info"] = {"exchange": "glance", "routing_key": "notifications.error", "redelivered": True}
    content, catalog = read(message), catalog_of("glance-emitted")
    assert (content.delivery.exchange, content.delivery.redelivered) == ("glance", True)
    assert [violation.kind for violation in catalog.check(content).violations] == ["routing-key"]
    death = {"queue": "q", "reason": "expired", "exchange": "glance", "routing-keys": ["notifications.info"]}
    message["headers"] = {"x-death": [death]}
    assert catalog.check(read(message)).conforms


def test_what_nobody_tells(example, read):
    """Where neither exchange nor routing key is told, nothing is held against them; a body that is none is told."""
    assert read({"body": json.dumps(example), "properties": {}}).delivery is None
    assert isinstance(read({"body": "{", "properties": {}}), Unreadable)


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "text", None, 7, [], True, '{"oslo.version": "3.0"}'])
def test_unreadable_body(body, read):
    """A message whose body holds no notification is unreadable."""
    assert isinstance(read(_amqp(body)), Unreadable)


@pytest.mark.parametrize("wrong", [{"exchange": 7}, {"routing_key": None}, {"properties": "none"}, {"properties": [1]}])
def test_wrong_facts(wrong, example, read):
    """Facts of a delivery that cannot be are unreadable."""
    assert isinstance(read(_amqp(json.dumps(example)) | wrong), Unreadable)


@pytest.mark.parametrize("name", NAMES)
def test_attribute(name, example, read):
    """The six attributes can be read from a notification, and are None where they are missing."""
    assert getattr(read(example), name) == example[name]
    del example[name]
    assert getattr(read(example), name) is None


def test_payload_of_a_text(read, catalog_of):
    """A payload may be a plain text."""
    example = catalog_of("glance-emitted").contract("image.upload", "ERROR").example()
    assert isinstance(read(example).payload, str)
    assert catalog_of("glance-emitted").check(read(example)).conforms
