"""The comparison for programs: one JSON document, whose shape ``comparison.schema.json`` beside this file states."""

from collections.abc import Iterator, Mapping
from typing import Any

from notify_contracts._comparison import Direction, Finding
from notify_contracts._comparison.needs import Loss
from notify_contracts._report.comparison.compared import Compared
from notify_contracts._untrusted import printable_json


def json(compared: Compared) -> str:
    """Return the comparison as the text of one JSON document."""
    return f"{printable_json(dict(_members(compared)))}\n"


def _members(compared: Compared) -> Iterator[tuple[str, Any]]:
    comparison = compared.comparison
    for name, side in (("old", comparison.old), ("new", comparison.new)):
        yield name, {"name": side.name, "version": side.version, "called": side.called}
    yield "status", compared.status
    yield "fails_by", sorted(compared.fails_by)
    yield (
        "contracts",
        [
            {"contract": contract, **{direction.value: state.value for direction, state in states.items()}}
            for contract, states in comparison.states.items()
        ],
    )
    yield "findings", [_finding(compared, number, one) for number, one in enumerate(comparison.findings)]
    yield (
        "undecided",
        [
            {
                "direction": one.direction.value,
                "place": one.place,
                "reason": one.reason,
                "tried": one.tried,
                "contracts": list(one.contracts),
            }
            for one in comparison.undecided
        ],
    )
    yield "changed_and_allows_the_same", [{"file": one.file, "what": one.what} for one in comparison.reworded]
    version = comparison.version
    yield (
        "version",
        {
            "old": version.old,
            "new": version.new,
            "least": version.least,
            "raised": version.level.value,
            "why": version.why,
            "honest": version.is_honest,
        },
    )
    yield "recording", _recording(compared)
    yield "needs", None if compared.losses is None else [_loss(one) for one in compared.losses]
    yield "notes", list(compared.notes)
    yield "problems", list(compared.problems)


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


def _loss(loss: Loss) -> Mapping[str, Any]:
    return {
        "consumer": loss.consumer.name,
        "version": loss.consumer.version,
        "places": [str(path) for read in loss.reads for path in read.paths],
        "contracts": list(loss.contracts),
        "was": None if loss.was is None else loss.was.value,
        "now": None if loss.now is None else loss.now.value,
        "effect": None if loss.effect is None else loss.effect.value,
        "reason": loss.reason,
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
