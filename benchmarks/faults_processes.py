"""Processes that die at work, and threads, tasks and forks that send at once."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from faulting import (
    SECONDS,
    Amounts,
    Found,
    copies,
    descendants,
    ended,
    fault,
    is_whole,
    reader_of,
    run,
    started,
    totals,
)
from faults_broker import NAME, QUEUE, waiting

from notify_contracts.broker import LocalNode

AT_ONCE = 8
SENDERS = {
    "threads": """
with ThreadPoolExecutor(at_once) as pool:
    list(pool.map(send, range(at_once)))
""",
    "asyncio": """
async def main():
    await asyncio.gather(*(asyncio.to_thread(send, number) for number in range(at_once)))
asyncio.run(main())
""",
    "fork": """
send(0)  # so that there is a connection, which is nobody's but the parent's
children = [os.fork() or (send(number), notifier.close(), os._exit(0)) for number in range(1, at_once)]
for child in children:
    os.waitpid(child, 0)
""",
}
"""How several send through one notifier at once, each of them as many notifications."""
SENDER = """
import asyncio, os, sys
from concurrent.futures import ThreadPoolExecutor
from notify_contracts import Notifier, load
from notify_contracts.drivers.messaging import MessagingDriver
url, name, at_once, each = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
payload = load().contract("image.delete", "INFO").example()["payload"]

def send(number):
    for _ in range(each):
        confirmed = notifier.info("image.delete", payload)
        os.write(1, f"{confirmed.message_id}\\n".encode())

with Notifier("image.faults", [MessagingDriver(url, name, [name])]) as notifier:
"""


def worker_killed(what: str, amounts: Amounts, *words: str) -> Found:
    """Kill one of the processes that read for a command, and compare its report with that of one process."""
    with TemporaryDirectory() as folder:
        path, report, alone = (Path(folder, name) for name in ("recording", "report", "alone"))
        count = copies(path, amounts.notifications * 20)
        with started(*words, path, "--format=json", f"--output={report}") as process:
            os.kill(reader_of(path, process.pid), signal.SIGKILL)
            how = ended(process).how
        run("check", "--jobs=1", path, "--format=json", f"--output={alone}")
        if is_whole(report):
            lost = totals(alone)["notifications"] - totals(report).get("notifications", 0)
            same = f"{lost:,} not in the report" if lost else "nothing: the report is that of one process"
        else:
            same = "the report"
    return Found(what, f"{count:,} notifications", same, how)


@fault("check-worker")
def check_worker(amounts: Amounts) -> Found:
    """Kill a process of `check --jobs`."""
    return worker_killed("SIGKILL of a process of `check --jobs 2`", amounts, "check", "--jobs=2")


@fault("audit-worker")
def audit_worker(amounts: Amounts) -> Found:
    """Kill a worker of `audit`."""
    return worker_killed("SIGKILL of a worker of `audit`", amounts, "audit", "--workers=2")


def parent_killed(amounts: Amounts, *words: str) -> Found:
    """Kill a command at work, and wait for the end of the processes that it had started."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "recording")
        count = copies(path, amounts.notifications * 20)
        with started(*words, path) as process:
            reader_of(path, process.pid)
            children = set(descendants(process.pid))
            process.kill()
            process.wait()
            deadline = time.monotonic() + SECONDS
            while (left := {child for child in children if Path(f"/proc/{child}/fd/0").exists()}) and (
                time.monotonic() < deadline
            ):
                time.sleep(0.01)
    return Found(
        f"SIGKILL of `{' '.join(words)}` itself",
        f"{count:,} notifications, {len(children)} processes below it",
        "the report",
        f"{len(left)} processes left",
    )


@fault("check-parent")
def check_parent(amounts: Amounts) -> Found:
    """Kill `check --jobs`."""
    return parent_killed(amounts, "check", "--jobs=2")


@fault("audit-parent")
def audit_parent(amounts: Amounts) -> Found:
    """Kill `audit`."""
    return parent_killed(amounts, "audit", "--workers=2")


@fault("audit-scheduler")
def audit_scheduler(amounts: Amounts) -> Found:
    """Kill the scheduler of the cluster that `audit --scheduler` uses."""
    dask = (sys.executable, "-m", "distributed.cli.dask_scheduler", "--host=127.0.0.1", "--port=0", "--no-dashboard")
    with TemporaryDirectory() as folder:
        path, where = Path(folder, "recording"), Path(folder, "scheduler.json")
        count = copies(path, amounts.notifications * 20)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen([*dask, f"--scheduler-file={where}"], **quiet) as scheduler:  # type: ignore[call-overload]
            worker = [
                sys.executable,
                "-m",
                "distributed.cli.dask_worker",
                f"--scheduler-file={where}",
                "--no-dashboard",
            ]
            with subprocess.Popen(worker, **quiet) as workers:  # type: ignore[call-overload]
                try:
                    address = addressed(where)
                    with started("audit", "--scheduler", address, path) as process:
                        reader_of(path, workers.pid)
                        scheduler.kill()
                        how = ended(process).how
                finally:
                    workers.terminate()
                    scheduler.kill()
    return Found("SIGKILL of the scheduler of `audit --scheduler`", f"{count:,} notifications", "the report", how)


def addressed(where: Path) -> str:
    """Wait until a scheduler has written down where it is, and return that."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if where.exists() and where.stat().st_size:
            return str(json.loads(where.read_bytes())["address"])
        time.sleep(0.01)
    raise TimeoutError("the scheduler did not start")


def sent_at_once(way: str, what: str, amounts: Amounts) -> Found:
    """Send through one notifier in a way, and compare what was confirmed with what the queue has."""
    each = amounts.notifications // AT_ONCE
    program = SENDER + "".join(f"    {line}\n" for line in SENDERS[way].strip().splitlines())
    with LocalNode() as node:
        command = [sys.executable, "-c", program, node.url, NAME, str(AT_ONCE), str(each)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        ) as process:
            ran = ended(process)
        sent = ran.out.split()
        seen = Counter(waiting(node.url, QUEUE))
    lost = len(set(sent) - seen.keys())
    return Found(
        what,
        f"{AT_ONCE * each:,} notifications, {len(sent):,} confirmed",
        f"{lost} lost, {seen.total() - len(seen)} twice",
        ran.how,
    )


@fault("threads")
def threads(amounts: Amounts) -> Found:
    """Send from threads."""
    return sent_at_once("threads", f"{AT_ONCE} threads send through one notifier", amounts)


@fault("asyncio")
def tasks(amounts: Amounts) -> Found:
    """Send from tasks."""
    return sent_at_once("asyncio", f"{AT_ONCE} asyncio tasks send through one notifier, each in a thread", amounts)


@fault("fork")
def forks(amounts: Amounts) -> Found:
    """Send from children of a fork."""
    what = f"{AT_ONCE - 1} children of `os.fork` and their parent send through one notifier that is connected"
    return sent_at_once("fork", what, amounts)
