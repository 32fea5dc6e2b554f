"""What a contract's payload is made of, as a table for people."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from notify_contracts._schema import Documents, described, limits, resolve
from notify_contracts.catalog import Contract

Schema = Mapping[str, Any]
_Layer = tuple[str, Schema]

_MOST_ROWS = 300
_DEEPEST = 40
_HOLDING = {"properties", "items"}


class Field(NamedTuple):
    """One property of an object; `presence` is ``required``, ``optional`` or ``never``."""

    name: str
    presence: str
    value: str
    description: str


class Table(NamedTuple):
    """What a value may be.

    `title` is its name and `value` says what it is; `fields` are none where no property of it is stated, `patterns`
    are fields whose name is the pattern of many. `nested` are the fields and, behind each, those within it, named as
    ``items[].price.amount``. `rules` are phrases that read after "it must have". What is `open` may
    have further properties.
    """

    title: str
    value: str
    fields: tuple[Field, ...]
    patterns: tuple[Field, ...]
    rules: tuple[str, ...]
    open: bool
    nested: tuple[Field, ...] = ()


def fields_of_payload(contract: Contract) -> tuple[Field, ...]:
    """Return the properties that the payload of `contract` may have, in the schema's order; itself if it has none."""
    payload = table_of_payload(contract)
    presence = _presence(True, [contract.schema["properties"]["payload"]])  # noqa: FBT003
    return payload.fields or (Field("payload", presence, payload.value, description=""),)


def table_of_payload(contract: Contract) -> Table:
    """Return what the payload of `contract` may be."""
    return table_of(contract.documents, contract.uri, contract.schema["properties"]["payload"])


def table_of(documents: Documents, uri: str, schema: Schema) -> Table:
    """Return what a value may be that keeps `schema`, whose references are read as seen from `uri`."""
    layers = list(_layers(documents, uri, schema))
    stated = [layer for _, layer in layers]
    required = {name for layer in stated for name in layer.get("required", ())}
    return Table(
        title=next((str(layer["title"]) for layer in stated[::-1] if "title" in layer), _kind(stated)),
        value=_value(stated),
        fields=tuple(_fields(documents, layers, "properties", required)),
        patterns=tuple(_fields(documents, layers, "patternProperties", set())),
        rules=tuple(
            dict.fromkeys(str(rule["title"]) for layer in stated for rule in layer.get("allOf", ()) if "title" in rule)
        ),
        open=not any(layer.get("additionalProperties") is False for layer in stated),
        nested=tuple(islice(_nested(documents, layers, "", frozenset()), _MOST_ROWS)),
    )


def _layers(documents: Documents, uri: str, schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Yield what a schema refers to, the deepest first, and then the schema itself."""
    if isinstance(reference := schema.get("$ref"), str):
        yield from _layers(documents, *resolve(documents, uri, reference))
    yield uri, schema


def _fields(
    documents: Documents, layers: list[tuple[str, Schema]], keyword: str, required: set[str]
) -> Iterator[Field]:
    stated: dict[str, list[Schema]] = {}
    for place, layer in layers:
        for name, inner in layer.get(keyword, {}).items():
            stated.setdefault(name, []).extend(said for _, said in _layers(documents, place, inner))
    for name, said in stated.items():
        yield Field(name, _presence(name in required, said), _value(said), _description(said))


def _nested(documents: Documents, layers: list[_Layer], prefix: str, above: frozenset[int]) -> Iterator[Field]:
    """Yield the fields of a value, and behind each those within it; what holds itself is not entered again."""
    above |= {id(layer) for _, layer in layers if layer.keys() & _HOLDING}
    if len(above) > _DEEPEST:
        return
    required = {name for _, layer in layers for name in layer.get("required", ())}
    inner: dict[str, list[_Layer]] = {}
    for place, layer in layers:
        for name, schema in layer.get("properties", {}).items():
            inner.setdefault(name, []).extend(_layers(documents, place, schema))
    for name, of_field in inner.items():
        stated = [said for _, said in of_field]
        yield Field(prefix + name, _presence(name in required, stated), _value(stated), _description(stated))
        yield from _within(documents, of_field, prefix + name, above)


def _within(documents: Documents, layers: list[_Layer], name: str, above: frozenset[int]) -> Iterator[Field]:
    every = _distinct((*layers, *_alternatives(documents, layers)))
    items = _distinct(
        one
        for place, layer in every
        if isinstance(schema := layer.get("items"), Mapping)
        for one in _layers(documents, place, schema)
    )
    if len(above) <= _DEEPEST and not above & {id(layer) for _, layer in (*every, *items)}:
        yield from _nested(documents, every, f"{name}.", above)
        if items:
            yield from _within(documents, items, f"{name}[]", above | {id(layer) for _, layer in every})


def _distinct(layers: Iterable[_Layer]) -> list[_Layer]:
    """Return layers, each once: what doubles at each of many levels does not."""
    return [*{id(layer): (place, layer) for place, layer in layers}.values()]


def _alternatives(documents: Documents, layers: list[_Layer]) -> Iterator[_Layer]:
    """Yield what a value may be besides: an object or null, one object or another."""
    for place, layer in layers:
        for keyword in ("anyOf", "oneOf", "allOf"):
            for schema in layer.get(keyword, ()):
                yield from _layers(documents, place, schema)


def _presence(required: bool, stated: list[Schema]) -> str:  # noqa: FBT001
    if any(schema.get("not") == {} for schema in stated):
        return "never"
    return "required" if required else "optional"


def _kind(stated: list[Schema]) -> str:
    """Describe a value by the last that says something about it: what an event adds narrows what it shares."""
    return next((said for schema in reversed(stated) if (said := described(schema))), "anything")


def _value(stated: list[Schema]) -> str:
    return ", ".join((_kind(stated), *dict.fromkeys(limit for schema in stated for limit in limits(schema))))


def _description(stated: list[Schema]) -> str:
    return next((str(schema["description"]) for schema in stated[::-1] if "description" in schema), "")
