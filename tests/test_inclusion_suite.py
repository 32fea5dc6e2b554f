"""Whether one schema allows what another does, in the words of others: a part of their suite of labelled pairs."""

from pathlib import Path

import pytest

from notify_contracts._comparison.inclusion import allowed_by_schema, inclusion
from notify_contracts._untrusted import parse

SUITE = parse(Path(__file__).with_name("containment_suite.json").read_bytes())["pairs"]
# Where the suite is held to be wrong: the pair, its direction, and a value that only the one schema allows.
# Its first kind takes a format for a remark, as a validator may; contracts mean it.
REMARKS = "/format "
HELD_TO_BE_WRONG = {
    ("universal/items 4", 1): [None, None, None, None],
    ("universal/ref 15", 1): {"$ref": "#/anyOf/1/$defs/a_string"},
    ("unsatisfiable/ref 15", 0): {"$ref": "#/allOf/0/$defs/a_string"},
}


def _decided(narrow, wide):
    """Return whether `wide` allows what `narrow` does, None where that is not decided; each witness is judged."""
    found = inclusion(allowed_by_schema(narrow), allowed_by_schema(wide), seconds=20)
    for gap in found.gaps:
        assert allowed_by_schema(narrow).opinions(gap.witness) == {True}
        assert allowed_by_schema(wide).opinions(gap.witness) == {False}
    return True if found.is_proved else False if found.gaps else None


@pytest.mark.parametrize("kind", sorted({name.partition("/")[0] for name in SUITE}))
def test_as_the_suite_says(kind):
    """Of every pair it is decided, and as the suite says, whether each schema allows what the other does."""
    for name, (one, other, *labels) in SUITE.items():
        if not name.startswith(kind) or REMARKS in name:
            continue
        for number, (narrow, wide) in enumerate(((one, other), (other, one))):
            if labels[number] is not None and (name, number) not in HELD_TO_BE_WRONG:
                assert _decided(narrow, wide) is labels[number], (name, number)


@pytest.mark.parametrize(("pair", "value"), HELD_TO_BE_WRONG.items(), ids=lambda each: str(each)[:20])
def test_where_the_suite_is_wrong(pair, value):
    """Where another answer is given than the suite has, a value shows that the suite is wrong."""
    (name, number) = pair
    one, other, *labels = SUITE[name]
    narrow, wide = (one, other) if number == 0 else (other, one)
    assert labels[number] is True
    assert allowed_by_schema(narrow).opinions(value) == {True}
    assert allowed_by_schema(wide).opinions(value) == {False}


def test_formats_are_meant():
    """Where the suite takes a format for a remark, it is meant here: what the engines refuse is not allowed."""
    for name, (one, other, label, _) in SUITE.items():
        if REMARKS in name and "const" in one:
            said = allowed_by_schema(other).opinions(one["const"])
            assert _decided(one, other) is said.pop(), name
            assert not said
            assert label in (True, False)
