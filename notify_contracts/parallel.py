"""One file checked by several processes, each its own part of the lines."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import NamedTuple

from notify_contracts.capture import Part, Recording, parts
from notify_contracts.catalog import Catalog
from notify_contracts.check import Selection, check
from notify_contracts.errors import SourceError
from notify_contracts.summary import Summary
from notify_contracts.tally import Tally


class Job(NamedTuple):
    """What every process is told."""

    path: str
    catalog: Catalog
    selection: Selection
    allow_unknown: bool


def summaries(job: Job, size: int, processes: int) -> Iterator[Summary]:
    """Yield the summaries of the parts of a file of `size` bytes, in order, with places counted from its beginning.

    Raise SourceError if the file cannot be read, or if a process ends before its part does.
    """
    lines_before = 0
    # Fresh processes: a fork would carry over whatever threads and locks the caller has.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        running = [(part, pool.submit(_summary, job, part)) for part in parts(size, processes)]
        for part, future in running:
            try:
                summary, lines = future.result()
            except BrokenProcessPool:
                where = f"{job.path}, bytes {part.start} to {part.end}"
                raise SourceError(f"{where}: the process that read them has died; try --jobs 1") from None
            yield summary.moved(lines_before)
            lines_before += lines


def _summary(job: Job, part: Part) -> tuple[Summary, int]:
    tally = Tally(job.catalog)
    with Recording(job.path, part=part) as recording:
        for verdict in check(recording, job.catalog, job.selection, allow_unknown=job.allow_unknown):
            tally.add(verdict)
    tally.summary.skipped = recording.skipped
    return tally.summary, recording.length
