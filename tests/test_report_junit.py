"""The report as JUnit XML: a test case for each contract and for what has none, as the usual readers take it."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from junitparser import JUnitXml

from notify_contracts._checking.least import LARGEST
from notify_contracts._report.junit import junit
from notify_contracts._report.outcome import Outcome
from notify_contracts.catalog import load
from tests.telling import examples, telling
from tests.verdicts import VERDICTS, summarised

CATALOG = load("glance-documented")
EXPECTED = """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="notify-contracts" tests="7" failures="4" errors="0">
  <testsuite name="parcels 0.3.1" tests="7" failures="4" errors="0" skipped="3">
    <properties>
      <property name="engine" value="jsonschema-rs" />
      <property name="source" value="{path}" />
    </properties>
    <testcase classname="parcels.locker_door.stuck" name="locker_door.stuck-INFO">
      <skipped message="never seen" />
    </testcase>
    <testcase classname="parcels.locker_door.stuck" name="locker_door.stuck-ERROR">
      <skipped message="never seen" />
    </testcase>
    <testcase classname="parcels.parcel.accepted" name="parcel.accepted-INFO">
      <failure message="1 of 3 notifications break it" type="minimum">1 x parcel.accepted-INFO /payload/grams (minimum)
    expected at least 5, found 0
    at: {path}, line 2, message_id 0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de</failure>
    </testcase>
    <testcase classname="parcels.parcel.lost" name="parcel.lost-WARN">
      <failure message="1 of 1 notifications break it" type="anyOf">1 x parcel.lost-WARN /payload/last_seen (anyOf)
    expected IP address of a scanner, or its name such as dock-7, found "a, &lt;b&gt;: 50%"
    at: {path}, line 4, message_id 0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de</failure>
    </testcase>
    <testcase classname="parcels.parcel.lost" name="parcel.lost-ERROR">
      <skipped message="never seen" />
    </testcase>
    <testcase classname="parcels.other" name="without a contract">
      <failure message="1 notifications have no contract" type="unknown-event">1 x /event_type (unknown-event)
    expected an event type of parcels, found "parcel.acepted"; did you mean "parcel.accepted"?
    at: {path}, line 5, message_id 0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de
1 x parcel.acepted, INFO</failure>
    </testcase>
    <testcase classname="parcels.other" name="unreadable">
      <failure message="1 notifications cannot be read" type="unreadable">1 x (unreadable)
    expected a notification (a JSON object), found an array
    at: {path}, line 6</failure>
    </testcase>
    <system-out>6 notifications, 2 conform, 4 do not, 4 violations, 1 unreadable, 2 of 5 contracts seen</system-out>
  </testsuite>
</testsuites>
"""


def _cases(text):
    """Read a report with a common reader: what became of each test case, as messages by its name."""
    suites = JUnitXml.fromstring(text.encode())
    cases = {case.name: case for suite in suites for case in suite}
    kinds = [result.__class__.__name__ for case in cases.values() for result in case.result]
    assert (suites.tests, suites.failures, suites.errors) == (
        len(cases), kinds.count("Failure"), kinds.count("Error"),
    )  # fmt: skip
    return {name: [(type(result).__name__, result.message) for result in case.result] for name, case in cases.items()}


def test_report(broken_parcels, run, parcels):
    """Word for word: what passed, failed or was never seen, and every group with its place in the text of a failure."""
    ran = run("check", broken_parcels, "--catalog", parcels, "--format", "junit")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == EXPECTED.format(path=broken_parcels)


@pytest.mark.parametrize("catalog", ["glance-documented", "glance-emitted"])
@pytest.mark.parametrize(
    "name",
    telling(["glance-33-messagingv2.jsonl", "glance-33-messaging.jsonl", "glance-33.log"], ["glance-33.log"]),
)
def test_recordings(name, catalog, run, examples):
    """Of a recording every contract is one case: failed, passed or skipped as the report for programs counts it."""
    arguments = ("check", examples / name, "--catalog", catalog, "--format")
    cases = _cases(run(*arguments, "junit").out)
    document = json.loads(run(*arguments, "json").out)
    for contract in document["contracts"]:
        passed, failed = contract["passed"], contract["failed"]
        expected = [("Failure", f"{failed} of {passed + failed} notifications break it")] if failed else []
        expected = expected or ([] if passed else [("Skipped", "never seen")])
        assert cases.pop(contract["contract"]) == expected
    without, lost = document["totals"]["without_contract"], document["totals"].get("undelivered", 0)
    others = {
        "without a contract": [("Failure", f"{without} notifications have no contract")] if without else [],
        "lost": [("Failure", f"{lost} notifications were lost")] if lost else [],
    }
    assert cases == {name: case for name, case in others.items() if case}


def test_problems():
    """A problem is an error, and notes and the totals are told."""
    outcome = Outcome(CATALOG, (), summarised([]), ("no.log: \x1b cannot be read",), ("noop: 3 sent",))
    text = junit(outcome)
    assert _cases(text)["problem 1"] == [("Error", "no.log: \\x1b cannot be read")]
    assert "<system-out>noop: 3 sent\n0 notifications, " in text


def test_tolerated(run, broken_parcels, parcels):
    """What has no contract and need not have one is no failure."""
    ran = run("check", broken_parcels, "--catalog", parcels, "--allow-unknown", "--format", "junit")
    assert _cases(ran.out)["without a contract"] == []


def test_more_groups_than_are_listed(run, made, catalog_of):
    """What a summary does not tell apart is a failure of its own, which says where it is told."""
    example = catalog_of("glance-emitted").contract("image.create", "INFO").example()
    lines = [json.dumps(example | {f"x{number:04}": 1}) for number in range(LARGEST + 7)]
    ran = run("check", made("\n".join(lines).encode()), "--catalog", "glance-emitted", "--format", "junit")
    reason = "7 violations in other groups: the report in JSON lines has them"
    assert _cases(ran.out)["other violations"] == [("Failure", reason)]


def _of_one_contract(verdict):
    """Make of an arbitrary verdict one that there can be: its violations are of its contract."""
    return replace(
        verdict, violations=tuple(replace(violation, contract=verdict.contract) for violation in verdict.violations)
    )


@settings(deadline=None, max_examples=examples())
@given(VERDICTS)
def test_anything(verdicts):
    """Whatever was counted, readers take the report, and it has a failure exactly where something was broken."""
    summary = summarised(map(_of_one_contract, verdicts))
    cases = _cases(junit(Outcome(CATALOG, ("a",), summary)))
    failures = {name for name, results in cases.items() if results and results[0][0] == "Failure"}
    assert bool(failures) == (summary.violations > 0)
    known = {contract.id for contract in CATALOG.contracts}
    assert failures & known == summary.failed.keys() & known
