"""`catalog import asyncapi`: our own export comes back, others' documents become what a catalog can say of them."""

import json
import os

import pytest

from notify_contracts._drafting import write
from notify_contracts._drafting.importing import from_asyncapi, problems
from notify_contracts._export import Selection, format_named
from notify_contracts.catalog import Catalog, cases_of, load

DOOR_2 = """
asyncapi: 2.6.0
info: {title: House, version: '1.4.0', license: {name: MIT}}
channels:
  house/doors/error:
    subscribe:
      message:
        oneOf:
          - $ref: '#/components/messages/opened'
          - $ref: './other.yaml#/shut'
  house/bell:
    publish: {message: {payload: {type: object}}}
components:
  messages:
    opened:
      name: door/opened
      summary: A door was opened.
      headers: {type: object}
      payload: {$ref: '#/components/schemas/Door', description: ignored}
      examples:
        - payload: {name: front, at: 2026-11-22T09:32:55Z, on: yes}
        - payload: {name: 7}
  schemas:
    Door:
      type: object
      required: [name]
      properties:
        name: {type: string, minLength: 1}
        at: {type: string, format: date-time}
        inner: {$ref: '#/components/schemas/Door'}
        size: {type: number, exclusiveMinimum: true, minimum: 0, x-unit: m}
        colour: {$ref: 'https://a.invalid/colour.json'}
"""

DOOR_3 = {
    "asyncapi": "3.0.0",
    "info": {"title": "House", "version": "7"},
    "servers": {"one": {"host": "a.invalid", "protocol": "amqp"}},
    "channels": {
        "doors": {
            "address": "house.info",
            "messages": {"shut": {"$ref": "#/components/messages/shut"}, "avro": {"payload": {"schemaFormat": "avro"}}},
            "bindings": {"amqp": {"is": "routingKey", "exchange": {"name": "rooms", "type": "topic"}}},
        },
        "orders": {"address": "orders", "messages": {"open": {"payload": True}}},
    },
    "operations": {
        "tell": {"action": "send", "channel": {"$ref": "#/channels/doors"}},
        "obey": {"action": "receive", "channel": {"$ref": "#/channels/orders"}},
    },
    "components": {
        "messages": {
            "shut": {
                "payload": {"schemaFormat": "application/schema+json;version=draft-07", "schema": {"minProperties": 1}}
            }
        }
    },
}


@pytest.fixture
def bring(tmp_path):
    """Give a function that imports a document and returns the import and its catalog."""

    def bring(document):
        file = tmp_path / "house.yaml"
        file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        result = from_asyncapi(file, "house")
        write(result.files, tmp_path / "out")
        return result, Catalog(tmp_path / "out")

    return bring


def _sent(event_type, payload, priority="INFO"):
    return {
        "message_id": "5d4fbb7a-7d0e-4c0f-9a86-1c8d7c0f5d11", "publisher_id": "house:1", "event_type": event_type,
        "priority": priority, "timestamp": "2026-11-22 09:32:55.730800", "payload": payload,
    }  # fmt: skip


def _broken(catalog, notification):
    return {(each.pointer, each.keyword) for each in catalog.check(notification).violations}


def _comes_back(name, catalog_of, bring):
    catalog = catalog_of(name)
    result, back = bring(format_named("asyncapi").document(Selection(catalog, catalog.contracts)))
    assert result.left_out == ()
    assert [each.id for each in back.contracts] == [each.id for each in catalog.contracts]
    assert (back.transport, back.routing_key) == (catalog.transport, catalog.routing_key)
    count = 0
    for contract in catalog.contracts:
        for case in cases_of(catalog, contract.event_type):
            places = [{pointer for pointer, _ in _broken(each, case.notification)} for each in (catalog, back)]
            assert places[0] == places[1], case.description
            count += 1
    return count


def test_own_export(catalog_of, bring, parcels, run, tmp_path):
    """What our own export says comes back: each case is broken at the same places, and nothing is left out."""
    assert _comes_back(parcels, catalog_of, bring)
    assert run("catalog", "lint", tmp_path / "out").status == 0


