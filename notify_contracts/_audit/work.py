"""What one worker does with the files of one batch."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from notify_contracts._audit.locations import mounted
from notify_contracts._audit.packing import Packed
from notify_contracts._audit.sources import File
from notify_contracts._checking import Checking, Question, Summary, Values
from notify_contracts.capture import Recording, members_added
from notify_contracts.errors import CatalogError, DamagedError, NotifyContractsError, SourceError


class Findings(NamedTuple):
    """What files come to, by their places among all.

    `summary` is of all notifications in those that could be read. `flawed` says in a line each in which of these there
    was nothing, or what else in them could not be read, `unread` why others could not be read. `steps` are what each
    tells of lives, where that is asked.
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
    flawed: dict[int, str] = {}
    unread: dict[int, str] = {}
    steps: dict[int, list[Values]] = {}
    mount = cache(mounted)  # for these files and no longer: what it holds open, an archive for one, may be replaced
    for place, file in files.items():
        try:
            steps[place] = []
            summary, flaw = _summary(file.recording(mount), packed, question, steps[place])
        except SourceError as error:
            unread[place] = str(error)
            del steps[place]
            continue
        except CatalogError as error:
            failure: NotifyContractsError = packed.error(error)
        except NotifyContractsError as error:
            failure = type(error)(str(error))
        else:
            summaries.append(summary)
            if flaw is not None:
                flawed[place] = flaw
            elif not summary.notifications:
                flawed[place] = f"{file.name}: {question.selection.why_nothing(summary.skipped)}"
            continue
        # Raised here it travels alone, without what led to it, which may hold credentials or be unable to travel.
        raise failure
    return Findings(Summary().merge(*summaries), flawed, unread, steps)


def _summary(opened: Recording, packed: Packed, question: Question, steps: list[Values]) -> tuple[Summary, str | None]:
    """Return what a recording comes to, and what is wrong with the rest of it; add what it tells of lives."""
    summary = Summary()
    try:
        with members_added(question.members), opened as recording:
            for result in Checking(packed.catalog, question, None).results(recording):
                summary = result.summary or summary
                steps += result.steps
    except DamagedError as error:
        if not summary.notifications:
            raise SourceError(str(error)) from None
        return summary, str(error)
    return summary, None
