"""``--duplicates`` and ``--fail-on duplicates``: what was seen twice, by its message id."""

import argparse
from collections.abc import Callable

from notify_contracts._report import Outcome
from notify_contracts.errors import UsageError

_DUPLICATES = "duplicates"


def add_duplicates_arguments(parser: argparse.ArgumentParser, what: Callable[[str], object] | None = None) -> None:
    """Add ``--duplicates`` and ``--fail-on``."""
    parser.add_argument(
        "--duplicates",
        action="store_true",
        help="note how many notifications had a message id that was seen before, and where the first; which a broker "
        "says that it delivered again are told apart (takes longer, and a report in JSON names every id by its hash)",
    )
    add_fail_on_argument(parser, what)


def add_fail_on_argument(parser: argparse.ArgumentParser, what: Callable[[str], object] | None = None) -> None:
    """Add ``--fail-on``; `what` reads what else can be one, None if nothing can."""
    lives = "; open=TIME, with --lifecycles: a life in which something is under way and nothing was told for longer"
    parser.add_argument(
        "--fail-on",
        metavar="WHAT",
        action="append",
        default=[],
        **({"choices": (_DUPLICATES,)} if what is None else {"type": lambda text: _what(text, what)}),
        help="duplicates: a notification that was seen before, and that no broker says it delivered again, is status 1"
        f"{lives if what else ''}",
    )


def _what(text: str, other: Callable[[str], object]) -> object:
    return text if text == _DUPLICATES else other(text)


def asks_for_duplicates(options: argparse.Namespace) -> bool:
    """Return whether message ids are to be remembered; UsageError where that would say nothing."""
    asks = bool(options.duplicates or _DUPLICATES in options.fail_on)
    if asks and getattr(options, "sample", None):
        raise UsageError("a sample has hardly any two of one message id: leave --sample or --duplicates out")
    return asks


def judged_by_duplicates(options: argparse.Namespace, outcome: Outcome) -> Outcome:
    """Return the outcome as ``--fail-on`` judges it; a report in which nobody looked for duplicates is a problem."""
    if _DUPLICATES not in options.fail_on:
        return outcome
    if outcome.summary.sightings is None:
        unknown = "whether anything was seen twice is in none of the reports: make them with check --duplicates"
        outcome = outcome._replace(problems=(*outcome.problems, unknown))
    return outcome._replace(fails_on_duplicates=True)
