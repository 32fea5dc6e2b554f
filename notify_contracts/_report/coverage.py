"""Contract coverage for people: which contracts tests have seen kept, seen broken, or only spoken of."""

from collections.abc import Iterator

from notify_contracts._checking import Coverage, Status
from notify_contracts._report.matrix import cell_of, matrix_lines
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.styles import BOLD, DIM, styled
from notify_contracts._untrusted import printable

_LEGEND = "passed, failed: notifications seen; asserted: in an assertion, never seen; -: never touched"


def coverage_lines(outcome: Outcome, coverage: Coverage, *, colour: bool) -> Iterator[str]:
    """Yield the matrix, the contracts and examples never exercised, and the share, line by line."""
    catalog = outcome.catalog
    yield from matrix_lines(catalog, lambda contract: cell_of(outcome, contract), colour=colour)
    yield styled(f"{_LEGEND}; blank: no contract", DIM, colour=colour)
    for title, entries in lacking(outcome, coverage).items():
        yield ""
        yield styled(title, BOLD, colour=colour)
        yield from (printable(f"  {entry}") for entry in entries)
    yield ""
    yield styled(share(outcome, coverage), BOLD, colour=colour)


def share(outcome: Outcome, coverage: Coverage) -> str:
    """Return, in a line, how many of a hundred contracts are covered, and how many have which status."""
    statuses = [coverage.status(contract.id) for contract in outcome.catalog.contracts]
    counts = ", ".join(f"{statuses.count(status)} {status}" for status in Status)
    return f"{coverage.percent(outcome.catalog):.1f} % of {len(statuses)} contracts: {counts}"


def lacking(outcome: Outcome, coverage: Coverage) -> dict[str, list[str]]:
    """Return contracts, assertions and examples never exercised, as lines under titles; empty titles are left out."""
    untouched: dict[str, list[str]] = {}
    for contract in outcome.catalog.contracts:
        if coverage.status(contract.id) is Status.UNTOUCHED:
            untouched.setdefault(contract.event_type, []).append(contract.priority)
    unused: dict[str, list[str]] = {}
    for name, index in coverage.unused_examples(outcome.catalog):
        if coverage.status(name) is not Status.UNTOUCHED:
            unused.setdefault(name, []).append(str(index + 1))
    lists = {
        "contracts never touched": [f"{event}: {', '.join(priorities)}" for event, priorities in untouched.items()],
        "assertions about what was never seen": [f"{test}: {text}" for test, text, _ in coverage.vacuous()],
        "examples never exercised": [f"{name}: {', '.join(numbers)}" for name, numbers in unused.items()],
    }
    return {title: entries for title, entries in lists.items() if entries}
