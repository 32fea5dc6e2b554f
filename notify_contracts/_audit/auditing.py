"""Files given out to the workers of a cluster, and what comes back."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from notify_contracts._audit.packing import Packed, files_of
from notify_contracts._audit.sources import File
from notify_contracts._audit.work import summarised
from notify_contracts._checking import ABOUT_EVERYTHING, Question, Summary
from notify_contracts._release import release
from notify_contracts.catalog import Catalog
from notify_contracts.errors import ClusterError, NotifyContractsError, SourceError

if TYPE_CHECKING:
    from distributed import Client, Future


_GIVEN_OUT = 10_000
"""How many files the scheduler knows of at a time: more than workers, and few enough for its memory and ours."""

_RETRIES = 2


class Audited(NamedTuple):
    """What became of the file at a place in the order of all of them.

    `summary` is None where it could not be read; `problem` says in a line what is wrong with it, if anything.
    """

    place: int
    file: File
    summary: Summary | None
    problem: str | None


def audited(
    client: "Client", files: Sequence[File], catalog: Catalog, question: Question = ABOUT_EVERYTHING
) -> Iterator[Audited]:
    """Have the workers of a Dask cluster check `files` against `catalog`; yield what became of each, as it comes.

    What a lost worker had in hand is done again by another, what could not be read is tried again. Each file is yielded
    once. Raise ClusterError if the cluster cannot do it, CatalogError where the catalog is at fault.
    """
    from distributed import as_completed

    run = f"audit-{uuid4().hex}"
    folders = tuple((str(member.root), files_of(member)) for member in catalog.members)
    packed = client.submit(Packed, folders, catalog.engine, release(), key=f"{run}-catalog")
    places: dict[Future[Summary], int] = {}
    waiting = iter(enumerate(files))
    completed = as_completed()

    def give_out(count: int) -> None:
        for place, file in islice(waiting, count):
            future = client.submit(summarised, file, packed, question, key=(run, place), retries=_RETRIES)
            places[future] = place
            completed.add(future)

    give_out(_GIVEN_OUT)
    for future in completed:
        place = places.pop(future)
        yield _audited(place, files[place], future, question)
        give_out(1)


def _audited(place: int, file: File, future: "Future[Summary]", question: Question) -> Audited:
    from distributed import CancelledError, KilledWorker
    from distributed.comm.core import CommClosedError

    try:
        summary = future.result()
    except SourceError as error:
        return Audited(place, file, None, str(error))
    except NotifyContractsError:
        raise
    except KilledWorker as error:
        return Audited(place, file, None, f"{file.name}: {error.allowed_failures + 1} workers have died reading it")
    except (CancelledError, CommClosedError):
        raise ClusterError("the scheduler was lost, and with it what the workers did: start the audit again") from None
    if summary.notifications:
        return Audited(place, file, summary, None)
    return Audited(place, file, summary, f"{file.name}: {question.selection.why_nothing(summary.skipped)}")
