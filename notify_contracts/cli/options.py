"""Options that several commands share."""

import argparse
import os
from datetime import datetime
from typing import TYPE_CHECKING

from notify_contracts._checking import Period, Question, Selection, moment
from notify_contracts._schema import DEFAULT_ENGINE, ENGINES
from notify_contracts._untrusted import printable
from notify_contracts.catalog import DEFAULT_CATALOG, Catalog, Transport, builtin_names, load
from notify_contracts.cli.looking import is_anything_set
from notify_contracts.errors import UsageError

if TYPE_CHECKING:
    from notify_contracts.cli.configuration import Value

BROKERS = ("auto", "docker", "local")
"""The places that a broker is obtained from where none is named."""


def add_catalog_arguments(parser: argparse.ArgumentParser, *, several: bool = True) -> None:
    """Add ``--catalog``, once or any number of times, and ``--engine``."""
    more = "; may be given several times, and an event type belongs to the first that has it" if several else ""
    parser.add_argument(
        "--catalog",
        setting="catalog",
        metavar="NAME|DIR",
        action="append" if several else "store",
        help=f"{', '.join(builtin_names())}, or a folder (default: {DEFAULT_CATALOG}){more}",
    )
    parser.add_argument(
        "--engine",
        setting="engine",
        choices=tuple(ENGINES),
        default=DEFAULT_ENGINE,
        help=f"what decides (default: {DEFAULT_ENGINE})",
    )


def add_catalog_choice(
    parser: argparse.ArgumentParser, default: str = "the one that is set, else the built-in catalogs"
) -> None:
    """Add ``NAME|DIR`` and, for it, ``--catalog``: one catalog, or what `default` says."""
    parser.add_argument(
        "folder",
        metavar="NAME|DIR",
        nargs="?",
        help=f"a built-in catalog or a folder (default: {default})",
    )
    parser.add_argument("--catalog", metavar="NAME|DIR", help="the same")


def catalog_asked_for(options: argparse.Namespace) -> str | None:
    """Return the one catalog that was asked for, by name or folder, None if none was; UsageError where two were."""
    if options.folder is not None and options.catalog is not None:
        raise UsageError("two catalogs were given, by --catalog and without: leave one of them out")
    chosen: str | None = options.catalog if options.folder is None else options.folder
    return chosen


def catalog_choice(options: argparse.Namespace) -> str | None:
    """Return the one catalog that was asked for or is set, by name or folder; UsageError where two were."""
    chosen = catalog_asked_for(options)
    return _catalog_set() if chosen is None else chosen


def _catalog_set() -> str | None:
    if not is_anything_set():
        return None
    from notify_contracts.cli.configuration import configured

    given = configured().given("catalog")
    if given is None or not isinstance(given.value, tuple):
        return None
    if len(given.value) > 1:
        raise UsageError(f"{given.where}: catalog: this command takes one of them: give --catalog")
    return given.value[0]


def chosen_catalog(options: argparse.Namespace) -> Catalog:
    """Return the catalog that was asked for, or those that were, as one."""
    given = DEFAULT_CATALOG if options.catalog is None else options.catalog
    names = [given] if isinstance(given, str) else given
    if len(names) == 1:
        return load(names[0], engine=options.engine)
    from notify_contracts.catalog import joined_catalog

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
    """Return the topics to listen to: those that were asked for, else all that the catalog says."""
    return tuple(options.topic or dict.fromkeys(topic for member in catalog.members for topic in member.heard_topics))


def right_topics(options: argparse.Namespace, catalog: Catalog) -> Transport:
    """Return the topics under which is sent what is heard: those that were asked for, else all that the catalog names.

    None of them, which is any, where one has a wildcard in it.
    """
    topics = tuple(options.topic or catalog.transport.topics)
    has_wildcards = any(wildcard in topic for topic in topics for wildcard in "#*")
    return Transport() if has_wildcards else Transport(topics=topics)


def chosen_routing_key(catalog: Catalog) -> str:
    """Return how the catalog makes routing keys; UsageError where several make them otherwise."""
    templates = dict.fromkeys(member.routing_key for member in catalog.members)
    if len(templates) > 1:
        raise UsageError(f"the routing keys of {catalog.name} are made in {len(templates)} ways: give one --catalog")
    return next(iter(templates))


