"""What stays the same in a life, and what a step may change: as its lifecycle says for that step, and no other."""

import json

import pytest

from notify_contracts._checking.lives import Lives
from notify_contracts._checking.lives.ways import Ways
from notify_contracts._report import verdict_line
from notify_contracts.catalog import load

ACCEPTED, LATE, LOST = ("parcel.accepted", "INFO"), ("parcel.lost", "WARN"), ("parcel.lost", "ERROR")


def _way(kind, to, **more):
    return {
        "event_type": kind[0],
        "priority": kind[1],
        "fields": "short" if more.pop("short", 0) else "all",
        "to": to,
    } | more


@pytest.fixture
def found(parcels_copy):
    """Return what finds the keywords, or what else is told, and places of steps, each a kind and more, by states."""

    def find(steps, states, told="keyword", **more):
        forms = {
            "all": {name: f"/payload/{name}" for name in ("number", "kind", "grams")},
            "short": {"number": "/payload/number"},
        }
        life = {
            "title": "t",
            "description": "d",
            "$comment": "c",
            "identity": "number",
            "fields": forms,
            "start": "home",
        }
        lost = parcels_copy / "events" / "parcel.lost.json"
        lost.write_text(lost.read_text().replace("payloads/loss.json", "payloads/parcel.json"))
        (parcels_copy / "lifecycles.json").write_text(json.dumps({"parcel": life | {"states": states} | more}))
        catalog = load(parcels_copy)
        lives, ways = Lives(catalog, verdict_line), Ways(catalog)
        lives.begin("steps")
        for number, (kind, payload) in enumerate(steps, 1):
            names = dict(zip(("event_type", "priority"), kind, strict=True))
            envelope = {"message_id": f"{number}", "timestamp": f"2026-11-22 10:{number:02}:00", **names}
            lives.take([ways.step(number, envelope | {"payload": {"number": "1"} | payload}, passed=True)])
        lines = map(json.loads, lives.settle().splitlines())
        return sorted((line["number"], line["violations"][0][told]) for line in lines)

    return find


WHERE = {
    "home": [_way(ACCEPTED, "here")],
    "here": [_way(LATE, "there", changes=["kind"])],
    "there": [_way(LATE, "there"), _way(LOST, "gone")],
    "gone": [],
}


def test_changed_where_another_step_may(found):
    """That a field may change in one state does not allow it in another in which the same notification comes."""
    told = [(ACCEPTED, {"kind": "a"}), (LATE, {"kind": "b"}), (LATE, {"kind": "b"}), (LOST, {"kind": "b"})]
    assert found(told, WHERE) == []
    assert found([*told[:2], (LATE, {"kind": "c"})], WHERE) == [(3, "changed")]


def test_value_that_a_change_tells(found):
    """A field that may become anything is from then on what it was told to have become, if the life is told by it."""
    states = {
        "home": [_way(ACCEPTED, "here", values={"kind": "a"})],
        "here": [_way(LATE, "there", changes=["kind"])],
        "there": [_way(LOST, "gone")],
        "gone": [],
        "never": [_way(LOST, "gone", values={"kind": "b"})],
    }
    told = [(ACCEPTED, {"kind": "a"}), (LATE, {"kind": "b"})]
    assert found([*told, (LOST, {"kind": "b"})], states) == []
    assert found([*told, (LOST, {"kind": "a"})], states) == [(3, "out-of-order")]


@pytest.mark.parametrize(
    ("promised", "same", "another"),
    [
        (["a"], ["a"], ["b"]),
        ({"a": 1, "b": [True]}, {"b": [True], "a": 1.0}, {"a": 1, "b": [1]}),
        ([], [], {}),
        ("a", "a", ["a"]),
    ],
)
def test_arrays_and_objects_as_values(found, promised, same, another):
    """What a step gives a field may be an array or an object, and then is that one and no other."""
    states = WHERE | {"home": [_way(ACCEPTED, "here", values={"kind": promised})]}
    told = [(LATE, {"kind": "b"}), (LOST, {"kind": "b"})]
    assert found([(ACCEPTED, {"kind": same}), *told], states) == []
    assert (1, "out-of-order") in found([(ACCEPTED, {"kind": another}), *told], states)


def test_a_value_nested_very_deeply(found):
    """A value that is nested too deeply to be compared is another one than a step gives."""
    deep = "a"
    for _ in range(3000):
        deep = [deep]
    states = WHERE | {"home": [_way(ACCEPTED, "here", values={"kind": ["a"]})]}
    assert (1, "out-of-order") in found([(ACCEPTED, {"kind": deep})], states)


@pytest.mark.parametrize("kind", ["it's", "'", "back\\slash"])
def test_values_are_named_as_they_are(found, kind):
    """A finding names the values of a step with the characters that they have."""
    states = WHERE | {"home": [_way(ACCEPTED, "here", values={"kind": kind})]}
    ((_, message),) = found([(ACCEPTED, {"kind": kind}), (LOST, {"kind": kind})], states, told="message")
    assert f"since parcel.accepted ({kind}) at" in message


def test_changed_without_a_word(found):
    """A field that a step may change and does not tell may be anything when it is told the next time, and only then."""
    states = WHERE | {"here": [_way(LATE, "there", changes=["kind"], short=True)], "there": [_way(LOST, "there")]}
    told = [(ACCEPTED, {"kind": "a", "grams": 1}), (LATE, {}), (LOST, {"kind": "b", "grams": 1})]
    assert found(told, states) == []
    assert found([*told, (LOST, {"kind": "c", "grams": 1})], states) == [(4, "changed")]
    assert found([*told[:2], (LOST, {"kind": "b", "grams": 2})], states) == [(3, "changed")]


def test_missing(found):
    """A step that lacks a field says nothing of it: what it was stays known, and a step that may change it did."""
    states = WHERE | {"here": [_way(LOST, "here"), *WHERE["here"]]}
    a, b, nothing = {"kind": "a"}, {"kind": "b"}, {}
    assert found([(ACCEPTED, nothing), (LOST, a), (LOST, nothing), (LOST, a)], states) == []
    assert found([(ACCEPTED, a), (LOST, nothing), (LOST, b)], states) == [(3, "changed")]
    assert found([(ACCEPTED, nothing), (LOST, a), (LOST, b)], states) == [(3, "changed")]
    assert found([(ACCEPTED, a), (LATE, nothing), (LATE, b)], states) == []
    assert found([(ACCEPTED, a), (LATE, nothing), (LATE, b), (LATE, a)], states) == [(4, "changed")]


def test_another_life_of_the_same_name(found):
    """What a field was in a life that is over is nothing to another one of the same identity, however it is told."""
    states = {
        "home": [_way(ACCEPTED, "here")],
        "here": [_way(LATE, "there", values={"kind": "a"}), _way(LATE, "here", values={"kind": "b"})],
        "there": [_way(LOST, "gone")],
        "gone": [_way(ACCEPTED, "here")],
    }
    one = [(ACCEPTED, {"kind": "a"}), (LATE, {"kind": "a"}), (LOST, {"kind": "a"})]
    other = [(ACCEPTED, {"kind": "b"}), (LATE, {"kind": "b"})]
    assert found([*one, *other], states, ends=["gone"]) == []
    assert found([*one, *other, (LATE, {"kind": "c"})], states, ends=["gone"]) == [(6, "out-of-order")]
