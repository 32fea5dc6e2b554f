"""JSON values that are the same have one key, and no others; nobody can choose keys that Python hashes alike."""

from itertools import product

import pytest

from notify_contracts._schema.equality import alike, same

VALUES = [None, True, False, 0, -0.0, 1, 1.0, 1.5, -1, -2, 2**61, 1e300, 10**300, "1", "0x1", "", [], [1], {}, {"a": 1}]


@pytest.mark.parametrize(("one", "other"), [*product(VALUES, repeat=2)])
def test_keys(one, other):
    """A key is shared by what is the same, within an array and an object, too."""
    assert (alike(one) == alike(other)) == same(one, other)
    assert (alike([{"a": one}]) == alike([{"a": other}])) == same(one, other)


@pytest.mark.parametrize(("one", "other"), [(-1, -2), (-1.0, -2.0), (3, 3 + 2**61 - 1)])
def test_hashes(one, other):
    """What Python hashes alike by itself has keys that it tells apart: of so many arrays all but a few."""
    assert hash(one) == hash(other)
    keys = [alike(array) for array in product([one, other], repeat=8)]
    assert len({hash(key) for key in keys}) > len(keys) // 2
