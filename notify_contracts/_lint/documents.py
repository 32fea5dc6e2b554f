"""Faults of a schema document: a wrong ``$id``, a dangling reference, a pattern that engines read differently."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urldefrag

from notify_contracts._lint.problem import Fault
from notify_contracts._schema import PatternError, flaws, matcher, pointer_text, quoted, resolve, subschemas, target
from notify_contracts._untrusted import printable
from notify_contracts.catalog import ENVELOPE, EVENTS, SCHEMAS, Catalog, kind_of
from notify_contracts.errors import CatalogError

_SAYS_NOTHING = frozenset(("$comment", "$defs", "$id", "$schema", "description", "examples", "title"))


def faults_of_document(
    catalog: Catalog, file: str, content: Mapping[str, Any], broken: Collection[str]
) -> Iterator[Fault]:
    """Yield a pointer and a message for every fault of a document that has the right shape.

    What it refers to in `broken` files is not examined.
    """
    uri = catalog.uri(file)
    if content["$id"] != uri:
        yield (
            "/$id",
            f'expected "{uri}" because of where the file stands, found "{printable(content["$id"])}"',
        )
        return
    if file.startswith(f"{EVENTS}/"):
        yield from _misnamed(file, content)
        yield from _priorities(catalog, content)
    for pointer, schema in subschemas(content):
        for place, message in (
            *flaws(schema, uri, pointer),
            *_references(catalog, uri, schema, broken),
            *_twice(schema),
        ):
            yield pointer_text(pointer) + place, message


def _misnamed(file: str, content: Mapping[str, Any]) -> Iterator[Fault]:
    event_type = file.removeprefix(f"{EVENTS}/").removesuffix(".json")
    if content["title"] != event_type:
        yield (
            "/title",
            f'expected "{printable(event_type)}", the name of the file, found "{printable(content["title"])}"',
        )
    for priority, contract in content["$defs"].items():
        place = f"/$defs/{priority}/properties"
        constant = contract["properties"]["event_type"]["const"]
        if constant != event_type:
            expected = f'expected "{printable(event_type)}", the name of the file'
            yield f"{place}/event_type/const", f'{expected}, found "{printable(constant)}"'
        constant = contract["properties"]["priority"]["const"]
        if constant != priority:
            yield f"{place}/priority/const", f'expected "{priority}", as in $defs, found "{printable(constant)}"'


def _priorities(catalog: Catalog, content: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield every contract that the file does not list, and every one whose priority the envelope does not allow."""
    listed = {entry["$ref"] for entry in content["oneOf"]}
    for priority in content["$defs"]:
        if f"#/$defs/{priority}" not in listed:
            yield "/oneOf", f'expected a reference to "#/$defs/{priority}", for $defs has it'
        if priority not in catalog.priorities:
            allowed = " or ".join(map(printable, catalog.priorities))
            yield f"/$defs/{priority}", f"expected a priority that {ENVELOPE} allows, {allowed}, found {priority}"


def _references(catalog: Catalog, uri: str, schema: Mapping[str, Any], broken: Collection[str]) -> Iterator[Fault]:
    if (reference := schema.get("$ref")) is None:
        return
    absolute, document, _ = target(uri, reference)
    if not document.startswith(catalog.base):
        yield "/$ref", f'"{printable(reference)}" leaves the catalog; copy what it means into the catalog'
        return
    if kind_of(catalog.relative(document)) not in SCHEMAS:
        yield "/$ref", f'"{printable(reference)}" is not a schema'
        return
    if catalog.relative(document) in broken:
        return
    try:
        _, schema = resolve(catalog.document, uri, reference)
    except (CatalogError, LookupError):
        yield (
            "/$ref",
            f'"{printable(reference)}" leads nowhere; there is no {printable(absolute)}',
        )
        return
    if not urldefrag(reference)[1] and "$defs" in schema and schema.keys() <= _SAYS_NOTHING:
        named = f"{reference.partition('#')[0]}#/$defs/{next(iter(schema['$defs']), 'name')}"
        yield "/$ref", f'"{printable(reference)}" is a whole file, which says nothing; name a place, {quoted(named)}'


def _twice(schema: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield every declared property of which a pattern speaks as well: other tools refuse it."""
    for pattern in schema.get("patternProperties", ()):
        with suppress(PatternError):
            for name in filter(matcher(pattern), schema.get("properties", ())):
                message = f'its rules also come from the pattern "{printable(pattern)}", which fits its name'
                yield pointer_text(("properties", name)), message
