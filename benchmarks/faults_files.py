"""Files that change while they are read or written, and what no service has written."""

import gzip
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from faulting import EXAMPLE, Amounts, Found, copies, ended, fault, run, started
from faults_broker import NAME

from notify_contracts.broker import LocalNode
from notify_contracts.catalog import load
from notify_contracts.drivers.messaging import MessagingDriver
from notify_contracts.emitting.notifier import Notifier


class Change(NamedTuple):
    """What happens to a file while it is read, and what that is called."""

    what: str
    happens: Callable[[Path], None]


def cut(path: Path) -> None:
    """Cut the file to its half."""
    os.truncate(path, path.stat().st_size // 2)


def append(path: Path) -> None:
    """Append to the file."""
    with path.open("ab") as file:
        file.write(EXAMPLE.read_bytes())


def rotate(path: Path) -> None:
    """Give the file another name, and its name to a new one."""
    path.rename(path.with_name("recording.1"))
    path.write_bytes(EXAMPLE.read_bytes())


def while_read(change: Change, amounts: Amounts) -> Found:
    """Let something happen to a file of which the first verdict has been written, and the last cannot have been."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "recording")
        count = copies(path, amounts.notifications)
        with started("check", "--jobs=1", "--format=jsonl", path) as process:
            assert process.stdout is not None
            verdicts = int(process.stdout.readline().startswith(b"{"))
            change.happens(path)  # the pipe is full by now: it waits for us
            verdicts += sum(1 for _ in process.stdout)
            how = ended(process).how
    return Found(
        f"a file {change.what} while `check` reads it", f"{count:,} notifications", f"{verdicts:,} verdicts", how
    )


@fault("file-cut")
def file_cut(amounts: Amounts) -> Found:
    """Cut it."""
    return while_read(Change("cut", cut), amounts)


@fault("file-appended")
def file_appended(amounts: Amounts) -> Found:
    """Append to it."""
    return while_read(Change("appended to", append), amounts)


@fault("file-rotated")
def file_rotated(amounts: Amounts) -> Found:
    """Rotate it."""
    return while_read(Change("rotated", rotate), amounts)


@fault("recording-rotated")
def recording_rotated(amounts: Amounts) -> Found:
    """Rotate the recording of a watch."""
    half = amounts.notifications // 2
    payload = load().contract("image.delete", "INFO").example()["payload"]
    events: list[tuple[str, str, object]] = [("image.delete", "INFO", payload)] * half
    with LocalNode() as node, TemporaryDirectory() as folder:
        path = Path(folder, "recording")
        queue = f"{NAME}.info"
        with Notifier("image.faults", [MessagingDriver(node.url, NAME, [NAME])]) as notifier:
            notifier.notify_many(events)
            with started(
                "watch", "--url", node.url, "--queue", queue, "--record", path, "--count", 2 * half
            ) as process:
                assert process.stdout is not None
                for _ in range(half):
                    process.stdout.readline()
                path.rename(path.with_name("recording.1"))
                notifier.notify_many(events)
                how = ended(process).how
        lines = [line for each in Path(folder).iterdir() for line in each.read_bytes().splitlines()]
    return Found(
        "the recording rotated under `watch --record`",
        f"{2 * half:,} notifications",
        f"{2 * half - len(lines)} lost: it goes on in the file that it has open",
        how,
    )


def mutated(random: Random, lines: list[bytes]) -> bytes:
    """Return a line that somebody has tampered with."""
    line = bytearray(random.choice(lines) or b" ")
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(line))
        end = min(len(line), at + random.choice((0, 1, 1, 2, 8, 200)))
        line[at:end] = random.choice(
            (b"", b'"', b"\\", b"{", b"}", b"[", b"\xff", b"\0", b"9" * 40, bytes([random.randrange(256)]))
        )
        line = line or bytearray(b" ")
    return bytes(line).replace(b"\n", b" ") + b"\n"


def forms(random: Random) -> Iterator[tuple[str, Callable[[int], bytes]]]:
    """Yield every form of a recording, with a function that makes one of so many hostile lines."""
    recorded = EXAMPLE.read_bytes().splitlines()
    bare = EXAMPLE.with_name("glance-33-messaging.jsonl").read_bytes().splitlines()
    logged = EXAMPLE.with_name("glance-33.log").read_bytes().splitlines()
    spread = json.dumps([json.loads(line) for line in bare[:50]], indent=1).encode().splitlines()

    def of(lines: list[bytes]) -> Callable[[int], bytes]:
        return lambda count: b"".join(mutated(random, lines) for _ in range(count))

    yield "messages", of(recorded)
    yield "notifications", of(bare)
    yield "log", of(logged)
    yield "array", lambda count: b"[" + b",".join(mutated(random, bare) for _ in range(count)) + b"]"
    yield "spread", of(spread)
    yield "gzip", lambda count: gzip.compress(of(recorded)(count), 1)


@fault("hostile")
def hostile(amounts: Amounts) -> Found:
    """Check lines in every form that somebody has tampered with: each run must end, and without a traceback."""
    random = Random(amounts.seed)
    portion = min(20_000, -(-amounts.lines // 6))
    counted, faults = 0, []
    with TemporaryDirectory() as folder:
        path = Path(folder, "recording")
        while counted < amounts.lines:
            for form, make in forms(random):
                path.write_bytes(make(portion))
                ran = run("check", "--jobs=1", "--format=json", path)
                counted += portion
                with suppress(ValueError):
                    json.loads(ran.out)
                    if ran.status in (0, 1, 2) and "Traceback" not in ran.err:
                        continue
                faults.append(f"{form}: {ran.how}")
    return Found(
        "tampered lines: messages, notifications, logs, arrays, objects over many lines, gzip",
        f"{counted:,} lines",
        f"{len(faults)} crashes or hangs",
        "; ".join(dict.fromkeys(faults)) or "a report each, status 1 or 2",
    )
