"""Summaries: exact counts that add up, whoever counted, in whatever order, however many keys the input chooses."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts._checking import least
from notify_contracts._checking.least import LARGEST
from notify_contracts._checking.summary import Summary
from notify_contracts.model import Location, Notification, Unreadable, Verdict, Violation
from tests.verdicts import VERDICTS, summarised


@pytest.fixture(autouse=True)
def largest(request):
    """Let a summary tell three groups apart, so that short examples go beyond it, unless a test says how many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(least, "LARGEST", getattr(request, "param", 3))
        yield least.LARGEST


laws = settings(deadline=None, max_examples=60)


@laws
@given(VERDICTS)
def test_neutral(verdicts):
    """An empty summary adds nothing, on either side."""
    summary = summarised(verdicts, skipped=3)
    assert Summary().merge(summary) == summary == summary.merge(Summary())


@laws
@given(VERDICTS, VERDICTS)
def test_commutative(first, second):
    """It does not matter who comes first."""
    assert summarised(first).merge(summarised(second)) == summarised(second).merge(summarised(first))


@laws
@given(VERDICTS, VERDICTS, VERDICTS)
def test_associative(first, second, third):
    """It does not matter what is added up first."""
    one, two, three = map(summarised, (first, second, third))
    assert one.merge(two).merge(three) == one.merge(two.merge(three))


@laws
@given(st.lists(VERDICTS, max_size=5), st.randoms(use_true_random=False))
def test_parts(parts, random):
    """One pass over everything is the same as the parts, merged in any order, the verdicts of each in any order."""
    at_once = summarised([verdict for part in parts for verdict in part], skipped=len(parts))
    random.shuffle(parts)
    merged = Summary()
    for part in parts:
        random.shuffle(part)
        merged = merged.merge(summarised(part, skipped=1))
    assert merged == at_once


@laws
@given(VERDICTS)
def test_exact_counts(verdicts):
    """Every total is exact, however many groups there are."""
    summary = summarised(verdicts)
    assert summary.notifications == len(verdicts)
    assert summary.conforming == sum(verdict.conforms for verdict in verdicts)
    assert summary.violations == sum(len(verdict.violations) for verdict in verdicts)
    assert summary.unreadable == sum(isinstance(verdict.content, Unreadable) for verdict in verdicts)


@laws
@given(VERDICTS, VERDICTS)
def test_merging_changes_nothing(first, second):
    """Merging returns a new summary and leaves both as they were, and a summary survives the way between processes."""
    one, two = summarised(first), summarised(second)
    one.merge(two).merge(one)
    assert (one, two) == (summarised(first), summarised(second))
    assert pickle.loads(pickle.dumps(one)) == one


@pytest.mark.parametrize("largest", [3, LARGEST], indirect=True)
def test_few_groups_are_kept(largest):
    """Of more groups than it tells apart a summary keeps the smallest, and the count of the rest."""
    verdicts = [
        Verdict(Notification({"event_type": f"e{number:05}"}), None, (Violation(f"/n{number:05}", "type", "m"),), None)
        for number in range(largest + 50)
    ]
    summary = summarised(reversed(verdicts))
    assert [key.pointer for key in sorted(summary.groups)] == [f"/n{number:05}" for number in range(largest)]
    assert (summary.other_violations, summary.other_pairs_without_contract) == (50, 50)
    assert (summary.violations, summary.notifications) == (largest + 50, largest + 50)
    assert summary.merge(summary).violations == 2 * (largest + 50)


def test_example_is_the_first():
    """The example of a group is the first by source and place, whenever it was added."""
    places = [Location("b", 1), Location("a", 10), Location("a", 9)]
    violation = Violation("/payload", "type", "expected text, found null", "image.create-INFO")
    summary = summarised(Verdict(Notification({}), "image.create-INFO", (violation,), place) for place in places)
    (group,) = summary.groups.values()
    assert (group.count, group.example.location) == (3, Location("a", 9))


def test_keys_are_fit_to_print():
    """What the input calls its event types and properties is made printable and short."""
    verdict = Verdict(
        Notification({"event_type": "\x1b" * 5000, "priority": None}),
        None,
        (Violation("/\n" + "a" * 5000, "type", "m"),),
    )
    summary = summarised([verdict])
    ((event_type, priority),) = summary.pairs_without_contract
    ((_, pointer, _, _),) = summary.groups
    assert all(text.isprintable() and len(text) <= 200 for text in (event_type, priority, pointer))
