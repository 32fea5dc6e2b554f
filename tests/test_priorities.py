"""Priorities are data: those that a catalog's envelope allows, seven of them in the catalog `sensors`, all through."""

import json
import re
from pathlib import Path
from shutil import copytree
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
import yaml

from notify_contracts._lint import lint
from notify_contracts._report.writers import FORMATS as REPORTS
from notify_contracts._schema import ENGINES
from notify_contracts.catalog import Catalog, load
from notify_contracts.errors import CatalogError, UsageError
from notify_contracts.generate import lifecycle_samples, samples
from notify_contracts.model import Delivery, Notification, Priority
from notify_contracts.testing import Recorder, recording
from notify_contracts.wire import PRIORITIES
from tests.telling import telling

SENSORS = Path(__file__).parent / "catalogs" / "sensors"
ODD = "identity.OS-TRUST:trust.created"
OTHER = "identity.OS-TRUST_trust.created"
MARKED = "meter #3; 50% (a&b)"
SAFE = "!$&'()*+,;=:@~"
EXPORTS = ("asyncapi", "asyncapi-json", "html", "json-schema", "json-schema-draft-07", "markdown")


@pytest.fixture(scope="module")
def sensors():
    """Give the catalog."""
    return load(SENSORS)


@pytest.fixture
def changed(tmp_path):
    """Return a function that gives a copy of the catalog, one of its files changed by a function."""

    def change(file, edit):
        root = tmp_path / "sensors"
        copytree(SENSORS, root)
        document = json.loads((root / file).read_bytes())
        (root / file).write_text(json.dumps(edit(document) or document))
        return root

    return change


@pytest.fixture(scope="module")
def recorded(sensors, tmp_path_factory):
    """Give a recording of every contract, kept and broken, and of what has none."""
    file = tmp_path_factory.mktemp("recorded") / "sensors.jsonl"
    lines = []
    for contract in sensors.contracts:
        lines += [contract.example(), {**contract.example(), "payload": 3}]
    lines += [
        {**lines[0], "event_type": ODD, "priority": "SAMPLE"},
        {**lines[0], "event_type": "sensor.lost", "priority": "FATAL"},
    ]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return file


def _broken(catalog, **changes):
    verdict = catalog.check({**catalog.contract("sensor.read", "AUDIT").example(), **changes})
    return [(violation.pointer, violation.keyword) for violation in verdict.violations]


# Which there are


def test_seven(sensors):
    """The envelope lists the priorities, behind a reference, and each has its contract."""
    assert sensors.priorities == PRIORITIES
    assert [contract.priority for contract in sensors.select("sensor.read")] == list(PRIORITIES)
    assert all(type(contract.priority) is str for contract in sensors.contracts)


@pytest.mark.parametrize("name", ["glance-documented", "glance-emitted"])
def test_the_built_in_ones_have_the_guides(name):
    """The catalogs of Glance have the priorities of its guide."""
    assert load(name).priorities == ("INFO", "WARN", "ERROR")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"const": "INFO"}, ("INFO",)),
        ({"enum": ["WARN", "INFO", None, 3]}, ("WARN", "INFO")),
        (
            {"allOf": [{"$ref": "values.json#/$defs/priority"}, {"enum": ["SAMPLE", "FATAL", "INFO"]}]},
            ("INFO", "SAMPLE"),
        ),
        ({"$ref": "#/properties/priority"}, PRIORITIES),
        ({"$ref": "nowhere.json"}, None),
        ({"$ref": "values.json#/nowhere"}, PRIORITIES),
        ({"type": "string"}, PRIORITIES),
        (True, PRIORITIES),
    ],
    ids=str,
)
def test_how_an_envelope_lists_them(schema, expected, changed):
    """They are found wherever the rule stands; where it allows any, they are those that have contracts."""
    root = changed("notification.json", lambda document: document["properties"].update(priority=schema))
    if expected is None:
        with pytest.raises(CatalogError, match="is not a document of the catalog"):
            _ = Catalog(root).priorities
    else:
        assert sorted(Catalog(root).priorities) == sorted(expected)


