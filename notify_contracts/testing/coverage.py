"""Which contracts tests have seen kept, seen broken, or only spoken of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple, Self

from notify_contracts.catalog import Catalog
from notify_contracts.model import Notification, Verdict


class Status(StrEnum):
    """What tests know of a contract."""

    PASSED = "passed"
    """Seen, and always kept."""
    FAILED = "failed"
    """Seen, and broken at least once."""
    ASSERTED = "asserted"
    """Spoken of in an assertion, but never seen."""
    UNTOUCHED = "untouched"
    """Neither seen nor spoken of."""


class Assertion(NamedTuple):
    """An assertion of a test about an event; `contracts` are the ids of those it is about."""

    test: str
    text: str
    contracts: tuple[str, ...]


def _counts() -> defaultdict[str, int]:
    return defaultdict(int)


@dataclass
class Coverage:
    """What tests have done with the contracts of the catalog of this name. A commutative monoid, as `Summary` is.

    `passed` and `failed` count notifications by contract id; `examples` holds the examples, by contract id and index
    from 0, that were sent or asked for; `assertions` those made in tests.
    """

    catalog: str
    passed: defaultdict[str, int] = field(default_factory=_counts)
    failed: defaultdict[str, int] = field(default_factory=_counts)
    examples: set[tuple[str, int]] = field(default_factory=set)
    assertions: set[Assertion] = field(default_factory=set)

    def see(self, verdict: Verdict, examples: Iterable[Mapping[str, Any]] = ()) -> None:
        """Count a notification; `examples` are those of its contract."""
        if verdict.contract is None:
            return
        (self.passed if verdict.conforms else self.failed)[verdict.contract] += 1
        if isinstance(verdict.content, Notification):
            payload = verdict.content.payload
            self.examples.update(
                (verdict.contract, index) for index, example in enumerate(examples) if example["payload"] == payload
            )

    def note(self, text: str, contracts: Iterable[str]) -> None:
        """Note an assertion about these contracts."""
        self.assertions.add(Assertion("", text, tuple(contracts)))

    def of_test(self, test: str) -> "Coverage":
        """Return the same, its assertions made by `test`."""
        return replace(self, assertions={assertion._replace(test=test) for assertion in self.assertions})

    def merge(self, *others: Self) -> "Coverage":
        """Return what all of them know."""
        merged = Coverage(self.catalog)
        for coverage in (self, *others):
            for contract, count in coverage.passed.items():
                merged.passed[contract] += count
            for contract, count in coverage.failed.items():
                merged.failed[contract] += count
            merged.examples |= coverage.examples
            merged.assertions |= coverage.assertions
        return merged

    @property
    def seen(self) -> frozenset[str]:
        """The ids of the contracts of which a notification was seen."""
        return frozenset(self.passed) | frozenset(self.failed)

    def status(self, contract: str) -> Status:
        """Return what is known of a contract."""
        if contract in self.failed:
            return Status.FAILED
        if contract in self.passed:
            return Status.PASSED
        asserted = any(contract in assertion.contracts for assertion in self.assertions)
        return Status.ASSERTED if asserted else Status.UNTOUCHED

    def vacuous(self) -> list[Assertion]:
        """Return the assertions about events that nothing in any test ever sent, by test."""
        return sorted(made for made in self.assertions if made.contracts and self.seen.isdisjoint(made.contracts))

    def unused_examples(self, catalog: Catalog) -> Iterator[tuple[str, int]]:
        """Yield the examples that no test has sent or asked for, as contract id and index from 0."""
        for contract in catalog.contracts:
            for index in range(len(contract.examples)):
                if (contract.id, index) not in self.examples:
                    yield contract.id, index

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values, fit to travel to another process."""
        return {
            "catalog": self.catalog,
            "passed": dict(self.passed),
            "failed": dict(self.failed),
            "examples": [list(example) for example in sorted(self.examples)],
            "assertions": [[test, text, list(contracts)] for test, text, contracts in sorted(self.assertions)],
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return what `to_json` made the values from."""
        coverage = cls(values["catalog"])
        coverage.passed.update(values["passed"])
        coverage.failed.update(values["failed"])
        coverage.examples = {(contract, index) for contract, index in values["examples"]}
        coverage.assertions = {Assertion(test, text, tuple(ids)) for test, text, ids in values["assertions"]}
        return coverage
