"""Whole lives: what follows what, judged by a catalog's lifecycles."""

import json
from datetime import timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from pika import BasicProperties
from pika.spec import Basic

from notify_contracts._amqp import Arrival
from notify_contracts._checking import Checking, Question
from notify_contracts._checking.lives import How, Judging, Lives
from notify_contracts._checking.lives.ways import Ways
from notify_contracts._live.watching import Ledger
from notify_contracts._report import verdict_line
from notify_contracts._untrusted import parse
from notify_contracts.capture import Recording
from notify_contracts.catalog import load
from notify_contracts.errors import CatalogError, UsageError
from notify_contracts.generate import lifecycle_samples
from notify_contracts.model import Notification
from tests.telling import examples, telling

EXAMPLES = Path(__file__).parent.parent / "examples"
WHOLE, PART, LOG = (EXAMPLES / f"glance-33{name}" for name in ("-messagingv2.jsonl", "-messaging.jsonl", ".log"))
CREATE, SAVING, PREPARE, UPLOAD, ACTIVATE, UPDATE, SEND, DELETE = range(8)
OTHER = "5d4fbb7a-7d0e-4c0f-9a86-000000000000"
KINDS = ("create", "update", "prepare", "upload", "activate", "update", "send", "delete")
UPLOADED = [f"image.{kind}" for kind in KINDS]


@cache
def _catalog():
    return load("glance-emitted")


@cache
def _recorded(path=WHOLE):
    with Recording(path) as recording:
        return [dict(content.envelope) for content, _ in recording if isinstance(content, Notification)]


@pytest.fixture(scope="module")
def upload():
    """Return the eight notifications of a recorded upload that was sent once and deleted."""
    lives = {}
    for envelope in _recorded():
        payload = envelope["payload"]
        if envelope["event_type"] in UPLOADED and isinstance(payload, dict):
            lives.setdefault(payload.get("id") or payload["image_id"], []).append(envelope)
    return next(life for life in lives.values() if [one["event_type"] for one in life] == UPLOADED)


def _changed(envelope, **payload):
    return envelope | {"payload": envelope["payload"] | payload}


def _anew(envelope, number=1):
    return envelope | {"message_id": f"5d4fbb7a-7d0e-4c0f-9a86-{number:012}"}


def _later(envelope, seconds=1):
    return envelope | {"timestamp": f"2026-11-22 10:00:{seconds:02}.000001"}


class Found:
    """What is found in sources of envelopes: its kinds and places, what is said, and the JSON Pointers."""

    def __init__(self, *sources, **options):
        self.kinds, self.pointers, self.said = [], [], ""
        self.lives = Lives(_catalog(), verdict_line, How(**options))
        ways = Ways(_catalog())
        for index, envelopes in enumerate(sources):
            self.lives.begin(f"source {index}")
            steps = [ways.step(number, envelope, passed=True) for number, envelope in enumerate(envelopes, 1)]
            self.lives.take([step for step in steps if step is not None])
            self._add(self.lives.settle())
        self._add(self.lives.finish())

    def _add(self, lines):
        for line in map(json.loads, lines.splitlines()):
            [violation] = line["violations"]
            self.kinds.append((violation["keyword"], line["number"]))
            self.pointers.append(violation["pointer"])
            self.said += violation["message"] + "\n"


RECORDINGS = [[WHOLE], [PART], [LOG], [WHOLE, PART], [PART, WHOLE], [WHOLE, LOG]]


@pytest.mark.parametrize("sources", RECORDINGS, ids=lambda sources: "+".join(path.name for path in sources))
def test_recordings(sources):
    """Recordings of a real service, each alone and together in any order, have no finding."""
    found = Found(*map(_recorded, sources))
    assert found.said == ""
    assert found.lives.why_nothing is None


def test_generated():
    """What is generated from the lifecycles is what they allow."""
    assert Found(list(islice(lifecycle_samples(_catalog(), seed=7), examples(300)))).said == ""


