"""What is seen at a place does not depend on how many values are looked at together."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify_contracts._drafting.inference.seen import Seen
from notify_contracts._drafting.inference.texts import Texts

TEXTS = st.sampled_from(["", "a", "active", "2026-01-01T00:00:00Z", "7"]) | st.uuids().map(str)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from([0.5, 1.0]) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)


def _told(part):
    """Return all that a part says, as values that can be compared."""
    if isinstance(part, dict):
        return {name: _told(value) for name, value in part.items() if value or not isinstance(part, Counter)}
    if not hasattr(part, "__slots__"):
        return part
    derived = {name: _told(getattr(part, name)) for name in ("forms", "shortest", "longest") if hasattr(part, name)}
    return derived | {name: _told(getattr(part, name)) for name in part.__slots__ if not name.startswith("_")}


ALIKE = st.tuples(TEXTS, st.integers(1, 5)).map(lambda drawn: [drawn[0]] * drawn[1])
MANY = ALIKE | st.lists(VALUES, min_size=1, max_size=30) | st.lists(TEXTS, min_size=1, max_size=100)


@given(st.lists(MANY, min_size=1, max_size=4))
def test_together_and_one_by_one(several):
    """Values that are taken together are counted as if each had been taken by itself, and as parts that are merged."""
    together, one_by_one, merged = Seen(), Seen(), Seen()
    for values in several * 2:  # what came before is counted in another way
        together.take(values)
        part = Seen()
        part.take(values)
        merged.merge(part)
        for value in values:
            one_by_one.take([value])
    assert _told(together) == _told(one_by_one) == _told(merged)


@pytest.mark.parametrize("other", ["{1}", "1}\n{1", "no brackets"])
def test_texts_that_may_hold_line_ends(other):
    """Many texts that were all in brackets so far are each looked at, whatever line ends are in them."""
    taken = Texts()
    taken.take([f"{{{n}}}" for n in range(100)])
    taken.take(["{1}", other, "{2}"])
    assert taken.forms["curly"] == 102 + (other == "{1}")


@given(st.lists(TEXTS.flatmap(lambda text: st.tuples(st.just(text), st.integers(1, 3))), max_size=100))
def test_counts_of_texts(counts):
    """Texts of which it is known how many there are count as if each came."""
    added, taken = Texts(), Texts()
    for text, count in counts:
        added.add({text: count})
        taken.take([text] * count)
    assert _told(added) == _told(taken)
