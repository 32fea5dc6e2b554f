"""A catalog is a wall: nothing outside its folder is read, and one that has not its shape judges nobody."""

import json
import os
import re
import tracemalloc
from pathlib import Path

import pytest

from notify_contracts._audit.packing import files_of
from notify_contracts._lint import lint
from notify_contracts._schema import ENGINES
from notify_contracts.catalog import Catalog, load
from notify_contracts.catalog.folder import read_regular
from notify_contracts.errors import CatalogError

PAYLOAD, EVENT = "payloads/parcel.json", "events/parcel.accepted.json"
NOWHERE = "amqp://guest:guest@127.0.0.1:9/"
MISTYPED = {
    "keyword": (PAYLOAD, "/propertes", {}),
    "keyword further down": (PAYLOAD, "/properties/kind/enums", ["letter"]),
    "format": ("values.json", "/$defs/uuid/format", "uuuid"),
    "type": (PAYLOAD, "/properties/kind/type", "integr"),
    "keyword of an object on a text": ("values.json", "/$defs/uuid/required", ["number"]),
    "keyword of a contract": (EVENT, "/$defs/INFO/requird", []),
    "keyword of the envelope": ("notification.json", "/require", []),
    "key of the manifest": ("catalog.json", "/descripton", "A catalog."),
}


def _changed(folder, file, pointer, value):
    document = json.loads((folder / file).read_bytes())
    *parents, last = pointer.split("/")[1:]
    place = document
    for part in parents:
        place = place[part]
    place[last] = value
    (folder / file).write_text(json.dumps(document))


def _refused(ran, place):
    """Whether a command could not run and says where, in one line, and what to do next."""
    expected = rf"notify-contracts: [^\n]*{re.escape(place)}: [^\n]+; run catalog lint\n"
    assert (ran.status, ran.out) == (2, "")
    assert re.fullmatch(expected, ran.err)


@pytest.fixture
def recording(made, parcels):
    """Return a recording of a notification that keeps its contract."""
    return made(json.dumps(load(parcels).contract("parcel.accepted", "INFO").example()).encode())


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("mistyped", MISTYPED)
def test_mistyped(mistyped, engine, run, recording, parcels_copy):
    """What is mistyped anywhere in what a contract is made of is refused before anything is judged."""
    file, pointer, value = MISTYPED[mistyped]
    _changed(parcels_copy, file, pointer, value)
    _refused(run("check", recording, "--catalog", parcels_copy, "--engine", engine), f"parcels/{file}#{pointer}")


def test_mistyped_elsewhere(run, recording, parcels_copy):
    """It is refused, too, where nothing that is checked comes near the event type with the mistake."""
    _changed(parcels_copy, "events/parcel.lost.json", "/$defs/WARN/requird", [])
    _refused(run("check", recording, "--catalog", parcels_copy), "events/parcel.lost.json#/$defs/WARN/requird")


JUDGES = {
    "audit": ("audit", "RECORDING"),
    "check with processes": ("check", "RECORDING", "--jobs", "2"),
    "emit": ("emit", "parcel.accepted", "--example", "--driver", "noop"),
    "generate": ("generate", "--count", "1"),
    "verify": ("verify", "--url", NOWHERE),
    "watch": ("watch", "--url", NOWHERE, "--for", "1"),
}


@pytest.mark.parametrize("judge", JUDGES)
def test_judges(judge, run, recording, parcels_copy):
    """Whoever judges with a catalog refuses one with a mistyped keyword before it begins."""
    _changed(parcels_copy, PAYLOAD, "/propertes", {})
    arguments = [recording if argument == "RECORDING" else argument for argument in JUDGES[judge]]
    _refused(run(*arguments, "--catalog", parcels_copy), f"parcels/{PAYLOAD}#/propertes")


def test_whoever_makes_a_catalog(parcels_copy):
    """A catalog that nobody loaded by name has its shape looked at all the same."""
    example = load(parcels_copy).contract("parcel.accepted", "INFO").example()
    _changed(parcels_copy, PAYLOAD, "/propertes", {})
    catalog = Catalog(parcels_copy)
    for judge in (catalog.check, catalog.contract("parcel.accepted", "INFO").is_kept_by):
        with pytest.raises(CatalogError, match="propertes"):
            judge(example)


def test_nesting_without_an_end(run, recording, parcels_copy):
    """A file that is nested as deeply as text can be is refused in one line."""
    value = {}
    for _ in range(900):
        value = {"not": value, "title": "not that"}
    _changed(parcels_copy, PAYLOAD, "/$defs/deep", value)
    ran = run("check", recording, "--catalog", parcels_copy)
    assert (ran.status, ran.out) == (2, "")
    assert re.fullmatch(r"notify-contracts: [^\n]+\n", ran.err)


@pytest.fixture
def outside(tmp_path, parcels_copy):
    """Return a schema that allows everything, in a file that is not the catalog's."""
    path = tmp_path / "outside" / "secret.json"
    path.parent.mkdir()
    path.write_bytes((parcels_copy / PAYLOAD).read_bytes())
    return path


def _unread(run, recording, folder, file):
    for engine in ENGINES:
        ran = run("check", recording, "--catalog", folder, "--engine", engine)
        assert (ran.status, ran.out) == (2, "")
        assert re.fullmatch(r"notify-contracts: [^\n]+\n", ran.err)
    assert [problem for problem in lint(folder) if problem.file == file]
    assert "secret.json" not in files_of(Catalog(folder))