CASES = {
    "whole": ([0, 1, 2, 3, 4, 5, 6, 7], []),
    "dropped": ([0, 1, 2, 3, 5, 6, 7], [("missing-before", 5)]),
    "several dropped": ([0, 1, 5, 6, 7], [("missing-before", 3)]),
    "the beginning dropped": ([1, 2, 3, 4, 5, 6, 7], []),
    "swapped": ([0, 1, 3, 2, 4, 5, 6, 7], [("out-of-order", 3)]),
    "swapped with what may come any time": ([0, 2, 1, 3, 4, 5, 6, 7], [("missing-before", 2)]),
    "cut short": ([0, 1, 2], []),
    "joined in the middle": ([4, 5, 6, 7], []),
    "joined, then missing": ([2, 4, 5], [("missing-before", 2)]),
}


@pytest.mark.parametrize(("order", "kinds"), CASES.values(), ids=CASES)
def test_order(upload, order, kinds):
    """Of one life, whatever was done to it once is found once, at its place or the next, and nothing after it."""
    told = [_later(upload[index], 10 + place) for place, index in enumerate(order)]
    assert Found(told).kinds == kinds


def test_twice(upload):
    """What comes a second time, under an id of its own, is found; with the same id it is no second step."""
    assert Found([*upload[:3], _later(_anew(upload[PREPARE])), *map(_later, upload[3:4])]).kinds == [("twice", 4)]
    again = Found([*upload[:3], upload[PREPARE], upload[SAVING], *upload[3:]])
    assert again.kinds == []
    assert any("2 notifications seen before" in note for note in again.lives.notes)


@pytest.mark.parametrize("nameless", [None, "", True, 1.5, {"id": 1}, []])
def test_what_names_no_resource(upload, nameless):
    """A notification of a lifecycle that names no resource is of no life, and is counted, for it was not followed."""
    found = Found([*upload, _later(_changed(upload[DELETE], id=nameless))])
    assert found.kinds == []
    assert "1 finished, 0 still open, 1 notifications that name no resource" in found.lives.notes[0]


def test_ids_of_one_checksum(upload):
    """A notification whose id has the checksum of another's is a step of its own."""
    first, second = ({**upload[PREPARE], "message_id": name} for name in ("plumless", "buckeroo"))
    assert Found([*upload[:2], first, _later(second), *map(_later, upload[3:4])]).kinds == [("twice", 4)]


def test_values_that_are_not_named():
    """Texts that the lifecycle does not name are told apart as long as they are few, and few are remembered."""
    way = next(way for way in Ways(_catalog()).every if way.contract == "image.delete-INFO")
    assert way.told_fields == ("deleted", "status")
    assert 100 < len({way.number_of((True, f"status {number}")) for number in range(2000)}) < 300
    assert way.number_of((True, "status 1998")) == way.number_of((True, "status 1999"))
    assert way.number_of((True, "status 1")) != way.number_of((True, "status 2"))
    assert len(way.numbers) < 2000
    assert way.number_of((True, "active")) != way.number_of((True, 1)) == way.number_of((True, "status 1999"))
    assert (True, "status 0") in way.numbers
    assert (True, 1) not in way.numbers


def test_after_the_end(upload):
    """What comes after the end is found, but for a delivery that was under way."""
    assert Found([*upload, _later(_anew(upload[UPDATE]))]).kinds == [("after-end", 9)]
    assert Found([*upload, _later(_anew(upload[SEND]))]).kinds == []


def test_what_must_not_change(upload):
    """A field that stays the same is held to it, where it changed and not again; an update may change the owner."""
    other = _changed(upload[ACTIVATE], owner="somebody else")
    found = Found([*upload[:4], other, *upload[5:]])
    assert found.kinds == [("changed", 5)]
    assert found.pointers == ["/payload/owner"]
    assert 'owner is "somebody else", and was' in found.said
    named = [_changed(one, name="b") for one in upload[5:6]]
    assert Found([*upload[:5], *named]).kinds == []
    created = _changed(upload[UPDATE], created_at="2026-11-22T09:00:00Z")
    assert Found([*upload[:5], created, *upload[6:]]).kinds == [("changed", 6)]


