"""``notify-contracts catalog``: begin, learn, compare, list, show, export, lint and measure contracts."""

import argparse
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from notify_contracts._lint import Problem, fixed, lint
from notify_contracts._report import PROBLEM_FORMATS, formatted_problems, write_whole
from notify_contracts._untrusted import printable, printable_json
from notify_contracts.catalog import (
    ENVELOPE,
    EVENTS,
    MANIFEST,
    Catalog,
    Contract,
    Field,
    builtin_names,
    fields_of_payload,
    load,
    shape_of_contracts,
    table_of_payload,
)
from notify_contracts.cli.options import (
    add_catalog_arguments,
    add_catalog_choice,
    catalog_asked_for,
    catalog_choice,
    chosen_catalog,
    require_priority,
)
from notify_contracts.cli.standard_error import say
from notify_contracts.errors import CatalogError, UsageError

if TYPE_CHECKING:
    from notify_contracts._comparison.needs import Consumer

PROBLEMS_FOUND = 1
_MOST_ROUNDS = 10

_ACTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "init": ("notify_contracts.cli.init", "make a folder with which a catalog begins"),
        "infer": ("notify_contracts.cli.infer", "learn contracts from recordings, each rule with its evidence"),
        "drift": ("notify_contracts.cli.drift", "where a catalog and what really comes differ"),
        "diff": ("notify_contracts.cli.diff", "whom a change breaks, each break with a notification that shows it"),
        "export": ("notify_contracts.cli.export", "write a catalog down as documents"),
        "schema": ("notify_contracts.cli.schema", "the JSON Schema of a catalog's files, for an editor"),
        "import": ("notify_contracts.cli.imports", "make a catalog of what says already what a service sends"),
        "strength": ("notify_contracts.cli.strength", "which share of blind changes the contracts catch"),
    }
)
"""Action → its module, and what it is for. Only the one that the command line names is imported."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    actions = parser.add_subparsers(metavar="ACTION", required=True, parser_class=type(parser))
    listing = actions.add_parser("list", help="the built-in catalogs, or the contracts of one")
    add_catalog_choice(listing, "the built-in catalogs, not their contracts")
    listing.set_defaults(act=_list)
    showing = actions.add_parser("show", help="what an event type promises, field by field, with an example")
    showing.add_argument("event", metavar="EVENT", help="an event type: image.create")
    showing.add_argument("priority", metavar="PRIORITY", nargs="?", help="one priority")
    add_catalog_arguments(showing)
    showing.add_argument(
        "--needs",
        metavar="NEEDS",
        action="append",
        default=[],
        help="tell for each field which of these consumers reads it: files of needs, folders, Ceilometer's own YAML; "
        "may be given several times",
    )
    showing.set_defaults(act=_show)
    linting = actions.add_parser("lint", help="whether a catalog is sound and behaves as its examples and cases say")
    add_catalog_choice(linting)
    linting.add_argument(
        "--format", choices=PROBLEM_FORMATS, default="text", help=f"{', '.join(PROBLEM_FORMATS)} (default: text)"
    )
    linting.add_argument(
        "--fix",
        action="store_true",
        help="correct what has one answer, and say what: $id, $schema, names in an event's file, titles made of names; "
        "the rest of a file stays as it is",
    )
    linting.set_defaults(act=_lint)
    words = getattr(parser, "words", None)
    for name, (module, purpose) in _ACTIONS.items():
        action = actions.add_parser(name, help=purpose)
        if words is None or name in words:
            import_module(module).add_arguments(action)


def run(options: argparse.Namespace) -> int:
    """Run the action that the command line names."""
    status: int = options.act(options)
    return status


def _list(options: argparse.Namespace) -> int:
    if (chosen := catalog_asked_for(options)) is not None:
        for contract in load(chosen).contracts:
            print(f"{contract.event_type} {contract.priority}")
        return 0
    for name in builtin_names():
        catalog = load(name)
        size = f"{len(catalog.event_types)} event types, {len(catalog.contracts)} contracts"
        print(f"{name} {catalog.version}: {catalog.manifest['title']} ({size})")
    return 0


def _show(options: argparse.Namespace) -> int:
    catalog = chosen_catalog(options)
    if options.event not in catalog.event_types and Path(options.event, MANIFEST).is_file():
        named = printable(options.event)
        raise UsageError(f"{named} is a catalog: give an event type, and --catalog {named}")
    if options.event in catalog.event_types:
        require_priority(options.priority, catalog)
    if options.priority:
        contracts = [catalog.contract(options.event, options.priority)]
    else:
        contracts = [contract for contract in catalog.contracts if contract.event_type == options.event]
        if not contracts:
            catalog.contract(options.event, next(iter(catalog.priorities), ""))
    consumers = _consumers(options.needs)
    for contract in contracts:
        with shape_of_contracts(catalog.place(contract.uri)):
            lines = [*_described(contract, catalog), *_readers(contract, consumers)]
        print("\n".join(lines))
    return 0


def _fields(contract: Contract) -> Sequence[Field]:
    return table_of_payload(contract).nested or fields_of_payload(contract)


def _consumers(needs: list[str]) -> Sequence["Consumer"]:
    if not needs:
        return ()
    from notify_contracts._comparison.needs.reading import read_consumers  # seldom asked for

    return read_consumers(needs)


def _readers(contract: Contract, consumers: Sequence["Consumer"]) -> Iterator[str]:
    """Yield who reads what of a contract, what becomes of it where that is absent, and which fields nobody reads."""
    if not consumers:
        return
    reads = [
        (", ".join(filter(None, (consumer.name, need.purpose_of(read)))), read)
        for consumer in consumers
        for need in consumer.needs_of(contract.event_type, contract.priority)
        for read in need.reads
    ]
    if not reads:
        yield "    nobody reads it"
        return
    yield "    read:"
    yield from (printable(f"      {read}  {who}: {read.absent.value} where absent") for who, read in reads)
    places = {path.pointer for _, read in reads for path in read.paths if path.pointer is not None}
    unread = [field.name for field in _fields(contract) if not _is_read(f"/payload/{field.name}", places)]
    yield printable(f"    nobody reads: {', '.join(unread) or 'nothing is left over'}")


def _is_read(pointer: str, places: Collection[str | None]) -> bool:
    """Whether one of the places is this one or within it; the payload as a whole says nothing of its fields."""
    return any(place == pointer or (place or "").startswith(f"{pointer}/") for place in places)


def _described(contract: Contract, catalog: Catalog) -> Iterator[str]:
    yield f"{contract.event_type} {contract.priority} ({catalog.name} {catalog.version})"
    envelope = f"the envelope: always with {' and '.join(contract.required)}" if contract.required else ""
    for text in (contract.description, contract.source, envelope):
        if text:
            yield f"    {printable(text)}"
    fields = _fields(contract)
    width = max((len(field.name) for field in fields), default=0)
    for field in fields:
        yield printable(f"    {field.name:<{width}}  {field.presence:<8}  {field.value}  {field.description}".rstrip())
    yield "    example:"
    example = catalog.sent(catalog.secrets.hidden(contract.example()))
    yield from (f"    {line}" for line in printable_json(example).split("\n"))


def _lint(options: argparse.Namespace) -> int:
    given = catalog_choice(options) or None
    # A folder first: it is the one that somebody works on, even where a built-in catalog has its name.
    roots = (
        [Path(given)]
        if given is not None and (Path(given).is_dir() or given not in builtin_names())
        else [load(name).root for name in builtin_names() if given in (None, name)]
    )
    for root in roots:
        if not root.is_dir():
            raise CatalogError(f"{printable(str(root))}: no such folder; give one that holds a {MANIFEST}")
        if not any((root / part).exists() for part in (MANIFEST, ENVELOPE, EVENTS)):
            raise CatalogError(f"{printable(str(root))}: no catalog is in it; give a folder that holds a {MANIFEST}")
    if options.fix and (given is None or not Path(given).is_dir()):
        raise UsageError("the built-in catalogs are not to be changed: give the folder of your own to lint --fix")
    found = [(root, problem) for root in roots for problem in (_fixed(root) if options.fix else lint(root))]
    print(formatted_problems(found, len(roots), options.format), end="")
    if given is None:
        built_in = ", ".join(builtin_names())
        say(f"only what comes with it was looked at, {built_in}: give a folder")
    return PROBLEMS_FOUND if found else 0


def _fixed(root: Path) -> list[Problem]:
    """Correct what has one answer, and return the problems that are left; a correction may bring others to light."""
    for _ in range(_MOST_ROUNDS):
        problems, changes = list(lint(root)), 0
        for file in fixed(root, problems):
            write_whole(str(root / file.file), file.text.encode())
            for change in file.changes:
                print(f"fixed: {change}", file=sys.stderr)
            changes += len(file.changes)
        if not changes:
            break
    return problems
