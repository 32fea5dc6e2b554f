"""The matrix of event types and priorities, a cell for each contract."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from notify_contracts._checking import Status
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.styles import BOLD, DIM, GREEN, RED, YELLOW, styled
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Catalog

_COLUMN = 22
_LONGEST_NAME = 60

_MOST_IN_WORDS = 3
"""Columns that there is room for in words; more of them hold figures, so that a terminal shows them."""
_TERMINAL = 80
_NARROWEST_NAME = 24
_GAP = 2


class Cell(NamedTuple):
    """The text of a cell, in words and in figures, and its style."""

    text: str
    short: str
    style: str


_NEVER = Cell("-", "-", DIM)
_ASSERTED = Cell("asserted", "?", YELLOW)
_NOTHING = Cell("", "", DIM)


_Rows = Mapping[str, Sequence[Cell]]


def cell_of(outcome: Outcome, contract: str) -> Cell:
    """Return the cell of the contract of this id."""
    passed, failed = outcome.summary.passed.get(contract, 0), outcome.summary.failed.get(contract, 0)
    if failed:
        text = f"{passed} passed, {failed} failed" if passed else f"{failed} failed"
        return Cell(text, f"{passed}+{failed}!" if passed else f"{failed}!", RED)
    if passed:
        return Cell(f"{passed} passed", f"{passed}", GREEN)
    return _ASSERTED if outcome.status(contract) is Status.ASSERTED else _NEVER


def matrix_rows(catalog: Catalog) -> Iterator[tuple[str, list[str | None]]]:
    """Yield each event type with the id of its contract for each priority, None where there is none."""
    pairs = {(contract.event_type, contract.priority): contract.id for contract in catalog.contracts}
    for event_type in catalog.event_types:
        yield event_type, [pairs.get((event_type, priority)) for priority in catalog.priorities]


def matrix_lines(catalog: Catalog, cell_of: Callable[[str], Cell], *, colour: bool) -> Iterator[str]:
    """Yield the title and a line for each event type; `cell_of` gives the cell of a contract by its id."""
    rows = {
        printable(event_type): [_NOTHING if contract is None else cell_of(contract) for contract in contracts]
        for event_type, contracts in matrix_rows(catalog)
    }
    titles = [printable(priority) for priority in catalog.priorities]
    lines = _in_words if len(titles) <= _MOST_IN_WORDS else _in_figures
    yield from lines(named(catalog), titles, rows, colour=colour)


def _in_words(title: str, titles: Sequence[str], rows: _Rows, *, colour: bool) -> Iterator[str]:
    width = min(max(map(len, [title, *rows])), _LONGEST_NAME)
    header = "".join(f"{priority:<{_COLUMN}}" for priority in titles).rstrip()
    yield styled(f"{title:<{width}}  {header}", BOLD, colour=colour)
    for name, cells in rows.items():
        shown = (_padded(cell.text, cell.style, _COLUMN, colour=colour) for cell in cells)
        yield (f"{name:<{width}}  " + "".join(shown)).rstrip()


def _in_figures(title: str, titles: Sequence[str], rows: _Rows, *, colour: bool) -> Iterator[str]:
    """Yield columns as narrow as may be, and below them those that a terminal has no room for."""
    shorts = [[title, *(cells[number].short for cells in rows.values())] for number, title in enumerate(titles)]
    widths = [max(map(len, column)) + _GAP for column in shorts]
    for group in _fitting(widths):
        room = max(_TERMINAL - _GAP - sum(widths[number] for number in group), _GAP)
        width = min(max(map(len, [title, *rows])), room)
        header = "".join(f"{titles[number]:<{widths[number]}}" for number in group)
        for line in _named(title, width, header):
            yield styled(line, BOLD, colour=colour)
        for name, cells in rows.items():
            shown = (_padded(cells[each].short, cells[each].style, widths[each], colour=colour) for each in group)
            yield from _named(name, width, "".join(shown))
    yield styled("12: passed; 3!: failed; 12+3!: both; ?: asserted, never seen", DIM, colour=colour)


def _fitting(widths: Sequence[int]) -> Iterator[list[int]]:
    group: list[int] = []
    for number, width in enumerate(widths):
        if group and _NARROWEST_NAME + _GAP + sum(widths[each] for each in group) + width > _TERMINAL:
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _named(name: str, width: int, cells: str) -> Iterator[str]:
    """Yield a line, or two where the name is too long for its column."""
    if len(name) > width:
        yield name
        name = ""
    yield f"{name:<{width}}  {cells}".rstrip()


def named(catalog: Catalog) -> str:
    """Return the name and version of the catalog."""
    return f"{catalog.name} {catalog.version}"


def _padded(text: str, style: str, width: int, *, colour: bool) -> str:
    return (styled(text, style, colour=colour) if text else "") + " " * max(width - len(text), 1)
