"""``notify-contracts generate``: notifications that keep their contract, or are broken on purpose, as JSON lines."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from itertools import islice
from random import SystemRandom
from typing import Any

from notify_contracts._untrusted import dump
from notify_contracts.catalog import Catalog
from notify_contracts.cli.numbers import positive, whole
from notify_contracts.cli.options import add_catalog_arguments, chosen_catalog, require_priority
from notify_contracts.cli.output import is_folder, opened_output
from notify_contracts.cli.progress import counted_with_progress
from notify_contracts.errors import UsageError
from notify_contracts.generate import TEXT_KINDS, samples

_COUNT = 10
_SEEDS = 2**32
_EVERY_EVENT = "*"
_AT_ONCE = 64  # lines
_MANY, _MANY_BROKEN = 20_000, 1_000
"""From how many on a progress bar is shown: they take about a second."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_catalog_arguments(parser)
    parser.add_argument("--event", metavar="GLOB", default=_EVERY_EVENT, help="only of these event types: 'image.*'")
    parser.add_argument("--priority", metavar="PRIORITY", help="only of this priority")
    parser.add_argument("--count", metavar="N", type=positive, help=f"how many (default: {_COUNT})")
    parser.add_argument(
        "--seed", metavar="S", type=whole, help="a whole number; the same one makes the same (default: one at random)"
    )
    parser.add_argument(
        "--without",
        metavar="KIND",
        action="append",
        choices=tuple(TEXT_KINDS),
        default=[],
        help=f"a kind of text to leave out; may be given several times: {', '.join(TEXT_KINDS)}",
    )
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument(
        "--broken",
        action="store_true",
        help="break each in one way; lines are cases: description, valid, violations, notification",
    )
    kinds.add_argument(
        "--lifecycle",
        metavar="GLOB",
        nargs="?",
        const="*",
        help="tell of many resources, each in the order of its life; of these lifecycles only",
    )
    parser.add_argument(
        "--output",
        metavar="FILE|DIR/",
        help="write them there instead of to standard output; with --broken, DIR/ gets a new case file for each event "
        "type, with as few cases as break every rule, as cases/ of a catalog has them",
    )


def run(options: argparse.Namespace) -> int:
    """Write them, and where no seed was given, say on standard error which one makes them again."""
    seed = SystemRandom().randrange(_SEEDS) if options.seed is None else options.seed
    catalog = chosen_catalog(options)
    if options.broken and is_folder(options.output):
        from notify_contracts.cli.casefiles import write_case_files

        if options.count is not None:
            raise UsageError("a folder gets as many cases as break every rule: leave --count out, or give a file")
        require_priority(options.priority, catalog)
        write_case_files(catalog, options, seed)
    else:
        _write(catalog, options, seed)
    if options.seed is None:
        print(f"made with --seed {seed}", file=sys.stderr)
    return 0


def _write(catalog: Catalog, options: argparse.Namespace, seed: int) -> None:
    made, count = _made(catalog, options, seed), _COUNT if options.count is None else options.count
    many = _MANY_BROKEN if options.broken else _MANY
    with opened_output(options.output) as output:
        values = counted_with_progress(islice(made, count), count, "generate", many)
        if not options.broken:  # a case has a notification, in whatever event it is sent
            values = map(catalog.sent, values)
        lines = (dump(value) + b"\n" for value in values)
        while several := b"".join(islice(lines, _AT_ONCE)):
            output.write(several)


def _made(catalog: Catalog, options: argparse.Namespace, seed: int) -> Iterator[Mapping[str, Any]]:
    if options.lifecycle is not None:
        if (options.event, options.priority) != (_EVERY_EVENT, None):
            raise UsageError("--lifecycle chooses the events itself: leave --event and --priority out")
        from notify_contracts.generate import lifecycle_samples

        return lifecycle_samples(catalog, options.lifecycle, seed=seed, without=options.without)
    require_priority(options.priority, catalog)
    if options.broken:
        from notify_contracts.cli.casefiles import case_of
        from notify_contracts.generate import broken_samples

        cases = broken_samples(catalog, options.event, options.priority, seed=seed, without=options.without)
        return map(case_of, cases)
    return samples(catalog, options.event, options.priority, seed=seed, without=options.without)
