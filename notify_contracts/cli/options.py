"""Options that several commands share."""

import argparse
import os

from notify_contracts._checking import Question, Selection
from notify_contracts._schema import DEFAULT_ENGINE, ENGINES
from notify_contracts.catalog import DEFAULT_CATALOG, Catalog, Transport, builtin_names, load
from notify_contracts.model import Priority


def add_catalog_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--catalog`` and ``--engine``."""
    parser.add_argument(
        "--catalog",
        metavar="NAME|DIR",
        default=DEFAULT_CATALOG,
        help=f"{', '.join(builtin_names())}, or a folder (default: {DEFAULT_CATALOG})",
    )
    parser.add_argument(
        "--engine",
        choices=tuple(ENGINES),
        default=DEFAULT_ENGINE,
        help=f"what decides (default: {DEFAULT_ENGINE})",
    )


def chosen_catalog(options: argparse.Namespace) -> Catalog:
    """Return the catalog that was asked for."""
    return load(options.catalog, engine=options.engine)


def add_selection_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--event``, ``--priority`` and ``--allow-unknown``."""
    parser.add_argument("--event", metavar="GLOB", default="*", help="look only at these event types: 'image.*'")
    parser.add_argument("--priority", choices=tuple(map(str, Priority)), help="look only at this priority")
    parser.add_argument(
        "--allow-unknown",
        action="store_true",
        help="of event types without a contract, check only the envelope",
    )


def chosen_question(options: argparse.Namespace) -> Question:
    """Return which notifications are to be looked at, and how strictly."""
    return Question(Selection(options.event, options.priority), options.allow_unknown)


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
