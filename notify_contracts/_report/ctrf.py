"""The report in the Common Test Report Format: the test cases of JUnit's report, as JSON.

Source: "CTRF JSON Schema", ``schema/ctrf.schema.json`` of ctrf-io/ctrf.
"""

from typing import Any

from notify_contracts._report.junit import Case, cases_of
from notify_contracts._report.matrix import named
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.shared_lines import closing, remarks
from notify_contracts._untrusted import dump, printable

_STATUSES = {"": "passed", "failure": "failed", "error": "failed", "skipped": "skipped"}
_UNKNOWN_TIME = 0
"""A report tells nothing that another run on the same recordings would tell otherwise."""


def ctrf(outcome: Outcome) -> str:
    """Return the outcome as the text of a CTRF document; its times, which are required, are zero."""
    tests = [_test(case) for case in cases_of(outcome)]
    statuses = [test["status"] for test in tests]
    counts = {status: statuses.count(status) for status in ("passed", "failed", "skipped", "pending", "other")}
    results = {
        "tool": {"name": "notify-contracts"},
        "summary": {"tests": len(tests), **counts, "start": _UNKNOWN_TIME, "stop": _UNKNOWN_TIME},
        "tests": tests,
        "extra": {
            "catalog": printable(named(outcome.catalog)),
            "engine": outcome.catalog.engine,
            "sources": [printable(source) for source in outcome.sources],
            "notes": [printable(note) for note in outcome.notes],
            **{title: [printable(entry) for entry in entries] for title, entries in remarks(outcome).items()},
            "said": [printable(line) for line in closing(outcome)],
        },
    }
    return f"{dump({'reportFormat': 'CTRF', 'specVersion': '0.0.0', 'results': results}).decode()}\n"


def _test(case: Case) -> dict[str, Any]:
    test: dict[str, Any] = {
        "name": printable(case.name),
        "status": _STATUSES[case.result],
        "duration": _UNKNOWN_TIME,
        "suite": [printable(case.group)],
    }
    if case.reason:
        test["message"] = printable(case.reason)
    if case.lines:
        test["trace"] = "\n".join(map(printable, case.lines))
    return test
