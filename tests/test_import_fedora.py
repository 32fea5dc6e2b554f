"""`catalog import fedora`: message classes of schema packages become a catalog."""

import json
import subprocess

import pytest

from notify_contracts._drafting import write
from notify_contracts._drafting.importing.fedora import imported
from notify_contracts.catalog import Catalog
from notify_contracts.errors import CatalogError
from tests.environments import environment

PACKAGES = {
    "noggin_messages": "noggin-messages==1.1.0",
    "koji_fedoramessaging_messages": "koji-fedoramessaging-messages==1.3.0",
    "fedora_elections_messages": "fedora-elections-messages==1.0.1",
}
VALIDATES = """
import json, sys
from fedora_messaging.message import load_message_classes, _schema_name_to_class
load_message_classes()
classes = {each.__name__: each for each in _schema_name_to_class.values()}
for line in sys.stdin:
    name, body = json.loads(line)
    classes[name](body=body).validate()
    print(name)
"""


def _class(name, body, **others):
    return {
        "name": f"house.{name}", "class": f"house.{name}", "origin": "house-messages 2.1", "topic": f"house.{name}",
        "severity": 20, "body": body, "headers": False, "deprecated": False, "description": "",
    } | others  # fmt: skip


def _sent(event_type, payload, priority="INFO"):
    return {
        "message_id": "5d4fbb7a-7d0e-4c0f-9a86-1c8d7c0f5d11", "publisher_id": "house:1", "event_type": event_type,
        "priority": priority, "timestamp": "2026-11-22 09:32:55.730800", "payload": payload,
    }  # fmt: skip


BRANCH = {"$ref": "https://a.invalid/tree.json#/definitions/branch"}
TREE = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$id": "https://a.invalid/tree.json",
    "definitions": {
        "branch": {
            "type": "object",
            "properties": {"more": BRANCH},
        }
    },
    "properties": {"branch": {"$ref": "#/definitions/branch", "type": "string"}, "size": {"type": "integer"}},
    "required": ["branch"],
}
ANCHORED = {
    "$schema": "http://json-schema.org/draft/2020-12/schema#",
    "type": "object",
    "$defs": {"branch": {"$anchor": "here", "required": ["a"], "properties": {"b": {"$ref": "#here"}}}},
    "properties": {"c": {"$ref": "#here", "minProperties": 2}},
}


def test_classes(run, tmp_path):
    """Topic, severity and body of a class become event type, priority and payload, whichever draft the body is in."""
    said = {"failed": [], "classes": [_class("tree", TREE), _class("bell", ANCHORED, severity=30)]}
    write(imported(said, "house", "house").files, tmp_path / "out")
    assert run("catalog", "lint", tmp_path / "out") == (0, "0 problems\n", "")
    catalog = Catalog(tmp_path / "out")
    assert [each.id for each in catalog.contracts] == ["house.bell-WARN", "house.tree-INFO"]

    def broken(*sent):
        return {(each.pointer, each.keyword) for each in catalog.check(_sent(*sent)).violations}

    assert broken("house.tree", {"branch": {"more": {"more": {}}}, "other": 1}) == set()
    assert broken("house.tree", {"branch": {"more": {"more": 1}}, "size": "1"}) == {
        ("/payload/branch/more/more", "type"),
        ("/payload/size", "type"),
    }
    assert broken("house.bell", {"c": {"a": 1, "b": {"a": 2}}}, "WARN") == set()
    assert broken("house.bell", {"c": {"a": 1}}, "WARN") == {("/payload/c", "minProperties")}
    assert broken("house.bell", {"c": {"a": 1, "b": {}}}, "WARN") == {("/payload/c/b/a", "required")}


def test_left_out():
    """What a catalog does not say of a class is listed, and so is what could not be imported."""
    classes = [
        _class("bell", {"type": "object"}, headers=True, deprecated=True, severity=50, topic=""),
        _class("door", None),
        _class("gate", {"maxProperties": 1}, topic="house.door"),
    ]
    result = imported({"failed": [["house.x", "ImportError: y"]], "classes": classes}, "house", "house")
    assert list(result.contracts) == [("house.bell", "INFO"), ("house.door", "INFO")]
    assert [(each.where, each.why.partition(":")[0]) for each in result.left_out] == [
        ("house.x", "cannot be imported"),
        ("house.bell", "it names no topic"),
        ("house.bell", "it has none of the known severities"),
        ("house.bell", "a catalog does not say the headers of a message"),
        ("house.bell", "a catalog does not say that a message is deprecated"),
        ("house.gate", "house.door INFO is another class, too"),
        ("envelope", "such messages have none"),
        ("severity", "a message may have another than its class"),
        ("topic", "a broker's topic_prefix comes before it on the wire"),
    ]


def test_nothing(run, tmp_path):
    """A package without message classes ends with status 2, and says where they are looked for."""
    with pytest.raises(CatalogError, match=r"house: no message class was found; no entry point in the group fedora\."):
        imported({"failed": [], "classes": []}, "house", "house")
    ran = run("catalog", "import", "fedora", "no_such_package", "--output", tmp_path / "out")
    assert (ran.status, ran.out) == (2, "")
    assert "no_such_package: no message class was found" in ran.err


@pytest.mark.exhaustive
def test_real_packages(run, tmp_path):
    """Of real packages come catalogs that lint clean; their examples keep the schemas of the real classes."""
    folder = environment("fedora", "fedora-messaging==3.9.1", *PACKAGES.values())
    lines = []
    for package in PACKAGES:
        options = ("--python", folder / "bin" / "python", "--output", tmp_path / package)
        ran = run("catalog", "import", "fedora", package, *options)
        assert (ran.status, ran.err) == (0, "")
        catalog = Catalog(tmp_path / package)
        assert len(catalog.contracts) >= 4
        for contract in catalog.contracts:
            lines += [
                json.dumps([contract.source.rpartition(".")[2].partition(";")[0], each["payload"]])
                for each in contract.examples
            ]
    ran = subprocess.run(
        [folder / "bin" / "python", "-c", VALIDATES],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert len(ran.stdout.splitlines()) == len(lines) >= 17
