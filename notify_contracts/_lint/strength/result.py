"""The measured strength, per field, per contract, and of a catalog as a whole."""

from collections.abc import Iterator
from functools import cached_property

from notify_contracts._base import dataclass
from notify_contracts._lint.strength.changes import KINDS, REPLACEMENTS


@dataclass(frozen=True)
class FieldStrength:
    """The changes to one field: by kind, the number that were tried and the number that the contract let pass.

    `pointer` is a JSON Pointer in which ``*`` stands for every item of an array; it is empty for the notification.
    """

    pointer: str
    tried: dict[str, int]
    passed: dict[str, int]

    @property
    def total(self) -> int:
        """The number of changes that were tried."""
        return sum(self.tried.values())

    @property
    def caught(self) -> int:
        """The number of changes that the contract caught."""
        return self.total - sum(self.passed.values())

    @property
    def accepted(self) -> tuple[str, ...]:
        """The kinds of changes of which at least one was accepted."""
        return tuple(kind for kind in KINDS if self.passed.get(kind))

    @property
    def accepts_anything(self) -> bool:
        """True where every value that was put there was accepted."""
        values = [kind for kind, times in self.tried.items() if times and kind in REPLACEMENTS]
        return bool(values) and all(self.passed.get(kind) == self.tried[kind] for kind in values)


@dataclass(frozen=True)
class ContractStrength:
    """The strength of one contract, field by field; `notifications` is the number of changed ones."""

    contract: str
    notifications: int
    fields: tuple[FieldStrength, ...]

    @cached_property
    def total(self) -> int:
        """The number of changes that were tried."""
        return sum(field.total for field in self.fields)

    @cached_property
    def caught(self) -> int:
        """The number of changes that the contract caught."""
        return sum(field.caught for field in self.fields)


@dataclass(frozen=True)
class Strength:
    """The strength of the contracts of a catalog."""

    catalog: str
    version: str
    contracts: tuple[ContractStrength, ...]

    @cached_property
    def total(self) -> int:
        """The number of changes that were tried."""
        return sum(contract.total for contract in self.contracts)

    @cached_property
    def caught(self) -> int:
        """The number of changes that were caught."""
        return sum(contract.caught for contract in self.contracts)

    @property
    def accepting_anything(self) -> Iterator[tuple[str, str]]:
        """Every contract and field at which anything is accepted."""
        for contract in self.contracts:
            yield from ((contract.contract, field.pointer) for field in contract.fields if field.accepts_anything)

    @property
    def fields(self) -> tuple[FieldStrength, ...]:
        """The fields of all the contracts together, each pointer once."""
        merged: dict[str, FieldStrength] = {}
        for field in (field for contract in self.contracts for field in contract.fields):
            other = merged.get(field.pointer, FieldStrength(field.pointer, {}, {}))
            tried = {kind: other.tried.get(kind, 0) + field.tried.get(kind, 0) for kind in KINDS}
            passed = {kind: other.passed.get(kind, 0) + field.passed.get(kind, 0) for kind in KINDS}
            merged[field.pointer] = FieldStrength(field.pointer, tried, passed)
        return tuple(merged.values())


def share(caught: int, total: int) -> float:
    """Return the caught changes as a percentage of the total; all of nothing is 100."""
    return 100 * caught / total if total else 100.0
