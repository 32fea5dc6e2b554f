"""How the page shows what is known of a contract, in the matrix and in the filters."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from notify_contracts._checking import Status
from notify_contracts.catalog import Catalog


class Look(NamedTuple):
    """How a cell of the matrix looks: the name that the style and the script know it by, its label and its sign."""

    name: str
    label: str
    sign: str


LOOKS: Mapping[Status | None, Look] = MappingProxyType(
    {
        Status.FAILED: Look("failed", "failed", "✕"),
        Status.PASSED: Look("passed", "passed", "✓"),
        Status.ASSERTED: Look("asserted", "asserted, never seen", "○"),
        Status.UNTOUCHED: Look("never", "never seen", "·"),
        None: Look("none", "no contract", ""),
    }
)
"""By what is known of a contract, None where there is no contract."""


def anchors_of(catalog: Catalog) -> dict[str, str]:
    """Return the anchor of each contract's violations on the page, by the contract's id."""
    return {contract.id: f"contract-{number}" for number, contract in enumerate(catalog.contracts, 1)}
