"""The reports of a run: where they go is opened before the work starts, and they are written when it is done."""

import argparse
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import NamedTuple, TextIO

from notify_contracts._report import FORMATS, VERDICTS, Outcome, formatted
from notify_contracts.cli.output import Output, is_named, made_output
from notify_contracts.cli.standard_error import say
from notify_contracts.cli.statuses import COULD_NOT_RUN, NOT_WELL
from notify_contracts.errors import OutputError, UsageError

_NAMES = (*FORMATS, VERDICTS)


class Target(NamedTuple):
    """A report that was asked for: its format, and the file it goes to, None for standard output."""

    format: str
    path: str | None


def add_report_arguments(
    parser: argparse.ArgumentParser,
    names: Collection[str] = _NAMES,
    *,
    by_default: str = "text",
    set_by: tuple[str | None, str | None] = ("format", "report"),
) -> None:
    """Add ``--format``, ``--output`` and ``--report`` for reports in the formats of these names.

    Where the default is not the name of a format but says how one is chosen, ``format`` is None until it is. `set_by`
    are the settings that say the format and ask for further reports, None where none does.
    """
    set_format, set_reports = set_by
    default, listed = by_default if by_default in names else None, ", ".join(names)
    parser.add_argument(
        "--format", setting=set_format, choices=names, default=default, help=f"{listed} (default: {by_default})"
    )
    parser.add_argument("--output", metavar="FILE", help="write the report there instead of to standard output")
    parser.add_argument(
        "--report",
        setting=set_reports,
        metavar="FORMAT:FILE",
        type=lambda given: _target(given, names),
        action="append",
        default=[],
        help="write another report beside it, in any of these formats; may be given several times",
    )


def _target(given: str, names: Collection[str]) -> Target:
    name, colon, path = given.partition(":")
    if not colon or not path or name not in names:
        raise argparse.ArgumentTypeError(f"expected FORMAT:FILE with one of {', '.join(names)}")
    return Target(name, path)


class Reports:
    """The reports of one run, their outputs open.

    Where one of them fails, the others are written all the same. `insists` says that no line for a verdict may be
    missing: the first that cannot be written is an error at once.
    """

    def __init__(self, outputs: list[tuple[str, Output]], *, insists: bool = False) -> None:
        self._outputs = outputs
        self._insists = insists
        self._failures: list[OSError] = []

    @property
    def wants_verdicts(self) -> bool:
        """True where any report has a line for every verdict."""
        return any(name == VERDICTS for name, _ in self._outputs)

    def add_lines(self, lines: bytes) -> None:
        """Hand on lines made by `verdict_line`; raise OSError where no output, or not all that must, can take them."""
        for name, output in tuple(self._outputs):
            if name != VERDICTS:
                continue
            try:
                output.write(lines)
                output.flush()
            except OSError as error:
                self._fail(name, output, error)
                if self._insists or not self._outputs:
                    raise

    def write(self, outcome: Outcome) -> None:
        """Write the outcome of the run; people get colour where `shows_colour`."""
        self.write_worded(
            lambda name, output: b"" if name == VERDICTS else formatted(outcome, name, colour=shows_colour(output))
        )

    def write_worded(self, word: Callable[[str, Output], bytes]) -> None:
        """Write what `word` returns for the format of each output.

        Nothing is written before everything is worded. Raise OSError for what cannot be written; the others are.
        """
        outputs = tuple(self._outputs)
        worded = [word(name, output) for name, output in outputs]
        for (name, output), text in zip(outputs, worded, strict=True):
            try:
                if text:
                    output.write(text)
                output.finish()
            except OSError as error:
                self._fail(name, output, error)
        self._require_all()

    def _fail(self, name: str, output: Output, error: OSError) -> None:
        self._outputs.remove((name, output))
        self._failures.append(error)

    def _require_all(self) -> None:
        """Raise the last failure, and say the others: standard output comes last, where nobody may be told of it."""
        failures = sorted(self._failures, key=lambda error: not isinstance(error, OutputError))
        for error in failures[:-1]:
            say(str(error))
        if failures:
            raise failures[-1]


@contextmanager
def opened_reports(
    options: argparse.Namespace, sources: Iterable[str] = (), *, grows: bool = False
) -> Iterator[Reports]:
    """Open what ``--format``, ``--output`` and ``--report`` ask for.

    Files appear when they are written, whole; with `grows`, those of lines for verdicts are appended to meanwhile.
    Raise UsageError if one cannot be written, is the baseline or one of the `sources`, or is asked for twice.
    """
    targets = [Target(options.format, options.output), *options.report]
    read = [*sources, *filter(None, (getattr(options, "baseline", None),))]
    paths = [os.path.realpath(target.path) for target in targets if target.path is not None]
    if len(set(paths)) < len(paths):
        raise UsageError("two reports go to one file: give each its own")
    with ExitStack() as stack:
        outputs: list[tuple[str, Output]] = []
        for name, path in targets:
            if grows and name == VERDICTS and path is not None:
                from notify_contracts._report import VERDICT_BEGINNING
                from notify_contracts.cli.growing import opened_growing

                output: Output = stack.enter_context(opened_growing(path, VERDICT_BEGINNING))
            else:
                output = made_output(path, read)
                stack.callback(output.close)
            outputs.append((name, output))
        yield Reports(outputs, insists=grows)


def status_of(outcome: Outcome) -> int:
    """Return the exit status of a run: a problem means that something could not be checked."""
    if outcome.problems:
        return COULD_NOT_RUN
    return 0 if outcome.is_well else NOT_WELL


def shows_colour(file: Output | TextIO) -> bool:
    """Return whether `file` is a terminal that has colours, or FORCE_COLOR wants them; NO_COLOR wants none.

    What goes to a file that was named has none.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0") and not is_named(file):
        return True
    return file.isatty() and os.environ.get("TERM") != "dumb"
