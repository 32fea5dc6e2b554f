"""The words and tables of the pages for people, the same in Markdown and in HTML."""

from collections.abc import Iterator
from typing import Any

from notify_contracts.catalog import ENVELOPE, Catalog, Contract, Field, Table, table_of
from notify_contracts.wire import routing_key

COLUMNS = ("Field", "Presence", "Value", "Meaning")


def title_of(catalog: Catalog) -> str:
    """Return the title of a catalog."""
    return str(catalog.manifest.get("title", catalog.name))


def facts_of(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield the facts about a catalog, each with its name; raise CatalogError if it names no transport."""
    yield "Catalog", f"{catalog.name} {catalog.version}"
    yield "Source", str(catalog.manifest.get("source", ""))
    if exchanges := catalog.transport.exchanges:
        yield "Exchange", f"{', '.join(exchanges)} (topic)"
    for form in catalog.envelopes:
        yield "Envelope", ", ".join(f"{name} = {place}" for name, place in form.templates.items())
    yield "Routing keys", ", ".join(routing_keys_of(catalog))


def routing_keys_of(catalog: Catalog) -> Iterator[str]:
    """Yield the routing keys that there are, with ``{event_type}``, and ``{topic}`` where it may be any."""
    keys = (
        routing_key(topic, priority, "{event_type}", catalog.routing_key)
        for topic in catalog.transport.topics or ("{topic}",)
        for priority in catalog.priorities
    )
    yield from dict.fromkeys(keys)


def table_of_envelope(catalog: Catalog) -> Table:
    """Return the attributes that every notification has."""
    uri = catalog.uri(ENVELOPE)
    return table_of(catalog.document, uri, catalog.document(uri))


def heading_of(contract: Contract) -> str:
    """Return the heading of a contract on the page of its event type: ``image.create INFO``."""
    return f"{contract.event_type} {contract.priority}"


def rows_of(table: Table) -> Iterator[Field]:
    """Yield the fields of a table with those within them, last those of whose names only a pattern is known."""
    yield from table.nested
    yield from (field._replace(name=f"any that matches {field.name}") for field in table.patterns)


def remarks_on(table: Table) -> Iterator[str]:
    """Yield the sentences that belong to a table of fields."""
    if table.fields:
        yield "Further fields are allowed." if table.open else "No other fields are allowed."
    for rule in table.rules:
        yield f"It must have: {rule}."


def shown_examples(contract: Contract) -> Iterator[tuple[str, Any]]:
    """Yield each example with its heading, as it is sent, without the secrets in it."""
    several = len(contract.examples) > 1
    for number, example in enumerate(contract.examples, 1):
        hidden = contract.schemas.secrets.hidden(example)
        yield f"Example {number}" if several else "Example", contract.schemas.folder.sent(hidden)
