"""How long open lives are without a word: to the latest time that any notification tells, also one of no life."""

import json

import pytest

from notify_contracts.catalog import load

ACCEPTED, LATE, DOOR, UNKNOWN = ("parcel.accepted", "INFO"), ("parcel.lost", "WARN"), ("locker_door.stuck", "INFO"), ()
LIFE = ((ACCEPTED, 1), (LATE, 2))


@pytest.fixture
def told(parcels, tmp_path):
    """Return what writes notifications, each of a kind and of an hour, to a recording, and returns its path."""
    catalog = load(parcels)
    examples = {kind: catalog.contract(*kind).example() for kind in (ACCEPTED, LATE, DOOR)}
    examples[UNKNOWN] = examples[DOOR] | {"event_type": "of.nothing"}

    def write(*notifications, name="told.jsonl"):
        lines = []
        for number, (kind, hour) in enumerate(notifications):
            time = f"2026-03-01T{hour:02}:00:00Z" if isinstance(hour, int) else hour
            lines.append(json.dumps(examples[kind] | {"message_id": f"{name} {number}", "timestamp": time}))
        (tmp_path / name).write_text("\n".join(lines))
        return tmp_path / name

    return write


@pytest.fixture
def check(run, parcels, monkeypatch, tmp_path):
    """Return what checks recordings, in which no life may be without a word for longer than three hours."""
    monkeypatch.chdir(tmp_path)
    return lambda *given: run("check", "--catalog", parcels, "--lifecycles", "--fail-on", "open=3h", *given)


WAYS = ("", "--ignore locker*", "--event parcel.*", "--until 2026-03-01T02:00:00", "--report jsonl:v.jsonl",
        "--order time", "--fail-on duplicates", "--jobs 2")  # fmt: skip


@pytest.mark.parametrize("options", WAYS)
@pytest.mark.parametrize("other", [DOOR, UNKNOWN])
def test_of_no_life(told, check, parts, options, other):
    """What is of no life makes a life older, whoever reads it and whether it is asked about or not."""
    parts(200)
    for hour, is_found in ((5, False), (6, True)):
        ran = check(told(*LIFE, (other, 1), (other, hour), (other, "none"), (other, 3)), *options.split())
        assert ('still open, "late" since' in ran.out) is is_found
        assert ("for 4 hours nothing more was told" in ran.out) is is_found


def test_of_another_recording(told, check):
    """A life is as old as it is by the latest of all recordings, in whatever order they are given."""
    one, other = told(*LIFE, name="one.jsonl"), told((DOOR, 6), name="other.jsonl")
    assert all("for 4 hours nothing more was told" in check(*order).out for order in ((one, other), (other, one)))


def test_no_time_at_all(told, check):
    """Where nothing tells a time, it cannot be said how old an open life is: status 2."""
    ran = check(told((ACCEPTED, ""), (LATE, "soon"), (DOOR, "later")))
    assert ran.status == 2
    assert "no notification tells its time" in ran.err
