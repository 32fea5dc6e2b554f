"""JSON Schema documents as data: where subschemas stand, and what a reference points at."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from notify_contracts._schema.keywords import LISTS, MAPS, ONE
from notify_contracts._schema.patterns import matcher

Pointer = tuple[str | int, ...]
Documents = Callable[[str], Any]
"""From a document's URI (without fragment) to the parsed document; raises for one that is not there."""


def pointer_text(pointer: Pointer) -> str:
    """Return `pointer` as RFC 6901 text: ``/payload/tags/0``."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer)


def pointer_parts(text: str) -> tuple[str, ...]:
    """Return the parts of an RFC 6901 pointer."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in text.split("/")[1:])


def fragment_parts(text: str) -> tuple[str, ...]:
    """Return the parts of an RFC 6901 pointer that is the fragment of a URI."""
    return pointer_parts(unquote(text))


def at(document: Any, pointer: Pointer) -> Any:
    """Return the value at `pointer`; raise LookupError where nothing is there."""
    for part in pointer:
        if isinstance(document, (dict, Mapping)):  # the first is nearly always it, and is found sooner
            document = document[part]
        elif isinstance(document, list | tuple) and str(part).isdecimal():
            document = document[int(part)]
        else:
            raise LookupError(part)
    return document


def resolve(documents: Documents, base: str, reference: str) -> tuple[str, Any]:
    """Return the absolute URI of `reference`, seen from `base`, and what stands there; raise LookupError if nothing."""
    uri, document, pointer = target(base, reference)
    return uri, at(documents(document), pointer)


@lru_cache(maxsize=4096)
def target(base: str, reference: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the absolute URI of `reference`, and in it the document's URI and the pointer."""
    uri = urljoin(base, reference)
    document, fragment = urldefrag(uri)
    return uri, document, fragment_parts(fragment)


def additional_names(schema: Mapping[str, Any], instance: Mapping[str, Any]) -> list[str]:
    """Return the names in `instance` for which neither properties nor patternProperties of `schema` speak."""
    declared = schema.get("properties", ())
    if "patternProperties" not in schema:
        return [name for name in instance if name not in declared]
    patterns = [matcher(pattern) for pattern in schema["patternProperties"]]
    return [name for name in instance if name not in declared and not any(fits(name) for fits in patterns)]


def subschemas(schema: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Mapping[str, Any]]]:
    """Yield every schema object inside `schema`, itself first, with its pointer."""
    if not isinstance(schema, Mapping):
        return
    yield pointer, schema
    for path, child in children(schema):
        yield from subschemas(child, (*pointer, *path))


def children(schema: Mapping[str, Any]) -> Iterator[tuple[Pointer, Any]]:
    """Yield every schema that stands directly inside `schema`, with its pointer in it."""
    for keyword, value in schema.items():
        if keyword in ONE:
            yield (keyword,), value
        elif keyword in LISTS and isinstance(value, list):
            yield from (((keyword, index), child) for index, child in enumerate(value))
        elif keyword in MAPS and isinstance(value, Mapping):
            yield from (((keyword, name), child) for name, child in value.items())


def rebuilt(schema: Mapping[str, Any], change: Callable[[Any], Any]) -> dict[str, Any]:
    """Return `schema` with every schema that stands directly inside it replaced by what `change` makes of it."""
    made = dict(schema)
    for keyword, value in schema.items():
        if keyword in ONE:
            made[keyword] = change(value)
        elif keyword in LISTS and isinstance(value, list):
            made[keyword] = [change(child) for child in value]
        elif keyword in MAPS and isinstance(value, Mapping):
            made[keyword] = {name: change(child) for name, child in value.items()}
    return made


def reachable(documents: Documents, uri: str) -> frozenset[str]:
    """Return the URIs of the documents that the one at `uri` refers to, directly or not, and its own."""
    found: set[str] = set()
    waiting = {urldefrag(uri)[0]}
    while waiting:
        found.add(document := waiting.pop())
        references = (schema.get("$ref") for _, schema in subschemas(documents(document)))
        targets = {target(document, reference)[1] for reference in references if isinstance(reference, str)}
        waiting |= targets - found
    return frozenset(found)
