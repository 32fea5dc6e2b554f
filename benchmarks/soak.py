"""Watch and emit together while the broker is killed and started again every minute: what was sent, what was seen.

    nice python benchmarks/soak.py [--minutes N] [--rate N]

A private node; a durable exchange; a queue that the watcher creates. The emitter has every notification confirmed, so
each of them must have a line of the watcher's, and what has two must be marked as redelivered or have been sent again.
"""

import argparse
import json
import logging
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from uuid import UUID

from notify_contracts.broker import LocalNode
from notify_contracts.catalog import load
from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.emitting.notifier import Notifier

NAME = "notify-contracts.soak"
BATCH = 100
EVERY = 60  # seconds from one crash to the next
COMMAND = [sys.executable, "-c", "import sys; from notify_contracts.cli import main; sys.exit(main())", "watch"]


class Emitter(threading.Thread):
    """Sends batches at a steady rate, each confirmed, until it is stopped; every hundredth notification violates."""

    def __init__(self, url: str, rate: int) -> None:
        super().__init__(name="emitter")
        self.sent: list[str] = []
        self.driver = MessagingDriver(url, NAME, (NAME,), durable=True)
        self.stopped = threading.Event()
        self.confirmed = threading.Condition()
        self.longest = 0.0
        self._seconds = BATCH / rate

    def run(self) -> None:
        """Send."""
        ids = map(str, (UUID(int=number, version=4) for number in count()))
        payload = load("glance-emitted").contract("image.create", "INFO").example()["payload"]
        batches = self._batches(payload)
        with Notifier("image.soak", [self.driver], ids=lambda: next(ids)) as notifier:
            due = time.monotonic()
            while not self.stopped.wait(max(0.0, due - time.monotonic())):
                started = time.monotonic()
                confirmed = [each.message_id for each in notifier.notify_many(next(batches))]
                with self.confirmed:
                    self.sent += confirmed
                    self.confirmed.notify_all()
                self.longest = max(self.longest, time.monotonic() - started)
                due += self._seconds

    def wait_for(self, count: int, seconds: float = 120) -> None:
        """Return once so many notifications are confirmed; raise TimeoutError if that takes so many `seconds`."""
        with self.confirmed:
            if not self.confirmed.wait_for(lambda: len(self.sent) >= count, seconds):
                raise TimeoutError(f"{len(self.sent)} of {count} notifications were confirmed within {seconds:g} s")

    def _batches(self, payload: dict[str, object]) -> Iterator[list[tuple[str, str, object]]]:
        while True:
            yield [("image.create", "INFO", payload | ({"size": -1} if not number else {})) for number in range(BATCH)]


def resident(pid: int) -> float:
    """Return the MiB of memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * 4096 / 2**20


def main() -> None:
    """Run, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--rate", type=int, default=500, help="notifications a second")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder, LocalNode() as node, Path(folder, "lines").open("w+b") as lines:
        where = ["--url", node.url, "--exchange", NAME, "--topic", NAME]
        shared = ["--queue", NAME, "--create", "--durable", "--catalog", "glance-emitted"]
        watcher = subprocess.Popen([*COMMAND, *where, *shared], stdout=lines, stderr=subprocess.PIPE, text=True)
        said: list[str] = []
        listener = threading.Thread(target=lambda: said.extend(watcher.stderr or ()))
        listener.start()
        while not any("watching" in line for line in said):
            time.sleep(0.1)
        emitter = Emitter(node.url, options.rate)
        emitter.start()
        sizes = []
        for minute in range(options.minutes):
            time.sleep(EVERY)
            sizes.append(resident(watcher.pid))
            print(f"minute {minute + 1}: {len(emitter.sent):,} sent, watcher {sizes[-1]:.1f} MiB", flush=True)
            node.kill()
            node.start()
        emitter.stopped.set()
        emitter.join()
        wanted, seen, marked = set(emitter.sent), Counter[str](), 0
        while wanted - seen.keys():
            time.sleep(1)
            lines.seek(0)
            read = [json.loads(line) for line in lines]
            seen = Counter(line["message_id"] for line in read)
            marked = sum(line.get("redelivered", False) for line in read)
        watcher.send_signal(signal.SIGINT)
        status = watcher.wait()
        listener.join()
        print(f"\n{len(wanted):,} notifications confirmed, {len(wanted - seen.keys())} without a line")
        print(f"{sum(seen.values()):,} lines, {sum(seen.values()) - len(seen):,} of them for the second time; ", end="")
        print(f"{marked:,} marked as redelivered, {emitter.driver.resent:,} sent again by the emitter")
        print(f"longest batch of the emitter {emitter.longest:.1f} s, watcher ended with status {status}")
        print(f"watcher's memory from {min(sizes):.1f} to {max(sizes):.1f} MiB")
        print(
            *[line for line in said if "again after" in line or "notifications," in line or "was lost" in line], sep=""
        )


if __name__ == "__main__":
    main()
