"""Lives of which several publishers tell, each in a recording of its own: put into one order by the times they tell."""

import json
from datetime import UTC, datetime, timedelta
from random import Random
from zipfile import ZipFile

import pytest

from notify_contracts import load
from notify_contracts._checking import Checking, Question, checking
from notify_contracts._checking.lives import ordering
from notify_contracts._checking.lives.ordering import Ordering
from notify_contracts.capture import Recording
from notify_contracts.model import Notification
from tests.telling import examples as some

FIRST = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def told(examples):
    """Return the notifications of a recording."""
    with Recording(examples / "glance-33-messagingv2.jsonl") as recording:
        return [dict(content.envelope) for content, _ in recording if isinstance(content, Notification)]


@pytest.fixture
def publishers(told, tmp_path):
    """Write the notifications as three publishers did, each to its own recording; return their paths."""
    chance, paths = Random(3), [tmp_path / f"{name}.jsonl" for name in "abc"]
    lines = {path: [] for path in paths}
    for one in told:
        lines[chance.choice(paths)].append(json.dumps(one) + "\n")
    for path in paths:
        path.write_text("".join(lines[path]))
    return paths


@pytest.fixture
def check(run):
    """Return what checks recordings of Glance, and follows lives."""
    return lambda *given: run("check", "--catalog", "glance-emitted", "--lifecycles", "--whole-recording", *given)


def test_several_publishers(check, publishers):
    """What none of the recordings tells alone they tell together, in whatever order they are given."""
    assert check(*publishers).status == 1
    for order in (publishers, publishers[::-1]):
        ran = check(*order, "--order", "time")
        assert ran.status == 0
        assert "lives: 222 followed, 62 finished, 160 still open, 2 joined in the middle" in ran.out


def test_what_is_wrong_between_them(check, publishers, monkeypatch, parts):
    """What is missing in all of them is found once, with its place in its recording, by however many processes."""
    parts(40_000, elsewhere=True)
    monkeypatch.setattr(ordering, "_STRETCH", 16)
    for path in publishers:
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "image.activate" not in line))
    for form in ("json", "jsonl"):
        one, two = (check(*publishers, "--order", "time", "--format", form, "--jobs", jobs) for jobs in (1, 2))
        assert one == two
        assert one.status == 1
    found = [one for one in map(json.loads, one.out.splitlines()) if one["violations"]]
    assert {violation["keyword"] for one in found for violation in one["violations"]} == {"missing-before"}
    assert len(found) == 38
    for one in found:
        lines = publishers[[str(path) for path in publishers].index(one["source"])].read_text().splitlines()
        assert json.loads(lines[one["number"] - 1])["message_id"] == one["message_id"]


def test_recordings_that_are_left_out(check, publishers, tmp_path):
    """A recording that cannot be read is no part of what is put in order; what follows it is."""
    broken = tmp_path / "broken.jsonl.gz"
    broken.write_bytes(b"\x1f\x8b\x08 no more of it")
    ran = check(broken, *publishers, broken, "--order", "time")
    assert ran.status == 2
    assert "222 followed" in ran.out


def test_between_recordings(check, told, tmp_path):
    """A life that began in the time of no recording is joined in the middle, as it is where they are not ordered."""
    update = next(one for one in told if one["event_type"] == "image.update")
    days = {}
    for number, (day, began) in enumerate([(1, 1), (3, 3), (1, 1), (3, 2), (3, 3), (3, 1)]):
        payload = update["payload"] | {"id": f"{number:036}", "created_at": f"2026-11-0{began}T12:00:00Z"}
        time = f"2026-11-0{day} {12 + number}:00:00.0"
        days.setdefault(day, []).append(update | {"message_id": time, "timestamp": time, "payload": payload})
    for day, several in days.items():
        (tmp_path / f"{day}.jsonl").write_text("".join(json.dumps(one) + "\n" for one in several))
    paths = sorted(tmp_path.glob("*.jsonl"))
    plain, ordered = (check(*paths, "--format", "json", *more).out for more in ((), ("--order", "time")))
    assert plain == ordered


LOGGED = "2026-11-22 09:00:00.000 1 INFO oslo.messaging.notification.x [-] "


