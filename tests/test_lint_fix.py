"""`catalog lint --fix` corrects what has one answer, says what, and leaves all else as it is."""

import json
import shutil

import pytest

from notify_contracts._lint.fixing import changed

EVENT = "events/parcel.lost.json"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """Return a sound catalog of two events."""
    from notify_contracts.cli import main

    folder = tmp_path_factory.mktemp("fresh") / "fresh"
    assert main(["catalog", "init", str(folder), "--event", "parcel.lost:ERROR", "--event", "parcel.sent"]) == 0
    return folder


@pytest.fixture
def catalog(fresh, tmp_path):
    """Return a copy of it."""
    return shutil.copytree(fresh, tmp_path / "fresh")


def _edit(path, change, **layout):
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content, **layout))
    return content


def _no_title(content):
    del content["$defs"]["ERROR"]["title"]


def _no_title_of_a_form(content):
    content["$defs"]["ERROR"]["properties"]["payload"]["properties"]["host_name"] = {"type": "string", "pattern": "^a$"}


def _unlisted(content):
    content["$defs"]["WARN"] = json.loads(json.dumps(content["$defs"]["ERROR"]).replace("ERROR", "WARN"))


DAMAGES = {
    "$id": lambda content: content.update({"$id": "https://elsewhere.example/a.json"}),
    "no $id": lambda content: content.pop("$id"),
    "an $id that is no text": lambda content: content.update({"$id": 7}),
    "no $schema": lambda content: content.pop("$schema"),
    "title": lambda content: content.update(title="parcel.found"),
    "no title": lambda content: content.pop("title"),
    "event_type": lambda content: content["$defs"]["ERROR"]["properties"]["event_type"].update(const="parcel.found"),
    "priority": lambda content: content["$defs"]["ERROR"]["properties"]["priority"].update(const="INFO"),
    "no title of a contract": _no_title,
    "no title of a form": _no_title_of_a_form,
    "no oneOf": lambda content: content.pop("oneOf"),
    "a contract that is not listed": _unlisted,
    "many": lambda content: [content.pop(name) for name in ("$id", "title", "oneOf", "$schema")],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_one_answer(run, catalog, damage):
    """What has one answer gets it, it is told, nothing is left to do, and the file is otherwise what it was."""
    damaged = _edit(catalog / EVENT, damage, indent=4)
    lines = (catalog / EVENT).read_text().splitlines()
    others = {path: path.read_bytes() for path in catalog.rglob("*.json") if path != catalog / EVENT}
    ran = run("catalog", "lint", "--fix", catalog)
    assert (ran.status, ran.out) == (0, "0 problems\n")
    assert ran.err.startswith(f"fixed: {EVENT}#/")
    text = (catalog / EVENT).read_text()
    assert len([line for line in lines if line not in text.splitlines()]) <= 2
    assert json.loads(text).keys() >= damaged.keys()
    assert {path: path.read_bytes() for path in others} == others
    assert run("catalog", "lint", "--fix", catalog) == (0, "0 problems\n", "")
    assert (catalog / EVENT).read_text() == text


@pytest.mark.parametrize("layout", [{}, {"indent": 1}, {"indent": "\t"}, {"separators": (",", ":")}])
def test_layouts(run, catalog, layout):
    """However a file is laid out, it is still the same JSON but for the answers."""
    whole = json.loads((catalog / EVENT).read_text())
    for name in ("many", "title of a form", "event_type"):
        _edit(catalog / EVENT, DAMAGES.get(name, _no_title_of_a_form), **layout)
    assert run("catalog", "lint", "--fix", catalog).status == 0
    fixed = json.loads((catalog / EVENT).read_text())
    title = fixed["$defs"]["ERROR"]["properties"]["payload"]["properties"].pop("host_name")["title"]
    assert title == "host name"
    assert fixed == whole


def test_no_answer(run, catalog):
    """What has no one answer is left, and told as ever: a mistyped keyword, a file that is no JSON, a description."""
    _edit(catalog / EVENT, lambda content: [content.pop("description"), content.update(propertes={})])
    (catalog / "values.json").write_text("{")
    before = {path: path.read_bytes() for path in catalog.rglob("*.json")}
    ran = run("catalog", "lint", "--fix", catalog)
    assert (ran.status, ran.err) == (1, "")
    assert ran.out == run("catalog", "lint", catalog).out
    assert {path: path.read_bytes() for path in before} == before


def test_outside(run, catalog, tmp_path):
    """What a link leads to outside of the folder is not touched."""
    outside = tmp_path / "outside.json"
    shutil.move(catalog / EVENT, outside)
    _edit(outside, DAMAGES["$id"])
    before = outside.read_bytes()
    (catalog / EVENT).symlink_to(outside)
    assert run("catalog", "lint", "--fix", catalog).status == 1
    assert outside.read_bytes() == before


def test_built_in(run):
    """The built-in catalogs are not to be changed."""
    ran = run("catalog", "lint", "--fix")
    assert (ran.status, ran.err.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    ("text", "place", "answer", "adds", "expected"),
    [
        ("{}", "a", 1, False, '{"a": 1}'),
        ('{ "b": {} }', "b a/", 1, False, '{ "b": {"a/": 1} }'),
        ('{\r\n  "b": 2\r\n}', "a", 1, False, '{\r\n  "a": 1,\r\n  "b": 2\r\n}'),
        ('[1, "]"]', "", 2, True, '[1, "]", 2]'),
        ('{"a": []}', "a", 2, True, '{"a": [2]}'),
        ('{"a": [[1], {"b": 7}]}', "a 1 b", "ü", False, '{"a": [[1], {"b": "ü"}]}'),
        ('{"a": 1}', "b", 2, False, '{"b": 2, "a": 1}'),
        ('{"a": 1}', "a b", 2, False, None),
        ('{"a": 1}', "a", 2, True, None),
    ],
)  # fmt: skip
def test_changed(text, place, answer, adds, expected):
    """One value is changed at a time, in the layout of what is around it."""
    assert changed(text, tuple(place.split()), answer, adds=adds) == expected
