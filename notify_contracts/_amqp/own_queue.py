"""A queue of one's own: it goes with the connection, and what the broker drops from it is seen."""

from collections.abc import Generator
from functools import partial
from typing import Any

from notify_contracts._amqp.loop import Call


def declare_own(channel: Any, name: str = "", length: int | None = None) -> Generator[Call, Any, tuple[str, str]]:
    """Declare an exclusive queue, and a second one that gets what the broker drops from it; return the names of both.

    The broker chooses them where there is no `name`. Each keeps the newest `length` messages. A policy of the broker's
    may limit them further, or let messages expire: these are dead-lettered, too. But none can have the queue refuse
    what is new, which would be told to whoever publishes as if it had not been accepted by anybody. Source: RabbitMQ,
    "Queue Length Limit" (a queue's own x-overflow comes before that of a policy, and what is rejected is not
    dead-lettered), "Dead Letter Exchanges".
    """
    limits = {"x-overflow": "drop-head", **({} if length is None else {"x-max-length": length})}
    answer = yield partial(_exclusive, channel, name and f"{name}.dropped", limits)
    dropped = answer.method.queue
    dead_letters = {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": dropped}
    answer = yield partial(_exclusive, channel, name, limits | dead_letters)
    return answer.method.queue, dropped


def _exclusive(channel: Any, name: str, arguments: dict[str, Any], callback: Any) -> None:
    channel.queue_declare(name, exclusive=True, arguments=arguments, callback=callback)