@pytest.mark.parametrize(
    ("transport", "comes_back"),
    [
        ({}, {}),
        ({"topic": ["house", "garden"], "exchange": "estate"}, {"topic": ["house", "garden"], "exchange": "estate"}),
        ({"routing_key": "{topic}.{event_type}.{priority}"}, {"routing_key": "{topic}.{event_type}.{priority}"}),
        ({"exchange": ["one", "two"]}, {}),  # of which a binding names but one
    ],
)
def test_own_export_of_any_topic(bring, parcels_copy, tmp_path, transport, comes_back):
    """What a catalog leaves open, or says several of, is as open when its export comes back."""
    path = parcels_copy / "catalog.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"transport": transport}))
    catalog = load(str(parcels_copy))
    result, _ = bring(format_named("asyncapi").document(Selection(catalog, catalog.contracts)))
    assert result.left_out == ()
    assert json.loads((tmp_path / "out" / "catalog.json").read_text())["transport"] == comes_back


def test_own_export_of_any_priority(bring, parcels_copy):
    """A priority that is not one of oslo.messaging's ends the address of its channel all the same."""
    for path in (parcels_copy / "notification.json", *(parcels_copy / "events").iterdir()):
        path.write_text(path.read_text().replace("WARN", "LEVEL_2"))
    catalog = load(str(parcels_copy))
    result, back = bring(format_named("asyncapi").document(Selection(catalog, catalog.contracts)))
    assert result.left_out == ()
    assert ({each.id for each in back.contracts}, back.transport) == (
        {each.id for each in catalog.contracts}, catalog.transport,
    )  # fmt: skip
    assert "parcel.lost-LEVEL_2" in {each.id for each in back.contracts}


def test_a_name_that_no_file_has(bring):
    """A message whose name can be no event type gets another one, and that is said."""
    message = {"name": "door/opened", "payload": {"type": "string"}}
    channels = {"house.info": {"subscribe": {"message": message}}}
    result, catalog = bring({"asyncapi": "2.6.0", "info": {"title": "House", "version": "1.0.0"}, "channels": channels})
    assert catalog.event_types == ("door.opened",)
    assert '"door/opened" can be no event type: taken as "door.opened"' in [each.why for each in result.left_out]


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ["glance-documented", "glance-emitted"])
def test_own_catalogs(name, catalog_of, bring):
    """The built-in catalogs come back from their export."""
    assert _comes_back(name, catalog_of, bring) > 1000


def test_version_2(bring, run, tmp_path):
    """What an application sends stands under subscribe in version 2; its content is the payload of a notification."""
    result, catalog = bring(DOOR_2)
    assert run("catalog", "lint", tmp_path / "out") == (0, "0 problems\n", "")
    assert [(each.event_type, each.priority) for each in catalog.contracts] == [("door.opened", "ERROR")]
    assert catalog.version == "1.4.0"
    door = {"name": "front", "at": "2026-11-22T09:32:55Z", "inner": {"name": "cat flap"}, "size": 0.1}
    assert _broken(catalog, _sent("door.opened", door, "ERROR")) == set()
    wrong = {"at": "now", "inner": {"name": ""}, "size": 0}
    assert _broken(catalog, _sent("door.opened", wrong, "ERROR")) == {
        ("/payload/name", "required"),
        ("/payload/at", "format"),
        ("/payload/inner/name", "minLength"),
        ("/payload/size", "exclusiveMinimum"),
    }
    example = catalog.contract("door.opened", "ERROR").examples[0]
    assert example["payload"] == {"name": "front", "at": "2026-11-22T09:32:55Z", "on": "yes"}
    places = {each.where for each in result.left_out}
    assert places == {
        "channels/house~1doors~1error/subscribe/message/1", "channels/house~1bell/publish/message/0", "info/license",
        "components/messages/opened", "components/messages/opened/headers", "channels",
        "components/schemas/Door/properties/colour/$ref",
        "components/schemas/Door/properties/size/x-unit", "door.opened ERROR",
    }  # fmt: skip


