"""``notify-contracts catalog diff``: what a change of a catalog breaks, and whom, each break with a notification."""

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from notify_contracts._comparison import (
    PREFIX,
    SECONDS,
    Comparison,
    Fallen,
    Falling,
    catalog_at,
    compare,
    folder_in_repository,
)
from notify_contracts._comparison.needs import Consumer, Loss, files_of_needs, held, losses, moved
from notify_contracts._comparison.needs.reading import read_consumers
from notify_contracts._report import renewed, write_whole
from notify_contracts._report.comparison import (
    COMPARISON_FORMATS,
    FAILING,
    NEEDS,
    Accepted,
    Compared,
    accepted_from,
    accepted_text,
    changelog,
    formatted_comparison,
    read_accepted,
    witness_files,
)
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Catalog, Contract, load
from notify_contracts.cli.baseline import today
from notify_contracts.cli.numbers import seconds
from notify_contracts.cli.output import require_outside
from notify_contracts.cli.progress import counted_with_progress
from notify_contracts.cli.reader import Reader, reader_of
from notify_contracts.cli.reports import add_report_arguments, opened_reports
from notify_contracts.cli.revisions import named_catalog
from notify_contracts.cli.sources import add_jobs_argument
from notify_contracts.cli.standard_error import say
from notify_contracts.errors import OutputError, UsageError
from notify_contracts.wire.envelopes import reading_as

_MANY = 20
_LONGEST_TIME = 3600.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument(
        "catalogs",
        metavar="OLD|NEW",
        nargs="+",
        help="OLD and NEW: a built-in catalog, a folder, or git:REVISION:FOLDER, as git:HEAD~1:contracts/mine, whose "
        "folder is seen from the top of the repository, or from here if it begins with ./; with --against, only NEW",
    )
    parser.add_argument("--against", metavar="REVISION", help="OLD is what the folder NEW was at this revision of git")
    parser.add_argument(
        "--fail-on",
        metavar="WHAT",
        action="append",
        choices=FAILING,
        default=[],
        help="what gives status 1: new-sends (what NEW sends, consumers of OLD may meet), old-sent (what OLD sent, "
        "consumers of NEW may meet), version (it is too low), needs (a consumer of --needs loses what it fails "
        "without); may be given several times (default: all of them)",
    )
    parser.add_argument(
        "--undecided",
        metavar="STATUS",
        type=int,
        choices=(1, 2),
        default=2,
        help="the status where nothing breaks and something is not decided: 1 or 2 (default: 2)",
    )
    add_report_arguments(parser, COMPARISON_FORMATS, set_by=(None, None))
    parser.add_argument("--changelog", action="store_true", help="print the lines for a changelog of the catalog")
    parser.add_argument(
        "--witnesses",
        metavar="DIR",
        help="write each witness to a file there, which check reads against the other side",
    )
    parser.add_argument(
        "--baseline", metavar="FILE", help="breaks that are accepted: only others, and expired ones, give status 1"
    )
    parser.add_argument(
        "--write-baseline",
        metavar="FILE",
        help="write there what is accepted from now on, with the reasons and dates that it has, or --baseline",
    )
    parser.add_argument(
        "--recording",
        metavar="SOURCE",
        action="append",
        default=[],
        help="tell how many of these real notifications would fall; may be given several times",
    )
    parser.add_argument(
        "--needs",
        metavar="NEEDS",
        action="append",
        default=[],
        help="tell which of these consumers lose what: files of needs, folders, Ceilometer's own YAML; may be given "
        "several times",
    )
    parser.add_argument(
        "--seconds",
        metavar="N",
        type=seconds(_LONGEST_TIME),
        default=SECONDS,
        help=f"time for a contract and a direction where places alone do not decide (default: {SECONDS:g})",
    )
    add_jobs_argument(parser)
    parser.set_defaults(act=run)


def run(options: argparse.Namespace) -> int:
    """Compare, and say what differs."""
    if options.changelog and (options.format != "text" or options.report):
        raise UsageError("--changelog is a form of its own: leave out --format and --report")
    if NEEDS in options.fail_on and not options.needs:
        raise UsageError("--fail-on needs is asked of consumers: give --needs, too")
    baseline = None if options.baseline is None else read_accepted(options.baseline)
    with ExitStack() as stack:
        old, new = _catalogs(options, stack)
        if baseline is not None:
            baseline.require_about(new.name)
        _require_apart(options, (old, new))
        former = options.write_baseline and renewed(options.write_baseline, new.name, read_accepted)
        consumers = read_consumers(options.needs) if options.needs else None
        needs = (str(file) for named in options.needs for file in files_of_needs(named))
        reports = stack.enter_context(opened_reports(options, (*options.recording, *needs)))
        comparison = compare(old, new, seconds=options.seconds, watched=_watched)
        comparison = comparison.called(*_called(options))
        stack.enter_context(reading_as((*old.envelopes, *new.envelopes)))
        reader = _reader(options, stack)
        fallen, problems = _fallen(reader, old, new)
        compared = Compared(
            comparison,
            (old, new),
            frozenset(options.fail_on or FAILING),
            fallen=fallen,
            problems=problems,
            undecided_status=options.undecided,
            named=str if reader is None else reader.named,
            losses=None if consumers is None else _losses(consumers, (old, new), options.seconds),
        )
        compared = _with_baseline(options, compared, baseline, former)
        compared = replace(compared, files=dict(_witnesses(options, comparison)))
        reports.write_worded(
            lambda name, _: changelog(compared) if options.changelog else formatted_comparison(compared, name)
        )
    return compared.status


