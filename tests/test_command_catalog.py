"""`catalog list` and `catalog show`: which contracts there are, and what each promises."""

import json
import re

import pytest

ONE_LINE = re.compile(r"notify-contracts: [^\n]+\n")


def test_list(run):
    """The built-in catalogs are listed with their titles and sizes."""
    ran = run("catalog", "list")
    assert (ran.status, ran.err) == (0, "")
    first, second = ran.out.splitlines()
    assert re.fullmatch(r"glance-documented \d+\.\d+\.\d+: .+ \(11 event types, 33 contracts\)", first)
    assert re.fullmatch(r"glance-emitted \d+\.\d+\.\d+: .+ \(33 event types, 35 contracts\)", second)


@pytest.mark.parametrize(("catalog", "size"), [("glance-documented", 33), ("glance-emitted", 35), ("parcels", 5)])
def test_list_of_contracts(catalog, size, run, parcels):
    """The contracts of a catalog are listed one a line, by event type and priority."""
    ran = run("catalog", "list", "--catalog", parcels if catalog == "parcels" else catalog)
    assert (ran.status, ran.err, len(ran.out.splitlines())) == (0, "", size)
    assert all(re.fullmatch(r"[a-z_.]+ (?:INFO|WARN|ERROR)", line) for line in ran.out.splitlines())
    assert run("catalog", "list", parcels if catalog == "parcels" else catalog) == ran


@pytest.mark.parametrize("catalog", ["glance-documented", "glance-emitted", "parcels"])
def test_show_every_contract(catalog, run, parcels, catalog_of):
    """Every contract can be shown: its words, its payload, and an example that can be pasted into a file."""
    name = parcels if catalog == "parcels" else catalog
    for contract in catalog_of(name).contracts:
        ran = run("catalog", "show", contract.event_type, contract.priority, "--catalog", name)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith(f"{contract.event_type} {contract.priority} (")
        assert contract.description in ran.out
        assert json.loads(ran.out.partition("    example:\n")[2]) == contract.example()


def test_show_fields(run):
    """The fields of a payload are shown with what they may be, and whether they are required."""
    ran = run("catalog", "show", "image.send", "INFO", "--catalog", "glance-emitted")
    fields = dict(re.findall(r"^    (\w+) +((?:required|optional)  .*)$", ran.out, re.MULTILINE))
    assert list(fields) == [
        "image_id", "owner_id", "receiver_tenant_id", "receiver_user_id", "destination_ip", "bytes_sent",
    ] or set(fields) >= {"image_id", "bytes_sent", "destination_ip"}  # fmt: skip
    assert fields["destination_ip"].startswith("optional  IPv4 or IPv6 address")
    assert fields["owner_id"].startswith("required  string or null")
    assert fields["bytes_sent"].startswith("required  integer, at least 0  ")


def test_show_fields_that_must_not_be_there(run):
    """A field that must not be there is not called optional."""
    out = run("catalog", "show", "image.create", "INFO").out
    assert re.search(r"^    location +never     no such field, because it may carry credentials", out, re.MULTILINE)


def test_show_nested_fields(run, parcels):
    """What is within objects and arrays is shown too, and what holds itself is shown once."""
    out = run("catalog", "show", "parcel.lost", "WARN", "--catalog", parcels).out
    shown = re.findall(r"^    ([\w.\[\]-]+) +(?:required|optional|never) ", out, re.MULTILINE)
    assert {"parcel", "parcel.number", "parcel.contents", "parcel.contents[].name"} <= set(shown)
    assert len(shown) == len(set(shown))
    assert not any(name.count("contents") > 2 for name in shown)


def test_show_many_alternatives(run, parcels_copy):
    """Alternatives that double at each of many levels are shown as those of one."""
    path = parcels_copy / "payloads/parcel.json"
    document = json.loads(path.read_bytes())

    def twice(number):
        return [{"$ref": f"#/$defs/a{number + 1}"}] * 2

    document.setdefault("$defs", {}).update(
        {
            f"a{number}": {"type": "object", "properties": {"x": {"title": "it", "anyOf": twice(number)}}}
            for number in range(30)
        }
    )
    document["$defs"]["a30"] = {"type": "object"}
    document["properties"]["deep"] = {"$ref": "#/$defs/a0"}
    path.write_text(json.dumps(document))
    assert "deep.x.x.x" in run("catalog", "show", "parcel.accepted", "INFO", "--catalog", parcels_copy).out


def test_show_hostile_example(run, parcels_copy):
    """What is not printable in an example is escaped as JSON does."""
    path = parcels_copy / "events" / "locker_door.stuck.json"
    path.write_text(path.read_text().replace("Door 12 did not open", "Door \\u202e \\u0085 \\udb40\\udc41"))
    ran = run("catalog", "show", "locker_door.stuck", "INFO", "--catalog", parcels_copy)
    assert ran.out.replace("\n", "").isprintable()
    assert json.loads(ran.out.partition("    example:\n")[2])["payload"] == "Door \u202e \x85 \U000e0041"


def test_show_all_priorities(run):
    """Without a priority all contracts of an event type are shown."""
    ran = run("catalog", "show", "image.upload", "--catalog", "glance-emitted")
    assert re.findall(r"^image\.upload (\w+)", ran.out, re.MULTILINE) == ["INFO", "ERROR"]


def test_the_catalog_in_the_place_of_the_event(run, parcels_copy):
    """Who names the catalog first, as `lint` has it, is told how it is named here."""
    ran = run("catalog", "show", parcels_copy, "locker_door.stuck")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith(f"is a catalog: give an event type, and --catalog {parcels_copy}\n")


UNKNOWN = {
    ("volume.create", "DEBUG"): "expected an event type of glance-documented",
    ("image.crate",): 'did you mean "image.create"?',
    ("image.create", "WARN", "--catalog", "glance-emitted"): 'expected INFO for image.create, found "WARN"',
    ("volume.create",): "expected an event type of glance-documented",
    ("\x1b[2J\n",): "expected an event type of glance-documented",
    ("image.create", "--catalog", "nowhere"): 'no catalog "nowhere": give glance-documented or glance-emitted',
}


@pytest.mark.parametrize("arguments", UNKNOWN, ids=repr)
def test_show_what_is_not_there(arguments, run):
    """What is not there is one line that names what there is, and status 2."""
    ran = run("catalog", "show", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ONE_LINE.fullmatch(ran.err)
    assert UNKNOWN[arguments] in ran.err
    assert ran.err[:-1].isprintable()
