"""Faults of the broker, and of whoever watches it: what was confirmed is compared with what arrived."""

import json
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from subprocess import DEVNULL, PIPE, CalledProcessError, Popen, run
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import pika
from faulting import Amounts, Ended, Found, NotTriedError, ended, fault, is_whole, started, until
from soak import NAME, Emitter

from notify_contracts.broker import LocalNode
from notify_contracts.capture import Recording
from notify_contracts.model import Notification

PROVIDES = Path(__file__).parent.parent / ".ci" / "provide-rabbitmq4"
QUEUE = f"{NAME}.info"
WATCHED = ("--exchange", NAME, "--topic", NAME, "--queue", NAME, "--create", "--durable", "--catalog", "glance-emitted")
KILLS = 6
RATE = 1000
LAST_SECONDS = 60.0


class Node(Protocol):
    """A broker of one's own, which can be killed and started again with the data that it had."""

    url: str

    def kill(self) -> None:
        """Kill it as SIGKILL does."""

    def start(self) -> Any:
        """Start it again, and return when it answers."""

    def rabbitmqctl(self, *words: str) -> Any:
        """Run a command of its own control."""


class Provided:
    """The RabbitMQ 4 that `.ci/provide-rabbitmq4` starts; it is left running."""

    def __init__(self) -> None:
        self.url = ""

    def start(self) -> None:
        """Start it if it does not run, and return when it answers."""
        self.url = self._script("again").partition("=")[2].splitlines()[0]

    def kill(self) -> None:
        """Kill it as SIGKILL does."""
        self._script("kill")

    def rabbitmqctl(self, *words: str) -> None:
        """Run a command of its own control."""
        self._script("ctl", *words)

    def _script(self, *words: str) -> str:
        try:
            return run([PROVIDES, *words], stdout=PIPE, stderr=DEVNULL, text=True, check=True).stdout
        except CalledProcessError as error:
            raise NotTriedError(f"{PROVIDES.name} {words[0]} ends with status {error.returncode}") from None


@contextmanager
def provided() -> Iterator[Node]:
    """Use the RabbitMQ 4; what a row before this one left in its queue is taken away."""
    node = Provided()
    node.start()
    with pika.BlockingConnection(pika.URLParameters(node.url)) as connection:
        connection.channel().queue_delete(QUEUE)
    yield node


Nodes = Callable[[], AbstractContextManager[Node]]
"""What makes a broker for a row."""


def with_brokers(name: str) -> Callable[[Callable[[Amounts, Nodes], Found]], None]:
    """List a function as a row, and as another one on RabbitMQ 4."""

    def listed(function: Callable[[Amounts, Nodes], Found]) -> None:
        def on_rabbitmq4(amounts: Amounts) -> Found:
            found = function(amounts, provided)
            return replace(found, done=f"RabbitMQ 4: {found.done}")

        fault(name)(lambda amounts: function(amounts, LocalNode))
        fault(f"{name}-rabbitmq4")(on_rabbitmq4)

    return listed


def crash(node: Node) -> None:
    """Kill the broker and start it again."""
    node.kill()
    node.start()


@contextmanager
def emitting(node: Node, rate: int = RATE) -> Iterator[Emitter]:
    """Have an emitter send until the end, or for as long as the block lasts; what it declared survives a crash."""
    emitter = Emitter(node.url, rate)
    emitter.start()
    try:
        emitter.wait_for(1)
        node.rabbitmqctl("eval", "mnesia:sync_log().")  # RabbitMQ may lose a queue that was declared a moment before
        yield emitter
    finally:
        emitter.stopped.set()
        emitter.join()


def waiting(url: str, queue: str) -> Iterator[str]:
    """Take the ids of the notifications that wait in a queue."""
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        left = channel.queue_declare(queue, passive=True).method.message_count
        for _, _, body in channel.consume(queue, auto_ack=True, inactivity_timeout=10) if left else ():
            if body is None:
                return
            yield json.loads(json.loads(body)["oslo.message"])["message_id"]
            left -= 1
            if not left:
                return


@with_brokers("emit")
def broker_under_emit(amounts: Amounts, nodes: Nodes) -> Found:
    """Kill the broker again and again while notifications are sent with confirms."""
    step = amounts.notifications // KILLS
    with nodes() as node:
        with emitting(node) as emitter:
            for number in range(KILLS):
                emitter.wait_for(number * step + 1)
                crash(node)
            emitter.wait_for(amounts.notifications)
        seen = Counter(waiting(node.url, QUEUE))
    sent = set(emitter.sent)
    twice = seen.total() - len(seen)
    return Found(
        f"SIGKILL of the broker {KILLS} times while a driver sends with confirms",
        f"{len(sent):,} notifications confirmed",
        f"{len(sent - seen.keys())} lost, {twice} twice",
        f"`resent` says {emitter.driver.resent}",
    )


