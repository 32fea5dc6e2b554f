"""Where schemas refer to others of which some cannot be said, `catalog import` refuses nothing that was allowed."""

import json
from random import Random

import jsonschema
import pytest

from notify_contracts._drafting import write
from notify_contracts._drafting.importing import from_asyncapi
from notify_contracts._drafting.importing.shared import Shared
from notify_contracts.catalog import Catalog
from notify_contracts.errors import CatalogError
from tests.random_schemas import schema, value

UNSAID = ({"propertyNames": {"pattern": "(?=a)a"}}, {"unknown": 1}, {"patternProperties": {"(?<=a)b": False}})
*REFERENCES, NONE = (f"#/components/schemas/{name}" for name in "ABCD")
SENT = {
    "message_id": "5d4fbb7a-7d0e-4c0f-9a86-1c8d7c0f5d11", "publisher_id": "house:1", "event_type": "a.b",
    "priority": "INFO", "timestamp": "2026-11-22 09:32:55.730800",
}  # fmt: skip


def _imported(folder, schemas, *payloads):
    messages = {f"m{number}": {"name": "a.b", "payload": each} for number, each in enumerate(payloads)}
    channels = {"c": {"address": "house.info", "messages": messages}}
    file = folder / "house.json"
    file.write_text(json.dumps({"asyncapi": "3.0.0", "channels": channels, "components": {"schemas": schemas}}))
    result = from_asyncapi(file, "house")
    write(result.files, folder / "out")
    return result, Catalog(folder / "out")


def _conforms(catalog, payload):
    return catalog.check(SENT | {"payload": payload}).conforms


A, B, C = ({"$ref": reference} for reference in REFERENCES)
CLOSED = {"type": "object", "properties": {"a": {"type": "string"}}, "unevaluatedProperties": False}
OTHER = {"type": "object", "properties": {"b": {"type": "string"}}, "unevaluatedProperties": False}
LESS = {
    "one of several": ({"oneOf": [A, B]}, {"a": "x"}),
    "one of several within": ({"properties": {"c": {"oneOf": [{"items": A}, {"items": B}]}}}, {"c": [{"a": "x"}]}),
    "what is refused": ({"not": A}, {"c": 1}),
    "through another": ({"not": C}, {"deep": {"c": 1}}),
    "a condition": ({"if": A, "then": {"required": ["a"]}}, {"c": 1}),
}


@pytest.mark.parametrize(("payload", "allowed"), LESS.values(), ids=LESS)
def test_what_refers_to_less(tmp_path, payload, allowed):
    """Whether a schema stands in a place or is referred to there, what says less of it refuses nothing more."""
    through = {"type": "object", "properties": {"deep": A, "again": C}, "required": ["deep"]}
    result, catalog = _imported(tmp_path, {"A": CLOSED, "B": OTHER, "C": through}, {"type": "object", **payload})
    assert _conforms(catalog, allowed)
    assert any("unevaluatedProperties" in each.where for each in result.left_out)


def test_what_refers_to_all(tmp_path):
    """Where all that is referred to can be said, round about or not, one of several is one, and `not` is not."""
    schemas = {"A": {"type": "object", "properties": {"a": A}, "required": ["b"]}, "B": {"minProperties": 1}}
    _, catalog = _imported(
        tmp_path, schemas, {"type": "object", "properties": {"c": {"oneOf": [A, B]}, "d": {"not": A}}}
    )
    assert _conforms(catalog, {"c": {"a": {}}, "d": {"a": 1}})
    assert not _conforms(catalog, {"c": {"b": 1}})
    assert not _conforms(catalog, {"d": {"b": 1}})


def test_what_counts_for_nothing(tmp_path):
    """What stands beside a reference, where nothing counts, is no rule that was left out."""
    stated = {"oneOf": [A | {"maxLength": 1}, {"type": ["string", "null"]}]}
    _, catalog = _imported(tmp_path, {"A": {"type": "string"}}, {"type": "object", "properties": {"a": stated}})
    assert _conforms(catalog, {"a": None})
    assert not _conforms(catalog, {"a": "both"})


