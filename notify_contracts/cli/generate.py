"""``notify-contracts generate``: notifications that keep their contract, as JSON lines."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from random import SystemRandom
from typing import Any

from notify_contracts.cli.options import add_catalog_arguments, chosen_catalog
from notify_contracts.cli.output import opened_output
from notify_contracts.generate import TEXT_KINDS, samples
from notify_contracts.jsontext import dump
from notify_contracts.model import Priority

_COUNT = 10
_SEEDS = 2**32
_LONG = 20_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_catalog_arguments(parser)
    parser.add_argument("--event", metavar="GLOB", default="*", help="only of these event types: 'image.*'")
    parser.add_argument("--priority", choices=tuple(map(str, Priority)), help="only of this priority")
    parser.add_argument("--count", metavar="N", type=_whole, default=_COUNT, help=f"how many (default: {_COUNT})")
    parser.add_argument(
        "--seed", metavar="S", type=_whole, help="a whole number; the same one makes the same (default: one at random)"
    )
    parser.add_argument(
        "--without",
        metavar="KIND",
        action="append",
        choices=tuple(TEXT_KINDS),
        default=[],
        help=f"a kind of text to leave out; may be given several times: {', '.join(TEXT_KINDS)}",
    )
    parser.add_argument("--output", metavar="FILE", help="write them there instead of to standard output")


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise argparse.ArgumentTypeError("expected a whole number, 0 or more")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Write them, and where no seed was given, say on standard error which one makes them again."""
    seed = SystemRandom().randrange(_SEEDS) if options.seed is None else options.seed
    catalog = chosen_catalog(options)
    made = samples(catalog, options.event, options.priority, seed=seed, without=options.without)
    with opened_output(options.output) as output:
        for envelope in _with_progress(islice(made, options.count), options.count):
            output.write(dump(envelope) + b"\n")
    if options.seed is None:
        print(f"made with --seed {seed}", file=sys.stderr)
    return 0


def _with_progress(made: Iterator[dict[str, Any]], count: int) -> Iterable[dict[str, Any]]:
    """Return what is `made`, with a bar where somebody can see it and it takes a while."""
    if count < _LONG or sys.stderr is None or not sys.stderr.isatty():
        return made
    from rich.console import Console
    from rich.progress import track

    return track(made, "generate", count, console=Console(stderr=True), transient=True)
