"""``notify-contracts check``: which recorded notifications keep their contract, and where the others break it."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from notify_contracts._checking import Checking, PartialResult, Summary, Work
from notify_contracts._report import VERDICTS, Outcome
from notify_contracts.capture import Recording, members_added, source_name
from notify_contracts.cli.baseline import add_baseline_arguments, chosen_baseline, with_baseline
from notify_contracts.cli.duplicates import add_duplicates_arguments, asks_for_duplicates, judged_by_duplicates
from notify_contracts.cli.extent import add_extent_arguments, chosen_extent, what_was_left_out
from notify_contracts.cli.lives import add_lives_arguments, chosen_lives, longest_open, notes_of
from notify_contracts.cli.nothing import what_was_not_judged
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
from notify_contracts.cli.sources import (
    add_jobs_argument,
    add_source_arguments,
    chosen_sources,
    jobs_worth,
    results_of,
    size_of,
)
from notify_contracts.cli.standard_error import say
from notify_contracts.errors import DamagedError, SourceError
from notify_contracts.wire.envelopes import reading_as

if TYPE_CHECKING:
    from collections.abc import Callable

    from notify_contracts._checking.lives import Lives
    from notify_contracts.model import Verdict


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_source_arguments(parser)
    add_catalog_arguments(parser)
    add_report_arguments(parser)
    add_baseline_arguments(parser)
    add_selection_arguments(parser)
    add_transport_arguments(parser)
    add_member_argument(parser)
    add_extent_arguments(parser)
    add_duplicates_arguments(parser, longest_open)
    add_lives_arguments(parser)
    add_jobs_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Check every source; one that cannot be read does not stop the rest."""
    catalog = chosen_catalog(options)
    notes: list[str] = []
    problems: list[str] = []
    sources = chosen_sources(options.sources, notes, problems)
    sizes = [size_of(source) for source in sources]
    baseline = chosen_baseline(options, tuple(sources), catalog.name)
    with opened_reports(options, sources) as reports:
        line = _line(reports)
        transport, extent = chosen_transport(options, catalog), chosen_extent(options)
        question = replace(chosen_question(options, catalog), transport=transport, extent=extent)
        question = replace(question, duplicates=asks_for_duplicates(options), members=frozenset(options.member))
        lives = chosen_lives(options, catalog, line)
        checking = Checking(catalog, replace(question, lives=lives is not None), line)
        run = _Run(checking, reports, notes, problems, lives)
        jobs = 1 if extent.first else options.jobs or jobs_worth(sources, sum(sizes))
        alone = replace(checking, lives=lives) if jobs == 1 else checking  # lives do not travel to other processes
        work: Work[Summary] = run if extent.first else alone
        with (
            progress_of_bytes(sum(sizes)) as watched,
            members_added(options.member),
            reading_as(catalog.envelopes),
            results_of(sources, work, jobs) as results,
        ):
            for source, size, found in zip(sources, sizes, results, strict=True):
                run.take(source, watched(source, size, found))
                if run.has_enough:
                    break
        run.draw()
        outcome = with_baseline(options, baseline, judged_by_duplicates(options, run.outcome()))
        if options.format == VERDICTS:  # whose lines say nothing of the whole
            for note in outcome.notes:
                say(note)
        reports.write(outcome)
    return status_of(outcome)


def _line(reports: Reports) -> "Callable[[Verdict], bytes] | None":
    """Return what makes the line of a verdict, None where no report has any."""
    if not reports.wants_verdicts:
        return None
    from notify_contracts._report import verdict_line

    return verdict_line


class _Run:
    """One run of the command: its arguments and its results so far."""

    def __init__(
        self,
        checking: Checking,
        reports: Reports,
        notes: Sequence[str],
        problems: list[str],
        lives: "Lives | None" = None,
    ) -> None:
        self._lives = lives
        self.summary = Summary()
        self.problems = problems
        self._notes = notes
        self._checking = checking
        self._reports = reports
        self._sources: list[str] = []
        extent = checking.question.extent
        self._sample = extent.empty_sample()

    def results(self, recording: Recording) -> Iterator[PartialResult[Summary]]:
        """Yield what a recording comes to of which the first are asked about that come after those so far."""
        question = self._checking.question
        extent = replace(question.extent, first=(question.extent.first or 0) - self.summary.notifications)
        yield from replace(self._checking, question=replace(question, extent=extent)).results(recording)

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
        of_lives: tuple[str, ...] = ()
        if self._lives is not None:
            self._reports.add_lines(self._lives.finish())
            self.summary = self.summary.merge(self._lives.summary)
            of_lives = notes_of(self._lives, self._checking.catalog, self.summary)
            if (why_nothing := self._lives.why_nothing) is not None:
                self._complain(why_nothing)
        for nothing in what_was_not_judged(self.summary, self._checking.catalog, self._checking.question):
            self._complain(nothing)
        offered = self._sample.offered if self._sample else 0
        left_out = what_was_left_out(self._checking.question.extent, self.summary, offered)
        problems, notes = tuple(self.problems), (*self._notes, *self.summary.notes, *of_lives, *left_out)
        return Outcome(self._checking.catalog, tuple(self._sources), self.summary, problems, notes)

    def take(self, source: str, results: Iterable[PartialResult[Summary]]) -> None:
        """Hand on the verdicts on one source as they come, and count them if it could be read."""
        name, counted, sample = source_name(source), Summary(), self._sample and self._sample.empty()
        followed = results if self._lives is None else self._following(self._lives, name, results)
        try:
            for result in followed:
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
        if self._lives is not None:
            self._reports.add_lines(self._lives.settle())
        if self._sample is not None and sample is not None:
            self._sample.add(sample)
        if not counted.notifications and not (sample and sample.offered):
            self._complain(f"{name}: {self._checking.question.selection.why_nothing(counted.skipped)}")

    @staticmethod
    def _following(
        lives: "Lives", name: str, results: Iterable[PartialResult[Summary]]
    ) -> Iterator[PartialResult[Summary]]:
        """Yield the results, while lives take what these tell of them."""
        lives.begin(name)
        for result in results:
            lives.take(result.steps)
            yield result

    def _complain(self, reason: str) -> None:
        self.problems.append(reason)
        say(reason)