def test_version_3(bring, run, tmp_path):
    """What is sent becomes contracts in version 3, with the exchange and the topic; all else is listed."""
    result, catalog = bring(DOOR_3)
    assert run("catalog", "lint", tmp_path / "out") == (0, "0 problems\n", "")
    assert [each.id for each in catalog.contracts] == ["shut-INFO"]
    assert (catalog.exchange, catalog.topic, catalog.version) == ("rooms", "house", "0.1.0")
    assert _broken(catalog, _sent("shut", {})) == {("/payload", "minProperties")}
    assert _broken(catalog, _sent("shut", {"a": 1})) == _broken(catalog, _sent("shut", "text")) == set()
    said = [str(each) for each in result.left_out]
    assert [line.partition(":")[0] for line in said] == [
        "servers", "channels/doors/messages/avro", "channels/orders/messages/open", "info/version",
    ]  # fmt: skip
    assert said[2].endswith("the service receives it, and does not send it")


def test_a_consumers_document(bring):
    """Of a document that only receives, what it receives is taken, which is said."""
    operations = {"obey": DOOR_3["operations"]["obey"]}
    result, catalog = bring(DOOR_3 | {"operations": operations, "channels": {"orders": DOOR_3["channels"]["orders"]}})
    assert [each.id for each in catalog.contracts] == ["open-INFO"]
    assert any("is a consumer's" in each.why for each in result.left_out)


def test_whole_notifications(bring):
    """A content with an event type and a payload is a whole notification, whichever schemas say so together."""
    base = {
        "type": "object",
        "required": ["event_type", "priority", "payload", "id"],
        "properties": {"event_type": {"type": "string"}, "priority": {"type": "string"}, "payload": {}, "id": {}},
    }
    own = {
        "allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"payload": {"required": ["name"]}}}],
        "properties": {"event_type": {"const": "door.open"}, "priority": {"enum": ["WARN"]}},
        "if": {"required": ["a"]},
    }
    channels = {"c": {"address": "x.warn", "messages": {"m": {"payload": own}}}}
    result, catalog = bring({"asyncapi": "3.0.0", "channels": channels, "components": {"schemas": {"Base": base}}})
    sent = {"event_type": "door.open", "priority": "WARN", "payload": {}, "id": 1}
    assert _broken(catalog, sent) == {("/payload/name", "required")}
    assert _broken(catalog, sent | {"payload": {"name": 1}}) == set()
    del sent["id"]
    assert _broken(catalog, sent | {"payload": {"name": 1}}) == {("/id", "required")}
    assert "channels/c/messages/m/payload/if" in {each.where for each in result.left_out}


def test_several_event_types_and_priorities(bring):
    """A whole notification that lists its event types and priorities has a contract for each, with its own examples."""
    own = {
        "type": "object",
        "required": ["event_type", "priority", "payload"],
        "properties": {
            "event_type": {"enum": ["door.open", "door.close"]},
            "priority": {"enum": ["INFO", "ERROR"]},
            "payload": {"required": ["name"]},
        },
    }
    example = {"event_type": "door.close", "priority": "ERROR", "payload": {"name": "front"}}
    messages = {"m": {"payload": own, "examples": [{"payload": example}]}}
    result, catalog = bring({"asyncapi": "3.0.0", "channels": {"c": {"address": "doors", "messages": messages}}})
    assert {each.id for each in catalog.contracts} == {
        "door.open-INFO", "door.open-ERROR", "door.close-INFO", "door.close-ERROR",
    }  # fmt: skip
    assert catalog.contract("door.close", "ERROR").examples == (example,)
    assert all(each.examples and catalog.check(each.examples[0]).conforms for each in catalog.contracts)
    assert _broken(catalog, example | {"payload": {}}) == {("/payload/name", "required")}
    assert {each.where for each in result.left_out} <= {"channels", "info/version"}  # nothing of the message


def test_what_all_notifications_may_be(bring):
    """What an envelope that several messages share lists of an attribute is not what each of them has."""
    names = {"event_type": {"enum": ["door.open", "door.close"]}, "priority": {"enum": ["INFO", "ERROR"]}}
    reference = {"$ref": "#/components/schemas/Base"}
    messages = {
        kind: {"payload": {"allOf": [reference], "properties": {"event_type": {"const": f"door.{kind}"}}}}
        for kind in ("open", "close")
    }
    document = {"channels": {"c": {"address": "x.error", "messages": messages}}, "components": {"schemas": {}}}
    document["components"]["schemas"]["Base"] = {"type": "object", "properties": names | {"payload": {}}}
    _, catalog = bring({"asyncapi": "3.0.0"} | document)
    assert {each.id for each in catalog.contracts} == {"door.open-ERROR", "door.close-ERROR"}


