"""What comes again under the same message id: the same content is no second step, other content is one."""

import json

import pytest

from notify_contracts._checking.lives import Lives
from notify_contracts._checking.lives.ways import Ways
from notify_contracts._report import verdict_line
from notify_contracts.catalog import load

ACCEPTED, LATE, LOST = ("parcel.accepted", "INFO"), ("parcel.lost", "WARN"), ("parcel.lost", "ERROR")


def _told(event, message_id, number="RR1", second=0, **more):
    """Return a notification of a parcel; `more` are fields that it has."""
    payload = {"number": number, "kind": "packet", "grams": 5, "contents": [{"name": "cup"}]} | more
    return {
        "message_id": message_id,
        "publisher_id": "depot",
        "event_type": event[0],
        "priority": event[1],
        "timestamp": f"2026-03-01T06:30:{second:02}Z",
        "payload": payload if event == ACCEPTED else {"parcel": payload},
    }


LIFE = [_told(ACCEPTED, "1"), _told(LATE, "2", second=1), _told(LOST, "3", second=2)]


@pytest.fixture
def found(parcels_copy):
    """Return what finds keywords and places in notifications, by other lifecycles, and how many were seen before."""

    def find(told, change=dict.copy):
        path = parcels_copy / "lifecycles.json"
        content = json.loads(path.read_bytes())
        change(content["parcel"])
        path.write_text(json.dumps(content))
        catalog = load(parcels_copy)
        lives, ways = Lives(catalog, verdict_line), Ways(catalog)
        lives.begin("told")
        lives.take([ways.step(number, each, passed=True) for number, each in enumerate(told, 1)])
        lines = map(json.loads, lives.settle().splitlines())
        places = [(each["number"], each["violations"][0]["keyword"]) for each in lines]
        seen = next((part for part in lives.notes[0].split(", ") if "seen before" in part), "0")
        return places, int(seen.split()[0])

    return find


def test_the_same_again(found):
    """What has the same content is no second step, at whatever time it was sent again and whatever is around it."""
    assert found(LIFE) == ([], 0)
    assert found([*LIFE, *LIFE]) == ([], 3)
    assert found([LIFE[0], *LIFE, LIFE[1]]) == ([], 2)
    sent_again = [{**each, "timestamp": "2026-03-01T07:00:00Z", "publisher_id": "other"} for each in LIFE]
    assert found([*LIFE, *sent_again]) == ([], 3)
    assert found([*LIFE, *({**each, "timestamp": "2026-02-01T07:00:00Z"} for each in LIFE)]) == ([], 3)


def test_another_event_type_or_priority(found):
    """A message id that an earlier step of the life had says nothing of one with another event type or priority."""
    assert found([*LIFE, _told(LATE, "1", second=3)]) == ([(4, "after-end")], 0)
    assert found([*LIFE[:2], _told(LOST, "2", second=2), _told(LATE, "4", second=3)]) == ([(4, "after-end")], 0)


@pytest.mark.parametrize("other", [{"kind": "letter"}, {"grams": 10}, {"contents": []}])
def test_another_value(found, other):
    """The same event with another value of what stays the same in a life is no second delivery."""
    assert found([*LIFE[:2], _told(LATE, "2", second=2, **other)]) == ([(3, "changed")], 0)
    assert found([*LIFE, _told(LOST, "3", second=3, **other)]) == ([(4, "after-end")], 0)


def test_another_value_that_tells_the_state(found):
    """The same event with another value by which the life is told is a step, whatever its id."""

    def change(one):
        for way in one["states"]["late"]:
            way["values"] = {"kind": "letter"}
        one["states"]["on its way"][0]["values"] = {"kind": "packet"}

    told = [*LIFE[:2], _told(LATE, "2", second=2, kind="letter"), _told(LATE, "2", second=3, kind="pallet")]
    assert found(told, change) == ([(4, "out-of-order")], 0)


def test_one_id_for_all(found):
    """Where everything bears the same message id, nothing is taken for a second delivery of something else."""
    told = [_told(ACCEPTED, "1"), _told(LATE, "1", second=1), _told(LOST, "1", second=2)]
    other = [_told(ACCEPTED, "1", "RR2", second=3), _told(LOST, "1", "RR2", second=4)]
    assert found([*told, *other]) == ([(5, "missing-before")], 0)


def test_what_may_have_changed(found):
    """A second delivery of an earlier step is one though the life may have another value of a field by now."""

    def change(one):
        one["states"]["late"][0]["changes"] = ["grams"]

    told = [*LIFE[:2], _told(LATE, "4", second=2, grams=10)]
    assert found([*told, LIFE[1], LIFE[0]], change) == ([], 2)


def test_another_life_of_the_same_name(found):
    """A second delivery of what a life told that is over is one, though another of the same identity goes on."""

    def change(one):
        one["ends"] = ["lost"]
        one["states"]["lost"] = one["states"]["at home"]

    another = [_told(ACCEPTED, "4", second=3, grams=10), _told(LATE, "5", second=4, grams=10)]
    assert found([*LIFE, *another, *LIFE], change) == ([], 3)
