"""``notify-contracts catalog strength``: which share of blind changes the contracts catch, and what they let pass."""

import argparse
from collections.abc import Iterable, Iterator
from typing import Any

from notify_contracts._lint.strength import (
    ANYTHING,
    ContractStrength,
    FieldStrength,
    Strength,
    remedies,
    share,
    strength_of,
)
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Catalog, Contract, builtin_names, load, shape_of_contracts
from notify_contracts.cli.options import add_catalog_choice, catalog_choice, require_priority
from notify_contracts.cli.standard_output import show, show_json
from notify_contracts.cli.statuses import NOT_WELL
from notify_contracts.errors import UsageError

ALL = 100
MOST_FIELDS = 25
"""The number of fields that the text shows; JSON has them all."""

_WHOLE = "(notification)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    add_catalog_choice(parser)
    parser.add_argument("--event", metavar="GLOB", default="*", help="only these event types: image.*")
    parser.add_argument("--priority", metavar="PRIORITY", help="only this priority")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("--fail-under", metavar="PERCENT", type=_percent, help="end with 1 if a catalog catches less")
    parser.set_defaults(act=run)


def run(options: argparse.Namespace) -> int:
    """Measure, and say what was found."""
    given = catalog_choice(options)
    catalogs = [load(name) for name in ([given] if given else builtin_names())]
    require_priority(options.priority, *catalogs)
    selected = [(catalog, catalog.select(options.event, options.priority)) for catalog in catalogs]
    if not any(contracts for _, contracts in selected):
        names = " and ".join(catalog.name for catalog in catalogs)
        raise UsageError(f"no contract of {names} is selected; notify-contracts catalog list --catalog NAME lists them")
    found = [_measured(catalog, contracts) for catalog, contracts in selected if contracts]
    if options.format == "json":
        show_json({"catalogs": [_document(strength) for strength in found]})
    else:
        for number, strength in enumerate(found):
            show(*([""] if number else ()), *_lines(strength))
    weakest = min(share(strength.caught, strength.total) for strength in found)
    return NOT_WELL if options.fail_under is not None and weakest < options.fail_under else 0


def _measured(catalog: Catalog, contracts: tuple[Contract, ...]) -> Strength:
    with shape_of_contracts(catalog.name):
        return strength_of(catalog, contracts)


def _percent(text: str) -> float:
    if not text.replace(".", "", 1).isdecimal() or float(text) > ALL:
        raise argparse.ArgumentTypeError("expected a percentage from 0 to 100")
    return float(text)


def _lines(strength: Strength) -> Iterator[str]:
    notifications = sum(contract.notifications for contract in strength.contracts)
    yield (
        f"{strength.catalog} {strength.version}: {strength.caught:,} of {strength.total:,} blind changes caught "
        f"({_shown(strength)}); {len(strength.contracts)} contracts, {notifications} notifications changed"
    )
    yield ""
    yield "   caught        of  share    contract"
    yield from (f"{_counted(each)}  {each.contract}" for each in _worst_first(strength.contracts))
    fields = [field for field in _worst_first(strength.fields) if field.caught < field.total]
    if fields:
        yield ""
        yield "   caught        of  share    field, and what is accepted there"
        for field in fields[:MOST_FIELDS]:
            yield f"{_counted(field)}  {printable(field.pointer) or _WHOLE}: {', '.join(_accepted(field))}"
        if len(fields) > MOST_FIELDS:
            yield f"   and {len(fields) - MOST_FIELDS} fields more: --format json has them all"
        yield ""
        yield "what refuses that:"
        shown = {kind for field in fields[:MOST_FIELDS] for kind in _accepted(field)}
        yield from (f"   {kinds}: {what}" for kinds, what in remedies(shown))
    anywhere: dict[str, list[str]] = {}
    for contract, pointer in strength.accepting_anything:
        anywhere.setdefault(pointer, []).append(contract)
    yield ""
    yield "anything is accepted at:" if anywhere else "anything is accepted nowhere"
    yield from (f"   {printable(pointer)}  ({', '.join(contracts)})" for pointer, contracts in anywhere.items())


def _accepted(field: FieldStrength) -> tuple[str, ...]:
    return (ANYTHING,) if field.accepts_anything else field.accepted


Measured = Strength | ContractStrength | FieldStrength


def _worst_first(measured: Iterable[Any]) -> list[Any]:
    return sorted(measured, key=lambda each: (share(each.caught, each.total), -each.total))


def _shown(measured: Measured) -> str:
    # Rounded down: 100 % is all of them and nothing less.
    return f"{int(share(measured.caught, measured.total) * 10) / 10:.1f} %"


def _counted(measured: Measured) -> str:
    return f"{measured.caught:>9,} {measured.total:>9,}  {_shown(measured):>7}"


def _document(strength: Strength) -> dict[str, Any]:
    return {
        "catalog": strength.catalog,
        "version": strength.version,
        **_figures(strength),
        "contracts": [
            {
                "contract": contract.contract,
                "notifications": contract.notifications,
                **_figures(contract),
                "fields": [
                    {
                        "pointer": field.pointer,
                        **_figures(field),
                        "accepted": field.accepted,
                        "accepts_anything": field.accepts_anything,
                    }
                    for field in contract.fields
                ],
            }
            for contract in strength.contracts
        ],
    }


def _figures(measured: Measured) -> dict[str, Any]:
    return {"caught": measured.caught, "total": measured.total, "percent": share(measured.caught, measured.total)}
