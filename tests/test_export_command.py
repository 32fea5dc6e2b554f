"""`catalog export`: where the documents go, and what is said where they cannot."""

import json
import os
import re

import pytest

from notify_contracts._export import FORMATS

ONE_LINE = re.compile(r"notify-contracts[^\n]*: [^\n]+\n")
FOLDERS = {
    "asyncapi": ["asyncapi.yaml"],
    "asyncapi-json": ["asyncapi.json"],
    "html": ["events/parcel.accepted.html", "events/parcel.lost.html", "index.html"],
    "json-schema": ["parcel.accepted.json", "parcel.lost.json"],
    "json-schema-draft-07": ["parcel.accepted.json", "parcel.lost.json"],
    "markdown": ["events/parcel.accepted.md", "events/parcel.lost.md", "index.md"],
}


@pytest.fixture
def export(run, parcels):
    """Export a part of the third catalog."""
    return lambda *rest: run("catalog", "export", "--catalog", parcels, "--event", "parcel.*", *rest)


@pytest.mark.parametrize("form", FORMATS)
def test_folder(form, export, tmp_path):
    """Into a folder go the pages of what is chosen; what else is there stays, and a second time changes nothing."""
    folder = tmp_path / "a" / "b"
    for _ in range(2):
        assert export("--format", form, "--output", folder) == (0, "", "")
        files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        assert sorted(files) == sorted([*FOLDERS[form], *(["kept", "events/kept"] if "kept" in files else [])])
        (folder / "events").mkdir(exist_ok=True)
        for name in ("kept", "events/kept"):
            (folder / name).write_bytes(b"mine")
            assert files.get(name, b"mine") == b"mine"


@pytest.mark.parametrize("form", FORMATS)
def test_file(form, export, tmp_path):
    """A name with an ending is a file, and holds what goes to standard output without --output."""
    path = tmp_path / "it.txt"
    assert export("--format", form, "--output", path) == (0, "", "")
    assert path.read_text(encoding="utf-8") == export("--format", form).out
    assert path.read_text(encoding="utf-8").endswith("\n")


@pytest.mark.parametrize(("name", "is_folder"), [("out", True), ("out.d/", True), ("there.d", True), ("out.d", False)])
def test_file_or_folder(name, is_folder, export, tmp_path):
    """A folder is meant by one that is there, by a slash at the end, and by a name without an ending."""
    (tmp_path / "there.d").mkdir()
    assert export("--format", "html", "--output", f"{tmp_path}/{name}") == (0, "", "")
    assert (tmp_path / name).is_dir() == is_folder


def test_device(export):
    """What is there and no folder is written to, whatever its name."""
    assert export("--format", "html", "--output", os.devnull) == (0, "", "")


UNWRITABLE = {
    "no such folder": "nowhere/it.html",
    "below a file": "file/out/",
    "a file that was to be a folder": "file/",
    "a folder that nobody can make": "/proc/nowhere/",
    "a page that is a folder": "taken/",
    "a name that is none": "a\0b.html",
    "a name that is none, of a folder": "a\0b/",
    "a name that is too long": "a" * 300,
    "escape sequences": "nowhere/\x1b[2J.html",
}


@pytest.mark.parametrize("output", UNWRITABLE.values(), ids=UNWRITABLE)
def test_unwritable(output, export, tmp_path):
    """What cannot be written is one line and status 2."""
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "taken" / "index.html").mkdir(parents=True)
    ran = export("--format", "html", "--output", os.path.join(tmp_path, output))  # noqa: PTH118
    assert (ran.status, ran.out) == (2, "")
    assert ONE_LINE.fullmatch(ran.err)
    assert "cannot be written: " in ran.err
    assert ran.err[:-1].isprintable()
    assert (tmp_path / "file").read_bytes() == b"mine"


