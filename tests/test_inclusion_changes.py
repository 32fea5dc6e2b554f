"""Single changes of real contracts, labelled by how they are made: what is said of them is right, and shown."""

from pathlib import Path

import pytest

from notify_contracts._comparison.inclusion import inclusion
from notify_contracts._schema import pointer_text
from notify_contracts.catalog import Catalog, data_folder
from tests import inclusion_changes

CATALOGS = {
    "parcels": Path(__file__).parent / "catalogs" / "parcels",
    "glance-emitted": data_folder() / "glance-emitted",
    "glance-documented": data_folder() / "glance-documented",
}
CONTRACTS = {"parcel.lost-ERROR", "image.upload-INFO"}
"""Those of which ``make test`` asks."""


def _check(change):
    """Check both directions of one change; return how many are decided."""
    decided = 0
    for narrow, wide, is_broken in (
        (change.old, change.new, change.allows_less),
        (change.new, change.old, change.allows_more),
    ):
        found = inclusion(narrow, wide, base=change.example, seconds=20)
        assert not (found.gaps and not is_broken), (change.name, found.gaps)
        assert not (found.is_proved and is_broken), change.name
        decided += bool(found.gaps) or found.is_proved
        for gap in found.gaps:
            assert narrow.opinions(gap.witness) == {True}
            assert wide.opinions(gap.witness) == {False}
        if is_broken and not (change.allows_more and change.allows_less):
            assert any(gap.pointer.startswith(pointer_text(change.pointer)) for gap in found.gaps), change.name
    return decided


def _asked(contracts, one_of):
    decided = [_check(change) for contract in contracts for change in inclusion_changes.changes(contract, one_of)]
    return len(decided), sum(decided)


@pytest.mark.parametrize("name", CATALOGS)
def test_some_changes(name):
    """What is said of a few changes of each catalog is right in both directions, and nothing is left undecided."""
    contracts = [each for each in Catalog(CATALOGS[name]).contracts if each.id in CONTRACTS]
    asked, decided = _asked(contracts, 23)
    assert asked
    assert decided == 2 * asked


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", CATALOGS)
def test_changes(name):
    """Nothing wrong is said of a hundred changes and more of each catalog, and 99 of 100 are decided."""
    asked, decided = _asked(Catalog(CATALOGS[name]).contracts, 5 if name == "parcels" else 47)
    assert asked >= 100
    assert decided >= 0.99 * 2 * asked
