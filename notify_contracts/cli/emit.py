"""``notify-contracts emit``: send one notification with the reference emitter."""

import argparse
import logging
import sys
from collections.abc import Collection
from math import inf
from pathlib import Path
from typing import Any, TextIO

from notify_contracts._untrusted import NotJsonError, parse, printable
from notify_contracts.catalog import Catalog
from notify_contracts.cli.envelopes import require_sent_as_it_is
from notify_contracts.cli.numbers import seconds
from notify_contracts.cli.options import (
    add_catalog_arguments,
    add_messaging_arguments,
    chosen_catalog,
    chosen_exchange,
    chosen_routing_key,
    chosen_topics,
    chosen_url,
    require_priority,
)
from notify_contracts.cli.standard_error import say
from notify_contracts.cli.statuses import NOT_WELL
from notify_contracts.drivers import Driver, create, names
from notify_contracts.drivers.log import LOGGER_BASE, level_of
from notify_contracts.emitting import Notifier
from notify_contracts.errors import ContractViolatedError, UsageError
from notify_contracts.wire import FORMAT_VERSIONS

_PRIORITY = "INFO"
_FORMAT_VERSION = "2.0"
_RETRY = 3
_BLOCKED_SECONDS = 60
_OF_MESSAGING = (
    *("url", "cafile", "certfile", "keyfile", "exchange", "topic"),
    *("format_version", "durable", "queue_type", "retry", "blocked_timeout"),
)
"""The options that no other driver listens to."""

_SENDING_NOTHING = frozenset(("noop", "memory"))

# As a service's log file has it, so that `check` reads what was written.
_LOG_LINE = "%(asctime)s.%(msecs)03d %(process)d %(levelname)s %(name)s [-] %(message)s"
_LOG_TIME = "%Y-%m-%d %H:%M:%S"


class _Lines(logging.StreamHandler[TextIO]):
    """Leaves it to the driver to tell of a line that could not be written."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say nothing."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument("event", metavar="EVENT", help="an event type: image.create")
    parser.add_argument(
        "priority",
        metavar="PRIORITY",
        nargs="?",
        type=str.upper,
        help=f"one that the catalog allows (default: {_PRIORITY})",
    )
    content = parser.add_mutually_exclusive_group(required=True)
    content.add_argument("--payload", metavar="JSON|@FILE", help="the payload as JSON, or a file that holds it")
    content.add_argument("--example", action="store_true", help="take the payload of the contract's example")
    add_catalog_arguments(parser)
    parser.add_argument(
        "--driver",
        action="append",
        choices=names(),
        help="what carries it; may be given several times (default: messaging with --url, else log)",
    )
    add_messaging_arguments(parser)
    parser.add_argument("--format-version", choices=FORMAT_VERSIONS, help=f"of the body (default: {_FORMAT_VERSION})")
    parser.add_argument("--durable", action="store_true", default=None, help="declare exchange and queue durable")
    parser.add_argument(
        "--queue-type", metavar="classic|quorum", help="of the queues that are declared (default: classic)"
    )
    parser.add_argument(
        "--retry", metavar="N", type=int, help=f"attempts to connect again, -1 for ever (default: {_RETRY})"
    )
    parser.add_argument(
        "--blocked-timeout",
        metavar="SECONDS",
        type=seconds(inf),
        help="how long to wait for a broker that blocks publishers, out of memory or disk, or does not answer; "
        f"inf for ever (default: {_BLOCKED_SECONDS})",
    )
    parser.add_argument("--publisher-id", metavar="ID", default="notify-contracts", help="default: notify-contracts")
    parser.add_argument("--unchecked", action="store_true", help="send it even if it breaks its contract")


def run(options: argparse.Namespace) -> int:
    """Send it, and say on standard error what was sent where."""
    catalog = chosen_catalog(options)
    require_sent_as_it_is(catalog, f"notify-contracts generate --event {printable(options.event)} makes some")
    priority = _PRIORITY if options.priority is None else options.priority
    if not options.unchecked:
        require_priority(priority, catalog)
    payload = _payload(options, priority, catalog)
    chosen = options.driver or ["messaging" if options.url else "log"]
    _require_messaging(options, chosen)
    if "log" in chosen and level_of(priority) is None:
        raise UsageError(
            f"the log has no level {printable(priority)}, oslo.messaging's driver log writes nothing either: "
            "choose another --driver"
        )
    drivers = [_driver(name, options, catalog) for name in chosen]
    with Notifier(options.publisher_id, drivers, check=catalog.check) as notifier:
        try:
            sent = notifier.notify(options.event, priority, payload, unchecked=options.unchecked)
        except ContractViolatedError as error:
            for violation in error.violations:
                place = f"{violation.pointer} {violation.keyword}: {violation.message}"
                say(f"not sent: {place}; --unchecked sends it all the same")
            return NOT_WELL
    identity = sent.message_id if sent is not None else "nothing"
    done = "made, and sent to nobody," if _SENDING_NOTHING.issuperset(chosen) else "sent"
    print(printable(f"{done} {options.event} {priority} by {', '.join(chosen)}: {identity}"), file=sys.stderr)
    return 0


def _require_messaging(options: argparse.Namespace, chosen: Collection[str]) -> None:
    """Raise UsageError where the driver messaging was told something, and is not there to listen."""
    told = [name for name in _OF_MESSAGING if getattr(options, name) is not None]
    if told and "messaging" not in chosen:
        option = f"--{told[0].replace('_', '-')}"
        raise UsageError(f"{option} is for the driver messaging: add --driver messaging, or leave {option} out")


def _payload(options: argparse.Namespace, priority: str, catalog: Catalog) -> Any:
    if options.example:
        return catalog.contract(options.event, priority).example().get("payload")
    text, where = options.payload, "--payload"
    if text.startswith("@"):
        where = printable(text[1:])
        try:
            text = Path(text[1:]).read_bytes()
        except OSError as error:
            raise UsageError(f"{where}: cannot be read: {error.strerror}") from None
    try:
        return parse(text)
    except NotJsonError as error:
        raise UsageError(f"{where}: not JSON: {error}; a text needs its own quotes: '\"the disk is full\"'") from None


def _driver(name: str, options: argparse.Namespace, catalog: Catalog) -> Driver:
    if name == "log":
        logging.basicConfig(handlers=[_Lines(sys.stdout)], level=logging.INFO, format=_LOG_LINE, datefmt=_LOG_TIME)
        logging.getLogger(LOGGER_BASE).setLevel(logging.DEBUG)
    if name != "messaging":
        return create(name)
    return create(
        name,
        url=chosen_url(options),
        exchange=chosen_exchange(options, catalog),
        topics=chosen_topics(options, catalog),
        format_version=options.format_version or _FORMAT_VERSION,
        durable=bool(options.durable),
        queue_type=options.queue_type or "classic",
        retry=_RETRY if options.retry is None else options.retry,
        blocked_timeout=None if options.blocked_timeout == inf else options.blocked_timeout or _BLOCKED_SECONDS,
        routing_key=chosen_routing_key(catalog),
    )
