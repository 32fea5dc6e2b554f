"""Markdown for people: an index with the matrix of contracts, and a page per event type."""

from collections.abc import Callable, Iterable, Iterator
from os import fsencode
from urllib.parse import quote

from notify_contracts._export.commonmark import anchor, code, escaped, fenced
from notify_contracts._export.life_content import STEP_COLUMNS, remarks_on_life, steps_of
from notify_contracts._export.page_content import (
    COLUMNS,
    facts_of,
    heading_of,
    remarks_on,
    rows_of,
    shown_examples,
    table_of_envelope,
    title_of,
)
from notify_contracts._export.selection import Event, Selection
from notify_contracts._export.writers import Page
from notify_contracts._untrusted import printable_json
from notify_contracts.catalog import Lifecycle, Table, table_of_payload

_INDEX = "index.md"

Href = Callable[[Event, str], str]
"""From an event type and a heading on its page to the address of that heading."""


class Markdown:
    """One document, or a folder of pages."""

    def document(self, selection: Selection, /) -> str:
        """Return the index and all event types in one document."""
        parts = list(_index(selection, lambda _, heading: f"#{anchor(heading)}"))
        for event in selection.events:
            parts += _event(event, "##")
        return _joined(parts)

    def pages(self, selection: Selection, /) -> Iterator[Page]:
        """Yield the index and a page per event type."""
        yield Page(_INDEX, _joined(_index(selection, _on_its_page)))
        back = f"[{escaped(title_of(selection.catalog))}](../{_INDEX})"
        for event in selection.events:
            yield Page(f"events/{event.name}.md", _joined((*_event(event, "#"), back)))


def _on_its_page(event: Event, heading: str) -> str:
    return f"events/{quote(fsencode(event.name))}.md#{anchor(heading)}"


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _index(selection: Selection, href: Href) -> Iterator[str]:
    catalog = selection.catalog
    yield f"# {escaped(title_of(catalog))}"
    yield escaped(str(catalog.manifest.get("description", "")))
    yield "\n".join(f"- {name}: {escaped(fact)}" for name, fact in facts_of(catalog))
    yield "## Contracts"
    yield _table(
        ("Event type", *map(escaped, catalog.priorities)),
        (_row(event, catalog.priorities, href) for event in selection.events),
    )
    if selection.lifecycles:
        yield "## Lifecycles"
    for life in selection.lifecycles:
        yield from _life(life)
    yield "## Every notification"
    yield from _described(table_of_envelope(catalog))


def _life(life: Lifecycle) -> Iterator[str]:
    yield f"### Lifecycle {escaped(life.name)}"
    yield f"{escaped(life.title)}. {escaped(life.description)}"
    yield "\n".join(f"- {escaped(remark)}" for remark in remarks_on_life(life))
    yield _table(STEP_COLUMNS, (map(escaped, row) for row in steps_of(life)))
    yield escaped(life.source)


def _row(event: Event, priorities: Iterable[str], href: Href) -> Iterator[str]:
    yield f"[{escaped(event.name)}]({href(event, event.name)})"
    for priority in priorities:
        contract = event.contract(priority)
        if contract is None:
            yield "—"
        else:
            yield f"[{escaped(table_of_payload(contract).title)}]({href(event, heading_of(contract))})"


def _event(event: Event, level: str) -> Iterator[str]:
    yield f"{level} {escaped(event.name)}"
    yield escaped(event.description)
    yield escaped(event.source)
    for contract in event.contracts:
        yield f"{level}# {escaped(heading_of(contract))}"
        yield escaped(contract.description)
        if contract.required:
            yield f"The envelope: always with {' and '.join(map(code, contract.required))}."
        payload = table_of_payload(contract)
        yield f"The payload: {escaped(payload.title if payload.fields else payload.value)}."
        yield from _described(payload)
        for heading, example in shown_examples(contract):
            yield f"{heading}:"
            yield fenced(printable_json(example), "json")
        yield escaped(contract.source)


def _described(table: Table) -> Iterator[str]:
    if table.fields:
        rows = ((code(row.name), row.presence, escaped(row.value), escaped(row.description)) for row in rows_of(table))
        yield _table(COLUMNS, rows)
    yield "\n".join(f"- {escaped(remark)}" for remark in remarks_on(table))


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(header), *(list(row) for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


MARKDOWN = Markdown()
