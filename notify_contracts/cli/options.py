"""Options that several commands share."""

import argparse

from notify_contracts.catalog import DEFAULT_CATALOG, Catalog, builtin_names, load
from notify_contracts.engines import DEFAULT_ENGINE, ENGINES


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


def add_messaging_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--url``, ``--exchange`` and ``--topic``."""
    parser.add_argument("--url", metavar="URL", help="the broker: amqp://user:password@host:port/vhost")
    parser.add_argument("--exchange", metavar="NAME", help="default: what the catalog says")
    parser.add_argument(
        "--topic", metavar="NAME", action="append", help="may be given several times (default: what the catalog says)"
    )
