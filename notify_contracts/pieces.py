"""A recording checked piece by piece: lines to hand on at once, and in the end what all of it comes to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from notify_contracts.capture import Recording
from notify_contracts.catalog import Catalog
from notify_contracts.check import Selection, check
from notify_contracts.errors import NotifyContractsError
from notify_contracts.model import Verdict
from notify_contracts.summary import Summary
from notify_contracts.tally import Tally

_MANY = 1024
_MOST_BYTES = 1024 * 1024


class Piece(NamedTuple):
    """What a stretch of a recording came to: the lines of its verdicts, and how many bytes had been read after it.

    `summary`, in the last piece, is of all that was read.
    """

    lines: bytes
    position: int
    summary: Summary | None = None


@dataclass(frozen=True)
class Checking:
    """What is asked of every recording; `line` makes the line of a verdict where lines are wanted."""

    catalog: Catalog
    selection: Selection
    allow_unknown: bool
    line: Callable[[Verdict], bytes] | None

    def pieces(self, recording: Recording) -> Iterator[Piece]:
        """Yield what `recording` comes to, verdict by verdict where more may come while they are waited for."""
        tally, lines = Tally(self.catalog), bytearray()
        many = 1 if recording.is_live and self.line else _MANY
        try:
            verdicts = check(recording, self.catalog, self.selection, allow_unknown=self.allow_unknown)
            for number, verdict in enumerate(verdicts, 1):
                tally.add(verdict)
                if self.line:
                    lines += self.line(verdict)
                if number % many == 0 or len(lines) > _MOST_BYTES:
                    yield Piece(bytes(lines), recording.position)
                    lines.clear()
        except NotifyContractsError:
            yield Piece(bytes(lines), recording.position)
            raise
        tally.summary.skipped = recording.skipped
        yield Piece(bytes(lines), recording.position, tally.summary)
