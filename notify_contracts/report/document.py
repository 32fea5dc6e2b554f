"""The report for programs: one JSON document, whose shape ``report.schema.json`` beside this file states."""

from pathlib import Path
from typing import Any

from notify_contracts.jsontext import dump
from notify_contracts.model import Notification, Unreadable, Verdict, Violation
from notify_contracts.report.outcome import Outcome
from notify_contracts.summary import Group, GroupKey, Summary

SCHEMA = Path(__file__).with_name("report.schema.json")
VERSION = 1


def document(outcome: Outcome) -> dict[str, Any]:
    """Return the outcome as a JSON document."""
    catalog, summary = outcome.catalog, outcome.summary
    return {
        "report": VERSION,
        "catalog": {"name": catalog.name, "version": catalog.version},
        "engine": catalog.engine,
        "sources": list(outcome.sources),
        "totals": _totals(summary),
        "contracts": [
            {
                "contract": contract.id,
                "event_type": contract.event_type,
                "priority": str(contract.priority),
                "passed": summary.passed.get(contract.id, 0),
                "failed": summary.failed.get(contract.id, 0),
            }
            for contract in catalog.contracts
        ],
        "without_contract": [
            {"event_type": event_type, "priority": priority, "count": count}
            for (event_type, priority), count in sorted(summary.strangers.items())
        ],
        "groups": [_group(key, group) for key, group in sorted(summary.groups.items())],
        "hint": None
        if outcome.hint is None
        else {
            "catalog": outcome.hint.catalog,
            "conforming": outcome.hint.conforming,
            "failing": outcome.hint.failing,
        },
    }


def verdict_line(verdict: Verdict) -> bytes:
    """Return one verdict as a line of JSON."""
    location = verdict.location
    envelope = verdict.content.envelope if isinstance(verdict.content, Notification) else {}
    line = {
        "source": location.source if location else None,
        "unit": location.unit if location else None,
        "number": location.number if location else None,
        "message_id": envelope.get("message_id"),
        "event_type": envelope.get("event_type"),
        "priority": envelope.get("priority"),
        "contract": verdict.contract,
        "conforms": verdict.conforms,
        "violations": [_violation(violation) for violation in verdict.violations],
    }
    return dump(line) + b"\n"


def _totals(summary: Summary) -> dict[str, int]:
    return {
        "notifications": summary.notifications,
        "conforming": summary.conforming,
        "failing": summary.notifications - summary.conforming,
        "unreadable": summary.unreadable,
        "without_contract": sum(summary.strangers.values()) + summary.other_strangers,
        "violations": summary.violations,
        "violations_in_other_groups": summary.other_violations,
        "skipped_lines": summary.skipped,
    }


def _violation(violation: Violation) -> dict[str, str]:
    return {
        "pointer": violation.pointer,
        "keyword": violation.keyword,
        "kind": violation.kind,
        "message": violation.message,
    }


def _group(key: GroupKey, group: Group) -> dict[str, Any]:
    location, message, content = group.example
    violation = Violation(key.pointer, key.keyword, message)
    return {
        "contract": key.contract or None,
        **_violation(violation),
        "count": group.count,
        "example": {
            "source": location.source,
            "unit": location.unit,
            "number": location.number,
            "notification": None if isinstance(content, Unreadable) else dict(content.envelope),
        },
    }
