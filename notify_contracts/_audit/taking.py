"""What a worker does with one file after the other, and what it says of those that are not as they should be."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from notify_contracts._audit.locations import mounted
from notify_contracts._audit.sources import File
from notify_contracts.capture import Recording
from notify_contracts.errors import CatalogError, NotifyContractsError, SourceError


class Taken(NamedTuple):
    """What is wrong with files, in a line each, by their places among all.

    `flawed` says in which of those that could be read there was nothing, or what else in them could not be read,
    `unread` why others could not be read.
    """

    flawed: dict[int, str]
    unread: dict[int, str]


def each_taken(
    files: Mapping[int, File],
    take: Callable[[int, Recording], str | None],
    said: Callable[[CatalogError], CatalogError],
) -> Taken:
    """Have each file taken, by its place, and return what is wrong with which; `take` returns what is flawed in one.

    `said` makes what is wrong with a catalog what it is where that came from. Raise CatalogError with that,
    ClusterError if this machine cannot be trusted to say the same as the others.
    """
    taken = Taken({}, {})
    mount = cache(mounted)  # for these files and no longer: what it holds open, an archive for one, may be replaced
    for place, file in files.items():
        try:
            flaw = take(place, file.recording(mount))
        except SourceError as error:
            taken.unread[place] = str(error)
            continue
        except CatalogError as error:
            failure: NotifyContractsError = said(error)
        except NotifyContractsError as error:
            failure = type(error)(str(error))
        else:
            if flaw is not None:
                taken.flawed[place] = flaw
            continue
        # Raised here it travels alone, without what led to it, which may hold credentials or be unable to travel.
        raise failure
    return taken