def _members(form, told):
    """Return two recordings by their names, with a gap between them: in the second begins a life that is over."""
    delete = next(one for one in told[:250] if one["event_type"] == "image.delete")
    images = [one for one in told if one["event_type"] == "image.create"]
    create = next(one for one in images if one["payload"]["id"] == delete["payload"]["id"])
    again = {**create, "message_id": "again", "timestamp": told[500]["timestamp"]}
    begins, head = ("", "") if form == "jsonl" else (LOGGED, "start of a log\n")
    members = {"a": told[:250], "b": [told[500], again, *told[501:]]}
    return {
        f"{name}.{form}": head + "".join(f"{begins}{json.dumps(one)}\n" for one in several)
        for name, several in members.items()
    }


@pytest.mark.parametrize("form", ["log", "jsonl"])
@pytest.mark.parametrize("more", [(), ("--order", "time"), ("--duplicates",)], ids=" ".join)
def test_an_archive(check, told, tmp_path, form, more):
    """What an archive tells of lives its members tell, one recording after the other; so several processes find."""
    members = _members(form, told)
    with ZipFile(tmp_path / "members.zip", "w") as archive:
        for name, text in members.items():
            (tmp_path / name).write_text(text)
            archive.writestr(name, text)
    plain = check(*(tmp_path / name for name in members), *more, "--format", "json", "--jobs", 1)
    for jobs in (1,) if more else (1, 2):
        packed = check(tmp_path / "members.zip", *more, "--format", "json", "--jobs", jobs).out
        asked, found = json.loads(plain.out), json.loads(packed.replace("members.zip::", ""))
        assert asked | {"sources": ()} == found | {"sources": ()}
    assert [group["keyword"] for group in found["groups"]] == ["after-end", "pattern"]


@pytest.mark.parametrize("form", ["log", "jsonl"])
def test_handed_on(monkeypatch, told, tmp_path, form):
    """Steps are handed on while a recording is read, however long it is and whatever its form."""
    monkeypatch.setattr(checking, "_MANY", 16)
    (tmp_path / "recording").write_text(_members(form, told)[f"a.{form}"])
    asked = Question(lives=True, duplicates=form == "jsonl")
    with Recording(tmp_path / "recording") as recording:
        steps = [len(each.steps) for each in Checking(load("glance-emitted"), asked, None).results(recording)]
    assert sum(steps) > 200
    assert max(steps) <= 2 * 16


def _step(number, seconds):
    """Return the values of a step that tells this time, None for none."""
    time = None if seconds is None else (FIRST + timedelta(seconds=seconds)).isoformat()
    return (number, 0, "identity", (), (), time, 0, "", True, None)


def test_order(monkeypatch):
    """Steps come in the order of time, those of one time as recorded; none is lost, whatever the window and stretch."""
    chance = Random(5)
    for _ in range(some(200)):
        monkeypatch.setattr(ordering, "_STRETCH", chance.choice([1, 3, 1024]))
        late = chance.choice([0, 5, 50])
        ordered, every = Ordering(timedelta(seconds=late)), []
        for _ in range(chance.randrange(5)):
            ordered.begin()
            base, moment, settled = 100 * len(every), chance.randrange(100), chance.random() < 0.8
            steps = []
            for number in range(chance.randrange(20)):
                moment += chance.randrange(4)
                steps.append(_step(number, moment - chance.randint(0, late)))
            ordered.take(iter(steps), base)
            if settled:
                ordered.settle()
                every += [(base + step[0], *step[1:]) for step in steps]
        assert list(ordered.all()) == sorted(every, key=lambda step: step[5])
        assert ordered.late == 0


def test_few_are_in_memory(monkeypatch):
    """Of recordings one after the other no more is read at a time than tells of the same time."""
    monkeypatch.setattr(ordering, "_STRETCH", 2)
    ordered, opened, yielded = Ordering(timedelta()), [], 0
    for hour in (2, 0, 1):
        ordered.begin()
        ordered.take([_step(number, 3600 * hour + number) for number in range(100)], 0)
        ordered.settle()
    load = ordering.pickle.load
    monkeypatch.setattr(ordering.pickle, "load", lambda file: opened.append(file) or load(file))
    for _ in ordered.all():
        yielded += 1
        assert 2 * len(opened) - yielded < 4
    assert yielded == 300
