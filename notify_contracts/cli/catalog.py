"""``notify-contracts catalog``: list, show, export, lint and measure contracts."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from notify_contracts._lint import lint
from notify_contracts._report import PROBLEM_FORMATS, formatted_problems
from notify_contracts._untrusted import printable, printable_json
from notify_contracts.catalog import (
    MANIFEST,
    Catalog,
    Contract,
    builtin_names,
    fields_of_payload,
    load,
    shape_of_contracts,
    table_of_payload,
)
from notify_contracts.cli import drift, export, infer, strength
from notify_contracts.cli.options import add_catalog_arguments, chosen_catalog, require_priority
from notify_contracts.errors import CatalogError

PROBLEMS_FOUND = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    actions = parser.add_subparsers(metavar="ACTION", required=True, parser_class=type(parser))
    listing = actions.add_parser("list", help="the built-in catalogs, or the contracts of one")
    listing.add_argument("--catalog", metavar="NAME|DIR", help="list the contracts of this catalog")
    listing.set_defaults(act=_list)
    showing = actions.add_parser("show", help="what an event type promises, field by field, with an example")
    showing.add_argument("event", metavar="EVENT", help="an event type: image.create")
    showing.add_argument("priority", metavar="PRIORITY", nargs="?", help="one priority")
    add_catalog_arguments(showing)
    showing.set_defaults(act=_show)
    linting = actions.add_parser("lint", help="whether a catalog is sound and behaves as its examples and cases say")
    linting.add_argument("folder", metavar="DIR", nargs="?", help="a catalog's folder (default: the built-in catalogs)")
    linting.add_argument(
        "--format", choices=PROBLEM_FORMATS, default="text", help=f"{', '.join(PROBLEM_FORMATS)} (default: text)"
    )
    linting.set_defaults(act=_lint)
    infer.add_arguments(
        actions.add_parser("infer", help="learn contracts from recordings, each rule with its evidence")
    )
    drift.add_arguments(actions.add_parser("drift", help="where a catalog and what really comes differ"))
    export.add_arguments(actions.add_parser("export", help="write a catalog down as documents"))
    strength.add_arguments(actions.add_parser("strength", help="which share of blind changes the contracts catch"))


def run(options: argparse.Namespace) -> int:
    """Run the action that the command line names."""
    status: int = options.act(options)
    return status


def _list(options: argparse.Namespace) -> int:
    if options.catalog is not None:
        for contract in load(options.catalog).contracts:
            print(f"{contract.event_type} {contract.priority}")
        return 0
    for name in builtin_names():
        catalog = load(name)
        size = f"{len(catalog.event_types)} event types, {len(catalog.contracts)} contracts"
        print(f"{name} {catalog.version}: {catalog.manifest['title']} ({size})")
    return 0


def _show(options: argparse.Namespace) -> int:
    catalog = chosen_catalog(options)
    require_priority(options.priority, catalog)
    if options.priority:
        contracts = [catalog.contract(options.event, options.priority)]
    else:
        contracts = [contract for contract in catalog.contracts if contract.event_type == options.event]
        if not contracts:
            catalog.contract(options.event, next(iter(catalog.priorities), ""))
    for contract in contracts:
        with shape_of_contracts(catalog.place(contract.uri)):
            lines = list(_described(contract, catalog))
        print("\n".join(lines))
    return 0


def _described(contract: Contract, catalog: Catalog) -> Iterator[str]:
    yield f"{contract.event_type} {contract.priority} ({catalog.name} {catalog.version})"
    for text in (contract.description, contract.source):
        if text:
            yield f"    {printable(text)}"
    fields = table_of_payload(contract).nested or fields_of_payload(contract)
    width = max((len(field.name) for field in fields), default=0)
    for field in fields:
        yield printable(f"    {field.name:<{width}}  {field.presence:<8}  {field.value}  {field.description}".rstrip())
    yield "    example:"
    yield from (f"    {line}" for line in printable_json(catalog.secrets.hidden(contract.example())).split("\n"))


def _lint(options: argparse.Namespace) -> int:
    roots = [Path(options.folder)] if options.folder else [load(name).root for name in builtin_names()]
    for root in roots:
        if not root.is_dir():
            raise CatalogError(f"{printable(str(root))}: no such folder; give one that holds a {MANIFEST}")
    found = [(root, problem) for root in roots for problem in lint(root)]
    print(formatted_problems(found, len(roots), options.format), end="")
    return PROBLEMS_FOUND if found else 0
