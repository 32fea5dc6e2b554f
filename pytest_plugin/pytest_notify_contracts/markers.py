"""A marker of ours that no fixture of its test has asked after is refused: it would be believed to do something."""

import pytest

from pytest_notify_contracts.failing import fail

_ASKED: pytest.StashKey[set[str]] = pytest.StashKey()
_FIXTURES = {"contracts": "contract or notification_contracts", "notifications": "a recorder such as notifications"}


def marker_of(item: pytest.Item, name: str) -> pytest.Mark | None:
    """Return the test's marker of that name which is nearest, None if it has none."""
    item.stash.setdefault(_ASKED, set()).add(name)
    return item.get_closest_marker(name)


def refuse_idle(item: pytest.Item) -> None:
    """Fail a test that has run if a marker of its own says something that nothing has asked after.

    A marker that says nothing is somebody's own, to select tests by. That of a class or module may be for others in it.
    """
    for marker in item.own_markers:
        says = marker.name in _FIXTURES and (marker.args or marker.kwargs)
        if says and marker.name not in item.stash.get(_ASKED, ()):
            fail(f"the marker {marker.name} does nothing: ask for {_FIXTURES[marker.name]}, or take it out")