class Watchers:
    """A watcher that is started again whenever it ends, until `stop`; what all of them said of notifications."""

    def __init__(self, *words: object) -> None:
        self.starts = 0
        self.heard = threading.Condition()
        self.ids: set[str] = set()
        self._words = words
        self._stopping = False
        self._process: Popen[bytes] | None = None
        self._watching = threading.Event()
        self._last = Ended(None, "", "")
        self._thread = threading.Thread(target=self._supervise, name="supervisor")
        self._thread.start()

    def wait_until_watching(self) -> None:
        """Wait until one is there and watches; what is sent before has no way to the queue."""
        if not self._watching.wait(LAST_SECONDS):
            raise TimeoutError(f"no watcher came up within {LAST_SECONDS:g} s")

    def kill(self) -> None:
        """Kill the one that is there, once it watches."""
        self.wait_until_watching()
        self._watching.clear()
        if self._process is not None:
            self._process.kill()

    def wait_for(self, ids: set[str]) -> None:
        """Wait until all of these were heard, or nothing more is for too long."""
        with self.heard:
            while ids - self.ids and self.heard.wait(LAST_SECONDS):
                pass

    def wait_for_more(self) -> None:
        """Wait until something more is heard: so it is connected again."""
        with self.heard:
            before = len(self.ids)
            if not self.heard.wait_for(lambda: len(self.ids) > before, LAST_SECONDS):
                raise TimeoutError(f"nothing was heard for {LAST_SECONDS:g} s")

    def stop(self) -> Ended:
        """End the one that is there as an operator does, and return how it ended."""
        self.wait_until_watching()
        self._stopping = True
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
        self._thread.join()
        return self._last

    def _supervise(self) -> None:
        while not self._stopping:
            self.starts += 1
            with started("watch", *self._words) as process:
                self._process = process
                listener = threading.Thread(target=self._listen, args=(process,))
                listener.start()
                said = self._said(process)
                listener.join()
                self._last = Ended(process.wait(), "", said)

    def _said(self, process: Popen[bytes]) -> str:
        lines = []
        for line in process.stderr or ():
            lines.append(line.decode(errors="replace"))
            if b": watching " in line:
                self._watching.set()
        return "".join(lines)

    def _listen(self, process: Popen[bytes]) -> None:
        for line in process.stdout or ():
            if line.endswith(b"\n"):
                with self.heard:
                    self.ids.add(json.loads(line)["message_id"])
                    self.heard.notify_all()


@with_brokers("watch")
def broker_under_watch(amounts: Amounts, nodes: Nodes) -> Found:
    """Kill the broker again and again while a watcher takes what an emitter sends."""
    step = amounts.notifications // KILLS
    with nodes() as node:
        watchers = Watchers("--url", node.url, *WATCHED)
        watchers.wait_until_watching()
        with emitting(node) as emitter:
            for number in range(KILLS):
                emitter.wait_for(number * step + 1)
                crash(node)
                watchers.wait_for_more()
            emitter.wait_for(amounts.notifications)
        sent = set(emitter.sent)
        watchers.wait_for(sent)
        last = watchers.stop()
    noted = next((line for line in last.err.splitlines() if "connection was lost" in line), "")
    return Found(
        f"SIGKILL of the broker {KILLS} times under `watch --queue --create --durable`",
        f"{len(sent):,} notifications confirmed",
        f"{len(sent - watchers.ids)} without a verdict",
        f"status {last.status}: `{noted.strip()}`",
    )


@with_brokers("verify")
def broker_under_verify(_: Amounts, nodes: Nodes) -> Found:
    """Kill the broker while the command that verify runs is sending."""
    with nodes() as node, TemporaryDirectory() as folder:
        gate = Path(folder, "gate")
        waits = f"echo here >&2; while [ ! -e {gate} ]; do sleep 0.1; done"
        with started("verify", "--url", node.url, "--exchange", NAME, "--", "sh", "-c", waits) as process:
            until(b"here", process.stderr)
            node.kill()
            gate.touch()
            how = ended(process).how
    return Found("SIGKILL of the broker under `verify -- COMMAND`", "1 run", "nothing is said to be well", how)


@with_brokers("watch-supervised")
def supervised(amounts: Amounts, nodes: Nodes) -> Found:
    """Kill broker and watcher in turn for minutes; a supervisor starts the watcher again on the same recording."""
    random = Random(amounts.seed)
    kills: Counter[str] = Counter()
    with nodes() as node, TemporaryDirectory() as folder:
        recording, report = Path(folder, "recording.jsonl"), Path(folder, "report.json")
        watchers = Watchers("--url", node.url, *WATCHED, "--record", recording, "--report", f"json:{report}")
        watchers.wait_until_watching()
        ends = time.monotonic() + amounts.minutes * 60
        with emitting(node, RATE // 2) as emitter:
            while time.monotonic() < ends:
                # some seconds' worth, so that it happens in the middle of what else goes on
                emitter.wait_for(len(emitter.sent) + random.randrange(100, 4000))
                if random.random() < 0.5:  # noqa: PLR2004 - half of the times it has found its way back
                    watchers.wait_for_more()
                which = random.choice(("broker", "watcher"))
                kills[which] += 1
                if which == "broker":
                    crash(node)
                else:
                    watchers.kill()
        sent = set(emitter.sent)
        watchers.wait_for(sent)
        last = watchers.stop()
        with Recording(recording) as recorded:
            contents = [content for content, _ in recorded]
        whole = is_whole(report)
    seen = Counter(str(each.message_id) for each in contents if isinstance(each, Notification))
    torn = len(contents) - seen.total()
    return Found(
        f"{amounts.minutes:g} minutes of `watch --record --report` under SIGKILLs of the broker ({kills['broker']}) "
        f"and of the watcher ({kills['watcher']}), which a supervisor starts again",
        f"{len(sent):,} notifications confirmed, {watchers.starts} watchers",
        f"{len(sent - seen.keys())} not in the recording; {seen.total() - len(seen)} twice, {torn} lines torn",
        f"last report {'whole' if whole else 'NOT WHOLE'}, status {last.status}; `resent` says {emitter.driver.resent}",
    )
