"""Schemas that would keep a decision busy for ever, or break it: it ends, and says what it does not know."""

import pytest

from notify_contracts._comparison.inclusion import allowed_by_schema, inclusion
from notify_contracts.errors import CatalogError

_MANY = 1_500


def _nested(levels, inner):
    for _ in range(levels):
        inner = {"properties": {"a": inner}}
    return inner


def _doubled(levels):
    """Return a schema in which each of many says the next twice: what it says is as long as a power of two."""
    defs = {f"d{n}": {"oneOf": [{"required": [f"{n}"]}, {"$ref": f"#/$defs/d{n + 1}"}]} for n in range(levels)}
    return {"$defs": {**defs, f"d{levels}": {"minimum": 1}}, "$ref": "#/$defs/d0"}


HOSTILE = {
    "ways that double with every character": ({"pattern": "a(?:a|b){24}$"}, {"pattern": "b(?:a|b){25}$"}),
    "repeated repetition": ({"pattern": "^(?:(?:a{90}){90}b)$"}, {"pattern": "^a"}),
    "many sets": (
        {"pattern": "|".join(f"[{chr(400 + 2 * n)}-{chr(401 + 2 * n)}]" for n in range(_MANY))},
        {"pattern": "^x"},
    ),
    "a very long text": ({"minLength": 10**12}, {"pattern": "^a"}),
    "a very long array": ({"minItems": 10**12}, {"uniqueItems": True}),
    "a very large object": ({"minProperties": 10**12}, {"propertyNames": {"maxLength": 3}}),
    "many different items": ({"minItems": 500, "uniqueItems": True}, {"contains": {"const": 7}}),
    "many branches": (
        {"anyOf": [{"const": {"a": n}} for n in range(_MANY)]},
        {"oneOf": [{"properties": {"a": {"const": n}}} for n in range(_MANY)]},
    ),
    "many constants": ({"enum": [*range(20_000)]}, {"enum": [*range(1, 20_001)]}),
    "many names": (
        {"properties": {f"n{n}": {"type": "string"} for n in range(_MANY)}},
        {"properties": {f"n{n}": {"type": ["string", "null"]} for n in range(_MANY)}, "additionalProperties": False},
    ),
    "many patterns of names": (
        {"patternProperties": {f"{n}": {"minimum": n} for n in range(40)}},
        {"patternProperties": {f"{n}$": {"minimum": n} for n in range(40)}},
    ),
    "conditions in conditions": (_doubled(12), _doubled(13)),
    "depth": (_nested(150, {"type": "string"}), _nested(150, {"type": "null"})),
    "what only a value without an end would show": (
        {"$ref": "#/$defs/a", "$defs": {"a": {"type": "array", "items": {"$ref": "#/$defs/a"}, "minItems": 1}}},
        {"type": "null"},
    ),
    "numbers between very close limits": (
        {"exclusiveMinimum": 0.1, "exclusiveMaximum": 0.10000000000000002},
        {"not": {"type": "number"}},
    ),
    "large numbers": ({"multipleOf": 1e-308, "minimum": 1e308}, {"multipleOf": 1e300}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_ends(name):
    """A decision about hostile schemas ends in both directions, and what it shows is judged by both engines."""
    one, other = map(allowed_by_schema, HOSTILE[name])
    for narrow, wide in ((one, other), (other, one)):
        found = inclusion(narrow, wide, seconds=0.2)
        for gap in found.gaps:
            assert narrow.opinions(gap.witness) == {True}
            assert wide.opinions(gap.witness) == {False}
        assert all(doubt.reason for doubt in found.doubts)


def test_unusable():
    """A schema that engines are not given is an error, not an answer."""
    for schema in ({"$ref": "#/$defs/none"}, {"minContains": 2}, {"$ref": "#"}):
        with pytest.raises(CatalogError):
            inclusion(allowed_by_schema(schema), allowed_by_schema({}))
