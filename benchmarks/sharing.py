"""Two watchers share a queue and one of them is killed midway: what is counted, and what is counted twice.

    python benchmarks/sharing.py [--messages N]

A private node; a durable queue; every notification has a number as its message_id, so that nothing is estimated.
"""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

import pika

from notify_contracts.broker import LocalNode
from notify_contracts.catalog import load
from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.emitting.notifier import Notifier

NAME = "notify-contracts.sharing"
QUEUE = f"{NAME}.info"
COMMAND = [sys.executable, "-c", "import sys; from notify_contracts.cli import main; sys.exit(main())", "watch"]


def fill(url: str, ids: list[str]) -> None:
    """Put a notification for each id into the queue, all of them confirmed."""
    payload = load("glance-emitted").contract("image.create", "INFO").example()["payload"]
    remaining = iter(ids)
    driver = MessagingDriver(url, NAME, (NAME,), durable=True)
    with Notifier("image.sharing", [driver], ids=lambda: next(remaining)) as notifier:
        notifier.notify_many(("image.create", "INFO", payload) for _ in ids)
    if driver.resent:
        raise SystemExit(f"{driver.resent} were sent twice: nothing can be shown with these")


def lines_of(path: Path) -> list[dict[str, object]]:
    """Return the lines that were written to their end."""
    written = path.read_bytes()
    return [json.loads(line) for line in written[: written.rfind(b"\n") + 1].splitlines()]


def waiting(url: str) -> int:
    """Return how many messages are in the queue and on their way to no consumer."""
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        return int(connection.channel().queue_declare(QUEUE, passive=True).method.message_count)


def main() -> None:
    """Run, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--messages", type=int, default=200_000)
    options = parser.parse_args()
    ids = [str(UUID(int=number, version=4)) for number in range(options.messages)]
    with tempfile.TemporaryDirectory() as folder, LocalNode() as node, ExitStack() as stack:
        fill(node.url, ids)
        paths = [Path(folder, name) for name in ("killed", "other")]
        started = time.perf_counter()
        killed, other = (
            subprocess.Popen(
                [
                    *COMMAND,
                    "--url",
                    node.url,
                    "--queue",
                    QUEUE,
                    "--catalog",
                    "glance-emitted",
                    "--report",
                    f"json:{path}.json",
                ],
                stdout=stack.enter_context(path.open("wb")),
                stderr=subprocess.DEVNULL,
            )
            for path in paths
        )
        while waiting(node.url) > options.messages // 2:
            time.sleep(0.05)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        first = lines_of(paths[0])
        mine = {line["message_id"] for line in first}
        while len({line["message_id"] for line in lines_of(paths[1])} | mine) < options.messages:
            time.sleep(0.2)
        seconds = time.perf_counter() - started
        other.send_signal(signal.SIGINT)
        other.wait()
        second = lines_of(paths[1])
        left = waiting(node.url)
        totals = json.loads(Path(f"{paths[1]}.json").read_text(encoding="utf-8"))["totals"]
    theirs = {line["message_id"] for line in second}
    twice = mine & theirs
    unmarked = twice - {line["message_id"] for line in second if line.get("redelivered")}
    print(f"{options.messages:,} notifications, {seconds:.1f} s with one of two watchers killed midway")
    print(f"the killed one had written {len(first):,} lines, {len(first) - len(mine)} of them twice")
    print(
        f"the other wrote {len(second):,} lines, {len(second) - len(theirs)} of them twice; its report counts ", end=""
    )
    print(f"{totals['notifications']:,}")
    print(f"in both: {len(twice):,}, of which {len(unmarked)} are not marked as redelivered")
    print(f"{len(first) + len(second):,} lines less {len(twice):,} = {len(mine | theirs):,} notifications; {left} left")


if __name__ == "__main__":
    main()
