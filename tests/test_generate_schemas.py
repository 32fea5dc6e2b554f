"""Generated values keep any schema of the supported keywords: JSON Schema's own test suite, and schemas at random.

The judge of the suite is jsonschema with the dialect as it is, which knows nothing of this project's readings.
"""

from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, FormatChecker

from notify_contracts._schema.engines import ENGINES, engine_named
from notify_contracts._schema.engines.reference import ReferenceValidator
from notify_contracts._untrusted.jsontext import parse
from notify_contracts.errors import CatalogError
from notify_contracts.generate import values
from notify_contracts.generate._mutations.candidates import candidates
from notify_contracts.generate.contracts import shape_at
from notify_contracts.generate.sampling import Sampler

SUITE = parse(Path(__file__).with_name("json_schema_suite.json").read_bytes())["groups"]
BASE = "https://suite.example.org/"
MORE_THAN_THE_SUITE_SAYS = {
    "additionalProperties does not look in applicators",
    "float division = inf",
    "string",
    "float comparison with high precision",
    "float comparison with high precision on negative numbers",
}
"""Groups whose schema can be kept, though the suite has only values that break it."""


def _documents(schema):
    return {BASE: schema}.__getitem__


def _sampled(schema, count):
    make = Sampler(Random(1)).sample(shape_at(_documents(schema), BASE, "it"))
    return [make() for _ in range(count)]


GROUPS = [pytest.param(group, id=f"{group['file']}-{group['description']}") for group in SUITE]


@pytest.mark.parametrize("group", GROUPS)
def test_suite(group):
    """Of every schema of the suite the values made are valid; where the suite knows of none, there may be none."""
    judge = Draft202012Validator(group["schema"], format_checker=FormatChecker())
    possible = group["satisfiable"] or group["description"] in MORE_THAN_THE_SUITE_SAYS
    if not possible:
        with pytest.raises(CatalogError, match="its rules contradict each other"):
            _sampled(group["schema"], 1)
        return
    assert [value for value in _sampled(group["schema"], 60) if not judge.is_valid(value)] == []


@pytest.mark.parametrize("group", GROUPS[::4])
def test_suite_with_hypothesis(group):
    """The strategies make valid values too."""
    if not group["satisfiable"]:
        with pytest.raises(CatalogError):
            values(_documents(group["schema"]), BASE)
        return
    judge = Draft202012Validator(group["schema"], format_checker=FormatChecker())

    @settings(max_examples=10, deadline=None, database=None)
    @given(values(_documents(group["schema"]), BASE))
    def valid(value):
        assert judge.is_valid(value)

    valid()


def test_suite_is_there():
    """The suite's schemas use every keyword that can be generated."""
    used = {keyword for group in SUITE if isinstance(group["schema"], dict) for keyword in _keywords(group["schema"])}
    assert len(SUITE) > 200
    assert used >= set(KEYWORDS)


def _keywords(value):
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from _keywords(inner)


KEYWORDS = {
    "type": ["object", "null"],
    "enum": [1, "a", None, [1], {"b": True}],
    "const": {"a": [1.5]},
    "properties": {"a": {"type": "integer"}},
    "required": ["a", "b"],
    "additionalProperties": {"type": "string"},
    "patternProperties": {"^x-": {"type": "null"}, "a$": {"type": ["null", "string"]}},
    "propertyNames": {"pattern": "^[a-c]{2}$"},
    "minProperties": 2,
    "maxProperties": 1,
    "items": {"minimum": 3},
    "prefixItems": [{"type": "null"}, {"type": "boolean"}],
    "minItems": 3,
    "maxItems": 1,
    "uniqueItems": True,
    "contains": {"const": "it"},
    "minLength": 300,
    "maxLength": 2,
    "pattern": "^(?:a|b)+[^a-z]{2,}$",
    "format": "ipv6",
    "minimum": 0.5,
    "maximum": -3,
    "exclusiveMinimum": 1,
    "exclusiveMaximum": 2,
    "multipleOf": 0.01,
    "$ref": "#/$defs/x",
    "allOf": [{"minimum": 1}, {"maximum": 1}],
    "anyOf": [{"type": "null"}, {"minLength": 4, "type": "string"}],
    "oneOf": [{"multipleOf": 2, "type": "integer"}, {"multipleOf": 3, "type": "integer"}],
    "not": {"type": ["string", "number", "object"]},
    "if": {"type": "string"},
}
"""Keyword → a value of it."""


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_keyword(keyword):
    """Each keyword alone, and its negation, are kept by what is made, on both engines."""
    own = {keyword: KEYWORDS[keyword]}
    if keyword == "if":
        own |= {"then": {"minLength": 3}, "else": {"type": "null"}}
    for rule in (own, {"not": own}):
        schema = {**rule, "$defs": {"x": {"type": "array", "items": {"$ref": "#/$defs/x"}}}}
        made = _sampled(schema, 40)
        for engine in ENGINES:
            keeps = engine_named(engine)(_documents(schema), BASE).is_valid
            assert [value for value in made if not keeps(value)] == []
        assert len({repr(value) for value in made}) > (keyword == "const" and rule is own) - 1


