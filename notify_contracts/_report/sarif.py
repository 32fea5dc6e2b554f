"""The report as SARIF 2.1.0, for code scanning: a rule for each contract and keyword, a result for each group.

Source: "Static Analysis Results Interchange Format (SARIF) Version 2.1.0 Plus Errata 01", OASIS.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from os import fsencode
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from notify_contracts._checking import Group, GroupKey
from notify_contracts._report.matrix import named
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.places import place_of
from notify_contracts._report.shared_lines import closing, found_at, ranked, remarks
from notify_contracts._untrusted import dump, printable
from notify_contracts.catalog import Contract
from notify_contracts.model import (
    AFTER_END,
    CHANGED,
    EXCHANGE,
    LOST,
    MISSING_BEFORE,
    NO_CONTRACT,
    OUT_OF_ORDER,
    ROUTING_KEY,
    STILL_OPEN,
    TIME_RUNS_BACK,
    TOPIC,
    TWICE,
    UNDELIVERED,
    UNKNOWN_EVENT,
    UNREADABLE,
    Location,
)

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_KINDS: Mapping[str, str] = MappingProxyType(
    {
        UNKNOWN_EVENT: "an event type that the catalog does not have",
        NO_CONTRACT: "a pair of event type and priority that has no contract",
        UNREADABLE: "what should have been a notification cannot be read",
        ROUTING_KEY: "a routing key that contradicts the priority or the event type",
        LOST: "a value that the format on the wire cannot carry",
        EXCHANGE: "an exchange on which the service does not send",
        TOPIC: "a topic under which the service does not send",
        UNDELIVERED: "a notification that was lost, as a log says",
        OUT_OF_ORDER: "a notification out of order in its resource's life",
        TWICE: "a notification that came a second time in its resource's life",
        AFTER_END: "a notification after the end of its resource's life",
        MISSING_BEFORE: "a notification before which another is missing in its resource's life",
        CHANGED: "a field that stays the same in a resource's life and did not",
        TIME_RUNS_BACK: "a time before that of what came before in a resource's life",
        STILL_OPEN: "a life that is open for longer than was allowed",
    }
)
_Values = dict[str, Any]


def sarif(outcome: Outcome) -> str:
    """Return the outcome as the text of a SARIF log with one run."""
    catalog = outcome.catalog
    groups = ranked(outcome.summary)
    contracts = {contract.id: contract for contract in catalog.contracts}
    rules = sorted({(key.contract, key.keyword) for key, _ in groups})
    numbers = {rule: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "notify-contracts",
                "rules": [_rule(contracts.get(contract), keyword) for contract, keyword in rules],
            }
        },
        # A run replaces what was uploaded under the same id: each catalog has its own.
        "automationDetails": {"id": f"notify-contracts/{catalog.name}/"},
        "invocations": [
            {"executionSuccessful": not outcome.problems, "toolExecutionNotifications": list(_notifications(outcome))}
        ],
        "results": [
            {
                **_result(catalog.name, key, group),
                "ruleIndex": numbers[key.contract, key.keyword],
                **({"suppressions": [{"kind": "external"}]} if key in outcome.known else {}),
            }
            for key, group in groups
        ],
        "properties": {"catalog": named(catalog), "sources": list(outcome.sources)},
    }
    return f"{dump({'$schema': SARIF_SCHEMA, 'version': '2.1.0', 'runs': [run]}).decode()}\n"


def _rule(contract: Contract | None, keyword: str) -> _Values:
    broken = _KINDS.get(keyword, keyword)
    if contract is None:
        title = broken if keyword in _KINDS else f"the envelope of a notification without a contract: {broken}"
        return {"id": _rule_id("", keyword), "shortDescription": message(title), "help": message(title)}
    title = f"{contract.title}: {broken}"
    return {
        "id": _rule_id(contract.id, keyword),
        "shortDescription": message(title),
        "fullDescription": message(contract.description or title),
        "help": message(" ".join(filter(None, (contract.description, contract.source))) or title),
        "properties": {"tags": [printable(contract.event_type), str(contract.priority)]},
    }


def _rule_id(contract: str, keyword: str) -> str:
    return printable(f"{contract}/{keyword}" if contract else keyword)


def _result(catalog: str, key: GroupKey, group: Group) -> _Values:
    what = f"{key.pointer}: {group.example.message}" if key.pointer else group.example.message
    return {
        "ruleId": _rule_id(key.contract, key.keyword),
        "level": "error",
        "message": message(f"{what}; {found_at(group)}"),
        "locations": [_location(group.example.location)],
        "occurrenceCount": group.count,
        # By this one GitHub knows a result again. It is a result's rule and place in the notification that make it the
        # same, wherever in which recording it is found.
        "partialFingerprints": {"primaryLocationLineHash": f"{identity(catalog, key)}:1"},
    }


def identity(catalog: str, key: GroupKey) -> str:
    """Return what a group is known by in every run."""
    parts = key if key.cause else key[:3]
    return sha256("\n".join((catalog, *parts)).encode(errors="backslashreplace")).hexdigest()[:32]


def _location(location: Location) -> _Values:
    place = place_of(location)
    if place is None:
        return {"logicalLocations": [{"fullyQualifiedName": printable(str(location))}]}
    physical: _Values = {"artifactLocation": {"uri": uri(place.file)}}
    if place.line is not None:
        physical["region"] = {"startLine": place.line}
    return {"physicalLocation": physical}


def uri(path: str) -> str:
    """Return the URI of a file, relative where its path is."""
    return Path(path).as_uri() if Path(path).is_absolute() else quote(fsencode(path))


def _notifications(outcome: Outcome) -> Iterator[_Values]:
    for problem in outcome.problems:
        yield {"level": "error", "message": message(problem)}
    lists = (f"{title}: {', '.join(entries)}" for title, entries in remarks(outcome).items())
    for text in (*outcome.notes, *lists, *closing(outcome)):
        yield {"level": "note", "message": message(text)}


def message(text: str) -> _Values:
    """Return a plain text message, in which nothing is a link (section 3.11.6)."""
    return {"text": printable(text).replace("](", "]\\(")}
