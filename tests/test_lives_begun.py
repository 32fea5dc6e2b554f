"""Lives of which none begins in a recording that is whole: their first step was never sent."""

import json
from pathlib import Path

import pytest

from notify_contracts._checking.lives import How, Lives
from notify_contracts._checking.lives.ways import Ways
from notify_contracts._report import verdict_line
from notify_contracts.catalog import load

CATALOG = load(Path(__file__).parent / "catalogs" / "parcels")
ACCEPTED, LATE, LOST = ("parcel.accepted", "INFO"), ("parcel.lost", "WARN"), ("parcel.lost", "ERROR")


def _life(number):
    """Return the notifications of a parcel: accepted, late, lost."""
    told = []
    for step, event in enumerate((ACCEPTED, LATE, LOST)):
        one = CATALOG.contract(*event).example()
        one["message_id"] = f"0f2d1d2c-5f2b-4f5e-9a0a-{number:06}{step:06}"
        one["timestamp"] = f"2026-03-01T06:30:{step:02}Z"
        parcel = one["payload"] if event == ACCEPTED else one["payload"]["parcel"]
        parcel["number"] = f"RR{number:09}DE"
        told.append(one)
    return told


LIVES = [_life(number) for number in range(5)]
BEGINLESS = [life[1:] for life in LIVES]


@pytest.fixture
def found():
    """Return what finds the keywords and places in sources, each of lives, of a recording that is whole or not."""

    def find(*sources, is_whole=True, unread=()):
        lives, ways, lines = Lives(CATALOG, verdict_line, How(is_whole=is_whole)), Ways(CATALOG), b""
        for number, source in enumerate(sources):
            lives.begin(f"{number}")
            told = [each for life in source for each in life]
            lives.take([ways.step(place, each, passed=True) for place, each in enumerate(told, 1)])
            lines += b"" if number in unread else lives.settle()
        lines += lives.finish()
        return [
            (each["source"], each["number"], each["violations"][0]["keyword"])
            for each in map(json.loads, lines.splitlines())
        ]

    return find


def test_none_begins(found):
    """Where of five lives none begins in a whole recording, each misses its first step; of fewer that is not known."""
    assert found(BEGINLESS) == [("0", number, "missing-before") for number in (1, 3, 5, 7, 9)]
    assert found(BEGINLESS[:4]) == []
    assert found(BEGINLESS, is_whole=False) == []


def test_one_begins(found):
    """Where one life begins, the others may be older than the recording, wherever it stands."""
    for told in ([*BEGINLESS, _life(9)], [_life(9), *BEGINLESS]):
        assert found(told) == []
        assert found(told[:1], told[1:]) == []


def test_several_recordings(found):
    """Recordings are whole together; what one tells that could not be read to its end is not counted."""
    places = [("0", 1), ("0", 3), ("1", 1), ("1", 3), ("1", 5)]
    assert found(BEGINLESS[:2], BEGINLESS[2:]) == [(*place, "missing-before") for place in places]
    assert found(BEGINLESS[:2], BEGINLESS[2:], unread=(0,)) == []


@pytest.mark.parametrize("order", ["recorded", "time"])
def test_totals(run, tmp_path, order):
    """Each of these notifications fails once, and is no longer counted among those that conform."""
    path = tmp_path / "told.jsonl"
    path.write_text("".join(f"{json.dumps(each)}\n" for life in BEGINLESS for each in life))
    options = ("check", path, "--catalog", CATALOG.root, "--lifecycles", "--order", order, "--format", "json")
    ran = run(*options, "--whole-recording")
    totals = json.loads(ran.out)["totals"]
    assert (ran.status, totals["violations"], totals["conforming"], totals["failing"]) == (1, 5, 5, 5)
    assert (
        "and no life of its kind begins in the recording, which is whole; missing before it: parcel.accepted" in ran.out
    )
    assert run(*options).status == 0
