"""What `catalog lint` finds: one thing at a time is broken in a copy of the third catalog."""

import json
from pathlib import Path

import pytest

from notify_contracts._lint import lint

EVENT = "events/parcel.accepted.json"
PAYLOAD = "payloads/parcel.json"
VALUES = "values.json"
CONTENTS = "/properties/contents/$ref"
CASES = "cases/parcel.accepted.json"
INFO = "/$defs/INFO"
MISSING = object()
ONE = json.loads((Path(__file__).parent / "catalogs" / "parcels" / EVENT).read_bytes())["$defs"]["INFO"]

BROKEN = {
    "keyword mistyped": (PAYLOAD, "/properties/kind/enums", ["letter"], PAYLOAD, "/properties/kind/enums"),
    "keyword mistyped in the envelope": ("notification.json", "/require", [], "notification.json", "/require"),
    "keyword of the wrong type": (PAYLOAD, "/properties/grams/minimum", "5", PAYLOAD, "/properties/grams/minimum"),
    "then without if": (PAYLOAD, "/then", {"type": "object"}, PAYLOAD, "/then"),
    "else without if": (PAYLOAD, "/properties/kind/else", {"type": "object"}, PAYLOAD, "/properties/kind/else"),
    "if without then and else": (PAYLOAD, "/properties/kind/if", {"type": "object"}, PAYLOAD, "/properties/kind/if"),
    "property that a pattern fits": (PAYLOAD, "/patternProperties", {"^kin": {}}, PAYLOAD, "/properties/kind"),
    "$id below the root": (
        PAYLOAD, "/properties/kind/$id", "https://parcels.example.org/contracts/kind.json", PAYLOAD,
        "/properties/kind/$id",
    ),
    "$schema below the root": (
        PAYLOAD, "/properties/kind/$schema", "https://json-schema.org/draft/2020-12/schema", PAYLOAD,
        "/properties/kind/$schema",
    ),
    "$ref to a value": (PAYLOAD, CONTENTS, "#/properties/kind/enum/0", PAYLOAD, CONTENTS),
    "keyword that tools report differently": (PAYLOAD, "/dependentRequired", {}, PAYLOAD, "/dependentRequired"),
    "$ref to a file that says nothing": (PAYLOAD, CONTENTS, "../values.json", PAYLOAD, CONTENTS),
    "keyword for another type": (
        PAYLOAD, "/properties/grams/maxLength", 5, PAYLOAD, "/properties/grams/maxLength",
    ),
    "keyword for none of several types": (
        PAYLOAD, "/properties/shelf", {"type": ["string", "null"], "maximum": 5}, PAYLOAD, "/properties/shelf/maximum",
    ),
    "required as properties do not have it": (
        PAYLOAD, "/properties/shelf", {"required": ["Row"], "properties": {"row": {}}},
        PAYLOAD, "/properties/shelf/required",
    ),
    "required where it is forbidden": (
        PAYLOAD, "/properties/shelf",
        {"required": ["rwo", "x-1"], "properties": {"row": {}}, "patternProperties": {"^x-": {}},
         "additionalProperties": False},
        PAYLOAD, "/properties/shelf/required",
    ),
    "condition that never holds": (
        PAYLOAD, "/allOf", [{"if": {"properties": {"kind": {"const": "leter"}}}, "then": {"required": ["number"]}}],
        PAYLOAD, "/allOf/0/if/properties/kind",
    ),
    "condition of a contract that never holds": (
        EVENT, f"{INFO}/properties/payload/allOf",
        [{"if": {"properties": {"kind": {"enum": ["leter", "Box"]}}}, "then": {"title": "t"}}],
        EVENT, f"{INFO}/properties/payload/allOf/0/if/properties/kind",
    ),
    "condition on another type": (
        PAYLOAD, "/allOf", [{"if": {"properties": {"grams": {"const": "one"}}}, "then": {"required": ["number"]}}],
        PAYLOAD, "/allOf/0/if/properties/grams",
    ),
    "condition beyond a limit": (
        PAYLOAD, "/allOf", [{"if": {"properties": {"grams": {"const": -1}}}, "then": {"required": ["number"]}}],
        PAYLOAD, "/allOf/0/if/properties/grams",
    ),
    "condition on what is forbidden": (
        PAYLOAD, "/properties/shelf",
        {"properties": {"row": {}}, "additionalProperties": False, "if": {"required": ["rwo"]}, "then": {"title": "t"}},
        PAYLOAD, "/properties/shelf/if/required",
    ),
    **{
        f"nothing keeps {json.dumps(schema)}": (
            PAYLOAD, "/properties/shelf", {"title": "t", **schema}, PAYLOAD, f"/properties/shelf{where}",
        )
        for schema, where in (
            ({"type": "string", "minLength": 5, "maxLength": 2}, ""),
            ({"type": "integer", "minimum": 5, "exclusiveMaximum": 5}, ""),
            ({"type": ["string", "number"], "minimum": 5, "maximum": 2, "minLength": 5, "maxLength": 2}, ""),
            ({"type": "array", "allOf": [{"minItems": 2}, {"maxItems": 1}]}, ""),
            ({"allOf": [{"type": "string"}, {"type": "integer"}]}, ""),
            ({"type": "string", "anyOf": [{"maxLength": 2}, {"type": "null"}]}, "/anyOf/1"),
            ({"type": "string", "enum": [1, 2]}, ""),
            ({"const": "A", "pattern": "^[a-z]$"}, ""),
            ({"enum": [1, 2], "allOf": [{"enum": [2, 3]}, {"enum": [3, 1]}]}, ""),
        )
    },
    "format unknown": (VALUES, "/$defs/uuid/format", "uid", VALUES, "/$defs/uuid/format"),
    "rule without a name": (VALUES, "/$defs/uuid/title", MISSING, VALUES, "/$defs/uuid/title"),
    "$ref to a file that is not there": (PAYLOAD, CONTENTS, "packing.json", PAYLOAD, CONTENTS),
    "$ref to a place that is not there": (PAYLOAD, CONTENTS, "#/$defs/content", PAYLOAD, CONTENTS),
    "$ref to a case file": (PAYLOAD, CONTENTS, "../cases/parcel.lost.json", PAYLOAD, CONTENTS),
    "$ref out of the catalog by path": (PAYLOAD, CONTENTS, "../../values.json", PAYLOAD, CONTENTS),
    "$ref out of the catalog by host": (PAYLOAD, CONTENTS, "https://example.org/a.json", PAYLOAD, CONTENTS),
    "$ref out of the catalog from a payload": (
        EVENT, f"{INFO}/properties/payload/$ref", "../../payloads/parcel.json",
        EVENT, f"{INFO}/properties/payload/$ref",
    ),
    "$ref by file URI": (PAYLOAD, CONTENTS, "file:///etc/passwd", PAYLOAD, CONTENTS),
    "$id of another place": (PAYLOAD, "/$id", "https://parcels.example.org/contracts/parcel.json", PAYLOAD, "/$id"),
    "$id of another catalog": (VALUES, "/$id", "https://example.org/contracts/values.json", VALUES, "/$id"),
    "$schema of another draft": (VALUES, "/$schema", "http://json-schema.org/draft-07/schema#", VALUES, "/$schema"),
    "id without a slash": ("catalog.json", "/id", "https://parcels.example.org/contracts", "catalog.json", "/id"),
    "version that is none": ("catalog.json", "/version", "1", "catalog.json", "/version"),
    "manifest without transport": ("catalog.json", "/transport", MISSING, "catalog.json", "/transport"),
    "title that is not the event": (EVENT, "/title", "parcel.acepted", EVENT, "/title"),
    "event constant of another event": (
        EVENT, f"{INFO}/properties/event_type/const", "parcel.lost", EVENT, f"{INFO}/properties/event_type/const",
    ),
    "priority constant of another priority": (
        EVENT, f"{INFO}/properties/priority/const", "WARN", EVENT, f"{INFO}/properties/priority/const",
    ),
    "contract without a description": (EVENT, f"{INFO}/description", MISSING, EVENT, f"{INFO}/description"),
    "contract without an example": (EVENT, f"{INFO}/examples", [], EVENT, f"{INFO}/examples"),
    "contract without the envelope": (EVENT, f"{INFO}/$ref", "../values.json", EVENT, f"{INFO}/$ref"),
    "contract that oneOf does not list": (
        "events/parcel.lost.json", "/oneOf/1", MISSING, "events/parcel.lost.json", "/oneOf",
    ),
    "contract of a priority that is no word": (EVENT, "/$defs/on time", ONE, EVENT, "/$defs"),
    "priority that the envelope does not allow": (
        "notification.json", "/properties/priority/enum", ["INFO", "ERROR"],
        "events/parcel.lost.json", "/$defs/WARN",
    ),
    "secret that is called otherwise": ("catalog.json", "/secrets", ["pin", "signtaure"], "catalog.json", "/secrets/1"),
    "routing key that is none": (
        "catalog.json", "/transport/routing_key", "{topic}.{level}", "catalog.json", "/transport/routing_key",
    ),
    "routing key that is a wildcard": (
        "catalog.json", "/transport/routing_key", "{topic}.#", "catalog.json", "/transport/routing_key",
    ),
    "example that breaks its contract": (
        EVENT, f"{INFO}/examples/0/payload/grams", "heavy", EVENT, f"{INFO}/examples/0/payload/grams",
    ),
    "example of another contract": (
        "events/parcel.lost.json", "/$defs/ERROR/examples/0/priority", "WARN",
        "events/parcel.lost.json", "/$defs/ERROR/examples/0",
    ),
    "example of an unknown event": (
        EVENT, f"{INFO}/examples/0/event_type", "parcel.acepted", EVENT, f"{INFO}/examples/0/event_type",
    ),
    "case that passes and should not": (
        CASES, "/2/notification/message_id", "0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de", CASES, "/2",
    ),
    "case that fails and should not": (CASES, "/0/notification/payload/grams", "heavy", CASES, "/0"),
    "case that declares another violation": (CASES, "/2/violations/0/keyword", "type", CASES, "/2"),
    "case that is both": (CASES, "/0/valid", False, CASES, "/0/violations"),
    "case with an unknown keyword": (CASES, "/2/violations/0/keyword", "missing", CASES, "/2/violations/0/keyword"),
    "case with the description of another": (
        CASES, "/1/description", "INFO: with everything a parcel can have", CASES, "/1/description",
    ),
    "cases for an event type that is not there": (
        "cases/parcel.found.json", "", [{
            "description": "INFO: found", "valid": False,
            "violations": [{"pointer": "/event_type", "keyword": "unknown-event"}],
            "notification": {
                "message_id": "0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de", "publisher_id": "depot.leipzig",
                "event_type": "parcel.found", "priority": "INFO", "timestamp": "2026-03-01T06:30:00Z", "payload": "",
            },
        }],
        "cases/parcel.found.json", "",
    ),
}  # fmt: skip
SOUND = {
    "keywords for each of several types": (
        "/properties/shelf", {"type": ["string", "integer", "null"], "minLength": 1, "minimum": 1},
    ),
    "keywords without a type": ("/properties/shelf", {"minLength": 1, "minimum": 1, "required": ["a"]}),
    "what is forbidden on purpose": ("/properties/shelf", {"title": "nothing", "not": {}}),
    "what is forbidden on a condition": (
        "/allOf",
        [{"if": {"required": ["x-a"]}, "then": {"title": "t", "properties": {"labels": {"type": "null"}}}}],
    ),
    "limits that leave one value": ("/properties/shelf", {"type": "integer", "minimum": 5, "maximum": 5}),
    "limits that leave one type": ("/properties/shelf", {"type": ["integer", "null"], "minimum": 5, "maximum": 4}),
    "a list of which one value is left": ("/properties/shelf", {"type": "string", "enum": [1, "a"]}),
    "required without properties": ("/allOf", [{"if": {"required": ["due"]}, "then": {"required": ["labels"]}}]),
    "required that a pattern allows": (
        "/properties/shelf",
        {"required": ["x-1"], "patternProperties": {"^x-": {}}, "properties": {"y": {}}, "additionalProperties": False},
    ),
    "required where more is allowed": ("/properties/shelf", {"required": ["row"], "properties": {"place": {}}}),
    "a condition that may hold": (
        "/allOf", [{"if": {"properties": {"kind": {"enum": ["letter", "Box"]}}}, "then": {"title": "a letter"}}],
    ),
    "a condition within an alternative": (
        "/anyOf",
        [{"title": "a", "properties": {"due": {"const": "2026-03-04"}}},
         {"title": "b", "if": {"properties": {"due": {"const": "2027-03-04"}}}, "then": {"title": "c"}}],
    ),
    "1 and 1.0": (
        "/properties/shelf",
        {"properties": {"row": {"enum": [1]}}, "if": {"properties": {"row": {"const": 1.0}}}, "then": {"title": "t"}},
    ),
}  # fmt: skip
PATTERNS = {
    "digits": r"^\d{9}$", "word": r"^\w+$", "space": r"\s", "boundary": r"\bRR", "dot": "^R.*$", "letters": r"^\p{L}+$",
    "look-ahead": "^(?=RR)", "look-behind": "(?<!R)R", "back-reference": r"([A-Z])\1", "named group": "(?P<c>[A-Z])",
    "flag": "(?i)rr", "end of text": r"RR\Z", "possessive": "^R*+$", "possessive count": "^R{2}+$", "atomic": "^(?>R)$",
    "class intersection": "[a-z&&[aeiou]]", "class union": "[a||b]", "POSIX class": "[[:alpha:]]", "range": "[Z-A]",
    "unbalanced": "(RR", "nothing to repeat": "*R", "repeated anchor": "^*R", "brace": "R{", "bracket": "R]",
}  # fmt: skip


