"""``notify-contracts watch``: what passes on a bus, checked as it passes."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from math import inf
from typing import TYPE_CHECKING

from notify_contracts._amqp import Source
from notify_contracts._checking import Question
from notify_contracts._live.watching import (
    LENGTH,
    RECORDING_BEGINNING,
    Ledger,
    Limit,
    NamedQueue,
    OwnQueue,
    Queue,
    RecordingLines,
    Sink,
    VerdictLines,
    Watch,
)
from notify_contracts._report import VERDICTS, Baseline, Outcome, formatted
from notify_contracts._untrusted import monotonic, printable
from notify_contracts.catalog import Catalog
from notify_contracts.cli.baseline import add_baseline_arguments, chosen_baseline, today, with_baseline
from notify_contracts.cli.growing import opened_growing
from notify_contracts.cli.interrupts import Stop, Stops, stoppable
from notify_contracts.cli.lasting import add_durable_argument, is_durable
from notify_contracts.cli.live import SECONDS as REDRAWN
from notify_contracts.cli.live import live_table
from notify_contracts.cli.lives import add_following_arguments, notes_of
from notify_contracts.cli.nothing import what_was_not_heard, what_was_not_judged
from notify_contracts.cli.numbers import duration, positive
from notify_contracts.cli.options import (
    add_catalog_arguments,
    add_messaging_arguments,
    add_selection_arguments,
    chosen_catalog,
    chosen_exchange,
    chosen_question,
    chosen_url,
)
from notify_contracts.cli.reports import Reports, add_report_arguments, opened_reports, shows_colour, status_of
from notify_contracts.cli.serving import add_needs_argument, chosen_serving
from notify_contracts.cli.standard_error import say
from notify_contracts.cli.warnings import shown_warnings
from notify_contracts.errors import NotifyContractsError, UsageError
from notify_contracts.model import Verdict

if TYPE_CHECKING:
    from notify_contracts._checking.lives import Judging

HIGHEST_PORT = 65_535


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_messaging_arguments(parser)
    parser.add_argument(
        "--binding",
        metavar="KEY",
        action="append",
        not_with=["--topic"],
        help="bind this key and no other, such as 'audit.#'; may be given several times "
        "(default: every routing key of the topic)",
    )
    parser.add_argument(
        "--queue",
        metavar="NAME",
        help="take messages from this queue, together with whoever else does "
        "(default: a queue of its own, which takes nothing from anybody)",
    )
    parser.add_argument(
        "--create", action="store_true", goes_with="--queue", help="declare --queue first, bound to the exchange"
    )
    add_durable_argument(parser)
    parser.add_argument(
        "--queue-length",
        metavar="N",
        type=positive,
        not_with=["--queue"],
        help=f"notifications that its own queue keeps when it is too slow; older ones are dropped (default: {LENGTH})",
    )
    parser.add_argument("--for", dest="seconds", metavar="TIME", type=duration, help="end after 90s, 10m, 2h, 7d")
    parser.add_argument(
        "--count",
        metavar="N",
        type=positive,
        help="end after N notifications; with --for, status 2 if they are not there in that time",
    )
    parser.add_argument(
        "--allow-none", action="store_true", help="status 0 even if nothing arrived that a contract speaks of"
    )
    parser.add_argument("--fail-fast", action="store_true", help="end with the first violation")
    add_catalog_arguments(parser)
    add_selection_arguments(parser)
    add_report_arguments(parser, by_default="text on a terminal, else jsonl")
    add_baseline_arguments(parser)
    parser.add_argument(
        "--only-violations",
        action="store_true",
        help="of jsonl, write only the lines of notifications that violate, and not what the baseline knows",
    )
    parser.add_argument(
        "--record",
        metavar="FILE",
        help="append everything that arrives to this file, for check to read; without --mask bodies stay as they are, "
        "secrets and all",
    )
    parser.add_argument(
        "--mask",
        action="store_true",
        goes_with="--record",
        help="record without secrets: what no report shows is not in --record either",
    )
    add_following_arguments(parser)
    add_needs_argument(parser)
    parser.add_argument(
        "--metrics-port", metavar="PORT", type=_port, help="serve metrics to Prometheus; 0: a free port"
    )
    parser.add_argument(
        "--metrics-host", metavar="ADDRESS", default="127.0.0.1", goes_with="--metrics-port", help="default: 127.0.0.1"
    )


def run(options: argparse.Namespace) -> int:
    """Watch until there is enough, then report what was seen."""
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    options.format = options.format or ("text" if on_terminal or options.output else VERDICTS)
    has_lines = options.format == VERDICTS and options.output is None
    catalog = chosen_catalog(options)
    queue, source = _queue(options, catalog)
    with shown_warnings(), opened_reports(options, grows=True) as reports, ExitStack() as stack:
        question = chosen_question(options, catalog)
        baseline = chosen_baseline(options, [path for path in (options.record,) if path], catalog.name)
        is_known = partial(_knows, baseline, catalog)
        lives = _lives(options, catalog, source)
        ledger = Ledger(
            catalog,
            source,
            question,
            limit=Limit(options.count, options.fail_fast),
            sinks=list(_sinks(options, catalog, reports, stack, is_known)),
            is_known=is_known,
            lives=lives,
            serving=chosen_serving(options, catalog),
        )
        watch = Watch(chosen_url(options), queue, ledger)
        failure = _watched(watch, options, with_table=on_terminal and not has_lines)
        problems = list(watch.problems)
        if not problems and failure is None and not options.allow_none:
            problems += _why_nothing(ledger, question, lives)
        all_problems = (*problems, *([_told(failure)] if failure else []))
        where = f"{source} at {watch.where}"
        found = None if options.exchange is not None else queue.source
        elsewhere = () if found is None else what_was_not_heard(catalog, found.exchange)
        of_lives = notes_of(lives, catalog, ledger.tally.summary) if lives else ()
        notes = (*watch.notes, *elsewhere, *ledger.tally.summary.ignored_notes, *of_lives)
        outcome = Outcome(catalog, (where,), ledger.tally.summary, all_problems, notes)
        outcome = with_baseline(options, baseline, outcome)
        try:
            reports.write(outcome)
        finally:
            if not isinstance(failure, BrokenPipeError):
                _tell(outcome, problems, options)
    if failure is not None:
        raise failure
    return status_of(outcome)


def _lives(options: argparse.Namespace, catalog: Catalog, source: str) -> "Judging | None":
    if not options.lifecycles:
        return None
    from notify_contracts._checking.lives import Judging  # much, and seldom asked for

    return Judging(catalog, source, options.open_lives)


def _knows(baseline: Baseline | None, catalog: Catalog, verdict: Verdict) -> bool:
    return baseline is not None and baseline.knows(verdict, today(), catalog.numbered)


def _tell(outcome: Outcome, problems: Sequence[str], options: argparse.Namespace) -> None:
    """Say on standard error what standard output does not."""
    if options.format != VERDICTS:
        for problem in problems:
            say(problem)
    elif sys.stderr is not None:
        sys.stderr.write(formatted(outcome, "text", colour=shows_colour(sys.stderr)).decode())


def _told(failure: OSError | NotifyContractsError) -> str:
    return str(failure) if isinstance(failure, NotifyContractsError) else f"the output cannot be written: {failure}"


def _queue(options: argparse.Namespace, catalog: Catalog) -> tuple[Queue, str]:
    """Return the queue to consume, and its name for people."""
    if options.queue is None:
        source = _source(options, catalog)
        return OwnQueue(source, options.queue_length or LENGTH), f"exchange {printable(source.exchange)}"
    if not options.create and (options.exchange or options.topic or options.binding or options.durable is not None):
        raise UsageError(
            "--exchange, --topic, --binding and --durable say how --queue is declared: add --create, or leave them out"
        )
    shared = NamedQueue(options.queue, _source(options, catalog) if options.create else None)
    return shared, f"queue {printable(options.queue)}"


def _source(options: argparse.Namespace, catalog: Catalog) -> Source:
    """Return the exchange, and what is bound of it: of several catalogs, what each of them says."""
    exchange, keys = chosen_exchange(options, catalog), options.binding
    if not keys:
        topics = options.topic
        sources = [Source.of_topics(exchange, topics or one.heard_topics, one.routing_key) for one in catalog.members]
        keys = [key for source in sources for key in source.binding_keys]
    return Source.bound(exchange, keys, durable=is_durable(options, catalog))


def _why_nothing(ledger: Ledger, question: Question, lives: "Judging | None") -> Iterator[str]:
    """Yield why nothing was judged, or less than was asked for."""
    summary = ledger.tally.summary
    if not ledger.arrived:
        where = "--exchange, --topic, --binding and --queue say where to listen (--binding '#': to all of an exchange)"
        yield f"nothing arrived from {ledger.source}: {where}; --allow-none if there need not be anything"
    elif not summary.notifications:
        yield f"{ledger.arrived} messages arrived: {question.selection.why_nothing(0)}; --allow-none if that is well"
    else:
        yield from what_was_not_judged(summary, ledger.tally.catalog, question)
        if lives is not None and (unfollowed := lives.why_nothing) is not None:
            yield unfollowed
        if not ledger.is_full and ledger.limit.count is not None:
            yield f"ended after {summary.notifications} of --count {ledger.limit.count}; --allow-none if that is well"


def _sinks(
    options: argparse.Namespace,
    catalog: Catalog,
    reports: Reports,
    stack: ExitStack,
    is_known: Callable[[Verdict], bool],
) -> Iterator[Sink]:
    if reports.wants_verdicts:
        yield VerdictLines(reports.add_lines, only_violations=options.only_violations, is_known=is_known)
    elif options.only_violations:
        raise UsageError("--only-violations is for lines: add --format jsonl")
    if options.record is not None:
        others = [path for path in (options.output, *(target.path for target in options.report)) if path]
        if os.path.realpath(options.record) in map(os.path.realpath, others):
            raise UsageError(f"{printable(options.record)}: is the file of a report: give another --record")
        recording = stack.enter_context(opened_growing(options.record, RECORDING_BEGINNING))
        yield RecordingLines(recording.write, catalog if options.mask else None)


def _watched(watch: Watch, options: argparse.Namespace, *, with_table: bool) -> OSError | NotifyContractsError | None:
    """Watch, and return the error that ended it, None if it ended well."""
    try:
        with stoppable() as stops, ExitStack() as stack:
            if options.metrics_port is not None:
                from notify_contracts._live.watching import served_metrics

                served = served_metrics(watch, options.metrics_host, options.metrics_port)
                say(f"metrics at {stack.enter_context(served)}")
            stack.enter_context(watch)
            bound = "" if watch.binding is None else f" under {watch.binding}"
            say(f"watching {watch.ledger.source}{bound} at {watch.where}")
            if with_table:
                _show(watch, options.seconds, stops)
            else:
                watch.wait(options.seconds)
    except Stop:
        return None
    except (NotifyContractsError, OSError) as error:
        if not watch.has_begun:
            raise
        return error
    return None


def _show(watch: Watch, seconds: float | None, stops: Stops) -> None:
    """Wait as `Watch.wait` does, and draw the table meanwhile."""
    deadline = inf if seconds is None else monotonic() + seconds
    with stops.deferred(), live_table(watch) as draw:
        while not stops.asked and not watch.wait(REDRAWN) and monotonic() < deadline:
            draw()
        draw()


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"expected a port from 0 to {HIGHEST_PORT}")
    return int(text)
