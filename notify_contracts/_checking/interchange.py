"""A summary as JSON values, to be read by other programs, sent to other processes, and read back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from notify_contracts._checking.places import GroupKey, group_name, group_read
from notify_contracts._checking.sightings import Again, Sightings
from notify_contracts._checking.summary import Example, Group, Summary
from notify_contracts._checking.timeline import Timeline
from notify_contracts._untrusted import BY_WORDS, NotJsonError, Secrets, copied
from notify_contracts.model import InnerLocation, Location, Notification, Unreadable, Violation


def summary_values(summary: Summary) -> dict[str, Any]:
    """Return the summary as JSON values: those parts of ``report.schema.json`` that need no catalog."""
    return {
        "totals": _totals(summary),
        "contracts": [
            contract_values(summary, contract) for contract in sorted(summary.passed.keys() | summary.failed.keys())
        ],
        "without_contract": [
            {"event_type": event_type, "priority": priority, "count": count}
            for (event_type, priority), count in sorted(summary.pairs_without_contract.items())
        ],
        "groups": [_group_values(key, group) for key, group in sorted(summary.groups.items())],
        "conforming_elsewhere": dict(sorted(summary.elsewhere.items())),
        **({"ignored": dict(sorted(summary.ignored.items()))} if summary.ignored else {}),
        "over_time": _timeline_values(summary.timeline),
        "message_ids": summary.message_ids,
        **({} if summary.sightings is None else {"sightings": _sightings_values(summary.sightings)}),
    }


def summary_from(values: Mapping[str, Any], secrets: Secrets | None = None) -> Summary:
    """Return the summary that `summary_values` made the values from, which may be another program's: hide `secrets`.

    Of a group's example, what the transport had put beside the notification is gone.
    Raise `LookupError`, `TypeError` or `ValueError` where the values have not their shape.
    """
    totals = values["totals"]
    summary = Summary(
        unreadable=totals["unreadable"],
        undelivered=totals.get("undelivered", 0),
        skipped=totals["skipped_lines"],
        other_violations=totals["violations_in_other_groups"],
        timeline=_timeline_from(values["over_time"]),
        message_ids=values.get("message_ids", 0),
        is_part=totals.get("is_part", False),
        sightings=_sightings_from(values["sightings"]) if "sightings" in values else None,
    )
    for row in values["contracts"]:
        for counts, count in ((summary.passed, row["passed"]), (summary.failed, row["failed"])):
            if count:
                counts[row["contract"]] += count
    summary.conforming_without_contract = totals["conforming"] - sum(summary.passed.values())
    for row in values["without_contract"]:
        summary.add_without_contract((group_name(row["event_type"]), group_name(row["priority"])), row["count"])
    summary.other_pairs_without_contract += totals["without_contract"] - sum(
        row["count"] for row in values["without_contract"]
    )
    for row in values["groups"]:
        summary.add_group(*_group_from(row, secrets))
    for catalog, count in values["conforming_elsewhere"].items():
        summary.elsewhere[catalog] += count
    for glob, count in values.get("ignored", {}).items():
        summary.ignored[glob] += count
    return summary


def contract_values(summary: Summary, contract: str) -> dict[str, Any]:
    """Return how often the contract of this id was kept and broken."""
    passed, failed = summary.passed.get(contract, 0), summary.failed.get(contract, 0)
    return {"contract": contract, "passed": passed, "failed": failed}


def violation_values(violation: Violation) -> dict[str, str]:
    """Return a violation, but for its contract."""
    return {
        "pointer": BY_WORDS.name(violation.pointer),
        "keyword": violation.keyword,
        "kind": violation.kind,
        "message": violation.message,
    }


def _totals(summary: Summary) -> dict[str, int | bool]:
    return {
        "notifications": summary.notifications,
        "conforming": summary.conforming,
        "failing": summary.notifications - summary.conforming,
        "unreadable": summary.unreadable,
        **({"undelivered": summary.undelivered} if summary.undelivered else {}),
        **({"is_part": True} if summary.is_part else {}),
        "without_contract": summary.without_contract,
        "violations": summary.violations,
        "violations_in_other_groups": summary.other_violations,
        "skipped_lines": summary.skipped,
    }


def _group_values(key: GroupKey, group: Group) -> dict[str, Any]:
    location, message, content, place = group.example
    return {
        "contract": key.contract or None,
        **violation_values(Violation(key.pointer, key.keyword, message)),
        "count": group.count,
        "example": {
            "source": location.source,
            "unit": location.unit,
            "number": location.number,
            **({"inside": location.inside} if location.inside else {}),
            **({"pointer": place} if place else {}),
            "notification": _envelope(content),
        },
    }


def _envelope(content: Notification | Unreadable) -> dict[str, Any] | None:
    if isinstance(content, Unreadable):
        return None
    try:
        envelope: dict[str, Any] = copied(content.envelope)
    except NotJsonError:  # what a test hands over need not be JSON
        return None
    return envelope


def _group_from(row: Mapping[str, Any], secrets: Secrets | None) -> tuple[GroupKey, Group]:
    example, message = row["example"], row["message"]
    envelope = example["notification"]
    if secrets is not None:
        envelope = secrets.hidden(envelope)
    content = Unreadable(message, row["keyword"]) if envelope is None else Notification(envelope)
    location = _location_from(example)
    key = group_read(row["contract"] or "", row["pointer"], row["keyword"], message)
    return key, Group(row["count"], Example(location, message, content, example.get("pointer", "")))


def _location_from(example: Mapping[str, Any]) -> Location:
    return _sighted(example["source"], example["number"], example["unit"], example.get("inside", ""))


def _timeline_values(timeline: Timeline) -> dict[str, Any]:
    return {
        "seconds": timeline.width,
        "undated": timeline.undated,
        "violations": [
            {"from": datetime.fromtimestamp(second, UTC).isoformat(), "contract": contract or None, "count": count}
            for second, span in sorted(timeline.counts.items())
            for contract, count in sorted(span.items())
        ],
    }


def _timeline_from(values: Mapping[str, Any]) -> Timeline:
    timeline = Timeline(values["seconds"], undated=values["undated"])
    for row in values["violations"]:
        second = int(datetime.fromisoformat(row["from"]).timestamp())
        timeline.add_span(second, row["contract"] or "", row["count"])
    return timeline


def _sightings_values(sightings: Sightings) -> dict[str, Any]:
    sources = sorted(
        {place.source for key, first in sightings.first.items() for place in _places(sightings, key, first)}
    )
    numbers = {source: number for number, source in enumerate(sources)}
    seen = []
    for key, first in sorted(sightings.first.items()):
        again = sightings.again.get(key)
        places = [
            [numbers[place.source], place.number, place.unit, *([place.inside] if place.inside else [])]
            for place in _places(sightings, key, first)
        ]
        seen.append([f"{key:016x}", *([] if again is None else [again.times, again.redelivered]), *places])
    return {"share": sightings.share, "sources": sources, "seen": seen}


def _places(sightings: Sightings, key: int, first: Location) -> list[Location]:
    again = sightings.again.get(key)
    return [first] if again is None or again.second is None else [first, again.second]


def _sightings_from(values: Mapping[str, Any]) -> Sightings:
    share, sources = values["share"], values["sources"]
    if share & (share - 1):
        raise ValueError("sightings: the share is no power of two")
    sightings = Sightings(share)
    for key, *rest in values["seen"]:
        counts = [each for each in rest if isinstance(each, int)]
        found = [each for each in rest if isinstance(each, list)]
        if len(counts) not in (0, 2) or len(found) not in (1, 2) or max(each[0] for each in found) >= len(sources):
            raise ValueError("sightings: an id is not said to be seen anywhere")
        first, *second = [_sighted(sources[number], *place) for number, *place in found]
        times, redelivered = counts or (1, 0)
        sightings.put(int(key, 16), first, Again(times, redelivered, second[0] if second else None))
    return sightings


def _sighted(source: str, number: int, unit: str, inside: str = "") -> Location:
    return InnerLocation(source, number, unit, inside) if inside else Location(source, number, unit)
