"""Generated notifications keep their contract: every contract, both ways of generating, both engines."""

from itertools import islice

import pytest
from hypothesis import given, settings

from notify_contracts._schema.engines import ENGINES
from notify_contracts.catalog import load
from notify_contracts.generate import notifications, payloads, samples
from tests.every_contract import CATALOGS, CONTRACTS, each_catalog
from tests.telling import examples, telling


def _fields(envelope):
    """Return the fields of the payload with the type of each."""
    return {(name, type(value).__name__) for name, value in envelope["payload"].items()}


@pytest.mark.parametrize(("name", "event", "priority"), CONTRACTS)
def test_sampled(catalog_of, name, event, priority):
    """What the seeded generator makes keeps the contract, on both engines, with ids all different."""
    made = list(islice(samples(catalog_of(name), event, priority, seed=1), 200))
    for engine, few in zip(ENGINES, (made, made[:60]), strict=True):  # the reference engine takes its time
        broken = [verdict for one in few if not (verdict := catalog_of(name, engine).check(one)).conforms]
        assert broken == []
    assert len({one["message_id"] for one in made}) == len(made)


@pytest.mark.parametrize(("name", "event", "priority"), CONTRACTS)
def test_drawn(catalog_of, name, event, priority):
    """What hypothesis draws keeps the contract, on both engines, and no health check complains."""
    catalogs = [catalog_of(name, engine) for engine in ENGINES]

    @settings(max_examples=12, deadline=None, database=None)
    @given(notifications(catalogs[0], event, priority))
    def keeps(envelope):
        for catalog in catalogs:
            verdict = catalog.check(envelope)
            assert verdict.conforms, verdict.violations
            assert verdict.contract == f"{event}-{priority}"

    keeps()


@each_catalog
def test_all_together(catalog_of, name):
    """Without an event type and a priority, both generators make notifications of many contracts of the catalog."""
    catalog = catalog_of(name)
    seen = {catalog.check(one).contract for one in islice(samples(catalog, seed=2), 15 * len(catalog.contracts))}
    assert seen == {contract.id for contract in catalog.contracts}

    drawn = set()

    @settings(max_examples=100, deadline=None, database=None, derandomize=True)
    @given(notifications(catalog))
    def draw(envelope):
        drawn.add(catalog.check(envelope).contract)

    draw()
    # Hypothesis varies each choice several times: of 100 examples about 15 choose a contract anew.
    assert len(drawn) >= min(4, len(catalog.contracts))
    assert None not in drawn


@pytest.mark.parametrize(
    ("name", "event"),
    telling(
        [("glance-documented", "image.create"), (CATALOGS[2], "parcel.accepted")],
        [("glance-documented", "image.create")],
    ),
)
def test_same_ground(catalog_of, name, event):
    """Every field and every type of value that one generator makes, the other one makes too."""
    catalog = catalog_of(name)
    contract = catalog.contract(event, "INFO")
    drawn = set()

    @settings(max_examples=300, deadline=None, database=None, derandomize=True)
    @given(notifications(catalog, event, "INFO"))
    def draw(envelope):
        drawn.update(_fields(envelope))

    draw()
    sampled = set().union(*map(_fields, islice(samples(catalog, event, "INFO", seed=3), 1000)))
    declared = {field for field in drawn | sampled if field[0] in _declared(contract)}
    assert len(declared) > 6
    assert declared & drawn == declared & sampled


def _declared(contract):
    return set().union(*(example["payload"] for example in contract.examples))


def test_rare_branches(catalog_of):
    """Each way to keep a rule of two sides is taken: visibility against is_public, deleted against deleted_at."""
    made = [one["payload"] for one in islice(samples(catalog_of("glance-documented"), "image.create", "INFO"), 400)]
    assert {(one["visibility"], one["is_public"]) for one in made} == {
        ("public", True),
        ("private", False),
        ("shared", False),
        ("community", False),
    }
    assert {(one["deleted"], one["deleted_at"] is None) for one in made} == {(True, False), (False, True)}
    assert any(one["created_at"][5:10] == "02-29" for one in made)
    assert any(one.keys() - _declared(catalog_of("glance-documented").contract("image.create", "INFO")) for one in made)


def test_recursion(catalog_of, parcels):
    """What holds itself is made several levels deep."""

    def depth(things):
        return 1 + max((depth(thing["contents"]) for thing in things if "contents" in thing), default=0)

    made = islice(samples(catalog_of(parcels), "parcel.accepted"), 300)
    depths = {depth(one["payload"]["contents"]) for one in made}
    assert depths == {1, 2, 3, 4}


@settings(max_examples=examples(20), deadline=None, database=None)
@given(payloads(load("glance-documented").contract("image.send", "INFO")))
def test_payloads(payload):
    """The payloads alone are those of the contract's notifications."""
    contract = load("glance-documented").contract("image.send", "INFO")
    assert contract.is_kept_by(contract.example() | {"payload": payload})


def test_message_ids(catalog_of):
    """Where the contract allows any UUID, the seeded generator makes message ids as the emitters do: version 4."""
    for one in islice(samples(catalog_of("glance-documented"), seed=5), 200):
        assert one["message_id"][14] == "4"
        assert one["message_id"][19] in "89ab"
