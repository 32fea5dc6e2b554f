"""A queue of one's own: it goes with the connection, and what the broker drops from it is seen."""

from collections.abc import Generator
from typing import Any

from notify_contracts._amqp.loop import Call


def declare_own(
    channel: Any, name: str = "", length: int | None = None, beyond: str | None = None
) -> Generator[Call, Any, tuple[str, str]]:
    """Declare an exclusive queue, and a second one that gets what the broker drops from it; return the names of both.

    What it drops from the second goes `beyond`, to a queue that `declare_exclusive` has declared. The broker chooses
    the names where there is no `name`. Each keeps the newest `length` messages. A policy of the broker's
    may limit them further, or let messages expire: these are dead-lettered, too. But none can have the queue refuse
    what is new, which would be told to whoever publishes as if it had not been accepted by anybody. Source: RabbitMQ,
    "Queue Length Limit" (a queue's own x-overflow comes before that of a policy, and what is rejected is not
    dead-lettered), "Dead Letter Exchanges".
    """
    dropped = yield from declare_exclusive(channel, name and f"{name}.dropped", length, beyond)
    queue = yield from declare_exclusive(channel, name, length, dropped)
    return queue, dropped


def declare_exclusive(
    channel: Any, name: str, length: int | None = None, beyond: str | None = None
) -> Generator[Call, Any, str]:
    """Declare an exclusive queue that keeps the newest `length` messages; return its name.

    What the broker drops from it goes to the queue `beyond`, through the default exchange.
    """
    arguments: dict[str, Any] = {"x-overflow": "drop-head"}
    if length is not None:
        arguments["x-max-length"] = length
    if beyond is not None:
        arguments |= {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": beyond}
    answer = yield lambda done: channel.queue_declare(name, exclusive=True, arguments=arguments, callback=done)
    declared: str = answer.method.queue
    return declared
