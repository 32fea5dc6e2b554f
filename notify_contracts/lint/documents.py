"""Whether a schema document stands where its ``$id`` says, refers to what exists, and matches alike everywhere."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urldefrag, urljoin

from notify_contracts.catalog import EVENTS, Catalog
from notify_contracts.engines import DEFAULT_ENGINE, engine_named
from notify_contracts.errors import CatalogError
from notify_contracts.patterns import PatternError, compile_portable
from notify_contracts.schemas import endless, pointer_text, resolve, subschemas
from notify_contracts.text import printable

Fault = tuple[str, str]


def faults_of_document(catalog: Catalog, file: str, content: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a pointer and a message for every fault of a document that has the right shape."""
    uri = catalog.base + file
    if content["$id"] != uri:
        yield (
            "/$id",
            f'expected "{uri}" because of where the file stands, found "{printable(content["$id"])}"',
        )
        return
    if file.startswith(f"{EVENTS}/"):
        yield from _misnamed(file, content)
    broken = False
    for pointer, schema in subschemas(content):
        for fault in (*_references(catalog, uri, schema), *_patterns(schema)):
            broken = True
            yield pointer_text(pointer) + fault[0], fault[1]
    if not broken:
        yield from _uncompilable(catalog, uri)


def _misnamed(file: str, content: Mapping[str, Any]) -> Iterator[Fault]:
    event_type = file.removeprefix(f"{EVENTS}/").removesuffix(".json")
    if content["title"] != event_type:
        yield (
            "/title",
            f'expected "{event_type}", the name of the file, found "{printable(content["title"])}"',
        )
    for priority, contract in content["$defs"].items():
        constant = contract["properties"]["event_type"]["const"]
        if constant != event_type:
            place = f"/$defs/{priority}/properties/event_type/const"
            yield place, f'expected "{event_type}", the name of the file, found "{printable(constant)}"'


def _references(catalog: Catalog, uri: str, schema: Mapping[str, Any]) -> Iterator[Fault]:
    if (reference := schema.get("$ref")) is None:
        return
    document, _ = urldefrag(urljoin(uri, reference))
    if not document.startswith(catalog.base):
        yield "/$ref", f'"{printable(reference)}" leaves the catalog; copy what it means into the catalog'
        return
    try:
        resolve(catalog.document, uri, reference)
    except (CatalogError, LookupError):
        yield (
            "/$ref",
            f'"{printable(reference)}" leads nowhere; there is no {printable(urljoin(uri, reference))}',
        )


def _patterns(schema: Mapping[str, Any]) -> Iterator[Fault]:
    candidates = [("/pattern", schema["pattern"])] if "pattern" in schema else []
    candidates += [(pointer_text(("patternProperties", name)), name) for name in schema.get("patternProperties", ())]
    for place, pattern in candidates:
        try:
            compile_portable(pattern)
        except PatternError as error:
            yield place, f"{printable(str(error))}"


def _uncompilable(catalog: Catalog, uri: str) -> Iterator[Fault]:
    try:
        if loop := endless(catalog.document, uri):
            yield (
                urldefrag(loop).fragment,
                "its $ref leads back to itself without going into the value: it says nothing",
            )
            return
        engine_named(DEFAULT_ENGINE)(catalog.document, uri)
    except (CatalogError, LookupError) as error:
        yield "", f"cannot be compiled: {printable(str(error))}"