def test_a_contract_of_a_priority_that_is_not_allowed(changed):
    """It is no contract, and lint says so; what comes with it breaks the envelope."""
    root = changed("values.json", lambda document: document["$defs"]["priority"]["enum"].remove("CRITICAL"))
    assert _broken(Catalog(root), priority="CRITICAL") == [("/priority", "enum")]
    assert "expected a priority that notification.json allows" in " ".join(map(str, lint(root)))


# Verdicts


def test_allowed_without_a_contract(sensors):
    """An event type that the catalog knows, with a priority that the envelope allows and no contract, says so."""
    assert _broken(sensors, event_type=ODD, priority="CRITICAL", payload={"any": "thing"}) == [
        ("/priority", "no-contract")
    ]


@pytest.mark.parametrize("priority", ["FATAL", "critical", None, 3, ["AUDIT"]])
def test_not_allowed(sensors, priority):
    """What the envelope does not allow stays a violation of the envelope, one."""
    ((pointer, _),) = _broken(sensors, event_type=ODD, priority=priority)
    assert pointer == "/priority"


@pytest.mark.parametrize("schema", [{}, {"type": "string"}], ids=str)
def test_an_envelope_that_allows_any(schema, changed):
    """Where the envelope allows any priority, one without a contract is still a violation."""
    root = changed("notification.json", lambda document: document["properties"].update(priority=schema))
    assert _broken(Catalog(root), priority="FATAL") == [("/priority", "no-contract")]


@pytest.mark.parametrize("attribute", ["priority", "event_type"])
def test_an_envelope_that_does_without(attribute, changed):
    """Where the envelope does not ask for what chooses the contract, a notification without it has none and says so."""
    root = changed("notification.json", lambda document: document["required"].remove(attribute))
    catalog = Catalog(root)
    envelope = catalog.contract("sensor.read", "INFO").example()
    del envelope[attribute]
    (violation,) = catalog.check(envelope).violations
    expected = {"priority": "no-contract", "event_type": "unknown-event"}
    assert (violation.pointer, violation.keyword) == (f"/{attribute}", expected[attribute])


# Event types


def test_event_types(sensors):
    """An event type is whatever the name of a file may hold, and its contracts judge."""
    assert sensors.event_types == (ODD, OTHER, MARKED, "sensor.read")
    assert list(lint(SENSORS)) == []
    for contract in sensors.contracts:
        verdict = sensors.check(contract.example())
        assert (verdict.contract, verdict.violations) == (contract.id, ())
        ((pointer, keyword),) = [
            (violation.pointer, violation.keyword)
            for violation in sensors.check({**contract.example(), "payload": 3}).violations
        ]
        assert (pointer, keyword) == ("/payload", "type")


@pytest.mark.parametrize(
    "name",
    telling(
        [
            "Zähler",
            "a?b",
            "'x'",
            "[y]",
            'a"b',
            "back\\slash",
            "new\nline",
            "%41",
            "a b",
            "*",
            "{topic}",
            "~",
            "x" * 200,
            "-",
        ],
        ["a?b", "back\\slash", "new\nline"],
    ),
    ids=ascii,
)
def test_any_name_of_a_file(name, changed, run, tmp_path):
    """Whatever names a file is an event type: linted, judged alike by both engines, exported and reported."""
    root = changed("events/sensor.read.json", lambda document: _renamed(document, name))
    file = root / "events" / "sensor.read.json"
    file.rename(file.with_name(f"{name}.json"))
    (root / "lifecycles.json").unlink()
    assert list(lint(root)) == []
    recorded = tmp_path / "recorded.jsonl"
    recorded.write_text(json.dumps(load(root).contract(name, "AUDIT").example()))
    for engine in ENGINES:
        ran = run(
            "check", recorded, "--catalog", root, "--engine", engine, "--event", name, f"--report=html:{tmp_path}/h"
        )
        assert (ran.status, "1 conform, 0 do not" in ran.out) == (0, True), engine
    for form in EXPORTS:
        exported = run("catalog", "export", "--catalog", root, "--format", form, "--output", tmp_path / form / "")
        assert exported.status == 0


