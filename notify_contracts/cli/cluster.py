"""The cluster that a command line names: its options, and recordings that are read several times by its workers."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from notify_contracts._audit import File, files, joined_cluster, own_cluster, worked
from notify_contracts._checking import Work
from notify_contracts._report import deferred_interrupts
from notify_contracts.cli.numbers import between
from notify_contracts.cli.progress import files_with_progress
from notify_contracts.cli.reader import Reader, Sources, reader_of
from notify_contracts.cli.standard_error import say
from notify_contracts.errors import UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from distributed import Client

_MOST_WORKERS = 1024


def add_cluster_arguments(parser: argparse.ArgumentParser, without: str, workers: str) -> None:
    """Add ``--scheduler`` and ``--workers``; `without` and `workers` say what goes where one is not given."""
    parser.add_argument(
        "--scheduler",
        metavar="URL",
        not_with=["--jobs"],
        help="a Dask scheduler: tcp://host:8786; its workers have this version of notify-contracts[cluster], "
        f"and read SOURCE by the same name (default: {without})",
    )
    parser.add_argument(
        "--workers",
        metavar="N",
        type=between(1, _MOST_WORKERS),
        not_with=["--scheduler", "--jobs"],
        help=f"a cluster of so many processes here (default: {workers})",
    )


def chosen_cluster(options: argparse.Namespace) -> "AbstractContextManager[Client]":
    """Return the cluster of ``--scheduler``, or one on this machine for as long as it is needed."""
    if options.scheduler is None:
        return own_cluster(options.workers)
    return joined_cluster(options.scheduler, say)


class ClusterReader(Reader):
    """Reads files by the workers of a cluster; what could not be read once is not tried by the next piece of work."""

    def __init__(self, client: "Client", files: Sequence[File]) -> None:
        super().__init__(Sources(), jobs=1)
        self._client = client
        self._files = list(files)

    def run(self, work: Work[Any]) -> Iterator[Any]:
        """Yield what each file comes to, in their order."""
        unread: set[int] = set()
        done = worked(self._client, self._files, work, "reading")
        for one in files_with_progress(done, len(self._files), "read", lambda _: 1):
            if one.problem is not None:
                self.complain(one.problem)
            if one.result is not None:
                yield one.result
            elif one.problem is not None:
                unread.add(one.place)
        self._files = [file for place, file in enumerate(self._files) if place not in unread]


def opened_reader(options: argparse.Namespace, stack: ExitStack) -> Reader:
    """Return what reads the sources of a command line: a cluster if one is asked for, else ``--jobs`` processes."""
    if options.scheduler is None and options.workers is None:
        return reader_of(options.sources, options.jobs, stack)
    if not options.sources:
        raise UsageError("a cluster reads no standard input: give a SOURCE that its workers can read")
    found = files(options.sources, say)
    with deferred_interrupts():  # Dask says a lot where its start is interrupted
        client = stack.enter_context(chosen_cluster(options))
    return ClusterReader(client, found)
