"""Summaries as JSON values: what is read back is what was written."""

import json

from hypothesis import given, settings

from notify_contracts._checking.interchange import summary_from, summary_values
from notify_contracts._checking.least import LARGEST
from notify_contracts._checking.summary import Summary
from notify_contracts.model import Location, Notification, Verdict, Violation
from tests.telling import examples
from tests.verdicts import VERDICTS, summarised


@settings(deadline=None, max_examples=examples())
@given(VERDICTS)
def test_round_trip(verdicts):
    """Whatever was counted comes back, and adds up as it did before."""
    summary = summarised(verdicts)
    values = json.loads(json.dumps(summary_values(summary)))
    assert summary_from(values) == summary
    assert summary_values(summary_from(values).merge(Summary())) == values


def test_more_than_it_tells_apart():
    """The counts of what a summary no longer tells apart come back too."""
    summary = summarised(
        Verdict(Notification({"event_type": f"e{number}"}), None, (Violation(f"/{number}", "type", "m"),), None)
        for number in range(LARGEST + 20)
    )
    assert summary_from(summary_values(summary)) == summary


def test_what_is_not_json():
    """An example that JSON cannot carry is left out, and its violation is not."""
    violation = Violation("", "unreadable", "it is not JSON")
    summary = summarised([Verdict(Notification({"payload": object()}), None, (violation,), Location("a", 1))])
    (group,) = json.loads(json.dumps(summary_values(summary)))["groups"]
    assert (group["count"], group["message"], group["example"]["notification"]) == (1, "it is not JSON", None)
