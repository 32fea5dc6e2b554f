"""Sending and tapping notifications of 1 KB, side by side on one broker, with ours and with what else there is.

Run ``python benchmarks/messaging.py [--url amqp://…] [--durable]``; without a URL a broker is obtained as the tests do.
Every round runs all contenders in turn (for single calls: call by call), so that a busy machine is busy for all of
them; rates are medians of the rounds. After each run the queue is counted: what is not there was not sent.
"""

import argparse
import importlib.metadata
import logging
import platform
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import kombu
import oslo_messaging
import pika
from oslo_config import cfg
from rawamqp import RawAmqp

from notify_contracts.broker import obtain
from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.emitting.notifier import Notifier
from notify_contracts.model import Notification
from notify_contracts.tap import Tap
from notify_contracts.wire import encode

EXCHANGE, TOPIC, QUEUE = "benchmark", "notifications", "notifications.info"
PUBLISHER, EVENT = "image.localhost", "image.create"
SIZE = 1024

Send = Callable[[int], None]


@dataclass
class Setting:
    """What all contenders share."""

    url: str
    durable: bool
    payload: dict[str, object] = field(default_factory=dict)
    body: bytes = b""

    def __post_init__(self) -> None:
        envelope = {
            "message_id": "5f0cbbd8-6f8a-4f6c-9b0f-5d0b7f3b8f11",
            "publisher_id": PUBLISHER,
            "event_type": EVENT,
            "priority": "INFO",
            "timestamp": "2026-11-22 09:32:55.730800",
        }
        properties = {f"property_{number}": "value" for number in range(12)}
        self.payload = {"id": "dc78c8d5-10bb-4452-9d15-613728fd7fba", "size": 1 << 33, "properties": properties}
        self.payload["name"] = ""
        short = encode(Notification({**envelope, "payload": self.payload}), "2.0")
        self.payload["name"] = "x" * (SIZE - len(short))
        self.body = encode(Notification({**envelope, "payload": self.payload}), "2.0")


@contextmanager
def ours_many(setting: Setting) -> Iterator[Send]:
    """Send with our notifier, all in one call, every message confirmed."""
    with Notifier(PUBLISHER, [MessagingDriver(setting.url, EXCHANGE, durable=setting.durable)]) as notifier:
        yield lambda count: _none(notifier.notify_many((EVENT, "INFO", setting.payload) for _ in range(count)))


@contextmanager
def ours_single(setting: Setting) -> Iterator[Send]:
    """Send with our notifier, one call after the other, each confirmed."""
    with Notifier(PUBLISHER, [MessagingDriver(setting.url, EXCHANGE, durable=setting.durable)]) as notifier:
        yield lambda count: _repeat(count, lambda: notifier.info(EVENT, setting.payload))


@contextmanager
def oslo(setting: Setting) -> Iterator[Send]:
    """Send with oslo.messaging's own notifier, driver messagingv2."""
    conf = cfg.ConfigOpts()
    conf([])
    transport = oslo_messaging.get_notification_transport(conf, url="rabbit" + setting.url.removeprefix("amqp"))
    conf.set_override("amqp_durable_queues", setting.durable, group="oslo_messaging_rabbit")
    conf.set_override("control_exchange", EXCHANGE)
    transport._driver._default_exchange = EXCHANGE  # noqa: SLF001 - read from the configuration too early
    notifier = oslo_messaging.Notifier(transport, PUBLISHER, driver="messagingv2", topics=[TOPIC])
    try:
        yield lambda count: _repeat(count, lambda: notifier.info({}, EVENT, setting.payload))
    finally:
        transport.cleanup()


@contextmanager
def kombu_confirmed(setting: Setting) -> Iterator[Send]:
    """Send with a kombu producer that waits for each confirm."""
    options = {"confirm_publish": True}
    with kombu.Connection(setting.url, transport_options=options) as connection, connection.channel() as channel:
        producer = kombu.Producer(channel, auto_declare=False)
        yield lambda count: _repeat(
            count,
            lambda: producer.publish(
                setting.body,
                QUEUE,
                exchange=EXCHANGE,
                content_type="application/json",
                content_encoding="utf-8",
                delivery_mode=2,
            ),
        )


