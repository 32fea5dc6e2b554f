"""`catalog init` makes a catalog with which one begins: sound, of the events that were named, over nothing else."""

import os

import pytest

from notify_contracts.catalog import load


@pytest.fixture
def init(run, tmp_path, monkeypatch):
    """Run it in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *options: run("catalog", "init", *options)


def test_sound(init, run):
    """What is made lints clean, has the contracts that were asked for, and generates what keeps them."""
    events = ("parcel.lost:ERROR", "parcel.lost", "compute.node#a:CRITICAL", "parcel.sent:INFO")
    ran = init("a/My parcels", *(f"--event={event}" for event in events))
    assert (ran.status, ran.err) == (0, "")
    assert run("catalog", "lint", "a/My parcels") == (0, "0 problems\n", "")
    catalog = load("a/My parcels")
    assert catalog.name == "my-parcels"
    assert {contract.id for contract in catalog.contracts} == {
        "compute.node#a-CRITICAL",
        "parcel.lost-ERROR",
        "parcel.lost-INFO",
        "parcel.sent-INFO",
    }
    assert catalog.check(catalog.contract("parcel.sent", "INFO").example()).conforms


def test_nothing_passes_by_oversight(init):
    """A contract that nobody has filled in refuses a payload of another shape."""
    init("parcels")
    catalog = load("parcels")
    example = catalog.contract("parcels.happened", "INFO").example()
    assert not catalog.check(example | {"payload": {"number": "AB1"}}).conforms


def test_never_overwrites(init, tmp_path):
    """What is there is left as it is: a file, a link, a folder with something in it; an empty folder is filled."""
    assert init(".", "--name", "here").status == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to("nowhere")
    for taken in (".", "file", "link", "events"):
        ran = init(taken)
        assert (ran.status, ran.err.count("\n")) == (2, 1)
        assert "is there already" in ran.err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.json")} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "catalog.json", "events", "file", "link", "notification.json", "values.json",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "options",
    [
        ("--name", "Bad Name"),
        ("--event", ".:INFO"),
        ("--event", "..:INFO"),
        ("--event", "a\udcff:INFO"),
        ("--name", "a\udcff"),
    ],
)
def test_no_catalog(init, tmp_path, options):
    """Names with which it would be no catalog are an error of one line, and leave nothing behind."""
    ran = init("parcels", *options)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("event", ["../../a:INFO", "a/b", ":INFO", "a" * 300])
def test_no_event(init, tmp_path, event):
    """What can be no event's file is refused before anything is made."""
    ran = init("parcels", "--event", event)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("event", "meant"), [("a.b:info", "a.b:INFO"), ("a.b:", "a.b:INFO"), ("a:b.c", "a:INFO")])
def test_no_priority(init, tmp_path, event, meant):
    """What stands behind the last colon and can be no priority is told with what can be one."""
    ran = init("parcels", "--event", event)
    assert (ran.status, list(tmp_path.iterdir())) == (2, [])
    assert f"expected a priority in upper case behind the last colon, as {meant};" in ran.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_no_room(init, tmp_path):
    """Where nothing can be made the error says so."""
    tmp_path.chmod(0o500)
    assert "cannot be written" in init("parcels").err