def _watched(pairs: Sequence[tuple[Contract, Contract]]) -> Iterable[tuple[Contract, Contract]]:
    return counted_with_progress(pairs, len(pairs), "comparing", _MANY)


def _catalogs(options: argparse.Namespace, stack: ExitStack) -> tuple[Catalog, Catalog]:
    given = options.catalogs
    if options.against is None:
        if len(given) != 2:  # noqa: PLR2004 - the old one and the new one
            raise UsageError("two catalogs are compared: give OLD and NEW, or --against REVISION and a folder")
        old, new = (named_catalog(name, stack) for name in given)
        return old, new
    if len(given) != 1 or given[0].startswith(PREFIX):
        raise UsageError("--against takes one folder, NEW; without it, give OLD and NEW")
    new = load(given[0])
    folder = folder_in_repository(str(new.root))
    return stack.enter_context(catalog_at(options.against, folder, where=str(new.root))), new


def _called(options: argparse.Namespace) -> tuple[str, str]:
    if options.against is None:
        old, new = options.catalogs
        return old, new
    return f"{options.catalogs[0]} at {options.against}", options.catalogs[0]


def _losses(consumers: Sequence[Consumer], catalogs: tuple[Catalog, Catalog], seconds: float) -> tuple[Loss, ...]:
    before, after = (tuple(held(consumers, catalog, seconds=seconds)) for catalog in catalogs)
    if not any(one.answers for one in (*before, *after)):
        raise UsageError("--needs: none of these consumers reads what either catalog has a contract for")
    return tuple(losses(before, after, lambda read: moved(read, *catalogs)))


def _reader(options: argparse.Namespace, stack: ExitStack) -> Reader | None:
    if not options.recording:
        return None
    return reader_of(options.recording, options.jobs, stack)


def _fallen(reader: Reader | None, old: Catalog, new: Catalog) -> tuple[Fallen | None, tuple[str, ...]]:
    if reader is None:
        return None, ()
    fallen = Fallen().merge(reader.run(Falling(old, new)))
    less = tuple(fallen.problems())
    for problem in less:
        say(problem)
    return fallen, (*reader.problems, *less)


def _with_baseline(
    options: argparse.Namespace, compared: Compared, baseline: Accepted | None, former: Accepted | None
) -> Compared:
    """Return it with what is accepted set apart, after writing the new baseline if one is asked for."""
    findings = compared.comparison.findings
    if options.write_baseline is not None:
        baseline = accepted_from(compared.comparison.new.name, findings, baseline or former)
        write_whole(options.write_baseline, accepted_text(baseline).encode())
    if baseline is None:
        return compared
    day = today()
    accepted = frozenset(number for number, finding in enumerate(findings) if baseline.covers(finding, day))
    return replace(compared, accepted=accepted, notes=(*compared.notes, *baseline.notes(findings, day)))


def _require_apart(options: argparse.Namespace, catalogs: tuple[Catalog, Catalog]) -> None:
    """Raise UsageError where what is written would be part of a catalog, or of what else is read or written."""
    witness = None if options.witnesses is None else str(Path(options.witnesses) / "witness.json")
    outputs = options.output, *(report.path for report in options.report)
    for path in (*outputs, options.write_baseline, witness):
        require_outside(path, catalogs)
    others = {os.path.realpath(path) for path in (*outputs, *options.recording) if path is not None}
    if options.write_baseline is not None and os.path.realpath(options.write_baseline) in others:
        raise UsageError("--write-baseline names a source or the output: give it a file of its own")


def _witnesses(options: argparse.Namespace, comparison: Comparison) -> Iterator[tuple[int, str]]:
    if options.witnesses is None:
        return
    folder = Path(options.witnesses)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{printable(str(folder))}: cannot be made: {error.strerror}") from None
    for number, name, content in witness_files(comparison):
        write_whole(str(folder / name), content.encode())
        yield number, str(folder / name)
