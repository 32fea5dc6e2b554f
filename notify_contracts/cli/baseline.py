"""``--baseline`` and ``--write-baseline``: what is known does not fail a run."""

import argparse
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from notify_contracts.cli.options import value_set
from notify_contracts.cli.standard_error import say
from notify_contracts.errors import OutputError, UsageError

if TYPE_CHECKING:
    from datetime import date

    from notify_contracts._report import Baseline, Outcome

_ELSEWHERE = "give one that is with --baseline, or set NOTIFY_CONTRACTS_SETTINGS=off to go without what a file sets"


def add_baseline_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--baseline`` and ``--write-baseline``."""
    parser.add_argument(
        "--baseline", setting="baseline", metavar="FILE", help="known violations: only others, and expired ones, fail"
    )
    parser.add_argument(
        "--write-baseline",
        metavar="FILE",
        help="write there what is known from now on, with the reasons and dates that it has, or --baseline",
    )


def chosen_baseline(
    options: argparse.Namespace, sources: Sequence[str], catalog: str | None = None
) -> "Baseline | None":
    """Read the baseline before the work starts.

    Raise SourceError if it is none, UsageError if it is about another catalog than `catalog`, where that is known, or
    if writing one would harm a source, a report or what is no baseline.
    """
    if options.write_baseline is not None:
        target = os.path.realpath(options.write_baseline)
        others = [*sources, options.output, *(path for _, path in options.report)]
        if target in {os.path.realpath(path) for path in others if path is not None}:
            raise UsageError("--write-baseline names a source or a report: give it a file of its own")
        _written_before(options, catalog)
    if options.baseline is None or _is_to_be_made(options):
        return None
    from notify_contracts._report import read_baseline

    baseline = read_baseline(options.baseline)
    if catalog is not None:
        is_set = value_set(options, "baseline") == options.baseline
        baseline.require_about(catalog, *((_ELSEWHERE,) if is_set else ()))
    return baseline


def _is_to_be_made(options: argparse.Namespace) -> bool:
    """Return whether the baseline that is set is the one that is to be written, for the first time."""
    if options.write_baseline is None or value_set(options, "baseline") != options.baseline:
        return False
    is_same = os.path.realpath(options.baseline) == os.path.realpath(options.write_baseline)
    return is_same and not os.path.lexists(options.baseline)


def with_baseline(options: argparse.Namespace, baseline: "Baseline | None", outcome: "Outcome") -> "Outcome":
    """Return the outcome with what is known set apart, after writing the new baseline if one is asked for.

    Where not everything could be checked, none is written.
    """
    if options.write_baseline is not None:
        if outcome.problems:
            say("no baseline was written, for not everything could be checked")
        else:
            from notify_contracts._report import baseline_of, write_baseline

            former = baseline or _written_before(options, outcome.catalog.name)
            baseline = baseline_of(outcome, former)
            try:
                write_baseline(options.write_baseline, baseline)
            except OutputError as error:  # the reports of what was found are written all the same
                say(str(error))
                return outcome._replace(problems=(str(error),))
    return outcome if baseline is None else baseline.applied(outcome, today())


def _written_before(options: argparse.Namespace, catalog: str | None) -> "Baseline | None":
    """Return the baseline that is to be written anew, if it is there."""
    from notify_contracts._report import read_baseline, renewed

    return renewed(options.write_baseline, catalog, read_baseline)


def today() -> "date":
    """Return the day by which entries of a baseline expire, which ends as it does in UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC).date()
