"""From contracts that were read somewhere to the files of a catalog that lints clean."""

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from notify_contracts._base import dataclass
from notify_contracts._drafting.documents import (
    LONGEST_NAME,
    PAYLOADS,
    VALUES,
    Files,
    Pair,
    Schema,
    Source,
    contract,
    document,
    event_document,
    event_path,
    uri_of,
    values_document,
)
from notify_contracts._drafting.importing.examples import with_examples
from notify_contracts._drafting.importing.imported import LeftOut
from notify_contracts._drafting.trying import tried
from notify_contracts._lint import Problem, lint
from notify_contracts.errors import CatalogError


@dataclass(frozen=True)
class Promise:
    """What a source says of one event type and priority: its payload, and whole notifications as examples.

    Where there is no example, one is made. What else of the envelope there is in all of these is `required`.
    """

    payload: Schema
    description: str
    comment: str
    examples: tuple[Mapping[str, Any], ...] = ()
    envelope: Mapping[str, Schema] = field(default_factory=dict)
    required: frozenset[str] = frozenset()

    def of(self, event_type: str, priority: str) -> "Promise":
        """Return what is promised of one of several pairs: the same, with its own examples."""
        pair = event_type, priority
        own = (each for each in self.examples if (each.get("event_type"), each.get("priority")) == pair)
        return replace(self, examples=tuple(own))


def either(one: Promise, other: Promise) -> Promise:
    """Return the promise that one of two is kept."""
    payload = _any_of("payloads", one.payload, other.payload)
    envelope = {
        name: schema if schema == other.envelope[name] else _any_of("forms", schema, other.envelope[name])
        for name, schema in one.envelope.items()
        if name in other.envelope  # of which one of both says nothing, anything will do
    }
    required = one.required & other.required
    return Promise(payload, one.description, one.comment, (*one.examples, *other.examples), envelope, required)


def _any_of(what: str, *schemas: Schema) -> Schema:
    return {"title": f"one of several {what}", "anyOf": [*schemas]}


def catalog_files(
    source: Source,
    envelope: Schema,
    promises: Mapping[Pair, Promise],
    payloads: Mapping[str, Schema],
    values: Mapping[str, Schema],
) -> tuple[Files, list[LeftOut]]:
    """Return the files of a catalog, and what promises could not be kept; the others are shared schemas by name."""
    base = source.base
    files = source.files(_own(envelope))
    if values:
        files[VALUES] = values_document(base, values)
    for name, schema in payloads.items():
        path = f"{PAYLOADS}/{name}.json"
        files[path] = document(uri_of(base, path), name, f"{name}, as the source has it.", _own(schema))
    why = "is too long for the name of a contract's file"
    left_out = [LeftOut(event_type, why) for event_type, _ in promises if _is_too_long(event_type)]
    promises = {pair: promise for pair, promise in promises.items() if not _is_too_long(pair[0])}
    if left_out and not promises:
        raise CatalogError(f"nothing can become a contract: {left_out[0]}")
    events: dict[str, dict[str, Schema]] = {}
    for pair, promise in sorted(promises.items()):
        words = promise.description, promise.comment
        required = sorted(promise.required - {*envelope.get("required", ())})
        made = contract(pair, words, promise.payload, promise.examples or ({},), required)
        made["properties"] |= promise.envelope
        events.setdefault(pair[0], {})[pair[1]] = made
    for event_type, contracts in events.items():
        files[event_path(event_type)] = event_document(base, event_type, source.comment, contracts)
    files, unkept = with_examples(files, [pair for pair, promise in promises.items() if not promise.examples])
    return files, left_out + unkept


def _is_too_long(event_type: str) -> bool:
    return len(event_type.encode(errors="surrogatepass")) > LONGEST_NAME


def _own(schema: Schema) -> Schema:
    """Return a schema without the words that its document has for itself."""
    return {keyword: value for keyword, value in schema.items() if keyword not in ("title", "$schema", "$id")}


def problems(files: Files) -> list[Problem]:
    """Return what `catalog lint` would say of the files."""
    with tried(files) as catalog:
        return list(lint(catalog.root))