CONTRADICTIONS = {
    "types": {"allOf": [{"type": "string"}, {"type": "integer"}]},
    "range": {"type": "number", "minimum": 2, "maximum": 1},
    "open range": {"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 2},
    "multiples": {"type": "integer", "multipleOf": 7, "minimum": 1, "maximum": 6},
    "lengths": {"type": "string", "minLength": 2, "maxLength": 1},
    "pattern and length": {"type": "string", "pattern": "^abc$", "maxLength": 2},
    "two patterns": {"type": "string", "allOf": [{"pattern": "^a+$"}, {"pattern": "^b+$"}]},
    "constants": {"const": 1, "enum": [2, 3]},
    "forbidden and required": {"type": "object", "required": ["a"], "properties": {"a": {"not": {}}}},
    "closed and required": {"type": "object", "required": ["a"], "additionalProperties": False},
    "too many required": {"type": "object", "required": ["a", "b"], "maxProperties": 1},
    "names": {"type": "object", "required": ["a"], "propertyNames": {"pattern": "^b"}},
    "too few names": {"type": "object", "properties": {"a": {}}, "additionalProperties": False, "minProperties": 2},
    "items": {"type": "array", "items": {"not": {}}, "minItems": 1},
    "different items": {"type": "array", "items": {"type": "boolean"}, "uniqueItems": True, "minItems": 3},
    "contained": {"type": "array", "items": {"type": "string"}, "contains": {"type": "null"}},
    "condition": {"type": "object", "required": ["a"], "if": {"required": ["a"]}, "then": False},
    "both of one": {"oneOf": [{"type": "string"}, {"type": ["string", "null"]}], "type": "string"},
    "itself": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#"}}},
    "itself in a list": {"type": "array", "minItems": 1, "items": {"$ref": "#"}},
}


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_contradictions(what):
    """A schema that nothing keeps is an error that says so, not a hang."""
    said = "nothing was found that keeps it: its rules contradict each other, few values keep them, or"
    with pytest.raises(CatalogError, match=rf"^it: {said} [^\n]+$"):
        shape_at(_documents(CONTRADICTIONS[what]), BASE, "it")


LARGE = {
    "text": ({"type": "string", "minLength": 10**9}, {"type": "string", "maxLength": 2**32 - 1}, "xyz"),
    "array": ({"type": "array", "minItems": 10**9}, {"type": "array", "maxItems": 2**31 - 1}, [1, 2]),
}


@pytest.mark.parametrize(("least", "most", "value"), LARGE.values(), ids=LARGE)
def test_limits_beyond_memory(least, most, value):
    """What must be larger than any message is an error; what may be is made small, and never broken by its size."""
    with pytest.raises(CatalogError, match="or they ask for more than 1,000,000 characters or items"):
        shape_at(_documents(least), BASE, "it")
    assert all(len(made) < 1000 for made in _sampled(most, 20))
    (keyword,) = most.keys() - {"type"}
    assert list(candidates(keyword, most, value)) == []


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"properties": {"a b": {"dependentRequired": {}}}}, r'#/properties/a%20b/dependentRequired: .*"dependentRe'),
        ({"items": {"format": "iri"}}, r'#/items/format: nothing can be generated for the format "iri"'),
        ({"allOf": [{"unevaluatedItems": False}]}, r'#/allOf/0/unevaluatedItems: .* keyword "unevaluatedItems"'),
        ({"pattern": r"^\d$"}, r"#/pattern: engines read .* write \[0-9\]"),
        ({"$ref": "#/$defs/missing"}, r"leads nowhere"),
        ({"allOf": [{"$ref": "#"}]}, r"leads back to itself"),
    ],
)
def test_what_cannot_be_generated(schema, said):
    """A keyword that nothing can be generated for is an error with its place and name."""
    with pytest.raises(CatalogError, match=said):
        shape_at(_documents(schema), BASE, "it")


