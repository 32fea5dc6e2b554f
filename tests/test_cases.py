"""The conformance suite: every case of every catalog gives exactly what it declares, on both engines."""

from pathlib import Path

import pytest

from notify_contracts._schema.engines import ENGINES
from notify_contracts.catalog import Case, builtin_names, cases_of, data_folder, load
from notify_contracts.errors import CatalogError
from notify_contracts.model import Unreadable, Verdict, Violation
from tests.telling import telling

FOLDERS = [data_folder() / name for name in builtin_names()] + [Path(__file__).parent / "catalogs" / "parcels"]
FILES = [path for folder in FOLDERS for path in sorted(folder.glob("cases/*.json"))]


def _label(value):
    return f"{value.parent.parent.name}/{value.stem}" if isinstance(value, Path) else value


# Each engine is asked of every case; the reference engine, which takes its time, where nothing is left out.
@pytest.mark.parametrize("engine", telling(ENGINES, ["jsonschema-rs"]))
@pytest.mark.parametrize("file", FILES, ids=_label)
def test_cases(file, engine, catalog_of):
    """A case gives exactly the violations that it declares: none too many, none too few, none twice."""
    catalog = catalog_of(file.parent.parent, engine)
    wrong = []
    for case in cases_of(catalog, file.stem):
        declared = [(violation.pointer, violation.keyword) for violation in case.violations]
        verdict = catalog.check(case.notification)
        found = sorted((violation.pointer, violation.keyword) for violation in verdict.violations)
        if (found, verdict.conforms) != (declared, case.valid):
            wrong.append(f"{case.description}: declares {declared}, gives {found}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_contract_has_cases(folder, catalog_of):
    """Every contract has a valid and an invalid case, and every event type has a case file."""
    catalog = catalog_of(folder)
    seen = set()
    for event_type in catalog.event_types:
        for case in cases_of(catalog, event_type):
            seen.add((catalog.check(case.notification).contract, case.valid))
    expected = {(contract.id, valid) for contract in catalog.contracts for valid in (True, False)}
    assert expected - seen == set()
    assert {path.stem for path in folder.glob("cases/*.json")} == set(catalog.event_types)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_kinds_without_schema(folder, catalog_of):
    """The cases break what no schema says, too: an unknown event and, where there are such, a pair without contract."""
    catalog = catalog_of(folder)
    cases = [case for event_type in catalog.event_types for case in cases_of(catalog, event_type)]
    keywords = {violation.keyword for case in cases for violation in case.violations}
    incomplete = len(catalog.contracts) < 3 * len(catalog.event_types)
    assert ("no-contract" in keywords) == incomplete
    assert "unknown-event" in keywords


def test_cases_that_are_none(parcels_copy):
    """An event type without a case file has no cases; a file that is none of cases ends in one line."""
    catalog = load(parcels_copy)
    assert cases_of(catalog, "parcel.found") == ()
    for content in ("7", "{}", '{"a": 1}', "[[]]", '[{"description": "a"}]'):
        (parcels_copy / "cases" / "parcel.lost.json").write_text(content)
        with pytest.raises(CatalogError, match=r"parcel\.lost\.json: is no file of cases .*run catalog lint"):
            cases_of(load(parcels_copy), "parcel.lost")


def test_differences():
    """What a verdict gives too much and too little is told apart, each by pointer."""
    declared = (Violation("/a", "type", ""), Violation("/b", "enum", ""))
    case = Case("broken", {}, valid=False, violations=declared)
    given = (Violation("/b", "enum", "expected c"), Violation("/c", "type", "expected d"))
    assert case.differences(Verdict(Unreadable(""), None, given)) == (given[1:], declared[:1])
