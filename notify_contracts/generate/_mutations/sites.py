"""The sites where the schemas of a contract apply to the values of a notification."""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any, NamedTuple

from notify_contracts._schema import Pointer, additional_names, matcher, resolve
from notify_contracts.catalog import Contract

Path = tuple[str | int, ...]
"""An evaluation path: keywords, names and numbers on the way from a contract's schema, ``$ref`` among them."""

Holds = Callable[[str, Mapping[str, Any], Any], bool]
"""Tells whether a value keeps a schema; the first argument is the URI of the document that holds the schema."""

UNHEARD_OF = "unheard_of"
"""The name of a property that no schema declares."""


class Absence(Enum):
    """Stands for a value that may be there and is not."""

    ABSENT = "absent"


ABSENT = Absence.ABSENT


class Site(NamedTuple):
    """A schema object that applies to a value: the value's place and the schema's evaluation path.

    `value` is `ABSENT` where a property, or one more item, could be. `base` is the URI of the schema's document.
    """

    place: Pointer
    value: Any
    path: Path
    base: str
    schema: Mapping[str, Any]


def sites(contract: Contract, envelope: Mapping[str, Any], holds: Holds) -> Iterator[Site]:
    """Yield every schema object of `contract` that applies to a value of `envelope`, or to one that it could have."""
    return below(contract, Site((), envelope, (), contract.uri, contract.schema), holds)


def below(contract: Contract, site: Site, holds: Holds) -> Iterator[Site]:
    """Yield `site` and every site that its schema leads to, in place and inside the value."""
    yield site
    for inner in _in_place(contract, site, holds):
        yield from below(contract, inner, holds)
    for path, name, value in _children(site.schema, site.value):
        schema: Any = site.schema
        for part in path:
            schema = schema[part]
        yield from below(contract, Site((*site.place, name), value, (*site.path, *path), site.base, schema), holds)


def branch_of(site: Site, holds: Holds) -> Site | None:
    """Return the branch of the schema's condition that applies to the value, None where there is none."""
    if "if" not in site.schema or site.value is ABSENT:
        return None
    branch = "then" if holds(site.base, site.schema["if"], site.value) else "else"
    if branch not in site.schema:
        return None
    return site._replace(path=(*site.path, branch), schema=site.schema[branch])


def _in_place(contract: Contract, site: Site, holds: Holds) -> Iterator[Site]:
    schema = site.schema
    if "$ref" in schema:
        target, referred = resolve(contract.documents, site.base, schema["$ref"])
        yield site._replace(path=(*site.path, "$ref"), base=target, schema=referred)
    for number, layer in enumerate(schema.get("allOf", ())):
        yield site._replace(path=(*site.path, "allOf", number), schema=layer)
    if (branch := branch_of(site, holds)) is not None:
        yield branch


def _children(schema: Mapping[str, Any], value: Any) -> Iterator[tuple[Path, str | int, Any]]:
    """Yield, for every schema that applies inside `value`: its path from `schema`, and the name and value it is for."""
    if isinstance(value, Mapping):
        yield from _properties(schema, value)
    elif isinstance(value, list | tuple):
        yield from _items(schema, value)


def _properties(schema: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[tuple[Path, str, Any]]:
    for name in schema.get("properties", ()):
        yield ("properties", name), name, value.get(name, ABSENT)
    for pattern in schema.get("patternProperties", ()):
        for name in filter(matcher(pattern), value):
            yield ("patternProperties", pattern), name, value[name]
    if isinstance(schema.get("additionalProperties"), Mapping):
        for name in additional_names(schema, {**value, UNHEARD_OF: None}):
            yield ("additionalProperties",), name, value.get(name, ABSENT)


def _items(schema: Mapping[str, Any], value: list[Any] | tuple[Any, ...]) -> Iterator[tuple[Path, int, Any]]:
    first = schema.get("prefixItems", ())
    for number in range(min(len(first), len(value))):
        yield ("prefixItems", number), number, value[number]
    if isinstance(schema.get("items"), Mapping) and len(value) >= len(first):
        for number, item in enumerate((*value[len(first) :], ABSENT), len(first)):
            yield ("items",), number, item