def _renamed(document, name):
    text = json.dumps(document).replace("sensor.read.json", f"{quote(name, safe=SAFE)}.json")
    renamed = json.loads(text)
    renamed["title"] = name
    for contract in renamed["$defs"].values():
        contract["properties"]["event_type"]["const"] = name
        for example in contract["examples"]:
            example["event_type"] = name
    return renamed


def test_uris_are_encoded(sensors):
    """The URI of an event type is encoded where a URI needs it, and leads back to its file."""
    contract = sensors.contract(MARKED, "SAMPLE")
    assert contract.uri.endswith("/events/meter%20%233;%2050%25%20(a&b).json#/$defs/SAMPLE")
    assert sensors.contract(ODD, "AUDIT").uri.endswith("/events/identity.OS-TRUST:trust.created.json#/$defs/AUDIT")
    assert sensors.relative(sensors.uri(f"events/{MARKED}.json")) == f"events/{MARKED}.json"


@pytest.mark.parametrize("way", ["%2e%2e/parcels/values.json", "%2E%2E%2Fparcels%2Fvalues.json", "values.json%00"])
def test_an_encoded_uri_does_not_leave(sensors, way):
    """What is encoded in a URI is no way out of the folder."""
    with pytest.raises(ValueError, match="is not a document of the catalog"):
        sensors.document(sensors.base + way)


@pytest.mark.parametrize("name", [".image.draft", "."])
def test_hidden_files_are_no_event_types(name, changed):
    """A file whose name begins with a dot states nothing."""
    root = changed("catalog.json", lambda document: document.update(version="2.0.0"))
    (root / "events" / f"{name}.json").write_bytes((root / "events" / "sensor.read.json").read_bytes())
    assert Catalog(root).event_types == load(SENSORS).event_types


# What is made of it


def test_generated(sensors):
    """Notifications of every contract are generated, broken in the ways announced, and told as lives."""
    made = samples(sensors, seed=1)
    seen = {sensors.check(next(made)).contract for _ in range(300)}
    assert seen == {contract.id for contract in sensors.contracts}
    lives = lifecycle_samples(sensors, seed=1)
    assert {next(lives)["priority"] for _ in range(20)} == {"SAMPLE", "CRITICAL"}


def test_every_report(run, recorded, tmp_path):
    """Every report names every contract, and what has none."""
    targets = [f"--report={name}:{tmp_path / name}" for name in REPORTS]
    ran = run("check", recorded, "--catalog", SENSORS, *targets)
    assert ran.status == 1
    assert "12 of 12 contracts seen" in ran.out
    for name in REPORTS:
        text = (tmp_path / name).read_text()
        assert "SAMPLE" in text, name
        assert "CRITICAL" in text, name
    ET.parse(tmp_path / "junit")


def test_the_matrix_fits_a_terminal(run, recorded):
    """Seven columns fit 80 characters, with a row for each event type, one line or two."""
    lines = run("check", recorded, "--catalog", SENSORS).out.splitlines()
    matrix = lines[: lines.index("without a contract")]
    assert max(map(len, matrix)) <= 80
    assert re.split(" {2,}", matrix[0]) == ["sensors 1.0.0", *PRIORITIES]
    assert matrix[matrix.index(OTHER) + 1].split() == ["1+1!"]
    assert next(line for line in matrix if line.startswith("sensor.read")).split()[1:] == ["1+1!"] * 7
    assert matrix[-1].startswith("12: passed; 3!: failed; 12+3!: both")


