"""Names that are declared otherwise: where more is allowed than is declared, nothing else would tell."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from notify_contracts._schema import (
    Documents,
    Layer,
    Pointer,
    did_you_mean,
    layers_of,
    layers_within,
    map_of,
    pointer_text,
    quoted,
    subschemas,
)
from notify_contracts._untrusted import folded

_OF_OTHER_NAMES = ("additionalProperties", "patternProperties", "propertyNames")


def misspelt_secrets(secrets: Iterable[str], schemas: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield the place of every secret that is no property of the schemas, and resembles one: nothing would hide it."""
    held = (schema for content in schemas for _, schema in subschemas(content))
    declared = {name for schema in held for name in map_of(schema, "properties")}
    for number, name in enumerate(secrets):
        if name not in declared and (hint := did_you_mean(name, declared)):
            yield f"/secrets/{number}", f"no schema has a property {quoted(name)}{hint}"


def misspelt(
    documents: Documents, layers: Iterable[Layer], value: Any, pointer: Pointer = ()
) -> Iterator[tuple[str, str]]:
    """Yield the place of every member of a value, and of those within it, of which `layers` declare another spelling.

    Not of objects whose other members have rules of their own, as maps have.
    """
    held = [layer for layer in layers_of(documents, layers) if isinstance(layer.schema, Mapping)]
    if isinstance(value, Mapping):
        is_open = all(layer.schema.get(keyword, True) is True for layer in held for keyword in _OF_OTHER_NAMES)
        declared = {name for layer in held for name in map_of(layer.schema, "properties")} if is_open else ()
        missing = {folded(name): name for name in declared if name not in value}
        for name in value:
            if name not in declared and (meant := missing.get(folded(name))) is not None:
                yield pointer_text((*pointer, name)), f"no such property is declared; did you mean {quoted(meant)}?"
    members = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for part, inner in members:
        yield from misspelt(documents, layers_within(documents, held, str(part)), inner, (*pointer, part))
