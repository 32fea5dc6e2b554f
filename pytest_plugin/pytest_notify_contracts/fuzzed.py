"""The fixture ``fuzz_consumer``: hypothesis inside a test that has fixtures of its own."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def fuzz_consumer(request: pytest.FixtureRequest) -> "Callable[..., None]":
    """Hold a function that handles a notification against all that its contracts allow, and all that breaks them.

    The catalog is the test's; everything else is as for ``notify_contracts.fuzzing.fuzz_consumer``.
    """
    from notify_contracts.errors import NotifyContractsError
    from pytest_notify_contracts.failing import fail
    from pytest_notify_contracts.recorders import catalog_of

    def fuzz(handle: "Callable[[Any], object]", event: str = "*", priority: str | None = None, **how: Any) -> None:
        __tracebackhide__ = True
        from notify_contracts.fuzzing import fuzz_consumer

        def test(notification: Any) -> object:
            return handle(notification)

        test.__name__ = test.__qualname__ = request.node.name  # hypothesis keeps its examples by the name, too
        try:
            fuzzed = fuzz_consumer(catalog_of(request.node), event, priority, **how)(test)
        except (NotifyContractsError, TypeError) as error:
            fail(str(error))
        fuzzed()

    return fuzz
