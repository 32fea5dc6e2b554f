"""`generate --broken` into a folder: case files of a catalog, sound, few, and complete."""

import json
import shutil

import pytest

from notify_contracts.catalog import load, misshapen
from notify_contracts.generate import minimal_broken
from tests.test_rule_coverage import _Documents, _is_out_of_reach


@pytest.fixture
def bare(parcels, tmp_path):
    """Return a catalog without cases."""
    copy = shutil.copytree(parcels.parent / "sensors", tmp_path / "sensors")
    shutil.rmtree(copy / "cases", ignore_errors=True)
    return copy


def test_sound(run, bare):
    """Lint accepts the files, they hold what must pass and what must fail, and the same seed makes the same."""
    for folder in ("cases/", "again/"):
        assert run("generate", "--catalog", bare, "--broken", "--seed", 3, "--output", f"{bare}/{folder}") == (
            0,
            "",
            "",
        )
    files = sorted((bare / "cases").iterdir())
    assert [path.stem for path in files] == list(load(bare).event_types)
    assert [path.read_bytes() for path in files] == [path.read_bytes() for path in sorted((bare / "again").iterdir())]
    for path in files:
        cases = json.loads(path.read_bytes())
        assert list(misshapen("cases", cases)) == []
        assert {case["valid"] for case in cases} == {True, False}
        assert len({case["description"] for case in cases}) == len(cases)
    shutil.rmtree(bare / "again")
    assert run("catalog", "lint", bare) == (0, "0 problems\n", "")


def test_every_rule(parcels, catalog_of):
    """Every rule of a contract that can be broken is broken, and no rule twice at one place."""
    folder = parcels.parent / "sensors"
    catalog, documents = catalog_of(folder), _Documents(folder)
    for contract in catalog.contracts:
        cases = list(minimal_broken(catalog, contract))
        rules = {rule for rule, _ in documents.rules(contract.uri) if not _is_out_of_reach(rule)}
        left = rules - documents.broken(contract.uri, [case.content for case in cases])
        assert left == set()
        broken = [case.violation for case in cases if case.violation.keyword != "additionalProperties"]
        assert len({(each.pointer, each.keyword) for each in broken}) == len(broken)


def test_never_overwrites(run, bare):
    """A file that is there is named, it stays as it is, and no other is written."""
    (bare / "cases").mkdir()
    mine = bare / "cases" / f"{load(bare).event_types[-1]}.json"
    mine.write_text("mine")
    ran = run("generate", "--catalog", bare, "--broken", "--output", bare / "cases")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert f"{mine}: is there already" in ran.err
    assert [(path, path.read_text()) for path in (bare / "cases").iterdir()] == [(mine, "mine")]


def test_count_says_nothing(run, bare):
    """A number of cases makes no sense there, and of a file it is ten by default."""
    assert run("generate", "--catalog", bare, "--broken", "--count", 3, "--output", f"{bare}/cases/").status == 2
    assert run("generate", "--catalog", bare, "--broken", "--seed", 1).out.count("\n") == 10
