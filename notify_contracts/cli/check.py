"""``notify-contracts check``: which recorded notifications keep their contract, and where the others break it."""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import replace

from notify_contracts._checking import Checking, PartialResult, Summary
from notify_contracts._report import Outcome, verdict_line
from notify_contracts.capture import source_name
from notify_contracts.cli.baseline import add_baseline_arguments, chosen_baseline, with_baseline
from notify_contracts.cli.nothing import why_nothing_was_judged
from notify_contracts.cli.options import (
    add_catalog_arguments,
    add_selection_arguments,
    add_transport_arguments,
    chosen_catalog,
    chosen_question,
    chosen_transport,
)
from notify_contracts.cli.progress import progress_of_bytes
from notify_contracts.cli.reports import Reports, add_report_arguments, opened_reports, status_of
from notify_contracts.cli.sources import (
    add_jobs_argument,
    add_source_arguments,
    chosen_sources,
    jobs_worth,
    results_of,
    say,
    size_of,
)
from notify_contracts.errors import DamagedError, SourceError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_source_arguments(parser)
    add_catalog_arguments(parser)
    add_report_arguments(parser)
    add_baseline_arguments(parser)
    add_selection_arguments(parser)
    add_transport_arguments(parser)
    add_jobs_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Check every source; one that cannot be read does not stop the rest."""
    catalog = chosen_catalog(options)
    notes: list[str] = []
    problems: list[str] = []
    sources = chosen_sources(options, notes, problems)
    sizes = [size_of(source) for source in sources]
    baseline = chosen_baseline(options, tuple(sources), catalog.name)
    with opened_reports(options, sources) as reports:
        line = verdict_line if reports.wants_verdicts else None
        question = replace(chosen_question(options, catalog), transport=chosen_transport(options, catalog))
        checking = Checking(catalog, question, line)
        run = _Run(checking, reports, notes, problems)
        jobs = options.jobs or jobs_worth(sources, sum(sizes))
        with progress_of_bytes(sum(sizes)) as watched, results_of(sources, checking, jobs) as results:
            for source, size, found in zip(sources, sizes, results, strict=True):
                run.take(source, watched(source, size, found))
        outcome = with_baseline(options, baseline, run.outcome())
        reports.write(outcome)
    return status_of(outcome)


class _Run:
    """One run of the command: its arguments and its results so far."""

    def __init__(self, checking: Checking, reports: Reports, notes: Sequence[str], problems: list[str]) -> None:
        self.summary = Summary()
        self.problems = problems
        self._notes = notes
        self._checking = checking
        self._reports = reports
        self._sources: list[str] = []

    def outcome(self) -> Outcome:
        """Return the outcome of the run; that no contract was asked about anything is a problem, too."""
        nothing = why_nothing_was_judged(self.summary, self._checking.catalog, self._checking.question)
        if nothing is not None:
            self._complain(nothing)
        problems, notes = tuple(self.problems), (*self._notes, *self.summary.notes)
        return Outcome(self._checking.catalog, tuple(self._sources), self.summary, problems, notes)

    def take(self, source: str, results: Iterable[PartialResult[Summary]]) -> None:
        """Hand on the verdicts on one source as they come, and count them if it could be read."""
        name, counted = source_name(source), Summary()
        try:
            for result in results:
                if result.lines:
                    self._reports.add_lines(result.lines)
                if result.summary is not None:
                    counted = counted.merge(result.summary)
        except SourceError as error:
            self._complain(str(error))
            if not isinstance(error, DamagedError) or not counted.notifications:
                return
        self._sources.append(name)
        self.summary = self.summary.merge(counted)
        if not counted.notifications:
            self._complain(f"{name}: {self._checking.question.selection.why_nothing(counted.skipped)}")

    def _complain(self, reason: str) -> None:
        self.problems.append(reason)
        say(reason)
