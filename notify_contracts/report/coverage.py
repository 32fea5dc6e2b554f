"""Contract coverage for readers: which contracts tests have seen kept, seen broken, or only spoken of."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from notify_contracts.catalog import Catalog
from notify_contracts.report.matrix import NEVER, Cell, counted, matrix_lines, matrix_width
from notify_contracts.report.styles import BOLD, DIM, YELLOW, styled
from notify_contracts.testing.coverage import Coverage, Status

VERSION = 1

_ASSERTED = Cell("asserted", YELLOW)


@dataclass(frozen=True)
class CoverageReport:
    """The coverage of a catalog's contracts."""

    catalog: Catalog
    coverage: Coverage

    @cached_property
    def statuses(self) -> dict[str, Status]:
        """What is known of every contract, by its id."""
        return {contract.id: self.coverage.status(contract.id) for contract in self.catalog.contracts}

    @property
    def percent(self) -> float:
        """How many of a hundred contracts were seen and always kept."""
        return 100 * self._count(Status.PASSED) / len(self.statuses) if self.statuses else 100.0

    def lines(self, *, colour: bool) -> Iterator[str]:
        """Yield the report for people, line by line."""
        yield from matrix_lines(self.catalog, self._cell, matrix_width(self.catalog), colour=colour)
        legend = "passed, failed: notifications seen; asserted: in an assertion, never seen; -: never touched"
        yield styled(f"{legend}; blank: no contract", DIM, colour=colour)
        for title, entries in self._lacking().items():
            if entries:
                yield ""
                yield styled(title, BOLD, colour=colour)
                yield from (f"  {entry}" for entry in entries)
        yield ""
        counts = ", ".join(f"{self._count(status)} {status}" for status in Status)
        yield styled(f"{self.percent:.1f} % of {len(self.statuses)} contracts: {counts}", BOLD, colour=colour)

    def json(self) -> str:
        """Return the report for programs, as the text of one JSON document; ``coverage.schema.json`` is its shape."""
        return f"{json.dumps(self._document(), indent=1, ensure_ascii=False)}\n"

    def _document(self) -> dict[str, Any]:
        coverage = self.coverage
        return {
            "coverage": VERSION,
            "catalog": {"name": self.catalog.name, "version": self.catalog.version},
            "percent": round(self.percent, 2),
            "contracts": [
                {
                    "contract": contract.id,
                    "event_type": contract.event_type,
                    "priority": str(contract.priority),
                    "status": str(self.statuses[contract.id]),
                    "passed": coverage.passed.get(contract.id, 0),
                    "failed": coverage.failed.get(contract.id, 0),
                }
                for contract in self.catalog.contracts
            ],
            "assertions_never_exercised": [
                {"test": test, "assertion": text, "contracts": list(contracts)}
                for test, text, contracts in coverage.vacuous()
            ],
            "examples_never_exercised": [
                {"contract": contract, "example": index} for contract, index in coverage.unused_examples(self.catalog)
            ],
        }

    def _cell(self, contract: str) -> Cell:
        seen = counted(self.coverage.passed.get(contract, 0), self.coverage.failed.get(contract, 0))
        return seen or (_ASSERTED if self.statuses[contract] is Status.ASSERTED else NEVER)

    def _lacking(self) -> dict[str, list[str]]:
        untouched: dict[str, list[str]] = {}
        for contract in self.catalog.contracts:
            if self.statuses[contract.id] is Status.UNTOUCHED:
                untouched.setdefault(contract.event_type, []).append(contract.priority)
        unused: dict[str, list[str]] = {}
        for name, index in self.coverage.unused_examples(self.catalog):
            if self.statuses[name] is not Status.UNTOUCHED:
                unused.setdefault(name, []).append(str(index + 1))
        return {
            "contracts never touched": [f"{event}: {', '.join(priorities)}" for event, priorities in untouched.items()],
            "assertions about what was never seen": [f"{test}: {text}" for test, text, _ in self.coverage.vacuous()],
            "examples never exercised": [f"{name}: {', '.join(numbers)}" for name, numbers in unused.items()],
        }

    def _count(self, status: Status) -> int:
        return sum(other is status for other in self.statuses.values())
