"""`catalog export --format asyncapi`: AsyncAPI 3.0 that says what is on the wire, in both formats."""

import json
from functools import cache

import jsonschema_rs
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts._export import Selection, format_named
from notify_contracts._export.draft7 import as_draft7
from notify_contracts._export.yamltext import yaml_text
from notify_contracts._schema.documents import at, fragment_parts
from notify_contracts.catalog import cases_of
from tests.places import places
from tests.telling import examples

CATALOGS = ("glance-documented", "glance-emitted", "parcels")


@pytest.fixture(scope="module", params=CATALOGS)
def catalog(request, catalog_of, parcels):
    """Give each catalog in turn."""
    return catalog_of(parcels if request.param == "parcels" else request.param)


@cache
def _exported(catalog):
    content = format_named("asyncapi-json").document(Selection(catalog, catalog.contracts))
    return json.loads(content)


@cache
def _judge(catalog, name, part=()):
    """Return the judge of bodies of a message, or of a part of them, read as AsyncAPI reads schemas: in draft 7."""
    components = _exported(catalog)["components"]
    schema = {**at(components["messages"][name]["payload"], part), "components": components}
    return jsonschema_rs.Draft7Validator(schema, validate_formats=True)


INSIDE = ("oneOf", 1, "properties", "oslo.message", "contentSchema")


def _accepts(catalog, name, body):
    """Return whether a message accepts a body, in format 2.0 also what is in it."""
    inside = "oslo.message" not in body or _judge(catalog, name, INSIDE).is_valid(json.loads(body["oslo.message"]))
    return inside and _judge(catalog, name).is_valid(body)


def _wrapped(notification, version="2.0"):
    return {"oslo.version": version, "oslo.message": json.dumps(notification)}


def test_shape(catalog):
    """There is a channel and an operation per priority that has contracts, and a message per contract."""
    document = _exported(catalog)
    assert document["asyncapi"] == "3.0.0"
    assert (document["id"], document["info"]["version"]) == (catalog.base, catalog.version)
    assert list(document["components"]["messages"]) == [contract.id for contract in catalog.contracts]
    contracted = {contract.priority for contract in catalog.contracts}
    priorities = [priority for priority in catalog.priorities if priority in contracted]
    assert list(document["channels"]) == [priority.lower() for priority in priorities]
    for priority, channel, operation in zip(
        priorities, document["channels"].values(), document["operations"].values(), strict=True
    ):
        names = [contract.id for contract in catalog.contracts if contract.priority == priority]
        assert list(channel["messages"]) == names
        assert channel["address"] == f"{catalog.topic}.{priority.lower()}"
        assert channel["bindings"]["amqp"]["exchange"] == {
            "name": catalog.exchange, "type": "topic", "durable": False, "autoDelete": False,
        }  # fmt: skip
        assert operation["action"] == "send"
        assert [each["$ref"].rpartition("/")[2] for each in operation["messages"]] == names


def test_references(catalog):
    """Every reference leads to a place in the document."""
    document = _exported(catalog)
    found = [container[key] for container, key in places(document) if key == "$ref"]
    for reference in found:
        assert at(document, fragment_parts(reference.removeprefix("#"))) is not None
    assert len(found) > len(catalog.contracts)


def test_cases(catalog):
    """Of every case a message says what the catalog declares, in format 1.0 and, by its content, in format 2.0."""
    judged = 0
    for event_type in catalog.event_types:
        contracts = {contract.priority: contract for contract in catalog.select(event_type)}
        for case in cases_of(catalog, event_type):
            notification = case.notification
            if notification.get("event_type") == event_type and notification.get("priority") in contracts:
                name = contracts[notification["priority"]].id
                assert _accepts(catalog, name, notification) == case.valid, case.description
                assert _accepts(catalog, name, _wrapped(notification)) == case.valid, case.description
                judged += 1
    assert judged >= 40


@pytest.mark.parametrize("recording", ["glance-33-messaging.jsonl", "glance-33-messagingv2.jsonl"])
def test_recordings(recording, catalog_of, examples):
    """Whatever a real service put on the wire, the transport's own keys included, is a message of its document."""
    catalog = catalog_of("glance-emitted")
    document = _exported(catalog)
    channels = {channel["address"]: channel for channel in document["channels"].values()}
    lines = (examples / recording).read_bytes().splitlines()
    for message in map(json.loads, lines):
        body = json.loads(message["body"])
        notification = json.loads(body["oslo.message"]) if "oslo.message" in body else body
        name = f"{notification['event_type']}-{notification['priority']}"
        assert _accepts(catalog, name, body)
        assert name in channels[message["routing_key"]]["messages"]
        properties, binding = message["properties"], document["components"]["messages"][name]
        assert properties["content_type"] == binding["contentType"]
        assert properties["content_encoding"] == binding["bindings"]["amqp"]["contentEncoding"]
        operation = document["operations"][f"send-{notification['priority'].lower()}"]["bindings"]["amqp"]
        assert (properties["delivery_mode"], properties["priority"]) == (
            operation["deliveryMode"], operation["priority"],
        )  # fmt: skip
    assert len(lines) > 200