@pytest.mark.parametrize("last", [{"unknown": 1}, {"type": "null"}])
def test_each_is_looked_at_once(last, tmp_path, monkeypatch):
    """However many schemas lead to one of which some cannot be said, each is looked at once for that."""
    looked = []
    leading = Shared.leading
    monkeypatch.setattr(Shared, "leading", lambda self, place: looked.append(place) or leading(self, place))
    refers = [{"$ref": f"#/components/schemas/s{number}"} for number in range(51)]
    schemas = {
        f"s{number}": {"properties": {"a": {"oneOf": [refers[number + 1], {"type": "boolean"}]}}}
        for number in range(50)
    }
    _imported(tmp_path, {**schemas, "s50": last}, {"type": "object", "properties": {"a": refers[0]}})
    assert len(looked) == len(set(looked)) == 50


def _alike(made):
    """Leave out what validators read in their own ways, and what stands beside a reference, where nothing counts."""
    if isinstance(made, list):
        return [_alike(each) for each in made]
    if not isinstance(made, dict):
        return made
    if isinstance(made.get("$ref"), str):
        return {"$ref": made["$ref"]}
    return {name: _alike(each) for name, each in made.items() if name not in ("multipleOf", "format")}


def _foreign(chance, references):
    made = _alike(schema(chance, references))
    return {**made, **chance.choice(UNSAID)} if "$ref" not in made and chance.random() < 0.5 else made


@pytest.mark.parametrize("seed", range(60))
def test_allows_what_was_allowed(seed, tmp_path):
    """What a document of several schemas accepts, its catalog accepts."""
    chance = Random(seed)
    schemas = {name: _foreign(chance, REFERENCES[number + 1 :] or (NONE,)) for number, name in enumerate("ABC")}
    kind = chance.choice(("oneOf", "anyOf", "allOf"))
    payload = {"type": "object", "properties": {"a": {kind: [A, B]}, "b": {"not": A}, "c": {"if": B, "then": False}}}
    reference = jsonschema.Draft202012Validator({**payload, "components": {"schemas": {**schemas, "D": {}}}})
    try:
        _, catalog = _imported(tmp_path, {**schemas, "D": {}}, payload)
    except CatalogError:
        pytest.skip("nothing keeps it")
    for _ in range(60):
        one = {name: value(chance) for name in chance.sample("abc", 2)}
        assert not reference.is_valid(one) or _conforms(catalog, one), (schemas, payload, one)


def test_two_messages_of_one_event_type(tmp_path):
    """Where two whole notifications have one event type and priority, either may come, with the envelope of either."""
    names = {"event_type": {"const": "a.b"}, "priority": {"const": "INFO"}}
    one = {"publisher_id": {"const": "one"}, "timestamp": {"const": 7}, "payload": {"type": "string"}}
    other = {"publisher_id": {"const": "other"}, "payload": {"type": "integer"}}
    both = [{"type": "object", "properties": names | each} for each in (one, other)]
    _, catalog = _imported(tmp_path, {}, *both)
    assert catalog.check(SENT | {"publisher_id": "one", "payload": "x", "timestamp": 7}).conforms
    assert catalog.check(SENT | {"publisher_id": "other", "payload": 1}).conforms
    assert [each.pointer for each in catalog.check(SENT | {"payload": 1}).violations] == ["/publisher_id"]


def test_whole_notifications_of_any_priority(tmp_path):
    """That a whole notification says no priority, and which was taken, is listed."""
    names = {"event_type": {"const": "a.b"}, "priority": {"type": "string"}, "payload": {}}
    file = tmp_path / "house.json"
    channels = {"c": {"address": "house", "messages": {"m": {"payload": {"type": "object", "properties": names}}}}}
    file.write_text(json.dumps({"asyncapi": "3.0.0", "channels": channels}))
    result = from_asyncapi(file, "house")
    assert "it says no priority: taken as INFO" in {each.why for each in result.left_out}
