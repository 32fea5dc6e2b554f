"""Files checked by the workers of a cluster."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from notify_contracts._audit.packing import Packed, parts_of
from notify_contracts._audit.sharing import Sharing
from notify_contracts._audit.sources import File
from notify_contracts._audit.work import Findings, found_in
from notify_contracts._checking import ABOUT_EVERYTHING, Question, Summary, Values
from notify_contracts.catalog import Catalog

if TYPE_CHECKING:
    from distributed import Client


_GIVEN_OUT = 1_000
"""How many batches the scheduler knows of at a time, at least: few enough for its memory and ours."""


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


def audited(
    client: "Client", files: Sequence[File], catalog: Catalog, question: Question = ABOUT_EVERYTHING
) -> Iterator[Audited]:
    """Have the workers of a Dask cluster check `files` against `catalog`; yield what became of them, as it comes.

    What a lost worker had in hand is done again by another, what could not be read is tried again. Each file is yielded
    once. Raise ClusterError if the cluster cannot do it, CatalogError where the catalog is at fault.
    """
    sent = client.submit(Packed, *parts_of(catalog), key=f"audit-{uuid4().hex}")
    for shared in Sharing(client, files, partial(found_in, question=question), sent, "audit").results(_GIVEN_OUT):
        found = shared.found or Findings(Summary(), {}, {})
        yield Audited(shared.read, found.summary, shared.problems, found.steps)
