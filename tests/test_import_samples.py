"""`catalog import samples`: documented notifications, with the parts that they share, become a catalog."""

import json
import os
from pathlib import Path

import pytest

from notify_contracts._drafting.importing import documents, from_samples
from notify_contracts.catalog import Catalog

NOVA = Path(__file__).parent / "samples" / "nova"
WIRE = {"message_id": "5d4fbb7a-7d0e-4c0f-9a86-1c8d7c0f5d11", "timestamp": "2026-11-22 09:32:55.730800"}


@pytest.fixture
def folder(tmp_path):
    """Give a function that writes documents, by file name, into a folder and returns it."""

    def folder(files):
        root = tmp_path / "docs"
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return root

    return folder


def _document(payload, **others):
    return {"event_type": "door.open", "priority": "INFO", "publisher_id": "house", "payload": payload} | others


def _payload(folder):
    (found,), _ = documents(folder)
    return found.content["payload"]


def test_nova(run, tmp_path):
    """Nova's samples become a catalog that lints clean and accepts all of them, as `--documents` writes them."""
    ran = run(
        "catalog", "import", "samples", NOVA, "--output", tmp_path / "nova", "--documents", tmp_path / "all.jsonl"
    )
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.split() == ["event", "types", "5", "contracts", "5", "shared", "payloads", "5", "left", "out", "0"]
    assert run("catalog", "lint", tmp_path / "nova").status == 0
    checked = run("check", "--catalog", tmp_path / "nova", tmp_path / "all.jsonl")
    assert checked.status == 0
    assert "5 notifications, 5 conform, 0 do not, 0 violations, 5 of 5 contracts seen" in checked.out


def test_judges_the_wire(run, tmp_path):
    """The catalog of samples holds what is sent against them: what every sample has must be there, of its type."""
    run("catalog", "import", "samples", NOVA, "--output", tmp_path / "nova")
    catalog = Catalog(tmp_path / "nova")
    found, _ = documents(NOVA)
    for document in found:
        sent = json.loads(json.dumps({**document.content, **WIRE}))
        assert catalog.check(sent).violations == ()
        data = sent["payload"]["nova_object.data"]
        name = next(iter(data))
        without = {**sent, "payload": {**sent["payload"], "nova_object.data": {k: data[k] for k in data if k != name}}}
        (missing,) = catalog.check(without).violations
        assert (missing.pointer, missing.keyword) == (f"/payload/nova_object.data/{name}", "required")
    assert {each.pointer for each in catalog.check({**document.content}).violations} == {"/message_id", "/timestamp"}


def test_parts(folder):
    """A reference is seen from the file where it stands, and what stands beside it is laid over, name by name."""
    root = folder(
        {
            "open.json": _document({"$ref": "parts/Door.json#", "data": {"height": 3, "lock": {"key": "b"}, "x": [1]}}),
            "parts/Door.json": {"name": "Door", "data": {"width": 1, "height": 2, "lock": {"$ref": "Lock.json"}}},
            "parts/Lock.json": {"key": "a", "turns": 2, "of": [{"$ref": "more.json#/maker/0"}]},
            "parts/more.json": {"maker": [{"name": "x"}]},
        }
    )
    lock = {"key": "b", "turns": 2, "of": [{"name": "x"}]}
    assert _payload(root) == {"name": "Door", "data": {"width": 1, "height": 3, "lock": lock, "x": [1]}}
    assert from_samples(root, "house").left_out == ()


def test_replaced_by_null(folder):
    """What stands beside a reference takes the place of an object, too, and a reference in it is followed."""
    root = folder(
        {
            "open.json": _document({"$ref": "Door.json", "lock": None, "frame": {"$ref": "Frame.json", "wood": "oak"}}),
            "Door.json": {"lock": {"key": "a"}, "frame": None},
            "Frame.json": {"wood": "ash", "width": 2},
        }
    )
    assert _payload(root) == {"lock": None, "frame": {"wood": "oak", "width": 2}}


REFUSED = {
    "outside": ({"$ref": "../secret.json"}, '"../secret.json" is no file in the folder'),
    "absolute": ({"$ref": "/etc/hostname"}, '"/etc/hostname" is no file in the folder'),
    "remote": ({"$ref": "https://a.invalid/b.json"}, "nothing is fetched"),
    "a file's URL": ({"$ref": "file:///etc/hostname"}, "nothing is fetched"),
    "no text": ({"$ref": 7}, "nothing is fetched"),
    "missing": ({"$ref": "none.json"}, '"none.json" is no file in the folder'),
    "no JSON": ({"$ref": "text.json"}, '"text.json" is not JSON'),
    "nowhere": ({"$ref": "word.json#/x"}, "leads nowhere"),
    "itself": ({"$ref": "Loop.json"}, '"Loop.json" leads back to itself'),
    "billions": ({"$ref": "Bomb0.json"}, "more than 10,000 parts"),
    "beside a text": ({"$ref": "word.json", "a": 1}, 'is no object, and "a" stands beside it'),
}


