"""`catalog import versionedobjects`: what notification classes of a service say becomes a catalog."""

import tarfile

import pytest

from notify_contracts._drafting import write
from notify_contracts._drafting.importing import Wishes
from notify_contracts._drafting.importing.eventtypes import event_type
from notify_contracts._drafting.importing.versionedobjects import imported
from notify_contracts.catalog import Catalog
from notify_contracts.errors import CatalogError, UsageError
from tests.environments import environment


def _text(*values, nullable=False):
    schema = {"type": ["string"], "enum": list(values)} if values else {"type": ["string"]}
    return {"nullable": nullable, "schema": schema}


def _object(name, *, nullable=False, subclasses=False):
    return {"nullable": nullable, "object": name, "subclasses": subclasses}


def _class(name, fields, *, version="1.2", samples=(), parents=()):
    keys = {part: f"house_object.{part}" for part in ("name", "namespace", "version", "data", "changes")}
    return {
        "name": name, "class": f"house.{name}", "parents": list(parents), "namespace": "house", "version": version,
        "description": "", "keys": keys, "fields": fields, "samples": list(samples),
    }  # fmt: skip


EVENT = {"object": _text(), "action": _text("open", "lock"), "phase": _text("start", "end", nullable=True)}
ENVELOPE = {"priority": _text("info", "warning", "error"), "event_type": _object("EventType")}
PAYLOAD = {
    "name": _text(),
    "state": _text("open", "shut", nullable=True),
    "uuid": {"nullable": True, "schema": {"type": ["string"], "pattern": "^[0-9a-f]{8}$"}},
    "at": {"nullable": False, "schema": {"type": ["string"], "format": "date-time"}},
    "size": {"nullable": False, "schema": {"type": ["integer"], "minimum": 0}},
    "tags": {"nullable": False, "list": _text(nullable=True)},
    "more": {"nullable": False, "map": _text()},
    "keys": {"nullable": False, "set": {"nullable": False, "schema": {"type": ["integer"]}}},
    "lock": _object("LockPayload", nullable=True),
    "part": _object("PartPayload", subclasses=True),
    "free": {"nullable": False, "unknown": "Flexible", "why": "NotImplementedError"},
    "lost": _object("Nowhere"),
}


def _said(*others):
    classes = (
        _class("EventType", EVENT),
        _class("DoorNotification", {**ENVELOPE, "payload": _object("DoorPayload")}, samples=["door-open-start.json"]),
        _class("DoorPayload", PAYLOAD),
        _class("LockPayload", {"turns": {"nullable": False, "schema": {"type": ["integer"]}}}),
        _class("PartPayload", {}),
        _class("WoodPayload", {"wood": _text()}, parents=["PartPayload"]),
        *others,
    )
    return {"version": "7.0", "classes": {each["name"]: each for each in classes}, "failed": []}


def _primitive(name, /, **data):
    return {
        "house_object.name": name, "house_object.namespace": "house", "house_object.version": "1.2",
        "house_object.data": data,
    }  # fmt: skip


