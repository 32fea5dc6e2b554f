"""The catalogs in the hands of somebody else's tool: nothing of ours is asked here."""

import json
from pathlib import Path

import jsonschema_rs
import pytest

from notify_contracts.catalog import builtin_names, data_folder

FOLDERS = [data_folder() / name for name in builtin_names()] + [Path(__file__).parent / "catalogs" / "parcels"]


def _registry(folder):
    documents = [json.loads(path.read_bytes()) for path in folder.rglob("*.json") if path.parent.name != "cases"]
    return jsonschema_rs.Registry([(document["$id"], document) for document in documents if "$id" in document])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_event_file_as_it_stands(folder):
    """An event type's file, handed to a JSON Schema tool as it is, accepts the valid cases and no others."""
    registry = _registry(folder)
    wrong = []
    for file in sorted(folder.glob("events/*.json")):
        schema = json.loads(file.read_bytes())
        validator = jsonschema_rs.Draft202012Validator(schema, registry=registry, validate_formats=True)
        cases = json.loads((folder / "cases" / file.name).read_bytes())
        misjudged = [case for case in cases if validator.is_valid(case["notification"]) != case["valid"]]
        wrong += [f"{file.name}: {case['description']}" for case in misjudged]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_schemas_are_schemas(folder):
    """Every schema document keeps the metaschema of JSON Schema 2020-12."""
    for path in _files(folder):
        if _shape(path) == "catalog" and path.name != "catalog.json":
            jsonschema_rs.meta.validate(json.loads(path.read_bytes()))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_files_keep_their_published_shape(folder):
    """Every file of a catalog keeps the schema that is published for its kind, for any tool."""
    for path in _files(folder):
        shape = json.loads((data_folder() / f"{_shape(path)}.schema.json").read_bytes())
        assert jsonschema_rs.Draft202012Validator(shape).is_valid(json.loads(path.read_bytes())), path


def _files(folder):
    files = sorted(folder.rglob("*.json"))
    assert {_shape(path) for path in files} == {"catalog", "case", "lifecycle"}
    return files


def _shape(path):
    """Return the name of the schema that is published for files like this one."""
    if path.parent.name == "cases":
        return "case"
    return "lifecycle" if path.name == "lifecycles.json" else "catalog"
