"""Notifications that come after their test has ended: told apart from the next test's, and kept for a report."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from threading import Lock, current_thread
from typing import Any

import pytest

from notify_contracts._checking import named
from notify_contracts.emitting import Emitted, Lost, Undelivered
from notify_contracts.errors import BrokerError
from notify_contracts.testing import Bus, Leftovers, Recorder, Source, Strictness, hear_children, listening
from notify_contracts.wire import FormatVersion
from pytest_notify_contracts.recorders import verified

_PATIENCE = 10.0
_WAIT = "emitted it: wait for it in the test"
_STRICT = (Strictness.STRICT, Strictness.KNOWN)


class Heard:
    """What is heard of one source for a test; its recorder gets all of it, from before there was a recorder, too."""

    def __init__(self) -> None:
        self._recorder: Recorder | None = None
        self._before: list[Emitted] = []
        self._lock = Lock()

    def take(self, emitted: Emitted) -> None:
        """Take what was emitted."""
        with self._lock:
            if self._recorder is None:
                self._before.append(emitted)
            else:
                self._recorder.take(emitted)

    def give(self, recorder: Recorder) -> None:
        """Have everything recorded by `recorder`."""
        with self._lock:
            for emitted in self._before:
                recorder.take(emitted)
            self._recorder = recorder

    @property
    def is_strict(self) -> bool:
        """Whether somebody records, and what is wrong fails the test."""
        return self._recorder is not None and self._recorder.strictness in _STRICT

    def verify(self) -> None:
        """Fail the test for what is wrong and was not said yet."""
        if self._recorder is not None:
            verified(self._recorder)


class Late:
    """Keeps the notifications that tests of this process caused after they had ended."""

    def __init__(self) -> None:
        self._leftovers = Leftovers()
        self._listening = ExitStack()
        self._sources: set[Source] = set()
        self._locations: dict[str, list[Any]] = {}
        self._waiting: list[dict[str, Any]] = []
        self._lock = Lock()
        self._lingering: tuple[pytest.Item, Bus, int, ExitStack] | None = None

    @contextmanager
    def told_apart(self, item: pytest.Item, source: Source, wire: FormatVersion) -> Iterator[Heard]:
        """Hear what `source` emits for the test, and listen on for what the threads that it leaves will emit."""
        heard = Heard()

        def take(emitted: Emitted) -> None:
            if self._leftovers.owner() is None:
                heard.take(emitted)

        def late(emitted: Emitted) -> None:
            if heard.is_strict:
                self._note(item.nodeid, _described(emitted), f"a child process that the test left running {_WAIT}")

        before = self._leftovers.before()
        self._locations[item.nodeid] = list(item.location)
        with listening(source, take, wire, late=late):
            yield heard
        has_left = heard.is_strict and self._leftovers.after(before, item.nodeid)
        if has_left and source not in self._sources:
            self._sources.add(source)
            self._listening.enter_context(listening(source, self._take, wire))
        heard.verify()

    @contextmanager
    def lingering(self, item: pytest.Item, bus: Bus, closing: ExitStack) -> Iterator[None]:
        """Keep the test's bus open after the test until the next one's has ended, and say what comes meanwhile."""
        before = self._leftovers.before()
        with closing:
            yield
            closing = closing.pop_all()
        self._leftovers.after(before, item.nodeid)
        self._stop_lingering()
        if bus.strictness in _STRICT:
            self._locations[item.nodeid] = list(item.location)
            self._lingering = item, bus, len(bus), closing
        else:
            closing.close()

    def pop(self) -> list[dict[str, Any]]:
        """Return the test, its location and a line for each notification that came too late since the last call."""
        hear_children()
        with self._lock:
            waiting, self._waiting = self._waiting, []
        return waiting

    def settle(self) -> None:
        """Wait for the threads that the interpreter would wait for, and take the notifications on the last bus."""
        self._leftovers.join(_PATIENCE)
        self._stop_lingering()

    def close(self) -> None:
        """Settle, and listen no more."""
        self.settle()
        self._listening.close()

    def _take(self, emitted: Emitted) -> None:
        test = self._leftovers.owner()
        if test is None:
            return
        self._note(test, _described(emitted), f"thread {current_thread().name!r}, which the test left running, {_WAIT}")

    def _stop_lingering(self) -> None:
        if self._lingering is None:
            return
        (item, bus, count, closing), self._lingering = self._lingering, None
        with suppress(BrokerError):  # a broker that is gone has nothing more to say
            late = bus[count:]
            closing.close()
            for content in late:
                self._note(item.nodeid, named(content), "it came to the bus of the test: wait for it in the test")

    def _note(self, test: str, what: str, advice: str) -> None:
        message = f"a notification came after its test had ended: {what}\n{advice}"
        with self._lock:
            self._waiting.append({"test": test, "location": self._locations[test], "message": message})


def _described(emitted: Emitted) -> str:
    if isinstance(emitted, Undelivered):
        return f"not delivered: {emitted.reason}"
    return named(emitted.notification if isinstance(emitted, Lost) else emitted)