@pytest.mark.parametrize("output", ["", "events", "docs/", "events/parcel.lost.json", "../parcels/events/"])
def test_catalog_is_not_overwritten(output, run, parcels_copy):
    """Nothing is written into the catalog that is read."""
    before = {path: path.read_bytes() for path in parcels_copy.rglob("*") if path.is_file()}
    arguments = ("--catalog", parcels_copy, "--format", "json-schema", "--output", f"{parcels_copy}/{output}")
    ran = run("catalog", "export", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ONE_LINE.fullmatch(ran.err)
    assert "is in the folder of" in ran.err
    assert {path: path.read_bytes() for path in parcels_copy.rglob("*") if path.is_file()} == before


def test_broken_catalog_leaves_what_was_there(run, parcels_copy, tmp_path):
    """A catalog that cannot be used is one line, and no document is touched."""
    out = tmp_path / "out"
    for output in (out, tmp_path / "it.html"):
        arguments = ("catalog", "export", "--catalog", parcels_copy, "--format", "html", "--output", output)
        assert run(*arguments).status == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.html")}
    payload = parcels_copy / "payloads" / "parcel.json"
    payload.write_text(payload.read_text().replace("#/$defs/contents", "#/$defs/nothing", 1))
    for output in (out, tmp_path / "it.html"):
        ran = run("catalog", "export", "--catalog", parcels_copy, "--format", "html", "--output", output)
        assert (ran.status, ran.out) == (2, "")
        assert ONE_LINE.fullmatch(ran.err)
        assert "run catalog lint" in ran.err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.html")} == before


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["a#b?c", "\n", "x\udcff"])
def test_names_that_no_catalog_may_have(name, form, run, parcels_copy):
    """The name of an event type that no URI could have is one line."""
    try:
        (parcels_copy / "events" / "parcel.lost.json").rename(parcels_copy / "events" / f"{name}.json")
    except OSError:
        pytest.skip("no file of such a name can be made here")
    ran = run("catalog", "export", "--format", form, "--catalog", parcels_copy)
    assert ran.status in (0, 2)
    assert ran.err == "" or ONE_LINE.fullmatch(ran.err)
    assert (ran.out + ran.err).replace("\n", "").isprintable()


@pytest.mark.parametrize("transport", [None, 7])
@pytest.mark.parametrize("form", ["asyncapi", "html", "markdown"])
def test_no_transport(transport, form, run, parcels_copy):
    """Documents that tell where notifications travel ask for it."""
    manifest = json.loads((parcels_copy / "catalog.json").read_bytes())
    (parcels_copy / "catalog.json").write_text(json.dumps(manifest | {"transport": transport}))
    ran = run("catalog", "export", "--format", form, "--catalog", parcels_copy)
    assert (ran.status, ran.out) == (2, "")
    assert "catalog.json#/transport" in ran.err
    assert ran.err.endswith("; run catalog lint\n")


@pytest.mark.parametrize("transport", [{}, {"exchange": "a"}, {"topic": "b"}])
@pytest.mark.parametrize("form", ["asyncapi", "html", "markdown"])
def test_a_part_of_the_transport(transport, form, run, parcels_copy):
    """What is not known of where notifications travel is left out of the documents."""
    manifest = json.loads((parcels_copy / "catalog.json").read_bytes())
    (parcels_copy / "catalog.json").write_text(json.dumps(manifest | {"transport": transport}))
    ran = run("catalog", "export", "--format", form, "--catalog", parcels_copy)
    assert (ran.status, ran.err) == (0, "")


USAGE = {
    (): "the following arguments are required: --format",
    ("--format", "pdf"): "invalid choice: 'pdf'",
    ("--format", "html", "--event", "volume.*"): "no contract of glance-documented is selected",
    ("--format", "html", "--catalog", "nowhere"): 'no catalog "nowhere"',
}


@pytest.mark.parametrize("arguments", USAGE, ids=repr)
def test_usage(arguments, run):
    """What makes no sense is one line that says what would."""
    ran = run("catalog", "export", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ONE_LINE.fullmatch(ran.err)
    assert USAGE[arguments] in ran.err
