"""``--first`` and ``--sample``: a part of what was recorded, which never looks like the whole."""

import argparse
import os

from notify_contracts._checking import Extent, Summary
from notify_contracts.cli.numbers import positive, whole
from notify_contracts.errors import UsageError

_BYTES_OF_SEED = 4
_MOST = 1_000_000


def add_extent_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--first``, ``--sample`` and ``--seed``."""
    parts = parser.add_mutually_exclusive_group()
    parts.add_argument(
        "--first",
        metavar="N",
        type=positive,
        help="ask only about the first N that are selected, of all sources together, and read no further "
        "(in one process, whatever --jobs says)",
    )
    parts.add_argument(
        "--sample",
        metavar="N",
        type=_size,
        help=f"ask only about N of those that are selected, at most {_MOST:,}: those for which the seed and the place, "
        "the name of the file and the number in it, hashed together, give the lowest numbers; so each has the "
        "same chance, and --jobs changes nothing",
    )
    parser.add_argument(
        "--seed",
        metavar="S",
        type=whole,
        goes_with="--sample",
        help="of --sample, a whole number; the same one draws the same from the same sources (default: one at random)",
    )


def _size(text: str) -> int:
    size = positive(text)
    if size > _MOST:
        raise argparse.ArgumentTypeError(f"expected at most {_MOST:,}")
    return size


def chosen_extent(options: argparse.Namespace) -> Extent:
    """Return how much is asked about; UsageError for a baseline of a part."""
    if options.write_baseline is not None and (options.first or options.sample):
        raise UsageError("--write-baseline is of all that was recorded: leave --first and --sample out")
    seed = int.from_bytes(os.urandom(_BYTES_OF_SEED)) if options.seed is None and options.sample else options.seed or 0
    return Extent(options.first, options.sample, seed)


def what_was_left_out(extent: Extent, summary: Summary, offered: int) -> tuple[str, ...]:
    """Return what to say of a part that is not the whole; nothing of one that is."""
    if not summary.is_part:
        return ()
    if extent.sample is None:
        return (f"only the first {summary.notifications:,} were asked about; what follows them was not read",)
    return (f"only a sample of {extent.sample:,} of {offered:,} was asked about, made with --seed {extent.seed}",)
