"""Copies of the parcels catalog with something changed, and what a comparison finds of it."""

import json
from functools import cache
from pathlib import Path
from shutil import copytree

from notify_contracts._comparison import compare
from notify_contracts.catalog import load

PARCELS = Path(__file__).parent / "catalogs" / "parcels"
PARCEL = "payloads/parcel.json"
ACCEPTED = "events/parcel.accepted.json"


@cache
def parcels():
    """Return the catalog that is changed, loaded once."""
    return load(PARCELS)


def changed(folder, changes, name="new"):
    """Return a copy of the parcels in which each function in `changes` has changed the content of its file."""
    root = copytree(PARCELS, folder / name)
    for file, change in changes.items():
        path = root / file
        content = json.loads(path.read_text("utf-8"))
        change(content)
        path.write_text(json.dumps(content), "utf-8")
    return root


def difference(folder, changes, *, back=False):
    """Return what is found between the parcels and a changed copy of them, or from the copy back."""
    sides = parcels(), load(changed(folder, changes))
    return compare(*(sides[::-1] if back else sides))


def told(comparison):
    """Return what breaks, without words: direction, kind, place and keyword."""
    return [(one.direction.value, one.kind.value, one.place, one.keyword) for one in comparison.findings]


def of_kind(kind):
    """Return a change of which kinds of parcels there are."""

    def change(content):
        content["properties"]["kind"]["enum"] += [kind]

    return change


def words(content):
    """Change only words."""
    content["description"] = "Other words."
