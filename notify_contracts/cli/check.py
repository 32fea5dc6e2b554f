"""``notify-contracts check``: which recorded notifications keep their contract, and where the others break it."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from notify_contracts._checking import Checking, PartialResult, Sample, Summary
from notify_contracts._report import Outcome, verdict_line
from notify_contracts.capture import STANDARD_INPUT, Recording, companions, is_file, members_added, source_name
from notify_contracts.cli.baseline import add_baseline_arguments, chosen_baseline, with_baseline
from notify_contracts.cli.duplicates import add_duplicates_arguments, asks_for_duplicates, judged_by_duplicates
from notify_contracts.cli.extent import add_extent_arguments, chosen_extent, what_was_left_out
from notify_contracts.cli.nothing import why_nothing_was_judged
from notify_contracts.cli.options import (
    add_catalog_arguments,
    add_member_argument,
    add_selection_arguments,
    add_transport_arguments,
    chosen_catalog,
    chosen_question,
    chosen_transport,
)
from notify_contracts.cli.progress import progress_of_bytes
from notify_contracts.cli.reports import Reports, add_report_arguments, opened_reports, status_of
from notify_contracts.errors import DamagedError, SourceError, UsageError

_MOST_JOBS = 64
_WORTH_A_PROCESS = 16 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        help="a recording: JSON lines, a JSON array or a service's log, plain, compressed or in an archive; "
        "a folder is all that is in it, as for audit; - is standard input",
    )
    add_catalog_arguments(parser)
    add_report_arguments(parser)
    add_baseline_arguments(parser)
    add_selection_arguments(parser)
    add_transport_arguments(parser)
    add_member_argument(parser)
    add_extent_arguments(parser)
    add_duplicates_arguments(parser)
    parser.add_argument(
        "--jobs",
        metavar="N|auto",
        type=_jobs,
        help="processes that share the work (default: auto, one for each 16 MiB of files, up to the number of cores)",
    )


def _jobs(text: str) -> int | None:
    if text == "auto":
        return None
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"expected auto or a number from 1 to {_MOST_JOBS}")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Check every source; one that cannot be read does not stop the rest."""
    catalog = chosen_catalog(options)
    notes: list[str] = []
    problems: list[str] = []
    sources = _bodies(_files(options.sources or _standard_input(), notes, problems), notes)
    sizes = [_size(source) for source in sources]
    baseline = chosen_baseline(options, tuple(sources), catalog.name)
    with opened_reports(options, sources) as reports:
        line = verdict_line if reports.wants_verdicts else None
        transport, extent = chosen_transport(options, catalog), chosen_extent(options)
        question = replace(chosen_question(options, catalog), transport=transport, extent=extent)
        question = replace(question, duplicates=asks_for_duplicates(options), members=frozenset(options.member))
        checking = Checking(catalog, question, line)
        run = _Run(checking, reports, notes, problems)
        jobs = 1 if extent.first else options.jobs or _jobs_worth(sources, sum(sizes))
        with (
            progress_of_bytes(sum(sizes)) as watched,
            _results(sources, run, jobs) as results,
            members_added(options.member),
        ):
            for source, size, found in zip(sources, sizes, results, strict=True):
                run.take(source, watched(source, size, found))
                if run.has_enough:
                    break
        run.draw()
        outcome = with_baseline(options, baseline, judged_by_duplicates(options, run.outcome()))
        reports.write(outcome)
    return status_of(outcome)


def _standard_input() -> list[str]:
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("nothing to check: give a SOURCE, or - for standard input")
    return [STANDARD_INPUT]


def _files(sources: Sequence[str], notes: list[str], problems: list[str]) -> Sequence[str]:
    """Return the sources, of folders the files in them; what is to be said of these is added to the lists."""
    if not any(map(os.path.isdir, sources)):
        return sources
    from notify_contracts._audit import in_folders

    files = in_folders(sources, notes.append, problems.append)
    for line in (*notes, *problems):
        _say(line)
    return files


def _bodies(sources: Sequence[str], notes: list[str]) -> Sequence[str]:
    """Return the sources without those that only say of others how they were carried, which is noted."""
    beside = companions(sources)
    if not beside:
        return sources
    notes.append(f"{len(beside)} files of properties, beside the messages that they belong to, were skipped")
    _say(notes[-1])
    return [source for source in sources if source not in beside]


