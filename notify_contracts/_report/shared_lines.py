"""The facts and sentences that all reports share: a group's rule and place, the order of groups, totals, hints."""

from collections.abc import Iterator

from notify_contracts._checking import Group, GroupKey, Summary, in_events
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.styles import GREEN, RED, YELLOW
from notify_contracts._untrusted import printable, shortened
from notify_contracts.model import Notification

ONLY_A_PART = "only a part was asked"


def ranked(summary: Summary) -> list[tuple[GroupKey, Group]]:
    """Return the groups of violations, the largest first."""
    return sorted(summary.groups.items(), key=lambda item: (-item[1].count, item[0]))


def broken_at(key: GroupKey) -> str:
    """Return the contract, the place and the keyword that the violations of a group have in common."""
    return printable(" ".join(part for part in (key.contract, key.pointer, f"({key.keyword})") if part))


def found_at(group: Group) -> str:
    """Return the location of the first violation of a group."""
    location, _, content, place = group.example
    identity = f", message_id {_identity(content)}" if isinstance(content, Notification) else ""
    there = f", {place}" if place else ""
    return printable(f"{'first' if group.count > 1 else 'at'}: {location}{there}{identity}")


def pairs_without_contract(summary: Summary) -> Iterator[tuple[str, int]]:
    """Yield each pair of event type and priority that has no contract, and how often it was seen."""
    for (event_type, priority), count in sorted(summary.pairs_without_contract.items()):
        yield f"{named_or_empty(event_type)}, {named_or_empty(priority)}", count
    if summary.other_pairs_without_contract:
        yield "others", summary.other_pairs_without_contract


def named_or_empty(name: str) -> str:
    """Return what the input calls something; an empty name is seen as that."""
    return name or '""'


def counted(count: int, noun: str) -> str:
    """Return ``1 violation`` or ``2,000 violations``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def failing(summary: Summary) -> int:
    """Return the number of notifications that do not conform."""
    return summary.notifications - summary.conforming


def well(outcome: Outcome) -> str:
    """Return the style of totals in which no notification is wrong: green is for the whole of it, each seen once."""
    if outcome.why_duplicates_fail:
        return RED
    return YELLOW if outcome.summary.is_part else GREEN


def totals(outcome: Outcome) -> str:
    """Return a line of all counts."""
    summary = outcome.summary
    parts = [
        f"{summary.notifications} notifications",
        f"{summary.conforming} conform",
        f"{failing(summary)} do not",
        f"{summary.violations} violations",
    ]
    if summary.unreadable:
        parts.append(f"{summary.unreadable} unreadable")
    if summary.undelivered:
        parts.append(f"{summary.undelivered} lost")
    seen = len(summary.passed.keys() | summary.failed.keys())
    parts.append(f"{seen} of {len(outcome.catalog.contracts)} contracts seen")
    if summary.conforming_without_contract:
        parts.append(f"{summary.conforming_without_contract} conform without a contract")
    if summary.skipped:
        parts.append(f"{summary.skipped} other lines skipped")
    if outcome.why_duplicates_fail:
        parts.append(f"{outcome.duplicates} seen before")
    if summary.is_part:
        parts.append(ONLY_A_PART)
    return ", ".join(parts)


def closing(outcome: Outcome) -> Iterator[str]:
    """Yield the closing lines: contract coverage where there is any, the totals, the hints."""
    yield from shares(outcome)
    yield totals(outcome)
    yield from (f"hint: {hint}" for hint in hints(outcome))


def hints(outcome: Outcome) -> Iterator[str]:
    """Yield what helps with what does not conform: where it stands in events, and which catalog would fit."""
    if moved := in_events(((key.contract, key.pointer) for key in outcome.news.groups), outcome.catalog):
        yield printable(moved)
    if outcome.hint is not None:
        yield printable(str(outcome.hint))


def shares(outcome: Outcome) -> Iterator[str]:
    """Yield, where tests were the source, the line that says how many contracts they cover."""
    if outcome.coverage is not None:
        from notify_contracts._report.coverage import share

        yield share(outcome, outcome.coverage)


def remarks(outcome: Outcome) -> dict[str, list[str]]:
    """Return what tests left out of the catalog, as lines under titles; nothing if tests were not the source."""
    if outcome.coverage is None:
        return {}
    from notify_contracts._report.coverage import lacking

    return lacking(outcome, outcome.coverage)


def _identity(notification: Notification) -> str:
    message_id = notification.message_id
    return shortened(printable(message_id), 40) if isinstance(message_id, str) and message_id else "missing"
