"""Schemas at random: nothing that one allows and the other refuses stands against a proof."""

from random import Random

from notify_contracts._comparison.inclusion import Allowed, inclusion
from notify_contracts._comparison.inclusion.satisfying import Memory, satisfies
from notify_contracts._schema import UnusableSchemaError
from tests import random_schemas
from tests.telling import examples


def _pair(chance):
    """Return two sets of documents: independent ones, or such that one has further keywords."""
    one = random_schemas.documents(chance)
    if chance.random() < 0.5:
        return one, random_schemas.documents(chance)
    changed = {**one[random_schemas.BASE], **random_schemas.schema(chance, depth=2)}
    if "if" in changed and changed.keys().isdisjoint(("then", "else")):
        changed["then"] = random_schemas.plain(chance)
    return one, {**one, random_schemas.BASE: changed}


def test_proofs_hold():
    """What is proved is contradicted by no value, what is refuted by a value that both engines judge so."""
    asked = 0
    for seed in range(examples(400)):
        chance = Random(seed)
        one, other = (Allowed(each.__getitem__, random_schemas.BASE) for each in _pair(chance))
        values = [random_schemas.value(chance) for _ in range(20)]
        try:
            forward, backward = inclusion(one, other, seconds=5), inclusion(other, one, seconds=5)
        except UnusableSchemaError:
            continue
        for narrow, wide, found in ((one, other, forward), (other, one, backward)):
            asked += 1
            for gap in found.gaps:
                assert narrow.opinions(gap.witness) == {True}
                assert wide.opinions(gap.witness) == {False}
            for value in values if found.is_proved else ():
                assert narrow.opinions(value) == {False} or wide.opinions(value) == {True}, (seed, value)
    assert asked


def _usable(count):
    """Yield seeds below a count, each with its chance and its schema, but for schemas that engines are not given."""
    for seed in range(examples(count)):
        chance = Random(seed)
        allowed = Allowed(random_schemas.documents(chance).__getitem__, random_schemas.BASE)
        try:
            _ = allowed.formula
        except UnusableSchemaError:
            continue
        yield seed, chance, allowed


def test_reading():
    """A value keeps the formula of a schema just where the engines say that it keeps the schema."""
    for seed, chance, allowed in _usable(400):
        for _ in range(10):
            value = random_schemas.value(chance)
            assert allowed.opinions(value) == {satisfies(value, allowed.formula)}, (seed, value)


def test_remembering():
    """What is remembered of a value says the same of it, wherever it stands, and whichever formula asks."""
    for seed, chance, allowed in _usable(200):
        memory, held = Memory(), random_schemas.value(chance)
        memory.hold(held)
        names = list(held) if isinstance(held, dict) else []
        around = [held, [held], [held, held], *({**held, name: held} for name in names), {"a": held}, {"b": [held]}]
        for value in around * 2:
            formula = allowed.formula
            assert memory.satisfies(value, formula) == satisfies(value, formula), (seed, value)
