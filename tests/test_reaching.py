"""What a schema allows at a place: never less than a value has that keeps it, and nothing where it is closed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notify_contracts._schema import can_have, json_type, must_have
from tests.random_schemas import BASE, documents, found_by_both, value
from tests.telling import examples

ROOT = "https://reaching.example.org/"
CLOSED = {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False}
REFUSING = {
    "a name that is not declared": (CLOSED, ("b",)),
    "what is within a text": (CLOSED, ("a", "b")),
    "a place that is false": ({"properties": {"a": False}}, ("a",)),
    "a reference": ({"$ref": "#/$defs/one", "$defs": {"one": CLOSED}}, ("b",)),
    "one of allOf": ({"allOf": [{}, CLOSED]}, ("b",)),
    "all of anyOf": ({"anyOf": [CLOSED, {"type": "string"}]}, ("b",)),
    "the values of a map": ({"additionalProperties": CLOSED}, ("any", "b")),
    "the names of a pattern": ({"patternProperties": {"^x": CLOSED}, "additionalProperties": False}, ("y",)),
    "an item beyond all": ({"type": "array", "prefixItems": [CLOSED], "items": False}, ("1",)),
    "an item": ({"type": "array", "items": CLOSED}, ("3", "b")),
    "what is listed": ({"enum": [{"a": 1}, "text"]}, ("b",)),
    "itself": ({"$ref": "#/$defs/one", "$defs": {"one": {**CLOSED, "allOf": [{"$ref": "#/$defs/one"}]}}}, ("b",)),
}
ALLOWING = {
    "what is declared": (CLOSED, ("a",)),
    "an open object": ({"properties": {"a": {}}}, ("b",)),
    "a map": ({"type": "object", "additionalProperties": {"type": "string"}}, ("any",)),
    "one of anyOf": ({"anyOf": [CLOSED, {"properties": {"b": {}}}]}, ("b",)),
    "a pattern": ({"patternProperties": {"^x": {}}, "additionalProperties": False}, ("xy",)),
    "an item": ({"type": "array", "prefixItems": [{"type": "string"}], "items": False}, ("0",)),
    "a name that is a number": ({"type": "object"}, ("0",)),
    "anything": (True, ("a", "b")),
    "a reference that leads nowhere": ({"$ref": "#/$defs/none"}, ("a",)),
    "a condition": ({"if": {"required": ["c"]}, "then": CLOSED}, ("b",)),
}


@pytest.mark.parametrize("what", REFUSING)
def test_refusing(what):
    """Where a schema is closed, by whatever is stated of the same value, nothing can be."""
    schema, place = REFUSING[what]
    assert not can_have({ROOT: schema}.__getitem__, ROOT, place)


@pytest.mark.parametrize("what", ALLOWING)
def test_allowing(what):
    """Where a schema is open, or says so only under a condition, something can be."""
    schema, place = ALLOWING[what]
    assert can_have({ROOT: schema}.__getitem__, ROOT, place)


def test_many_digits():
    """A name of more digits than any array has items is no item, and no error."""
    assert not can_have({ROOT: {"type": "array"}}.__getitem__, ROOT, ("9" * 10000,))


def test_types():
    """What has to be there is of one of the types that are asked for."""
    documents = {ROOT: {"properties": {"a": {"type": ["object", "null"]}, "b": {"type": "number"}}}}.__getitem__
    assert not can_have(documents, ROOT, ("a",), ("string", "integer"))
    assert can_have(documents, ROOT, ("b",), ("string", "integer"))
    assert not can_have(documents, ROOT, ("b",), ("string",))


def test_required():
    """What is required all the way down is always there, however that is stated; what is in a branch may not be."""
    one = {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/two"}}}
    two = {"required": ["b"], "anyOf": [{"required": ["c"]}, {"required": ["d"]}]}
    documents = {ROOT: {"allOf": [one], "$defs": {"two": two}}}.__getitem__
    assert must_have(documents, ROOT, ("a", "b"))
    assert not must_have(documents, ROOT, ("a", "c"))
    assert not must_have(documents, ROOT, ("b",))


@settings(deadline=None, max_examples=examples(300), suppress_health_check=list(HealthCheck))
@given(chance=st.randoms(), count=st.integers(1, 5))
def test_never_less(chance, count):
    """Whatever a value has that keeps a schema, the schema is said to allow at that place, of that type."""
    schemas, values = documents(chance), [value(chance) for _ in range(count)]
    for made, violations in zip(values, found_by_both(schemas, values), strict=False):
        for place, held in () if violations else _places(made):
            assert can_have(schemas.__getitem__, BASE, place, (json_type(held),)), (place, held)


def _places(whole, at=()):
    yield at, whole
    members = whole.items() if isinstance(whole, dict) else enumerate(whole) if isinstance(whole, list) else ()
    for name, held in members:
        yield from _places(held, (*at, str(name)))
