"""The schemas that speak of one value, and those that speak of a member or an item of it."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from notify_contracts._schema.documents import Documents, Pointer, at, pointer_text, resolve
from notify_contracts._schema.patterns import matcher

_MOST = 200


class Layer(NamedTuple):
    """A schema that speaks of a value, its absolute URI, and whether it holds always, not only in a branch."""

    uri: str
    schema: Any
    always: bool = True


def layers_of(documents: Documents, layers: Iterable[Layer]) -> list[Layer]:
    """Return `layers` and whatever else is stated of the same value, each once; 200 at most.

    A reference that leads nowhere adds nothing.
    """
    found: dict[tuple[str, bool], Layer] = {}
    for stated in layers:
        waiting = deque((stated,))
        while waiting and len(found) < _MOST:
            layer = waiting.popleft()
            if (key := (layer.uri, layer.always)) not in found:
                found[key] = layer
                waiting.extend(_in_place(documents, layer))
    return list(found.values())


def layers_within(documents: Documents, layers: Iterable[Layer], part: str) -> list[Layer]:
    """Return what is stated of the member or item `part` of the value of which `layers` speak."""
    parts = (part, int(part)) if part.isdecimal() else (part,)
    inner = (
        Layer(inside(layer.uri, path), at(layer.schema, path), layer.always)
        for layer in layers
        for each in parts
        for path in paths_within(layer.schema, each)
    )
    return layers_of(documents, inner)


def paths_within(schema: Any, part: str | int) -> list[Pointer]:
    """Return the paths of the schemas that a schema holds for a member, by name, or for an item, by number."""
    if not isinstance(schema, Mapping):
        return []
    if isinstance(part, int):
        first = schema.get("prefixItems")
        if part < len(first if isinstance(first, list) else ()):
            return [("prefixItems", part)]
        return [("items",)] if isinstance(schema.get("items"), Mapping) else []
    declared: list[Pointer] = [("properties", part)] if part in map_of(schema, "properties") else []
    fitting = (pattern for pattern in map_of(schema, "patternProperties") if matcher(pattern)(part))
    declared += (("patternProperties", pattern) for pattern in fitting)
    if not declared and isinstance(schema.get("additionalProperties"), Mapping):
        return [("additionalProperties",)]
    return declared


def map_of(schema: Any, keyword: str) -> Mapping[str, Any]:
    """Return the schemas by name that a keyword holds; none where the schema has none."""
    value = schema.get(keyword) if isinstance(schema, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def listed(schema: Any) -> list[Any]:
    """Return the values that a schema lists, by ``const`` or ``enum``; none where it lists none."""
    if not isinstance(schema, Mapping):
        return []
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return values if isinstance(values, list) else []


def _in_place(documents: Documents, layer: Layer) -> Iterator[Layer]:
    uri, schema, always = layer
    if not isinstance(schema, Mapping):
        return
    if isinstance(reference := schema.get("$ref"), str):
        try:
            yield Layer(*resolve(documents, uri, reference), always)
        except LookupError:
            return
    for keyword in ("allOf", "anyOf", "oneOf"):
        options = schema.get(keyword)
        for number, option in enumerate(options if isinstance(options, list) else ()):
            yield Layer(inside(uri, (keyword, number)), option, always and keyword == "allOf")
    for keyword in ("then", "else"):
        if keyword in schema:
            yield Layer(inside(uri, (keyword,)), schema[keyword], always=False)


def inside(uri: str, path: Pointer) -> str:
    """Return the URI of what stands at a path within the schema of a URI."""
    return f"{uri if '#' in uri else f'{uri}#'}{quote(pointer_text(path), safe='/$~')}"
