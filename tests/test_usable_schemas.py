"""What engines are not given: keywords that nobody applies, places that mean something else, work without an end."""

import pytest

from notify_contracts._schema import ENGINES, UnusableSchemaError, engine_named, violations
from notify_contracts._schema.keywords import KNOWN
from notify_contracts._untrusted import parse
from notify_contracts.catalog import data_folder

BASE = "https://usable.example.org/"
STRICT = parse((data_folder() / "catalog.schema.json").read_bytes())["$defs"]["schema"]["properties"]
# Every other keyword of JSON Schema 2020-12, of the drafts before it, and of OpenAPI.
UNKNOWN = {
    "$anchor": "name", "$dynamicAnchor": "name", "$dynamicRef": "#/$defs/one", "$recursiveRef": "#",
    "$recursiveAnchor": True, "$vocabulary": {}, "additionalItems": False, "contentEncoding": "base64",
    "contentMediaType": "application/json", "contentSchema": {}, "default": 1, "definitions": {}, "dependencies": {},
    "dependentRequired": {}, "dependentSchemas": {}, "deprecated": True, "discriminator": {}, "divisibleBy": 2,
    "extends": {}, "id": BASE, "maxContains": 1, "minContains": 0, "nullable": True, "propertes": {}, "readOnly": True,
    "requird": [], "unevaluatedItems": False, "unevaluatedProperties": False, "x-mine": 1,
}  # fmt: skip
FLAWED = {
    "format that there is not": ({"format": "uuuid"}, "/format", 'no format "uuuid"'),
    "type that there is not": ({"type": "integr"}, "/type", 'no type "integr"'),
    "one such type of several": ({"type": ["string", "integr"]}, "/type", 'no type "integr"'),
    "look-ahead": ({"pattern": "(?=a)a"}, "/pattern", "groups are portable"),
    "look-ahead for names": ({"patternProperties": {"(?=a)a": {}}}, "/patternProperties/(?=a)a", "are portable"),
    "pattern that is no text": ({"pattern": 1}, "/pattern", "expected a text"),
    "reference by name": ({"$ref": "#name"}, "/$ref", "by a JSON Pointer"),
    "reference to a value": ({"$ref": "#/const", "const": {}}, "/$ref", "not the place of a schema"),
    "reference to schemas by name": ({"$ref": "#/$defs"}, "/$ref", "not the place of a schema"),
    "reference that is no text": ({"$ref": 1}, "/$ref", "expected a text"),
    "then alone": ({"then": {}}, "/then", 'no "if"'),
    "else alone": ({"else": {}}, "/else", 'no "if"'),
    "if alone": ({"if": {}}, "/if", 'neither "then" nor "else"'),
    "another dialect": ({"$schema": "http://json-schema.org/draft-07/schema#"}, "/$schema", "2020-12"),
    "another name": ({"$id": "https://other.example.org/"}, "/$id", f'expected "{BASE}"'),
    "multiple of nothing": ({"multipleOf": 0}, "/multipleOf", "a number above 0"),
}
LAYERS = {
    "itself": lambda schema: schema,
    "in a base": lambda schema: {"$ref": "#/$defs/one", "$defs": {"one": schema}},
    "in allOf": lambda schema: {"allOf": [{}, schema]},
    "in a property": lambda schema: {"properties": {"a": schema}},
    "in a name's rule": lambda schema: {"propertyNames": schema},
    "in a condition": lambda schema: {"if": {"type": "object"}, "then": {"items": schema}},
}


def _refusals(schema):
    """Return what the engines say of a schema that both of them must refuse."""
    said = set()
    for engine in ENGINES:
        with pytest.raises(UnusableSchemaError) as caught:
            engine_named(engine)({BASE: schema}.__getitem__, BASE)
        said.add((caught.value.uri, caught.value.reason))
    return said


def test_one_table():
    """The keywords that engines are given are exactly those of a catalog's strict shape."""
    assert set(STRICT) == KNOWN


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("keyword", UNKNOWN)
def test_unknown_keyword(keyword, layer):
    """A keyword that is not known is refused by both engines in the same words, in whatever layer it stands."""
    schema = LAYERS[layer]({"type": "object", keyword: UNKNOWN[keyword]})
    ((place, reason),) = _refusals(schema)
    assert place.endswith(f"/{keyword}")
    assert keyword in reason


@pytest.mark.parametrize("flaw", FLAWED)
def test_flaw(flaw):
    """What a known keyword must not say is refused by both engines, with the place and in the same words."""
    schema, place, words = FLAWED[flaw]
    ((found, reason),) = _refusals(schema)
    assert found == f"{BASE}#{place}"
    assert words in reason


