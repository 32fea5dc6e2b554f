"""``notify-contracts report``: what several runs came to together, from their JSON reports."""

import argparse
from collections.abc import Sequence

from notify_contracts._report import FORMATS, merged
from notify_contracts.cli.baseline import add_baseline_arguments, chosen_baseline, with_baseline
from notify_contracts.cli.duplicates import add_fail_on_argument, judged_by_duplicates
from notify_contracts.cli.options import value_set
from notify_contracts.cli.reports import add_report_arguments, opened_reports, status_of
from notify_contracts.cli.standard_error import say

_NOTHING = "nothing was checked in any of these runs: give the report of one that has seen a notification"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    actions = parser.add_subparsers(metavar="ACTION", required=True, parser_class=type(parser))
    merging = actions.add_parser(
        "merge",
        help="join the reports of several runs",
        description="Join reports that --format json or --report json:FILE wrote: of shards, of several sources.",
        epilog="Exit status: that of one run over all of it; 2 if any of the runs had a problem.",
    )
    merging.add_argument(
        "reports", metavar="REPORT", nargs="+", help="a JSON report of check, verify or the pytest plugin"
    )
    merging.add_argument(
        "--catalog",
        metavar="NAME|DIR",
        action="append",
        default=[],
        help="where their catalog is, if it is not built in; of several, each in their order",
    )
    add_report_arguments(merging, FORMATS, set_by=("format", None))  # those that are set may be what is merged
    add_baseline_arguments(merging)
    add_fail_on_argument(merging)


def run(options: argparse.Namespace) -> int:
    """Merge, and report what it comes to."""
    baseline = chosen_baseline(options, tuple(options.reports))
    with opened_reports(options, options.reports) as reports:
        outcome = merged(options.reports, options.catalog, elsewhere=_catalogs_set(options))
        if not outcome.summary.notifications and not outcome.problems:
            outcome = outcome._replace(problems=(_NOTHING,))
            say(_NOTHING)
        outcome = with_baseline(options, baseline, judged_by_duplicates(options, outcome))
        reports.write(outcome)
    return status_of(outcome)


def _catalogs_set(options: argparse.Namespace) -> Sequence[str]:
    value = value_set(options, "catalog")
    return value if isinstance(value, tuple) else ()
