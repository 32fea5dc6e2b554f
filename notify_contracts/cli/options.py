"""Options that several commands share."""

import argparse
import os
from datetime import datetime

from notify_contracts._checking import Period, Question, Selection, moment
from notify_contracts._schema import DEFAULT_ENGINE, ENGINES, did_you_mean, quoted
from notify_contracts._untrusted import printable
from notify_contracts.catalog import DEFAULT_CATALOG, Catalog, Transport, builtin_names, joined_catalog, load
from notify_contracts.errors import UsageError


def add_catalog_arguments(parser: argparse.ArgumentParser, *, several: bool = True) -> None:
    """Add ``--catalog``, once or any number of times, and ``--engine``."""
    more = "; may be given several times, and an event type belongs to the first that has it" if several else ""
    parser.add_argument(
        "--catalog",
        metavar="NAME|DIR",
        action="append" if several else "store",
        help=f"{', '.join(builtin_names())}, or a folder (default: {DEFAULT_CATALOG}){more}",
    )
    parser.add_argument(
        "--engine",
        choices=tuple(ENGINES),
        default=DEFAULT_ENGINE,
        help=f"what decides (default: {DEFAULT_ENGINE})",
    )


def chosen_catalog(options: argparse.Namespace) -> Catalog:
    """Return the catalog that was asked for, or those that were, as one."""
    given = DEFAULT_CATALOG if options.catalog is None else options.catalog
    names = [given] if isinstance(given, str) else given
    return joined_catalog([load(name, engine=options.engine) for name in names])


def chosen_exchange(options: argparse.Namespace, catalog: Catalog) -> str:
    """Return the exchange that was asked for, else what the catalog says; UsageError where several say several."""
    exchanges = dict.fromkeys(member.exchange for member in catalog.members if options.exchange is None)
    if len(exchanges) > 1:
        names = printable(" and ".join(exchanges))
        raise UsageError(f"the exchanges of {catalog.name} are {names}: choose one of them with --exchange")
    return next(iter(exchanges), options.exchange)


def chosen_topics(options: argparse.Namespace, catalog: Catalog) -> tuple[str, ...]:
    """Return the topics to send under: those that were asked for, else the catalog's default."""
    return tuple(options.topic or dict.fromkeys(member.topic for member in catalog.members))


def heard_topics(options: argparse.Namespace, catalog: Catalog) -> tuple[str, ...]:
    """Return the topics to listen to: those that were asked for, else all that the catalog names."""
    return tuple(options.topic or catalog.transport.topics or (catalog.topic,))


def chosen_routing_key(catalog: Catalog) -> str:
    """Return how the catalog makes routing keys; UsageError where several make them otherwise."""
    templates = dict.fromkeys(member.routing_key for member in catalog.members)
    if len(templates) > 1:
        raise UsageError(f"the routing keys of {catalog.name} are made in {len(templates)} ways: give one --catalog")
    return next(iter(templates))


def add_selection_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--event``, ``--priority``, ``--since``, ``--until`` and ``--allow-unknown``."""
    parser.add_argument(
        "--event",
        metavar="GLOB",
        action="append",
        default=[],
        help="look only at these event types: 'image.*'; may be given several times",
    )
    parser.add_argument(
        "--priority",
        metavar="PRIORITY",
        action="append",
        default=[],
        help="look only at this priority; may be given several times",
    )
    for name, when in (("since", "this time on"), ("until", "before this time")):
        parser.add_argument(
            f"--{name}",
            metavar="TIME",
            type=_time,
            help=f"look only at what is from {when} by its own timestamp, or tells no time: 2026-11-28T10:30+01:00; "
            "without an offset it is UTC",
        )
    parser.add_argument(
        "--allow-unknown",
        action="store_true",
        help="of event types without a contract, check only the envelope",
    )


def chosen_question(options: argparse.Namespace, catalog: Catalog) -> Question:
    """Return which notifications are to be looked at, and how strictly."""
    for priority in options.priority:
        require_priority(priority, catalog)
    period = Period(options.since, options.until)
    if period.since is not None and period.until is not None and period.since >= period.until:
        raise UsageError("nothing is from --since on and before --until: give a later --until")
    return Question(Selection(tuple(options.event), tuple(options.priority), period), options.allow_unknown)


def _time(text: str) -> datetime:
    told = moment(text)
    if told is None:
        raise argparse.ArgumentTypeError("expected a time as 2026-11-28 or 2026-11-28T10:30:00Z")
    return told


def require_priority(priority: str | None, *catalogs: Catalog) -> None:
    """Raise UsageError, saying which there are, if a priority was asked for that none of the catalogs allows."""
    known = dict.fromkeys(name for catalog in catalogs for name in catalog.priorities)
    if priority is not None and priority not in known:
        names = " and ".join(catalog.name for catalog in catalogs)
        meant = did_you_mean(priority, known) or f"; choose from {', '.join(map(printable, known))}"
        raise UsageError(f"{names} has no priority {quoted(priority)}{meant}")


def add_transport_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--exchange`` and ``--topic`` for what was recorded."""
    for name in ("exchange", "topic"):
        parser.add_argument(
            f"--{name}",
            metavar="NAME",
            action="append",
            default=[],
            help=f"the service sends there; may be given several times (default: each {name} that the catalog names)",
        )


def chosen_transport(options: argparse.Namespace, catalog: Catalog) -> Transport | None:
    """Return where a recorded service sends, None where it is where each catalog says."""
    if not options.exchange and not options.topic:
        return None
    exchanges, topics = tuple(options.exchange), tuple(options.topic)
    return Transport(exchanges or catalog.transport.exchanges, topics or catalog.transport.topics)


def positive(text: str) -> int:
    """Return a number from 1 on."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("expected a positive number")
    return int(text)


def chosen_url(options: argparse.Namespace) -> str:
    """Return the URL of the broker that was asked for, by option or environment, else that of a local one."""
    from notify_contracts.broker import DEFAULT_URL, URL_VARIABLE

    return options.url or os.environ.get(URL_VARIABLE) or DEFAULT_URL


def add_messaging_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--url``, ``--exchange`` and ``--topic``."""
    parser.add_argument("--url", metavar="URL", help="the broker: amqp://user:password@host:port/vhost")
    parser.add_argument("--exchange", metavar="NAME", help="default: what the catalog says")
    parser.add_argument(
        "--topic", metavar="NAME", action="append", help="may be given several times (default: what the catalog says)"
    )
