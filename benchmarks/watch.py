"""How fast `notify-contracts watch` drains a queue: against a bare loop of pika, orjson and jsonschema-rs.

    python benchmarks/watch.py [--messages N] [--rounds N] [--url URL] [--memory N]

Every run starts with a durable queue that holds all the messages, image.create in format 2.0, and ends when they are
acknowledged. The bare loop reads them with prefetch 500, parses both layers of JSON, asks a compiled schema for yes or
no, and acknowledges every 250; it counts nothing, and does not say what is wrong. With --memory one watcher is given N
messages instead, one in a hundred of which violates, and its memory is read after every tenth of them.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import pika
from measuring import print_versions
from rawamqp import RawAmqp

from notify_contracts.broker import obtain
from notify_contracts.catalog import load
from notify_contracts.model import Notification
from notify_contracts.wire import encode

CATALOG, CONTRACT = "glance-emitted", ("image.create", "INFO")
EXCHANGE = QUEUE = "notify-contracts.benchmark"
KEY = "notifications.info"

BARE = """
import sys, jsonschema_rs, orjson, pika
from notify_contracts.catalog import load
from notify_contracts._schema.engines.flatten import flattened
url, queue, count, catalog, event_type, priority = sys.argv[1:]
contract = load(catalog).contract(event_type, priority)
is_valid = jsonschema_rs.Draft202012Validator(flattened(contract.documents, contract.uri)).is_valid
connection = pika.BlockingConnection(pika.URLParameters(url))
channel = connection.channel()
channel.basic_qos(prefetch_count=500)
seen = 0
def handle(channel, method, properties, body):
    global seen
    notification = orjson.loads(orjson.loads(body)["oslo.message"])
    del notification["_unique_id"]
    assert is_valid(notification)
    seen += 1
    if seen % 250 == 0 or seen == int(count):
        channel.basic_ack(method.delivery_tag, multiple=True)
    if seen == int(count):
        channel.stop_consuming()
channel.basic_consume(queue, handle)
channel.start_consuming()
connection.close()
"""

COMMAND = [sys.executable, "-c", "import sys; from notify_contracts.cli import main; sys.exit(main())", "watch"]


def message() -> bytes:
    """Return the body of a message as Glance sends it."""
    return encode(Notification(load(CATALOG).contract(*CONTRACT).example()), "2.0")


def fill(url: str, body: bytes, count: int) -> None:
    """Put the messages into a durable queue that is empty otherwise."""
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        channel.exchange_declare(EXCHANGE, "topic", durable=True)
        channel.queue_declare(QUEUE, durable=True)
        channel.queue_purge(QUEUE)
        channel.queue_bind(QUEUE, EXCHANGE, KEY)
    with RawAmqp(url) as raw:
        raw.publish(KEY, body, count, EXCHANGE)


def left(url: str) -> int:
    """Return how many messages the queue still holds."""
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        return int(connection.channel().queue_declare(QUEUE, passive=True).method.message_count)


def remove(url: str) -> None:
    """Leave nothing behind."""
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        connection.channel().queue_delete(QUEUE)
        connection.channel().exchange_delete(EXCHANGE)


def drained(command: list[str]) -> tuple[float, float, float]:
    """Run `command` to its end; return its seconds, those of its processor, and its peak MiB."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[3:]} ended with status {process.returncode}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def memory(url: str, body: bytes, count: int) -> None:
    """Print how much memory a watcher holds as it has seen more and more."""
    broken = body.replace(b"image.create", b"image.unheard-of")
    command = [*COMMAND, "--url", url, "--queue", QUEUE, "--catalog", CATALOG]
    fill(url, body, 0)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    part = count // 10
    for number in range(1, 11):
        with RawAmqp(url) as raw:
            raw.publish(KEY, broken, part // 100, EXCHANGE)
            raw.publish(KEY, body, part - part // 100, EXCHANGE)
        while left(url):
            time.sleep(0.1)
        pages = int(Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[1])
        print(f"{number * part:>12,} messages: {pages * 4096 / 2**20:.1f} MiB", flush=True)
    process.send_signal(signal.SIGINT)
    process.wait()


def measure(url: str, body: bytes, messages: int, rounds: int) -> None:
    """Print a row for each contender."""
    count = str(messages)
    watch = [*COMMAND, "--url", url, "--queue", QUEUE, "--count", count, "--catalog", CATALOG]
    contenders = {
        "bare loop": [sys.executable, "-c", BARE, url, QUEUE, count, CATALOG, *CONTRACT],
        "watch, lines for violations only": [*watch, "--only-violations"],
        "watch, a line for each": watch,
        "watch, a report at the end": [*watch, "--format", "json"],
        "watch, recording": [*watch, "--only-violations", "--record", "/dev/null"],
    }
    print_versions("notify-contracts", "pika", "orjson", "jsonschema-rs")
    print(f"{messages:,} messages, {len(body)} bytes each, {rounds} rounds\n")
    figures: dict[str, list[tuple[float, float, float]]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, command in contenders.items():
            fill(url, body, messages)
            figures[name].append(drained(command))
            if remaining := left(url):
                raise SystemExit(f"{name} left {remaining} messages")
    print(f"{'':<34}{'a second':>10}{'ratio':>8}{'cpu us each':>13}{'peak MiB':>10}")
    for name, runs in figures.items():
        rate = median(messages / seconds for seconds, _, _ in runs)
        ratio = median(bare[0] / run[0] for bare, run in zip(figures["bare loop"], runs, strict=True))
        cpu = median(cpu for _, cpu, _ in runs) / messages * 1e6
        print(f"{name:<34}{rate:>10,.0f}{ratio:>8.2f}{cpu:>13.1f}{max(peak for *_, peak in runs):>10.1f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--url", help="a broker to use; one is obtained otherwise")
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", metavar="N", type=int, help="show the memory of a watcher over N messages")
    options = parser.parse_args()
    body = message()
    with ExitStack() as stack:
        url = options.url or stack.enter_context(obtain()).url
        stack.callback(remove, url)
        if options.memory:
            memory(url, body, options.memory)
        else:
            measure(url, body, options.messages, options.rounds)


if __name__ == "__main__":
    main()
