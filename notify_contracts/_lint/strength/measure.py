"""Changes notifications blindly and counts what the catalog catches."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from notify_contracts._lint.strength.changes import EFFORT, changes
from notify_contracts._lint.strength.result import ContractStrength, FieldStrength, Strength
from notify_contracts.catalog import Catalog, Contract, cases_of, fields_of_payload
from notify_contracts.errors import CatalogError
from notify_contracts.model import Notification


def strength_of(catalog: Catalog, contracts: Iterable[Contract] | None = None, effort: int = EFFORT) -> Strength:
    """Return the share of blind changes that `contracts` catch, by default all those of the catalog.

    The contract's examples and its valid cases are changed, with no more `effort` each than that. Raise CatalogError
    where an example breaks its contract, for then nothing could be said.
    """
    chosen = catalog.contracts if contracts is None else contracts
    return Strength(catalog.name, catalog.version, tuple(_measured(catalog, contract, effort) for contract in chosen))


def _measured(catalog: Catalog, contract: Contract, effort: int) -> ContractStrength:
    tried, passed = (defaultdict[str, Counter[str]](Counter) for _ in range(2))
    declared = tuple(field.name for field in fields_of_payload(contract) if field.name)
    notifications = list(_valid(catalog, contract))
    for notification in notifications:
        for change in changes(notification, declared, effort):
            tried[change.field][change.kind] += 1
            if catalog.accepts(Notification(change.envelope)):
                passed[change.field][change.kind] += 1
    fields = (FieldStrength(field, dict(kinds), dict(passed.get(field, ()))) for field, kinds in tried.items())
    return ContractStrength(contract.id, len(notifications), tuple(fields))


def _valid(catalog: Catalog, contract: Contract) -> Iterator[Mapping[str, Any]]:
    for number, example in enumerate(contract.examples):
        if catalog.check(example).contract != contract.id or not contract.is_kept_by(example):
            raise CatalogError(f"{contract.id}: its example {number + 1} breaks it; run catalog lint")
        yield example
    for case in cases_of(catalog, contract.event_type):
        notification = case.notification
        if catalog.check(notification).contract == contract.id and contract.is_kept_by(notification):
            yield notification