def test_time(upload):
    """Time does not run back within a life; that of other lives says nothing."""
    back = upload[UPDATE] | {"timestamp": "2026-11-22 09:00:00.000000"}
    found = Found([*upload[:5], back, *upload[6:]])
    assert found.kinds == [("time-runs-back", 6)]
    assert (
        f"is of 2026-11-22 09:00:00.000000, before {upload[ACTIVATE]['timestamp']}, which was told of it" in found.said
    )
    assert 'while "activated" since image.activate (active) at source 0, line 5' in found.said
    assert Found([_later(_changed(upload[CREATE], id="6" * 36)), *upload]).kinds == []


def test_beginning_in_the_time_of_the_recording(upload):
    """A life that began in the time of the recording and whose first notification is another misses the first."""
    late = [_changed(one, created_at="2026-11-22T09:59:00Z", id="6" * 36) for one in upload[SAVING:PREPARE]]
    found = Found([upload[CREATE], *map(_later, late)])
    assert found.kinds == [("missing-before", 2)]
    assert "missing before it: image.create" in found.said


def test_part_of_what_was_sent():
    """A recording in which a good part of everything is missing is said to be one, unless it is said to be whole."""
    told = [envelope for number, envelope in enumerate(_recorded()) if number % 3 == 0]
    part = Found(told)
    assert part.kinds == []
    assert any("holds only a part of what was sent" in note for note in part.lives.notes)
    whole = Found(told, is_whole=True)
    assert len(whole.kinds) > 100


def test_one_kind_that_never_comes():
    """A service that never sends one kind of notification is not taken for a recording of a part."""
    told = [envelope for envelope in _recorded() if envelope["event_type"] != "image.activate"]
    assert len(Found(told).kinds) > 20


def test_upload_that_failed(upload):
    """An error that names the image in its text is a step of its life; one that names none is of nobody's."""
    text = f"Failed to upload image data for image {upload[0]['payload']['id']} due to internal error: full"
    error = _later(upload[UPLOAD] | {"priority": "ERROR", "payload": text})
    queued = _later(_changed(_anew(upload[UPDATE], 2), status="queued"), 2)
    assert Found([*upload[:3], error, queued]).kinds == []
    assert Found([*upload[:3], queued]).kinds == []
    assert Found([*upload[:2], error, queued]).kinds == [("missing-before", 3)]
    assert Found([*upload[:2], error | {"payload": "Image storage media is full"}, queued]).kinds == []


def _object(event_type, name="o", *, namespace="n", seconds=0, **payload):
    end = event_type.endswith("delete")
    return {
        "message_id": f"{event_type} {name} {seconds}",
        "event_type": event_type,
        "priority": "INFO",
        "timestamp": f"2026-11-22 10:00:{seconds:02}.000000",
        "payload": {"namespace": namespace, "name": name, "name_old": name, "owner": "a", "deleted": end} | payload,
    }


def test_within():
    """What is in something else ends with it, and may begin again."""
    made = [_object("metadef_namespace.create"), _object("metadef_object.create", seconds=1)]
    gone = _object("metadef_namespace.delete", seconds=2)
    found = Found([*made, gone, _object("metadef_object.update", seconds=3)])
    assert found.kinds == [("after-end", 4)]
    assert "since metadef_namespace.delete at source 0, line 3" in found.said
    assert Found([*made, gone, _object("metadef_object.create", seconds=3)]).kinds == []
    emptied = _object("metadef_namespace.delete_objects", seconds=2)
    assert Found([*made, emptied, _object("metadef_object.create", seconds=3)]).kinds == []
    assert Found([*made, emptied, _object("metadef_object.delete", seconds=3)]).kinds == [("after-end", 4)]


def test_within_what_is_told_again():
    """What ends others ends none that were made since where it is delivered a second time."""
    made = [_object("metadef_namespace.create"), _object("metadef_object.create", seconds=1)]
    emptied = _object("metadef_namespace.delete_objects", seconds=2)
    others = [_object("metadef_object.create", name, seconds=3) for name in "pq"]
    gone = [_object("metadef_object.delete", name, seconds=4) for name in "pq"]
    found = Found([*made, emptied, *others, emptied, *gone])
    assert found.kinds == []
    assert "1 notifications seen before" in found.lives.notes[0]


