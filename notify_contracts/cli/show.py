"""``notify-contracts catalog show``: what an event type promises, field by field, with an example."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from notify_contracts._untrusted import printable, printable_json
from notify_contracts.catalog import (
    MANIFEST,
    Catalog,
    Contract,
    Field,
    fields_of_payload,
    shape_of_contracts,
    table_of_payload,
)
from notify_contracts.cli.options import add_catalog_arguments, chosen_catalog, require_priority
from notify_contracts.cli.standard_output import show
from notify_contracts.errors import UsageError

if TYPE_CHECKING:
    from notify_contracts._comparison.needs import Consumer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.add_argument("event", metavar="EVENT", help="an event type: image.create")
    parser.add_argument("priority", metavar="PRIORITY", nargs="?", help="one priority")
    add_catalog_arguments(parser)
    parser.add_argument(
        "--needs",
        metavar="NEEDS",
        action="append",
        default=[],
        help="tell for each field which of these consumers reads it: files of needs, folders, Ceilometer's own YAML; "
        "may be given several times",
    )
    parser.set_defaults(act=run)


def run(options: argparse.Namespace) -> int:
    """Print what each contract of the event type says, and who reads what of it."""
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
        show(*lines)
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
    # The payload as a whole says nothing of its fields.
    places = [f"{path.pointer}/" for _, read in reads for path in read.paths if path.pointer is not None]
    names = [field.name for field in _fields(contract)]
    unread = [name for name in names if not any(place.startswith(f"/payload/{name}/") for place in places)]
    yield printable(f"    nobody reads: {', '.join(unread) or 'nothing is left over'}")


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