def test_a_matrix_of_many_columns(run, recorded, changed):
    """More columns than a terminal has room for stand below each other."""
    many = [f"LEVEL_{number}" for number in range(30)]
    root = changed("values.json", lambda document: document["$defs"]["priority"]["enum"].extend(many))
    lines = run("check", recorded, "--catalog", root).out.splitlines()
    matrix = lines[: lines.index("without a contract")]
    assert max(map(len, matrix)) <= 80
    assert [word for line in matrix for word in line.split() if word in {*PRIORITIES, *many}] == [*PRIORITIES, *many]


@pytest.mark.parametrize("form", EXPORTS)
def test_exports(form, run, tmp_path, sensors):
    """Every export has every contract once, under names of their own."""
    assert run("catalog", "export", "--catalog", SENSORS, "--format", form, "--output", tmp_path / "pages/").status == 0
    document = run("catalog", "export", "--catalog", SENSORS, "--format", form).out
    for priority in PRIORITIES:
        assert priority in document
    if form.startswith("asyncapi"):
        read = yaml.safe_load(document)
        assert [message["name"] for message in read["components"]["messages"].values()] == [
            contract.id for contract in sensors.contracts
        ]
        assert [channel["address"] for channel in read["channels"].values()] == [
            f"house.{priority.lower()}" for priority in PRIORITIES
        ]
    if form == "html":
        anchors = re.findall(' id="([^"]+)"', document)
        assert len(anchors) == len(set(anchors))
        assert set(re.findall('href="#([^"]+)"', document)) <= set(anchors)


@pytest.mark.parametrize(
    "command", ["check", "generate", "catalog export --format markdown", "catalog show sensor.read"]
)
def test_a_priority_that_is_none_is_refused(command, run, recorded):
    """What is asked for and no priority of the catalog is told, with the one that was meant."""
    source = [recorded] if command == "check" else []
    given = ["CRITCAL"] if "show" in command else ["--priority", "CRITCAL"]
    ran = run(*command.split(), *source, *given, "--catalog", SENSORS)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == 'notify-contracts: sensors has no priority "CRITCAL"; did you mean "CRITICAL"?\n'


def test_only_one_priority(run, recorded):
    """Any priority of the catalog can be asked for alone."""
    ran = run("check", recorded, "--priority", "CRITICAL", "--catalog", SENSORS)
    assert "4 notifications, 2 conform, 2 do not" in ran.out


def test_emit(run):
    """The command emits what the catalog allows, and refuses what a log has no level for."""
    emitted = run("emit", "sensor.read", "critical", "--example", "--catalog", SENSORS, "--driver", "noop")
    assert emitted.status == 0
    refused = run("emit", "sensor.read", "sample", "--example", "--catalog", SENSORS, "--driver", "log")
    assert (refused.status, refused.out) == (2, "")
    assert "the log has no level SAMPLE" in refused.err


# In tests


def test_recorder(sensors):
    """A recorder is asked about the priorities of its catalog, and about no other."""
    recorder = Recorder(sensors)
    recorder.record(sensors.contract("sensor.read", "SAMPLE").example())
    assert recorder.one("sensor.read", "SAMPLE").priority == "SAMPLE"
    with pytest.raises(UsageError, match='sensors has no priority "SIMPLE"; did you mean "SAMPLE"'):
        recorder.none("sensor.read", "SIMPLE")
    recorder.verify()


def test_what_is_logged_at_debug_is_recorded(sensors):
    """A recorder of what is logged hears DEBUG as well."""
    from notify_contracts.drivers.log import LogDriver

    with recording(sensors, source="logging") as recorder:
        LogDriver().send(Notification(sensors.contract("sensor.read", "DEBUG").example()))
    assert recorder.one("sensor.read", "DEBUG").priority == "DEBUG"


