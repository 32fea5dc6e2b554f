"""`catalog lint` as a command: one line for each problem, the number of them, and the exit status."""

import json
import re

import pytest

from notify_contracts._untrusted import NotJsonError, loads, parse
from notify_contracts.catalog import misshapen

PROBLEM = re.compile(r"parcels/[a-z._/]+\.json#(?:/[^ ]*)?: [^\n]+")


@pytest.mark.exhaustive
def test_builtin_catalogs(run):
    """The built-in catalogs are sound, every example and every case on both engines; that it was only they is said."""
    said = "only what comes with it was looked at, glance-documented, glance-emitted: give a folder"
    assert run("catalog", "lint") == (0, "2 catalogs examined, 0 problems\n", f"notify-contracts: {said}\n")


def test_sound_folder(run, parcels):
    """A sound folder has no problems and ends with status 0."""
    assert run("catalog", "lint", parcels) == (0, "0 problems\n", "")


def test_problems(run, parcels_copy):
    """Each problem is one line with file and pointer, another says where, the last one counts, and the status is 1."""
    (parcels_copy / "values.json").write_text("{")
    (parcels_copy / "payloads" / "parcel.json").write_text('{"types": "object"}')
    ran = run("catalog", "lint", parcels_copy)
    *lines, total = ran.out.splitlines()
    problems = [line for line in lines if not line.startswith("    ")]
    assert (ran.status, ran.err) == (1, "")
    assert total == f"{len(problems)} problems"
    assert {line.partition(":")[0] for line in problems} >= {
        "parcels/values.json#",
        "parcels/payloads/parcel.json#/types",
    }
    assert all(PROBLEM.fullmatch(line) for line in problems)


NOT_JSON = {
    "cut off": b'{"title": ', "not UTF-8": b'{"title": "\xff"}', "NaN": b'{"minimum": NaN}', "empty": b"",
    "deep": b"[" * 100_000, "half a surrogate pair": b'{"title": "\\ud800"}', "comment": b"{} // a schema",
}  # fmt: skip


@pytest.mark.parametrize("content", NOT_JSON.values(), ids=NOT_JSON)
def test_not_json(content, run, parcels_copy):
    """A file that is not JSON is one problem, at that file, with the remedy, and nothing else is said."""
    (parcels_copy / "events" / "parcel.lost.json").write_bytes(content)
    ran = run("catalog", "lint", parcels_copy)
    assert ran.status == 1
    assert re.fullmatch(
        r"parcels/events/parcel\.lost\.json#: is not JSON: [^\n]+\n    at .+\n    correct .+\n1 problem\n", ran.out
    )


def test_byte_order_mark(run, parcels_copy):
    """A file that an editor began with a byte order mark is told so."""
    path = parcels_copy / "events" / "parcel.lost.json"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    ran = run("catalog", "lint", parcels_copy)
    assert "is not JSON: it begins with a byte order mark; save it as UTF-8 without one" in ran.out


TWICE = {
    "an attribute of the manifest": ("catalog.json", '"name":', '"name": "other", "name":'),
    "a rule": ("events/parcel.lost.json", '"properties": {', '"properties": {}, "properties": {'),
    "a name with an escape": ("values.json", '"$defs"', '"\\u0024defs": {"\\u0022": 1}, "$defs"'),
    "a rule in all event types there are": ("events/*.json", '"properties": {', '"properties": {}, "properties": {'),
}


@pytest.mark.parametrize(("pattern", "text", "twice"), TWICE.values(), ids=TWICE)
def test_a_name_that_stands_twice(pattern, text, twice, run, parcels_copy):
    """A name that stands twice in an object, of which the last would count, is a problem, and nobody judges by it."""
    files = sorted(parcels_copy.glob(pattern))
    for file in files:
        content = file.read_text()
        assert text in content
        file.write_text(content.replace(text, twice, 1))
    ran = run("catalog", "lint", parcels_copy)
    assert ran.status == 1
    assert "stands twice in an object (line " in ran.out
    assert re.search(rf"^{len(files)} problem", ran.out, re.MULTILINE)
    ran = run("generate", "--catalog", parcels_copy)
    assert ran.status == 2
    assert "stands twice in an object" in ran.err


@pytest.mark.parametrize("levels", [253, 255, 700])
def test_a_name_twice_at_any_depth(levels):
    """What is nested as deeply as is read is read, and a name that stands twice is found in it."""
    deep = b'{"a":' * levels + b"1" + b"}" * levels
    assert parse(deep) == loads(deep)
    with pytest.raises(NotJsonError, match="stands twice"):
        parse(deep.replace(b"1", b'{"b":1,"b":2}'))


@pytest.mark.parametrize("value", ["[]", "null", "7", '"text"', "true", '[{"a": {}}]'])
@pytest.mark.parametrize("file", ["catalog.json", "notification.json", "events/parcel.lost.json", "payloads/loss.json"])
def test_json_of_the_wrong_kind(file, value, run, parcels_copy):
    """A file that holds some other JSON than an object is one problem, at that file."""
    (parcels_copy / file).write_text(value)
    ran = run("catalog", "lint", parcels_copy)
    assert (ran.status, ran.err) == (1, "")
    assert re.fullmatch(rf"parcels/{re.escape(file)}#: expected [^\n]+\n    at [^\n]+\n1 problem\n", ran.out)


