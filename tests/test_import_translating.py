"""Somebody else's JSON Schema becomes one that a catalog may have, and that allows whatever it allowed."""

import json
from random import Random

import jsonschema
import pytest

from notify_contracts._drafting.importing.translating import Translation
from notify_contracts._schema import engine_named, flaws, subschemas
from tests.random_schemas import NAMES, plain, value

URI = "https://a.invalid/b.json"

TRANSLATED = {
    "draft 4 exclusive": ({"minimum": 0, "exclusiveMinimum": True}, {"exclusiveMinimum": 0}),
    "draft 4 inclusive": ({"maximum": 9, "exclusiveMaximum": False}, {"maximum": 9}),
    "draft 6 exclusive": ({"exclusiveMaximum": 9}, {"exclusiveMaximum": 9}),
    "a list of items": ({"items": [{"type": "null"}]}, {"prefixItems": [{"type": "null"}]}),
    "no more items": (
        {"items": [{}], "additionalItems": False},
        {"prefixItems": [{}], "items": {"title": "nothing", "not": {}}},
    ),
    "true and false": (
        {"properties": {"a": True, "b": False}},
        {"properties": {"a": {}, "b": {"title": "nothing", "not": {}}}},
    ),
    "nullable": (
        {"type": "string", "nullable": True, "enum": ["a"]},
        {"type": ["string", "null"], "enum": ["a", None]},
    ),
    "a constant null": ({"const": None}, {"const": None}),
    "names that need names": (
        {"dependencies": {"a": ["b"]}},
        {"allOf": [{"if": {"required": ["a"]}, "then": {"required": ["b"]}}]},
    ),
    "names that need schemas": (
        {"dependentSchemas": {"a": {"minProperties": 2}}},
        {"allOf": [{"if": {"type": "object", "required": ["a"]}, "then": {"minProperties": 2}}]},
    ),
    "a name of a format": ({"format": "ipv4"}, {"format": "ipv4", "title": "IPv4 address"}),
    "a count with a fraction": ({"minLength": 2.0}, {"minLength": 2}),
    "values twice": ({"enum": [1, 1.0, "1", True, [1], [1.0]]}, {"enum": [1, "1", True, [1]]}),
    "a type twice": ({"type": ["string", "string"]}, {"type": "string"}),
    "several formats": (
        {"items": {"schemaFormat": "application/schema+json;version=draft-07", "schema": {"type": "null"}}},
        {"items": {"type": "null"}},
    ),
    "a place": ({"$schema": "x", "$id": "y", "definitions": {"a": {}}}, {}),
}

LESS = {
    "a keyword": ({"unevaluatedProperties": False, "minProperties": 1}, {"minProperties": 1}),
    "a format": ({"type": "string", "format": "iri"}, {"type": "string"}),
    "what need not be contained": ({"contains": {"type": "null"}, "minContains": 0, "maxContains": 2}, {}),
    "a pattern": ({"pattern": r"^\d+(?=x)$"}, {}),
    "a pattern of names": (
        {"patternProperties": {r"\w": {}}, "additionalProperties": False},
        {},
    ),
    "a pattern that fits a declared name": (
        {"properties": {"ab": {}}, "patternProperties": {"^a": {"type": "null"}}, "additionalProperties": False},
        {"properties": {"ab": {}}},
    ),
    "a pattern of two": (
        {"properties": {"ab": {}}, "patternProperties": {"^a": {}, "^b": {"type": "null"}}},
        {"properties": {"ab": {}}, "patternProperties": {"^b": {"type": "null"}}},
    ),
    "what is refused": ({"not": {"format": "iri"}}, {}),
    "one of several": (
        {"oneOf": [{"format": "iri"}, {"type": "null"}]},
        {"anyOf": [{}, {"type": "null"}], "title": "one of several alternatives"},
    ),
    "a condition": ({"if": {"contentEncoding": "x", "unknown": 1}, "then": {"type": "null"}}, {}),
    "a type": ({"type": ["any", "string"]}, {}),
    "required of draft 3": ({"required": True}, {}),
    "no schema": ({"properties": {"a": 7}}, {"properties": {"a": {}}}),
    "no number": ({"minimum": "0", "maxItems": -1, "multipleOf": 0}, {}),
    "a reference": ({"properties": {"a": {"$ref": "https://b.invalid"}}}, {"properties": {"a": {}}}),
}


