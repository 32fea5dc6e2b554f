"""What has a deadline where a test has stopped Python's clock."""

import pytest

from notify_contracts._amqp import IoThread
from notify_contracts._untrusted import monotonic
from notify_contracts.broker.handshake import wait_until_ready
from notify_contracts.errors import ArrivalError, BrokerError
from notify_contracts.fuzzing.deadline import HangError, call_within
from notify_contracts.tap import Tap
from notify_contracts.testing import tapped

freezegun = pytest.importorskip("freezegun")


@pytest.fixture(autouse=True)
def frozen():
    """Stop the clock for the whole test."""
    # It reads every attribute of every module; one of testcontainers' connects to Docker, and leaves a socket open.
    with freezegun.freeze_time("2026-10-03 08:15:30", ignore=["testcontainers"]):
        yield


def test_our_clock_goes_on():
    """The clock of deadlines runs, to whatever time a test has set Python's."""
    before = monotonic()
    assert any(monotonic() != before for _ in range(1_000_000))


def test_the_bus(broker_url):
    """What does not come is said not to have come when the patience is at its end."""
    with tapped(broker_url) as bus:
        bus.patience = 0.2
        with pytest.raises(ArrivalError, match=r"expected one image\.delete, found none"):
            bus.one("image.delete")


def test_the_tap(broker_url):
    """A tap waits for its timeout and no longer."""
    with Tap(broker_url, "exchange") as tap, pytest.raises(ArrivalError, match=r"within 0\.1 s"):
        tap.expect(1, timeout=0.1)


def test_a_broker_that_does_not_come():
    """Whoever waits for a broker gives up in the end."""
    with pytest.raises(BrokerError):
        wait_until_ready("amqp://127.0.0.1:1/", 0.2)


def test_a_consumer_that_does_not_end():
    """A consumer on trial is interrupted in time."""

    def call():
        while True:
            pass

    with pytest.raises(HangError):
        call_within(0.1, call)


def test_what_the_connection_does_later():
    """What the I/O thread is to do later, such as to connect again, it does, in the order in which it is due."""
    called = []
    io = IoThread("frozen", called.append)
    io.start()

    def begin():
        io.later(0.02, lambda: called.append("later"))
        io.later(0.01, lambda: called.append("soon"))
        io.cancel(io.later(0.015, lambda: called.append("never")))
        io.later(0.03, io.stop)

    io.call(begin)
    io.join()
    assert called == ["soon", "later"]
