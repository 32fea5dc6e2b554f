"""How many rules of which kind a contract has."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from notify_contracts._drafting.documents import VALUES, Files

KINDS: Mapping[str, str] = {
    "type": "type",
    "required": "required",
    "minProperties": "required",
    "additionalProperties": "closed or map",
    "enum": "value",
    "const": "value",
    "if": "relation",
    "minLength": "length",
    "minimum": "range",
    "uniqueItems": "array",
    "minItems": "array",
    "maxItems": "array",
    "propertyNames": "closed or map",
}
"""Keyword → the kind of rule that it states; a reference to a shared form is of the kind ``form``."""


def rules_in(files: Files, schema: Any) -> Counter[str]:
    """Return how many rules of each kind a schema in `files` states, with those of the payload that it refers to."""
    found: Counter[str] = Counter()
    for each in _schemas(files, schema):
        for keyword, value in each.items():
            if keyword in KINDS:
                found[KINDS[keyword]] += len(value) if keyword == "required" else 1
            elif keyword == "$ref" and f"{VALUES}#" in value:
                found["form"] += 1
    return found


def _schemas(files: Files, schema: Any) -> Iterator[Mapping[str, Any]]:
    """Yield a schema and those in it, but for the branches of a relation, which is one rule."""
    if not isinstance(schema, dict):
        return
    yield schema
    payload = str(schema.get("$ref", "")).removeprefix("../")
    yield from _schemas(files, files.get(payload))
    inner = (schema.get("items"), schema.get("additionalProperties"), *schema.get("allOf", ()))
    for each in (*schema.get("properties", {}).values(), *inner):
        yield from _schemas(files, each)