@pytest.mark.parametrize("keyword", ["$id", "$schema"])
def test_below_the_root(keyword):
    """What names a document, or its dialect, stands at its root only: below, references would mean something else."""
    value = {"$id": BASE, "$schema": STRICT["$schema"]["const"]}[keyword]
    engine_named("jsonschema")({BASE: {keyword: value}}.__getitem__, BASE)
    ((place, _),) = _refusals({"properties": {"a": {keyword: value}}})
    assert place == f"{BASE}#/properties/a/{keyword}"


def _doubling(keyword, levels):
    """Return a schema in which each level refers to the next one twice."""

    def level(number):
        reference = {"$ref": f"#/$defs/{number + 1}"}
        twice = {"items": reference, "contains": reference} if keyword == "items" else [reference, {**reference}]
        return twice if keyword == "items" else {keyword: twice}

    return {"$ref": "#/$defs/0", "$defs": {str(n): level(n) for n in range(levels)} | {str(levels): {"type": "null"}}}


@pytest.mark.parametrize("levels", [12, 24, 200])
@pytest.mark.parametrize("keyword", ["allOf", "anyOf", "oneOf", "items"])
def test_doubling(keyword, levels):
    """Schemas that refer to each other so that one value is looked at without an end are refused at once."""
    ((place, reason),) = _refusals(_doubling(keyword, levels))
    assert place == BASE
    assert "refer to fewer" in reason


RECURSIVE = {
    "the same name in two layers": {
        "allOf": [{"properties": {"a": {"$ref": "#"}}}, {"properties": {"a": {"$ref": "#"}}}],
    },
    "a name and a pattern": {"properties": {"a": {"$ref": "#"}}, "patternProperties": {"^a": {"$ref": "#"}}},
    "a name and all others of another layer": {
        "properties": {"a": {"$ref": "#"}}, "allOf": [{"additionalProperties": {"$ref": "#"}}],
    },
    "an item in two ways": {"prefixItems": [{"$ref": "#"}], "contains": {"$ref": "#"}},
}  # fmt: skip


@pytest.mark.parametrize("schema", RECURSIVE.values(), ids=RECURSIVE)
def test_doubling_with_depth(schema):
    """So are those that look at a value twice as often for every level it is nested deeper."""
    ((_, reason),) = _refusals(schema)
    assert "refer to fewer" in reason


BOUNDED = {
    "a tree": {"properties": {"left": {"$ref": "#"}, "right": {"$ref": "#"}}},
    "a tree of named things": {"properties": {"a": {"$ref": "#"}}, "additionalProperties": {"$ref": "#"}},
    "a list": {"prefixItems": [{}, {"$ref": "#"}], "items": {"$ref": "#"}},
    "many alternatives": {"anyOf": [{"const": number} for number in range(1000)]},
    "nothing twice": _doubling("allOf", 8),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("schema", BOUNDED.values(), ids=BOUNDED)
def test_bounded(schema, engine):
    """Schemas that look at each value a bounded number of times are used, recursive or not."""
    assert engine_named(engine)({BASE: schema}.__getitem__, BASE).is_valid(None) in (True, False)


MULTIPLES = [
    (0.01, 4.02, True), (0.01, 4.025, False), (0.01, 1.1, True), (0.1, 0.3, True), (0.3, 0.9, True),
    (1e-308, 1e308, True), (3, 2**70, False), (2, 2**70, True), (0.5, 1e300, True), (7, 1e300, False),
    (0.01, 10**400, True), (0.3, 10**400, False), (1e-8, 12391239123, True), (0.0001, 0.00751, False),
    (0.1, True, True), (0.1, "x", True), (2, 4.0, True), (2, 3.0, False),
]  # fmt: skip


@pytest.mark.parametrize("beside", [{}, {"": 1}, {"1": 1}], ids=["alone", "unnamed", "numbered"])
@pytest.mark.parametrize(("divisor", "number", "expected"), MULTIPLES, ids=lambda value: f"{value!r:.9}")
def test_multiples(divisor, number, expected, beside):
    """Whether a number is a multiple is decided as it is written in decimal, by both engines, whatever is beside it."""
    schema = {"properties": {"n": {"multipleOf": divisor}}, "required": ["needed"]}
    value = {"n": number, **beside}
    for engine in ENGINES:
        validator = engine_named(engine)({BASE: schema}.__getitem__, BASE)
        found = {violation.pointer for violation in violations(value, validator.faults(value), None)}
        assert found == ({"/needed"} if expected else {"/needed", "/n"})
        assert validator.is_valid({**value, "needed": 1}) == expected


def test_unique_objects():
    """Whether objects are all different is told in time that grows with their number, not with its square."""
    validator = engine_named("jsonschema")({BASE: {"uniqueItems": True}}.__getitem__, BASE)
    assert validator.is_valid([{"a": number, "b": [number, None]} for number in range(30_000)])
    assert not validator.is_valid([{"a": 1, "b": True}, {"b": True, "a": 1.0}])
    assert validator.is_valid([1, True, "1", None, [1], {"1": 1}, [True], 0, False])