@pytest.mark.parametrize(("payload", "why"), REFUSED.values(), ids=REFUSED)
def test_refused(payload, why, folder, tmp_path):
    """A document whose parts cannot be put in is left out, with the reason; nothing outside of the folder is read."""
    (tmp_path / "secret.json").write_text('{"password": "x"}')
    bomb = {f"Bomb{n}.json": [{"$ref": f"Bomb{n + 1}.json"}] * 10 for n in range(9)} | {"Bomb9.json": {}}
    more = {
        "text.json": "{",
        "word.json": '"word"',
        "Loop.json": {"a": {"$ref": "Loop.json"}},
        "good.json": _document({}),
    }
    more |= bomb if payload == {"$ref": "Bomb0.json"} else {}
    root = folder({"open.json": _document(payload)} | more)
    found, left_out = documents(root)
    assert [document.file for document in found] == ["good.json"]
    assert why in next(each.why for each in left_out if each.where == "open.json")


def test_what_is_no_notification(run, folder, tmp_path):
    """A file that is no notification and no part of one is listed with its reason, once."""
    root = folder(
        {
            "open.json": _document({"a": 1}),
            "other.json": {"a": "b"},
            "lower.json": _document({}, priority="info"),
            "path.json": _document({}, event_type="../a"),
            "bare.json": {"event_type": "a.b", "priority": "INFO"},
            "twice.json": json.dumps(_document({"a": 1})).replace('"a": 1', '"a": 1, "a": "1"'),
            "open.yaml": "event_type: door.open",
            "open.JSON": _document({"a": 1}),
            "README.md": "# Documents",
        }
    )
    ran = run("catalog", "import", "samples", root, "--output", tmp_path / "out")
    assert ran.status == 0
    assert ran.out.splitlines()[3:] == [
        "left out             7",
        "    bare.json: it has no payload",
        "    lower.json: its priority is missing, or no word in upper case",
        "    other.json: no notification: it has no event_type, and nothing refers to it",
        '    path.json: the event type "../a" cannot be the name of a file',
        '    twice.json: "twice.json" is not JSON: "a" stands twice in an object (line 1)',
        "    open.JSON: is not read, for it does not end in .json (1 more of the kind: open.yaml)",
    ]


def test_little_evidence(folder):
    """What few different values show is no rule but a type; each rule says in `$comment` what it was seen in."""
    times = [f"2026-11-22T09:32:5{n}Z" for n in range(3)]
    root = folder(
        {
            f"open-{n}.json": _document({"at": time, "who": "me", "n": 1, "tags": {}, "extra": {"a": 1}, "gone": None})
            for n, time in enumerate(times)
        }
    )
    payload = from_samples(root, "house").files["events/door.open.json"]["$defs"]["INFO"]["properties"]["payload"]
    fields = payload["properties"]
    assert fields["at"]["$ref"].startswith("../values.json#/$defs/iso_time")
    assert fields["at"]["type"] == "string"
    assert fields["who"]["type"] == ["string", "null"]
    assert fields["n"]["type"] == ["number", "null"]
    assert fields["extra"].keys() == {"$comment", "type"}
    assert fields["gone"].keys() == {"$comment"}
    assert all("3 samples" in field["$comment"] or "seen" in field["$comment"] for field in fields.values())


def test_nothing(run, tmp_path, folder):
    """A folder without a notification, and one that is none, end with status 2 and what to give."""
    for source, said in (
        (folder({"a.json": {}}), "no file in it is a notification"),
        (tmp_path / "no", "is no folder"),
    ):
        ran = run("catalog", "import", "samples", source, "--output", tmp_path / "out")
        assert (ran.status, ran.out) == (2, "")
        assert said in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("options", ["--output", "--documents"])
def test_why_nothing(options, run, tmp_path, folder):
    """Where no file is a notification, the first says why it is none, whatever was to be written."""
    source = folder({"a.json": {"event_type": "e", "priority": "INFO", "payload": {"$ref": "a.json"}}})
    ran = run("catalog", "import", "samples", source, options, tmp_path / "out")
    assert ran.status == 2
    assert 'the first that is none: a.json: "a.json" leads back to itself' in ran.err


def test_never_overwrites(run, tmp_path):
    """A folder that has something in it stays as it is."""
    (tmp_path / "mine.json").write_text("{}")
    ran = run("catalog", "import", "samples", NOVA, "--output", tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert "is there already" in ran.err


def test_into_the_folder_one_is_in(run, tmp_path, monkeypatch):
    """An empty folder is filled where it stands, the working directory too; a link to one is taken for something."""
    (tmp_path / "link").symlink_to(tmp_path)
    linked = run("catalog", "import", "samples", NOVA, "--output", tmp_path / "link")
    assert (linked.status, linked.out) == (2, "")
    assert "is there already" in linked.err
    (tmp_path / "link").unlink()
    monkeypatch.chdir(tmp_path)
    ran = run("catalog", "import", "samples", NOVA, "--output", ".")
    assert ran.err == ""
    assert (tmp_path / "catalog.json").is_file()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_names_of_files_and_events(run, folder, tmp_path):
    """A document's name need not be UTF-8; one whose event type can be no file's name is left out."""
    root = folder(
        {"a.json": _document({"n": 1}), os.fsdecode(b"g\xff.json"): _document({"n": 2})}
        | {"long.json": _document({}, event_type="d" * 241)}
    )
    ran = run("catalog", "import", "samples", root, "--output", tmp_path / "out")
    assert (ran.status, ran.err) == (0, "")
    assert "is too long for the name of a contract's file" in ran.out
    assert Catalog(tmp_path / "out").event_types == ("door.open",)
    assert "Source: a.json, g\\\\udcff.json" in (tmp_path / "out/events/door.open.json").read_text()
