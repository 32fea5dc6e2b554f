"""Names of our own on a broker that may be somebody else's, so that nothing is disturbed and nothing is left."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import field
from functools import partial
from typing import Any
from uuid import uuid4

from notify_contracts._amqp.errand import Errand
from notify_contracts._amqp.loop import Steps
from notify_contracts._amqp.processes import this_process
from notify_contracts._base import dataclass
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
    __tracebackhide__ = True  # a traceback with variables would show the URL
    names, process = Scratch(_fresh(), _fresh()), this_process()
    Errand(url, f"exchange {names.exchange!r}", partial(_made, names, durable)).run()
    try:
        yield names
    finally:
        if process == this_process():  # a fork leaves the context, too
            with suppress(BrokerError):  # gone with the broker, if that is gone; who used it meanwhile was told
                Errand(url, f"to delete exchange {names.exchange!r}", partial(_deleted, names, template)).run()


def _made(names: Scratch, durable: bool, channel: Any) -> Steps:  # noqa: FBT001
    yield lambda done: channel.exchange_declare(names.exchange, "topic", durable=durable, callback=done)


def _deleted(names: Scratch, template: str, channel: Any) -> Steps:
    usual = {routing_key(names.topic, priority, template=template) for priority in PRIORITIES}
    for queue in sorted(usual | names.routing_keys):
        if names.topic in queue:  # else it may be somebody's
            yield partial(_delete_queue, channel, queue)
    yield lambda done: channel.exchange_delete(names.exchange, callback=done)


def _delete_queue(channel: Any, queue: str, callback: Callable[[Any], None]) -> None:
    channel.queue_delete(queue, callback=callback)


def _fresh() -> str:
    return f"notify-contracts.scratch.{uuid4().hex}"
