"""Names of our own on a broker that may be somebody else's, so that nothing is disturbed and nothing is left."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from uuid import uuid4

from notify_contracts.model import Priority
from notify_contracts.wire import routing_key


class Scratch(NamedTuple):
    """An exchange and a topic that nobody else uses."""

    exchange: str
    topic: str


@contextmanager
def scratch(url: str) -> Iterator[Scratch]:
    """Give names for one use, and delete afterwards what has come into being under them."""
    import pika

    names = Scratch(*(f"notify-contracts.scratch.{uuid4().hex}" for _ in Scratch._fields))
    try:
        yield names
    finally:
        gone = suppress(pika.exceptions.AMQPConnectionError)  # with the broker; who used it meanwhile was told
        with gone, pika.BlockingConnection(pika.URLParameters(url)) as connection:
            channel = connection.channel()
            for priority in Priority:
                channel.queue_delete(routing_key(names.topic, priority))
            channel.exchange_delete(names.exchange)
