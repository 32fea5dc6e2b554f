"""Which contracts tests have seen kept, seen broken, or only spoken of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Any, NamedTuple, Self

from notify_contracts._base import dataclass
from notify_contracts._checking.interchange import summary_from, summary_values
from notify_contracts._checking.least import Least
from notify_contracts._checking.status import Status
from notify_contracts._checking.summary import Summary
from notify_contracts.catalog import Catalog
from notify_contracts.model import Location, Notification, Verdict


class Assertion(NamedTuple):
    """An assertion of a test about an event; `contracts` are the ids of those it is about."""

    test: str
    text: str
    contracts: tuple[str, ...]


@dataclass
class Coverage:
    """What tests have done with the contracts of the catalog of this name. A commutative monoid, as `Summary` is.

    `summary` counts the notifications that were seen, whose places are tests; `examples` holds the examples, by
    contract id and index from 0, that were sent or asked for; `assertions` those made in tests.
    """

    catalog: str
    summary: Summary = field(default_factory=Summary)
    examples: set[tuple[str, int]] = field(default_factory=set)
    assertions: set[Assertion] = field(default_factory=set)

    def see(self, verdict: Verdict, examples: Iterable[Mapping[str, Any]] = (), catalog: Catalog | None = None) -> None:
        """Count a notification; `examples` are those of its contract, no secret of its `catalog` is shown."""
        if catalog is None or not verdict.violations:
            self.summary.add(verdict)
        else:
            self.summary.add(verdict, catalog.secrets, catalog.numbered)
        if verdict.contract is not None and isinstance(verdict.content, Notification):
            payload = verdict.content.payload
            self.examples.update(
                (verdict.contract, index) for index, example in enumerate(examples) if example.get("payload") == payload
            )

    def note(self, text: str, contracts: Iterable[str]) -> None:
        """Note an assertion about these contracts."""
        self.assertions.add(Assertion("", text, tuple(contracts)))

    def of_test(self, test: str) -> "Coverage":
        """Return the same, seen and asserted by `test`."""
        groups = {
            key: replace(group, example=group.example._replace(location=_in_test(test, group.example.location)))
            for key, group in self.summary.groups.items()
        }
        assertions = {assertion._replace(test=test) for assertion in self.assertions}
        return replace(self, summary=replace(self.summary, groups=Least(groups)), assertions=assertions)

    def merge(self, *others: Self) -> "Coverage":
        """Return what all of them know."""
        merged = Coverage(self.catalog, self.summary.merge(*(other.summary for other in others)))
        for coverage in (self, *others):
            merged.examples |= coverage.examples
            merged.assertions |= coverage.assertions
        return merged

    @property
    def seen(self) -> frozenset[str]:
        """The ids of the contracts of which a notification was seen."""
        return frozenset(self.summary.passed) | frozenset(self.summary.failed)

    def status(self, contract: str) -> Status:
        """Return what is known of a contract."""
        seen = self.summary.status(contract)
        asserted = seen is Status.UNTOUCHED and any(contract in assertion.contracts for assertion in self.assertions)
        return Status.ASSERTED if asserted else seen

    def percent(self, catalog: Catalog) -> float:
        """Return how many of a hundred contracts of the catalog were seen and always kept."""
        if not catalog.contracts:
            return 100.0
        passed = sum(self.status(contract.id) is Status.PASSED for contract in catalog.contracts)
        return 100 * passed / len(catalog.contracts)

    def vacuous(self) -> list[Assertion]:
        """Return the assertions about events that nothing in any test ever sent, by test."""
        seen = self.seen
        return sorted(made for made in self.assertions if made.contracts and seen.isdisjoint(made.contracts))

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
            "summary": summary_values(self.summary),
            "examples": [list(example) for example in sorted(self.examples)],
            "assertions": [[test, text, list(contracts)] for test, text, contracts in sorted(self.assertions)],
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return what `to_json` made the values from."""
        coverage = cls(values["catalog"], summary_from(values["summary"]))
        coverage.examples = {(contract, index) for contract, index in values["examples"]}
        coverage.assertions = {Assertion(test, text, tuple(ids)) for test, text, ids in values["assertions"]}
        return coverage


def _in_test(test: str, location: Location) -> Location:
    return Location(test, location.number, "notification")
