"""What one worker does with the files of one batch."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from notify_contracts._audit.packing import Packed
from notify_contracts._audit.sources import File
from notify_contracts._audit.taking import each_taken
from notify_contracts._checking import Checking, Question, Summary, Values
from notify_contracts.capture import Recording, members_added
from notify_contracts.errors import DamagedError, SourceError
from notify_contracts.wire.envelopes import reading_as


class Findings(NamedTuple):
    """What files come to, by their places among all.

    `summary` is of all notifications in those that could be read. `flawed` and `unread` are as `Taken` has them.
    `steps` are what each tells of lives, where that is asked.
    """

    summary: Summary
    flawed: dict[int, str]
    unread: dict[int, str]
    steps: Mapping[int, Sequence[Values]] = {}


def found_in(files: Mapping[int, File], packed: Packed, question: Question) -> Findings:
    """Return what files come to, which are given by their places among all.

    Raise CatalogError where the catalog is at fault, ClusterError if this machine cannot be trusted to say the same as
    the others.
    """
    summaries: list[Summary] = []
    steps: dict[int, list[Values]] = {}

    def take(place: int, opened: Recording) -> str | None:
        told: list[Values] = []
        summary, flaw = _summary(opened, packed, question, told)
        steps[place] = told
        summaries.append(summary)
        if flaw is None and not summary.notifications:
            return f"{files[place].name}: {question.selection.why_nothing(summary.skipped)}"
        return flaw

    taken = each_taken(files, take, packed.error)
    return Findings(Summary().merge(*summaries), taken.flawed, taken.unread, steps)


def _summary(opened: Recording, packed: Packed, question: Question, steps: list[Values]) -> tuple[Summary, str | None]:
    """Return what a recording comes to, and what is wrong with the rest of it; add what it tells of lives."""
    summary = Summary()
    try:
        with members_added(question.members), reading_as(packed.catalog.envelopes), opened as recording:
            for result in Checking(packed.catalog, question, None).results(recording):
                summary = result.summary or summary
                steps += result.steps
    except DamagedError as error:
        if not summary.notifications:
            raise SourceError(str(error)) from None
        return summary, str(error)
    return summary, None
