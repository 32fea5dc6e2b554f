"""``--lifecycles``: whole lives are checked, not only single notifications."""

import argparse
from collections.abc import Callable

from notify_contracts._checking import MOST_OPEN, Lives
from notify_contracts.catalog import Catalog
from notify_contracts.errors import UsageError
from notify_contracts.model import Verdict

_MOST = 10_000_000


def add_lives_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--lifecycles`` and what goes with it."""
    parser.add_argument(
        "--lifecycles",
        setting="lifecycles",
        action=argparse.BooleanOptionalAction,
        help="check what follows what, too, by the lifecycles of the catalog",
    )
    parser.add_argument(
        "--open-lives",
        metavar="N",
        type=_count,
        default=MOST_OPEN,
        help="how many lives of a kind are remembered that are open, and as many that are over "
        f"(default: {MOST_OPEN:,}); how many were forgotten is told",
    )
    parser.add_argument(
        "--whole-recording",
        action="store_true",
        help="what is missing from a recording was never sent, however much of it is",
    )


def chosen_lives(
    options: argparse.Namespace, catalog: Catalog, line: Callable[[Verdict], bytes] | None
) -> Lives | None:
    """Return what follows lives, None where that is not asked for; raise UsageError where it would say nothing."""
    if not options.lifecycles:
        return None
    for given, what in ((options.first, "--first"), (options.sample, "--sample")):
        if given:
            raise UsageError(f"lives are whole only in a whole recording: leave {what} or --lifecycles out")
    return Lives(catalog, line, most=options.open_lives, is_whole=options.whole_recording)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to {_MOST}")
    return int(text)
