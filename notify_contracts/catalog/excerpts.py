"""The verdict on a notification of which only a part was recorded: what is not there is not held against it."""

from collections.abc import Iterable

from notify_contracts.catalog.contract import Contract
from notify_contracts.model import Excerpt, Violation


def fitting(excerpt: Excerpt, contracts: Iterable[Contract]) -> tuple[Contract, tuple[Violation, ...]]:
    """Return the first contract that a part of a notification keeps, else that of which it breaks least, and how.

    There must be one. The contract's priority takes the place of one that is missing.
    """
    judged = []
    for contract in contracts:
        envelope = dict(excerpt.envelope)
        if "priority" in excerpt.missing:
            envelope["priority"] = contract.priority
        violations = without_missing(excerpt, contract.broken_by(envelope))
        if not violations:
            return contract, violations
        judged.append((contract, violations))
    return min(judged, key=lambda each: len(each[1]))


def without_missing(excerpt: Excerpt, violations: Iterable[Violation]) -> tuple[Violation, ...]:
    """Return the violations but for those that an attribute is not there which was not recorded."""
    missing = {f"/{name}" for name in excerpt.missing}
    return tuple(each for each in violations if each.keyword != "required" or each.pointer not in missing)
