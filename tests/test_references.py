"""References that lead out of a catalog or back to themselves: found by lint, survived by check, never fetched."""

import json
import re
import socket

import pytest

from notify_contracts._schema.engines import ENGINES

PARCEL = "payloads/parcel.json"
LEAVING = [
    "https://example.org/a.json",
    "http://127.0.0.1:9/a.json",
    "//127.0.0.1:9/a.json",
    "../../values.json",
    "file:///etc/passwd",
]
ENDLESS = {
    "itself": {"$ref": "#/$defs/thing"},
    "through allOf": {"allOf": [{"$ref": "#/$defs/thing"}]},
    "through another": {"$ref": "#/$defs/other"},
    "through another file": {"$ref": "loss.json#/$defs/back"},
    "through then": {"if": {"type": "object"}, "then": {"$ref": "#/$defs/thing"}},
    "through not": {"title": "not itself", "not": {"$ref": "#/$defs/thing"}},
    "through oneOf": {"title": "itself or nothing", "oneOf": [{"$ref": "#/$defs/other"}, {"type": "null"}]},
}


@pytest.fixture
def no_network(monkeypatch):
    """Record every attempt to reach a host or to look one up, and let none succeed."""
    attempts = []

    def attempt(*arguments, **_options):
        attempts.append(arguments)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", attempt)
    monkeypatch.setattr(socket, "getaddrinfo", attempt)
    monkeypatch.setattr(socket, "create_connection", attempt)
    return attempts


def _edit(folder, file, edit):
    document = json.loads((folder / file).read_bytes())
    edit(document)
    (folder / file).write_text(json.dumps(document))


def _with_reference(folder, reference):
    _edit(folder, PARCEL, lambda document: document["properties"]["contents"].update({"$ref": reference}))


def _with_loop(folder, loop):
    _edit(folder, PARCEL, lambda document: document["$defs"].update(thing=loop, other={"$ref": "#/$defs/thing"}))
    _edit(
        folder,
        "payloads/loss.json",
        lambda document: document.update({"$defs": {"back": {"$ref": "parcel.json#/$defs/thing"}}}),
    )


def _parcel(folder):
    return (json.loads((folder / "cases" / "parcel.accepted.json").read_bytes()))[0]["notification"]


@pytest.fixture
def check(run, made, parcels_copy):
    """Check a parcel against the copy of the third catalog."""
    recording = made(json.dumps(_parcel(parcels_copy)).encode())
    return lambda engine: run("check", recording, "--catalog", parcels_copy, "--engine", engine)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("reference", LEAVING)
def test_check_never_fetches(reference, engine, check, parcels_copy, no_network):
    """A contract that refers out of its catalog cannot be used: one line, status 2, and nobody is asked for it."""
    _with_reference(parcels_copy, reference)
    ran = check(engine)
    assert (ran.status, ran.out) == (2, "")
    assert re.fullmatch(r"notify-contracts: [^\n]+\n", ran.err)
    assert no_network == []


@pytest.mark.parametrize("reference", LEAVING)
def test_lint_never_fetches(reference, run, parcels_copy, no_network):
    """Lint finds the reference, at its place, without following it."""
    _with_reference(parcels_copy, reference)
    ran = run("catalog", "lint", parcels_copy)
    assert ran.status == 1
    assert re.fullmatch(
        rf"parcels/{re.escape(PARCEL)}#/properties/contents/\$ref: [^\n]+\n    at .+\n1 problem\n", ran.out
    )
    assert no_network == []


def test_the_watch_works(no_network):
    """The two tests above would notice: an attempt to connect is recorded."""
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("127.0.0.1", 9))
    assert len(no_network) == 1


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("loop", ENDLESS.values(), ids=ENDLESS)
def test_check_comes_back_from_an_endless_reference(loop, engine, check, parcels_copy):
    """A contract with an endless reference cannot be used: one line, status 2, on both engines."""
    _with_loop(parcels_copy, loop)
    ran = check(engine)
    assert (ran.status, ran.out) == (2, "")
    assert re.fullmatch(r"notify-contracts: [^\n]+\n", ran.err)


@pytest.mark.parametrize("loop", ENDLESS.values(), ids=ENDLESS)
def test_lint_finds_an_endless_reference(loop, run, parcels_copy):
    """Lint says which schema leads back to itself."""
    _with_loop(parcels_copy, loop)
    ran = run("catalog", "lint", parcels_copy)
    assert ran.status == 1
    places = {line.partition(":")[0] for line in ran.out.splitlines()[:-1] if not line.startswith("    ")}
    assert places
    assert places <= {
        f"parcels/{PARCEL}#/$defs/thing",
        f"parcels/{PARCEL}#/$defs/other",
        "parcels/payloads/loss.json#/$defs/back",
    }


@pytest.mark.parametrize("engine", ENGINES)
def test_contracts_beside_a_broken_one_still_work(engine, catalog_of, parcels_copy):
    """A contract that does not reach what is broken is checked as ever."""
    _with_reference(parcels_copy, "packing.json")
    catalog = catalog_of(parcels_copy, engine)
    assert catalog.check(catalog.contract("locker_door.stuck", "INFO").example()).conforms


@pytest.mark.parametrize("engine", ENGINES)
def test_recursion_into_the_value_is_no_loop(engine, catalog_of, parcels):
    """A schema that contains itself one level down is sound: a thing in a thing in a thing."""
    catalog = catalog_of(parcels, engine)
    notification = _parcel(parcels)
    contents = notification["payload"]["contents"]
    for _ in range(40):
        contents[:] = [{"name": "box", "contents": [dict(thing) for thing in contents]}]
    assert catalog.check(notification).conforms
    thing = contents
    for _ in range(40):
        thing = thing[0]["contents"]
    thing[0]["name"] = ""
    found = [(violation.pointer, violation.keyword) for violation in catalog.check(notification).violations]
    assert found == [("/payload/contents" + "/0/contents" * 40 + "/0/name", "minLength")]
