"""``--needs``: what is heard is held against what consumers cannot do without, too."""

import argparse

from notify_contracts._checking import Serving
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Catalog
from notify_contracts.errors import UsageError


def add_needs_argument(parser: argparse.ArgumentParser) -> None:
    """Add ``--needs`` to a command that hears notifications."""
    parser.add_argument(
        "--needs",
        metavar="NEEDS",
        action="append",
        default=[],
        help="report what keeps its contract and fails one of these consumers, too: files of needs, folders, YAML of "
        "Ceilometer or oslo.messaging; may be given several times",
    )


def chosen_serving(options: argparse.Namespace, catalog: Catalog) -> Serving | None:
    """Return what says which consumers fail; UsageError where none of them reads what the catalog has contracts for."""
    if not options.needs:
        return None
    from notify_contracts._comparison.needs import Applied, Failing  # much, and seldom asked for
    from notify_contracts._comparison.needs.reading import read_consumers

    consumers = read_consumers(options.needs)
    kinds = [(contract.event_type, contract.priority) for contract in catalog.contracts]
    for consumer in consumers:
        if not any(any(consumer.needs_of(*kind)) for kind in kinds):
            name = printable(consumer.name)
            raise UsageError(f"--needs: {name} reads nothing of {catalog.name}: see its event_types and priorities")
    return Failing(tuple(map(Applied, consumers)))
