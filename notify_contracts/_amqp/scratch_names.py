"""Names of our own on a broker that may be somebody else's, so that nothing is disturbed and nothing is left."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from uuid import uuid4

from notify_contracts._amqp.processes import this_process
from notify_contracts.wire import PRIORITIES, ROUTING_KEY, routing_key


@dataclass(frozen=True)
class Scratch:
    """An exchange and a topic that nobody else uses, and the `routing_keys` under which something came of it.

    Who sends declares queues of these names.
    """

    exchange: str
    topic: str
    routing_keys: set[str] = field(default_factory=set)


@contextmanager
def scratch(url: str, template: str = ROUTING_KEY) -> Iterator[Scratch]:
    """Give names for one use, and delete afterwards what has come into being under them: queues that name the topic."""
    names, process = Scratch(_fresh(), _fresh()), this_process()
    try:
        yield names
    finally:
        if process == this_process():  # a fork leaves the context, too
            _delete(url, names, template)


def _delete(url: str, names: Scratch, template: str) -> None:
    import pika

    gone = suppress(pika.exceptions.AMQPConnectionError)  # with the broker; who used it meanwhile was told
    with gone, pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        usual = {routing_key(names.topic, priority, template=template) for priority in PRIORITIES}
        for queue in sorted(usual | names.routing_keys):
            if names.topic in queue:  # else it may be somebody's
                channel.queue_delete(queue)
        channel.exchange_delete(names.exchange)


def _fresh() -> str:
    return f"notify-contracts.scratch.{uuid4().hex}"
