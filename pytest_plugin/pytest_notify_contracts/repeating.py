"""A test whose function hypothesis calls again and again with the fixtures of one test."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

import pytest
from hypothesis.errors import UnsatisfiedAssumption

from pytest_notify_contracts.failing import fail
from pytest_notify_contracts.recorders import RECORDERS, verifying
from pytest_notify_contracts.recording import verified


def with_examples(item: pytest.Item, handle: Any) -> Generator[None, Any, Any]:
    """Have hypothesis find the test's recorders empty for each example, and what each example emits verified.

    `handle` is hypothesis' on the test.
    """
    for recorder in item.stash.get(RECORDERS, ()):  # what the fixtures emitted
        verified(recorder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handle, "inner_test", _anew(handle.inner_test, item))
        try:
            return (yield from verifying(item))
        except pytest.fail.Exception as failure:  # shown by its message alone, and the example is a note
            fail("\n".join([str(failure), *getattr(failure, "__notes__", ())]))


def _anew(test: Callable[..., Any], item: pytest.Item) -> Callable[..., Any]:
    @contextmanager
    def example() -> Iterator[None]:
        for recorder in item.stash.get(RECORDERS, ()):
            recorder.forget()
        given_up = None
        try:
            yield
        except UnsatisfiedAssumption as error:  # what was emitted before counts all the same
            given_up = error
        for recorder in item.stash.get(RECORDERS, ()):
            verified(recorder)
        if given_up is not None:
            raise given_up

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
