"""What is told to break the same rules as another breaks just these, as the search for faults has it."""

import json
from pathlib import Path
from random import Random

import pytest

from notify_contracts._schema import ENGINES, UnusableSchemaError, engine_named, rules_broken, violations
from notify_contracts.catalog import builtin_names, cases_of, load
from tests.random_schemas import BASE, NAMES, documents, plain, schema, value
from tests.telling import examples

CATALOGS = {Path(name).name: name for name in (*builtin_names(), Path(__file__).parent / "catalogs" / "parcels")}


def _rules(validator, instance):
    return frozenset((each.pointer, each.keyword) for each in violations(instance, validator.faults(instance), None))


def _told(validator, instances):
    """Return how often something was told to break what another breaks; fail where the search for faults differs."""
    rules = [_rules(validator, instance) for instance in instances]
    told = 0
    for wanted in sorted(filter(None, set(rules)), key=sorted):
        breaks = validator.breaking(wanted)
        for instance, found in zip(instances, rules, strict=True):
            if breaks is not None and breaks(instance):
                assert found == wanted, instance
                told += 1
    return told


@pytest.mark.parametrize("name", CATALOGS)
def test_cases(name):
    """Of a catalog's own cases, nothing is told to break what it does not, and a good deal is told."""
    catalog = load(CATALOGS[name])
    told = asked = 0
    for contract in catalog.contracts[::5]:
        cases = [dict(case.notification) for case in cases_of(catalog, contract.event_type)]
        told += _told(contract.validator, cases)
        asked += sum(bool(_rules(contract.validator, case)) for case in cases)
    assert told > asked / 3


def test_random_schemas():
    """Whatever a schema says, in whatever layers and conditions, nothing is told to break what it does not."""
    chance, told = Random(7), 0
    rounds = examples(150)
    for _ in range(rounds):
        schemas = documents(chance)
        stated = {"a": schema(chance, depth=1), "b": plain(chance), "x-c": plain(chance), "1": plain(chance)}
        schemas[BASE] |= {"properties": stated, "required": chance.sample(NAMES, 2)}
        schemas[BASE] |= {"additionalProperties": False} if chance.randrange(2) else {}
        try:
            validator = engine_named("jsonschema-rs")(schemas.__getitem__, BASE)
        except UnusableSchemaError:
            continue
        instances = [{name: value(chance, 1) for name in chance.sample(NAMES, 4)} for _ in range(30)]
        told += _told(validator, [*instances, *(value(chance) for _ in range(3))])
    assert told > 6 * rounds


def test_kinds():
    """A missing property, one too many and a wrong value are told, alone and together; a condition is not."""
    contract = load("glance-emitted").contract("image.create", "INFO")
    good = contract.example()
    payload = good["payload"]
    for wrong in (
        {name: good[name] for name in good if name != "timestamp"},
        good | {"more": 1},
        good | {"publisher_id": 7, "timestamp": "today"},
        good | {"payload": payload | {"min_disk": -1, "more": 1}},
    ):
        rules = _rules(contract.validator, wrong)
        breaks = contract.validator.breaking(rules)
        assert breaks(json.loads(json.dumps(wrong)))
        assert not breaks(good)
        assert not breaks(wrong | {"message_id": 1})
        assert not breaks(wrong | {"payload": []})
    conditional = good | {"payload": payload | {"visibility": "public", "is_public": False}}
    assert contract.validator.breaking(_rules(contract.validator, conditional)) is None


def test_rules_without_words():
    """Which rules a value breaks is told without words as it is with them, by every engine."""
    chance, broken = Random(8), 0
    for _ in range(examples(60)):
        schemas = documents(chance)
        for engine in ENGINES:
            try:
                validator = engine_named(engine)(schemas.__getitem__, BASE)
            except UnusableSchemaError:
                continue
            for instance in [value(chance, 1) for _ in range(8)]:
                rules = rules_broken(instance, validator.faults(instance))
                assert rules == _rules(validator, instance)
                broken += len(rules)
    assert broken
