"""The reports for programs: one JSON document of a published shape, or a line of JSON for every verdict."""

import json

import jsonschema_rs
import pytest

from notify_contracts._report.document import SCHEMA
from notify_contracts._schema.engines import ENGINES
from tests.telling import telling

VALIDATOR = jsonschema_rs.Draft202012Validator(json.loads(SCHEMA.read_bytes()))


@pytest.fixture
def report(run):
    """Return the report of a run, which keeps its published shape."""

    def report(*arguments):
        ran = run("check", *arguments, "--format", "json")
        document = json.loads(ran.out)
        assert [str(error) for error in VALIDATOR.iter_errors(document)] == []
        assert ran.out.endswith("}\n")
        return document

    return report


def test_shape_is_a_schema():
    """The published shape is a schema, closed everywhere: a field that it does not name is an error."""
    schema = json.loads(SCHEMA.read_bytes())
    jsonschema_rs.meta.validate(schema)
    objects = [schema]
    for part in objects:
        objects += [
            inner for inner in (part.values() if isinstance(part, dict) else part) if isinstance(inner, dict | list)
        ]
    described = [part for part in objects if isinstance(part, dict) and "required" in part and "type" in part]
    assert len(described) > 5
    assert all(part["additionalProperties"] is False for part in described)


@pytest.mark.parametrize("catalog", ["glance-documented", "glance-emitted"])
@pytest.mark.parametrize(
    "name",
    telling(["glance-33-messagingv2.jsonl", "glance-33-messaging.jsonl", "glance-33.log"], ["glance-33.log"]),
)
def test_recordings(name, catalog, report, examples):
    """The report on a recording keeps the shape, and its numbers add up."""
    document = report(examples / name, "--catalog", catalog)
    totals = document["totals"]
    counted = sum(contract["passed"] + contract["failed"] for contract in document["contracts"])
    lost = totals.get("undelivered", 0)
    assert totals["notifications"] - lost == counted + totals["without_contract"]
    assert counted + totals["without_contract"] in (296, 814)
    assert lost == (2 if name.endswith(".log") else 0)
    assert totals["conforming"] + totals["failing"] == totals["notifications"]
    assert totals["violations"] == sum(group["count"] for group in document["groups"])
    assert totals["without_contract"] == sum(pair["count"] for pair in document["without_contract"])
    assert (document["hint"] is None) == (catalog == "glance-emitted")


def test_engines_report_the_same(report, examples):
    """Both engines make the same report, but for their names."""
    reports = [report(examples / "glance-33-messaging.jsonl", "--engine", engine) for engine in ENGINES]
    assert [document.pop("engine") for document in reports] == list(ENGINES)
    assert reports[0] == reports[1]


def test_values(report, made, catalog_of):
    """Every field of the report, for a recording with a failure, a stranger and rubbish."""
    example = catalog_of("glance-emitted").contract("image.delete", "INFO").example()
    lines = [json.dumps(example), json.dumps(example | {"event_type": 7, "_unique_id": "0"}), "{"]
    path = made("\n".join(lines).encode())
    document = report(path)
    assert document["report"] == 2
    assert document["catalog"] == {"name": "glance-documented", "version": catalog_of("glance-documented").version}
    assert document["sources"] == [str(path)]
    assert document["totals"] == {
        "notifications": 3, "conforming": 0, "failing": 3, "unreadable": 1, "without_contract": 1, "violations": 3,
        "violations_in_other_groups": 0, "skipped_lines": 0,
    }  # fmt: skip
    assert document["without_contract"] == [{"event_type": "(int)", "priority": "INFO", "count": 1}]
    assert [contract for contract in document["contracts"] if contract["failed"]] == [
        {"contract": "image.delete-INFO", "event_type": "image.delete", "priority": "INFO", "passed": 0, "failed": 1}
    ]
    assert len(document["contracts"]) == 33
    unreadable, stranger, failure = document["groups"]
    assert (unreadable["kind"], unreadable["contract"], unreadable["example"]["notification"]) == (
        "unreadable",
        None,
        None,
    )
    assert (stranger["kind"], stranger["contract"], stranger["pointer"]) == ("envelope", None, "/event_type")
    assert failure == {
        "contract": "image.delete-INFO", "pointer": "/payload", "keyword": "type", "kind": "payload", "count": 1,
        "message": "expected UUID with hyphens (string), found an object of 20 properties",
        "example": {"source": str(path), "unit": "line", "number": 1, "notification": example},
    }  # fmt: skip
    assert document["hint"] == {"catalog": "glance-emitted", "conforming": 1, "failing": 2}


HOSTILE = [
    '{"\\u001b": 1}',
    '{"event_type": "\\u202e", "priority": ["a"]}',
    "{}",
    "\x00",
    '{"priority": "INFO", "event_type": null}',
]


@pytest.mark.parametrize("hostile", [*HOSTILE, "\n".join(HOSTILE)], ids=[*range(len(HOSTILE)), "all"])
def test_hostile_recordings(hostile, report, made):
    """The shape is kept whatever the recording holds."""
    document = report(made(b"{}\n" + hostile.encode()))
    assert document["totals"]["conforming"] == 0


def test_more_groups_than_are_listed(report, made, catalog_of):
    """Beyond 1,000 groups and pairs the lists end, and the totals are exact."""
    example = catalog_of("glance-emitted").contract("image.create", "INFO").example()
    lines = [json.dumps(example | {"event_type": f"volume.{number:04}", f"x{number:04}": 1}) for number in range(1100)]
    document = report(made("\n".join(lines).encode()), "--catalog", "glance-emitted")
    assert (len(document["without_contract"]), len(document["groups"])) == (1000, 1000)
    assert (document["totals"]["without_contract"], document["totals"]["violations"]) == (1100, 2200)
    listed = sum(group["count"] for group in document["groups"])
    assert document["totals"]["violations_in_other_groups"] == 2200 - listed


def test_lines(run, made, catalog_of):
    """Every verdict is a line of its own, in the order of the recording, good ones and bad ones."""
    example = catalog_of("glance-documented").contract("image.delete", "INFO").example()
    path = made("\n".join([json.dumps(example), "", json.dumps(example | {"payload": "one"}), "{"]).encode())
    ran = run("check", path, "--format", "jsonl")
    good, bad, unreadable = map(json.loads, ran.out.splitlines())
    identity = {name: example[name] for name in ("message_id", "event_type", "priority")}
    place = {"source": str(path), "unit": "line"}
    assert good == {
        **place,
        "number": 1,
        **identity,
        "contract": "image.delete-INFO",
        "conforms": True,
        "violations": [],
    }
    message = 'expected UUID with hyphens, found "one"'
    violation = {"pointer": "/payload", "keyword": "pattern", "kind": "payload", "message": message}
    assert bad == {**good, "number": 3, "conforms": False, "violations": [violation]}
    assert unreadable.pop("violations")[0]["kind"] == "unreadable"
    nothing = dict.fromkeys((*identity, "contract"))
    assert unreadable == {**place, "number": 4, **nothing, "conforms": False}
    assert (ran.status, ran.err) == (1, "")
