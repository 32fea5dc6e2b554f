"""``notify-contracts catalog list``: the built-in catalogs, or the contracts of one."""

import argparse

from notify_contracts.catalog import builtin_names, load
from notify_contracts.cli.options import add_catalog_choice, catalog_asked_for
from notify_contracts.cli.standard_output import show


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_catalog_choice(parser, "the built-in catalogs, not their contracts")
    parser.set_defaults(act=run)


def run(options: argparse.Namespace) -> int:
    """Print a line for each contract of the catalog that is asked for, or else for each built-in catalog."""
    if (chosen := catalog_asked_for(options)) is not None:
        for contract in load(chosen).contracts:
            show(f"{contract.event_type} {contract.priority}")
        return 0
    for name in builtin_names():
        catalog = load(name)
        size = f"{len(catalog.event_types)} event types, {len(catalog.contracts)} contracts"
        show(f"{name} {catalog.version}: {catalog.manifest['title']} ({size})")
    return 0
