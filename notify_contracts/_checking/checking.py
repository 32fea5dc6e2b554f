"""A recording checked result by result: lines to hand on at once, and in the end what all of it comes to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

from notify_contracts._checking.selection import ALWAYS, Question
from notify_contracts._checking.skimming import Skimming
from notify_contracts._checking.summary import Summary
from notify_contracts._checking.tally import Tally
from notify_contracts.capture import Recording
from notify_contracts.catalog import Catalog
from notify_contracts.errors import DamagedError, NotifyContractsError
from notify_contracts.model import Verdict

_MANY = 1024
_MOST_BYTES = 1024 * 1024


Result = TypeVar("Result", covariant=True)  # noqa: PLC0105


class PartialResult(NamedTuple, Generic[Result]):
    """What a stretch of a recording came to: the lines of its verdicts, and how many bytes had been read after it.

    `summary`, in the last result, is of all that was read; None where that says nothing of the rest.
    """

    lines: bytes
    position: int
    summary: Result | None = None


class Work(Protocol[Result]):
    """What is done with every recording, in this process or in others, to which it travels."""

    def results(self, recording: Recording) -> Iterator[PartialResult[Result]]:
        """Yield what `recording` comes to, stretch by stretch."""


@dataclass(frozen=True)
class Checking:
    """What is asked of every recording; `line` makes the line of a verdict where lines are wanted."""

    catalog: Catalog
    question: Question
    line: Callable[[Verdict], bytes] | None

    def results(self, recording: Recording) -> Iterator[PartialResult[Summary]]:
        """Yield what `recording` comes to, verdict by verdict where more may come while they are waited for.

        Raise SourceError if it cannot be read to its end, DamagedError after the summary of what could be.
        """
        tally, lines = Tally(self.catalog, self.question), bytearray()
        many = 1 if recording.is_live and self.line else _MANY
        skimming = Skimming(tally, self.question)
        is_skimmed = not self.line and self.question.selection.period == ALWAYS  # a time is read of each notification
        try:
            # Where no lines are wanted, most notifications are only counted.
            for number, found in enumerate(recording.left_by(skimming.leave) if is_skimmed else recording, 1):
                verdict = None if found is None else tally.take(*found)
                if verdict is not None:
                    if self.line:
                        lines += self.line(verdict)
                    elif is_skimmed:
                        skimming.learn(verdict)
                if found is None or number % many == 0 or len(lines) > _MOST_BYTES:
                    yield PartialResult(bytes(lines), recording.position)
                    lines.clear()
        except NotifyContractsError as error:
            tally.summary.skipped = recording.skipped
            counted = tally.summary if isinstance(error, DamagedError) else None
            yield PartialResult(bytes(lines), recording.position, counted)
            raise
        tally.summary.skipped = recording.skipped
        yield PartialResult(bytes(lines), recording.position, tally.summary)
