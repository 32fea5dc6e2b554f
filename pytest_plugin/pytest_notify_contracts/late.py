"""Notifications that come after their test has ended: told apart from the next test's, and kept for a report."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from threading import Lock, current_thread
from typing import Any

import pytest

from notify_contracts._checking import named
from notify_contracts.emitting import Undelivered
from notify_contracts.errors import BrokerError
from notify_contracts.model import Notification, Unreadable
from notify_contracts.testing import Bus, Leftovers, Recorder, Source, Strictness, listening

_PATIENCE = 10.0
_STRICT = (Strictness.STRICT, Strictness.KNOWN)


class Late:
    """Keeps the notifications that tests of this process caused after they had ended."""

    def __init__(self) -> None:
        self._leftovers = Leftovers()
        self._heard = ExitStack()
        self._sources: set[Source] = set()
        self._locations: dict[str, list[Any]] = {}
        self._waiting: list[dict[str, Any]] = []
        self._lock = Lock()
        self._lingering: tuple[pytest.Item, Bus, int, ExitStack] | None = None

    @contextmanager
    def told_apart(self, item: pytest.Item, recorder: Recorder, source: Source) -> Iterator[None]:
        """Record what `source` emits for the test, and listen on for what the threads that it leaves will emit."""

        def take(emitted: Notification | Unreadable | Undelivered) -> None:
            if self._leftovers.owner() is None:
                recorder.take(emitted)

        before = self._leftovers.before()
        with listening(source, take):
            yield
        if recorder.strictness in _STRICT and self._leftovers.after(before, item.nodeid):
            self._locations[item.nodeid] = list(item.location)
            if source not in self._sources:
                self._sources.add(source)
                self._heard.enter_context(listening(source, self._take))

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
        self._heard.close()

    def _take(self, emitted: Notification | Unreadable | Undelivered) -> None:
        test = self._leftovers.owner()
        if test is None:
            return
        what = f"not delivered: {emitted.reason}" if isinstance(emitted, Undelivered) else named(emitted)
        thread = f"thread {current_thread().name!r}, which the test left running, emitted it"
        self._note(test, what, f"{thread}: wait for it in the test")

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
