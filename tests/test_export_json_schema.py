"""`catalog export --format json-schema`: schemas that need no other file and judge as the catalog does."""

import json
from urllib.parse import quote

import jsonschema
import jsonschema_rs
import pytest

from notify_contracts._schema.documents import subschemas
from notify_contracts._schema.engines import ENGINES, engine_named
from notify_contracts._schema.explaining import violations
from notify_contracts.catalog import cases_of
from tests.telling import telling

CATALOGS = ("glance-documented", "glance-emitted", "parcels")


@pytest.fixture(params=CATALOGS)
def catalog(request, catalog_of, parcels):
    """Give each catalog in turn."""
    return catalog_of(parcels if request.param == "parcels" else request.param)


@pytest.fixture
def bundles(catalog, run, tmp_path):
    """Return the schemas that are exported, by event type."""
    ran = run("catalog", "export", "--format", "json-schema", "--catalog", catalog.root, "--output", tmp_path / "out")
    assert ran == (0, "", "")
    return {path.stem: json.loads(path.read_bytes()) for path in (tmp_path / "out").iterdir()}


def _only(bundle):
    """Return documents among which there is nothing but `bundle`."""

    def documents(uri):
        assert uri == bundle["$id"], "refers to another file"
        return bundle

    return documents


def test_files(catalog, bundles):
    """There is a file per event type, a sound schema with an identity of its own and one reference per contract."""
    assert sorted(bundles) == list(catalog.event_types)
    for event_type, bundle in bundles.items():
        jsonschema.Draft202012Validator.check_schema(bundle)
        assert bundle["$id"] == f"{catalog.base}bundled/{event_type}.json"
        contracts = catalog.select(event_type)
        assert bundle["oneOf"] == [{"$ref": f"#/$defs/{contract.id}"} for contract in contracts]
        assert [tuple(bundle["$defs"][contract.id]["examples"]) for contract in contracts] == [
            contract.examples for contract in contracts
        ]


def test_references(bundles):
    """Every reference is a pointer to a definition of the same file, and no definition has an identity of its own."""
    for bundle in bundles.values():
        inner = [schema for _, schema in subschemas(bundle)][1:]
        targets = {schema["$ref"].removeprefix("#/$defs/") for schema in inner if "$ref" in schema}
        assert targets == set(bundle["$defs"])
        assert not any({"$id", "$schema", "$defs"} & schema.keys() for schema in inner)


@pytest.mark.parametrize("engine", telling(ENGINES, ["jsonschema-rs"]))
def test_cases(engine, catalog, bundles):
    """Of every case the bundled contract says what the catalog declares, violation by violation, on both engines."""
    judged = 0
    for event_type, bundle in bundles.items():
        compiled = {
            contract.priority: engine_named(engine)(_only(bundle), f"{bundle['$id']}#/$defs/{contract.id}")
            for contract in catalog.select(event_type)
        }
        for case in cases_of(catalog, event_type):
            notification = case.notification
            if notification.get("event_type") == event_type and notification.get("priority") in compiled:
                faults = compiled[notification["priority"]].faults(notification)
                found = {(violation.pointer, violation.keyword) for violation in violations(notification, faults, None)}
                assert found == {(violation.pointer, violation.keyword) for violation in case.violations}
                judged += 1
    assert judged >= 40


def test_cases_with_the_library_alone(catalog, bundles):
    """A whole file judges every case as the catalog does, in jsonschema-rs as it comes."""
    for event_type, bundle in bundles.items():
        validator = jsonschema_rs.Draft202012Validator(bundle, validate_formats=True)
        for case in cases_of(catalog, event_type):
            assert validator.is_valid(case.notification) == case.valid, case.description


def test_draft_7(catalog, run, tmp_path):
    """As draft 7 a file judges every case as the catalog does; nothing stands beside a reference, which hides it."""
    ran = run(
        *("catalog", "export", "--format", "json-schema-draft-07", "--catalog", catalog.root),
        *("--output", tmp_path / "out"),
    )
    assert ran == (0, "", "")
    judged = 0
    for path in (tmp_path / "out").iterdir():
        bundle = json.loads(path.read_bytes())
        jsonschema.Draft7Validator.check_schema(bundle)
        assert bundle["$schema"] == jsonschema.Draft7Validator.META_SCHEMA["$id"]
        assert {len(schema) for _, schema in subschemas(bundle) if "$ref" in schema} == {1}
        validator = jsonschema_rs.Draft7Validator(bundle, validate_formats=True)
        for case in cases_of(catalog, path.stem):
            assert validator.is_valid(case.notification) == case.valid, case.description
            judged += 1
    assert judged >= 40


def test_one_document(catalog, run):
    """Without --output one schema for all that is chosen goes to standard output."""
    ran = run("catalog", "export", "--format", "json-schema", "--catalog", catalog.root)
    assert (ran.status, ran.err) == (0, "")
    bundle = json.loads(ran.out)
    assert len(bundle["oneOf"]) == len(catalog.contracts)
    validator = jsonschema_rs.Draft202012Validator(bundle, validate_formats=True)
    for contract in catalog.contracts:
        assert validator.is_valid(contract.example())
        assert not validator.is_valid(contract.example() | {"event_type": "volume.create"})


def test_chosen(run):
    """--event and --priority choose the contracts."""
    chosen = ("--event", "image.s*", "--priority", "ERROR")
    bundle = json.loads(run("catalog", "export", "--format", "json-schema", *chosen).out)
    assert bundle["oneOf"] == [{"$ref": "#/$defs/image.send-ERROR"}]


NAMES = {
    "a name that is no key": ("a b/c", "payloads.parcel.a_b_c"),
    "a name that is no ASCII": ("größe", "payloads.parcel.gr__e"),
    "a name that another has": ("thing.x", "payloads.parcel.thing.x_2"),
    "a pointer's own characters": ("~1%", "payloads.parcel._1_"),
}


@pytest.mark.parametrize("name", NAMES)
def test_names(name, run, parcels_copy):
    """Definitions have names that are the same as a key and in a reference, and none has that of another."""
    raw, expected = NAMES[name]
    path = parcels_copy / "payloads/parcel.json"
    document = json.loads(path.read_bytes())
    document["$defs"][raw] = {"type": "string", "maxLength": 3}
    document["$defs"]["thing"]["$defs"] = {"x": {"type": "string", "maxLength": 4}}
    pointer = quote(raw.replace("~", "~0").replace("/", "~1"))
    document["properties"]["a"] = {"$ref": "#/$defs/thing/$defs/x"}
    document["properties"]["b"] = {"$ref": f"#/$defs/{pointer}"}
    path.write_text(json.dumps(document))
    ran = run("catalog", "export", "--format", "json-schema", "--catalog", parcels_copy, "--event", "parcel.accepted")
    bundle = json.loads(ran.out)
    assert bundle["$defs"][expected]["maxLength"] == 3
    validator = jsonschema_rs.Draft202012Validator(bundle)
    [example] = bundle["$defs"]["parcel.accepted-INFO"]["examples"]
    for field, text, valid in (("a", "four", True), ("a", "fiver", False), ("b", "abc", True), ("b", "four", False)):
        changed = example | {"payload": example["payload"] | {field: text}}
        assert validator.is_valid(changed) == valid
