"""Any work done with files by the workers of a cluster."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from notify_contracts._audit.locations import mounted
from notify_contracts._audit.packing import PackedWork, parts_of_work
from notify_contracts._audit.sharing import Sharing
from notify_contracts._audit.sources import File
from notify_contracts._checking import Work
from notify_contracts.capture import Recording
from notify_contracts.errors import CatalogError, DamagedError, NotifyContractsError, SourceError

if TYPE_CHECKING:
    from distributed import Client

_FOR_EACH = 4
"""How many batches are given out for each worker: what comes of one may be large, and waits for its turn."""


class Done(NamedTuple):
    """What files came to, by their places among all, and in a line each why some could not be read (to their end)."""

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
    sent = client.submit(PackedWork, *parts_of_work(work), key=f"{doing}-{uuid4().hex}")
    waiting: dict[int, Worked] = {}
    turn = 0
    for shared in Sharing(client, files, done_with, sent, doing).results(_FOR_EACH):
        results = shared.found.results if shared.found else {}
        for place in {**shared.read, **shared.problems}:
            waiting[place] = Worked(place, results.get(place), shared.problems.get(place))
        while turn in waiting:
            yield waiting.pop(turn)
            turn += 1


def done_with(files: Mapping[int, File], packed: PackedWork) -> Done:
    """Return what files come to, which are given by their places among all.

    Raise ClusterError if this machine cannot be trusted to come to the same as the others.
    """
    done = Done({}, {}, {})
    mount = cache(mounted)  # for these files and no longer: what it holds open, an archive for one, may be replaced
    for place, file in files.items():
        try:
            _add(done, place, file.recording(mount), packed)
        except DamagedError as error:
            done.flawed[place] = str(error)
            continue
        except SourceError as error:
            done.unread[place] = str(error)
            continue
        except CatalogError as error:
            failure: NotifyContractsError = packed.error(error)
        except NotifyContractsError as error:
            failure = type(error)(str(error))
        else:
            continue
        # Raised here it travels alone, without what led to it, which may hold credentials or be unable to travel.
        raise failure
    return done


def _add(done: Done, place: int, opened: Recording, packed: PackedWork) -> None:
    """Add what a recording comes to, also where it is damaged."""
    with opened as recording:
        for partial in packed.work.results(recording):
            if partial.summary is not None:
                done.results[place] = partial.summary