def test_what_nothing_keeps(bring):
    """A message that nothing can be, or whose priority its envelope forbids, is left out; the others are there."""
    loop = {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/components/schemas/Loop"}}}
    circle = {"allOf": [{"$ref": "#/components/schemas/Circle"}]}
    contents = {
        "loop": {"$ref": "#/components/schemas/Loop"},
        "circle": circle,
        "never": {"enum": [1], "type": "string"},
    }
    messages = {name: {"payload": each} for name, each in contents.items()} | {"good": {"payload": {}}}
    channels = {"c": {"address": "x.info", "messages": messages}}
    schemas = {"Loop": loop, "Circle": circle}
    result, catalog = bring({"asyncapi": "3.0.0", "channels": channels, "components": {"schemas": schemas}})
    assert [each.id for each in catalog.contracts] == ["good-INFO"]
    assert {each.where for each in result.left_out if each.why.startswith("no contract: ")} == {
        "loop INFO", "circle INFO", "never INFO",
    }  # fmt: skip


def test_priority_that_the_envelope_forbids(bring, catalog_of, parcels):
    """A message whose priority its own envelope does not allow is left out."""
    catalog = catalog_of(parcels)
    document = json.loads(format_named("asyncapi-json").document(Selection(catalog, catalog.contracts)))
    document["components"]["schemas"]["notification"]["properties"]["priority"]["enum"] = ["WARN", "ERROR"]
    result, back = bring(document)
    assert [each.id for each in back.contracts] == [each.id for each in catalog.contracts if each.priority != "INFO"]
    said = {each.where for each in result.left_out if each.why == "no contract: its envelope allows no INFO"}
    assert said == {f"{each.event_type} INFO" for each in catalog.contracts if each.priority == "INFO"}


def _bomb(levels):
    lines = ["asyncapi: 3.0.0", "a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


def _references(levels):
    """Return a document whose every schema refers to the next one twice: a few stand for billions."""
    refers = [{"$ref": "#/components/schemas/s0"}]
    schemas = {"s0": {"type": "object"}}
    for number in range(1, levels):
        schemas[f"s{number}"] = {"allOf": refers * 2}
        refers = [{"$ref": f"#/components/schemas/s{number}"}]
    message = {"name": "a.b", "payload": refers[0]}
    channels = {"c": {"messages": {"m": message}}}
    return json.dumps({"asyncapi": "3.0.0", "channels": channels, "components": {"schemas": schemas}})


def _chain(length):
    """Return a document in which each schema has a property of the next one."""
    schemas = {
        f"s{number}": {"type": "object", "properties": {"a": {"$ref": f"#/components/schemas/s{number + 1}"}}}
        for number in range(length)
    }
    message = {"name": "a.b", "payload": {"$ref": "#/components/schemas/s0"}}
    components = {"schemas": {**schemas, f"s{length}": {"type": "string"}}}
    return json.dumps({"asyncapi": "3.0.0", "channels": {"c": {"messages": {"m": message}}}, "components": components})


REFUSED = {
    "a thousand schemas, each within the last": (_chain(1_000), "its schema is nested too deeply"),
    "billions of references": (_references(40), "payload: more than 1,000 schemas speak of one value"),
    "no such version": ('{"asyncapi": "1.2.0"}', 'is no AsyncAPI document of version 2 or 3: its asyncapi is "1.2.0"'),
    "something else": ("openapi: 3.1.0", "is no AsyncAPI document"),
    "no object": ("- a", "holds no object"),
    "no YAML": ("a: [", ":2: is no YAML: did not find expected node content"),
    "no JSON": ('{"a"', "is not JSON"),
    "twice": ('{"asyncapi": "3.0.0", "channels": {"a": 1, "a": 2}}', '"a" stands twice in an object (line 1)'),
    "twice in YAML": ("asyncapi: 3.0.0\nchannels:\n  a: 1\n  a: 2\n", ':4: is no YAML: "a" stands twice'),
    "binary": ("\x00\x01", "is no YAML"),
    "code": ("a: !!python/object/apply:os.system ['true']", "is no YAML"),
    "billions": (_bomb(12), "more than 1,000,000 values"),
    "a loop": ("a: &a [*a]", "nested too deeply"),
    "deep": ("[" * 5000, ":1: is no YAML: exceeded maximum nesting depth"),
    "nothing": ('{"asyncapi": "3.0.0"}', "no message in it can become a contract"),
    "a channel that is none": ('{"asyncapi": "3.0.0", "channels": 7, "operations": [1]}', "no message in it"),
    "messages in a circle": (
        '{"asyncapi": "3.0.0", "channels": {"c": {"messages": {"m": {"$ref": "#/channels/c/messages/m"}}}}}',
        "leads out of the document or nowhere",
    ),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED)
def test_refused(content, said, run, tmp_path):
    """What is no document, or has nothing in it, ends with status 2 and one line, soon."""
    file = tmp_path / "api.yaml"
    file.write_text(content, encoding="utf-8")
    ran = run("catalog", "import", "asyncapi", file, "--output", tmp_path / "out")
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_missing(run, tmp_path):
    """A file that is not there is named."""
    ran = run("catalog", "import", "asyncapi", tmp_path / "no.yaml", "--output", tmp_path / "out")
    assert ran.status == 2
    assert "no.yaml: cannot be read: No such file or directory" in ran.err


def _document_of(**names):
    """Return a document of messages by their names, each with the payload that the schema of a name describes."""
    messages = {
        f"m{number}": {"name": name, "payload": {"$ref": f"#/components/schemas/{schema}"}}
        for number, (name, schema) in enumerate(names.items())
    }
    schemas = {schema: {"type": "object"} for schema in names.values()}
    channel = {"address": "house.info", "messages": messages}
    return {"asyncapi": "3.0.0", "info": {}, "channels": {"house": channel}, "components": {"schemas": schemas}}


def test_names_too_long_for_a_file(run, tmp_path):
    """A message whose name no file can have is left out, and schemas with such names get shorter ones."""
    path, out = tmp_path / "api.json", tmp_path / "out"
    long = "D" * 300
    path.write_text(json.dumps(_document_of(**{"door": f"{long}1", "bell": f"{long}2", "ä" * 125: "Other"})))
    ran = run("catalog", "import", "asyncapi", path, "--output", out)
    assert (ran.status, ran.err) == (0, "")
    assert "is too long for the name of a contract's file" in ran.out
    assert Catalog(out).event_types == ("bell", "door")
    assert sorted(len(file.name) for file in out.glob("payloads/DDD*")) == [245, 247]
    assert run("catalog", "lint", out).status == 0
    path.write_text(json.dumps(_document_of(**{"d" * 241: "Door"})))
    ran = run("catalog", "import", "asyncapi", path, "--output", tmp_path / "none")
    assert ran.status == 2
    assert "is too long for the name" in ran.err


def test_an_example_with_a_name_that_is_declared_otherwise(bring):
    """An example to which lint objects is left out, as one is that breaks its contract."""
    message = {"payload": {"type": "object", "properties": {"height": {}}}, "examples": [{"payload": {"Height": 1}}]}
    channels = {"house.info": {"subscribe": {"message": {"name": "door", **message}}}}
    result, _ = bring({"asyncapi": "2.6.0", "info": {"title": "House", "version": "1.0.0"}, "channels": channels})
    assert any('did you mean "height"?' in each.why for each in result.left_out)
    assert problems(result.files) == []


def test_a_file_whose_name_is_no_text(run, tmp_path):
    """The name of the document need not be UTF-8: what names it as the source shows it."""
    path = tmp_path / os.fsdecode(b"api\xff.json")
    path.write_text(json.dumps(_document_of(door="Door")))
    ran = run("catalog", "import", "asyncapi", path, "--output", tmp_path / "out")
    assert (ran.status, ran.err) == (0, "")
    assert "api\\udcff.json" in load(tmp_path / "out").manifest["source"]


def _sending(messages, **schemas):
    channels = {"c": {"address": "x.info", "messages": messages}}
    return {"asyncapi": "3.0.0", "channels": channels, "components": {"schemas": schemas}}


def test_a_schema_of_several_formats_behind_a_reference(bring):
    """Where a Multi Format Schema Object stands does not matter: JSON Schema is read, what is none is left out."""
    json_schema = {"type": "object", "properties": {"n": {"type": "integer"}, "in": {"$ref": "#/components/schemas/P"}}}
    whole = {"type": "object", "properties": {"event_type": {"const": "e"}, "payload": {"type": "null"}}}
    result, catalog = bring(
        _sending(
            {
                "m": {"payload": {"$ref": "#/components/schemas/P"}},
                "avro": {"payload": {"$ref": "#/components/schemas/Avro"}},
                "whole": {"payload": {"$ref": "#/components/schemas/Whole"}},
            },
            P={"schemaFormat": "application/schema+json;version=draft-07", "schema": json_schema},
            Avro={"schemaFormat": "application/vnd.apache.avro;version=1.9.0", "schema": {"type": "record"}},
            Whole={"schemaFormat": "application/vnd.aai.asyncapi;version=3.0.0", "schema": whole},
        )
    )
    assert [each.id for each in catalog.contracts] == ["e-INFO", "m-INFO"]
    assert _broken(catalog, _sent("m", {"n": 1, "in": {"in": {"n": "1"}}})) == {("/payload/in/in/n", "type")}
    assert _broken(catalog, _sent("e", 1)) == {("/payload", "type")}
    assert 'its payload is no JSON Schema but "application/vnd.apache.avro;version=1.9.0"' in {
        each.why for each in result.left_out
    }


def _notification(event_type, payload):
    names = {"event_type": {"const": event_type}, "priority": {"const": "INFO"}, "payload": payload}
    return {"type": "object", "required": ["event_type", "payload"], "properties": names}


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_one_of_several_notifications(bring, keyword):
    """Each notification that a content may be has a contract, with the examples that are of it."""
    deep = {"title": "of doors", keyword: [{"$ref": "#/components/schemas/B"}, {"$ref": "#/components/schemas/Any"}]}
    examples = [{"payload": {"event_type": "b", "priority": "INFO", "payload": 7}}]
    content = {"$ref": "#/components/schemas/Any"}
    result, catalog = bring(
        _sending(
            {"any": {"payload": content, "examples": examples}},
            Any={"type": "object", keyword: [_notification("a", {"required": ["n"]}), deep, {"type": "null"}]},
            B=_notification("b", {"type": "integer"}),
        )
    )
    assert [each.id for each in catalog.contracts] == ["a-INFO", "any-INFO", "b-INFO"]
    assert _broken(catalog, _sent("a", {})) == {("/payload/n", "required")}
    assert _broken(catalog, _sent("b", "7")) == {("/payload", "type")}
    assert _broken(catalog, _sent("any", 1)) == {("/payload", "type")}
    assert [each["payload"] for each in catalog.contract("b", "INFO").examples] == [7]
    assert {each.where for each in result.left_out} == {"info/version", "any INFO"}  # of that it is no example


def test_one_of_several_notifications_with_what_all_have(bring):
    """What stands beside the branches holds of each."""
    shared = {"required": ["trace"], "properties": {"publisher_id": {"const": "p"}}, "allOf": 7}
    branches = [_notification("a", {}), _notification("b", {"type": "integer"})]
    _, catalog = bring(_sending({"any": {"payload": shared | {"oneOf": branches}}}))
    assert [each.id for each in catalog.contracts] == ["a-INFO", "b-INFO"]
    assert _broken(catalog, _sent("b", "7")) == {
        ("/payload", "type"), ("/publisher_id", "const"), ("/trace", "required"),
    }  # fmt: skip


def test_each_of_several_by_each_of_several(bring, run, tmp_path):
    """Where notifications stand side by side twice, each goes with each; a document of too many of them is refused."""
    kinds = [{"properties": {"event_type": {"const": f"e{n}"}}} for n in range(40)]
    payloads = [{"properties": {"payload": {"const": n}}} for n in range(25)]
    document = _sending({"any": {"payload": {"oneOf": kinds, "anyOf": payloads}}})
    _, catalog = bring(document)
    assert len(catalog.contracts) == 40
    assert all(_broken(catalog, _sent("e7", n)) == set() for n in range(25))
    assert _broken(catalog, _sent("e7", 25))
    kinds.append({"properties": {"event_type": {"const": "more"}}})
    (tmp_path / "more.json").write_text(json.dumps(document))
    ran = run("catalog", "import", "asyncapi", tmp_path / "more.json", "--output", tmp_path / "more")
    assert ran.status == 2
    assert "more than 1,000 notifications may be there: take some out of its oneOf or anyOf" in ran.err


def test_very_many_payloads(bring):
    """A payload may be one of very many."""
    _, catalog = bring(_sending({"any": {"payload": {"oneOf": [{"const": n} for n in range(1_500)]}}}))
    assert [each.id for each in catalog.contracts] == ["any-INFO"]


def test_one_of_several_payloads(bring):
    """A payload that may be one of several is one."""
    _, catalog = bring(_sending({"any": {"payload": {"oneOf": [{"type": "null"}, {"type": "integer"}]}}}))
    assert [each.id for each in catalog.contracts] == ["any-INFO"]
    assert _broken(catalog, _sent("any", 1)) == set()


def test_one_of_several_events(tmp_path, run):
    """Events with another envelope are told apart as notifications are."""
    (tmp_path / "api.json").write_text(
        json.dumps(
            _sending(
                {
                    "any": {
                        "payload": {
                            "oneOf": [
                                {"properties": {"type": {"const": kind}, "data": {"type": of}}, "required": ["data"]}
                                for kind, of in (("a", "integer"), ("b", "string"))
                            ]
                        }
                    }
                }
            )
        )
    )
    arguments = (tmp_path / "api.json", "--envelope", "cloudevents", "--output", tmp_path / "out")
    assert run("catalog", "import", "asyncapi", *arguments).status == 0
    event = {"specversion": "1.0", "id": "1", "source": "s", "time": "2026-11-22T09:32:55Z"}
    (tmp_path / "events.jsonl").write_text(
        "".join(json.dumps(event | {"type": kind, "data": "7"}) + "\n" for kind in ("a", "b"))
    )
    checked = run("check", "--format", "brief", "--catalog", tmp_path / "out", tmp_path / "events.jsonl")
    assert checked.status == 1
    assert "/data" in checked.out
    assert "1 of 2" in checked.out or "1 conform" in checked.out


def test_texts_behind_references(bring):
    """Event types and priorities are found behind references and within allOf; what else is said of them is listed."""
    priority = {"description": "how bad", "allOf": [{"$ref": "#/components/schemas/Priority"}]}
    kind = {"type": "string", "pattern": "^a"}
    content = _notification("", {}) | {
        "properties": {"event_type": kind, "priority": priority, "payload": {"type": "integer"}}
    }
    result, catalog = bring(
        _sending({"a.b": {"payload": content}}, Priority={"type": "string", "enum": ["INFO", "WARN"]})
    )
    assert [each.id for each in catalog.contracts] == ["a.b-INFO", "a.b-WARN"]
    assert "channels/c/messages/a.b/payload/properties/event_type/pattern" in {each.where for each in result.left_out}


@pytest.mark.parametrize("is_deep", [False, True])
def test_what_stands_beside_a_reference(bring, is_deep):
    """What a document says of a notification beside a ``$ref``, where nothing counts, is listed, however deep it is."""
    beside = {
        "$ref": "#/components/schemas/Base",
        "required": ["trace"],
        "x-known": 1,
        "description": "Counts nowhere.",
    }
    priority = {"$ref": "#/components/schemas/Priority", "pattern": "^I"}
    content = {"allOf": [beside], "properties": {"priority": priority}} if is_deep else beside
    result, _ = bring(_sending({"m": {"payload": content}}, Base=_notification("a", {}), Priority={"type": "string"}))
    found = {each.where: each.why for each in result.left_out}
    place = "channels/c/messages/m/payload"
    assert found[f"{place}{'/allOf/0' if is_deep else ''}/required"] == "stands beside $ref, where nothing counts"
    assert (f"{place}/properties/priority/pattern" in found) == is_deep
    assert not any("x-known" in where or "description" in where for where in found)
