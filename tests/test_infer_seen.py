"""What is seen at a place does not depend on how many values are looked at together."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notify_contracts._drafting.inference import seen
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


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 1)), min_size=1), min_size=1))
def test_names_that_are_told_apart(monkeypatch, several):
    """Which names are told apart does not depend on the order either: of small objects few, of all some more."""
    limits = {"MOST_KEYS": 2, "_LARGE": 1, "_MOST_KEYS_OF_LARGE": 6}
    for name, value in limits.items():
        monkeypatch.setattr(seen, name, value)
    whole, merged = Seen(), Seen()
    for objects in several:
        whole.take(objects)
    for objects in reversed(several):
        part = Seen()
        part.take(objects)
        merged.merge(part)
    assert _told(whole) == _told(merged)
    objects = [each for part in several for each in part]
    small, names = ({name for each in objects if len(each) <= most for name in each} for most in (1, 8))
    is_told = len(small) <= 2 and len(names) <= 6
    assert (whole.objects.values is None) == is_told
    assert whole.objects.large == (names - small if is_told else set())


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
