"""The report for people: a matrix of contracts, the violations grouped, one line of totals."""

from collections.abc import Iterator

from notify_contracts.model import Notification
from notify_contracts.report.matrix import cell_of, matrix_lines, matrix_width
from notify_contracts.report.outcome import Outcome
from notify_contracts.report.styles import BOLD, DIM, GREEN, RED, styled
from notify_contracts.summary import Group, GroupKey, Summary
from notify_contracts.text import printable, shortened

_MOST_GROUPS = 50


def text(outcome: Outcome, *, colour: bool = False) -> str:
    """Return the whole report, in colour for a terminal that shows it."""
    lines = [*_beginning(outcome, colour=colour), "", *_violations(outcome.summary, colour=colour)]
    lines += map(printable, outcome.notes)
    lines += [styled(f"problem: {printable(problem)}", RED, colour=colour) for problem in outcome.problems]
    lines.append(_totals(outcome, colour=colour))
    if outcome.hint is not None:
        lines.append(styled(f"hint: {outcome.hint}", BOLD, colour=colour))
    return "\n".join(lines) + "\n"


def _beginning(outcome: Outcome, *, colour: bool) -> Iterator[str]:
    if outcome.coverage is None:
        return _matrix(outcome, colour=colour)
    from notify_contracts.report.coverage import coverage_lines

    return coverage_lines(outcome, outcome.coverage, colour=colour)


def _matrix(outcome: Outcome, *, colour: bool) -> Iterator[str]:
    catalog, summary = outcome.catalog, outcome.summary
    strangers = dict(sorted(summary.strangers.items()))
    width = matrix_width(catalog, (f"{event}, {priority}" for event, priority in strangers))
    yield from matrix_lines(catalog, lambda contract: cell_of(outcome, contract), width, colour=colour)
    if strangers:
        yield styled("without a contract", BOLD, colour=colour)
    for (event_type, priority), count in strangers.items():
        yield f"{shortened(f'{event_type}, {priority}', width):<{width}}  {count}"
    if summary.other_strangers:
        yield f"{'others':<{width}}  {summary.other_strangers}"
    yield styled("-: never seen; blank: no contract", DIM, colour=colour)


def _violations(summary: Summary, *, colour: bool) -> Iterator[str]:
    groups = sorted(summary.groups.items(), key=lambda item: (-item[1].count, item[0]))
    for key, group in groups[:_MOST_GROUPS]:
        yield from _group(key, group, colour=colour)
    left_out = sum(group.count for _, group in groups[_MOST_GROUPS:]) + summary.other_violations
    if left_out:
        yield f"and {left_out} violations in other groups: --format json or jsonl has them"
    if groups:
        yield ""


def _group(key: GroupKey, group: Group, *, colour: bool) -> Iterator[str]:
    where = " ".join(part for part in (key.contract, key.pointer, f"({key.keyword})") if part)
    location, message, content = group.example
    yield f"{styled(f'{group.count} x', RED, colour=colour)} {styled(where, BOLD, colour=colour)}"
    yield f"    {message}"
    identity = f", message_id {_identity(content)}" if isinstance(content, Notification) else ""
    at = "first" if group.count > 1 else "at"
    yield styled(f"    {at}: {location}{identity}", DIM, colour=colour)


def _totals(outcome: Outcome, *, colour: bool) -> str:
    summary = outcome.summary
    failing = summary.notifications - summary.conforming
    parts = [
        f"{summary.notifications} notifications",
        f"{summary.conforming} conform",
        f"{failing} do not",
    ]
    parts.append(f"{summary.violations} violations")
    if summary.unreadable:
        parts.append(f"{summary.unreadable} unreadable")
    seen = len(summary.passed.keys() | summary.failed.keys())
    parts.append(f"{seen} of {len(outcome.catalog.contracts)} contracts seen")
    if summary.skipped:
        parts.append(f"{summary.skipped} other lines skipped")
    return styled(", ".join(parts), BOLD + (RED if failing else GREEN), colour=colour)


def _identity(notification: Notification) -> str:
    message_id = notification.message_id
    return shortened(printable(message_id), 40) if isinstance(message_id, str) else "missing"