def test_renamed():
    """A resource that gets another name is the same one, and its old name is free."""
    made = _object("metadef_object.create")
    renamed = _object("metadef_object.update", "p", seconds=1, name_old="o")
    gone = _object("metadef_object.delete", "p", seconds=2)
    assert Found([made, renamed, gone, _object("metadef_object.create", seconds=3)]).kinds == []
    again = _object("metadef_object.delete", "p", seconds=3)
    assert Found([made, renamed, gone, again]).kinds == [("after-end", 4)]


def test_renamed_onto_another():
    """A resource gets no name of one that is open; of one that is over, by its own end or its holder's, it may."""
    one, other = _object("metadef_object.create"), _object("metadef_object.create", "p", seconds=1)
    renamed = _object("metadef_object.update", "p", seconds=3, name_old="o")
    found = Found([one, other, renamed], is_whole=True)
    assert found.kinds == [("out-of-order", 3)]
    assert (
        'came while another has that name while "there" since metadef_object.create at source 0, line 2' in found.said
    )
    assert Found([one, other, _object("metadef_object.delete", "p", seconds=2), renamed], is_whole=True).kinds == []
    emptied = _object("metadef_namespace.delete_objects", seconds=2)
    again = _object("metadef_object.create", seconds=3)
    assert Found([one, other, emptied, again, renamed], is_whole=True).kinds == []
    assert Found([other], [one, renamed], is_whole=True).kinds == []


def test_what_is_in_something_renamed():
    """What is in something comes along where that gets another name, also one that another had before."""
    told = [
        _object("metadef_namespace.create", namespace="new"),
        _object("metadef_object.create", seconds=1, namespace="new"),
        _object("metadef_object.delete", seconds=2, namespace="new"),
        _object("metadef_namespace.delete", seconds=3, namespace="new"),
        _object("metadef_namespace.create", seconds=4, namespace="old"),
        _object("metadef_object.create", seconds=5, namespace="old"),
    ]
    renamed = _object("metadef_namespace.update", seconds=6, namespace="new", namespace_old="old")
    gone = _object("metadef_object.delete", seconds=7, namespace="new")
    assert Found([*told, renamed, gone]).kinds == []
    assert Found([*told, gone]).kinds == [("after-end", 7)]
    assert Found([*told, renamed, gone, gone | {"message_id": "x"}]).kinds == [("after-end", 9)]


def test_open_where_it_may_rest(upload):
    """A life that may be in a state in which it may stay is not known to be under way, whatever else it may be in."""
    update, send = (_later(upload[index]) for index in (UPDATE, SEND))
    for first in (update, send):
        told = [first, _later(_changed(_anew(upload[CREATE]), id=OTHER), 59)]
        assert Found(told, open_for=timedelta(seconds=5)).kinds == []
    assert Found([_later(upload[PREPARE]), told[1]], open_for=timedelta(seconds=5)).kinds == [("still-open", 1)]


def test_order_of_time(upload):
    """What several publishers sent is put into the order of time, as far as the window reaches, and no further."""
    mixed = [upload[index] for index in (0, 2, 1, 4, 3, 5, 7, 6)]
    assert Found(mixed).kinds
    assert Found(mixed, window=timedelta(seconds=5)).kinds == []
    late = [*upload[:3], *upload[4:], *(_later(one, 59) for one in upload[:1]), upload[3]]
    assert Found(late, window=timedelta(seconds=5)).kinds


def test_open(run, tmp_path, upload):
    """A life in which something is under way must not be without a word for longer than is allowed."""
    told = [*upload[:3], _later(_changed(_anew(upload[CREATE]), id=OTHER))]
    path = tmp_path / "open.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in told))
    options = ("check", path, "--catalog", "glance-emitted", "--lifecycles")
    ran = run(*options, "--fail-on", "open=10m")
    assert ran.status == 1
    assert 'still open, "prepared" since image.prepare (saving) at' in ran.out
    assert "4 notifications, 3 conform, 1 do not, 1 violations" in ran.out
    assert run(*options, "--fail-on", "open=1h").status == 0
    assert "something is under way: 1, the longest without a word for 2" in run(*options).out
    assert run(*options[:-1], "--fail-on", "open=1h").status == 2
    assert run(*options, "--fail-on", "open").status == 2


