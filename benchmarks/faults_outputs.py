"""Outputs on a disk that is full: what was there before stays, what goes elsewhere is whole, and the status says so."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from faulting import EXAMPLE, Amounts, Found, NotTriedError, fault, is_whole, run
from faults_broker import NAME

from notify_contracts.broker import LocalNode
from notify_contracts.catalog import load
from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.emitting.notifier import Notifier

BEFORE = b'{"report": "of yesterday"}\n'


class Output(NamedTuple):
    """A command that writes to a full disk; FULL and WELL stand for a folder on that and one elsewhere."""

    what: str
    words: Sequence[object]


ON_FULL = "--output=FULL/report"
BESIDE = "--report=json:WELL/report"
OUTPUTS = (
    Output("`check --output`", ("check", EXAMPLE, "--format=json", ON_FULL, BESIDE)),
    Output("`check --report`", ("check", EXAMPLE, "--format=json", "--report=html:FULL/report", BESIDE)),
    Output("`audit --output`", ("audit", EXAMPLE, "--format=json", ON_FULL, BESIDE)),
    Output("`catalog export --output`", ("catalog", "export", "--format=markdown", ON_FULL)),
)


@contextmanager
def full_disk() -> Iterator[Path]:
    """Give a folder with a report of yesterday on a disk on which there is no room for a byte more."""
    with TemporaryDirectory() as folder:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True, text=True, check=False
        )
        if mounted.returncode:
            raise NotTriedError(f"no disk to fill: {mounted.stderr.strip() or 'mount failed'}; root may mount one")
        try:
            disk = Path(folder)
            (disk / "report").write_bytes(BEFORE)
            fill(disk)
            yield disk
        finally:
            subprocess.run(["umount", "--lazy", folder], check=False)


def fill(disk: Path) -> None:
    """Take what room there is left."""
    with (disk / "filler").open("ab", buffering=0) as filler:
        while True:
            try:
                filler.write(bytes(1024))
            except OSError:
                return


def kept(disk: Path) -> str:
    """Say what became of the report of yesterday."""
    now = (disk / "report").read_bytes() if (disk / "report").exists() else b""
    return "yesterday's report kept" if now == BEFORE else f"YESTERDAY'S REPORT IS {len(now)} BYTES OF ANOTHER"


@fault("disk-full")
def outputs(_: Amounts) -> Found:
    """Write each kind of report to a full disk, and another report elsewhere."""
    lost, said = [], []
    for output in OUTPUTS:
        with full_disk() as disk, TemporaryDirectory() as well:
            words = [str(word).replace("FULL", str(disk)).replace("WELL", well) for word in output.words]
            ran = run(*words)
            other = Path(well, "report")
            whole = (
                "" if "WELL" not in str(output.words) else ", other whole" if is_whole(other) else ", OTHER NOT WHOLE"
            )
            lost.append(f"{output.what}: {kept(disk)}{whole}")
            said.append(ran.how)
    return Found("reports to a full disk", f"{len(OUTPUTS)} commands", "; ".join(lost), "; ".join(dict.fromkeys(said)))


@fault("disk-full-record")
def recording(amounts: Amounts) -> Found:
    """Fill the disk under `watch --record` on a shared queue: what was not recorded stays in the queue."""
    count = min(amounts.notifications, 2000)
    with LocalNode() as node, full_disk() as disk:
        payload = load().contract("image.delete", "INFO").example()["payload"]
        with Notifier("image.faults", [MessagingDriver(node.url, NAME, [NAME])]) as notifier:
            notifier.notify_many([("image.delete", "INFO", payload)] * count)
        record = disk / "recording"
        (disk / "filler").unlink()
        ran = run("watch", "--url", node.url, "--queue", f"{NAME}.info", "--record", record, "--count", count)
        recorded = sum(line.endswith(b"}\n") for line in record.read_bytes().splitlines(keepends=True))
        left = int(node.rabbitmqctl("list_queues", "messages").split()[-1])
    return Found(
        "disk full under `watch --queue --record`",
        f"{count:,} messages",
        f"{max(0, count - recorded - left)} neither recorded nor left in the queue",
        ran.how,
    )


@fault("disk-full-log")
def log(_: Amounts) -> Found:
    """Have the log driver of `emit` write to a full disk."""
    with open("/dev/full", "wb") as stdout:  # noqa: PTH123 - what is always full
        ran = run("emit", "image.delete", "--example", "--driver", "log", stdout=stdout)
    return Found("disk full under `emit --driver log`", "1 notification", "not written", ran.how)


@fault("disk-full-stderr")
def standard_error(_: Amounts) -> Found:
    """Give `check` a full standard error and an unusable source."""
    with open("/dev/full", "wb") as stderr:  # noqa: PTH123 - what is always full
        ran = run("check", "/no/such/file", stderr=stderr)
    return Found("standard error full", "1 run of `check` that cannot run", "the line", f"status {ran.status}")
