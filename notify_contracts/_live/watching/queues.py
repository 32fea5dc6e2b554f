"""What a watcher consumes: a queue of its own that takes nothing from others, or one that it shares."""

from collections.abc import Generator
from typing import Any, NamedTuple, Protocol
from uuid import uuid4

from notify_contracts._amqp import Call, Source, declare_exclusive, declare_own, require_short
from notify_contracts.errors import UsageError

LENGTH = 20_000
"""Notifications that a queue of the watcher's own keeps, unless it is told otherwise."""


class Declared(NamedTuple):
    """The queue to consume; and, where it may drop messages, the one that collects them.

    What that one drops in turn, for it is full or a policy lets messages expire, comes to the queue `uncounted`.
    """

    name: str
    dropped: str | None = None
    uncounted: str = ""


Declaring = Generator[Call, Any, Declared]
"""Steps (see `_amqp.run`) that return what was declared."""


class Queue(Protocol):
    """A queue to consume."""

    @property
    def source(self) -> Source | None:
        """The exchange that has to be there first, None where it does not matter."""

    @property
    def outlives_connection(self) -> bool:
        """Whether what was not acknowledged comes again after a lost connection."""

    def declare(self, channel: Any) -> Declaring:
        """Make the queue ready for consumers."""


class OwnQueue:
    """An exclusive queue that is bound to `source` and goes with the connection.

    It keeps the newest `length` messages that the watcher has not fetched yet, so that a slow watcher costs the broker
    a bounded amount of memory. What it drops is dead-lettered to a second queue, as bounded, from which nothing is ever
    read: emptying it tells how many there were. What that one drops is dead-lettered to a third, which is consumed: so
    it is heard of, even where no message lasts. Source: AMQP 0-9-1, queue.purge-ok (message-count).
    """

    outlives_connection = False

    def __init__(self, source: Source, length: int = LENGTH) -> None:
        if length < 1:
            raise UsageError(f"the length of the queue is {length}; give a positive number")
        self.source = source
        self.length = length

    def declare(self, channel: Any) -> Declaring:
        """Declare all queues under names that nobody has used, for an older connection may not be gone yet."""
        name = f"notify-contracts.watch.{uuid4().hex}"
        uncounted = yield from declare_exclusive(channel, f"{name}.uncounted", self.length)
        name, dropped = yield from declare_own(channel, name, self.length, uncounted)
        yield from self.source.bind(channel, name)
        return Declared(name, dropped, uncounted)


class NamedQueue:
    """The queue `name`, whose messages are taken from it, whoever else consumes it.

    It must be there, unless `source` is given: then it is declared, durable if `source` is, and bound to it.
    """

    outlives_connection = True

    def __init__(self, name: str, source: Source | None = None) -> None:
        require_short(name)
        self.name = name
        self.source = source

    def declare(self, channel: Any) -> Declaring:
        """Look for the queue, or declare it."""
        source = self.source
        if source is None:
            yield lambda done: channel.queue_declare(self.name, passive=True, callback=done)
        else:
            yield lambda done: channel.queue_declare(self.name, durable=source.durable, callback=done)
            yield from source.bind(channel, self.name)
        return Declared(self.name)
