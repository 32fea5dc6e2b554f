"""``notify-contracts verify``: the reference emitter, or any command that emits, end to end through a real broker."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from select import select

from notify_contracts._checking import ABOUT_EVERYTHING, Question, Tally
from notify_contracts._live.verification import verify_drivers
from notify_contracts._report import FORMATS, Outcome, deferred_interrupts
from notify_contracts._untrusted import monotonic, printable, redacted
from notify_contracts.broker import URL_VARIABLE, obtain
from notify_contracts.catalog import Catalog
from notify_contracts.cli.descendants import Descendants
from notify_contracts.cli.envelopes import require_sent_as_it_is
from notify_contracts.cli.lasting import add_durable_argument, is_durable
from notify_contracts.cli.nothing import what_was_not_heard
from notify_contracts.cli.numbers import positive
from notify_contracts.cli.options import (
    BROKERS,
    add_catalog_arguments,
    add_messaging_arguments,
    chosen_broker,
    chosen_catalog,
    chosen_exchange,
    chosen_routing_key,
    chosen_url,
    heard_topics,
    named_url,
    right_topics,
)
from notify_contracts.cli.reports import add_report_arguments, opened_reports
from notify_contracts.cli.serving import add_needs_argument, chosen_serving
from notify_contracts.cli.statuses import COULD_NOT_RUN, NOT_WELL
from notify_contracts.errors import ArrivalError, ContractViolatedError, UsageError
from notify_contracts.model import Location, Notification, Unreadable
from notify_contracts.tap import Tap
from notify_contracts.wire import EVERY_TOPIC
from notify_contracts.wire.envelopes import reading_as

_LEFT = "left something running, of which what it sends later is not heard: --expect N waits for N notifications"
_STANDARD_ERROR = 2
_NOT_STARTED = "could not be started"
_GRACE = 1.0  # seconds for what ends just behind a command, as the other end of a pipe of its shell
_PAUSE = 0.02
_Verified = tuple[int, list[str], list[str]]
"""A status, what went wrong beside what arrived, and what else is worth knowing."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.usage = "notify-contracts verify [-h] [option ...] [-- COMMAND [ARG ...]]"
    parser.add_argument(
        "command",
        metavar="-- COMMAND [ARG ...]",
        nargs="*",
        help=f"what emits, in any language; it finds the broker's URL in {URL_VARIABLE} "
        "(default: the reference emitter sends every example through every driver)",
    )
    add_catalog_arguments(parser)
    add_messaging_arguments(parser)
    add_report_arguments(parser, FORMATS)
    add_needs_argument(parser)
    parser.add_argument(
        "--broker",
        choices=BROKERS,
        help=f"where a broker comes from without --url and {URL_VARIABLE} (default: auto)",
    )
    add_durable_argument(parser)
    parser.add_argument(
        "--expect", metavar="N", type=positive, help="wait until COMMAND has sent N notifications, and allow no more"
    )
    parser.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=positive,
        default=60,
        help="for COMMAND, and for what it sends (default: 60)",
    )


def run(options: argparse.Namespace) -> int:
    """Verify, and report the matrix of what arrived and what else is wrong."""
    _require_command(options)
    catalog = chosen_catalog(options)
    if not options.command:
        require_sent_as_it_is(catalog, "verify what does emit: -- COMMAND")
    chosen_routing_key(catalog)
    question = Question(transport=right_topics(options, catalog)) if options.command else ABOUT_EVERYTHING
    tally = Tally(catalog, question, serving=chosen_serving(options, catalog))
    with opened_reports(options) as reports, reading_as(catalog.envelopes):
        preference, url = _broker(options)
        with obtain(preference, url=url) as broker:
            verify = _verify_command if options.command else _verify_reference
            status, problems, notes = verify(options, catalog, broker.url, tally)
        where = "a local RabbitMQ" if broker.origin == "local" else redacted(broker.url)
        outcome = Outcome(catalog, (where,), tally.summary, tuple(problems), tuple(notes))
        reports.write(outcome)
    return status or (0 if outcome.is_well else NOT_WELL)


def _require_command(options: argparse.Namespace) -> None:
    """Raise UsageError for what says where a command sends, where there is none."""
    told = next((name for name in ("exchange", "topic", "expect") if getattr(options, name) is not None), None)
    if told is not None and not options.command:
        raise UsageError(f"--{told} is about what a command sends: add -- COMMAND, or leave --{told} out")


def _broker(options: argparse.Namespace) -> tuple[str, str | None]:
    """Return where a broker comes from, and the URL of the one to obtain; None for what the environment says."""
    preference, url = chosen_broker(options)
    if not _has_files(options):
        return preference, url
    if preference != "auto" or named_url(options) is None:
        raise UsageError("TLS files were given, and no broker: add --url amqps://…")
    return preference, chosen_url(options)


def _has_files(options: argparse.Namespace) -> bool:
    return not options.cafile is options.certfile is options.keyfile is None


