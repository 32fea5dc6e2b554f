"""What happens belongs to the test in which it began: in its fixtures and function, their threads, tasks and jobs.

A context variable says to which. Tasks get it by themselves; `carrying` has threads get it, too.
"""

from collections.abc import Awaitable, Callable, Generator
from contextlib import nullcontext
from contextvars import ContextVar
from functools import wraps
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any
from weakref import ref

import pytest

if TYPE_CHECKING:
    from pytest_notify_contracts.late import Late


class Attempt:
    """One run of a test, which may be run again."""

    def __init__(self, item: pytest.Item) -> None:
        self.test = item.nodeid
        self.location = list(item.location)
        self.is_over = False
        self._mark: Mark | None = Mark(self)
        self._left = ref(self._mark)

    def begin(self) -> None:
        """Have what begins here from now on belong to this attempt."""
        BEGUN.set(self._mark)

    def end(self) -> None:
        """Be over: what begins here from now on belongs to nobody."""
        self.is_over = True
        self._mark = None
        BEGUN.set(None)

    @property
    def is_left(self) -> bool:
        """Whether anything that began in it may still run."""
        return self._left() is not None


class Mark:
    """Stands for an attempt wherever something that began in it runs; when nothing does, it is gone."""

    __slots__ = ("__weakref__", "attempt")

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt


BEGUN: ContextVar[Mark | None] = ContextVar("pytest_notify_contracts", default=None)
"""What begins here belongs to this one's attempt, or to nobody."""


def begun_in() -> Attempt | None:
    """Return the attempt in which what runs now began; None if it began in none."""
    mark = BEGUN.get()
    return None if mark is None else mark.attempt


def _marked(function: Callable[..., Awaitable[Any]], mark: Mark | None) -> Callable[..., Awaitable[Any]]:
    @wraps(function)
    async def marked(*args: Any, **options: Any) -> Any:
        before = BEGUN.get()
        BEGUN.set(mark)
        try:
            return await function(*args, **options)
        finally:
            BEGUN.set(before)

    return marked


ATTEMPT: pytest.StashKey[Attempt] = pytest.StashKey()
LATE: "pytest.StashKey[Late]" = pytest.StashKey()


class Belonging:
    """Tells attempts at tests from each other, and from what has a wider scope; goes around all other hooks."""

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Have what begins from now on belong to this attempt."""
        item.stash[ATTEMPT] = Attempt(item)
        item.stash[ATTEMPT].begin()
        return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Have what begins in a coroutine belong to it, too, if it runs in an older context (AnyIO, unittest)."""
        function = getattr(item, "obj", None)
        if not iscoroutinefunction(function):
            return (yield)
        with pytest.MonkeyPatch.context() as patch:
            marked = _marked(function, BEGUN.get())
            patch.setattr(item, "obj", marked)
            instance = getattr(function, "__self__", None)
            if instance is not None:  # where unittest looks for it
                patch.setattr(instance, getattr(item, "originalname", item.name), marked, raising=False)
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Have the attempt be over; where anything was recorded, it has been since its last fixture was torn down."""
        try:
            return (yield)
        finally:
            item.stash[ATTEMPT].end()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(
        self, fixturedef: "pytest.FixtureDef[Any]", request: pytest.FixtureRequest
    ) -> Generator[None, Any, Any]:
        """Have what begins in a fixture that several tests share belong to nobody, its processes to whoever runs."""
        if fixturedef.scope == "function":
            return (yield)
        mark, late = BEGUN.get(), request.config.stash.get(LATE, None)
        BEGUN.set(None)
        try:
            with nullcontext() if late is None else late.shared():
                return (yield)
        finally:
            BEGUN.set(mark)
