"""Parameters of which a few tell nearly everything: these are for ``make test``, all of them for ``make test-all``."""

from collections.abc import Container, Iterable
from typing import Any

import pytest


def telling(values: Iterable[Any], few: Container[Any]) -> list[Any]:
    """Return `values` as parameters, all but a `few` of them marked as exhaustive."""
    return [value if value in few else pytest.param(value, marks=pytest.mark.exhaustive) for value in values]
