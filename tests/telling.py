"""What tells nearly everything, for ``make test``: a few parameters, and some of the random examples.

All of them are for whatever else runs the tests, such as ``make test-all``.
"""

from collections.abc import Container, Iterable
from typing import Any

import pytest

_only_telling = False


def leave_out_the_rest() -> None:
    """Have ``examples`` ask for what is telling only, in test modules that are loaded from now on."""
    global _only_telling  # noqa: PLW0603  # it is a property of the run, told once, before any test is loaded
    _only_telling = True


def telling(values: Iterable[Any], few: Container[Any]) -> list[Any]:
    """Return `values` as parameters, all but a `few` of them marked as exhaustive; a tuple is of several parameters."""
    return [
        value if value in few else _exhaustive(*value if isinstance(value, tuple) else (value,)) for value in values
    ]


def _exhaustive(*parameters: Any) -> Any:
    return pytest.param(*parameters, marks=pytest.mark.exhaustive)


def examples(count: int = 100) -> int:
    """Return how many random examples to draw: `count`, or a fifth where only what is telling runs."""
    return max(count // 5, 10) if _only_telling else count
