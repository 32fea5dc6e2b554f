"""The state of each contract in a run, for the matrix and for the filters."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from notify_contracts._report.outcome import Outcome
from notify_contracts.catalog import Catalog


class State(StrEnum):
    """The state that a cell of the matrix shows."""

    FAILED = "failed"
    PASSED = "passed"
    ASSERTED = "asserted"
    NEVER = "never"
    NONE = "none"


LABELS: Mapping[State, str] = MappingProxyType(
    {
        State.FAILED: "failed",
        State.PASSED: "passed",
        State.ASSERTED: "asserted, never seen",
        State.NEVER: "never seen",
        State.NONE: "no contract",
    }
)


def state_of(outcome: Outcome, contract: str) -> State:
    """Return the state of the contract of this id."""
    if outcome.summary.failed.get(contract):
        return State.FAILED
    if outcome.summary.passed.get(contract):
        return State.PASSED
    asserted = outcome.coverage is not None and outcome.coverage.status(contract) == "asserted"
    return State.ASSERTED if asserted else State.NEVER


def anchors_of(catalog: Catalog) -> dict[str, str]:
    """Return the anchor of each contract's violations on the page, by the contract's id."""
    return {contract.id: f"contract-{number}" for number, contract in enumerate(catalog.contracts, 1)}
