"""The conformance suite: every case of every catalog gives exactly what it declares, on both engines."""

import json
from pathlib import Path

import pytest

from notify_contracts.catalog import builtin_names, data_folder
from notify_contracts.engines import ENGINES

FOLDERS = [data_folder() / name for name in builtin_names()] + [Path(__file__).parent / "catalogs" / "parcels"]
FILES = [path for folder in FOLDERS for path in sorted(folder.glob("cases/*.json"))]


def _label(value):
    return f"{value.parent.parent.name}/{value.stem}" if isinstance(value, Path) else value


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("file", FILES, ids=_label)
def test_cases(file, engine, catalog_of):
    """A case gives exactly the violations that it declares: none too many, none too few, none twice."""
    catalog = catalog_of(file.parent.parent, engine)
    wrong = []
    for case in json.loads(file.read_bytes()):
        declared = sorted((violation["pointer"], violation["keyword"]) for violation in case["violations"])
        verdict = catalog.check(case["notification"])
        found = sorted((violation.pointer, violation.keyword) for violation in verdict.violations)
        if (found, verdict.conforms) != (declared, case["valid"]):
            wrong.append(f"{case['description']}: declares {declared}, gives {found}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_contract_has_cases(folder, catalog_of):
    """Every contract has a valid and an invalid case, and every event type has a case file."""
    catalog = catalog_of(folder)
    seen = set()
    for file in folder.glob("cases/*.json"):
        for case in json.loads(file.read_bytes()):
            seen.add((catalog.check(case["notification"]).contract, case["valid"]))
    expected = {(contract.id, valid) for contract in catalog.contracts for valid in (True, False)}
    assert expected - seen == set()
    assert {path.stem for path in folder.glob("cases/*.json")} == set(catalog.event_types)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_kinds_without_schema(folder, catalog_of):
    """The cases break what no schema says, too: an unknown event and, where there are such, a pair without contract."""
    catalog = catalog_of(folder)
    cases = [case for file in folder.glob("cases/*.json") for case in json.loads(file.read_bytes())]
    keywords = {violation["keyword"] for case in cases for violation in case["violations"]}
    incomplete = len(catalog.contracts) < 3 * len(catalog.event_types)
    assert ("no-contract" in keywords) == incomplete
    assert "unknown-event" in keywords