@pytest.mark.parametrize("form", ["{id}/{path}", "{id}{path}", "/{path}", "{path}", "../outside/secret.json"])
def test_path_of_another_file(form, run, recording, parcels_copy, outside):
    """No form of reference reads a file that is not in the catalog's folder."""
    base = json.loads((parcels_copy / "catalog.json").read_bytes())["id"]
    reference = form.format(id=base, path=outside)
    _changed(parcels_copy, EVENT, "/$defs/INFO/properties/payload/$ref", reference)
    _unread(run, recording, parcels_copy, EVENT)
    with pytest.raises(CatalogError):
        load(parcels_copy).document(base + "/" + str(outside))


def test_link_out_of_the_folder(run, recording, parcels_copy, outside):
    """A link that leads out of the folder is not followed."""
    (parcels_copy / PAYLOAD).unlink()
    (parcels_copy / PAYLOAD).symlink_to(outside)
    _unread(run, recording, parcels_copy, PAYLOAD)
    assert PAYLOAD not in files_of(Catalog(parcels_copy))


def test_folder_that_leads_out(run, recording, parcels_copy, outside):
    """So it is with a file behind a link that is a folder of the catalog's."""
    folder = (parcels_copy / PAYLOAD).parent
    folder.rename(outside.with_name("moved"))
    folder.symlink_to(outside.with_name("moved"))
    _unread(run, recording, parcels_copy, EVENT)
    with pytest.raises(CatalogError, match="is not a document of the catalog"):
        load(parcels_copy).document(load(parcels_copy).schemas.folder.uri(PAYLOAD))


def test_link_within_the_folder(run, recording, parcels_copy):
    """A link that stays in the folder is a file of the catalog, and the folder itself may be reached by one."""
    (parcels_copy / PAYLOAD).rename(parcels_copy / "payloads" / "real.txt")
    (parcels_copy / PAYLOAD).symlink_to("real.txt")
    linked = parcels_copy.with_name("linked")
    linked.symlink_to(parcels_copy)
    assert run("check", recording, "--catalog", linked).status == 0
    assert list(lint(linked)) == []


@pytest.mark.parametrize("place", ["events", "payloads", "cases"])
def test_named_pipe(place, run, recording, parcels_copy):
    """A named pipe in a catalog's folder is a problem and nothing waits for its other end."""
    os.mkfifo(parcels_copy / place / "pipe.json")
    assert [problem.file for problem in lint(parcels_copy)] == [f"{place}/pipe.json"]
    assert run("check", recording, "--catalog", parcels_copy).status == (2 if place == "events" else 0)


def test_small_files_need_little_room(parcels_copy):
    """A file is read into as much memory as it needs; Python fills all that is asked for in its development mode."""
    tracemalloc.start()
    try:
        assert read_regular(parcels_copy / EVENT) == (parcels_copy / EVENT).read_bytes()
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_a_file_that_states_no_size():
    """Whatever size the system states of a file, all of it is read."""
    if not Path("/proc/self/status").exists():
        pytest.skip("this system has no files that state no size")
    assert read_regular(Path("/proc/self/status")).startswith(b"Name:")


@pytest.mark.parametrize("file", ["catalog.json", EVENT])
def test_huge_file(file, run, recording, parcels_copy):
    """What no catalog's file is as large as is not read into memory: whoever judges says so, and so does lint."""
    os.truncate(parcels_copy / file, 65 * 1024 * 1024)
    said = "cannot be read: it is larger than 64 MiB"
    assert (file, said) in {(problem.file, problem.message) for problem in lint(parcels_copy)}
    ran = run("check", recording, "--catalog", parcels_copy)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith(f"{file}: {said}\n")


def test_contract_without_example(parcels_copy):
    """That a contract has no example is said in one line."""
    contract = Catalog(parcels_copy).contract("parcel.accepted", "INFO")
    without = type(contract)(contract.event_type, contract.priority, contract.uri, {}, contract.schemas)
    with pytest.raises(CatalogError, match="has no example; run catalog lint"):
        without.example()


def test_doubling(run, recording, parcels_copy):
    """References that double at each of many levels are a problem at once, for lint and for whoever judges."""
    levels = {f"l{n}": {"allOf": [{"$ref": f"#/$defs/l{n + 1}"}] * 2} for n in range(24)} | {"l24": {"type": "object"}}
    document = json.loads((parcels_copy / PAYLOAD).read_bytes())
    document["$defs"] |= levels
    document["allOf"] = [{"$ref": "#/$defs/l0"}]
    (parcels_copy / PAYLOAD).write_text(json.dumps(document))
    assert all("refer to fewer" in problem.message for problem in lint(parcels_copy))
    assert {problem.file for problem in lint(parcels_copy)} >= {PAYLOAD}
    _refused(run("check", recording, "--catalog", parcels_copy), f"parcels/{EVENT}#/$defs/INFO")
    _refused(run("generate", "--count", "1", "--catalog", parcels_copy), f"{EVENT}#/$defs/INFO")


@pytest.mark.parametrize("engine", ENGINES)
def test_hostile_name(engine, run, made, parcels_copy):
    """A name that makes a backtracking matcher try every way is judged at once, also where a fault is explained."""
    names = {"properties": {}, "patternProperties": {"^(?:x+)+$": {"type": "string"}}, "additionalProperties": False}
    _changed(parcels_copy, "payloads/loss.json", "/$defs", {"names": names})
    _changed(parcels_copy, EVENT, "/$defs/INFO/properties/payload", {"$ref": "../payloads/loss.json#/$defs/names"})
    example = load(parcels_copy).contract("parcel.accepted", "INFO").example() | {"payload": {"x" * 500 + "!": 1}}
    ran = run("check", made(json.dumps(example).encode()), "--catalog", parcels_copy, "--engine", engine)
    assert ran.status == 1
    assert "(additionalProperties)" in ran.out
