"""Strategies of what is broken on purpose: each gives exactly the violation that it announces."""

import json
from collections import Counter
from itertools import islice

import pytest
from hypothesis import find, given, seed, settings

from notify_contracts._schema.engines import ENGINES
from notify_contracts.catalog import load
from notify_contracts.generate import broken, broken_samples, misaddressed, misdelivered, samples, unreadable
from notify_contracts.wire import decode
from tests import small
from tests.every_contract import CONTRACTS, each_catalog
from tests.telling import examples


def _announced(one):
    return [(one.violation.pointer, one.violation.keyword)]


def _found(catalog, content):
    return [(violation.pointer, violation.keyword) for violation in catalog.check(content).violations]


def test_many_rules_are_broken():
    """What is broken is spread over the rules of a contract: a consumer that lacks any one check is found."""
    seen = Counter()

    @seed(1)
    @settings(max_examples=400, database=None, deadline=None)
    @given(broken(load("glance-documented").contract("image.upload", "INFO")))
    def look(one):
        seen[one.violation.pointer, one.violation.keyword] += 1

    look()
    assert len(seen) > 60
    assert max(seen.values()) < 60


@pytest.mark.parametrize(("name", "event", "priority"), CONTRACTS)
def test_of_every_contract(catalog_of, name, event, priority):
    """Of every contract, what is drawn gives the one violation that it announces, on both engines."""
    catalogs = [catalog_of(name, engine) for engine in ENGINES]

    @settings(max_examples=12, deadline=None, database=None)
    @given(broken(catalogs[0].contract(event, priority)))
    def gives(one):
        for catalog in catalogs:
            assert _found(catalog, one.content) == _announced(one), one.description

    gives()


@each_catalog
@pytest.mark.parametrize(("faults", "read"), [(misaddressed, None), (misdelivered, None), (unreadable, decode)])
def test_of_what_no_contract_states(catalog_of, name, faults, read):
    """A wrong address, a wrong routing key and an unreadable body give what they announce, too, on both engines."""
    catalogs = [catalog_of(name, engine) for engine in ENGINES]
    contract = catalogs[0].contracts[-1]

    @settings(max_examples=examples(25), deadline=None, database=None)
    @given(faults(contract) if faults is unreadable else faults(catalogs[0], contract))
    def gives(one):
        for catalog in catalogs:
            assert _found(catalog, read(one.content) if read else one.content) == _announced(one), one.description

    gives()


@each_catalog
def test_sampled(catalog_of, name):
    """What the seeded generator breaks gives what it announces on both engines, and the same seed breaks the same."""
    catalog, reference = (catalog_of(name, engine) for engine in ENGINES)
    made = [one for one, _ in zip(broken_samples(catalog, seed=3), range(90), strict=False)]
    for one in made:
        assert _found(catalog, one.content) == _found(reference, one.content) == _announced(one)
    assert [one for one, _ in zip(broken_samples(catalog, seed=3), range(40), strict=False)] == made[:40]
    assert len({(one.violation.pointer, one.violation.keyword) for one in made}) > 30
    assert "unknown-event" in {one.violation.keyword for one in made}


RADIUS = {
    "properties": {"kind": {"enum": ["circle", "square"]}, "radius": {"type": "integer"}},
    "if": {"required": ["kind"], "properties": {"kind": {"const": "circle"}}},
    "then": {"properties": {"radius": {"const": 1}}},
}


def test_asks_for_little(tmp_path):
    """Where a contract requires not even event type and priority, what is made has them, and breaks as announced.

    What is not there contradicts no condition.
    """
    catalog = load(small.write(tmp_path, RADIUS, {"kind": "square"}))
    for one in islice(samples(catalog, seed=1), 60):
        assert catalog.check(one).conforms, one
    made = list(islice(broken_samples(catalog, seed=1), 300))
    assert [one for one in made if _found(catalog, one.content) != _announced(one)] == []
    assert "payload.radius contradicts payload.kind" in {one.description for one in made}


def test_asks_for_no_object(tmp_path):
    """Where a contract speaks of objects without asking for one, what is made is an object, and breaks as announced."""
    root = small.write(tmp_path, {"type": "string"}, "x")
    envelope = json.loads((root / "notification.json").read_bytes())
    del envelope["type"]
    (root / "notification.json").write_text(json.dumps(envelope), encoding="utf-8")
    catalog = load(root)
    assert [one for one in islice(samples(catalog, seed=1), 60) if not isinstance(one, dict)] == []
    made = list(islice(broken_samples(catalog, seed=1), 60))
    assert [one for one in made if _found(catalog, one.content) != _announced(one)] == []


SIZE = {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer"}}}


def test_any_other_property(tmp_path):
    """A schema that allows any other property may stand beside one that says what it is."""
    payload = {"additionalProperties": True, "allOf": [SIZE]}
    catalog = load(small.write(tmp_path, payload, {"size": 1}))
    made = list(islice(broken_samples(catalog, seed=1), 60))
    assert [one for one in made if _found(catalog, one.content) != _announced(one)] == []
    assert ("/payload/size", "type") in [found for one in made for found in _announced(one)]


def test_shrinks(catalog_of):
    """What is found shrinks: all that is not broken is of the simplest values."""
    least = find(
        broken(catalog_of("glance-documented").contract("image.send", "INFO")),
        lambda one: (one.violation.pointer, one.violation.keyword) == ("/payload/receiver_user_id", "type"),
        settings=settings(max_examples=1000, deadline=None, database=None, derandomize=True),
    )
    payload = least.content["payload"]
    assert (payload["owner_id"], payload["bytes_sent"], payload["image_id"].strip("0-")) == ("", 0, "")


def test_ignored(catalog_of):
    """What is ignored, by keyword or by kind, is not broken; where nothing is left, nothing is drawn."""
    catalog = catalog_of("glance-documented")
    contract = catalog.contract("image.create", "INFO")

    @settings(max_examples=examples(60), deadline=None, database=None)
    @given(broken(contract, ignores=["envelope", "type"]))
    def left(one):
        assert one.violation.kind == "payload"
        assert one.violation.keyword != "type"

    left()
    assert misaddressed(catalog, contract, ignores=["unknown-event"]).is_empty
