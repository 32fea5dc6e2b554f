"""The report for people: a matrix of contracts, the violations grouped, one line of totals."""

from collections.abc import Iterator
from typing import TextIO

from notify_contracts.model import Notification
from notify_contracts.report.matrix import NEVER, counted, matrix_lines, matrix_width
from notify_contracts.report.outcome import Outcome
from notify_contracts.report.styles import BOLD, DIM, GREEN, RED, styled
from notify_contracts.summary import Group, GroupKey, Summary
from notify_contracts.text import printable, shortened

_MOST_GROUPS = 50


class TextReport:
    """Writes an outcome to a text stream, in colour if it is told to."""

    def __init__(self, stream: TextIO, *, colour: bool) -> None:
        self._stream = stream
        self._colour = colour

    def write(self, outcome: Outcome) -> None:
        """Write the whole report."""
        lines = [*self._matrix(outcome), *self._violations(outcome.summary), self._totals(outcome)]
        if outcome.hint is not None:
            lines.append(self._styled(f"hint: {outcome.hint}", BOLD))
        self._stream.write("\n".join(lines) + "\n")

    def _styled(self, text: str, style: str) -> str:
        return styled(text, style, colour=self._colour)

    def _matrix(self, outcome: Outcome) -> Iterator[str]:
        catalog, summary = outcome.catalog, outcome.summary
        strangers = dict(sorted(summary.strangers.items()))
        width = matrix_width(catalog, (f"{event}, {priority}" for event, priority in strangers))
        yield from matrix_lines(
            catalog,
            lambda contract: counted(summary.passed.get(contract, 0), summary.failed.get(contract, 0)) or NEVER,
            width,
            colour=self._colour,
        )
        if strangers:
            yield self._styled("without a contract", BOLD)
        for (event_type, priority), count in strangers.items():
            yield f"{shortened(f'{event_type}, {priority}', width):<{width}}  {count}"
        if summary.other_strangers:
            yield f"{'others':<{width}}  {summary.other_strangers}"
        yield self._styled("-: never seen; blank: no contract", DIM)
        yield ""

    def _violations(self, summary: Summary) -> Iterator[str]:
        groups = sorted(summary.groups.items(), key=lambda item: (-item[1].count, item[0]))
        for key, group in groups[:_MOST_GROUPS]:
            yield from self._group(key, group)
        left_out = sum(group.count for _, group in groups[_MOST_GROUPS:]) + summary.other_violations
        if left_out:
            yield f"and {left_out} violations in other groups: --format json or jsonl has them"
        if groups:
            yield ""

    def _group(self, key: GroupKey, group: Group) -> Iterator[str]:
        where = " ".join(part for part in (key.contract, key.pointer, f"({key.keyword})") if part)
        location, message, content = group.example
        yield f"{self._styled(f'{group.count} x', RED)} {self._styled(where, BOLD)}"
        yield f"    {message}"
        identity = f", message_id {_identity(content)}" if isinstance(content, Notification) else ""
        yield self._styled(f"    {'first' if group.count > 1 else 'at'}: {location}{identity}", DIM)

    def _totals(self, outcome: Outcome) -> str:
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
        return self._styled(", ".join(parts), BOLD + (RED if failing else GREEN))


def _identity(notification: Notification) -> str:
    message_id = notification.message_id
    return shortened(printable(message_id), 40) if isinstance(message_id, str) else "missing"