def _change(folder, file, pointer, value):
    path = folder / file
    if not pointer:
        path.write_text(json.dumps(value))
        return
    document = json.loads(path.read_bytes())
    *parents, last = pointer.split("/")[1:]
    place = document
    for part in parents:
        place = place[int(part) if isinstance(place, list) else part]
    last = int(last) if isinstance(place, list) else last
    if value is MISSING:
        del place[last]
    else:
        place[last] = value
    path.write_text(json.dumps(document))


def _places(folder):
    return {(problem.file, problem.pointer) for problem in lint(folder)}


def test_third_catalog_is_sound(parcels):
    """A catalog that is not Glance's and uses every keyword there is has no problem."""
    assert list(lint(parcels)) == []


@pytest.mark.parametrize("broken", BROKEN)
def test_problem(broken, parcels_copy):
    """One broken thing is a problem at exactly its file and pointer, and nowhere else."""
    file, pointer, value, expected_file, expected_pointer = BROKEN[broken]
    _change(parcels_copy, file, pointer, value)
    problems = list(lint(parcels_copy))
    assert {(problem.file, problem.pointer) for problem in problems} == {(expected_file, expected_pointer)}
    for problem in problems:
        assert str(problem).isprintable()


def test_name_that_is_declared_otherwise(parcels_copy):
    """Where more is allowed than is declared, an example's member whose name is declared otherwise is a problem."""
    thing = {"properties": {"Name": {"type": "string"}, "name_": {}, "contents": {"$ref": "#/$defs/contents"}}}
    _change(parcels_copy, PAYLOAD, "/$defs/thing", thing)
    found = {
        place.removeprefix(f"{INFO}/examples/0/payload/") for file, place in _places(parcels_copy) if file == EVENT
    }
    first, second = "contents/0", "contents/0/contents/1"
    assert found == {f"{place}/name" for place in (first, f"{first}/contents/0", second, f"{second}/contents/0")}
    _change(parcels_copy, PAYLOAD, "/$defs/thing/properties/name", {})
    assert not any(file == EVENT for file, _ in _places(parcels_copy))


