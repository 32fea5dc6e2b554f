"""Lives by the times that notifications tell: in whatever form, in which order, and of what recordings they are."""

import json
from datetime import timedelta

import pytest
from pika import BasicProperties
from pika.spec import Basic

from notify_contracts import load
from notify_contracts._amqp import Arrival
from notify_contracts._checking.lives import How, Judging, Lives
from notify_contracts._checking.lives.clock import Clock
from notify_contracts._checking.lives.ways import Ways
from notify_contracts._live.watching import Ledger
from notify_contracts._report import verdict_line
from tests.inside_node import close_connections
from tests.watching import Bus, stopped

GLANCE = load("glance-emitted")
ACTIVE, BEGAN = "active", "2026-11-22T10:00:00Z"
STEPS = {
    "create": ("image.create", "queued"),
    "saving": ("image.update", "saving"),
    "prepare": ("image.prepare", "saving"),
    "upload": ("image.upload", ACTIVE),
    "activate": ("image.activate", ACTIVE),
    "update": ("image.update", ACTIVE),
    "delete": ("image.delete", "deleted"),
}
MADE = {event: GLANCE.contract(event, "INFO").example() for event, _ in STEPS.values()}


def _step(kind, time, image=1, began=BEGAN):
    """Return a notification of an image; a number is a second of the same minute."""
    event, status = STEPS[kind]
    told = f"2026-11-22 10:00:{time:02}.000001" if isinstance(time, int) else time
    payload = MADE[event]["payload"] | {"id": f"5d4fbb7a-7d0e-4c0f-9a86-{image:012}", "status": status}
    payload |= {"owner": "o", "name": "n", "created_at": began, "deleted": kind == "delete"}
    return MADE[event] | {"message_id": f"{image} {kind} {told}", "timestamp": told, "payload": payload}


def _life(*seconds, image=1, began=BEGAN):
    return [_step(kind, second, image, began) for kind, second in zip(STEPS, seconds, strict=False)]


def _found(*sources, **how):
    """Return the keywords and places of what is found, and the notes."""
    lives, ways = Lives(GLANCE, verdict_line, How(**how)), Ways(GLANCE)
    lines = b""
    for index, envelopes in enumerate(sources):
        lives.begin(f"source {index}")
        lives.take([ways.step(number, one, passed=True) for number, one in enumerate(envelopes, 1)])
        lines += lives.settle()
    lines += lives.finish()
    told = [(one["violations"][0]["keyword"], one["number"]) for one in map(json.loads, lines.splitlines())]
    return told, " | ".join(lives.notes)


def test_life():
    """What these tests change is a life without fault."""
    assert _found(_life(*range(7))) == ([], "lives: 1 followed, 1 finished, 0 still open")


@pytest.mark.parametrize(
    ("first", "second", "runs_back"),
    [
        ("2026-11-22T12:00:00+02:00", "2026-11-22T11:00:00+00:00", False),
        ("2026-11-22T11:00:00+00:00", "2026-11-22T12:00:00+02:00", True),
        ("2026-11-22T11:00:00Z", "2026-11-22T12:30:00+02:00", True),
        ("2026-11-22T11:00:00.5Z", "2026-11-22T11:00:00Z", True),
        ("2026-11-22T11:00:00Z", "2026-11-22T11:00:00.5Z", False),
        ("2026-11-22 11:00:00", "2026-11-22T10:59:59", True),
        ("2026-11-22T11:00:00", "2026-11-22 11:00:01", False),
        ("2026-11-22 11:00:00,5", "2026-11-22 11:00:00.4", True),
        ("2026-11-22 11:00:00.000001", "2026-W47-7", True),
        ("2026-11-22 11:00:00.000001", "2026-11-22 11:00:00", True),
        ("2026-11-22 11:00:00", "2026-11-22 11:00:00.000001", False),
        ("9999-12-31T23:59:59-14:00", "9999-12-31 23:59:59.999999", True),
        ("0001-01-01T00:00:00+14:00", "0001-01-01 00:00:00", False),
    ],
)
def test_forms_of_time(first, second, runs_back):
    """Times are compared as times, whatever form and zone each has, at the first steps of a life and at later ones."""
    told = [_step("create", first), _step("saving", second)]
    assert _found(told)[0] == ([("time-runs-back", 2)] if runs_back else [])
    told = [_step("create", first, 2), _step("create", first), _step("saving", first), _step("prepare", second)]
    assert _found(told)[0] == ([("time-runs-back", 4)] if runs_back else [])


