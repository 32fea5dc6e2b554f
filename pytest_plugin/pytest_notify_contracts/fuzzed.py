"""What the fixture ``fuzz_consumer`` gives: hypothesis inside a test that has fixtures of its own."""

from collections.abc import Callable
from typing import Any

import pytest

from notify_contracts.errors import NotifyContractsError
from pytest_notify_contracts.failing import fail
from pytest_notify_contracts.recording import catalog_of


def fuzzing(item: pytest.Item) -> Callable[..., None]:
    """Return what holds a function against all that the contracts of a test allow, and all that breaks them."""

    def fuzz(handle: Callable[[Any], object], event: str = "*", priority: str | None = None, **how: Any) -> None:
        __tracebackhide__ = True
        from notify_contracts.fuzzing import fuzz_consumer

        def test(notification: Any) -> object:
            return handle(notification)

        test.__name__ = test.__qualname__ = item.name  # hypothesis keeps its examples by the name, too
        try:
            fuzzed = fuzz_consumer(catalog_of(item), event, priority, **how)(test)
        except (NotifyContractsError, TypeError) as error:
            fail(str(error))
        fuzzed()

    return fuzz
