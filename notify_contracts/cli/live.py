"""The live table of a watch, on a terminal."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from notify_contracts._live.watching import Watch
from notify_contracts._untrusted import printable, shortened
from notify_contracts.model import Notification, Verdict

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

SECONDS = 0.25
"""The pause between two drawings of the table, in seconds."""

_RATE_SECONDS = 5.0
_FEWEST_ROWS = 3
_NEWEST = 5


@contextmanager
def live_table(watch: Watch) -> Iterator[Callable[[], None]]:
    """Show the table within the block; give the function that draws it anew."""
    from rich.live import Live

    table = LiveTable(watch)
    with Live(table, auto_refresh=False, vertical_overflow="crop") as live:
        yield live.refresh


class LiveTable:
    """Shows a watch as it stands: rate, contracts, newest violations; no longer than the terminal is high."""

    def __init__(self, watch: Watch, clock: Callable[[], float] = time.monotonic) -> None:
        self._watch = watch
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque([(clock(), 0)])

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        yield self._head()
        newest = list(self._watch.ledger.newest)[-_NEWEST:]
        yield self._contracts(max(_FEWEST_ROWS, console.height - 3 * len(newest) - 6))
        for verdict in reversed(newest):
            yield from _violation(verdict)

    def _head(self) -> "RenderableType":
        from rich.text import Text

        watch, ledger = self._watch, self._watch.ledger
        summary = ledger.tally.summary
        parts = [
            f"{summary.notifications:,} notifications",
            f"{self._rate(ledger.arrived):,.0f} a second",
            f"{summary.notifications - summary.conforming:,} violate",
        ]
        if ledger.lag is not None:
            parts.append(f"lag {ledger.lag:.1f} s")
        parts += [
            f"{count} {what}"
            for count, what in (
                (watch.dropped.count, "dropped"),
                (watch.reconnects, "reconnects"),
                (ledger.redelivered, "redelivered"),
            )
            if count
        ]
        return Text(f"{printable(ledger.source)} at {watch.where}: {', '.join(parts)}", style="bold", no_wrap=True)

    def _rate(self, arrived: int) -> float:
        now = self._clock()
        self._seen.append((now, arrived))
        while len(self._seen) > 2 and self._seen[1][0] < now - _RATE_SECONDS:  # noqa: PLR2004 - two make a rate
            self._seen.popleft()
        since, before = self._seen[0]
        return (arrived - before) / (now - since) if now > since else 0.0

    def _contracts(self, rows: int) -> "RenderableType":
        """Return the contracts seen, those with the most violations first."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        summary = self._watch.ledger.tally.summary
        passed, failed = dict(summary.passed), dict(summary.failed)
        seen = sorted(
            passed.keys() | failed.keys(), key=lambda name: (-failed.get(name, 0), -passed.get(name, 0), name)
        )
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column("contract")
        table.add_column("conform", justify="right", style="green")
        table.add_column("violate", justify="right", style="red")
        for name in seen[:rows]:
            table.add_row(Text(name), *(f"{counts[name]:,}" if name in counts else "" for counts in (passed, failed)))
        if len(seen) > rows:
            table.add_row(f"and {len(seen) - rows} more", "", "")
        without = summary.without_contract
        for count, what in ((without, "without a contract"), (summary.unreadable, "unreadable")):
            if count:
                table.add_row(what, "", f"{count:,}")
        return table


def _violation(verdict: Verdict) -> "Iterator[RenderableType]":
    """Yield two lines for a verdict: what breaks what, and how."""
    from rich.text import Text

    first, *others = verdict.violations
    content = verdict.content
    name = verdict.contract or (printable(str(content.event_type)) if isinstance(content, Notification) else "")
    more = f" and {len(others)} more" if others else ""
    place = shortened(f"{name} {printable(first.pointer)} ({first.keyword}){more}", 200)
    yield Text(place.strip(), style="red", no_wrap=True, overflow="ellipsis")
    yield Text(f"    {first.message}", no_wrap=True, overflow="ellipsis")