def add_selection_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--event``, ``--priority``, ``--ignore``, ``--since``, ``--until`` and ``--allow-unknown``."""
    parser.add_argument(
        "--event",
        metavar="GLOB",
        action="append",
        default=[],
        help="look only at these event types: 'image.*', and at what tells none; may be given several times",
    )
    parser.add_argument(
        "--priority",
        metavar="PRIORITY",
        action="append",
        default=[],
        help="look only at this priority, and at what tells none; may be given several times",
    )
    parser.add_argument(
        "--ignore",
        setting="ignore",
        metavar="GLOB",
        action="append",
        default=[],
        help="do not judge these event types: 'image.*'; how many there were is told; may be given several times",
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
        setting="allow-unknown",
        action="store_true",
        help="of event types without a contract, check only the envelope",
    )


def add_member_argument(parser: argparse.ArgumentParser) -> None:
    """Add ``--member``."""
    parser.add_argument(
        "--member",
        setting="member",
        metavar="NAME",
        action="append",
        default=[],
        help="a member of records that holds a line of a log, beside those that are known, such as message, log, msg; "
        "may be given several times",
    )


def chosen_question(options: argparse.Namespace, catalog: Catalog) -> Question:
    """Return which notifications are to be looked at, and how strictly."""
    for priority in options.priority:
        require_priority(priority, catalog)
    period = Period(options.since, options.until)
    if period.since is not None and period.until is not None and period.since >= period.until:
        raise UsageError("nothing is from --since on and before --until: give a later --until")
    selection = Selection(tuple(options.event), tuple(options.priority), period, tuple(options.ignore))
    return Question(selection, options.allow_unknown)


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
        from notify_contracts._schema import did_you_mean, quoted

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


def chosen_url(options: argparse.Namespace) -> str:
    """Return the URL of the broker that was asked for, by option, environment or file, else that of a local one."""
    from notify_contracts._amqp import Tls, with_tls
    from notify_contracts.broker import DEFAULT_URL

    url = named_url(options) or DEFAULT_URL
    return with_tls(url, Tls(options.cafile, options.certfile, options.keyfile))


def named_url(options: argparse.Namespace) -> str | None:
    """Return the URL of the broker that was asked for, as it was given by option, environment or file."""
    return options.url or _text_set(options, "url")


def chosen_broker(options: argparse.Namespace) -> tuple[str, str | None]:
    """Return where a broker comes from, and its URL if that was asked for, as `obtain` takes both.

    What is asked for on the command line comes first, then the URL in the environment, and then what else is set.
    """
    from notify_contracts.broker import URL_VARIABLE

    preference, url = options.broker, options.url
    if url is not None or os.environ.get(URL_VARIABLE):
        return preference or "auto", url
    if preference is None:
        set_to = _text_set(options, "broker")
        preference = set_to if set_to in BROKERS else "auto"
    return preference, _text_set(options, "url") if preference == "auto" else None


def value_set(options: argparse.Namespace, key: str) -> "Value | None":
    """Return what the environment or a file sets, None if neither does; raise UsageError if that is no value."""
    given = options.configured and options.configured.given(key)
    return given.value if given else None


def _text_set(options: argparse.Namespace, key: str) -> str | None:
    value = value_set(options, key)
    return value if isinstance(value, str) else None


def add_messaging_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``--url``, what goes with ``amqps://``, ``--exchange`` and ``--topic``."""
    parser.add_argument(
        "--url",
        metavar="URL",
        help="the broker: amqp://user:password@host:port/vhost, amqps://, or a transport_url of oslo.messaging",
    )
    for name, purpose in (
        ("cafile", "with amqps://: certificates of the authorities to trust (default: the system's)"),
        ("certfile", "with amqps://: the certificate to show to a broker that asks for one"),
        ("keyfile", "with amqps://: the key of --certfile, if it is not in the same file"),
    ):
        parser.add_argument(f"--{name}", metavar="FILE", help=purpose)
    parser.add_argument("--exchange", metavar="NAME", help="default: what the catalog says")
    parser.add_argument(
        "--topic", metavar="NAME", action="append", help="may be given several times (default: what the catalog says)"
    )
