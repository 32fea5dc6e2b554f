"""``notify-contracts audit``: the check of an archive, shared by the workers of a Dask cluster."""

import argparse
from contextlib import ExitStack
from dataclasses import replace

from notify_contracts._audit import Gathering, audited, files
from notify_contracts._report import FORMATS, deferred_interrupts
from notify_contracts.cli.baseline import add_baseline_arguments, chosen_baseline, with_baseline
from notify_contracts.cli.cluster import add_cluster_arguments, chosen_cluster
from notify_contracts.cli.duplicates import add_duplicates_arguments, asks_for_duplicates, judged_by_duplicates
from notify_contracts.cli.lives import add_lives_arguments, chosen_lives, longest_open
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
from notify_contracts.cli.progress import files_with_progress
from notify_contracts.cli.reports import add_report_arguments, opened_reports, status_of
from notify_contracts.cli.standard_error import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = (
        "Checks the recordings of an archive as check does, with the same report, shared out to the workers of a "
        "Dask cluster: one of its own on this machine, or the one of --scheduler. "
        "For a few long files on one machine, check --jobs is the way."
    )
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="+",
        help="a recording, a folder of them or a glob, here or at a URL: 's3://bucket/2026/**/*.jsonl.gz'; "
        "the URL of a folder ends in a slash; a file is checked once, whatever links and names it has",
    )
    add_catalog_arguments(parser)
    add_selection_arguments(parser)
    add_transport_arguments(parser)
    add_member_argument(parser)
    add_duplicates_arguments(parser, longest_open)
    add_lives_arguments(parser)
    add_report_arguments(parser, FORMATS)
    add_baseline_arguments(parser)
    add_cluster_arguments(parser, "processes on this machine", "one for each core")


def run(options: argparse.Namespace) -> int:
    """Check every file; one that cannot be read does not stop the rest."""
    catalog = chosen_catalog(options)
    catalog.contracts  # noqa: B018  # what is wrong with the catalog is to be said before hours of work, not after
    question = replace(chosen_question(options, catalog), transport=chosen_transport(options, catalog))
    question = replace(question, duplicates=asks_for_duplicates(options), members=frozenset(options.member))
    notes: list[str] = []
    found = files(options.sources, notes.append)
    for note in notes:
        say(note)
    lives = chosen_lives(options, catalog, None)
    question = replace(question, lives=lives is not None)
    gathering = Gathering(lives)
    baseline = chosen_baseline(options, tuple(file.path for file in found), catalog.name)
    with opened_reports(options, (file.path for file in found)) as reports:
        with ExitStack() as stack:
            with deferred_interrupts():  # Dask says a lot where its start is interrupted
                client = stack.enter_context(chosen_cluster(options))
            results = audited(client, found, catalog, question)
            for result in files_with_progress(results, len(found), "audit", lambda result: len(result.places)):
                gathering.add(result)
                for problem in result.problems.values():
                    say(problem)
        outcome = gathering.outcome(catalog, notes)
        unfollowed = lives.why_nothing if lives else None
        nothings = what_was_not_judged(outcome.summary, catalog, question)
        for nothing in (*nothings, *filter(None, (unfollowed,))):
            say(nothing)
            outcome = outcome._replace(problems=(*outcome.problems, nothing))
        outcome = with_baseline(options, baseline, judged_by_duplicates(options, outcome))
        reports.write(outcome)
    return status_of(outcome)