@pytest.mark.parametrize("form", ["{}", "{}Z", "{}.5", "{}.000001+02:00", "{}.123456789Z", "{}+0530"])
def test_times_of_one_form(form):
    """Times of a clock can be compared, whatever form the first had and the next have; what is none is passed over."""
    clock = Clock()
    first, second, third = (clock.hear(form.format(f"2026-11-{day}T10:00:00")) for day in (21, 22, 23))
    between = clock.hear("2026-11-22 23:59:59.999999+00:00")
    assert first < second < between < third == clock.latest
    assert all(clock.hear(none) is None for none in ("", "x", "tomorrow", "2026-11-24 10:99:00", "\ud800", 5, None, []))
    clock.begin()
    assert (clock.latest, clock.now) == (None, third)
    assert clock.hear("2026-11-24") == clock.latest == clock.now


@pytest.mark.parametrize("odd", ["zzz", "", "9", "2026-02-30 10:00:00.000001", 5, None, "\ud800"])
@pytest.mark.parametrize("own", [True, False])
def test_open_beside_a_time_that_is_none(odd, own):
    """That a notification tells no time lets no life stay open for longer than is allowed."""
    told = [_step("create", 0), _step("saving", 1), _step("create", 30, 2)]
    odd_one = _step("prepare", 2) if own else _step("saving", 31, 2)
    keywords = [("still-open", 4 if own else 2)]
    assert _found([*told, odd_one | {"timestamp": odd}], open_for=timedelta(seconds=20))[0] == keywords


def test_open_that_never_told_its_time():
    """A life of which no notification tells a time is as old as what came before it."""
    told = [_step("create", 0, 2), _step("saving", "never"), _step("update", 50, 3)]
    assert _found(told, open_for=timedelta(seconds=20))[0] == [("still-open", 2)]


def test_the_last_time_there_is():
    """A recording that begins at the end of time is followed as any other."""
    assert _found([_step("create", "9999-12-31 23:59:59.999999", 2), _step("update", 1)])[0] == []


def test_between_recordings():
    """A life that began between two recordings is joined in the middle; one that began in a recording was not told."""
    seconds, old = (0, 50), "2026-11-01T00:00:00Z"
    days = [[_step("update", f"2026-11-{day} 10:00:{one:02}.0", day, old) for one in seconds] for day in (21, 24)]
    for began, keywords in (
        ("2026-11-21T10:00:30Z", [("missing-before", 3)]),
        ("2026-11-23T10:00:30Z", []),
        ("2026-11-24T10:00:30Z", [("missing-before", 3)]),
    ):
        assert _found(days[0], [*days[1], _step("update", "2026-11-24 10:00:59.0", 9, began)])[0] == keywords


def test_recordings_side_by_side():
    """What another recording told later is no reason to miss the beginning of a life in this one."""
    before = _step("create", "2026-11-22 09:00:00.0", 2)
    life = _life(0, 1, 2, 3, 4, 5, 6, began="2026-11-22T10:00:00Z")
    found, notes = _found([before, life[0], life[6]], [before, *life[3:5]])
    assert found == []
    assert "1 followed anew" in notes


def test_forgotten_lives_are_not_missed():
    """What goes on of lives that were forgotten is joined in the middle, though they began in the recording."""
    lives = [_life(*range(7), image=image) for image in range(1, 21)]
    turns = [life[turn] | {"timestamp": f"2026-11-22 10:00:{turn:02}.{image:06}"} for turn in range(7)
             for image, life in enumerate(lives)]  # fmt: skip
    found, notes = _found([_step("create", "2026-11-22 09:00:00.0", 99), *turns], most=4)
    assert found == []
    assert "forgotten while they were open" in notes
    late = _step("update", 30, 98, "2026-11-22T10:00:20Z")
    assert _found([*turns, late], most=4)[0] == [("missing-before", len(turns) + 1)]


