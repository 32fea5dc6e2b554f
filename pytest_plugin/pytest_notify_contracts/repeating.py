"""A test whose function is called again and again with the fixtures of one test: for examples, and in threads."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any

import pytest

from pytest_notify_contracts.failing import fail
from pytest_notify_contracts.recorders import RECORDERS, SOURCES, verified

if TYPE_CHECKING:
    from notify_contracts.testing import Recorder

_RECORDING = (*SOURCES, "bus")
_PARALLEL = "run-parallel"


_ALONE = (
    pytest.mark.thread_unsafe(reason="all threads would share its recorder of notifications"),
    pytest.mark.iterations(1),
)
"""How pytest-run-parallel is told to call a test once."""


class Repeating:
    """Sees to it that what one call emits is not taken for another's."""

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Have pytest-run-parallel call a test that has a recorder only once, in one thread."""
        if set(_RECORDING) & set(getattr(item, "fixturenames", ())) and item.config.pluginmanager.hasplugin(_PARALLEL):
            for marker in _ALONE:
                item.add_marker(marker)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Have hypothesis find the test's recorders empty for each example, and what each example emits verified."""
        handle = getattr(getattr(item, "obj", None), "hypothesis", None)
        if handle is None:
            return (yield)
        for recorder in _recorders(item):  # what the fixtures emitted
            verified(recorder)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(handle, "inner_test", _anew(handle.inner_test, item))
            try:
                return (yield)
            except pytest.fail.Exception as failure:  # shown by its message alone, and the example is a note
                fail("\n".join([str(failure), *getattr(failure, "__notes__", ())]))


def _recorders(item: pytest.Item) -> "list[Recorder]":
    recorders = item.stash.get(RECORDERS, None)
    return [] if recorders is None else list(recorders)


def _anew(test: Callable[..., Any], item: pytest.Item) -> Callable[..., Any]:
    @contextmanager
    def example() -> Iterator[None]:
        for recorder in _recorders(item):
            recorder.forget()
        yield
        for recorder in _recorders(item):
            verified(recorder)

    if iscoroutinefunction(test):

        @wraps(test)
        async def coroutine(*args: Any, **options: Any) -> Any:
            __tracebackhide__ = True
            with example():
                return await test(*args, **options)

        return coroutine

    @wraps(test)
    def function(*args: Any, **options: Any) -> Any:
        __tracebackhide__ = True
        with example():
            return test(*args, **options)

    return function