def _size(source: str) -> int:
    """Return the size of a source in bytes, 0 where unknown; an error is reported when its turn comes."""
    try:
        facts = os.fstat(0) if source == STANDARD_INPUT else Path(source).stat()
    except (OSError, ValueError):
        return 0
    return facts.st_size


def _jobs_worth(sources: Sequence[str], size: int) -> int:
    """Return the number of processes that are worth their start; a pipe may be slower than one."""
    if not all(map(is_file, sources)):
        return 1
    return max(1, min(os.cpu_count() or 1, size // _WORTH_A_PROCESS))


@contextmanager
def _results(sources: Sequence[str], run: "_Run", jobs: int) -> Iterator[Iterator[Iterator[PartialResult]]]:
    """Give the results of each source, one source after the other, from this process or from several others."""
    if jobs == 1:
        yield (_alone(source, run.checking) for source in sources)
        return
    from notify_contracts._checking.parallel import Pool

    with Pool(sources, run.checking, jobs) as pool:
        yield (pool.results() for _ in sources)


def _alone(source: str, checking: Checking) -> Iterator[PartialResult]:
    with Recording(source) as recording:
        yield from checking.results(recording)


class _Run:
    """One run of the command: its arguments and its results so far."""

    def __init__(self, checking: Checking, reports: Reports, notes: Sequence[str], problems: list[str]) -> None:
        self.summary = Summary()
        self.problems = problems
        self._notes = notes
        self._checking = checking
        self._reports = reports
        self._sources: list[str] = []
        extent = checking.question.extent
        self._sample = None if extent.sample is None else Sample(extent.sample, extent.seed)

    @property
    def checking(self) -> Checking:
        """What is still to be asked of the sources that follow."""
        question = self._checking.question
        if question.extent.first is None:
            return self._checking
        extent = replace(question.extent, first=question.extent.first - self.summary.notifications)
        return replace(self._checking, question=replace(question, extent=extent))

    @property
    def has_enough(self) -> bool:
        """Whether nothing more is asked about."""
        return self.summary.notifications == self._checking.question.extent.first

    def draw(self) -> None:
        """Check the sample, if one is asked about."""
        if self._sample is not None:
            result = self._checking.of_sample(self._sample)
            self._reports.add_lines(result.lines)
            self.summary = self.summary.merge(result.summary or Summary())

    def outcome(self) -> Outcome:
        """Return the outcome of the run; that no contract was asked about anything is a problem, too."""
        nothing = why_nothing_was_judged(self.summary, self._checking.catalog, self._checking.question)
        if nothing is not None:
            self._complain(nothing)
        offered = self._sample.offered if self._sample else 0
        left_out = what_was_left_out(self._checking.question.extent, self.summary, offered)
        problems, notes = tuple(self.problems), (*self._notes, *self.summary.notes, *left_out)
        return Outcome(self._checking.catalog, tuple(self._sources), self.summary, problems, notes)

    def take(self, source: str, results: Iterable[PartialResult]) -> None:
        """Hand on the verdicts on one source as they come, and count them if it could be read."""
        name, counted, sample = source_name(source), Summary(), self._sample and self._sample.empty()
        try:
            for result in results:
                if result.lines:
                    self._reports.add_lines(result.lines)
                if result.summary is not None:
                    counted = counted.merge(result.summary)
                if sample is not None and result.sample is not None:
                    sample.add(result.sample)
        except SourceError as error:
            self._complain(str(error))
            if not isinstance(error, DamagedError) or not (counted.notifications or (sample and sample.offered)):
                return
        self._sources.append(name)
        self.summary = self.summary.merge(counted)
        if self._sample is not None and sample is not None:
            self._sample.add(sample)
        if not counted.notifications and not (sample and sample.offered):
            self._complain(f"{name}: {self._checking.question.selection.why_nothing(counted.skipped)}")

    def _complain(self, reason: str) -> None:
        self.problems.append(reason)
        _say(reason)


def _say(reason: str) -> None:
    print(f"notify-contracts: {reason}", file=sys.stderr)
