"""Under which routing keys a service is listened to, by what its catalog says of them."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from pika.exceptions import ChannelClosedByBroker

from notify_contracts import load
from notify_contracts._amqp import Source
from notify_contracts.wire import binding_key
from tests.watching import Bus, lines_of

SENSORS = Path(__file__).parent / "catalogs" / "sensors"
ENVELOPE = {"event_type": "{/kind}", "priority": "INFO", "payload": "{/data}"}


@pytest.fixture
def catalog_with(tmp_path):
    """Return a function that gives a catalog with this transport, and with an envelope of its own, if it has one."""

    def catalog_with(transport, **stated):
        root = copytree(SENSORS, tmp_path / "sensors")
        manifest = json.loads((root / "catalog.json").read_bytes())
        (root / "catalog.json").write_text(json.dumps({**manifest, "transport": transport, **stated}))
        return root

    return catalog_with


@pytest.mark.parametrize(
    ("transport", "stated", "binding"),
    [
        ({}, {}, "notifications.#"),
        ({"topic": ["house", "shed"]}, {}, "house.# and shed.#"),
        ({"topic": "house", "routing_key": "v1.{topic}.{event_type}.{priority}"}, {}, "v1.house.#"),
        ({"routing_key": "{topic}"}, {}, "#"),
        ({"routing_key": "v1.{topic}.{priority}"}, {}, "v1.#"),
        ({"routing_key": "{event_type}"}, {}, "#"),
        ({"exchange": "orders"}, {"envelope": ENVELOPE}, "#"),
        ({"topic": "orders"}, {"envelope": ENVELOPE}, "orders.#"),
    ],
    ids=str,
)
def test_what_is_heard(transport, stated, binding, catalog_with):
    """It is what the catalog says; where that knows no topic, every one, unless the service sends as oslo does."""
    catalog = load(catalog_with(transport, **stated))
    assert Source.of_topics("x", catalog.heard_topics, catalog.routing_key).binding == binding


def test_wildcards_in_a_row():
    """Several words that may be anything are one wildcard, and what stands between two of them stays."""
    assert binding_key("#", "{priority}.{event_type}.v1.{topic}") == "#.v1.#"


def test_a_topic_that_is_not_known(catalog_with, broker_url, start):
    """A watch of a catalog that allows any routing key hears any."""
    bus = Bus(broker_url, start)
    root = catalog_with({"exchange": bus.exchange, "routing_key": "{topic}"})
    sent = load(root).contract("sensor.read", "INFO").example()
    try:
        with start("watch", "--url", bus.url, "--catalog", root, "--count", 2) as process:
            while b"watching" not in process.stderr.readline():
                pass
            with bus.channel() as channel:
                for key in ("house.read", "read"):
                    channel.basic_publish(bus.exchange, key, json.dumps(sent))
            out, err = process.communicate(timeout=60)
    finally:
        bus.remove()
    assert (process.returncode, len(lines_of(out))) == (0, 2), err


@pytest.mark.parametrize("stated", [{}, {"envelope": ENVELOPE}], ids=["as oslo's", "of its own"])
def test_an_exchange_that_is_not_there_yet(stated, catalog_with, broker_url, start):
    """A watch declares it as the service will: oslo.messaging not durable, others durable."""
    bus = Bus(broker_url, start)
    bus.remove()
    root = catalog_with({"exchange": bus.exchange}, **stated)
    with start("watch", "--url", bus.url, "--catalog", root, "--for", "1s") as process:
        while b"watching" not in process.stderr.readline():
            pass
        with bus.channel() as channel:
            channel.exchange_declare(bus.exchange, "topic", durable=bool(stated))
        process.communicate(timeout=60)
    with bus.channel() as channel, pytest.raises(ChannelClosedByBroker, match="NOT_FOUND"):
        channel.exchange_declare(bus.exchange, passive=True)


def test_that_nothing_is_heard_says_what_hears_all(broker_url, start, run):
    """A watch and a verification that heard nothing under a topic say how to listen to all of an exchange."""
    bus = Bus(broker_url, start)
    try:
        where = ("--url", bus.url, "--exchange", bus.exchange)
        watched, verified = run("watch", *where, "--for", "1s"), run("verify", *where, "--", "true")
    finally:
        bus.remove()
    assert (watched.status, "--binding '#': to all of an exchange" in watched.err) == (2, True)
    assert (verified.status, "--topic '#': to all of it" in verified.out) == (2, True)