HOSTILE = (None, True, 0, -1, 1.5, "", "x" * 5000, "\x1b[2J\n::error::", [], [[]], {}, {"id": {"id": 1}}, "\ud800")


@pytest.mark.parametrize(
    "value", telling(HOSTILE, ("\x1b[2J\n::error::",)), ids=lambda value: f"{type(value).__name__} {len(str(value))}"
)
def test_hostile(run, tmp_path, upload, value):
    """Whatever a field or a payload is, following lives ends well, and nothing of it reaches the terminal as it is."""
    fields = ("id", "status", "deleted", "owner", "created_at", "name")
    told = [
        _changed(_anew(one, 10 * place + index), **{field: value})
        for place, field in enumerate(fields)
        for index, one in enumerate(upload)
    ]
    told += [one | {key: value} for one in upload for key in ("payload", "timestamp", "message_id", "event_type")]
    told += [upload[UPLOAD] | {"priority": "ERROR", "payload": f"Cannot save data for image {value}: full"}]
    path = tmp_path / "hostile.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in (*upload, *told, *upload)))
    ran = run("check", path, "--catalog", "glance-emitted", "--lifecycles", "--jobs", "1")
    assert ran.status == 1
    assert "\x1b" not in ran.out
    assert not any(line.startswith("::") for line in ran.out.splitlines())


def test_forgotten(upload):
    """No more open lives are remembered than is allowed, and how many were forgotten is told."""
    told = [_changed(_anew(upload[CREATE], number), id=f"{number:036}") for number in range(100)]
    lives = Found(told, most=10).lives
    assert any("forgotten while they were open" in note for note in lives.notes)
    assert "100 followed" in lives.notes[0]


def test_while_they_come(upload):
    """What is watched is judged at once: what is wrong with a life is in the verdict on what shows it, and counted."""
    source = "exchange glance"
    ledger = Ledger(_catalog(), source, lives=Judging(_catalog(), source))
    told = [one for number, one in enumerate(upload) if number != ACTIVATE]
    method = Basic.Deliver("tag", 1, redelivered=False, exchange="glance", routing_key="notifications.info")
    ledger.take([Arrival(method, BasicProperties(), json.dumps(one).encode()) for one in told])
    [verdict] = ledger.newest
    assert [violation.keyword for violation in verdict.violations] == ["missing-before"]
    assert verdict.violations[0].message.endswith("image.delete, image.send, image.send ERROR")
    assert "at exchange glance, message 4;" in verdict.violations[0].message
    assert (ledger.tally.summary.conforming, ledger.tally.summary.violations) == (6, 1)
    assert not ledger.tally.summary.elsewhere  # no other catalog is advised, for it keeps its contract


@pytest.fixture
def broken(tmp_path, upload):
    """Write an upload of which the activation is missing."""
    path = tmp_path / "broken.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for number, one in enumerate(upload) if number != ACTIVATE))
    return path


FORMATS = ("text", "json", "jsonl", "junit", "sarif", "gitlab", "ctrf", "github", "markdown", "html")


@pytest.mark.parametrize("form", telling(FORMATS, ("text", "junit")))
def test_reports(run, broken, form):
    """Every report tells what is wrong with a life, and the status is 1."""
    ran = run("check", broken, "--catalog", "glance-emitted", "--lifecycles", "--format", form)
    assert ran.status == 1
    assert "missing before it: image.activate" in ran.out.replace("&quot;", '"')


def test_totals(run, broken):
    """The notification at which a life is found to be wrong does not conform, and no other."""
    ran = run("check", broken, "--catalog", "glance-emitted", "--lifecycles", "--format", "json")
    told = json.loads(ran.out)
    assert (told["totals"]["conforming"], told["totals"]["failing"], told["totals"]["violations"]) == (6, 1, 1)
    [group] = told["groups"]
    assert run("check", broken, "--catalog", "glance-emitted").status == 0  # each of them keeps its contract
    assert (group["kind"], group["contract"], group["example"]["number"]) == ("lifecycle", "image.update-INFO", 5)