def test_forgotten_after_their_end():
    """How many lives were forgotten that were over is told: what comes after their end is not known as that."""
    lives = [one for image in range(1, 11) for one in _life(*range(7), image=image)]
    assert "forgotten after their end" not in _found(lives)[1]
    assert "9 forgotten after their end, for there were more than --open-lives allows" in _found(lives, most=1)[1]


def test_later_than_the_window():
    """How many steps came too late for the window is told, with what to do; what the window reaches is in order."""
    life = _life(*range(7))
    mixed = [life[0], *life[3:5], *life[1:3], *life[5:]]
    assert _found(mixed, window=timedelta(seconds=4)) == _found(life)
    found, notes = _found(mixed, window=timedelta(milliseconds=1))
    assert found != []
    assert "after one of a later time: 2; they are followed as recorded: give a longer --window" in notes
    wrong = _step("create", "9999-01-01 00:00:00.0", 2)
    assert "a later time: 2;" in _found([wrong, *mixed], window=timedelta(seconds=4))[1]


@pytest.mark.parametrize("misses", [True, False])
def test_interrupted(misses):
    """Where a watch has missed something, no life goes on from where it was, and how many did not is told."""
    lives = Judging(GLANCE, "x")
    ledger = Ledger(GLANCE, "x", lives=lives)
    method = Basic.Deliver("tag", 1, redelivered=False, exchange="glance", routing_key="notifications.info")
    for one in (_step("create", "2026-11-22 09:00:00.0", 2), _step("create", 0), _step("upload", 5)):
        if misses and one["event_type"] == "image.upload":
            ledger.miss()
        ledger.take([Arrival(method, BasicProperties(), json.dumps(one).encode())])
    found = [violation.keyword for verdict in ledger.newest for violation in verdict.violations]
    assert ("missing-before" in found) is not misses
    assert ("2 forgotten while they were open, for something may have been missed" in lives.notes[0]) is misses


@pytest.fixture
def lasting(local_node, start):
    """Give an exchange and a queue on a private node, whose connections may be closed."""
    bus = Bus(local_node.url, start, durable=True)
    bus.declare_queue()
    yield bus
    bus.remove()


_FOLLOWED = ("--lifecycles", "--catalog", "glance-emitted", "--format", "jsonl")


@pytest.mark.parametrize(("shared", "lost"), [(True, "connection"), (False, "connection"), (False, "exchange")])
def test_what_was_lost(lasting, local_node, shared, lost):
    """Lives go on over a lost connection where the queue kept what was sent; else what was missed is no finding.

    So is what was sent while an exchange that was deleted was not bound again.
    """
    life = _life(*range(7))
    with lasting.watch(*_FOLLOWED, *([] if shared else ["--durable"]), shared=shared) as process:
        lasting.send(life[0])
        assert json.loads(process.stdout.readline())["message_id"] == life[0]["message_id"]
        if lost == "connection":
            close_connections(local_node)
        else:
            with lasting.channel() as channel:
                channel.exchange_delete(lasting.exchange)
            lasting.declare()
        again = b"watching again after" if lost == "connection" else b"is bound again, "
        while again not in process.stderr.readline():
            pass
        lasting.send(*life[3:])
        told = [json.loads(process.stdout.readline()) for _ in life[3:]]
        _, _, err = stopped(process)
    keywords = {violation["keyword"] for one in told for violation in one["violations"]}
    assert ("missing-before" in keywords) is shared
    assert ("1 forgotten while they were open" in err) is not shared


def test_watch_that_follows_nothing(lasting):
    """A watch that is to follow lives, and hears of none, is no success."""
    with lasting.watch(*_FOLLOWED) as process:
        nothing = _step("update", 0)
        lasting.send(nothing | {"payload": nothing["payload"] | {"id": None}})
        process.stdout.readline()
        status, _, err = stopped(process)
    assert status == 2
    assert "no notification is of a life that glance-emitted states: no life was checked" in err
