"""Pruning takes some rules out of a schema; the values that it accepts only then break these rules alone."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any
from urllib.parse import urljoin

from notify_contracts._schema import DEFAULT_ENGINE, Documents, Validator, engine_named, resolve, subschemas
from notify_contracts.generate._mutations.sites import Path

_PRUNED = "urn:notify-contracts:pruned"
_OF_DOCUMENTS = frozenset(("$defs", "$id", "$schema", "examples"))


def pruned(documents: Documents, base: str, schema: Mapping[str, Any], paths: Iterable[Path]) -> dict[str, Any]:
    """Return `schema` without the keywords at these evaluation paths; they hold at every other place they stand for.

    A path that ends in a name of a ``required`` takes off that name. References are absolute in the result.
    """
    copy = absolute(base, schema)
    behind: dict[int, tuple[dict[str, Any], list[Path]]] = {}
    for path in paths:
        holder: Any = copy
        for number, part in enumerate(path[:-1]):
            if part == "$ref" and isinstance(holder["$ref"], str):
                behind.setdefault(id(holder), (holder, []))[1].append(path[number + 1 :])
                break
            holder = holder[part]
        else:
            if isinstance(holder, list):
                holder.remove(path[-1])
            else:
                del holder[path[-1]]
    for holder, rest in behind.values():
        layer = pruned(documents, *resolve(documents, base, holder.pop("$ref")), rest)
        holder.setdefault("allOf", []).append(layer)
    return copy


def absolute(base: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of `schema` whose references need no document around it."""
    copy = deepcopy({keyword: value for keyword, value in schema.items() if keyword not in _OF_DOCUMENTS})
    for _, inner in subschemas(copy):
        if "$ref" in inner:
            inner["$ref"] = urljoin(base, inner["$ref"])  # type: ignore[index]  # the copy is a dictionary throughout
    return copy


def compiled(documents: Documents, schema: Mapping[str, Any]) -> Validator:
    """Return the validator of a part or a rest of a usable schema that has absolute references and no document."""
    return engine_named(DEFAULT_ENGINE, linted=True)(lambda uri: schema if uri == _PRUNED else documents(uri), _PRUNED)