def test_a_contract_that_contradicts_what_it_refers_to(parcels_copy):
    """What nothing can keep of what a contract and its payload's file say of one property is a problem there."""
    _change(parcels_copy, PAYLOAD, "/properties/shelf", {"type": "integer", "minimum": 5})
    here = f"{INFO}/properties/payload/properties"
    _change(parcels_copy, EVENT, here, {"shelf": {"maximum": 5}})
    assert not _places(parcels_copy)
    for contradicting in ({"maximum": 4}, {"type": "string"}, {"enum": [4, 5.5]}):
        _change(parcels_copy, EVENT, here, {"shelf": contradicting})
        assert _places(parcels_copy) == {(EVENT, f"{here}/shelf")}


@pytest.mark.parametrize("sound", SOUND)
def test_what_may_well_be_meant(sound, parcels_copy):
    """What only resembles a rule that does nothing is none."""
    _change(parcels_copy, PAYLOAD, *SOUND[sound])
    assert not _places(parcels_copy)


@pytest.mark.parametrize("name", PATTERNS)
def test_pattern_that_engines_read_differently(name, parcels_copy):
    """A regular expression outside the part that all engines share is a problem where it stands."""
    _change(parcels_copy, PAYLOAD, "/properties/number/pattern", PATTERNS[name])
    assert _places(parcels_copy) == {(PAYLOAD, "/properties/number/pattern")}


def test_pattern_of_properties(parcels_copy):
    """The same holds for the names of patternProperties, whose pointer is escaped."""
    _change(parcels_copy, PAYLOAD, "/patternProperties", {"^/\\d~": {}})
    assert _places(parcels_copy) == {(PAYLOAD, "/patternProperties/^~1\\d~0")}