def test_patterns_of_what_is_not_plain():
    """Several patterns, one of which wants what is in no ordinary text, are kept together."""
    made = _sampled({"type": "string", "allOf": [{"pattern": "[^ -~]"}, {"pattern": "^a"}]}, 30)
    assert all(one.startswith("a") and any(not " " <= each <= "~" for each in one) for one in made)


def test_arrays_within_arrays():
    """Arrays that are nested deeply do not have more items the deeper they are: what is made has an end."""
    schema = {"type": "string"}
    for _ in range(24):
        schema = {"type": "array", "minItems": 1, "items": schema}
    judge = Draft202012Validator(schema)
    assert all(map(judge.is_valid, _sampled(schema, 5)))


def test_many_ways():
    """Conditions whose ways multiply beyond counting end soon, and what is made keeps them all."""
    names = [f"n{number}" for number in range(14)]
    conditions = [
        {"if": {"properties": {name: {"const": True}}, "required": [name]}, "then": {"required": [other]}}
        for name, other in pairwise(names)
    ]
    schema = {"type": "object", "properties": {name: {"type": "boolean"} for name in names}, "allOf": conditions}
    judge = Draft202012Validator(schema)
    assert all(map(judge.is_valid, islice(iter(partial(_sampled(schema, 30).pop), None), 30)))


def test_many_rules_of_one_condition(monkeypatch):
    """What is said under the same condition is one choice, however many rules say it; 1 is another one than true."""
    asked = []
    is_valid = ReferenceValidator.is_valid
    monkeypatch.setattr(ReferenceValidator, "is_valid", lambda *given: asked.append(given) or is_valid(*given))
    names = [f"n{number}" for number in range(24)]
    no_text = {name: {"type": ["integer", "null"]} for name in names}
    rules = [
        {
            "if": {"properties": {"kind": {"const": 1 if number % 2 else True}}, "required": ["kind"]},
            "then": {"properties": {name: {"type": "null"}}},
            "else": {"properties": {name: {"type": "integer"}}},
        }
        for number, name in enumerate(names)
    ]
    schema = {"type": "object", "properties": {"kind": {"enum": [1, True, "x"]}, **no_text}, "allOf": rules}
    schema["required"] = [*schema["properties"]]
    made = _sampled(schema, 60)
    assert all(map(Draft202012Validator(schema).is_valid, made))
    assert {repr(value["kind"]) for value in made} == {"1", "True", "'x'"}
    assert not asked


def test_many_branches(monkeypatch):
    """Of what has many kinds the slower engine is asked about little more than what is made in the end."""
    asked = []
    is_valid = ReferenceValidator.is_valid
    monkeypatch.setattr(ReferenceValidator, "is_valid", lambda *given: asked.append(given) or is_valid(*given))
    kinds = [
        {"type": "object", "properties": {"kind": {"const": f"kind {number}"}}, "required": ["kind"]}
        for number in range(30)
    ]
    schema = {"oneOf": kinds}
    made = _sampled(schema, 40)
    judge = Draft202012Validator(schema)
    assert all(map(judge.is_valid, made))
    assert len({value["kind"] for value in made}) > 10
    assert 1 <= len(asked) <= 10 * len(made)
