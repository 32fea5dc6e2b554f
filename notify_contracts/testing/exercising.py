"""A contract handed to a test, which notes what the test takes from it."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import fields
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._checking import Coverage
from notify_contracts.catalog import Contract


@dataclass(frozen=True)
class ExercisedContract(Contract):
    """The same contract; that its examples were asked for is noted in `coverage`."""

    coverage: Coverage

    @property
    def examples(self) -> tuple[Mapping[str, Any], ...]:
        """Realistic notifications that keep the contract, as envelopes."""
        examples = super().examples
        self.coverage.examples.update((self.id, index) for index in range(len(examples)))
        return examples

    def example(self) -> dict[str, Any]:
        """Return a fresh copy of the first example."""
        self.coverage.examples.add((self.id, 0))
        return deepcopy(dict(super().examples[0]))


def exercised(contract: Contract, coverage: Coverage) -> ExercisedContract:
    """Return `contract` for a test that is about it; what the test takes from it is noted in `coverage`."""
    coverage.note("contract", [contract.id])
    return ExercisedContract(
        **{field.name: getattr(contract, field.name) for field in fields(contract)}, coverage=coverage
    )
