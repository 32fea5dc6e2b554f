"""How strong contracts are: what is let pass is let pass on purpose, and the figures are what they say."""

import json
from collections import Counter
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest

from notify_contracts._lint.strength import strength_of
from notify_contracts._lint.strength.changes import KINDS, REPLACEMENTS, changes
from notify_contracts.catalog import builtin_names, load

ON_PURPOSE = json.loads((Path(__file__).parent / "accepted_on_purpose.json").read_bytes())
each_catalog = pytest.mark.parametrize("name", builtin_names())


@cache
def _strength(name):
    return strength_of(load(name))


def _entries(name):
    """Yield, of what a catalog accepts on purpose, contracts, field, kind of change: one of each."""
    for entry in ON_PURPOSE["entries"]:
        if entry["catalog"] == name:
            kinds = [kind for word in entry["accepted"] for kind in ON_PURPOSE["kinds"].get(word, [word])]
            yield from ((tuple(entry["contracts"]), field, kind) for field in entry["fields"] for kind in kinds)


def _covers(entry, accepted):
    contracts, field, kind = entry
    contract, pointer, found = accepted
    return kind == found and fnmatchcase(pointer, field) and any(fnmatchcase(contract, glob) for glob in contracts)


@pytest.mark.exhaustive
@each_catalog
def test_accepted_on_purpose(name):
    """What a built-in catalog accepts is listed with the reason: nothing unexplained, nothing stale."""
    accepted = {
        (contract.contract, field.pointer, kind)
        for contract in _strength(name).contracts
        for field in contract.fields
        for kind in field.accepted
    }
    entries = list(_entries(name))
    by_kind = {kind: [entry for entry in entries if entry[2] == kind] for kind in KINDS}
    unexplained = sorted(each for each in accepted if not any(_covers(entry, each) for entry in by_kind[each[2]]))
    stale = [entry for entry in entries if not any(_covers(entry, each) for each in accepted)]
    assert len(accepted) > 100
    assert (unexplained, stale) == ([], [])


def test_reasons():
    """Whatever is accepted on purpose has a reason, and names only kinds of changes that there are."""
    assert all(entry["reason"].endswith(".") for entry in ON_PURPOSE["entries"])
    named = {kind for entry in ON_PURPOSE["entries"] for kind in entry["accepted"]}
    assert named <= set(KINDS) | set(ON_PURPOSE["kinds"])
    assert {kind for kinds in ON_PURPOSE["kinds"].values() for kind in kinds} <= set(KINDS)


def test_changes(catalog_of, parcels):
    """Changes are made at every place and of every kind, each makes another notification, and the original stays."""
    example = catalog_of(parcels).contract("parcel.accepted", "INFO").example()
    before = json.dumps(example)
    made = list(changes(example, ("signature",)))
    assert json.dumps(example) == before
    assert not any(json.dumps(change.envelope) == before for change in made)
    assert {change.kind for change in made} == set(KINDS)
    by_field = Counter(change.field for change in made)
    assert by_field["/payload/signature"] == len(REPLACEMENTS)
    assert by_field[""] == 1
    assert {
        "/message_id", "/payload", "/payload/grams", "/payload/contents/*/contents/*/name", "/payload/labels/de",
    } <= set(by_field)  # fmt: skip
    # Its value is a number that is none of the replacements, and it has a name and a neighbour.
    assert by_field["/payload/grams"] == len(REPLACEMENTS) + 3


def test_figures(catalog_of, parcels):
    """The figures of fields, contracts and the catalog add up, and are the catalog's own verdicts."""
    catalog = catalog_of(parcels)
    contract = catalog.contract("locker_door.stuck", "INFO")
    [measured] = strength_of(catalog, [contract]).contracts
    made = list(changes(contract.example()))
    caught = [change for change in made if not catalog.check(change.envelope).conforms]
    assert measured.notifications >= 1
    assert (measured.caught % len(caught), measured.total % len(made)) == (0, 0)
    whole = strength_of(catalog)
    assert whole.total == sum(each.total for each in whole.contracts) == sum(field.total for field in whole.fields)
    assert whole.caught == sum(each.caught for each in whole.contracts) == sum(field.caught for field in whole.fields)
    assert 0 < whole.caught < whole.total
    assert list(whole.accepting_anything) == []


def test_a_part_of_a_large_notification(catalog_of):
    """With little effort a part of the places is changed, from all over the notification; with enough, every place."""
    example = catalog_of("glance-emitted").contract("image.create", "INFO").example()
    places = [change.field for change in changes(example)]
    few = [change.field for change in changes(example, effort=len({*places}) ** 2 // 5)]
    assert len(few) < len(places) / 3
    assert {*few} < {*places}
    assert few[-1] in places[-len(places) // 4 :]
    assert [change.field for change in changes(example, effort=len({*places}) ** 2)] == places


def _weakened(folder, rule):
    path = folder / "payloads" / "parcel.json"
    document = json.loads(path.read_bytes())
    document["properties"]["kind"] = rule
    path.write_text(json.dumps(document))
    return load(folder)


@pytest.mark.parametrize(
    ("rule", "accepted", "anything"),
    [
        ({"type": "string", "enum": ["letter", "packet", "pallet"]}, set(), False),
        ({"enum": ["letter", "packet", None]}, {"null"}, False),
        ({"type": "string", "minLength": 1}, {"other text", "long text", "text of a number", "upper case"}, False),
        ({"type": ["integer", "string"], "enum": ["packet", 0]}, {"zero"}, False),
        ({}, {*REPLACEMENTS, "upper case"}, True),
    ],
    ids=["as it is", "null", "any text", "zero", "no rule"],
)
def test_weak_contract(rule, accepted, anything, parcels_copy):
    """A rule that is weaker lets more pass, at its field, and says what; where there is no rule, anything passes."""
    catalog = _weakened(parcels_copy, rule)
    found = strength_of(catalog, [catalog.contract("parcel.accepted", "INFO")])
    [field] = [field for field in found.fields if field.pointer == "/payload/kind"]
    assert set(field.accepted) - {"swapped with the next"} == accepted
    assert field.accepts_anything is anything
    assert list(found.accepting_anything) == ([("parcel.accepted-INFO", "/payload/kind")] if anything else [])


def test_thousands_of_members():
    """Of an object or an array with very many members the first are changed, for each change is a copy of all."""
    envelope = {"payload": {f"{number:03}": number for number in range(300)}}
    fields = {change.field for change in changes(envelope)}
    assert fields == {"", "/payload", *(f"/payload/{number:03}" for number in range(256))}


def test_the_larger_a_notification_the_fewer_places_are_changed():
    """Each change copies all of the notification and has all of it checked."""
    items = [{"a": number, "b": [number]} for number in range(20_000)]
    envelope = {"payload": {"items": items, "map": {f"key {number:03}": number for number in range(300)}, "last": 1}}
    changed = list(changes(envelope))
    assert len(changed) < 3_000
    assert {"", "/payload", "/payload/items/*/b/*", "/payload/map/key 000"} <= {change.field for change in changed}
    assert "/payload/last" in {change.field for change in changed}