def _sent(**changed):
    data = {
        "name": "front", "state": "open", "uuid": None, "at": "2026-11-22T09:32:55Z", "size": 2, "tags": [None, "a"],
        "more": {"a": "b"}, "keys": [1, 2], "lock": None, "part": _primitive("WoodPayload", wood="oak"), "free": [1],
        "lost": {"a": 1},
    } | changed  # fmt: skip
    return {
        "message_id": "5d4fbb7a-7d0e-4c0f-9a86-1c8d7c0f5d11",
        "publisher_id": "house:1",
        "event_type": "door.open.start",
        "priority": "INFO",
        "timestamp": "2026-11-22 09:32:55.730800",
        "payload": _primitive("DoorPayload", **data),
    }


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Give the catalog of a small service."""
    folder = tmp_path_factory.mktemp("imports") / "house"
    write(imported(_said(), "house", "house", Wishes()).files, folder)
    return Catalog(folder)


def test_lints_clean(house, run):
    """What is made of classes lints clean."""
    assert run("catalog", "lint", house.root) == (0, "0 problems\n", "")
    assert [(each.event_type, each.priority) for each in house.contracts] == [
        ("door.open.start", "INFO"),
        ("door.open.start", "ERROR"),
    ]
    assert house.priorities == ("INFO", "WARN", "ERROR")


BROKEN = {
    "an enumeration": ({"state": "ajar"}, "state", "enum"),
    "a pattern": ({"uuid": "x"}, "uuid", "pattern"),
    "a format": ({"at": "yesterday"}, "at", "format"),
    "null": ({"name": None}, "name", "type"),
    "a limit": ({"size": -1}, "size", "minimum"),
    "a list": ({"tags": [1]}, "tags/0", "type"),
    "a map": ({"more": {"a": None}}, "more/a", "type"),
    "a set": ({"keys": [1, 1]}, "keys", "uniqueItems"),
    "an object": ({"lock": _primitive("LockPayload", turns="2")}, "lock/house_object.data/turns", "type"),
    "another object": ({"lock": _primitive("DoorPayload", turns=2)}, "lock/house_object.name", "const"),
    "no subclass": ({"part": _primitive("LockPayload", turns=2)}, "part", "anyOf"),
    "an unknown field": ({"colour": "red"}, "colour", "additionalProperties"),
}


@pytest.mark.parametrize(("changed", "place", "keyword"), BROKEN.values(), ids=BROKEN)
def test_judges(changed, place, keyword, house):
    """Each thing that a class says of a field is a rule; where a field may be null it may, enumerations included."""
    assert house.check(_sent()).violations == ()
    assert house.check(_sent(state=None, lock=_primitive("LockPayload", turns=2))).violations == ()
    (violation,) = house.check(_sent(**changed)).violations
    assert (violation.pointer, violation.keyword) == (f"/payload/house_object.data/{place}", keyword)


def test_version(house):
    """A payload of another version of its class is a violation, and so is the lack of a field that cannot be null."""
    sent = _sent()
    sent["payload"]["house_object.version"] = "1.3"
    del sent["payload"]["house_object.data"]["name"]
    assert {(each.pointer, each.keyword) for each in house.check(sent).violations} == {
        ("/payload/house_object.version", "const"),
        ("/payload/house_object.data/name", "required"),
    }


def test_left_out():
    """What classes do not say is listed: types and classes that are not known, event types, priorities, transport."""
    other = _class("WindowNotification", {**ENVELOPE, "payload": _object("DoorPayload")}, samples=["window-break.json"])
    left_out = [str(each) for each in imported(_said(other), "house", "house", Wishes()).left_out]
    assert [each.partition(":")[0] for each in left_out] == [
        "WindowNotification", "WindowNotification", "DoorPayload.free", "DoorPayload.lost", "priorities", "presence",
        "transport",
    ]  # fmt: skip
    assert left_out[0].endswith("window-break.json: its name is not made of values of the event type")


def test_wishes():
    """An event type that no sample names, its priorities and fields that may be unset are said by whoever imports."""
    wishes = Wishes(None, {"house.bell": "DoorNotification"}, ["WARN"], ["DoorPayload"])
    result = imported(_said(), "house", "house", wishes)
    assert list(result.contracts) == [("door.open.start", "WARN"), ("house.bell", "WARN")]
    data = result.files["payloads/DoorPayload.json"]["properties"]["house_object.data"]
    assert "required" not in data


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        (Wishes(events={"a.b": "DorNotification"}), "DoorNotification"),
        (Wishes(priorities=["FATAL"]), "choose from INFO, WARN, ERROR"),
        (Wishes(optional=["DoorPayloads"]), "DoorPayload"),
    ],
)
def test_wishes_of_what_is_not_there(wishes, said):
    """A class or a priority that there is not is an error that says which there are."""
    with pytest.raises(UsageError, match=said):
        imported(_said(), "house", "house", wishes)


def test_no_event_type():
    """Classes without any event type are an error with its reason."""
    with pytest.raises(CatalogError, match="no event type was found: it has no notification classes"):
        imported({"version": "", "classes": {}, "failed": []}, "house", "house", Wishes())


NAMES = [
    ("door-open-start.json", "door.open.start"),
    ("door-lock.json", "door.lock"),
    ("door-lock-with-reason.json", "door.lock"),
    ("door-open_slowly-end.json", "door.open.end"),
    ("front-door-open.json", "front-door.open"),
    ("notifications/door-open.json", "door.open"),
    ("door-break.json", None),
    ("door.json", None),
    ("", None),
]


@pytest.mark.parametrize(("sample", "meant"), NAMES)
def test_event_types(sample, meant):
    """The name of a sample tells its event type where it is made of values of the event type's fields."""
    assert event_type(sample, EVENT) == meant


