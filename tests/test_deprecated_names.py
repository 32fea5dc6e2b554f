"""Tests of names that a release gave up: they work for one more release, with a warning."""

from inspect import getattr_static

import pytest

from notify_contracts import Summary
from notify_contracts._base import RENAMED
from notify_contracts.testing import Bus, Recorder

OWNERS = {"Recorder": Recorder, "Summary": Summary}


@pytest.mark.parametrize("name", RENAMED)
def test_old_names(name):
    """An attribute that was renamed is found under its old name too, with a warning that says the new one."""
    owner, _, attribute = name.partition(".")
    value = OWNERS[owner]()
    with pytest.warns(DeprecationWarning, match=f"{name} is now {RENAMED[name]}"):
        assert getattr(value, attribute) == getattr(value, RENAMED[name])


def test_inherited():
    """A class that inherits a renamed attribute has it under the old name too."""
    bus = object.__new__(Bus)
    assert getattr_static(bus, "forgive", None) is None
    with pytest.warns(DeprecationWarning, match=r"Bus\.forgive is now ignore_violations"):
        assert bus.forgive == bus.ignore_violations


def test_no_such_name():
    """A name that nothing ever had is an AttributeError that says whose it is not."""
    with pytest.raises(AttributeError, match="'Recorder' object has no attribute 'forgave'"):
        _ = Recorder().forgave
