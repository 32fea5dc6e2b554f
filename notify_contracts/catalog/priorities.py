"""Which priorities there are: what the envelope of a catalog allows."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urldefrag

from notify_contracts._schema import Documents, resolve


def allowed_priorities(documents: Documents, envelope: str) -> tuple[str, ...] | None:
    """Return the priorities that the schema at the URI `envelope` allows, in its order; None if it lists none.

    They stand as ``enum`` or ``const`` under ``properties``, ``priority``, directly or behind ``$ref`` and ``allOf``.
    """
    allowed: list[str] | None = None
    for uri, _ in _in_place(documents, envelope, set()):
        base, fragment = urldefrag(uri)
        for _, schema in _in_place(documents, f"{base}#{fragment}/properties/priority", set()):
            listed = [schema["const"]] if "const" in schema else schema.get("enum")
            if isinstance(listed, list):
                allowed = [name for name in (listed if allowed is None else allowed) if name in listed]
    return None if allowed is None else tuple(dict.fromkeys(name for name in allowed if isinstance(name, str)))


def _in_place(documents: Documents, uri: str, seen: set[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the schema at `uri` and those that hold wherever it does, with their URIs; nothing where nothing stands."""
    if uri in seen:
        return
    seen.add(uri)
    try:
        _, schema = resolve(documents, uri, uri)
    except LookupError:
        return
    if not isinstance(schema, Mapping):
        return
    yield uri, schema
    if isinstance(reference := schema.get("$ref"), str):
        try:
            yield from _in_place(documents, resolve(documents, uri, reference)[0], seen)
        except LookupError:
            return
    if isinstance(layers := schema.get("allOf"), list):
        base, fragment = urldefrag(uri)
        for number in range(len(layers)):
            yield from _in_place(documents, f"{base}#{fragment}/allOf/{number}", seen)