@contextmanager
def _pika_blocking(setting: Setting, *, confirms: bool) -> Iterator[Send]:
    properties = pika.BasicProperties("application/json", "utf-8", {}, 2, 0)
    connection = pika.BlockingConnection(pika.URLParameters(setting.url))
    channel = connection.channel()
    if confirms:
        channel.confirm_delivery()
    try:
        yield lambda count: _repeat(
            count, lambda: channel.basic_publish(EXCHANGE, QUEUE, setting.body, properties, mandatory=confirms)
        )
    finally:
        connection.close()


def pika_confirmed(setting: Setting) -> object:
    """Loop over pika's blocking channel, with a confirm for each message."""
    return _pika_blocking(setting, confirms=True)


def pika_unconfirmed(setting: Setting) -> object:
    """Loop over pika's blocking channel, nothing confirmed."""
    return _pika_blocking(setting, confirms=False)


@contextmanager
def raw(setting: Setting) -> Iterator[Send]:
    """Write ready-made frames to a socket, nothing confirmed: the limit."""
    with RawAmqp(setting.url) as connection:
        yield lambda count: connection.publish(QUEUE, setting.body, count, EXCHANGE)


def _none(_result: object) -> None:  # a function that only sends
    return None


def _repeat(count: int, call: Callable[[], object]) -> None:
    for _ in range(count):
        call()


MANY = {
    "raw socket, no confirms": (raw, 20_000),
    "pika loop, no confirms": (pika_unconfirmed, 20_000),
    "pika loop, confirm each": (pika_confirmed, 2_000),
    "kombu, confirms": (kombu_confirmed, 2_000),
    "oslo.messaging messagingv2": (oslo, 2_000),
    "notify_many (confirmed)": (ours_many, 20_000),
}
SINGLE = {
    "pika loop, no confirms": pika_unconfirmed,
    "pika loop, confirm each": pika_confirmed,
    "kombu, confirms": kombu_confirmed,
    "oslo.messaging messagingv2": oslo,
    "info() (confirmed)": ours_single,
}


class Admin:
    """Declares, empties and counts the queue."""

    def __init__(self, setting: Setting) -> None:
        self._connection = pika.BlockingConnection(pika.URLParameters(setting.url))
        self._channel = self._connection.channel()
        self._durable = setting.durable

    def prepare(self) -> None:
        """Start with a fresh exchange and an empty queue."""
        self.remove()
        self._channel.exchange_declare(EXCHANGE, "topic", durable=self._durable)
        self._channel.queue_declare(QUEUE, durable=self._durable)
        self._channel.queue_bind(QUEUE, EXCHANGE, QUEUE)

    def count_and_empty(self) -> int:
        """Return how many messages there were."""
        return int(self._channel.queue_purge(QUEUE).method.message_count)

    def remove(self) -> None:
        """Leave nothing behind."""
        self._channel.queue_delete(QUEUE)
        self._channel.exchange_delete(EXCHANGE)

    def close(self) -> None:
        """Remove everything and disconnect."""
        self.remove()
        self._connection.close()


def measure_many(setting: Setting, admin: Admin, rounds: int, scale: float) -> dict[str, float]:
    """Return messages per second for each way of sending many."""
    rates: dict[str, list[float]] = {name: [] for name in MANY}
    for _ in range(rounds):
        for name, (contender, full) in MANY.items():
            count = max(100, int(full * scale))
            with contender(setting) as send:
                send(1)
                started = time.perf_counter()
                send(count)
                rates[name].append(count / (time.perf_counter() - started))
            found = admin.count_and_empty()
            if found != count + 1:
                print(f"  {name}: {found} of {count + 1} messages are in the queue")
    return {name: statistics.median(values) for name, values in rates.items()}


def measure_single(setting: Setting, admin: Admin, rounds: int, scale: float) -> dict[str, tuple[float, ...]]:
    """Return (calls per second, p50, p99 in milliseconds) for single calls."""
    times: dict[str, list[float]] = {name: [] for name in SINGLE}
    with ExitStack() as stack:
        senders = {name: stack.enter_context(contender(setting)) for name, contender in SINGLE.items()}
        for send in senders.values():
            send(1)
        turns = list(senders.items())
        for _call in range(max(100, int(rounds * 1_000 * scale))):
            random.shuffle(turns)  # nobody always comes after the same one, whose message the broker still writes
            for name, send in turns:
                started = time.perf_counter()
                send(1)
                times[name].append(time.perf_counter() - started)
    admin.count_and_empty()
    figures = {}
    for name, values in times.items():
        hundredths = statistics.quantiles(values, n=100)
        figures[name] = (len(values) / sum(values), hundredths[49] * 1000, hundredths[98] * 1000)
    return figures


