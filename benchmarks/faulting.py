"""What the rows of the table of faults share: their list, and commands that are run, stopped and quoted."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

COMMAND = (sys.executable, "-c", "import sys; from notify_contracts.cli import main; sys.exit(main())")
SECONDS = 60.0
"""After which a command is said to hang."""

EXAMPLE = Path(__file__).parent.parent / "examples" / "glance-33-messagingv2.jsonl"
"""A recording in which some violate the contracts of the guide."""

_TEMPORARY = re.compile(r"/[\w./-]*tmp[\w./-]*/")
_LONGEST = 160


class NotTriedError(Exception):
    """Something that the row needs is not here; ``str()`` says what."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row of the table: what was done, how much there was of it, what was lost, and what was said of it."""

    done: str
    much: str
    lost: str
    said: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much of it: minutes under fire, notifications that are sent or written, hostile lines; and the seed."""

    minutes: float
    notifications: int
    lines: int
    seed: int = 1


Fault = Callable[[Amounts], Found]
FAULTS: dict[str, Fault] = {}


def fault(name: str) -> Callable[[Fault], Fault]:
    """List a function as the row `name`, in the order in which they are defined."""

    def listed(function: Fault) -> Fault:
        FAULTS[name] = function
        return function

    return listed


class Ended(NamedTuple):
    """How a command ended; the status is None of one that had to be killed."""

    status: int | None
    out: str
    err: str

    @property
    def how(self) -> str:
        """The status, and the line in which the command says what went wrong."""
        if self.status is None:
            return f"hung for {SECONDS:g} s"
        lines = [line for line in self.err.splitlines() if line.startswith("notify-contracts: ")]
        telling = [line for line in lines if not line.startswith("notify-contracts: watching ")]
        return f"status {self.status}{quoted(telling[-1]) if telling else ''}"


def quoted(line: str) -> str:
    """Return a line for a cell of the table, without what differs from run to run."""
    text = line.removeprefix("notify-contracts: ").replace("`", "'").replace("|", "/")
    text = re.sub(r"amqp://\S+", "URL", _TEMPORARY.sub("", text))
    return f": `{text[: _LONGEST - 1]}…`" if len(text) > _LONGEST else f": `{text}`"


@contextmanager
def started(*words: object, **streams: Any) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a command, and kill it in the end if it is still there."""
    streams = dict.fromkeys(("stdout", "stderr"), subprocess.PIPE) | streams
    with subprocess.Popen([*COMMAND, *map(str, words)], **streams) as process:
        try:
            yield process
        finally:
            process.kill()


def ended(process: "subprocess.Popen[bytes]") -> Ended:
    """Wait for the end of a command, or end it where it hangs."""
    try:
        out, err = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        if os.getpgid(process.pid) == process.pid:  # with its children, which hold its pipes open
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        out, err = process.communicate()
        return Ended(None, (out or b"").decode(errors="replace"), (err or b"").decode(errors="replace"))
    return Ended(process.returncode, (out or b"").decode(errors="replace"), (err or b"").decode(errors="replace"))


def run(*words: object, **streams: Any) -> Ended:
    """Run a command to its end."""
    with started(*words, **streams) as process:
        return ended(process)


def until(word: bytes, stream: IO[bytes] | None) -> bytes:
    """Read lines up to one that holds `word`, and return that; raise EOFError if it does not come."""
    assert stream is not None
    for line in stream:
        if word in line:
            return line
    raise EOFError(f"no line with {word!r}")


def copies(path: Path, notifications: int) -> int:
    """Write the example again and again, until there are so many notifications; return how many there are."""
    lines = EXAMPLE.read_bytes().splitlines(keepends=True)
    times = -(-notifications // len(lines))
    with path.open("wb") as file:
        for _ in range(times):
            file.writelines(lines)
    return times * len(lines)


def descendants(pid: int) -> Iterator[int]:
    """Yield the ids of a process's children, and of theirs."""
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, tasks.read_text().split()):
                yield child
                yield from descendants(child)


def reader_of(path: Path, pid: int) -> int:
    """Wait until a process below `pid` has a file open, and return its id."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        for process in descendants(pid):
            with suppress(OSError):
                if any(each.readlink() == path for each in Path(f"/proc/{process}/fd").iterdir()):
                    return process
        time.sleep(0.005)
    raise TimeoutError(f"no process below {pid} has opened {path}")


def totals(report: Path) -> dict[str, int]:
    """Return what a report in JSON has counted, nothing if there is none."""
    return dict(json.loads(report.read_bytes())["totals"]) if is_whole(report) else {}


def is_whole(path: Path) -> bool:
    """Return whether a report in JSON stands there to its end."""
    try:
        return isinstance(json.loads(path.read_bytes()), dict)
    except (OSError, ValueError):
        return False
