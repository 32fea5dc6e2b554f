"""The needs for programs: one JSON document, whose shape ``needs.schema.json`` beside this file states."""

from collections.abc import Mapping
from typing import Any

from notify_contracts._report.needs.standing import Row, Standing
from notify_contracts._untrusted import printable_json


def json(standing: Standing) -> str:
    """Return the needs as the text of one JSON document."""
    content = {
        "catalog": standing.called,
        "status": standing.status,
        "fails_by": sorted(standing.fails_by),
        "consumers": [
            {
                "consumer": held.consumer.name,
                "version": held.consumer.version,
                "needs": [_row(standing, row) for row in rows],
                "not_read": [contract.id for contract in held.unread],
            }
            for held, rows in standing.by_consumer
        ],
        "notes": list(standing.notes),
        "problems": list(standing.problems),
    }
    return f"{printable_json(content)}\n"


def _row(standing: Standing, row: Row) -> Mapping[str, Any]:
    return {
        "places": [str(path) for path in row.read.paths],
        "for": row.purpose or None,
        "answer": row.answer.value,
        "effect": None if row.effect is None else row.effect.value,
        "reason": row.reason or None,
        "contracts": list(row.contracts),
        "by_place": [{"place": str(path), "answer": answer.value} for path, answer in row.by_path],
        "counts": standing.counts(row),
        "said_in": row.said_in or None,
        "witness": row.witness and row.witness.notification,
        "recorded": None if row.share is None else row.share._asdict(),
    }
