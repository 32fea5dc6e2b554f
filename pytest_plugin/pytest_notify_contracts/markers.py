"""The markers of a test that are ours, nearest first; one that would do nothing is refused: it would be believed."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from pytest_notify_contracts.failing import fail
from pytest_notify_contracts.recorders import MARKERS

_ASKED: pytest.StashKey[set[str]] = pytest.StashKey()


def marker_of(item: pytest.Item, name: str) -> pytest.Mark | None:
    """Return the test's marker of that name which is nearest, None if it has none."""
    return next(iter(markers_of(item, name)), None)


def markers_of(item: pytest.Item, name: str) -> list[pytest.Mark]:
    """Return the test's markers of that name that say something, nearest first; fail for two at one place.

    Nearest are those of its parameters, then its function's, its class's, those of the classes that this derives from
    (of which pytest takes the farthest for the nearest), and its module's.
    """
    item.stash.setdefault(_ASKED, set()).add(name)
    found: list[pytest.Mark] = []
    for node in reversed(item.listchain()):
        for where, marks in _places(node):
            said = [mark for mark in marks if mark.name == name and _says(mark)]
            if len(said) > 1:
                fail(f"{where} has {len(said)} markers {name}, of which one would count: say it all in one")
            found += said
        found += [mark for mark in node.own_markers if mark.name == name and _says(mark) and mark not in found]
    return found


def refuse_idle(item: pytest.Item) -> None:
    """Fail a test that has run if a marker of its own says something that nothing has asked after.

    A marker that says nothing is somebody's own, to select tests by. That of a class or module may be for others in it.
    """
    for marker in item.own_markers:
        if marker.name in MARKERS and _says(marker) and marker.name not in item.stash.get(_ASKED, ()):
            _, fixtures = MARKERS[marker.name]
            fail(f"the marker {marker.name} does nothing: ask for {fixtures}, or take it out")


def of_parameters(item: pytest.Item, name: str) -> bool:
    """Return whether a parameter of the test has a marker of that name that says something."""
    return any(mark.name == name and _says(mark) for mark in _marks(getattr(item, "callspec", None), "marks"))


def _says(mark: pytest.Mark) -> bool:
    return bool(mark.args or mark.kwargs)


def _places(node: Any) -> Iterator[tuple[str, Sequence[pytest.Mark]]]:
    """Yield everything on which markers of a node were written, nearest first: what it is called, and its markers."""
    yield f"a parameter of {node.name}", _marks(getattr(node, "callspec", None), "marks")
    thing = getattr(node, "obj", None)
    if isinstance(thing, type):
        for each in thing.__mro__:
            yield each.__name__, _marks(vars(each).get("pytestmark", ()))
    else:
        yield node.name, _marks(thing, "pytestmark")


def _marks(thing: object, name: str = "") -> list[pytest.Mark]:
    """Return the markers that are given, or those in an attribute: one or several, as pytest lets them be written."""
    given: Any = getattr(thing, name, ()) if name else thing
    marks: list[Any] = [*given] if isinstance(given, list | tuple) else [given]
    return [getattr(mark, "mark", mark) for mark in marks]
