"""A class of the conformance kit that pytest does not collect is refused: it would be believed to test something."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.python import PyCollector


def refuse_uncollected(collector: "PyCollector", name: str, obj: type) -> None:
    """Raise CollectError for a class of somebody's tests that is derived from the kit and would not be run.

    One from which another is derived, or whose name begins with an underscore, is a base, and may stay out.
    """
    is_here = obj.__module__ == collector.getparent(pytest.Module).obj.__name__  # type: ignore[union-attr]
    if is_here and getattr(obj, "__test__", True) and not name.startswith("_") and not obj.__subclasses__():
        begin = " or ".join(collector.config.getini("python_classes"))
        raise collector.CollectError(
            f"{name} would not be run: names of classes with tests begin with {begin} (python_classes); "
            f"call it so, or _{name} if it is there to derive from"
        )
