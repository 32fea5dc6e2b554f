"""The problems of a catalog, as people and programs read them: each once, where it is, alike ones together."""

import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts._lint import lint
from notify_contracts._lint.positions import Positions
from notify_contracts._report import PROBLEM_FORMATS
from notify_contracts._schema import pointer_text
from tests.telling import examples

PAYLOAD = "payloads/parcel.json"
VALUES = st.recursive(
    st.integers() | st.text(max_size=3), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@pytest.fixture
def broken(parcels_copy):
    """Break one rule, which examples and cases contradict, and the shape of another file."""
    path = parcels_copy / PAYLOAD
    path.write_text(path.read_text().replace('"minimum": 5', '"minimum": 5000'))
    loss = parcels_copy / "payloads/loss.json"
    document = json.loads(loss.read_text())
    document["defualt"] = 1
    loss.write_text(json.dumps(document, indent=2))
    return parcels_copy


def _places(value, pointer=()):
    yield pointer
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield from _places(member, (*pointer, name))


@settings(deadline=None, max_examples=examples())
@given(VALUES, st.sampled_from([None, 1, "\t"]))
def test_positions(value, indent):
    """The line and column of a pointer are where the member's key, or the item, begins in the text."""
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    positions, lines = Positions(text), text.split("\n")
    for parts in _places(value):
        line, column = positions.of(pointer_text(parts))
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        found, _ = json.JSONDecoder().raw_decode(rest)
        member = value
        for part in parts:
            holder, member = member, member[part]
        assert found == (parts[-1] if parts and isinstance(holder, dict) else member)


def test_missing_member():
    """What is missing is at what should have had it."""
    assert Positions('{\n  "a": {}}').of("/a/b") == (2, 3)


def test_all_in_one_pass(broken):
    """A file of the wrong shape does not keep what needs no part of it from being examined."""
    found = {(problem.file, problem.message.partition(" ")[0]) for problem in lint(broken)}
    assert ("payloads/loss.json", "expected") in found
    assert ("events/parcel.accepted.json", "example") in found
    assert not {file for file, _ in found} & {"events/parcel.lost.json", "cases/parcel.lost.json"}


def test_each_once(broken):
    """What both engines find is one problem."""
    found = [str(problem) for problem in lint(broken)]
    assert len(set(found)) == len(found)
    assert not any("(jsonschema" in problem for problem in found)


def test_groups(broken, run):
    """Of what is alike the first is shown with its place, its remedy and how many there are; cases come last."""
    ran = run("catalog", "lint", broken)
    lines = ran.out.splitlines()
    heads = [line for line in lines if not line.startswith("    ")]
    assert "cases/" in heads[-2]
    assert "cases/" not in heads[0]
    assert any("more like it, in " in line for line in lines)
    assert "    declare the violation in the case, or correct the rule" in lines
    found = json.loads(run("catalog", "lint", broken, "--format", "json").out)["problems"]
    assert heads[-1] == f"{len(found)} problems of {len(heads) - 1} kinds"


@pytest.mark.parametrize("form", PROBLEM_FORMATS)
def test_formats(form, broken, run):
    """Every form names the file, and has the same exit status; none of them is empty where all is well."""
    ran = run("catalog", "lint", broken, "--format", form)
    assert (ran.status, ran.err) == (1, "")
    assert "loss.json" in ran.out
    assert ran.out.endswith("\n")


@pytest.mark.parametrize("form", PROBLEM_FORMATS)
def test_nothing(form, parcels, run):
    """A sound catalog is said to be sound in every form."""
    ran = run("catalog", "lint", parcels, "--format", form)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out


def test_programs(broken, run):
    """Programs get the path, the line and the column of each problem."""
    problems = json.loads(run("catalog", "lint", broken, "--format", "json").out)["problems"]
    (one,) = (problem for problem in problems if problem["file"] == "payloads/loss.json")
    line = (broken / "payloads/loss.json").read_text().splitlines()[one["line"] - 1]
    assert line[one["column"] - 1 :].startswith('"defualt"')
    sarif = json.loads(run("catalog", "lint", broken, "--format", "sarif").out)["runs"][0]["results"]
    regions = [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in sarif]
    assert regions == [problem["line"] for problem in problems]
    suites = ET.fromstring(run("catalog", "lint", broken, "--format", "junit").out)
    assert int(suites.get("failures")) == len({problem["file"] for problem in problems})
    annotation = run("catalog", "lint", broken, "--format", "github").out.splitlines()[0]
    assert annotation.startswith(f"::error file={Path(broken)}/")


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("events/parcel.lost.json", lambda d: d["$defs"].update({"a place": {"type": "string"}}), "values.json"),
        (PAYLOAD, lambda d: d["properties"]["kind"].update({"default": "letter"}), '"description"'),
        (PAYLOAD, lambda d: d.pop("title"), "give it a title"),
    ],
)
def test_remedies(file, change, said, parcels_copy, run):
    """What is written at the wrong place is told where it belongs."""
    document = json.loads((parcels_copy / file).read_bytes())
    change(document)
    (parcels_copy / file).write_text(json.dumps(document))
    assert said in run("catalog", "lint", parcels_copy).out


@pytest.mark.parametrize("form", PROBLEM_FORMATS)
def test_names_that_are_no_text(form, broken, run):
    """A folder and a file whose names are not UTF-8 are named in every format."""
    folder = Path(os.fsdecode(os.fsencode(broken) + b"\xff"))
    broken.rename(folder)
    (folder / os.fsdecode(b"events/z\xff.json")).write_text("{")
    ran = run("catalog", "lint", folder, "--format", form)
    assert (ran.status, ran.err) == (1, "")
    assert re.search(r"z(\\+udcff|%FF)\.json", ran.out), ran.out
    if form in ("json", "sarif"):
        assert json.loads(ran.out)