@pytest.mark.parametrize("file", ["catalog.json", "notification.json"])
def test_missing_file(file, run, parcels_copy):
    """A catalog needs its manifest and its envelope."""
    (parcels_copy / file).unlink()
    said = f"parcels/{file}#: is missing\n    at {parcels_copy / file}\n1 problem\n"
    assert run("catalog", "lint", parcels_copy) == (1, said, "")


@pytest.mark.parametrize("files", [(), ("data/a.json", "package.json")])
def test_a_folder_that_is_no_catalog(files, run, tmp_path):
    """A folder that has nothing of a catalog was not meant: it is said in a line, and nothing in it is examined."""
    for file in files:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("{}")
    said = f"notify-contracts: {tmp_path}: no catalog is in it; give a folder that holds a catalog.json\n"
    assert run("catalog", "lint", tmp_path) == (2, "", said)


STRAYS = (
    "events/parcel.found.JSON",
    "events/parcel.found.json.bak",
    "cases/a.yaml",
    "payloads/x.json5",
)


@pytest.mark.parametrize("file", STRAYS)
def test_what_nobody_reads(file, run, parcels_copy):
    """A file that is nearly called as a part of a catalog is a problem: its contracts are not there."""
    (parcels_copy / file).parent.mkdir(exist_ok=True)
    (parcels_copy / file).write_text("{}")
    ran = run("catalog", "lint", parcels_copy)
    assert ran.status == 1
    assert ran.out.startswith(f"parcels/{file}#: is not read, for it does not end in .json\n")
    assert "    rename it, or move it out of the catalog's folder\n1 problem\n" in ran.out


@pytest.mark.parametrize(
    "file", ["events/parcel.lost.json.orig", "README.md", "api.yaml", "a.jsonl", "events/.a.json.swp"]
)
def test_what_is_something_else(file, run, parcels_copy):
    """A copy of a file that is there, and what is no part of a catalog, may lie beside it."""
    (parcels_copy / file).write_text("{}")
    assert run("catalog", "lint", parcels_copy) == (0, "0 problems\n", "")


@pytest.mark.parametrize("name", ["nowhere", "catalog.json"])
def test_no_such_folder(name, run, parcels_copy):
    """A folder that is not there, or is a file, is not a problem of a catalog: status 2 and one line."""
    ran = run("catalog", "lint", parcels_copy / name)
    assert (ran.status, ran.out) == (2, "")
    assert re.fullmatch(r"notify-contracts: [^\n]+\n", ran.err)


def test_hostile_names(run, parcels_copy):
    """Names from the files cannot reach the terminal: no control character is printed as it is."""
    hostile = "\x1b[2J\n\u202e"
    document = json.loads((parcels_copy / "payloads" / "loss.json").read_bytes())
    document["properties"][hostile] = {"type": hostile, hostile: 1, "$ref": hostile, "pattern": f"\\d{hostile}"}
    (parcels_copy / "payloads" / "loss.json").write_text(json.dumps(document))
    (parcels_copy / "cases" / f"a{hostile}.json").write_text('[{"description": "a\\u001b"}]')
    ran = run("catalog", "lint", parcels_copy)
    assert ran.status == 1
    assert ran.out.replace("\n", "").isprintable()
    assert all("#" in line or line.startswith("    ") for line in ran.out.splitlines()[:-1])


def test_the_catalog_is_named_either_way(run, parcels, parcels_copy, monkeypatch, tmp_path):
    """`lint` and `strength` take a name or a folder, as an argument or by --catalog, and never two; a folder first."""
    assert run("catalog", "lint", "--catalog", "glance-documented") == (0, "0 problems\n", "")
    for word in ((), ("--catalog",)):
        assert run("catalog", "lint", *word, parcels) == (0, "0 problems\n", "")
        assert run("catalog", "strength", *word, parcels).out.startswith("parcels ")
        assert "two catalogs were given" in run("catalog", "strength", parcels, "--catalog", parcels).err
    assert "two catalogs were given" in run("catalog", "lint", "glance-emitted", "--catalog", parcels).err
    (parcels_copy / "values.json").write_text("{")
    parcels_copy.rename(tmp_path / "glance-emitted")
    monkeypatch.chdir(tmp_path)
    assert run("catalog", "lint", "glance-emitted").status == 1


@pytest.mark.parametrize(("objects", "told"), [(20, 20), (2_000, 1)])
def test_a_large_file_that_is_all_wrong(objects, told):
    """Where a file is large and deep, and all of it wrong, the first is told: each brings a copy of all below it."""
    inner = {"minimum": "wrong"}
    for _ in range(10):
        inner = {"properties": {"a": inner}}
    content = {"$id": "urn:x", "$schema": "x", "$defs": {f"a{number}": inner for number in range(objects)}}
    found = list(misshapen("document", content))
    assert len(found) == told if told == 1 else len(found) > told
