"""A recording checked result by result: lines to hand on at once, and in the end what all of it comes to."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from notify_contracts._base import dataclass
from notify_contracts._checking.extent import ALL
from notify_contracts._checking.selection import ALWAYS, Question
from notify_contracts._checking.skimming import Skimming
from notify_contracts._checking.steps import Values
from notify_contracts._checking.summary import Summary
from notify_contracts._checking.tally import Tally
from notify_contracts.capture import Recording
from notify_contracts.catalog import Catalog
from notify_contracts.errors import DamagedError, NotifyContractsError
from notify_contracts.model import Verdict

_MANY = 1024
_MOST_BYTES = 1024 * 1024


if TYPE_CHECKING:
    from notify_contracts._checking.lives import Lives, Stepping
    from notify_contracts._checking.sampling import Sample

Result = TypeVar("Result", covariant=True)  # noqa: PLC0105


class PartialResult(NamedTuple, Generic[Result]):
    """What a stretch of a recording came to: the lines of its verdicts, and how many bytes had been read after it.

    `summary`, in the last result, is of all that was read; None where that says nothing of the rest. `sample` was drawn
    from it where a sample is asked about, and is not in the summary yet. `steps` are what it tells of lives, where
    these are followed. `nothing_in` is of how many lines, none of which is a notification; None where some are.
    """

    lines: bytes
    position: int
    summary: Result | None = None
    sample: "Sample | None" = None
    steps: Sequence[Values] = ()
    nothing_in: int | None = None

    @property
    def is_progress_alone(self) -> bool:
        """Whether it tells no more than how many bytes had been read."""
        return self == PartialResult(b"", self.position)


class Work(Protocol[Result]):
    """What is done with every recording, in this process or in others, to which it travels."""

    def results(self, recording: Recording) -> Iterator[PartialResult[Result]]:
        """Yield what `recording` comes to, stretch by stretch."""


@dataclass(frozen=True)
class Checking:
    """What is asked of every recording; `line` makes the line of a verdict where lines are wanted.

    With `lives`, in this process, these are told at once of what is only counted; of the rest the results have steps.
    """

    catalog: Catalog
    question: Question
    line: Callable[[Verdict], bytes] | None
    lives: "Lives | None" = None

    def results(self, recording: Recording) -> Iterator[PartialResult[Summary]]:
        """Yield what `recording` comes to, verdict by verdict where more may come while they are waited for.

        Raise SourceError if it cannot be read to its end, DamagedError after the summary of what could be.
        """
        tally, lines, error = Tally(self.catalog, self.question), bytearray(), None
        sample, stepping = self.question.extent.empty_sample(), self._stepping(recording)
        try:
            if self.question.extent == ALL:
                yield from self._of_all(recording, tally, lines, stepping)
            else:
                yield from self._of_a_part(recording, tally, lines, sample)
        except NotifyContractsError as failure:
            error = failure
        tally.summary.skipped = recording.skipped
        counted = tally.summary if error is None or isinstance(error, DamagedError) else None
        steps = stepping.gathered() if stepping else ()
        yield PartialResult(bytes(lines), recording.position, counted, sample and sample.close(), steps)
        if error is not None:
            raise error

    def _of_all(
        self, recording: Recording, tally: Tally, lines: bytearray, stepping: "Stepping | None"
    ) -> Iterator[PartialResult[Summary]]:
        """Yield what all of it comes to but for its end, which is left in `tally`, `lines` and `stepping`."""
        many = 1 if recording.is_live and self.line else _MANY
        skimming = Skimming(tally, self.question, stepping)
        # A time, or an id with its place, is read of each notification.
        is_skimmed = not (self.line or self.question.duplicates) and self.question.selection.period == ALWAYS
        # Where no lines are wanted, most notifications are only counted.
        for number, found in enumerate(recording.left_by(skimming.leave) if is_skimmed else recording, 1):
            verdict = None if found is None else tally.take(*found)
            if verdict is not None:
                if self.line:
                    lines += self.line(verdict)
                elif is_skimmed:
                    skimming.learn(verdict)
            if stepping is not None:
                stepping.end_stretch() if found is None else stepping.add(*found, verdict)
            if found is None or number % many == 0 or len(lines) > _MOST_BYTES:
                steps = stepping.gathered() if stepping else ()
                yield PartialResult(bytes(lines), recording.position, steps=steps)
                lines.clear()

    def _stepping(self, recording: Recording) -> "Stepping | None":
        if not self.question.lives:
            return None
        from notify_contracts._checking.lives import Stepping  # much, and seldom asked for

        return Stepping(self.catalog, recording.name, self.lives)

    def of_sample(self, sample: "Sample") -> PartialResult[Summary]:
        """Return what a sample comes to."""
        tally = Tally(self.catalog, self.question)
        verdicts = [tally.take(*drawn) for drawn in sample]
        tally.summary.is_part = sample.offered > len(verdicts)
        lines = b"".join([self.line(one) for one in verdicts if one is not None]) if self.line else b""
        return PartialResult(lines, 0, tally.summary)

    def _of_a_part(
        self, recording: Recording, tally: Tally, lines: bytearray, sample: "Sample | None"
    ) -> Iterator[PartialResult[Summary]]:
        """Yield what the first that are found come to, and read no further; or of all of them draw a sample."""
        extent, selection = self.question.extent, self.question.selection
        many = 1 if recording.is_live and self.line else _MANY
        for number, found in enumerate(recording, 1):
            if sample is None:
                verdict = tally.take(*found)
                lines += self.line(verdict) if self.line and verdict is not None else b""
            elif found[0] in selection:
                sample.offer(*found)
            else:
                tally.leave_out(found[0])
            if sample is None and tally.summary.notifications == extent.first:
                tally.summary.is_part = True
                break
            if number % many == 0 or len(lines) > _MOST_BYTES:
                yield PartialResult(bytes(lines), recording.position)
                lines.clear()