def _verify_reference(options: argparse.Namespace, catalog: Catalog, url: str, tally: Tally) -> _Verified:
    problems, notes = [], []
    try:
        for passage in verify_drivers(catalog, url, options.timeout, durable=bool(options.durable)):
            _count(passage.received, f"driver {passage.driver}", tally)
            outcome = f"{len(passage.received)} read back" if passage.driver != "noop" else "nothing to read back"
            notes.append(
                f"{passage.driver:<13}  {passage.sent} sent, {outcome}, {len(passage.differences)} differences"
            )
            problems += [f"driver {passage.driver}: {difference}" for difference in passage.differences]
    except ContractViolatedError as error:  # its examples do keep their contracts: what differs is the envelope
        first = error.violations[0]
        broken = printable(f"{first.contract} is broken at {first.pointer}")
        sent = "the reference emitter sends examples with an envelope as oslo.messaging's"
        raise UsageError(f"{sent}, and {broken}: {first.message}; verify what does emit: -- COMMAND") from None
    return 0, problems, notes


def _verify_command(options: argparse.Namespace, catalog: Catalog, url: str, tally: Tally) -> _Verified:
    exchange, topics = chosen_exchange(options, catalog), heard_topics(options, catalog)
    problems = []
    status = 0
    key, durable = chosen_routing_key(catalog), is_durable(options, catalog)
    with Tap(url, exchange, topics, durable=durable, routing_key=key, is_whole=True) as tap:
        # The command gets the URL as it was given: in what way it takes the files is its own.
        given = named_url(options) if _has_files(options) else url
        ended, is_alone = _run(options.command, given or url, options.timeout, _standard_output(options))
        if ended or not (is_alone or options.expect):
            status = COULD_NOT_RUN
            problems.append(f"{printable(options.command[0])} {ended or _LEFT}")
        try:
            arrived = tap.expect(options.expect, options.timeout) if options.expect and not ended else []
            arrived += tap.drain(options.timeout)
            if options.expect and len(arrived) > options.expect:
                problems.append(f"expected {options.expect} notifications, {len(arrived)} came")
        except ArrivalError as error:
            arrived = list(error.arrived)
            problems.append(str(error))
    _count(arrived, f"exchange {exchange}", tally)
    if not arrived and not problems:
        status = COULD_NOT_RUN
        where = "--exchange and --topic say where to listen (--topic '#': to all of it)"
        if tap.binding == EVERY_TOPIC:
            where = "--exchange says where to listen"
        problems.append(
            f"nothing arrived on the exchange {printable(exchange)} under {tap.binding}: "
            f"{where}, --expect N waits for an emitter without confirms"
        )
    if not arrived and tap.has_declared and not (ended and ended.startswith(_NOT_STARTED)):
        how, remedy = ("durable", "--no-durable") if durable else ("not durable", "--durable")
        was_not_there = f"the exchange {printable(exchange)} was not there and was declared {how}"
        problems.append(f"{was_not_there}: if COMMAND says 406 PRECONDITION_FAILED, it declares it otherwise: {remedy}")
    elsewhere = () if options.exchange is not None else what_was_not_heard(catalog, exchange)
    return status, problems, [f"listened on the exchange {printable(exchange)} under {tap.binding}", *elsewhere]


def _standard_output(options: argparse.Namespace) -> int | None:
    """Return where a command's standard output goes, None for where ours does: not into the report that is there."""
    if options.output is not None:
        return None
    return subprocess.DEVNULL if sys.stderr is None else _STANDARD_ERROR


def _run(command: Sequence[str], url: str, timeout: float, output: int | None) -> tuple[str, bool]:
    """Run a command to its end, or to ours; return how it failed, if it did, and whether nothing it started still runs.

    Its standard output goes to `output`. Where it does not end, neither it nor what it started is left.
    """
    ends, kept = os.pipe()  # whatever runs keeps it open, and whatever that starts, unless it closes it
    started = Descendants()
    process = None
    try:
        with deferred_interrupts():  # or one that comes while the command is started leaves it running
            environment = {**os.environ, **started.mark, URL_VARIABLE: url}
            process = subprocess.Popen(  # noqa: S603  # the user's own
                command, env=environment, pass_fds=[kept], stdout=output
            )
        status = process.wait(timeout)
    except OSError as error:
        return f"{_NOT_STARTED}: {error.strerror}", True
    except subprocess.TimeoutExpired:
        return f"did not end within {timeout:g} seconds: --timeout gives it longer", True
    finally:
        os.close(kept)
        if process is not None and process.poll() is None:
            process.kill()
            process.wait()
            started.kill()
        is_alone = _ends(started, ends)
        os.close(ends)
    return f"ended with status {status}" if status else "", is_alone


def _ends(started: Descendants, ends: int) -> bool:
    """Whether all that a command has started ends soon behind it, and with it the other side of a pipe."""
    deadline = monotonic() + _GRACE
    while started.running() or not select([ends], [], [], 0)[0]:
        if monotonic() > deadline:
            return False
        time.sleep(_PAUSE)
    return True


def _count(contents: Sequence[Notification | Unreadable], source: str, tally: Tally) -> None:
    for number, content in enumerate(contents, 1):
        tally.take(content, Location(source, number, "message"))
