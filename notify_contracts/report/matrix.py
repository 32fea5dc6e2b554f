"""The matrix of event types and priorities, a cell for each contract."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from notify_contracts.catalog import Catalog
from notify_contracts.model import Priority
from notify_contracts.report.outcome import Outcome
from notify_contracts.report.styles import BOLD, DIM, GREEN, RED, YELLOW, styled

_COLUMN = 22
_LONGEST_NAME = 60


class Cell(NamedTuple):
    """What a cell says, and in which style."""

    text: str
    style: str


NEVER = Cell("-", DIM)
ASSERTED = Cell("asserted", YELLOW)


def cell_of(outcome: Outcome, contract: str) -> Cell:
    """Return what there is to say of the contract of this id."""
    passed, failed = outcome.summary.passed.get(contract, 0), outcome.summary.failed.get(contract, 0)
    if failed:
        return Cell(f"{passed} passed, {failed} failed" if passed else f"{failed} failed", RED)
    if passed:
        return Cell(f"{passed} passed", GREEN)
    return ASSERTED if outcome.coverage and outcome.coverage.status(contract) == "asserted" else NEVER


def matrix_width(catalog: Catalog, others: Iterable[str] = ()) -> int:
    """Return how wide the column of names is, `others` standing in it too."""
    return min(max(map(len, [_title(catalog), *catalog.event_types, *others])), _LONGEST_NAME)


def matrix_lines(catalog: Catalog, cell_of: Callable[[str], Cell], width: int, *, colour: bool) -> Iterator[str]:
    """Yield the title and a line for each event type; `cell_of` gives the cell of a contract by its id."""
    pairs = {(contract.event_type, contract.priority): contract.id for contract in catalog.contracts}
    header = "".join(f"{priority:<{_COLUMN}}" for priority in Priority).rstrip()
    yield styled(f"{_title(catalog):<{width}}  {header}", BOLD, colour=colour)
    for event_type in catalog.event_types:
        ids = (pairs.get((event_type, priority)) for priority in Priority)
        cells = (" " * _COLUMN if contract is None else _padded(cell_of(contract), colour=colour) for contract in ids)
        yield (f"{event_type:<{width}}  " + "".join(cells)).rstrip()


def _title(catalog: Catalog) -> str:
    return f"{catalog.name} {catalog.version}"


def _padded(cell: Cell, *, colour: bool) -> str:
    return styled(cell.text, cell.style, colour=colour) + " " * max(_COLUMN - len(cell.text), 1)
