"""``notify-contracts catalog import``: a catalog from what says already what a service sends."""

import argparse
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from notify_contracts._untrusted import dump, printable, shortened
from notify_contracts.cli.envelopes import add_envelope_argument, chosen_envelopes
from notify_contracts.cli.naming import name, named_after
from notify_contracts.cli.output import opened_output
from notify_contracts.cli.standard_error import say
from notify_contracts.cli.standard_output import show
from notify_contracts.cli.statuses import NOT_WELL
from notify_contracts.errors import UsageError

if TYPE_CHECKING:
    from notify_contracts._drafting.importing import Imported, LeftOut

_NAMED = 3  # places of a kind that are named after the first
_LONGEST = 80


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    kinds = parser.add_subparsers(metavar="KIND", required=True, parser_class=type(parser))
    _describe_samples(
        kinds.add_parser("samples", help="a folder of documented notifications, one a file, $ref and all")
    )
    _describe_versionedobjects(
        kinds.add_parser("versionedobjects", help="notification classes of an installed service (oslo)")
    )
    _describe_asyncapi(kinds.add_parser("asyncapi", help="an AsyncAPI document of version 2 or 3, in JSON or YAML"))
    _describe_fedora(kinds.add_parser("fedora", help="message classes of an installed fedora-messaging schema package"))


def _describe_samples(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="DIR", help="the folder; what a $ref names is read in it, and nowhere else")
    _add_output(parser, required=False)
    parser.add_argument(
        "--documents",
        metavar="FILE",
        help="write the documents as JSON lines that check reads: with their shared parts, and with message_id and "
        "timestamp where they lack them",
    )
    parser.set_defaults(act=_samples)


def _describe_versionedobjects(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="PACKAGE", help="the package, nova; it is imported, and so its code is run")
    _add_output(parser)
    _add_python(parser)
    parser.add_argument(
        "--event",
        metavar="EVENT_TYPE=CLASS",
        action="append",
        default=[],
        type=_event,
        help="an event type that no sample names, and its notification class; may be given several times",
    )
    parser.add_argument(
        "--priority",
        metavar="PRIORITY",
        action="append",
        default=[],
        help="event types get a contract for it; may be given several times (default: INFO and ERROR)",
    )
    parser.add_argument(
        "--optional",
        metavar="CLASS",
        action="append",
        default=[],
        help="a payload class whose fields may all be unset; may be given several times",
    )
    parser.set_defaults(act=_versionedobjects)


def _describe_asyncapi(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="FILE", help="the document; a $ref that leads out of it is not followed")
    _add_output(parser)
    add_envelope_argument(parser)
    parser.set_defaults(act=_asyncapi)


def _describe_fedora(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="MODULE", help="the package; it is imported, and so its code is run")
    _add_output(parser)
    _add_python(parser)
    parser.set_defaults(act=_fedora)


def _add_output(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--output", metavar="DIR", required=required, help="the catalog: a new folder, or an empty one")
    parser.add_argument("--name", metavar="NAME", type=name, help="what to call the catalog (default: as its source)")


def _add_python(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--python", metavar="FILE", help="the interpreter that has the package (default: this one)")


def _event(text: str) -> tuple[str, str]:
    event_type, _, made_of = text.rpartition("=")
    if not made_of or not event_type or "/" in event_type or event_type.startswith("."):
        raise argparse.ArgumentTypeError("expected an event type and a class: door.open=DoorNotification")
    return event_type, made_of


def _called(options: argparse.Namespace, source: str) -> str:
    return options.name or named_after(source, "imported")


def _samples(options: argparse.Namespace) -> int:
    from notify_contracts._drafting.importing import completed, documents, from_samples

    if options.output is None and options.documents is None:
        raise UsageError("nothing is to be written: give --output DIR, --documents FILE or both")
    folder = Path(options.source)
    if options.documents is not None:
        found, left_out = documents(folder)
        with opened_output(options.documents) as output:
            for document in found:
                output.write(dump(completed(document.content)) + b"\n")
        if options.output is None:
            for each in left_out:
                say(f"left out: {each}")
            return 0
    return _written(lambda: from_samples(folder, _called(options, folder.resolve().name)), options.output)


def _versionedobjects(options: argparse.Namespace) -> int:
    from notify_contracts._drafting.importing import Wishes, from_versionedobjects

    wishes = Wishes(options.python, dict(options.event), options.priority, options.optional)
    called = _called(options, options.source)
    return _written(lambda: from_versionedobjects(options.source, called, wishes), options.output)


def _asyncapi(options: argparse.Namespace) -> int:
    from notify_contracts._drafting.importing import from_asyncapi

    path = Path(options.source)
    form = next(iter(chosen_envelopes(options)), None)
    return _written(lambda: from_asyncapi(path, _called(options, path.stem), form), options.output)


def _fedora(options: argparse.Namespace) -> int:
    from notify_contracts._drafting.importing import from_fedora

    called = _called(options, options.source)
    return _written(lambda: from_fedora(options.source, called, options.python), options.output)


def _lines(left_out: "Iterable[LeftOut]") -> Iterator[str]:
    """Yield what was left out, a line for each reason, which names a few of the places."""
    places: dict[str, list[LeftOut]] = {}
    for each in left_out:
        places.setdefault(each.why, []).append(each)
    for first, *others in places.values():
        named = [shortened(printable(each.where), _LONGEST) for each in others[:_NAMED]]
        more = ", ".join(named if len(others) <= _NAMED else (*named, "…"))
        yield f"{first} ({len(others):,} more of the kind: {more})" if others else str(first)


def _written(make: "Callable[[], Imported]", output: str) -> int:
    """Make and write a catalog, say what it is, and return the status: 1 if lint finds something in it."""
    from notify_contracts._drafting import require_new, write
    from notify_contracts._drafting.importing import problems

    require_new(Path(output))
    imported = make()
    write(imported.files, Path(output))
    contracts = list(imported.contracts)
    for what, count in (
        ("event types", len({event_type for event_type, _ in contracts})),
        ("contracts", len(contracts)),
        ("shared payloads", sum(path.startswith("payloads/") for path in imported.files)),
        ("left out", len(imported.left_out)),
    ):
        show(f"{what:<15} {count:>6,}")
    show(*(f"    {line}" for line in _lines(imported.left_out)))
    found = problems(imported.files)
    if found:
        first = f"{found[0].file}{found[0].pointer}: {found[0].message}"
        again = f"notify-contracts catalog lint {printable(output)} lists them"
        say(f"{len(found)} problems, first {first}; {again}")
    return NOT_WELL if found else 0