def test_the_old_enumeration_warns():
    """Release 0.1 had an enumeration of three: it is there for one release, and says what to do."""
    with pytest.warns(DeprecationWarning, match="write the text 'INFO'"):
        assert Priority.INFO == "INFO"
    with pytest.warns(DeprecationWarning, match="ask a catalog"):
        assert list(Priority) == ["INFO", "WARN", "ERROR"]
    with pytest.warns(DeprecationWarning, match="plain text"):
        assert Priority("WARN") == "WARN"


# Routing keys


@pytest.mark.parametrize(
    ("template", "right", "wrong"),
    [
        ("{topic}.{priority}", "any.topic.at.all.audit", "house.info"),
        ("{topic}.{priority}", "h.audit", ".audit"),
        ("{priority}.{topic}", "audit.house", "house.audit"),
        ("{topic}.{event_type}.{priority}", "h.sensor.read.audit", ".sensor.read.audit"),
        ("v1.{event_type}.{priority}", "v1.sensor.read.audit", "v1.sensor.read.info"),
        ("v1.{event_type}.{priority}", "v1.sensor.read.audit", "v1.sensor.lost.audit"),
        ("{topic}-{priority}", "house-audit", "house.audit"),
        ("a.{topic}.b.{topic}.{priority}", "a.x.b.y.audit", "a.x.y.audit"),
        ("everything", "everything", "house.audit"),
    ],
)
def test_routing_keys_are_the_catalogs(template, right, wrong, changed):
    """A delivery is held against the routing key that the catalog states, whatever its topic is."""
    root = changed("catalog.json", lambda document: document["transport"].update(routing_key=template))
    assert list(lint(root)) == []
    catalog = load(root)
    envelope = catalog.contract("sensor.read", "AUDIT").example()

    def broken(key):
        return [
            (violation.keyword, violation.contract)
            for violation in catalog.check(Notification(envelope, delivery=Delivery("sensors", key))).violations
        ]

    assert broken(right) == []
    assert broken(wrong) == [("routing-key", "sensor.read-AUDIT")]


@pytest.mark.parametrize("key", ["", "house", ".", "house.audit"])
def test_any_routing_key(key, changed):
    """A catalog whose routing key is the topic allows any, also the empty one."""
    catalog = load(changed("catalog.json", lambda document: document.update(transport={"routing_key": "{topic}"})))
    envelope = catalog.contract("sensor.read", "AUDIT").example()
    assert catalog.check(Notification(envelope, delivery=Delivery("sensors", key))).conforms


def test_a_routing_key_without_a_topic(sensors):
    """It is said how the whole key is, where its end is right."""
    sent = Notification(sensors.contract("sensor.read", "AUDIT").example(), delivery=Delivery("sensors", ".audit"))
    (violation,) = sensors.check(sent).violations
    assert violation.message == 'expected a routing key like "….audit" as the priority says, found ".audit"'


@pytest.mark.parametrize("template", ["", "{topic}.{level}", "{topic}.*", 3, None])
def test_a_bad_routing_key(template, changed, run):
    """A routing key that cannot be one is an error of lint, and of everybody who loads the catalog."""
    root = changed("catalog.json", lambda document: document["transport"].update(routing_key=template))
    assert any("/transport/routing_key" in str(problem) for problem in lint(root))
    ran = run("check", "nothing.jsonl", "--catalog", root)
    assert ran.status == 2
    assert "catalog.json#/transport/routing_key: expected routing key" in ran.err
    with pytest.raises(CatalogError, match=re.escape("it is made of {topic}, {priority}, {event_type}")):
        _ = Catalog(root).routing_key


@pytest.mark.parametrize("form", EXPORTS)
def test_exported_routing_keys(form, changed, run):
    """Exports tell the routing keys that the catalog states."""
    root = changed("catalog.json", lambda document: document["transport"].update(routing_key="{event_type}.{priority}"))
    document = run("catalog", "export", "--catalog", root, "--format", form).out
    assert ("event_type}.critical" in document.replace("\\}", "}")) == (not form.startswith("json-schema"))