@pytest.mark.exhaustive
def test_processes(run, parts, tmp_path):
    """Several processes find what one does, in the same bytes, whatever is left to the slow way."""
    parts(20_000, elsewhere=True)
    told = [envelope for number, envelope in enumerate(_recorded()[:130]) if number % 25 != 7]
    told[20] = told[20] | {"surprise": 1}
    path = tmp_path / "some.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in told))
    for form in ("json", "jsonl"):
        one, two = (
            run("check", path, "--catalog", "glance-emitted", "--lifecycles", "--format", form, "--jobs", jobs).out
            for jobs in (1, 2)
        )
        assert one == two
        assert "missing-before" in one


def test_nothing_followed(run, tmp_path, upload):
    """A run that followed no life could not check any: status 2, as for a catalog that states none, or for a part."""
    path = tmp_path / "text.jsonl"
    path.write_text(json.dumps(upload[UPLOAD] | {"priority": "ERROR", "payload": "Image storage media is full"}))
    ran = run("check", path, "--catalog", "glance-emitted", "--lifecycles")
    assert ran.status == 2
    assert "no life was checked" in ran.err
    ran = run("check", path, "--catalog", "glance-emitted", "--lifecycles", "--first", 1)
    assert ran.status == 2
    assert "leave --first or --lifecycles out" in ran.err


def test_setting(run, broken, monkeypatch):
    """The setting has every check follow lives, but for one that is asked about a part."""
    monkeypatch.setenv("NOTIFY_CONTRACTS_LIFECYCLES", "true")
    assert run("check", broken, "--catalog", "glance-emitted").status == 1
    assert run("check", broken, "--catalog", "glance-emitted", "--first", 7).status == 0
    assert run("check", broken, "--catalog", "glance-emitted", "--first", 7, "--fail-on", "open=1h").status == 2


def test_without_lifecycles(parcels_copy):
    """A catalog without lifecycles is told what to do."""
    (parcels_copy / "lifecycles.json").unlink()
    with pytest.raises(UsageError, match="states no lifecycles: write its lifecycles"):
        Lives(load(parcels_copy))


def test_lifecycles_that_were_changed(run, parcels_copy, tmp_path):
    """The lifecycles of a catalog are those that it has now, not what it had when this process asked before."""
    path, lifecycles = tmp_path / "parcels.jsonl", parcels_copy / "lifecycles.json"
    run("generate", "--catalog", parcels_copy, "--lifecycle", "parcel", "--count", 60, "--output", path)
    assert run("check", path, "--catalog", parcels_copy, "--lifecycles", "--format", "jsonl").status == 0
    changed = json.loads(lifecycles.read_text())
    changed["parcel"]["identity"] = "kind"  # of which there are many
    lifecycles.write_text(json.dumps(changed))
    for form in ("json", "jsonl"):
        assert run("check", path, "--catalog", parcels_copy, "--lifecycles", "--format", form).status == 1


@pytest.mark.parametrize("command", ["check", "audit"])
def test_a_step_that_was_taken_out(command, run, parcels_copy, tmp_path):
    """What has a contract and is a step of no lifecycle is followed by nobody, and that is told."""
    path, lifecycles = tmp_path / "parcels.jsonl", parcels_copy / "lifecycles.json"
    run("generate", "--catalog", parcels_copy, "--lifecycle", "parcel", "--count", 60, "--output", path)
    options = (command, path, "--catalog", parcels_copy, "--lifecycles")
    assert "followed by nobody" not in run(*options).out
    changed = json.loads(lifecycles.read_text())
    late = changed["parcel"]["states"]["late"]
    late[:] = [way for way in late if way["priority"] != "ERROR"]
    lifecycles.write_text(json.dumps(changed))
    count = path.read_text().count('"ERROR"')
    told = f"followed by nobody, for they are a step of no lifecycle: parcel.lost-ERROR ({count})"
    assert told in run(*options).out


