"""The matrix of event types and priorities, a cell for each contract."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from notify_contracts._report.outcome import Outcome
from notify_contracts._report.styles import BOLD, DIM, GREEN, RED, YELLOW, styled
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Catalog
from notify_contracts.model import Priority

_COLUMN = 22
_LONGEST_NAME = 60


class Cell(NamedTuple):
    """The text of a cell, and its style."""

    text: str
    style: str


NEVER = Cell("-", DIM)
ASSERTED = Cell("asserted", YELLOW)


def cell_of(outcome: Outcome, contract: str) -> Cell:
    """Return the cell of the contract of this id."""
    passed, failed = outcome.summary.passed.get(contract, 0), outcome.summary.failed.get(contract, 0)
    if failed:
        return Cell(f"{passed} passed, {failed} failed" if passed else f"{failed} failed", RED)
    if passed:
        return Cell(f"{passed} passed", GREEN)
    return ASSERTED if outcome.coverage and outcome.coverage.status(contract) == "asserted" else NEVER


def matrix_rows(catalog: Catalog) -> Iterator[tuple[str, list[str | None]]]:
    """Yield each event type with the id of its contract for each priority, None where there is none."""
    pairs = {(contract.event_type, contract.priority): contract.id for contract in catalog.contracts}
    for event_type in catalog.event_types:
        yield event_type, [pairs.get((event_type, priority)) for priority in Priority]


def matrix_lines(catalog: Catalog, cell_of: Callable[[str], Cell], *, colour: bool) -> Iterator[str]:
    """Yield the title and a line for each event type; `cell_of` gives the cell of a contract by its id."""
    title = named(catalog)
    rows = {printable(event_type): contracts for event_type, contracts in matrix_rows(catalog)}
    width = min(max(map(len, [title, *rows])), _LONGEST_NAME)
    header = "".join(f"{priority:<{_COLUMN}}" for priority in Priority).rstrip()
    yield styled(f"{title:<{width}}  {header}", BOLD, colour=colour)
    for name, contracts in rows.items():
        cells = (
            " " * _COLUMN if contract is None else _padded(cell_of(contract), colour=colour) for contract in contracts
        )
        yield (f"{name:<{width}}  " + "".join(cells)).rstrip()


def named(catalog: Catalog) -> str:
    """Return the name and version of the catalog."""
    return f"{catalog.name} {catalog.version}"


def _padded(cell: Cell, *, colour: bool) -> str:
    return styled(cell.text, cell.style, colour=colour) + " " * max(_COLUMN - len(cell.text), 1)
