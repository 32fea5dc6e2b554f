"""Names that are declared otherwise: where more is allowed than is declared, nothing else would tell."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from notify_contracts._lint.problem import Fault
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


def misspelt_secrets(secrets: Iterable[str], schemas: Iterable[Any]) -> Iterator[Fault]:
    """Yield the place of every secret that is no property of the schemas, and resembles one: nothing would hide it."""
    held = (schema for content in schemas for _, schema in subschemas(content))
    declared = {name for schema in held for name in map_of(schema, "properties")}
    for number, name in enumerate(secrets):
        if name not in declared and (hint := did_you_mean(name, declared)):
            yield f"/secrets/{number}", f"no schema has a property {quoted(name)}{hint}"


class Spelling:
    """Compares the names in values with those that schemas declare; what is stated of a member is found once."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._within: dict[tuple[object, ...], list[Layer]] = {}

    def misspelt(self, layer: Layer, value: Any) -> Iterator[Fault]:
        """Yield the place of every member of a value, and of those within it, of which `layer` has another spelling.

        Not of objects whose other members have rules of their own, as maps have.
        """
        return self._misspelt(layers_of(self._documents, [layer]), value, ())

    def _misspelt(self, layers: list[Layer], value: Any, pointer: Pointer) -> Iterator[Fault]:
        if isinstance(value, dict):
            for name, meant in _meant(layers, value):
                yield pointer_text((*pointer, name)), f"no such property is declared; did you mean {quoted(meant)}?"
        members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for part, inner in members:
            yield from self._misspelt(self._of_member(layers, str(part)), inner, (*pointer, part))

    def _of_member(self, layers: list[Layer], part: str) -> list[Layer]:
        key = (part, *((layer.uri, layer.always) for layer in layers))
        if key not in self._within:
            self._within[key] = layers_within(self._documents, layers, part)
        return self._within[key]


def _meant(layers: Iterable[Layer], value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the members of an object that are not declared, each with the name that is and resembles it."""
    held = [layer.schema for layer in layers if isinstance(layer.schema, Mapping)]
    if all(schema.get(keyword, True) is True for schema in held for keyword in _OF_OTHER_NAMES):
        declared = {name for schema in held for name in map_of(schema, "properties")}
        missing = {folded(name): name for name in declared if name not in value}
        for name in value:
            if name not in declared and (meant := missing.get(folded(name))) is not None:
                yield name, meant
