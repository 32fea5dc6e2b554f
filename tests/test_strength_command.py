"""`catalog strength`: what the contracts catch, for people and for programs."""

import json
import re

import pytest

ONE_LINE = re.compile(r"notify-contracts[^\n]*: [^\n]+\n")


def test_text(run, parcels):
    """The text gives the totals, every contract and the fields that let something pass, the worst first."""
    ran = run("catalog", "strength", parcels)
    assert (ran.status, ran.err) == (0, "")
    first, *_ = ran.out.splitlines()
    caught = r"parcels 0\.3\.1: [\d,]+ of [\d,]+ blind changes caught \(\d\d\.\d %\)"
    assert re.fullmatch(rf"{caught}; 5 contracts, \d+ notifications changed", first)
    contracts, fields = ran.out.split("share    contract\n")[1].split("share    field, and what is accepted there\n")
    for part, least in ((contracts, 5), (fields, 10)):
        shares = [float(share) for share in re.findall(r"^ +[\d,]+ +[\d,]+ +([\d.]+) %  \S", part, re.MULTILINE)]
        assert shares == sorted(shares)
        assert len(shares) >= least
    assert "/message_id: upper case\n" in ran.out
    assert ran.out.endswith("\nanything is accepted nowhere\n")


def test_remedies(run, parcels, parcels_copy):
    """Of what is accepted the text says which keyword refuses it, and of nothing else."""
    remedies = run("catalog", "strength", parcels).out.partition("what refuses that:\n")[2].partition("\n\n")[0]
    assert "   other text, text of a number, upper case: enum, const, format or pattern" in remedies
    assert "anything" not in remedies
    path = parcels_copy / "payloads/parcel.json"
    document = json.loads(path.read_bytes())
    document["properties"]["kind"] = {"description": "How it is handled."}
    path.write_text(json.dumps(document | {"additionalProperties": True}))
    weaker = run("catalog", "strength", parcels_copy, "--event", "parcel.accepted").out
    assert "\n   anything: give it a type\n   unknown property: additionalProperties: false\n" in weaker


def test_json(run, parcels):
    """The JSON has every field of every contract, and its figures add up to those of the text."""
    document = json.loads(run("catalog", "strength", parcels, "--format", "json").out)
    [catalog] = document["catalogs"]
    text = run("catalog", "strength", parcels).out
    assert text.startswith(f"parcels 0.3.1: {catalog['caught']:,} of {catalog['total']:,} blind changes caught")
    assert len(catalog["contracts"]) == 5
    for part, whole in ((catalog["contracts"], catalog), *((each["fields"], each) for each in catalog["contracts"])):
        assert sum(each["total"] for each in part) == whole["total"]
        assert sum(each["caught"] for each in part) == whole["caught"]
    fields = {field["pointer"]: field for field in catalog["contracts"][2]["fields"]}
    assert fields["/payload/due"]["accepted"] == ["dropped"]
    assert fields["/payload/due"]["accepts_anything"] is False


def test_narrowed(run):
    """--event and --priority narrow it, and without a name the built-in catalogs are measured."""
    ran = run("catalog", "strength", "--event", "image.send", "--priority", "ERROR")
    assert re.findall(r"^(\S+) .*; (\d+) contracts", ran.out, re.MULTILINE) == [
        ("glance-documented", "1"),
        ("glance-emitted", "1"),
    ]
    assert re.findall(r"%  ([a-z.]+-[A-Z]+)$", ran.out, re.MULTILINE) == ["image.send-ERROR"] * 2
    only = run("catalog", "strength", "glance-emitted", "--event", "image.member.*")
    assert len(re.findall(r"%  image\.member\.\w+-INFO$", only.out, re.MULTILINE)) == 3


@pytest.mark.parametrize(("least", "status"), [("0", 0), ("50", 0), ("99.9", 1), ("100", 1)])
def test_fail_under(least, status, run, parcels):
    """--fail-under ends with 1 where a catalog catches less, after the same report."""
    ran = run("catalog", "strength", parcels, "--fail-under", least)
    assert (ran.status, ran.err) == (status, "")
    assert ran.out.startswith("parcels ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--fail-under", "most"), "expected a percentage from 0 to 100"),
        (("--fail-under", "101"), "expected a percentage from 0 to 100"),
        (("--fail-under", "-1"), "expected"),
        (("--event", "volume.*"), "no contract of glance-documented and glance-emitted is selected"),
        (("nowhere",), 'no catalog "nowhere"'),
        (("--priority", "info"), 'has no priority "info"; did you mean "INFO"?'),
    ],
)
def test_usage(arguments, said, run):
    """What cannot be measured is said in one line, with status 2."""
    ran = run("catalog", "strength", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ONE_LINE.fullmatch(ran.err)


def _example_without_payload(document):
    del document["$defs"]["INFO"]["examples"][0]["payload"]


def _no_properties(document):
    document["$defs"]["INFO"]["properties"] = []


def _no_reference(document):
    document["$defs"]["INFO"]["properties"]["payload"] = {"$ref": "../payloads/nothing.json"}


@pytest.mark.parametrize("damage", [_example_without_payload, _no_properties, _no_reference])
def test_damaged_catalog(damage, run, parcels_copy):
    """A catalog that is not sound is sent to lint in one line, with status 2."""
    path = parcels_copy / "events" / "parcel.accepted.json"
    document = json.loads(path.read_bytes())
    damage(document)
    path.write_text(json.dumps(document))
    ran = run("catalog", "strength", parcels_copy)
    assert (ran.status, ran.out) == (2, "")
    assert "run catalog lint" in ran.err
    assert ONE_LINE.fullmatch(ran.err)


@pytest.mark.parametrize("content", [b"{", b"7", b"\xff"])
def test_damaged_cases(content, run, parcels_copy):
    """Cases that are none are named in one line; without any, the examples are measured."""
    path = parcels_copy / "cases" / "parcel.accepted.json"
    path.write_bytes(content)
    ran = run("catalog", "strength", parcels_copy)
    assert (ran.status, ran.out) == (2, "")
    assert re.fullmatch(r"notify-contracts: .*/cases/parcel\.accepted\.json: is n.*\n", ran.err)
    path.unlink()
    assert run("catalog", "strength", parcels_copy).status == 0
