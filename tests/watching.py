"""What the tests of the command `watch` share: an exchange of the test's own, and watchers of it."""

import json
import signal
from contextlib import contextmanager
from uuid import uuid4

import pika

from notify_contracts import load
from notify_contracts._untrusted.jsontext import dump

GOOD = load().contract("image.delete", "INFO").example()
BAD = GOOD | {"payload": 1}


def numbered(number):
    """Return a notification that keeps its contract, known by its number."""
    return GOOD | {"message_id": f"00000000-0000-4000-8000-{number:012}"}


class Bus:
    """An exchange, a topic and a queue of the test's own on a broker."""

    def __init__(self, url, start, *, durable=False):
        self.url = url
        self.start = start
        self.exchange, self.topic, self.queue = (f"{what}-{uuid4().hex}" for what in ("exchange", "topic", "queue"))
        self.key = f"{self.topic}.info"
        self.durable = durable
        self.declare()

    @contextmanager
    def channel(self):
        """Give a channel."""
        with pika.BlockingConnection(pika.URLParameters(self.url)) as connection:
            yield connection.channel()

    def declare(self):
        """Declare the exchange."""
        with self.channel() as channel:
            channel.exchange_declare(self.exchange, "topic", durable=self.durable)

    def declare_queue(self):
        """Declare the queue, bound as the publisher of oslo.messaging binds it."""
        with self.channel() as channel:
            channel.queue_declare(self.queue, durable=self.durable)
            channel.queue_bind(self.queue, self.exchange, self.key)

    def send(self, *notifications, confirmed=False):
        """Publish notifications, or bodies as they are; return when the broker has routed, or confirmed, them."""
        properties = pika.BasicProperties(delivery_mode=2)
        with self.channel() as channel:
            if confirmed:
                channel.confirm_delivery()
            for notification in notifications:
                body = notification if isinstance(notification, bytes) else dump(notification)
                channel.basic_publish(self.exchange, self.key, body, properties)
            channel.exchange_declare(self.exchange, passive=True)  # answered after all of it has been routed

    def waiting(self, queue=None):
        """Return how many messages a queue holds for its consumers."""
        with self.channel() as channel:
            return channel.queue_declare(queue or self.queue, passive=True).method.message_count

    def remove(self):
        """Leave nothing behind."""
        with self.channel() as channel:
            channel.queue_delete(self.queue)
            channel.exchange_delete(self.exchange)

    @contextmanager
    def watch(self, *options, shared=False, **streams):
        """Run the command, on a queue of its own or a shared one, and give it once it watches."""
        where = ("--queue", self.queue) if shared else ("--exchange", self.exchange, "--topic", self.topic)
        process = self.start("watch", "--url", self.url, *where, *options, **streams)
        try:
            said = process.stderr.readline()
            while said and b"watching" not in said:
                said = process.stderr.readline()
            yield process
        finally:
            process.kill()
            process.communicate()


def lines_of(out):
    """Return the lines of JSON that the command has written to their end."""
    return [json.loads(line) for line in out[: out.rfind(b"\n") + 1].splitlines()]


def ids_in(path):
    """Return the message ids of the lines in a file."""
    return {line["message_id"] for line in lines_of(path.read_bytes())}


def stopped(process, number=signal.SIGINT):
    """Tell a watcher to stop; return its status and what it has still said."""
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    return process.returncode, (out or b"").decode(), err.decode()


def until_it_watches_again(process):
    """Return what a watcher says of the broker that it has lost, line by line, until it watches again."""
    said = [process.stderr.readline().decode()]
    while "watching again after" not in said[-1]:
        said.append(process.stderr.readline().decode())
    return said