def test_lifecycles_that_share_a_notification(parcels_copy):
    """A notification that is a step of two lifecycles would go to one of them only: they are followed by nobody."""
    lifecycles = parcels_copy / "lifecycles.json"
    one = json.loads(lifecycles.read_text())
    lifecycles.write_text(json.dumps(one | {"other": one["parcel"]}))
    with pytest.raises(CatalogError, match=r"#/other/states/at home/0: is a step of parcel already"):
        Lives(load(parcels_copy))


NESTED = parse("[" * 1020 + "]" * 1020)
LIKE = {
    "true": (True, 1, 1),
    "1.0": (1, 1.0, 0),
    "inside": ([{"a": 1}], [{"a": True}], 1),
    "deep": (NESTED, [NESTED], 1),
}


@pytest.mark.parametrize(("one", "other", "count"), LIKE.values(), ids=LIKE)
def test_values_that_python_takes_for_the_same(upload, one, other, count):
    """A field that must not change is compared as JSON is: true is not 1, and 1 is 1.0; however deep, and told once."""
    told = [_changed(each, created_at=value) for each, value in zip(upload[:3], (one, other, other), strict=True)]
    assert Found(told).kinds == [("changed", 2)][:count]


def test_told_values_that_python_takes_for_the_same(upload):
    """A field by which steps are told apart is read as JSON is: `deleted: 1` deletes nothing."""
    way = next(way for way in Ways(_catalog()).every if way.contract == "image.delete-INFO")
    known = way.number_of((True, "active"))
    assert way.number_of((1, "active")) == way.number_of((1.0, "active")) != known == way.number_of((True, "active"))
    told = [*upload, *(_changed(_anew(one, index), id=OTHER) for index, one in enumerate(upload[:7]))]
    told = [_later(one, place) for place, one in enumerate([one for one in told if one["event_type"] != "image.send"])]
    deleted = _changed(_later(_anew(upload[DELETE], 9), 40), id=OTHER)
    assert Found([*told, deleted]).kinds == []
    assert Found([*told, _changed(deleted, deleted=1)]).kinds == [("out-of-order", len(told) + 1)]


def test_changed_again_and_again(upload):
    """A field that changes though it must not is said to have been one of its last two values."""
    told = [_changed(_later(one, place), created_at=f"time {place}") for place, one in enumerate(upload[:5])]
    found = Found(told)
    assert [kind for kind, _ in found.kinds] == ["changed"] * 4
    assert "'time 4'" in found.said or '"time 4"' in found.said
    assert '"time 2" or "time 3"' in found.said
    assert "object at" not in found.said


def _mutated(chance):
    """Return a recording in which something is dropped, doubled, moved, repeated or unusual, here and there."""
    told = list(_recorded())
    for number in range(12):
        at, to = chance.randrange(len(told)), chance.randrange(len(told))
        told[to:to] = [told[at], _anew(told[at], number), _later(_anew(told[at], -number))][: chance.randrange(4)]
        if number % 2:
            told.insert(to, told.pop(at))
        unusual = chance.choice([{}, {"surprise": 1}, {"timestamp": None}, {"payload": []}])
        told[at] = told[at] | unusual
    return told


def test_followed_at_once(tmp_path):
    """Lives that are told at once of what is only counted find what they do when they are told stretch by stretch."""
    chance, path = Random(17), tmp_path / "some.jsonl"
    for _ in range(examples(10)):
        path.write_text("".join(json.dumps(one) + "\n" for one in _mutated(chance)))
        found, counts = [], []
        for at_once in (True, False):
            lives = Lives(_catalog(), verdict_line)
            lives.begin(str(path))
            checking = Checking(_catalog(), Question(lives=True), None, lives if at_once else None)
            with Recording(path) as recording:
                for result in checking.results(recording):
                    lives.take(result.steps)
                    counts.append((at_once, len(result.steps)))
            found.append((lives.settle(), lives.finish(), lives.notes))
        assert found[0] == found[1]
        assert sum(count for at_once, count in counts if at_once) < sum(
            count for at_once, count in counts if not at_once
        )