BODIES = {
    "version 2.1": (lambda it: _wrapped(it, "2.1"), False),
    "version 2": (lambda it: _wrapped(it, "2"), False),
    "version 2.0.0": (lambda it: _wrapped(it, "2.0.0"), True),
    "version 3.0": (lambda it: _wrapped(it, "3.0"), False),
    "version 20.0": (lambda it: _wrapped(it, "20.0"), False),
    "version that is a number": (lambda it: _wrapped(it, 2), False),
    "no version": (lambda it: {"oslo.message": json.dumps(it)}, False),
    "message that is no text": (lambda it: {"oslo.version": "2.0", "oslo.message": it}, False),
    "what the transport adds": (lambda it: it | {"_unique_id": "0" * 32, "_context_user": None}, True),
    "what nobody adds": (lambda it: it | {"_other": 1}, False),
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies(name, catalog):
    """A message accepts the bodies that a reader of oslo.messaging's formats accepts, and no others."""
    make, accepted = BODIES[name]
    contract = catalog.contracts[0]
    body = make(contract.example())
    assert _judge(catalog, contract.id).is_valid(body) == accepted
    assert catalog.check(body).conforms == accepted


def test_examples(catalog):
    """Every example of a contract is there in both formats, and both keep the contract."""
    document = _exported(catalog)
    for contract in catalog.contracts:
        message = document["components"]["messages"][contract.id]
        bodies = [example["payload"] for example in message["examples"]]
        assert bodies[::2] == list(contract.examples)
        assert len(bodies) == 2 * len(contract.examples)
        for body in bodies:
            assert _accepts(catalog, contract.id, body)
            assert catalog.check(body).contract == contract.id
            assert catalog.check(body).conforms


@pytest.mark.parametrize("name", ["api.json", "api.yaml", "api.yml", "api"])
def test_endings(name, run, catalog_of, parcels, tmp_path):
    """The file's ending decides between YAML and JSON; both say the same."""
    catalog, path = catalog_of(parcels), tmp_path / name
    arguments = ("catalog", "export", "--catalog", catalog.root, "--format", "asyncapi")
    assert run(*arguments, "--output", path) == (0, "", "")
    path = path / "asyncapi.yaml" if name == "api" else path
    text = path.read_text(encoding="utf-8")
    assert text.startswith("{") == (name == "api.json")
    assert (json.loads if name == "api.json" else yaml.safe_load)(text) == _exported(catalog)
    assert json.loads(run(*arguments[:-1], "asyncapi-json").out) == _exported(catalog)


def test_words(run, parcels_copy):
    """What a catalog says is shown where AsyncAPI expects CommonMark, never obeyed."""
    manifest = json.loads((parcels_copy / "catalog.json").read_bytes())
    manifest["description"] = "<script>alert(1)</script> [here](javascript:alert(1)) *loud* \u202e"
    (parcels_copy / "catalog.json").write_text(json.dumps(manifest))
    ran = run("catalog", "export", "--format", "asyncapi", "--catalog", parcels_copy)
    described = yaml.safe_load(ran.out)["info"]["description"].splitlines()[0]
    assert described == (r"&#60;script&#62;alert(1)&#60;/script&#62; \[here\](javascript:alert(1)) \*loud\* \\u202e")


DRAFT_7 = {
    "beside a reference": ({"$ref": "#/d", "title": "t"}, {"title": "t", "allOf": [{"$ref": "#/d"}]}),
    "a reference alone": ({"$ref": "#/d"}, {"$ref": "#/d"}),
    "beside allOf": ({"$ref": "#/d", "allOf": [{"not": {}}]}, {"allOf": [{"$ref": "#/d"}, {"not": {}}]}),
    "places": ({"prefixItems": [{"$ref": "#/d"}]}, {"items": [{"$ref": "#/d"}]}),
    "places and others": ({"prefixItems": [{}], "items": {"not": {}}}, {"items": [{}], "additionalItems": {"not": {}}}),
    "a property of that name": ({"properties": {"$ref": {}, "items": {}}}, {"properties": {"$ref": {}, "items": {}}}),
    "false": ({"additionalProperties": False}, {"additionalProperties": False}),
}  # fmt: skip


@pytest.mark.parametrize("name", DRAFT_7)
def test_draft_7(name):
    """A schema is said in draft 7."""
    schema, expected = DRAFT_7[name]
    assert as_draft7(schema) == expected


TEXTS = st.text() | st.sampled_from([
    "1e3", "0x1f", "0o17", "1_000", "12:30:45", ".5", "+1", "-", "- a", "~", "null", "yes", "no", "on", "y", "=", "<<",
    "2026-11-22", "2026-11-22 09:32:55", "#", "a: b", "a #b", "'", '"', "|", ">", "%", "@", "`", "a\n\nb\n", " a", "a ",
    "a\n b", "\n", "\t", "a\tb\nc", "\u202e", "\x85", "\ufeff", "\U000e0041",
    "---", "...", "? a", "!a", "&a", "*a", "1.0.0",
])  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)


@settings(deadline=None, max_examples=examples())
@given(VALUES)
def test_yaml(value):
    """Every JSON value survives YAML, in lines that a terminal can show."""
    text = yaml_text(value)
    assert yaml.safe_load(text) == value
    assert text.replace("\n", "").isprintable()


def test_yaml_has_no_anchors():
    """What is there twice is written twice."""
    twice = {"a": [1]}
    assert yaml_text([twice, twice]) == "- a:\n  - 1\n- a:\n  - 1\n"
