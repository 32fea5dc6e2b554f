"""The matrix of event types, priorities and directions, a cell for each contract and direction."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from notify_contracts._comparison import Direction, State
from notify_contracts._report.comparison.compared import Compared
from notify_contracts._report.html.parts import sign, wide
from notify_contracts._untrusted.markup import Content, Markup, dotted, element

_SIGNS: Mapping[State, str] = MappingProxyType(
    {State.PROVED: "✓", State.BREAKING: "✕", State.UNDECIDED: "?", State.ABSENT: "·"}
)
_CLASSES: Mapping[State, str] = MappingProxyType(
    {State.PROVED: "passed", State.BREAKING: "failed", State.UNDECIDED: "asserted", State.ABSENT: "never"}
)
_LABELS: Mapping[State, str] = MappingProxyType(
    {
        State.PROVED: "compatible, proved",
        State.BREAKING: "breaking",
        State.UNDECIDED: "undecided",
        State.ABSENT: "not sent by that side",
    }
)
_COLUMNS: Mapping[Direction, str] = MappingProxyType({Direction.NEW_SENDS: "NEW sends", Direction.OLD_SENT: "OLD sent"})


def matrix(compared: Compared) -> Iterator[Markup]:
    """Yield the table, and the legend of its signs."""
    old, new = compared.catalogs
    ids = {
        (contract.event_type, contract.priority): contract.id
        for catalog in (old, new)
        for contract in catalog.contracts
    }
    priorities = list(dict.fromkeys((*new.priorities, *old.priorities)))
    priorities = [name for name in priorities if any(priority == name for _, priority in ids)]
    first = _first(compared)
    head = (
        element("tr", element("th", "Event type", scope="col", rowspan="2"), *(_over(name) for name in priorities)),
        element("tr", *(element("th", word, scope="col") for _ in priorities for word in _COLUMNS.values())),
    )
    rows = (
        element(
            "tr",
            element("th", element("code", dotted(event_type)), scope="row"),
            *(
                _cell(compared, ids.get((event_type, priority)), direction, first)
                for priority in priorities
                for direction in Direction
            ),
        )
        for event_type in sorted({event_type for event_type, _ in ids})
    )
    table = element("table", element("thead", *head), element("tbody", *rows), class_="matrix both")
    yield wide(table, aria_labelledby="contracts-title")
    items = (element("li", sign(_SIGNS[state]), _LABELS[state], class_=_CLASSES[state]) for state in State)
    yield element("ul", *items, element("li", "blank: no contract"), class_="legend", aria_hidden="true")


def _over(priority: str) -> Markup:
    return element("th", priority, scope="colgroup", colspan=str(len(_COLUMNS)))


def _first(compared: Compared) -> Mapping[tuple[str, Direction], int]:
    """Return the number of the first finding of each contract in each direction."""
    first: dict[tuple[str, Direction], int] = {}
    for number, finding in enumerate(compared.comparison.findings):
        for contract in finding.contracts:
            first.setdefault((contract, finding.direction), number)
    return first


def _cell(
    compared: Compared, contract: str | None, direction: Direction, first: Mapping[tuple[str, Direction], int]
) -> Markup:
    if contract is None:
        return element("td", element("span", "no contract", class_="sr"), class_="cell none")
    state = compared.comparison.states[contract][direction]
    content: Content = element("span", sign(_SIGNS[state]), element("span", _LABELS[state], class_="sr"))
    if state is State.BREAKING and (contract, direction) in first:
        content = element("a", content, href=f"#break-{first[contract, direction]}")
    return element("td", content, class_=f"cell {_CLASSES[state]}")