def measure_tap(setting: Setting, admin: Admin, rounds: int, scale: float) -> dict[str, float]:
    """Return messages per second read from a full queue; the tap decodes each, the others do not."""
    count = max(500, int(20_000 * scale))
    rates: dict[str, list[float]] = {"raw socket": [], "pika blocking": [], "tap (decoded)": []}
    for _ in range(rounds):
        with raw(setting) as send:
            send(count)
        with RawAmqp(setting.url) as connection:
            rates["raw socket"].append(_rate(count, lambda: connection.consume(QUEUE, count)))
        admin.count_and_empty()
        with raw(setting) as send:
            send(count)
        rates["pika blocking"].append(_rate(count, lambda: _consume_with_pika(setting, count)))
        admin.count_and_empty()
        with Tap(setting.url, EXCHANGE) as tap, raw(setting) as send:
            send(count)
            rates["tap (decoded)"].append(_rate(count, lambda: tap.expect(count, timeout=120)))
        admin.count_and_empty()
    return {name: statistics.median(values) for name, values in rates.items()}


def _consume_with_pika(setting: Setting, count: int) -> None:
    connection = pika.BlockingConnection(pika.URLParameters(setting.url))
    channel = connection.channel()
    channel.basic_qos(prefetch_count=500)
    for seen, (method, _properties, _body) in enumerate(channel.consume(QUEUE), 1):
        if seen % 250 == 0 or seen == count:
            channel.basic_ack(method.delivery_tag, multiple=True)
        if seen == count:
            break
    connection.close()


def _rate(count: int, work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return count / (time.perf_counter() - started)


def report(setting: Setting, admin: Admin, rounds: int, scale: float) -> None:
    """Print the three tables, with versions and ratios."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("pika", "kombu", "oslo.messaging")]
    queue = "durable" if setting.durable else "non-durable"
    print(f"Python {platform.python_version()}, {', '.join(versions)}")
    print(f"{queue} queue, {len(setting.body)} bytes, median of {rounds} rounds")
    many = measure_many(setting, admin, rounds, scale)
    print(f"\n{'sending many':<28} {'msg/s':>8} {'/ raw':>7} {'/ oslo':>7}")
    for name, rate in many.items():
        to_raw, to_oslo = rate / many["raw socket, no confirms"], rate / many["oslo.messaging messagingv2"]
        print(f"{name:<28} {rate:>8,.0f} {to_raw:>7.2f} {to_oslo:>7.2f}")
    single = measure_single(setting, admin, rounds, scale)
    print(f"\n{'sending one':<28} {'calls/s':>8} {'p50 ms':>7} {'p99 ms':>7} {'/ oslo':>7}")
    for name, (rate, p50, p99) in single.items():
        to_oslo = rate / single["oslo.messaging messagingv2"][0]
        print(f"{name:<28} {rate:>8,.0f} {p50:>7.2f} {p99:>7.2f} {to_oslo:>7.2f}")
    tapped = measure_tap(setting, admin, rounds, scale)
    print(f"\n{'reading':<28} {'msg/s':>8} {'/ raw':>7}")
    for name, rate in tapped.items():
        print(f"{name:<28} {rate:>8,.0f} {rate / tapped['raw socket']:>7.2f}")


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--url", help="a broker to use; one is obtained otherwise")
    parser.add_argument("--durable", action="store_true", help="durable exchange and queue")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scale", type=float, default=1.0, help="messages per run, as a factor")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    broker = None if options.url else obtain()
    try:
        setting = Setting(options.url or broker.url, options.durable)
        admin = Admin(setting)
        admin.prepare()
        try:
            report(setting, admin, options.rounds, options.scale)
        finally:
            admin.close()
    finally:
        if broker is not None:
            broker.close()


if __name__ == "__main__":
    main()
