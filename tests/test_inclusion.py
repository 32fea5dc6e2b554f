"""Whether one schema's values are allowed by another: one gap for each place and rule, with a value that shows it."""

import pytest

from notify_contracts._comparison.inclusion import (
    Allowed,
    Gap,
    Inclusion,
    allowed_by_schema,
    inclusion,
    satisfying,
)
from notify_contracts._schema import FORMATS
from notify_contracts._untrusted.jsontext import dump

FIRST, SECOND = "https://inclusion.example.org/first", "https://inclusion.example.org/second"


def _between(narrow, wide, **options):
    """Return what is found of two plain schemas, all of whose witnesses both engines judge to be such."""
    narrow, wide = allowed_by_schema(narrow), allowed_by_schema(wide)
    found = inclusion(narrow, wide, **options)
    for gap in found.gaps:
        assert narrow.opinions(gap.witness) == {True}
        assert wide.opinions(gap.witness) == {False}
    return found


PROVED = {
    "the same in other words": ({"enum": ["a", "b"]}, {"anyOf": [{"const": "b"}, {"const": "a"}]}),
    "whole numbers": ({"type": "integer", "exclusiveMinimum": 0}, {"type": "number", "minimum": 1}),
    "numbers as decimals": ({"multipleOf": 0.06}, {"multipleOf": 0.02}),
    "no number fits": ({"type": "integer", "minimum": 0.1, "maximum": 0.9}, {"type": "null"}),
    "1 is 1.0": ({"const": 1}, {"enum": [1.0]}),
    "texts by pattern": ({"pattern": "^[a-f]{2}$"}, {"pattern": "^[a-z]+$", "maxLength": 2}),
    "an anchor in one branch": ({"pattern": "^a$"}, {"pattern": "(?:^a|b)$"}),
    "a format by its pattern": ({"type": "string", "format": "uuid"}, {"pattern": "^[0-9A-Fa-f-]{36}$"}),
    "a pattern within a format": ({"pattern": "^10\\.0\\.0\\.[1-9]$"}, {"format": "ipv4"}),
    "a condition by its branches": (
        {"properties": {"a": {"const": 1}}, "required": ["a", "b"]},
        {"if": {"properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}, "else": {"required": ["c"]}},
    ),
    "names by propertyNames": (
        {"propertyNames": {"enum": ["a", "b"]}, "additionalProperties": {"type": "string"}},
        {"type": ["object", "string", "number", "array", "boolean", "null"], "maxProperties": 2},
    ),
    "as many as there can be": ({"items": {"type": "boolean"}, "uniqueItems": True}, {"maxItems": 2}),
    "which goes where": (
        {"type": "array", "prefixItems": [{"enum": [1, 2]}] * 3, "minItems": 3, "uniqueItems": True},
        {"type": "null"},
    ),
    "one name for two rules": (
        {"type": "object", "maxProperties": 1, "not": {"patternProperties": {"^a": {"type": "string"}}}},
        {"propertyNames": {"pattern": "^a"}},
    ),
}


@pytest.mark.parametrize("name", PROVED)
def test_proved(name):
    """What every value of one schema keeps is proved, and of a smaller one nothing is claimed the other way round."""
    narrow, wide = PROVED[name]
    assert _between(narrow, wide) == Inclusion()
    assert _between(narrow, wide).is_proved


GAPS = {
    "type": ({"type": ["string", "null"]}, {"type": "string"}, "", None),
    "enum": ({"enum": ["a", "b"]}, {"enum": ["a"]}, "", "b"),
    "pattern": ({"pattern": "^[a-c]$"}, {"pattern": "^[ab]$"}, "", "c"),
    "maxLength": ({"type": "string"}, {"maxLength": 2}, "", "aaa"),
    "format": ({"pattern": "^[0-9.]+$", "minLength": 7}, {"format": "ipv4"}, "", "0000000"),
    "multipleOf": ({"type": "integer"}, {"multipleOf": 2}, "", 1),
    "minimum": ({"type": "integer", "minimum": -1}, {"minimum": 0}, "", -1),
    "required": ({"type": "object"}, {"required": ["a"]}, "/a", {}),
    "additionalProperties": (
        {"properties": {"a": {"const": 1}, "b": {"const": 2}}, "additionalProperties": False},
        {"properties": {"a": {}}, "additionalProperties": False},
        "/b",
        {"b": 2},
    ),
    "items": ({"items": {"enum": [1, 2]}}, {"items": {"enum": [1]}}, "/0", [2]),
    "prefixItems": ({"prefixItems": [True, {"type": "null"}]}, {"prefixItems": [True, False]}, "/1", [None, None]),
    "contains": ({"type": "array", "minItems": 1}, {"contains": {"const": 1}}, "", [0]),
    "uniqueItems": ({"items": {"const": 1}}, {"uniqueItems": True}, "", [1, 1]),
    "maxItems": ({"items": {"const": 1}}, {"maxItems": 1}, "", [1, 1]),
    "propertyNames": ({"type": "object"}, {"propertyNames": {"maxLength": 1}}, "", {"aa": None}),
    "not": ({"enum": [1, 2]}, {"not": {"const": 2}}, "", 2),
}


@pytest.mark.parametrize("keyword", GAPS)
def test_gaps(keyword):
    """A value that only one schema allows is found, the smallest, at its place and with the keyword that refuses it."""
    narrow, wide, pointer, witness = GAPS[keyword]
    found = _between(narrow, wide)
    stated = "enum" if keyword == "items" else keyword
    assert found == Inclusion((Gap(pointer, stated, witness),))


@pytest.mark.parametrize("length", [3, 4, 6])
def test_what_only_the_last_of_different_items_may_be(length):
    """What must be somewhere among different items may stand at each place of which the other schema speaks."""
    narrow = {"type": "array", "uniqueItems": True, "contains": {"const": 1}, "minItems": length}
    wide = {"prefixItems": [*[True] * (length - 1), {"title": "no one", "not": {"const": 1}}]}
    (gap,) = _between(narrow, wide).gaps
    assert (gap.pointer, gap.keyword, gap.witness[-1]) == (f"/{length - 1}", "not", 1)


def test_each_place_by_itself():
    """Each place that differs is a gap, whose witness is the base but for that place."""
    narrow = {
        "type": "object",
        "properties": {"a": {"enum": ["x", "y"]}, "b": {"type": ["integer", "null"]}, "c": {"const": 1}},
        "required": ["a", "b"],
    }
    wide = narrow | {
        "properties": {"a": {"enum": ["x"]}, "b": {"type": "integer"}, "c": {"const": 1}},
        "required": ["a", "b", "c"],
    }
    base = {"a": "x", "b": 7, "c": 1, "more": ["kept"]}
    found = _between(narrow, wide, base=base)
    assert {(gap.pointer, gap.keyword): gap.witness for gap in found.gaps} == {
        ("/a", "enum"): base | {"a": "y"},
        ("/b", "type"): base | {"b": None},
        ("/c", "required"): {"a": "x", "b": 7, "more": ["kept"]},
    }


def test_one_place_for_one_mistake():
    """Where a value is of another type, what else its schema says of it is no gap of its own."""
    wide = {"type": "string", "enum": ["a"], "pattern": "^a$"}
    assert [gap.keyword for gap in _between({"type": "null"}, wide).gaps] == ["type"]
    assert [gap.keyword for gap in _between({"properties": {}}, {"properties": {"p": wide}}).gaps] == ["type"]


def test_within_a_condition():
    """What a condition demands is a gap at the place that it speaks of, with a value that meets the condition."""
    narrow = {
        "type": "object",
        "properties": {"kind": {"enum": ["new", "old"]}, "size": {"type": ["integer", "null"]}},
        "required": ["kind", "size"],
    }
    then = {"properties": {"size": {"type": "integer"}}}
    wide = narrow | {"if": {"properties": {"kind": {"const": "old"}}}, "then": then}
    base = {"kind": "new", "size": 1}
    assert _between(narrow, wide, base=base).gaps == (Gap("/size", "type", {"kind": "old", "size": None}),)


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
def test_within_a_branch(keyword):
    """A gap within a branch, which the value's constant or its kind picks, is at the place that differs there."""

    def shapes(least):
        circle = {"properties": {"kind": {"const": "circle"}, "r": {"minimum": least}}, "required": ["kind", "r"]}
        square = {"properties": {"kind": {"enum": ["square", "cube"]}, "a": {"minimum": 0}}, "required": ["kind"]}
        branches = [{"type": "null"}, {"type": "object"} | circle, {"type": "object"} | square]
        return {"properties": {"shape": {keyword: branches}}}

    base = {"shape": {"kind": "circle", "r": 5}}
    found = _between(shapes(0), shapes(1), base=base)
    assert found.gaps == (Gap("/shape/r", "minimum", {"shape": {"kind": "circle", "r": 0}}),)
    assert _between(shapes(1), shapes(0), base=base).is_proved
    other = {"properties": {"shape": {"type": "object"}}}
    assert [gap.keyword for gap in _between(other, shapes(0)).gaps][-1] == keyword


def test_recursion():
    """What refers to itself is decided, and a value is found however deep it must be."""

    def tree(value, least):
        node = {"type": "object", "properties": {"v": value, "of": {"items": {"$ref": "#/$defs/node"}}}}
        return {"$ref": "#/$defs/node", "$defs": {"node": node | {"required": least}}}

    string, constant = {"type": "string"}, {"const": "x"}
    assert _between(tree(constant, ["v"]), tree(string, [])).is_proved
    found = _between(tree(string, []), tree(constant, []))
    assert Gap("/v", "const", {"v": ""}) in found.gaps
    lists = {"$ref": "#/$defs/a", "$defs": {"a": {"type": "array", "items": {"$ref": "#/$defs/a"}}}}
    endless = {"$ref": "#/$defs/a", "$defs": {"a": lists["$defs"]["a"] | {"minItems": 1}}}
    assert _between(endless, {"type": "null"}).is_proved
    assert not _between(lists, endless).is_proved


def test_documents():
    """Schemas of several documents are compared; the same URI in other documents is another schema."""
    before = {FIRST: {"$ref": "second#/$defs/one"}, SECOND: {"$defs": {"one": {"enum": [1, 2]}}}}
    after = {**before, SECOND: {"$defs": {"one": {"enum": [1]}}}}
    old, new = (Allowed(each.__getitem__, FIRST) for each in (before, after))
    assert inclusion(new, old).is_proved
    assert inclusion(old, new).gaps == (Gap("", "enum", 2),)


def test_what_cannot_be_written():
    """Where only a number between two neighbouring floats would show it, nothing is proved, nor claimed."""
    found = _between({"exclusiveMinimum": 1, "exclusiveMaximum": 1.0000000000000002}, {"not": {"type": "number"}})
    assert not found.is_proved
    assert found.gaps == ()
    assert [doubt.pointer for doubt in found.doubts] == [""]


def test_beyond_64_bits():
    """A witness is a number as JSON is read, which has none but floats beyond 64 bits, and can be written again."""
    assert [dump(gap.witness) for gap in _between({"minimum": -1e300}, {"minimum": 0}).gaps] == [b"-1e+300"]
    assert [gap.witness for gap in _between({"exclusiveMinimum": -1e300}, {"minimum": 0}).gaps] == [-1]


def test_properties_in_one_order():
    """The properties that several rules ask of a witness are in one order, in each process."""
    rules = {f"^o{{1,{number}}}$": {"required": [name]} for number, name in enumerate("hcafbedg", 1)}
    narrow = {"required": ["o"], "properties": {"o": {"type": "object"}}, "patternProperties": rules}
    (gap,) = _between({"type": "object", **narrow}, {"properties": {"o": {"maxProperties": 3}}}).gaps
    assert list(gap.witness["o"]) == list("abcdefgh")


def test_no_time():
    """Without any time, what is not equal is a doubt with its reason."""
    found = _between({"minimum": 2}, {"minimum": 1}, seconds=-1)
    assert not found.is_proved
    assert found.gaps == ()
    assert found.doubts[0].reason == "there is too much to look at"


def test_what_does_not_change_is_asked_once(monkeypatch):
    """Of a large value, of which each of many rules has one field changed, not all is asked anew for each rule."""
    asked = 0

    def asking(text):
        nonlocal asked
        asked += 1
        return FORMATS["uri"](text)

    monkeypatch.setattr(satisfying, "FORMATS", {**FORMATS, "uri": asking})
    groups, fields = 20, [f"field {number}" for number in range(20)]
    field = {"type": "string", "format": "uri"}

    def schema(field):
        group = {"type": "object", "properties": dict.fromkeys(fields, field), "required": fields}
        names = [f"group {number}" for number in range(groups)]
        return {"type": "object", "properties": dict.fromkeys(names, group), "required": names}

    base = {name: dict.fromkeys(fields, "a:b") for name in schema(field)["properties"]}
    found = _between(schema(field), schema(field | {"maxLength": 9}), base=base, seconds=60)
    assert len(found.gaps) == groups * len(fields)
    assert asked < 100 * len(found.gaps)
