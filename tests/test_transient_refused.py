"""A RabbitMQ 4 that refuses queues that are not durable: each command says so at once, and how to go on.

``.ci/provide-rabbitmq4`` starts such a node and says in ``NOTIFY_CONTRACTS_RABBITMQ4_STRICT`` where it is.
"""

import os

import pytest

from tests.watching import GOOD, Bus

pytestmark = pytest.mark.broker

URL = os.environ.get("NOTIFY_CONTRACTS_RABBITMQ4_STRICT")
WAY_OUT = "refuses queues that are not durable (transient_nonexcl_queues): ask for durable ones (--durable"


@pytest.fixture
def bus(start):
    """Give a durable exchange of the test's own on such a node."""
    if URL is None:
        pytest.skip("no RabbitMQ 4 that refuses transient queues: NOTIFY_CONTRACTS_RABBITMQ4_STRICT says where one is")
    bus = Bus(URL, start, durable=True)
    yield bus
    bus.remove()


@pytest.mark.parametrize(
    "arguments",
    [
        ("watch", "--exchange", "{exchange}", "--queue", "{queue}", "--create", "--for", "1m"),
        ("emit", "image.delete", "--example", "--exchange", "{queue}", "--topic", "{queue}"),
        ("verify",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_it_is_told_at_once(bus, command, arguments):
    """Nobody connects for ever: there is one line that names the way out, and the status is 2."""
    ran = command(*(argument.format(queue=bus.queue, exchange=bus.exchange) for argument in arguments), "--url", URL)
    assert ran.status == 2
    assert WAY_OUT in ran.err
    assert ran.err.count("\n") == 1
    with bus.channel() as channel:
        channel.exchange_delete(bus.queue)


def test_the_way_out(bus, command):
    """Declared durable, all of it works; what needs no lasting queue works as it is."""
    where = ("--exchange", bus.exchange, "--topic", bus.topic)
    with bus.watch("--create", "--durable", *where, "--count", 1, shared=True) as process:
        bus.send(GOOD)
        process.communicate(timeout=60)
    assert process.returncode == 0
    with bus.watch("--count", 1) as process:
        bus.send(GOOD)
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert command("verify", "--durable", "--url", URL).status == 0
