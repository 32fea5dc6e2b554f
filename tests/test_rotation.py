"""A file that is renamed, replaced or cut while it is read: all of it is checked, or an error says that it was not."""

import json

import pytest

from notify_contracts._checking import ABOUT_EVERYTHING, Checking
from notify_contracts._checking.parallel import Pool
from notify_contracts.capture import Recording
from notify_contracts.catalog import load
from notify_contracts.errors import SourceError

CATALOG = load("glance-emitted")
GOOD = json.dumps(CATALOG.contract("image.create", "INFO").example()).encode() + b"\n"
MANY = 3000
OTHER = (b"{}".ljust(len(GOOD) - 1) + b"\n") * MANY


def _counted(results):
    return sum(result.summary.notifications for result in results if result.summary is not None)


def _while_it_is_read(path, change):
    """Return how many notifications two processes find in a file that is changed meanwhile."""
    with Pool([str(path)], Checking(CATALOG, ABOUT_EVERYTHING, None), 2) as shared:
        results = shared.results()
        first = next(results)
        change()
        return _counted([first, *results])


@pytest.fixture
def small_parts(parts):
    """Have files cut into many parts."""
    parts(20 * len(GOOD))


@pytest.mark.usefixtures("small_parts")
def test_rotated_file(made, tmp_path):
    """What has the name of a rotated file is not what is read on."""
    path = made(GOOD * MANY)

    def rotate():
        path.rename(tmp_path / "old")
        path.write_bytes(b"{}\n")

    assert _while_it_is_read(path, rotate) == MANY


@pytest.mark.usefixtures("small_parts")
def test_removed_file(made):
    """A file that is removed meanwhile is read to its end."""
    path = made(GOOD * MANY)
    assert _while_it_is_read(path, path.unlink) == MANY


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("left", [b"", GOOD * 10, OTHER], ids=["empty", "short", "written anew"])
def test_cut_file(left, made):
    """A file that is cut, or cut and written anew, is an error that names it."""
    path = made(GOOD * MANY)
    with pytest.raises(SourceError, match=r"recording.*was cut while it was read"):
        _while_it_is_read(path, lambda: path.write_bytes(left))


@pytest.mark.parametrize("left", [b"", GOOD, OTHER], ids=["empty", "short", "written anew"])
def test_cut_file_alone(left, made):
    """So it is for one process."""
    path = made(GOOD * MANY)
    with Recording(path) as recording:
        found = iter(recording)
        next(found)
        path.write_bytes(left)
        with pytest.raises(SourceError, match="was cut while it was read"):
            list(found)


def test_growing_file(made):
    """A file to which somebody adds is no error."""
    path = made(GOOD * MANY)
    with Recording(path) as recording:
        found = iter(recording)
        next(found)
        with path.open("ab") as more:
            more.write(GOOD)
        assert sum(1 for _ in found) >= MANY - 1
