"""Notifications that come after their test has ended: told apart from the next test's, and kept for a report."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from functools import partial
from threading import Lock, current_thread
from typing import TYPE_CHECKING, Any, get_args

from notify_contracts._checking import named
from notify_contracts._untrusted import printable
from notify_contracts.emitting import Emitted, Lost, Undelivered
from notify_contracts.errors import BrokerError
from notify_contracts.testing import Recorder, Source, Strictness, hear_children, listening
from notify_contracts.wire import FormatVersion
from pytest_notify_contracts.belonging import Attempt, begun_in
from pytest_notify_contracts.carrying import carrying, join
from pytest_notify_contracts.recording import verified

if TYPE_CHECKING:
    from notify_contracts.testing import Bus

_PATIENCE = 10.0
_WAIT = "emitted it: wait for it in the test"
_STRICT = (Strictness.STRICT, Strictness.KNOWN)


class Heard:
    """What is heard of one source for a test; its recorder gets all of it, from before there was a recorder, too.

    Once it is verified, `late` is called with what comes all the same.
    """

    def __init__(self, late: Callable[[Emitted], None]) -> None:
        self._recorder: Recorder | None = None
        self._before: list[Emitted] = []
        self._lock = Lock()
        self._late = late
        self._is_verified = self._was_strict = False

    def take(self, emitted: Emitted) -> None:
        """Take what was emitted."""
        with self._lock:
            if self._is_verified:
                self._late(emitted)
            elif self._recorder is None:
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
        """Whether somebody records, or did, and what is wrong fails the test."""
        return self._was_strict if self._recorder is None else self._recorder.strictness in _STRICT

    def verify(self) -> None:
        """Fail the test for what is wrong and was not said yet; let go of what was recorded, as sessions are long."""
        with self._lock:
            self._is_verified, self._was_strict = True, self.is_strict
            recorder, self._recorder = self._recorder, None
        if recorder is not None:
            verified(recorder)


class Late:
    """Keeps the notifications that tests of this process caused after they had ended."""

    def __init__(self, wire: FormatVersion) -> None:
        self._wire = wire
        self._carrying = ExitStack()
        self._carrying.enter_context(carrying(self._shared))
        self._open: list[tuple[Source, Heard]] = []
        self._unshared: tuple[Source, ...] = get_args(Source)  # one fixture is set up within another
        self._left: list[tuple[Attempt, ExitStack]] = []
        self._waiting: list[dict[str, Any]] = []
        self._lock = Lock()
        self._lingering: tuple[Attempt, Bus, int, ExitStack] | None = None

    def shared(self) -> AbstractContextManager[None]:
        """Have whatever test runs hear what processes emit that begin meanwhile: several tests use them."""
        return nullcontext() if self._open else self._shared()

    @contextmanager
    def told_apart(self, attempt: Attempt, source: Source) -> Iterator[Heard]:
        """Hear what `source` emits for a test, and listen on while anything that began in it may still run."""

        def late(emitted: Emitted) -> None:
            if heard.is_strict:
                self._note(attempt, _described(emitted), f"{_what_runs()}, which the test left running, {_WAIT}")

        def late_in_child(emitted: Emitted) -> None:
            if heard.is_strict:
                self._note(attempt, _described(emitted), f"a child process that the test left running {_WAIT}")

        heard = Heard(late)
        wire = self._wire
        with (
            self._opened(source, heard),
            listening(source, heard.take, wire, late=late_in_child, mine=lambda: begun_in() in (None, attempt)),
        ):
            yield heard
            attempt.end()
            if heard.is_strict and attempt.is_left:
                closing = ExitStack()
                left = listening(source, late, wire, mine=lambda: begun_in() is attempt, forks_only=True)
                closing.enter_context(left)
                self._left.append((attempt, closing))
        self._forget_what_ended()
        heard.verify()

    @contextmanager
    def lingering(self, attempt: Attempt, bus: "Bus", closing: ExitStack) -> Iterator[None]:
        """Keep the test's bus open after the test until the next one's has ended, and say what comes meanwhile."""
        with closing:
            yield
            closing = closing.pop_all()
        self._stop_lingering()
        with suppress(BrokerError):  # which was said
            if bus.strictness in _STRICT:
                self._lingering = attempt, bus, len(bus), closing
                return
        closing.close()

    def pop(self) -> list[dict[str, Any]]:
        """Return the test, its location and a line for each notification that came too late since the last call."""
        hear_children()
        with self._lock:
            waiting, self._waiting = self._waiting, []
        return waiting

    def settle(self) -> None:
        """Wait for the threads that the interpreter would wait for, and take the notifications on the last bus."""
        join(_PATIENCE)
        self._stop_lingering()

    def close(self) -> None:
        """Settle, and listen no more."""
        self.settle()
        for _, closing in self._left:
            closing.close()
        self._carrying.close()

    @contextmanager
    def _opened(self, source: Source, heard: Heard) -> Iterator[None]:
        self._open.append((source, heard))
        try:
            yield
        finally:
            self._open.remove((source, heard))

    @contextmanager
    def _shared(self) -> Iterator[None]:
        sources, self._unshared = self._unshared, ()
        with ExitStack() as stack:
            stack.callback(setattr, self, "_unshared", sources)
            for source in sources:
                hear = partial(self._hear_shared, source)
                stack.enter_context(listening(source, _pass_over, self._wire, late=hear, is_shared=True))
            yield

    def _hear_shared(self, source: Source, emitted: Emitted) -> None:
        for listened, heard in tuple(self._open):
            if listened == source:
                heard.take(emitted)

    def _forget_what_ended(self) -> None:
        left, self._left = self._left, []
        for attempt, closing in left:
            if attempt.is_left:
                self._left.append((attempt, closing))
            else:
                closing.close()

    def _stop_lingering(self) -> None:
        if self._lingering is None:
            return
        (attempt, bus, count, closing), self._lingering = self._lingering, None
        with suppress(BrokerError):  # a broker that is gone has nothing more to say
            late = bus[count:]
            closing.close()
            for content in late:
                self._note(attempt, named(content), "it came to the bus of the test: wait for it in the test")

    def _note(self, attempt: Attempt, what: str, advice: str) -> None:
        self.note(attempt, f"a notification came after its test had ended: {what}\n{advice}")

    def note(self, attempt: Attempt, message: str) -> None:
        """Have a message reported against a test whose own report cannot bear it."""
        with self._lock:
            self._waiting.append({"test": attempt.test, "location": attempt.location, "message": message})


def _pass_over(_emitted: Emitted) -> None:
    """Pass over what is emitted while something that several tests use is set up: it is of no test."""


def _what_runs() -> str:
    if "asyncio" in sys.modules:
        from asyncio import current_task

        with suppress(RuntimeError):  # no loop runs here
            task = current_task()
            return "a callback" if task is None else f"task {printable(repr(task.get_name()))}"
    return f"thread {current_thread().name!r}"


def _described(emitted: Emitted) -> str:
    if isinstance(emitted, Undelivered):
        return f"not delivered: {emitted.reason}"
    return named(emitted.notification if isinstance(emitted, Lost) else emitted)
