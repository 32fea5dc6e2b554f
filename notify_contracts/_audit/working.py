"""Any work done with files by the workers of a cluster."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from notify_contracts._audit.packing import PackedWork, parts_of_work
from notify_contracts._audit.sharing import Sharing
from notify_contracts._audit.sources import File
from notify_contracts._audit.taking import each_taken
from notify_contracts._checking import EVERYTHING, Work
from notify_contracts.capture import Recording, reading_in, reading_way
from notify_contracts.errors import DamagedError

if TYPE_CHECKING:
    from distributed import Client

_GIVEN_OUT = 4
"""How many batches are given out at a time, at least: what comes of one may be large, and waits for its turn."""


class Done(NamedTuple):
    """What files came to, by their places among all; `flawed` and `unread` are as `Taken` has them."""

    results: dict[int, Any]
    flawed: dict[int, str]
    unread: dict[int, str]


class Worked(NamedTuple):
    """What a file came to, by its place, None where it could not be read; and what is wrong with it, if anything."""

    place: int
    result: Any | None
    problem: str | None


def worked(client: "Client", files: Sequence[File], work: Work[Any], doing: str) -> Iterator[Worked]:
    """Have the workers of a Dask cluster do some work with `files`; yield what each came to, in their order.

    `doing` is what people call it. Raise ClusterError if the cluster cannot do it.
    """
    sent = client.submit(PackedWork, *parts_of_work((work, reading_way())), key=f"{doing}-{uuid4().hex}")
    waiting: dict[int, Worked] = {}
    turn = 0
    for shared in Sharing(client, files, done_with, sent, doing).results(_GIVEN_OUT):
        results = shared.found.results if shared.found else {}
        for place in {**shared.read, **shared.problems}:
            waiting[place] = Worked(place, results.get(place), shared.problems.get(place))
        while turn in waiting:
            yield waiting.pop(turn)
            turn += 1


def done_with(files: Mapping[int, File], packed: PackedWork) -> Done:
    """Return what files come to, which are given by their places among all; raise as `each_taken` does."""
    results: dict[int, Any] = {}
    work, way = packed.work

    def take(place: int, opened: Recording) -> str | None:
        nothing_in = None
        try:
            with reading_in(way), opened as recording:
                for partial in work.results(recording):
                    if partial.summary is not None:
                        results[place], nothing_in = partial.summary, partial.nothing_in
        except DamagedError as error:
            return str(error)
        return None if nothing_in is None else f"{recording.name}: {EVERYTHING.why_nothing(nothing_in)}"

    return Done(results, *each_taken(files, take, packed.error))
