"""Files given out to the workers of a cluster, and what comes back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from notify_contracts._audit.batches import batches
from notify_contracts._audit.packing import Packed, files_of
from notify_contracts._audit.sources import File
from notify_contracts._audit.work import Findings, found_in
from notify_contracts._checking import ABOUT_EVERYTHING, Question, Summary, Values
from notify_contracts._release import release
from notify_contracts.catalog import Catalog
from notify_contracts.errors import ClusterError

if TYPE_CHECKING:
    from distributed import Client, Future, KilledWorker


_GIVEN_OUT = 1_000
"""How many batches the scheduler knows of at a time, at least: few enough for its memory and ours."""

_RETRIES = 2


class Audited(NamedTuple):
    """What became of some of the files, by their places in the order of all of them.

    `read` names those that were read to their end, `summary` is of all notifications in them. `problems` says in a line
    each what is wrong with a file, whether it could be read or not. `steps` are what each tells of lives.
    """

    read: Mapping[int, str]
    summary: Summary
    problems: Mapping[int, str]
    steps: Mapping[int, Sequence[Values]] = {}

    @property
    def places(self) -> frozenset[int]:
        """The places of the files that it is about."""
        return frozenset(self.read) | frozenset(self.problems)


class _Batch(NamedTuple):
    """Files to be read one after the other, by their places; `tries` is how often that was tried in vain."""

    places: Sequence[int]
    tries: int = 0


def audited(
    client: "Client", files: Sequence[File], catalog: Catalog, question: Question = ABOUT_EVERYTHING
) -> Iterator[Audited]:
    """Have the workers of a Dask cluster check `files` against `catalog`; yield what became of them, as it comes.

    What a lost worker had in hand is done again by another, what could not be read is tried again. Each file is yielded
    once. Raise ClusterError if the cluster cannot do it, CatalogError where the catalog is at fault.
    """
    run = f"audit-{uuid4().hex}"
    folders = tuple((str(member.root), files_of(member)) for member in catalog.members)
    packed = client.submit(Packed, folders, catalog.engine, release(), key=f"{run}-catalog")
    workers = sum(client.nthreads().values())
    audit = _Audit(client, files, packed, question, run)
    together = map(_Batch, batches(files, workers))
    yield from audit.results(together, at_a_time=1 if len(files) == 1 else max(_GIVEN_OUT, 2 * workers))
    # Dask blames a worker's end on every task that it had been handed, begun or not. So what shared a lost worker is
    # read file by file with nothing else under way: a worker that is lost then was lost to that file.
    yield from audit.results([_Batch([place]) for place in sorted(audit.suspects)], at_a_time=1)


class _Audit:
    """One audit: its files, and those `suspects` that were under way on workers that were lost, among others."""

    def __init__(
        self, client: "Client", files: Sequence[File], packed: "Future[Packed]", question: Question, run: str
    ) -> None:
        self.suspects: list[int] = []
        self._client = client
        self._files = files
        self._packed = packed
        self._question = question
        self._keys = ((run, number) for number in count())

    def results(self, waiting: Iterable[_Batch], at_a_time: int) -> Iterator[Audited]:
        """Give out batches, and yield what comes back of them but for suspects."""
        from distributed import KilledWorker, as_completed

        remaining = iter(waiting)
        completed = as_completed()
        under_way: dict[Future[Findings], _Batch] = {}

        def give_out(batches: Iterable[_Batch]) -> None:
            for batch in batches:
                files = {place: self._files[place] for place in batch.places}
                future = self._client.submit(found_in, files, self._packed, self._question, key=next(self._keys))
                under_way[future] = batch
                completed.add(future)

        give_out(islice(remaining, at_a_time))
        for future in completed:
            batch = under_way.pop(future)
            try:
                findings = _result(future)
            except KilledWorker as error:
                yield from self._after_a_loss(batch, error, was_alone=at_a_time == 1)
            else:
                again = findings.unread if batch.tries < _RETRIES else {}
                yield self._audited(batch, findings, again)
                if again:
                    give_out([_Batch(tuple(again), batch.tries + 1)])
            give_out(islice(remaining, at_a_time - len(under_way)))

    def _audited(self, batch: _Batch, findings: Findings, again: Mapping[int, str]) -> Audited:
        read = {place: self._files[place].name for place in batch.places if place not in findings.unread}
        unread = {place: why for place, why in findings.unread.items() if place not in again}
        return Audited(read, findings.summary, {**findings.flawed, **unread}, findings.steps)

    def _after_a_loss(self, batch: _Batch, error: "KilledWorker", *, was_alone: bool) -> Iterator[Audited]:
        workers = f"{error.allowed_failures + 1} workers have died"
        if error.task == self._packed.key:
            raise ClusterError(f"{workers} before they could read anything: see what they have logged")
        if was_alone and len(batch.places) == 1:
            (place,) = batch.places
            yield Audited({}, Summary(), {place: f"{self._files[place].name}: {workers} reading it"})
        else:
            self.suspects += batch.places


def _result(future: "Future[Findings]") -> Findings:
    from distributed import CancelledError
    from distributed.comm.core import CommClosedError

    try:
        return future.result()
    except (CancelledError, CommClosedError):
        raise ClusterError("the scheduler was lost, and with it what the workers did: start the audit again") from None
