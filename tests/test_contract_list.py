"""Which contracts the built-in catalogs have: exactly those of the guide and those of the wire."""

import json
from pathlib import Path

import pytest

from notify_contracts.catalog import builtin_names, data_folder
from notify_contracts.errors import CatalogError

DOCUMENTED = {
    "image": ("activate", "create", "delete", "prepare", "send", "update", "upload"),
    "task": ("failure", "processing", "run", "success"),
}
EMITTED = {
    "image": ("activate", "create", "delete", "prepare", "send", "update", "upload"),
    "image.member": ("create", "delete", "update"),
    "metadef_namespace": ("create", "delete", "delete_objects", "delete_properties", "delete_tags", "update"),
    "metadef_object": ("create", "delete", "update"),
    "metadef_property": ("create", "delete", "update"),
    "metadef_resource_type": ("create", "delete"),
    "metadef_tag": ("create", "delete", "update"),
    "task": ("create", "delete", "failure", "processing", "run", "success"),
}


def _at(table, *priorities):
    return {(f"{noun}.{verb}", priority) for noun, verbs in table.items() for verb in verbs for priority in priorities}


PAIRS = {
    "glance-documented": _at(DOCUMENTED, "INFO", "WARN", "ERROR"),
    "glance-emitted": _at(EMITTED, "INFO") | _at({"image": ("upload", "send")}, "ERROR"),
}
SIZES = {"glance-documented": (11, 33), "glance-emitted": (33, 35)}


def test_builtin_catalogs():
    """There are two built-in catalogs, and the default one comes first."""
    assert builtin_names() == ("glance-documented", "glance-emitted")


@pytest.mark.parametrize("name", PAIRS)
def test_pairs(name, catalog_of):
    """A catalog has exactly the pairs of event type and priority that its source has."""
    catalog = catalog_of(name)
    assert {(contract.event_type, str(contract.priority)) for contract in catalog.contracts} == PAIRS[name]
    assert (len(catalog.event_types), len(catalog.contracts)) == SIZES[name]
    assert catalog.name == name


@pytest.mark.parametrize("name", PAIRS)
def test_contract_by_pair(name, catalog_of):
    """A contract is found by its pair, has an id made of it, and a pair without one is an error that says so."""
    catalog = catalog_of(name)
    for event_type in catalog.event_types:
        for priority in ("INFO", "WARN", "ERROR", "CRITICAL"):
            if (event_type, priority) in PAIRS[name]:
                assert catalog.contract(event_type, priority).id == f"{event_type}-{priority}"
            else:
                with pytest.raises(CatalogError, match=f'for {event_type}, found "{priority}"'):
                    catalog.contract(event_type, priority)


def test_contract_of_unknown_event(catalog_of):
    """Asking for an event type that is not there names the one that was meant."""
    with pytest.raises(CatalogError, match=r'found "image\.crate"; did you mean "image\.create"\?'):
        catalog_of("glance-documented").contract("image.crate", "INFO")


def test_select(catalog_of):
    """Contracts are selected by a glob of event types and by priority."""
    catalog = catalog_of("glance-documented")
    assert [c.id for c in catalog.select("task.*", "WARN")] == [
        "task.failure-WARN", "task.processing-WARN", "task.run-WARN", "task.success-WARN",
    ]  # fmt: skip
    assert catalog.select() == catalog.contracts
    assert catalog.select("image") == ()


@pytest.mark.parametrize("name", PAIRS)
def test_words(name, catalog_of):
    """Every contract has a title, a description and the source of its rules, each of its own."""
    contracts = catalog_of(name).contracts
    for contract in contracts:
        assert contract.title == f"{contract.event_type} {contract.priority}"
        assert contract.description
        assert contract.source.startswith("Source: ")


@pytest.mark.parametrize("name", PAIRS)
def test_examples(name, catalog_of):
    """Every contract has an example that conforms to it and to no other, and `example()` is a copy to play with."""
    catalog = catalog_of(name)
    for contract in catalog.contracts:
        assert contract.examples
        for example in contract.examples:
            verdict = catalog.check(example)
            assert (verdict.contract, verdict.violations) == (contract.id, ())
        contract.example()["payload"] = None
        assert contract.example() == contract.examples[0]


@pytest.mark.parametrize("name", PAIRS)
def test_event_files_stand_alone(name, catalog_of):
    """An event type's file is plain JSON Schema 2020-12 whose contracts can be addressed by priority."""
    catalog = catalog_of(name)
    for contract in catalog.contracts:
        document = json.loads((data_folder() / name / "events" / f"{contract.event_type}.json").read_bytes())
        assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert contract.uri == f"{document['$id']}#/$defs/{contract.priority}"
        assert document["$defs"][contract.priority] == contract.schema


def test_no_python_in_contracts():
    """The contracts are data for any language: JSON and one README, no Python."""
    kinds = {path.suffix for path in data_folder().rglob("*") if path.is_file()}
    assert kinds <= {".json", ".md"}
    assert not list(Path(data_folder()).rglob("__init__*"))
