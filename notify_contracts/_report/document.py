"""The report for programs: one JSON document, whose shape ``report.schema.json`` beside this file states."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notify_contracts._checking import contract_values, summary_values, violation_values
from notify_contracts._report.outcome import Outcome
from notify_contracts._untrusted import BY_WORDS, MASK, dump
from notify_contracts.catalog import Catalog
from notify_contracts.model import Notification, Verdict

if TYPE_CHECKING:
    from notify_contracts._checking import Coverage

SCHEMA = Path(__file__).with_name("report.schema.json")
VERSION = 2
VERDICT_BEGINNING = b'{"source":'
"""What every line of `verdict_line` begins with."""


def json(outcome: Outcome) -> str:
    """Return the outcome as the text of one JSON document."""
    return f"{dump(document(outcome)).decode()}\n"


def document(outcome: Outcome) -> dict[str, Any]:
    """Return the outcome as a JSON document."""
    catalog, summary, coverage = outcome.catalog, outcome.summary, outcome.coverage
    return {
        "report": VERSION,
        "catalog": {"name": catalog.name, "version": catalog.version},
        "engine": catalog.engine,
        "sources": list(outcome.sources),
        "problems": list(outcome.problems),
        "notes": list(outcome.notes),
        **summary_values(summary),
        "contracts": [
            {"event_type": contract.event_type, "priority": str(contract.priority)}
            | contract_values(summary, contract.id)
            for contract in catalog.contracts
        ],
        "hint": None if outcome.hint is None else outcome.hint._asdict(),
        "tests": None if coverage is None else _tests(coverage, catalog),
    }


def verdict_line(verdict: Verdict, *, redelivered: bool = False) -> bytes:
    """Return one verdict as a line of JSON; `redelivered` says that a broker had delivered the notification before."""
    location = verdict.location
    envelope = verdict.content.envelope if isinstance(verdict.content, Notification) else {}
    line = {
        "source": location.source if location else None,
        "unit": location.unit if location else None,
        "number": location.number if location else None,
        **({"inside": location.inside} if location and location.inside else {}),
        "message_id": _told(envelope.get("message_id"), BY_WORDS.text),
        "event_type": _told(envelope.get("event_type"), BY_WORDS.name),
        "priority": _told(envelope.get("priority"), BY_WORDS.name),
        "contract": verdict.contract,
        "conforms": verdict.conforms,
        "violations": [violation_values(violation) for violation in verdict.violations],
    }
    if redelivered:
        line["redelivered"] = True
    return dump(line) + b"\n"


def _told(value: Any, hiding: Callable[[str], str]) -> Any:
    """Return an attribute without a secret that it names; what is no text may hold others, by the catalog's names."""
    if isinstance(value, str):
        return hiding(value)
    return MASK if isinstance(value, Mapping | list | tuple) else value


def _tests(coverage: "Coverage", catalog: Catalog) -> dict[str, Any]:
    return {
        "percent": round(coverage.percent(catalog), 2),
        "statuses": {contract.id: str(coverage.status(contract.id)) for contract in catalog.contracts},
        "assertions": [_assertion(*assertion) for assertion in sorted(coverage.assertions)],
        "assertions_never_exercised": [_assertion(*assertion) for assertion in coverage.vacuous()],
        "examples": [_example(*example) for example in sorted(coverage.examples)],
        "examples_never_exercised": [_example(*example) for example in coverage.unused_examples(catalog)],
    }


def _assertion(test: str, text: str, contracts: tuple[str, ...]) -> dict[str, Any]:
    return {"test": test, "assertion": text, "contracts": list(contracts)}


def _example(contract: str, index: int) -> dict[str, Any]:
    return {"contract": contract, "example": index}
