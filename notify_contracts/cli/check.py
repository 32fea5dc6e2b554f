"""``notify-contracts check``: which recorded notifications keep their contract, and where the others break it."""

import argparse
import os
import sys
from collections.abc import Iterator
from functools import reduce

from notify_contracts.capture import STANDARD_INPUT, Recording
from notify_contracts.catalog import Catalog
from notify_contracts.check import Selection, check
from notify_contracts.cli.options import add_catalog_arguments, chosen_catalog
from notify_contracts.cli.progress import with_progress
from notify_contracts.cli.reports import Reports, add_report_arguments, opened_reports, status_of
from notify_contracts.errors import SourceError, UsageError
from notify_contracts.model import Priority, Verdict
from notify_contracts.report.outcome import Outcome
from notify_contracts.summary import Summary
from notify_contracts.tally import Tally

_MOST_JOBS = 64
_WORTH_A_PROCESS = 16 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        help="a recording: JSON lines, a JSON array or a service's log, plain or gzip; - is standard input",
    )
    add_catalog_arguments(parser)
    add_report_arguments(parser)
    parser.add_argument(
        "--allow-unknown",
        action="store_true",
        help="of event types without a contract, check only the envelope",
    )
    parser.add_argument("--event", metavar="GLOB", default="*", help="look only at these event types: 'image.*'")
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=_jobs,
        help="processes that share a file of lines (default: one for each 16 MiB, up to the number of cores)",
    )
    parser.add_argument("--priority", choices=tuple(map(str, Priority)), help="look only at this priority")


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to {_MOST_JOBS}")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Check every source; one that cannot be read does not stop the rest."""
    run = _Run(chosen_catalog(options), Selection(options.event, options.priority), options)
    sources = options.sources or _standard_input()
    with opened_reports(options, sources) as reports:
        if reports.wants_verdicts and (options.jobs or 1) > 1:
            raise UsageError("jsonl has the verdicts as they come, with one process: leave --jobs out")
        for source in sources:
            if reports.wants_verdicts:
                run.write_verdicts(source, reports)
            else:
                run.count(source)
        outcome = run.outcome()
        reports.write(outcome)
    return status_of(outcome)


def _standard_input() -> list[str]:
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("nothing to check: give a SOURCE, or - for standard input")
    return [STANDARD_INPUT]


class _Run:
    """One run of the command: what was asked for, and what it comes to."""

    def __init__(self, catalog: Catalog, selection: Selection, options: argparse.Namespace) -> None:
        self.summary = Summary()
        self.problems: list[str] = []
        self._catalog = catalog
        self._selection = selection
        self._options = options
        self._sources: list[str] = []

    def outcome(self) -> Outcome:
        """Return what the run came to."""
        return Outcome(self._catalog, tuple(self._sources), self.summary, tuple(self.problems))

    def count(self, source: str) -> None:
        """Count the verdicts on one source, with as many processes as it is worth."""
        try:
            with Recording(source) as recording:
                jobs = self._jobs(recording, source)
                if jobs > 1:
                    from notify_contracts.parallel import Job, summaries

                    job = Job(source, self._catalog, self._selection, self._options.allow_unknown)
                    counted = reduce(Summary.merge, summaries(job, recording.size, jobs))
                else:
                    tally = Tally(self._catalog)
                    for verdict in self._verdicts(recording):
                        tally.add(verdict)
                    counted = tally.summary
                    counted.skipped = recording.skipped
                self._take(counted, recording)
        except SourceError as error:
            self._complain(str(error))

    def write_verdicts(self, source: str, reports: Reports) -> None:
        """Write the verdicts on one source as they come, and count them."""
        tally = Tally(self._catalog)
        try:
            with Recording(source) as recording:
                for verdict in self._verdicts(recording):
                    tally.add(verdict)
                    reports.add(verdict)
                    if source == STANDARD_INPUT:
                        reports.flush()
                tally.summary.skipped = recording.skipped
                self._take(tally.summary, recording)
        except SourceError as error:
            self._complain(str(error))

    def _verdicts(self, recording: Recording) -> Iterator[Verdict]:
        found = with_progress(recording)
        return check(found, self._catalog, self._selection, allow_unknown=self._options.allow_unknown)

    def _jobs(self, recording: Recording, source: str) -> int:
        wanted = self._options.jobs
        if wanted == 1 or not recording.can_be_parted:
            if wanted is not None and wanted > 1:
                raise SourceError(f"{source}: cannot be read by several processes: only a plain file of lines can")
            return 1
        return wanted or max(1, min(os.cpu_count() or 1, recording.size // _WORTH_A_PROCESS))

    def _take(self, counted: Summary, recording: Recording) -> None:
        self._sources.append(recording.name)
        self.summary = self.summary.merge(counted)
        if not counted.notifications:
            self._complain(f"{recording.name}: {self._why_empty(counted.skipped)}")

    def _why_empty(self, skipped: int) -> str:
        if self._selection != Selection():
            return "no notification matches --event and --priority"
        if skipped:
            return f"no notification in it, its {skipped} lines are something else"
        return "no notification in it, it is empty"

    def _complain(self, reason: str) -> None:
        self.problems.append(reason)
        print(f"notify-contracts: {reason}", file=sys.stderr)
