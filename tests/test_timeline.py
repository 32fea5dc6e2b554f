"""Timelines: exact counts by time that add up in any order, and stay few however long the time is."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts._checking.timeline import MOST, WIDTHS, Timeline
from tests.telling import examples

TIMES = st.datetimes().map(str) | st.sampled_from(["", "2026-02-30 00:00:00", "2026-11-22T09:32:55+05:00"])
ADDED = st.lists(st.tuples(TIMES, st.sampled_from(["", "image.create-INFO"]), st.integers(1, 5)), max_size=40)


def _timeline(added):
    timeline = Timeline()
    for timestamp, contract, count in added:
        timeline.add(timestamp, contract, count)
    return timeline


@settings(deadline=None, max_examples=examples())
@given(ADDED, ADDED)
def test_parts(first, second):
    """Two timelines, merged either way, are what one pass over everything gives."""
    one, two = _timeline(first), _timeline(second)
    assert one.merge(two) == two.merge(one) == _timeline(second + first)
    assert one.merge(Timeline()) == one


def test_always_few_and_exact():
    """Far apart or close together, there are at most so many spans, and no violation is lost."""
    days = [f"{year}-{month:02}-{day:02} 01:01:01" for year in (2020, 2026) for month in (1, 5) for day in range(1, 29)]
    minutes = [f"2026-11-22 {minute // 60:02}:{minute % 60:02}:30.5" for minute in range(1000)]
    for timestamps in (days, minutes, days + minutes, ["1970-01-01 00:00:00", "9999-12-31 23:59:59"]):
        timeline = _timeline((timestamp, "", 2) for timestamp in timestamps)
        assert len(timeline.counts) <= MOST
        assert sum(span[""] for span in timeline.counts.values()) == 2 * len(timestamps)


def test_as_fine_as_can_be():
    """Spans are minutes as long as these are few enough, and no wider than they need to be."""
    assert _timeline([("2026-11-22 09:32:55.730800", "a", 1), ("2026-11-22T09:33:00Z", "a", 1)]).counts == {
        1795339920: {"a": 1},
        1795339980: {"a": 1},
    }
    minutes = [(f"2026-11-22 {minute // 60:02}:{minute % 60:02}:00", "", 1) for minute in range(MOST + 1)]
    assert (_timeline(minutes[:-1]).width, _timeline(minutes).width) == WIDTHS[:2]


def test_spans_are_joined_whole():
    """Every width is a multiple of the one before, so that no span lies in two wider ones."""
    assert all(wide % narrow == 0 for narrow, wide in pairwise(WIDTHS))


@pytest.mark.parametrize(
    "timestamp",
    [
        None, 7, "", "yesterday", "2026-13-01 00:00:00", "1969-12-31 23:59:59", "2026-11-22T09:32:55+05:00",
        "\u0662\u0660\u0662\u0666-11-22 09:32:55",
    ],
)  # fmt: skip
def test_undated(timestamp):
    """What tells no time in UTC since 1970 is counted apart."""
    assert _timeline([(timestamp, "", 3)]) == Timeline(undated=3)
