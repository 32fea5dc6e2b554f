"""Event types and priorities that came, went or bear another name."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from notify_contracts._comparison.advice import advice
from notify_contracts._comparison.findings import Direction, Finding, Kind, Witness, witness_of
from notify_contracts.catalog import EVENTS, Catalog, Contract
from notify_contracts.errors import CatalogError
from notify_contracts.model import NO_CONTRACT, UNKNOWN_EVENT


class _Sides(NamedTuple):
    """Who has the contracts, and who lacks them."""

    direction: Direction
    there: Catalog
    other: Catalog


def came_and_went(old: Catalog, new: Catalog, renamed: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what only one of two catalogs has a contract for; `renamed` event types have another name in `new`."""
    names = {after: before for before, after in renamed.items()}
    for sides in (_Sides(Direction.OLD_SENT, old, new), _Sides(Direction.NEW_SENDS, new, old)):
        direction, there, other = sides
        is_old = direction is Direction.OLD_SENT
        by_priority: dict[str, list[Contract]] = {}
        of_there, of_other = _by_event_type(there), _by_event_type(other)
        for event_type in there.event_types:
            contracts = of_there[event_type]
            another = (renamed if is_old else names).get(event_type)
            if another is not None:
                was, now = (event_type, another) if is_old else (another, event_type)
                yield _finding(sides, Kind.RENAMED_EVENT_TYPE, was, (was, now), contracts)
            elif event_type not in other.event_types:
                priorities = ", ".join(contract.priority for contract in contracts)
                was, now = (priorities, "no contract") if is_old else ("no contract", priorities)
                yield _finding(sides, Kind.EVENT_TYPE, event_type, (was, now), contracts)
            else:
                known = {contract.priority for contract in of_other[event_type]}
                for contract in contracts:
                    if contract.priority not in known:
                        by_priority.setdefault(contract.priority, []).append(contract)
        for priority, contracts in by_priority.items():
            was, now = ("a contract", "no contract") if is_old else ("no contract", "a contract")
            yield _finding(sides, Kind.PRIORITY, priority, (was, now), contracts)


def _by_event_type(catalog: Catalog) -> dict[str, list[Contract]]:
    contracts: dict[str, list[Contract]] = {event_type: [] for event_type in catalog.event_types}
    for contract in catalog.contracts:
        contracts[contract.event_type].append(contract)
    return contracts


def _finding(sides: _Sides, kind: Kind, place: str, change: tuple[str, str], contracts: Sequence[Contract]) -> Finding:
    direction, there, other = sides
    keyword = NO_CONTRACT if kind is Kind.PRIORITY else UNKNOWN_EVENT
    files = tuple(dict.fromkeys(f"{EVENTS}/{contract.event_type}.json" for contract in contracts))
    ids = tuple(contract.id for contract in contracts)
    witness = next((found for contract in contracts if (found := _witness(contract, there, other))), None)
    return Finding(direction, kind, place, keyword, *change, ids, *advice(direction, kind, keyword), witness, files)


def _witness(contract: Contract, there: Catalog, other: Catalog) -> Witness | None:
    """Return an example of a contract, which the other catalog refuses; a generated one where there is none."""
    for envelope in _examples(contract, there):
        if contract.is_kept_by(envelope) and (violations := other.check(envelope).violations):
            telling = (one for one in violations if one.keyword in (UNKNOWN_EVENT, NO_CONTRACT))
            message = next(telling, violations[0]).message
            return witness_of(contract, message, envelope)
    return None


def _examples(contract: Contract, there: Catalog) -> Iterator[Mapping[str, Any]]:
    hide = contract.schemas.secrets.hidden
    for example in contract.examples:
        yield hide(example)
        yield example
    from notify_contracts.generate import samples  # slow, and seldom needed

    try:
        yield next(samples(there, contract.event_type, contract.priority))
    except CatalogError:  # nothing keeps it, or nothing can be generated
        return
