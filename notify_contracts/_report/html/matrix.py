"""The matrix of event types and priorities, a cell for each contract."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from notify_contracts._report.html.cells import LABELS, State, anchors_of, state_of
from notify_contracts._report.html.parts import sign, table, wide
from notify_contracts._report.outcome import Outcome
from notify_contracts._untrusted.markup import Content, Markup, dotted, element, markup
from notify_contracts.catalog import Contract

_SIGNS: Mapping[State, str] = MappingProxyType(
    {State.FAILED: "✕", State.PASSED: "✓", State.ASSERTED: "○", State.NEVER: "·", State.NONE: ""}
)


def matrix(outcome: Outcome) -> Iterator[Markup]:
    """Yield the table, and the legend of its signs."""
    catalog = outcome.catalog
    contracts = {(contract.event_type, contract.priority): contract for contract in catalog.contracts}
    anchors = anchors_of(catalog)
    rows = (
        element(
            "tr",
            element("th", element("code", dotted(event_type)), scope="row"),
            *(_cell(outcome, event_type, priority, contracts, anchors) for priority in catalog.priorities),
            data_event=event_type,
        )
        for event_type in catalog.event_types
    )
    whole = table(("Event type", *catalog.priorities), rows, class_="matrix")
    yield wide(whole, aria_labelledby="contracts-title")
    yield _legend(outcome)


def _cell(
    outcome: Outcome,
    event_type: str,
    priority: str,
    contracts: Mapping[tuple[str, str], Contract],
    anchors: Mapping[str, str],
) -> Markup:
    contract = contracts.get((event_type, priority))
    if contract is None:
        state, content = State.NONE, element("span", LABELS[State.NONE], class_="sr")
    else:
        state = state_of(outcome, contract.id)
        content = element("span", *_said(outcome, contract, state))
        if state is State.FAILED:
            content = element("a", content, href=f"#{anchors[contract.id]}")
    known = {} if contract is None else {"data_contract": contract.id}
    return element("td", content, class_=f"cell {state}", data_priority=priority, data_verdict=state, **known)


def _said(outcome: Outcome, contract: Contract, state: State) -> Iterator[Content]:
    passed, failed = (counts.get(contract.id, 0) for counts in (outcome.summary.passed, outcome.summary.failed))
    yield sign(_SIGNS[state])
    if failed:
        yield _counted(failed, "failed")
        if passed:
            yield element("small", " ", _counted(passed, "passed"))
    elif passed:
        yield _counted(passed, "passed")
    else:
        yield element("span", LABELS[state], class_="sr" if state is State.NEVER else "")


def _counted(count: int, word: str) -> Markup:
    return markup((f"{count:,}", element("span", f" {word}", class_="word")))


def _legend(outcome: Outcome) -> Markup:
    states = [State.PASSED, State.FAILED, State.NEVER]
    if outcome.coverage is not None:
        states.append(State.ASSERTED)
    items = (element("li", sign(_SIGNS[state]), LABELS[state], class_=state) for state in states)
    return element("ul", *items, element("li", "blank: no contract"), class_="legend", aria_hidden="true")
