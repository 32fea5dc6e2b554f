"""The matrix of event types and priorities, a cell for each contract."""

from collections.abc import Iterator, Mapping

from notify_contracts._checking import Status
from notify_contracts._report.html.cells import LOOKS, Look, anchors_of
from notify_contracts._report.html.parts import sign, table, wide
from notify_contracts._report.matrix import matrix_rows
from notify_contracts._report.outcome import Outcome
from notify_contracts._untrusted.markup import Content, Markup, dotted, element, markup


def matrix(outcome: Outcome) -> Iterator[Markup]:
    """Yield the table, and the legend of its signs."""
    catalog = outcome.catalog
    anchors = anchors_of(catalog)
    rows = (
        element(
            "tr",
            element("th", element("code", dotted(event_type)), scope="row"),
            *(_cell(outcome, *pair, anchors) for pair in zip(catalog.priorities, contracts, strict=True)),
            data_event=event_type,
        )
        for event_type, contracts in matrix_rows(catalog)
    )
    whole = table(("Event type", *catalog.priorities), rows, class_="matrix")
    yield wide(whole, aria_labelledby="contracts-title")
    yield _legend(outcome)


def _cell(outcome: Outcome, priority: str, contract: str | None, anchors: Mapping[str, str]) -> Markup:
    status = None if contract is None else outcome.status(contract)
    look = LOOKS[status]
    if contract is None:
        content = element("span", look.label, class_="sr")
    else:
        content = element("span", *_said(outcome, contract, look))
        if status is Status.FAILED:
            content = element("a", content, href=f"#{anchors[contract]}")
    known = {} if contract is None else {"data_contract": contract}
    return element("td", content, class_=f"cell {look.name}", data_priority=priority, data_verdict=look.name, **known)


def _said(outcome: Outcome, contract: str, look: Look) -> Iterator[Content]:
    passed, failed = (counts.get(contract, 0) for counts in (outcome.summary.passed, outcome.summary.failed))
    yield sign(look.sign)
    if failed:
        yield _counted(failed, "failed")
        if passed:
            yield element("small", " ", _counted(passed, "passed"))
    elif passed:
        yield _counted(passed, "passed")
    else:
        yield element("span", look.label, class_="sr" if look is LOOKS[Status.UNTOUCHED] else "")


def _counted(count: int, word: str) -> Markup:
    return markup((f"{count:,}", element("span", f" {word}", class_="word")))


def _legend(outcome: Outcome) -> Markup:
    asserted = () if outcome.coverage is None else (Status.ASSERTED,)
    looks = (LOOKS[status] for status in (Status.PASSED, Status.FAILED, Status.UNTOUCHED, *asserted))
    items = (element("li", sign(look.sign), look.label, class_=look.name) for look in looks)
    return element("ul", *items, element("li", "blank: no contract"), class_="legend", aria_hidden="true")
