"""Names of our own on a broker that may be somebody else's, so that nothing is disturbed and nothing is left."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import field
from typing import Any
from uuid import uuid4

import pika
from pika.exceptions import AMQPConnectionError, AMQPError, ChannelClosedByBroker

from notify_contracts._amqp.errors import connection_problem, reply, telling
from notify_contracts._amqp.processes import this_process
from notify_contracts._amqp.url import Address
from notify_contracts._base import dataclass
from notify_contracts._untrusted import redacted
from notify_contracts.errors import BrokerError
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
def scratch(url: str, template: str = ROUTING_KEY, *, durable: bool = False) -> Iterator[Scratch]:
    """Give names for one use, and delete afterwards what has come into being under them: queues that name the topic.

    The exchange is there from the beginning, as `durable` says: who listens need not ask whether it is, which a broker
    logs as an error where it is not. Raise `BrokerError` if the broker is not there or refuses.
    """
    names, process = Scratch(_fresh(), _fresh()), this_process()
    with _connected(url) as connection:
        _make(connection, names.exchange, url, durable=durable)
    try:
        yield names
    finally:
        if process == this_process():  # a fork leaves the context, too
            _delete(url, names, template)


def _delete(url: str, names: Scratch, template: str) -> None:
    # Gone with the broker, if that is gone; who used it meanwhile was told.
    with suppress(AMQPConnectionError, BrokerError), _connected(url) as connection:
        channel = connection.channel()
        usual = {routing_key(names.topic, priority, template=template) for priority in PRIORITIES}
        for queue in sorted(usual | names.routing_keys):
            if names.topic in queue:  # else it may be somebody's
                channel.queue_delete(queue)
        channel.exchange_delete(names.exchange)


def _connected(url: str) -> Any:
    problems = []
    for host in Address.of(url).hosts:
        try:
            return pika.BlockingConnection(host.parameters)
        except (AMQPError, OSError) as error:
            problems.append(connection_problem(error, host.where))
    raise telling(problems).error


def _make(connection: Any, exchange: str, url: str, *, durable: bool) -> None:
    try:
        connection.channel().exchange_declare(exchange, "topic", durable=durable)
    except ChannelClosedByBroker as error:
        doing = f"exchange {exchange!r}"
        raise reply(error.reply_code, error.reply_text, doing, redacted(url)).error from None
    except AMQPError as error:
        raise connection_problem(error, redacted(url)).error from None


def _fresh() -> str:
    return f"notify-contracts.scratch.{uuid4().hex}"
