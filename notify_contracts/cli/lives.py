"""``--lifecycles``: whole lives are checked, not only single notifications."""

import argparse
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from notify_contracts._checking import MOST_OPEN, Summary
from notify_contracts.catalog import Catalog
from notify_contracts.cli.numbers import between, duration
from notify_contracts.cli.options import value_set
from notify_contracts.errors import UsageError
from notify_contracts.model import Verdict

if TYPE_CHECKING:
    from notify_contracts._checking.lives import Judging, Lives

_MOST = 10_000_000
_RECORDED, _BY_TIME = "recorded", "time"
_WINDOW = 5


def add_following_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--lifecycles`` and ``--open-lives``."""
    parser.add_argument(
        "--lifecycles",
        setting="lifecycles",
        action="store_true",
        help="check what follows what, too, by the lifecycles of the catalog",
    )
    parser.add_argument(
        "--open-lives",
        metavar="N",
        type=between(1, _MOST),
        default=MOST_OPEN,
        goes_with="--lifecycles",
        help="how many lives of a kind are remembered that are open, and as many that are over "
        f"(default: {MOST_OPEN:,}); how many were forgotten is told",
    )


def add_lives_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--lifecycles`` and what goes with it where recordings are checked."""
    add_following_arguments(parser)
    parser.add_argument(
        "--order",
        choices=(_RECORDED, _BY_TIME),
        default=_RECORDED,
        goes_with="--lifecycles",
        help="in which order lives are followed: as recorded, one recording after the other, or all in that of the "
        f"times that notifications tell (default: {_RECORDED})",
    )
    parser.add_argument(
        "--window",
        metavar="TIME",
        type=duration,
        default=_WINDOW,
        goes_with=f"--order {_BY_TIME}",
        help=f"with --order {_BY_TIME}, how late a notification is recorded at most (default: {_WINDOW}s)",
    )
    parser.add_argument(
        "--whole-recording",
        action="store_true",
        goes_with="--lifecycles",
        help="what is missing from a recording was never sent, however much it is, even a first step that no life has",
    )


def longest_open(text: str) -> timedelta:
    """Return how long a life may be open, of ``open=1h``."""
    what, _, length = text.partition("=")
    if what != "open":
        raise argparse.ArgumentTypeError(
            "expected duplicates, or open= and a length of time such as 30s, 10m, 2h or 7d"
        )
    return timedelta(seconds=duration(length))


def chosen_lives(
    options: argparse.Namespace, catalog: Catalog, line: Callable[[Verdict], bytes] | None
) -> "Lives | None":
    """Return what follows lives, None where that is not asked for; raise UsageError where it would say nothing."""
    open_for = next((what for what in options.fail_on if isinstance(what, timedelta)), None)
    if not options.lifecycles:
        if open_for is not None:
            raise UsageError("--fail-on open is asked of lives: give --lifecycles, too")
        return None
    part = next((name for name in ("--first", "--sample") if getattr(options, name[2:], None)), None)
    if part is not None:
        if value_set(options, "lifecycles") and open_for is None:  # nobody asked for it here
            return None
        raise UsageError(f"lives are whole only in a whole recording: leave {part} or --lifecycles out")
    from notify_contracts._checking.lives import How, Lives  # much, and seldom asked for

    window = timedelta(seconds=options.window) if options.order == _BY_TIME else None
    return Lives(catalog, line, How(options.open_lives, options.whole_recording, window, open_for))


def notes_of(lives: "Lives | Judging", catalog: Catalog, summary: Summary) -> tuple[str, ...]:
    """Return what there is to say of lives that were followed, and of notifications of which none were."""
    from notify_contracts._checking.lives import what_nobody_follows

    return (*lives.notes, *what_nobody_follows(catalog, summary))
