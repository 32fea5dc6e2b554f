"""``notify-contracts check``: which recorded notifications keep their contract, and where the others break it."""

import argparse
import sys
from collections.abc import Iterator

from notify_contracts.alternatives import Alternatives
from notify_contracts.capture import STANDARD_INPUT, Recording
from notify_contracts.catalog import Catalog
from notify_contracts.check import Selection, check
from notify_contracts.cli.main import COULD_NOT_RUN
from notify_contracts.cli.options import add_catalog_arguments, chosen_catalog
from notify_contracts.cli.output import opened_output, write_text
from notify_contracts.cli.progress import with_progress
from notify_contracts.errors import SourceError, UsageError
from notify_contracts.jsontext import dump
from notify_contracts.model import Priority, Verdict
from notify_contracts.report.document import document, verdict_line
from notify_contracts.report.outcome import Outcome
from notify_contracts.summary import Summary

VIOLATIONS_FOUND = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        help="a recording: JSON lines, a JSON array or a service's log, plain or gzip; - is standard input",
    )
    add_catalog_arguments(parser)
    parser.add_argument("--format", choices=("text", "json", "jsonl"), default="text", help="default: text")
    parser.add_argument("--output", metavar="FILE", help="write the report there instead of to standard output")
    parser.add_argument(
        "--allow-unknown",
        action="store_true",
        help="of event types without a contract, check only the envelope",
    )
    parser.add_argument("--event", metavar="GLOB", default="*", help="look only at these event types: 'image.*'")
    parser.add_argument("--priority", choices=tuple(map(str, Priority)), help="look only at this priority")


def run(options: argparse.Namespace) -> int:
    """Check every source; one that cannot be read does not stop the rest."""
    catalog = chosen_catalog(options)
    sources = options.sources or _standard_input()
    run = _Run(catalog, Selection(options.event, options.priority), allow_unknown=options.allow_unknown)
    with opened_output(options.output) as output:
        for source in sources:
            for verdict in run.verdicts(source):
                if options.format == "jsonl":
                    output.write(verdict_line(verdict))
                    if source == STANDARD_INPUT:
                        output.flush()
        if options.format == "json":
            output.write(dump(document(run.outcome())) + b"\n")
        elif options.format == "text":
            write_text(run.outcome(), output)
    if run.unusable:
        return COULD_NOT_RUN
    return VIOLATIONS_FOUND if run.summary.conforming < run.summary.notifications else 0


def _standard_input() -> list[str]:
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("nothing to check: give a SOURCE, or - for standard input")
    return [STANDARD_INPUT]


class _Run:
    """One run of the command: what was asked for, and what it comes to."""

    def __init__(self, catalog: Catalog, selection: Selection, *, allow_unknown: bool) -> None:
        self.summary = Summary()
        self.unusable = False
        self._catalog = catalog
        self._selection = selection
        self._allow_unknown = allow_unknown
        self._alternatives = Alternatives(catalog)
        self._sources: list[str] = []

    def verdicts(self, source: str) -> Iterator[Verdict]:
        """Yield the verdicts on one source, counted."""
        before = self.summary.notifications
        try:
            with Recording(source) as recording:
                self._sources.append(recording.name)
                for verdict in check(
                    with_progress(recording),
                    self._catalog,
                    self._selection,
                    allow_unknown=self._allow_unknown,
                ):
                    self.summary.add(verdict)
                    if verdict.violations:
                        self._alternatives.consider(verdict)
                    yield verdict
                self.summary.skipped += recording.skipped
                if self.summary.notifications == before:
                    self._complain(f"{recording.name}: {self._why_empty(recording)}")
        except SourceError as error:
            self._complain(str(error))

    def outcome(self) -> Outcome:
        """Return what the run came to."""
        return Outcome(self._catalog, tuple(self._sources), self.summary, self._alternatives.hint())

    def _why_empty(self, recording: Recording) -> str:
        if self._selection != Selection():
            return "no notification matches --event and --priority"
        if recording.skipped:
            return f"no notification in it, {recording.skipped} lines are something else"
        return "no notification in it, it is empty"

    def _complain(self, reason: str) -> None:
        self.unusable = True
        print(f"notify-contracts: {reason}", file=sys.stderr)
