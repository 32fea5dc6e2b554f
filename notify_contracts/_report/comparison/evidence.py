"""The witnesses of a comparison as files that `check` reads."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from notify_contracts._base import free
from notify_contracts._comparison import Comparison, Finding
from notify_contracts._untrusted import Secrets, dump, printable_json

_LONGEST = 120


def witness_files(comparison: Comparison) -> Iterator[tuple[int, str, str]]:
    """Yield, for each finding with a notification that shows it, its number, the name of a file and what that holds."""
    names: set[str] = set()
    for number, finding in enumerate(comparison.findings):
        if (content := witness_content(finding)) is not None:
            name = free(_named(finding), names, ".")
            names.add(name)
            yield number, f"{name}.json", f"{printable_json(content)}\n"


def witness_content(finding: Finding, secrets: Secrets | None = None) -> Mapping[str, Any] | None:
    """Return what a recording of a witness holds: a notification, as a broker carried it where that matters.

    With `secrets` it is to be shown, and these are hidden; a file holds what it takes to break a rule.
    """
    witness = finding.witness
    if witness is None or witness.notification is None:
        return None
    notification = witness.notification if secrets is None else secrets.hidden(witness.notification)
    if witness.delivery is None:
        shown: Mapping[str, Any] = notification
        return shown
    return {
        "exchange": witness.delivery.exchange,
        "routing_key": witness.delivery.routing_key,
        "properties": {},
        "body": dump(dict(notification)).decode(),
    }


def _named(finding: Finding) -> str:
    contract = finding.witness.contract if finding.witness else ""
    place = finding.place if finding.place.startswith("/") else ""
    parts = (finding.direction.value, contract, *place.split("/"), finding.keyword)
    plain = (re.sub(r"[^A-Za-z0-9_.-]+", "_", part).strip(".") for part in parts)
    return ".".join(filter(None, plain))[:_LONGEST]
