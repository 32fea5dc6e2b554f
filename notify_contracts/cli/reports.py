"""The reports of a run: where they go is opened before the work starts, and they are written when it is done."""

import argparse
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO, NamedTuple, TextIO

from notify_contracts._report import FORMATS, VERDICTS, Outcome, formatted
from notify_contracts.cli.commands import COULD_NOT_RUN, VIOLATIONS_FOUND
from notify_contracts.cli.output import opened_output
from notify_contracts.errors import UsageError

_NAMES = (*FORMATS, VERDICTS)


class Target(NamedTuple):
    """A report that was asked for: its format, and the file it goes to, None for standard output."""

    format: str
    path: str | None


def add_report_arguments(parser: argparse.ArgumentParser, *, verdicts: bool = True, by_default: str = "text") -> None:
    """Add ``--format``, ``--output`` and ``--report``.

    `verdicts` says whether there can be a line for each verdict. Where the default is not the name of a format but says
    how one is chosen, ``format`` is None until it is.
    """
    names = _NAMES if verdicts else tuple(FORMATS)
    default = by_default if by_default in names else None
    parser.add_argument("--format", choices=names, default=default, help=f"{', '.join(names)} (default: {by_default})")
    parser.add_argument("--output", metavar="FILE", help="write the report there instead of to standard output")
    parser.add_argument(
        "--report",
        metavar="FORMAT:FILE",
        type=lambda given: _target(given, names),
        action="append",
        default=[],
        help="write another report beside it, in any of these formats; may be given several times",
    )


def _target(given: str, names: tuple[str, ...]) -> Target:
    name, colon, path = given.partition(":")
    if not colon or not path or name not in names:
        raise argparse.ArgumentTypeError(f"expected FORMAT:FILE with one of {', '.join(names)}")
    return Target(name, path)


class Reports:
    """The reports of one run, their files open."""

    def __init__(self, files: list[tuple[str, BinaryIO]]) -> None:
        self._files = files
        self._verdicts = [file for name, file in files if name == VERDICTS]

    @property
    def wants_verdicts(self) -> bool:
        """True where any report has a line for every verdict."""
        return bool(self._verdicts)

    def add_lines(self, lines: bytes) -> None:
        """Hand on lines made by `verdict_line`."""
        for file in self._verdicts:
            file.write(lines)
            file.flush()

    def write(self, outcome: Outcome) -> None:
        """Write the outcome of the run; on a terminal, people get colour unless NO_COLOR or TERM=dumb asks for none."""
        for name, file in self._files:
            if name != VERDICTS:
                file.write(formatted(outcome, name, colour=shows_colour(file)))


@contextmanager
def opened_reports(options: argparse.Namespace, sources: Iterable[str] = ()) -> Iterator[Reports]:
    """Open what ``--format``, ``--output`` and ``--report`` ask for.

    Raise UsageError if one cannot be written, is one of the `sources` that are still to be read, or is asked for twice.
    """
    targets = [Target(options.format, options.output), *options.report]
    paths = [os.path.realpath(target.path) for target in targets if target.path is not None]
    if len(set(paths)) < len(paths):
        raise UsageError("two reports go to one file: give each its own")
    with ExitStack() as stack:
        opened = [(target.format, stack.enter_context(opened_output(target.path, sources))) for target in targets]
        yield Reports(opened)


def status_of(outcome: Outcome) -> int:
    """Return the exit status of a run: a problem means that something could not be checked."""
    if outcome.problems:
        return COULD_NOT_RUN
    return 0 if outcome.is_well else VIOLATIONS_FOUND


def shows_colour(file: BinaryIO | TextIO) -> bool:
    """Return whether `file` is a terminal, and neither NO_COLOR nor TERM=dumb asks for no colour."""
    return file.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
