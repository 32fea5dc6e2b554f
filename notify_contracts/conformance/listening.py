"""A listener on an exchange hears every routing key: a tap on one topic would miss some."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from notify_contracts._amqp import SENTINEL
from notify_contracts._untrusted import monotonic
from notify_contracts.model import Delivery, Notification, Unreadable
from notify_contracts.wire import decode

Heard = list[tuple[str, Notification | Unreadable]]

_EVERYTHING = "#"


@contextmanager
def heard_on(url: str, exchange: str, patience: float) -> Iterator[Callable[[int], Heard]]:
    """Give a function that returns what has passed `exchange`, a topic exchange, so far, each with its routing key.

    It waits until there are as many messages as it is told, for `patience` seconds at most.
    """
    import pika

    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        queue = channel.queue_declare("", exclusive=True).method.queue
        channel.queue_bind(queue, exchange, _EVERYTHING)
        heard: Heard = []

        def so_far(count: int) -> Heard:
            deadline = monotonic() + patience
            while True:
                method, _, body = channel.basic_get(queue, auto_ack=True)
                if method is not None:
                    heard.extend(_heard(exchange, method.routing_key, body))
                elif len(heard) >= count or monotonic() > deadline:
                    return heard

        yield so_far


def _heard(exchange: str, key: str, body: bytes) -> Heard:
    if key.startswith(SENTINEL):
        return []
    content = decode(body)
    if isinstance(content, Unreadable):
        return [(key, content)]
    return [(key, replace(content, delivery=Delivery(exchange, key)))]