def _translated(schema):
    translation = Translation(lambda _: None)
    made = translation.schema(schema, "here")
    assert [flaw for pointer, each in subschemas(made) for flaw in flaws(each, URI, pointer)] == []
    json.dumps(made)
    return made, translation.left_out


@pytest.mark.parametrize(("schema", "meant"), TRANSLATED.values(), ids=TRANSLATED)
def test_translated(schema, meant):
    """What other drafts say in other words comes out in ours, and nothing is left out."""
    assert _translated(schema) == (meant, [])


@pytest.mark.parametrize(("schema", "meant"), LESS.values(), ids=LESS)
def test_less_is_more_allowed(schema, meant):
    """What cannot be said is left out with its place, and never refuses what was allowed."""
    made, left_out = _translated(schema)
    assert made == meant
    assert left_out
    assert all(each.where.startswith("here/") for each in left_out)


def _foreign(chance):
    """Return a schema of keywords of 2020-12 that a catalog does not have."""
    inner = {**plain(chance), **plain(chance)}
    name = chance.choice(NAMES)
    made = (
        {"dependentSchemas": {name: inner}},
        {"dependentSchemas": {name: False}},
        {"dependentRequired": {name: [chance.choice(NAMES)]}},
        {"contains": inner, "minContains": chance.randrange(3)},
        {"prefixItems": [inner], "items": False},
        {"not": {"dependentSchemas": {name: inner}}},
    )
    schema = chance.choice(made)
    numbers = ("multipleOf", "format")  # which validators read in their own ways
    return _foreign(chance) if any(word in json.dumps(schema) for word in numbers) else schema


@pytest.mark.parametrize("seed", range(60))
def test_allows_what_was_allowed(seed):
    """What the source accepts is accepted, and nothing else where nothing was left out."""
    chance = Random(seed)
    source = _foreign(chance)
    translation = Translation(lambda _: None)
    made = translation.schema(source, "here")
    engine, reference = (
        engine_named("jsonschema-rs")(lambda _: {"$id": URI, **made}, URI),
        jsonschema.Draft202012Validator(source),
    )
    for one in (value(chance) for _ in range(40)):
        is_accepted = engine.is_valid(one)
        assert is_accepted or not reference.is_valid(one), (source, one)
        assert translation.left_out or is_accepted == reference.is_valid(one), (source, one)


def test_each_rule_that_goes_is_told():
    """What is said of other names goes with a pattern that is left out, and is listed itself."""
    for patterned in ({r"^\w": {}}, {"^a": {}}):
        _, left_out = _translated(
            {"properties": {"ab": {}}, "patternProperties": patterned, "additionalProperties": {"type": "null"}}
        )
        assert [each.where for each in left_out] == [
            f"here/patternProperties/{next(iter(patterned))}", "here/additionalProperties",
        ]  # fmt: skip


def test_annotations():
    """What is no rule is listed and changes nothing, not even inside of what is refused."""
    made, left_out = _translated({"not": {"type": "null", "default": 1}})
    assert made == {"not": {"type": "null"}, "title": "something else"}
    assert [str(each) for each in left_out] == ["here/not/default: default is no rule"]


def test_idle():
    """What speaks of no value of the types does nothing, and is left out; in what is refused, too."""
    made, left_out = _translated({"not": {"type": ["integer", "null"], "minLength": 1, "minimum": 2}})
    assert made["not"] == {"type": ["integer", "null"], "minimum": 2}
    assert [str(each) for each in left_out] == ["here/not/minLength: does nothing: it is for type string"]


def test_beside_a_reference():
    """What stands beside a reference, where nothing counts, is listed unless it is words."""
    translation = Translation(lambda _: {"type": "string"}, are_beside=False)
    source = {"$ref": "#/a", "title": "an a", "x-of": "us", "maxLength": 2, "unevaluatedProperties": False}
    assert translation.schema(source, "here") == {"type": "string"}
    assert [each.where for each in translation.left_out] == ["here/maxLength", "here/unevaluatedProperties"]


def test_order_of_branches():
    """Both branches of a condition stand in one order, whatever the seed of Python's hashes."""
    made, _ = _translated({"if": {"required": ["a"]}, "else": {"type": "null"}, "then": {"type": "object"}})
    assert list(made) == ["if", "then", "else"]


def test_deep():
    """What is nested without end comes to one."""
    schema = {}
    for _ in range(900):
        schema = {"properties": {"a": schema}}
    _, left_out = _translated(schema)
    assert [each.why for each in left_out] == ["is nested too deeply"]
