"""The sources that a command line names: the files that they are, and what comes of each, by one process or several."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from notify_contracts._checking import PartialResult, Work
from notify_contracts.capture import STANDARD_INPUT, Recording, companions, is_file
from notify_contracts.cli.standard_error import say
from notify_contracts.errors import UsageError

_MOST_JOBS = 64
_WORTH_A_PROCESS = 16 * 1024 * 1024
_WORTH_THE_WAY = 32 * 1024

Result = TypeVar("Result")


def add_source_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the sources."""
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        help="a recording: JSON lines, a JSON array or a service's log, plain, compressed or in an archive; "
        "a folder is all that is in it, as for audit; - is standard input",
    )


def add_jobs_argument(parser: argparse.ArgumentParser) -> None:
    """Add ``--jobs``."""
    parser.add_argument(
        "--jobs",
        setting="jobs",
        metavar="N|auto",
        type=_jobs,
        help="processes that share the work (default: auto, one for each 16 MiB of files, up to the number of cores; "
        "one for files of less than 32 KiB on average)",
    )


def chosen_sources(given: Sequence[str], notes: list[str], problems: list[str]) -> Sequence[str]:
    """Return what is to be read, of folders the files in them; what is to be said of these is added to the lists.

    Where nothing is given, standard input is read.
    """
    return _bodies(_files(given or _standard_input(), notes, problems), notes)


def _jobs(text: str) -> int | None:
    if text == "auto":
        return None
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"expected auto or a number from 1 to {_MOST_JOBS}")
    return int(text)


def _standard_input() -> list[str]:
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("nothing to check: give a SOURCE, or - for standard input")
    return [STANDARD_INPUT]


def _files(sources: Sequence[str], notes: list[str], problems: list[str]) -> Sequence[str]:
    """Return the sources, of folders the files in them, each file once; what is to be said goes to the lists."""
    if len(sources) == 1 and not any(map(os.path.isdir, sources)):
        return sources
    from notify_contracts._audit import in_folders

    files = in_folders(sources, notes.append, problems.append)
    for line in (*notes, *problems):
        say(line)
    return files


def _bodies(sources: Sequence[str], notes: list[str]) -> Sequence[str]:
    """Return the sources without those that only say of others how they were carried, which is noted."""
    beside = companions(sources)
    if not beside:
        return sources
    notes.append(f"{len(beside)} files of properties, beside the messages that they belong to, were skipped")
    say(notes[-1])
    return [source for source in sources if source not in beside]


def size_of(source: str) -> int:
    """Return the size of a source in bytes, 0 where unknown; an error is reported when its turn comes."""
    try:
        facts = os.fstat(0) if source == STANDARD_INPUT else Path(source).stat()
    except (OSError, ValueError):
        return 0
    return facts.st_size


def jobs_worth(sources: Sequence[str], size: int) -> int:
    """Return the number of processes that are worth their start; a pipe may be slower than one.

    So are files that take less time than their way to another process, if most are such.
    """
    if size < len(sources) * _WORTH_THE_WAY or not all(map(is_file, sources)):
        return 1
    return max(1, min(os.cpu_count() or 1, size // _WORTH_A_PROCESS))


@contextmanager
def results_of(
    sources: Sequence[str], work: Work[Result], jobs: int
) -> Iterator[Iterator[Iterator[PartialResult[Result]]]]:
    """Give the results of each source, one source after the other, from this process or from several others."""
    if jobs == 1:
        yield (_alone(source, work) for source in sources)
        return
    from notify_contracts._checking.parallel import Pool

    with Pool(sources, work, jobs) as pool:
        yield (pool.results() for _ in sources)


def _alone(source: str, work: Work[Result]) -> Iterator[PartialResult[Result]]:
    with Recording(source) as recording:
        yield from work.results(recording)
