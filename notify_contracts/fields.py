"""What a contract's payload is made of, as a table for people."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from notify_contracts.catalog import Contract
from notify_contracts.explain import described
from notify_contracts.schemas import resolve


class Field(NamedTuple):
    """One property of a payload; `name` is empty where the payload is not an object."""

    name: str
    required: bool
    value: str
    description: str


def fields_of_payload(contract: Contract) -> tuple[Field, ...]:
    """Return the properties that the payload of `contract` may have, in the schema's order."""
    layers = list(_layers(contract, contract.uri, contract.schema["properties"]["payload"]))
    properties: dict[str, list[Mapping[str, Any]]] = {}
    required: set[str] = set()
    for uri, layer in layers:
        required.update(layer.get("required", ()))
        for name, schema in layer.get("properties", {}).items():
            properties.setdefault(name, []).extend(stated for _, stated in _layers(contract, uri, schema))
    if not properties:
        return (Field("payload", required=True, value=_value([layer for _, layer in layers]), description=""),)
    return tuple(
        Field(name, name in required, _value(stated), _description(stated)) for name, stated in properties.items()
    )


def _layers(contract: Contract, uri: str, schema: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what a schema refers to, the deepest first, and then the schema itself."""
    if isinstance(reference := schema.get("$ref"), str):
        yield from _layers(contract, *resolve(contract.documents, uri, reference))
    yield uri, schema


def _value(stated: list[Mapping[str, Any]]) -> str:
    """Describe a value by the last that says something about it: what an event adds narrows what it shares."""
    return next((said for schema in reversed(stated) if (said := described(schema))), "anything")


def _description(stated: list[Mapping[str, Any]]) -> str:
    return next((str(schema["description"]) for schema in stated[::-1] if "description" in schema), "")
