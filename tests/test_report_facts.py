"""What matters is said first, and once: facts of several contracts, and the report on one screen."""

import pytest

from notify_contracts._report.brief import brief
from notify_contracts._report.facts import facts
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.plain import text
from notify_contracts.catalog import load
from notify_contracts.model import Location, Notification, Verdict, Violation
from tests.verdicts import summarised

CATALOG = load("glance-documented")
LACKS = ("/payload/task_id", "required", 'expected "task_id", found no such property')


def _verdict(contract, *violations, number=1):
    found = tuple(Violation(*violation, contract) for violation in violations)
    return Verdict(Notification({}), contract, found, Location("a.log", number))


@pytest.fixture
def summary():
    """Count a fact of two contracts, one of another place, one in other words, and an event type that is unknown."""
    unknown = [
        Verdict(Notification({"event_type": f"a.{n % 4}"}), None, (Violation("/event_type", "unknown-event", "?"),))
        for n in range(9)
    ]
    return summarised(
        [
            _verdict("task.run-INFO", LACKS, ("/payload/id", "additionalProperties", "no"), number=7),
            _verdict("task.success-INFO", LACKS, ("/payload/id", "additionalProperties", "no"), number=3),
            _verdict("image.send-INFO", ("/payload/owner_id", "type", "expected string, found null")),
            _verdict("image.send-ERROR", ("/payload/owner_id", "type", "expected string, found 7")),
            *unknown,
        ]
    )


def test_facts(summary):
    """One place, keyword and message of several contracts is one fact with their sum and the first place of all."""
    found = {fact.broken_at: (fact.group.count, fact.group.example.location) for fact in facts(summary)}
    assert found["task.run-INFO, task.success-INFO /payload/task_id (required)"] == (2, Location("a.log", 3))
    assert len(found) == 5
    assert sum(count for count, _ in found.values()) == summary.violations


def test_unknown_events_are_last(summary):
    """However many are of an event type without a contract, what breaks a contract stands above them."""
    assert facts(summary)[-1].key.keyword == "unknown-event"
    assert text(Outcome(CATALOG, ("a.log",), summary)).count("(required)") == 1


def test_brief(summary):
    """Contracts that are broken alike are a line, with all that is wrong there; sources, totals and problems too."""
    lines = brief(Outcome(CATALOG, ("a.log", "b\x1b.log"), summary, ("c.log: cannot be read",))).splitlines()
    assert lines[0] == "glance-documented 2.0.0: a.log, b\\x1b.log"
    assert lines[1] == "4 x task.run-INFO, task.success-INFO: has unexpected id; lacks task_id (first: a.log, line 3)"
    assert lines[4].startswith("9 x without a contract: a.0, (none); a.1, (none); a.2, (none) and 1 more")
    assert lines[-2] == "problem: c.log: cannot be read"
    assert lines[-1].startswith("13 notifications, 0 conform, 13 do not, 15 violations")


def test_one_screen(run, examples):
    """The demonstration's recording, which breaks the guide's contracts in five ways, is told on one screen."""
    ran = run("check", examples / "glance-33.log", "--format", "brief")
    lines = ran.out.splitlines()
    assert len(lines) <= 20
    assert sum("-INFO" in line for line in lines) == 5


def test_many_lines():
    """What there is no room for is counted."""
    verdicts = [_verdict(f"a.{n:03}-INFO", ("/payload", "type", f"message {n}")) for n in range(40)]
    assert "and 25 violations more" in brief(Outcome(CATALOG, (), summarised(verdicts)))
