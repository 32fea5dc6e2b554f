"""What a watch of a stream says: a stream gives what comes, and what its limits remove nobody hears of."""

import re
import signal

import pika
import pytest

from notify_contracts import load
from notify_contracts._untrusted import dump
from tests.inside_node import close_connections
from tests.watching import Bus, numbered, stopped, until_it_watches_again

_SEGMENTS = {"x-stream-max-segment-size-bytes": 50_000}
_SMALL = {"x-max-length-bytes": 100_000, **_SEGMENTS}


@pytest.fixture
def lasting(local_node, start):
    """Give a durable exchange and queue on a private node."""
    bus = Bus(local_node.url, start, durable=True)
    bus.declare_queue()
    yield bus
    bus.remove()


@pytest.fixture
def streaming(local_node, start):
    """Give a function that makes a stream with further arguments on a private node."""
    bus = Bus(local_node.url, start, durable=True)

    def made(**arguments):
        with bus.channel() as channel:
            channel.queue_declare(bus.queue, durable=True, arguments={"x-queue-type": "stream", **arguments})
            channel.queue_bind(bus.queue, bus.exchange, bus.key)
        return bus

    yield made
    bus.remove()


def _large(number):
    return dump(numbered(number)) + b" " * 4000


def test_what_is_not_read(streaming, local_node):
    """It says what was not read: what was in it before, and what was sent while it was not connected."""
    stream = streaming()
    stream.send(numbered(1), numbered(2), confirmed=True)
    with stream.watch(shared=True) as process:
        stream.send(numbered(3))
        process.stdout.readline()
        close_connections(local_node)
        until_it_watches_again(process)
        status, _, err = stopped(process)
    assert status == 2
    assert "\nthe queue is a stream, which gives what comes: what was in it before, 2 messages, was not read\n" in err
    assert re.search(
        "problem: the connection was lost once, for .* s in all, what was sent meanwhile was not checked", err
    )


def test_what_its_limits_remove_unread(streaming):
    """A watcher that is too slow for the limits of a stream has not checked all of it, which is no success.

    No life goes on from where it was.
    """
    stream = streaming(**_SMALL)
    with stream.watch("--lifecycles", "--catalog", "glance-emitted", shared=True) as process:
        stream.send(load("glance-emitted").contract("image.create", "INFO").example())
        process.stdout.readline()
        process.send_signal(signal.SIGSTOP)
        stream.send(*map(_large, range(2, 3000)), confirmed=True)
        process.send_signal(signal.SIGCONT)
        stream.send(numbered(3000), confirmed=True)
        while b"000000003000" not in process.stdout.readline():
            pass
        status, _, err = stopped(process)
    assert status == 2
    found = re.search("problem: the limits of the stream removed up to ([0-9,]+) messages before they were read", err)
    assert "1 forgotten while they were open, for something may have been missed" in err
    assert 1000 < int(found[1].replace(",", "")) < 3500


def test_places_that_hold_no_message(streaming):
    """A stream has other things in it than messages: where it has removed nothing, nobody has missed anything."""
    stream = streaming(**_SEGMENTS)
    with stream.watch("--count", "200", shared=True) as process:
        stream.send(*map(_large, range(200)), confirmed=True)  # what the publisher has reached is in each segment
        out, err = process.communicate(timeout=60)
    assert out.count(b"\n") == 200
    assert process.returncode == 0
    assert b"of the stream" not in err


def test_a_queue_that_is_none(lasting):
    """What a shovel has brought from a stream into a queue tells its place there, which says nothing of the queue."""
    with lasting.channel() as channel:
        for number, place in enumerate((7, 8, 20, 30)):
            told = pika.BasicProperties(headers={"x-stream-offset": place})
            channel.basic_publish(lasting.exchange, lasting.key, dump(numbered(number)), told)
    with lasting.watch(shared=True) as process:
        for _ in range(4):
            process.stdout.readline()
        status, _, err = stopped(process)
    assert status == 0
    assert "stream" not in err
