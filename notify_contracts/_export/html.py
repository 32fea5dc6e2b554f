"""HTML for people: an index with the matrix of contracts, and a page per event type, each whole without a network."""

from collections.abc import Callable, Iterable, Iterator
from os import fsencode
from urllib.parse import quote

from notify_contracts._export.bundle import portable
from notify_contracts._export.life_content import STEP_COLUMNS, remarks_on_life, steps_of
from notify_contracts._export.page_content import (
    COLUMNS,
    facts_of,
    remarks_on,
    rows_of,
    shown_examples,
    table_of_envelope,
    title_of,
)
from notify_contracts._export.selection import Event, Selection
from notify_contracts._export.state_diagram import state_diagram
from notify_contracts._export.writers import Page
from notify_contracts._untrusted import printable_json
from notify_contracts._untrusted.markup import Markup, asset, element, markup, page, preformatted
from notify_contracts.catalog import Contract, Field, Lifecycle, Table, table_of_payload

_INDEX = "index.html"
_STYLE = ("notify_contracts._export", "page.css")

Href = Callable[[Event, str], str]
"""From an event type and the id of an element on its page to the address of that element."""


class Html:
    """One document, or a folder of pages."""

    def document(self, selection: Selection, /) -> str:
        """Return the index and all event types in one document."""
        title = title_of(selection.catalog)
        main = element("main", *_index(selection, lambda _, name: f"#{portable(name)}"), *_events(selection))
        return page(title, asset(*_STYLE), main)

    def pages(self, selection: Selection, /) -> Iterator[Page]:
        """Yield the index and a page per event type."""
        title = title_of(selection.catalog)
        yield Page(_INDEX, page(title, asset(*_STYLE), element("main", *_index(selection, _on_its_page))))
        back = element("header", element("nav", element("a", title, href=f"../{_INDEX}"), aria_label="Catalog"))
        for event in selection.events:
            main = element("main", *_event(event, 1))
            yield Page(f"events/{event.name}.html", page(f"{event.name} · {title}", asset(*_STYLE), back, main))


def _on_its_page(event: Event, name: str) -> str:
    return f"events/{quote(fsencode(event.name))}.html#{portable(name)}"


def _index(selection: Selection, href: Href) -> Iterator[Markup]:
    catalog = selection.catalog
    yield element("h1", title_of(catalog))
    yield element("p", str(catalog.manifest.get("description", "")))
    yield element("dl", *((element("dt", name), element("dd", fact)) for name, fact in facts_of(catalog)))
    yield element("h2", "Contracts", id="contracts")
    rows = (_row(event, catalog.priorities, href) for event in selection.events)
    yield _table("matrix", "contracts", ("Event type", *catalog.priorities), rows)
    if selection.lifecycles:
        yield element("h2", "Lifecycles", id="lifecycles")
    for number, life in enumerate(selection.lifecycles, 1):
        yield from _life(life, f"lifecycle:{number}")  # portable() makes no colon: no other id is like it
    yield element("h2", "Every notification", id="every-notification")
    yield from _described(table_of_envelope(catalog), "every-notification")


def _life(life: Lifecycle, name: str) -> Iterator[Markup]:
    yield element("h3", element("code", life.name), id=name)
    yield element("p", element("strong", life.title), ". ", life.description)
    yield element("ul", *(element("li", remark) for remark in remarks_on_life(life)))
    yield element("div", state_diagram(life, name), class_="wide", role="region", tabindex="0", aria_labelledby=name)
    table = _table("steps", name, STEP_COLUMNS, (map(markup, row) for row in steps_of(life)))
    yield element("details", element("summary", "As a table"), table)
    if life.source:
        yield element("p", life.source, class_="faint")


def _row(event: Event, priorities: Iterable[str], href: Href) -> Iterator[Markup]:
    yield element("a", element("code", event.name), href=href(event, event.name))
    for priority in priorities:
        contract = event.contract(priority)
        if contract is None:
            yield element("span", "—", class_="none", aria_label="no contract")
        else:
            title = table_of_payload(contract).title
            yield element("a", title, href=href(event, contract.id), class_=priority)


def _events(selection: Selection) -> Iterator[Markup]:
    for event in selection.events:
        yield from _event(event, 2)


def _event(event: Event, level: int) -> Iterator[Markup]:
    yield element(f"h{level}", element("code", event.name), id=portable(event.name))
    yield element("p", event.description)
    if event.source:
        yield element("p", event.source, class_="faint")
    for contract in event.contracts:
        yield from _contract(contract, level + 1)


def _contract(contract: Contract, level: int) -> Iterator[Markup]:
    name = portable(contract.id)
    priority = element("span", contract.priority, class_=contract.priority)
    yield element(f"h{level}", element("code", contract.event_type), " ", priority, id=name)
    yield element("p", contract.description)
    if contract.required:
        yield element("p", "The envelope: always with ", element("strong", " and ".join(contract.required)), ".")
    payload = table_of_payload(contract)
    yield element("p", "The payload: ", element("strong", payload.title if payload.fields else payload.value), ".")
    yield from _described(payload, name)
    for heading, example in shown_examples(contract):
        shown = preformatted(printable_json(example), tabindex="0", role="region", aria_label=heading)
        yield element("details", element("summary", heading), shown, open="")
    if contract.source:
        yield element("p", contract.source, class_="faint")


def _described(table: Table, heading: str) -> Iterator[Markup]:
    if table.fields:
        yield _table("fields", heading, COLUMNS, (_cells(row) for row in rows_of(table)))
    if remarks := tuple(remarks_on(table)):
        yield element("ul", *(element("li", remark) for remark in remarks))


def _cells(field: Field) -> Iterator[Markup]:
    yield element("code", field.name)
    yield element("span", field.presence, class_=field.presence)
    yield markup(field.value)
    yield markup(field.description)


def _table(kind: str, heading: str, header: Iterable[str], rows: Iterable[Iterable[Markup]]) -> Markup:
    """Return a table that scrolls sideways where it is too wide, by keyboard too; `heading` is the id of its name."""
    head = element("tr", *(element("th", name, scope="col") for name in header))
    body = (element("tr", *_row_of(cells)) for cells in rows)
    table = element("table", element("thead", head), element("tbody", *body), class_=kind)
    return element("div", table, class_="wide", role="region", tabindex="0", aria_labelledby=heading)


def _row_of(cells: Iterable[Markup]) -> Iterator[Markup]:
    first, *others = cells
    yield element("th", first, scope="row")
    yield from (element("td", cell) for cell in others)


HTML = Html()
