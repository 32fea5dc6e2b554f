"""The comparison for programs: one JSON document, whose shape ``comparison.schema.json`` beside this file states."""

from collections.abc import Mapping
from typing import Any

from notify_contracts._comparison import Direction, Finding, Side, Undecided, Version
from notify_contracts._comparison.needs import Loss
from notify_contracts._report.comparison.compared import Compared
from notify_contracts._untrusted import printable_json


def json(compared: Compared) -> str:
    """Return the comparison as the text of one JSON document."""
    return f"{printable_json(_document(compared))}\n"


def _document(compared: Compared) -> Mapping[str, Any]:
    comparison = compared.comparison
    return {
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "status": compared.status,
        "fails_by": sorted(compared.fails_by),
        "contracts": [
            {"contract": contract, **{direction.value: state.value for direction, state in states.items()}}
            for contract, states in comparison.states.items()
        ],
        "findings": [_finding(compared, number, one) for number, one in enumerate(comparison.findings)],
        "undecided": [_undecided(one) for one in comparison.undecided],
        "changed_and_allows_the_same": [{"file": one.file, "what": one.what} for one in comparison.reworded],
        "version": _version(comparison.version),
        "recording": _recording(compared),
        "needs": None if compared.losses is None else [_loss(compared, one) for one in compared.losses],
        "notes": list(compared.notes),
        "problems": list(compared.problems),
    }


def _side(side: Side) -> Mapping[str, Any]:
    return {"name": side.name, "version": side.version, "called": side.called}


def _undecided(one: Undecided) -> Mapping[str, Any]:
    return {
        "direction": one.direction.value,
        "place": one.place,
        "reason": one.reason,
        "tried": one.tried,
        "contracts": list(one.contracts),
    }


def _version(version: Version) -> Mapping[str, Any]:
    return {
        "old": version.old,
        "new": version.new,
        "least": version.least,
        "raised": version.level.value,
        "why": version.why,
        "honest": version.is_honest,
    }


def _finding(compared: Compared, number: int, finding: Finding) -> Mapping[str, Any]:
    witness, seen = finding.witness, compared.seen(finding)
    return {
        "direction": finding.direction.value,
        "kind": finding.kind.value,
        "place": finding.place,
        "places": list(finding.places),
        "keyword": finding.keyword,
        "was": finding.was,
        "now": finding.now,
        "contracts": list(finding.contracts),
        "everywhere": finding.everywhere,
        "stated": list(finding.stated),
        "hurts": finding.hurts,
        "remedy": finding.remedy,
        "accepted": number in compared.accepted,
        "counts": compared.counts(number),
        "witness": None
        if witness is None
        else {
            "contract": witness.contract,
            "message": witness.message,
            "notification": witness.notification and compared.secrets.hidden(witness.notification),
            "exchange": witness.delivery and witness.delivery.exchange,
            "routing_key": witness.delivery and witness.delivery.routing_key,
            "steps": list(witness.steps),
            "file": compared.files.get(number),
        },
        "seen": None if seen is None else {"count": seen.count, "first": seen.first},
    }


def _loss(compared: Compared, loss: Loss) -> Mapping[str, Any]:
    return {
        "consumer": loss.consumer.name,
        "version": loss.consumer.version,
        "places": [str(path) for read in loss.reads for path in read.paths],
        "contracts": list(loss.contracts),
        "was": None if loss.was is None else loss.was.value,
        "now": None if loss.now is None else loss.now.value,
        "effect": None if loss.effect is None else loss.effect.value,
        "reason": loss.reason,
        "counts": compared.is_grave(loss),
    }


def _recording(compared: Compared) -> Mapping[str, Any] | None:
    fallen = compared.fallen
    if fallen is None:
        return None
    return {
        "notifications": fallen.notifications,
        **{
            direction.value: {
                "accepted": fallen.accepted[direction],
                "would_fall": fallen.fallen[direction].notifications - fallen.fallen[direction].conforming,
            }
            for direction in Direction
        },
    }
