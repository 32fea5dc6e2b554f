"""A test whose function is called again and again with the fixtures of one test: for examples, and in threads."""

from collections.abc import Generator
from typing import Any

import pytest

from pytest_notify_contracts.recorders import SOURCES

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
        from pytest_notify_contracts.examples import with_examples

        return (yield from with_examples(item, handle))
