"""Files given out to the workers of a cluster, and what comes back, whatever is to be done with them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from notify_contracts._audit.batches import batches
from notify_contracts._audit.sources import File
from notify_contracts.errors import ClusterError

if TYPE_CHECKING:
    from distributed import Client, Future, KilledWorker

_RETRIES = 2


class Findings(Protocol):
    """What came of files, by their places; `flawed` and `unread` are as `Taken` has them."""

    @property
    def flawed(self) -> Mapping[int, str]: ...

    @property
    def unread(self) -> Mapping[int, str]: ...


Found = TypeVar("Found", bound=Findings)


class Shared(NamedTuple, Generic[Found]):
    """What became of some of the files, by their places in the order of all of them.

    `read` names those that were read to their end, `found` is what was found in them, None where nothing was.
    `problems` says in a line each what is wrong with a file, whether it could be read or not.
    """

    read: Mapping[int, str]
    found: Found | None
    problems: Mapping[int, str]


class _Batch(NamedTuple):
    """Files to be read one after the other, by their places; `tries` is how often that was tried in vain."""

    places: Sequence[int]
    tries: int = 0


class Sharing(Generic[Found]):
    """Has the workers of a Dask cluster call `find` with batches of `files` and with what was `sent`.

    `sent` was made by a worker, and is what all of them need. `doing` is what people call all of it.
    """

    def __init__(
        self,
        client: "Client",
        files: Sequence[File],
        find: Callable[..., Found],
        sent: "Future[Any]",
        doing: str,
    ) -> None:
        self._suspects: list[int] = []
        self._client = client
        self._files = files
        self._find = find
        self._sent = sent
        self._doing = doing
        self._keys = ((sent.key, number) for number in count())

    def results(self, at_a_time: int) -> Iterator[Shared[Found]]:
        """Yield what became of all files, as it comes, each file once; `at_a_time` batches, or more, are under way.

        What a lost worker had in hand is done again by another, what could not be read is tried again.
        """
        workers = sum(self._client.nthreads().values())
        together = map(_Batch, batches(self._files, workers))
        yield from self._results(together, 1 if len(self._files) == 1 else max(at_a_time, 2 * workers))
        # Dask blames a worker's end on every task that it had been handed, begun or not. So what shared a lost worker
        # is read file by file with nothing else under way: a worker that is lost then was lost to that file.
        yield from self._results([_Batch([place]) for place in sorted(self._suspects)], at_a_time=1)

    def _results(self, waiting: Iterable[_Batch], at_a_time: int) -> Iterator[Shared[Found]]:
        """Give out batches, and yield what comes back of them but for suspects, which shared a worker that was lost."""
        from distributed import KilledWorker, as_completed

        remaining = iter(waiting)
        completed = as_completed()
        under_way: dict[Future[Found], _Batch] = {}

        def give_out(batches: Iterable[_Batch]) -> None:
            for batch in batches:
                files = {place: self._files[place] for place in batch.places}
                future = self._client.submit(self._find, files, self._sent, key=next(self._keys))
                under_way[future] = batch
                completed.add(future)

        give_out(islice(remaining, at_a_time))
        for future in completed:
            batch = under_way.pop(future)
            try:
                found = self._result(future)
            except KilledWorker as error:
                yield from self._after_a_loss(batch, error, was_alone=at_a_time == 1)
            else:
                again = found.unread if batch.tries < _RETRIES else {}
                yield self._shared(batch, found, again)
                if again:
                    give_out([_Batch(tuple(again), batch.tries + 1)])
            give_out(islice(remaining, at_a_time - len(under_way)))

    def _shared(self, batch: _Batch, found: Found, again: Mapping[int, str]) -> Shared[Found]:
        read = {place: self._files[place].name for place in batch.places if place not in found.unread}
        unread = {place: why for place, why in found.unread.items() if place not in again}
        return Shared(read, found, {**found.flawed, **unread})

    def _after_a_loss(self, batch: _Batch, error: "KilledWorker", *, was_alone: bool) -> Iterator[Shared[Found]]:
        workers = f"{error.allowed_failures + 1} workers have died"
        if error.task == self._sent.key:
            raise ClusterError(f"{workers} before they could read anything: see what they have logged")
        if was_alone and len(batch.places) == 1:
            (place,) = batch.places
            yield Shared({}, None, {place: f"{self._files[place].name}: {workers} reading it"})
        else:
            self._suspects += batch.places

    def _result(self, future: "Future[Found]") -> Found:
        from distributed import CancelledError
        from distributed.comm.core import CommClosedError

        try:
            return future.result()
        except (CancelledError, CommClosedError):
            lost = "the scheduler was lost, and with it what the workers did"
            raise ClusterError(f"{lost}: start the {self._doing} again") from None