def test_event_types_in_any_order():
    """Where every field enumerates its values, their words may stand in any order in the name of a sample."""
    fields = {"action": _text("door.open", "door.lock"), "phase": EVENT["phase"]}
    assert event_type("open-door-end.json", fields) == "door.open.end"
    assert event_type("lock-door.json", fields) == "door.lock"
    assert event_type("lock-window.json", fields) is None


def test_not_installed(run, tmp_path):
    """A package that cannot be imported, and an interpreter that is none, end with status 2 and what to give."""
    ran = run("catalog", "import", "versionedobjects", "no_such_service", "--output", tmp_path / "out")
    assert (ran.status, ran.out) == (2, "")
    assert "ModuleNotFoundError: No module named 'no_such_service'" in ran.err
    assert "; --python names the interpreter" in ran.err
    options = ("--output", tmp_path / "out", "--python", tmp_path / "python")
    ran = run("catalog", "import", "versionedobjects", "house", *options)
    assert (ran.status, ran.out) == (2, "")
    assert "python: cannot be run: No such file or directory; give --python" in ran.err


@pytest.fixture(scope="module")
def nova():
    """Give an environment with a real Nova, and the samples that its source documents."""
    folder = environment("nova-34", "nova==34.0.0", sources=["nova==34.0.0"])
    with tarfile.open(folder / "src" / "nova-34.0.0.tar.gz") as archive:
        samples = [each for each in archive.getmembers() if "/doc/notification_samples/" in each.name]
        archive.extractall(folder / "src", members=samples, filter="data")
    return folder


@pytest.mark.exhaustive
def test_nova(nova, run, tmp_path):
    """Nova's classes and samples give catalogs of the same event types; two samples show a field that no class has."""
    samples = nova / "src" / "nova-34.0.0" / "doc" / "notification_samples"
    documents = tmp_path / "documents.jsonl"
    options = ("--name", "nova", "--output", tmp_path / "documented", "--documents", documents)
    assert run("catalog", "import", "samples", samples, *options).status == 0
    options = (
        "--python",
        nova / "bin" / "python",
        "--output",
        tmp_path / "nova",
        "--optional",
        "ImageMetaPropsPayload",
    )
    ran = run("catalog", "import", "versionedobjects", "nova", *options)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[:2] == ["event types        132", "contracts          264"]
    names = [sorted(path.name for path in (tmp_path / each / "events").iterdir()) for each in ("nova", "documented")]
    assert names[0] == names[1]
    ran = run("check", "--catalog", tmp_path / "documented", documents)
    assert (ran.status, ran.err) == (0, "")
    assert "140 notifications, 140 conform, 0 do not, 0 violations" in ran.out
    ran = run("check", "--catalog", tmp_path / "nova", documents)
    assert (ran.status, ran.err) == (1, "")
    assert "140 notifications, 138 conform, 2 do not, 2 violations" in ran.out
    assert "shares/*/nova_object.data/export_location (additionalProperties)" in ran.out
