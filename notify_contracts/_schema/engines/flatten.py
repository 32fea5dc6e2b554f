"""A schema that accepts the same values with fewer steps: references put in place, layers of properties merged.

It is for the yes-or-no question only; what is wrong is asked of the schema as it was written. It is given nothing but
the known keywords, for what an unknown one means beside others cannot be kept.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from notify_contracts._schema.documents import Documents, resolve
from notify_contracts._schema.equality import same
from notify_contracts._schema.keywords import ANNOTATIONS, LISTS, MAPS, OF_DOCUMENTS, ONE

Schema = dict[str, Any]

MOST_REFERENCES = 2000
"""How many references are put in place in one schema; our own contracts have fewer than 50."""

_SILENT = ANNOTATIONS | OF_DOCUMENTS | {"$defs"}
_CONDITION = frozenset(("if", "then", "else"))
_SEQUENCE = frozenset(("items", "prefixItems"))


def flattened(documents: Documents, uri: str) -> Schema:
    """Return a schema that accepts what the one at `uri` accepts.

    Where that is recursive, or would grow beyond `MOST_REFERENCES` put in place, it refers to the original instead.
    """
    schema: Schema = _Flattening(documents).followed(uri, uri, ())
    return schema


class _Flattening:
    """One schema being flattened; a few nested references can stand for billions, so they are counted."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._left = MOST_REFERENCES

    def followed(self, base: str, reference: str, above: tuple[str, ...]) -> Any:
        """Return what `reference` refers to, flattened, unless it stands `above` itself."""
        uri, schema = resolve(self._documents, base, reference)
        self._left -= 1
        if uri in above or self._left < 0:
            return {"$ref": uri}
        return self._flat(uri, schema, (*above, uri))

    def _flat(self, base: str, schema: Any, above: tuple[str, ...]) -> Any:
        if not isinstance(schema, Mapping):
            return schema
        own: Schema = {}
        for keyword, value in schema.items():
            if keyword in _SILENT or keyword in ("$ref", "allOf"):
                continue
            if keyword in ONE:
                own[keyword] = self._flat(base, value, above)
            elif keyword in LISTS:
                own[keyword] = [self._flat(base, child, above) for child in value]
            elif keyword in MAPS:
                own[keyword] = {name: self._flat(base, child, above) for name, child in value.items()}
            else:
                own[keyword] = value
        layers = [self._flat(base, child, above) for child in schema.get("allOf", ())]
        if "$ref" in schema:
            layers.append(self.followed(base, schema["$ref"], above))
        return _together(own, layers)


def _together(schema: Schema, layers: Iterable[Any]) -> Schema:
    """Return a schema for what keeps `schema` and every one of `layers`."""
    for layer in layers:
        if isinstance(layer, dict) and _can_merge(schema, layer):
            schema = _merged(schema, layer)
        else:
            schema = {**schema, "allOf": [*schema.get("allOf", ()), layer]}
    return schema


def _can_merge(one: Schema, other: Schema) -> bool:
    if any(one.keys() & group and other.keys() & group for group in (_CONDITION, _SEQUENCE)):
        return False
    # What additionalProperties speaks of depends on the properties beside it.
    for closed, added in ((one, other), (other, one)):
        if "additionalProperties" in closed and (
            "additionalProperties" in added
            or "patternProperties" in added
            or not added.get("properties", {}).keys() <= closed.get("properties", {}).keys()
        ):
            return False
    return all(
        same(one[keyword], other[keyword]) or (keyword == "type" and _narrower(one[keyword], other[keyword]))
        for keyword in one.keys() & other.keys() - {"properties", "required", "allOf"}
    )


def _narrower(one: Any, other: Any) -> Any:
    """Return the type statement that implies the other one, None where neither does."""
    first, second = ({types} if isinstance(types, str) else set(types) for types in (one, other))
    if first <= second:
        return one
    return other if second <= first else None


def _merged(one: Schema, other: Schema) -> Schema:
    merged = {**one, **other}
    if "type" in one and "type" in other:
        merged["type"] = _narrower(one["type"], other["type"])
    if "required" in one and "required" in other:
        merged["required"] = list(dict.fromkeys((*one["required"], *other["required"])))
    if "allOf" in one and "allOf" in other:
        merged["allOf"] = [*one["allOf"], *other["allOf"]]
    if "properties" in one and "properties" in other:
        properties = dict(one["properties"])
        for name, schema in other["properties"].items():
            properties[name] = _together({}, [properties[name], schema]) if name in properties else schema
        merged["properties"] = properties
    return merged
