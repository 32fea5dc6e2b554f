"""Names that a test's subject declares on a broker that may be somebody's: nothing under them is left."""

from contextlib import contextmanager
from fcntl import LOCK_EX, flock

import pika
import pytest
from pika.exceptions import ChannelClosedByBroker

from notify_contracts.wire import PRIORITIES


@contextmanager
def removing(url, exchange, *topics):
    """Remove afterwards an exchange, and the queues that publishers declare for its topics."""
    try:
        yield
    finally:
        with pika.BlockingConnection(pika.URLParameters(url)) as connection:
            channel = connection.channel()
            for topic in topics:
                for priority in PRIORITIES:
                    channel.queue_delete(f"{topic}.{priority.lower()}")
            channel.exchange_delete(exchange)


@contextmanager
def borrowing(url, exchange, *topics):
    """Do the same for names that are not the test's own, as a page that is followed shows them.

    Where somebody has one of them the test is skipped: it would take what is theirs. Other tests wait meanwhile.
    """
    with open(__file__) as lock:  # noqa: PTH123 - whatever file all processes of the tests have
        flock(lock, LOCK_EX)
        _require_free(url, exchange, topics)
        with removing(url, exchange, *topics):
            yield


def _require_free(url, exchange, topics):
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        for topic in topics:
            for priority in PRIORITIES:
                if _is_there(connection, "queue_declare", f"{topic}.{priority.lower()}"):
                    pytest.skip(f"somebody uses the topic {topic} on this broker")
        if _is_there(connection, "exchange_declare", exchange):
            pytest.skip(f"somebody uses the exchange {exchange} on this broker")


def _is_there(connection, declare, name):
    channel = connection.channel()
    try:
        getattr(channel, declare)(name, passive=True)
    except ChannelClosedByBroker:
        return False
    channel.close()
    return True
