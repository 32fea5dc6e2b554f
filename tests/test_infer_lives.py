"""Lifecycles that `catalog infer` drafts: who is followed, which states there are, and that they hold what was seen."""

import json
import pickle
from random import Random

import pytest

from notify_contracts._checking import EVERYTHING
from notify_contracts._drafting.inference import Learned
from notify_contracts._drafting.inference.lives import (
    Follower,
    Following,
    drafting,
    following,
    identifying,
    identities,
    lifecycles,
    unordered,
)
from notify_contracts._drafting.inference.lives.fields import key_of
from notify_contracts._drafting.inference.reading import Learning
from notify_contracts._drafting.inference.trial import Contradicting, Trial
from notify_contracts._drafting.inference.verifying import Verifying
from notify_contracts._drafting.updating.following import FollowingAgain
from notify_contracts.capture import Recording
from notify_contracts.catalog import load
from notify_contracts.cli import main
from tests import doors
from tests.shop import notifications

KINDS = ("door.made", "door.opened", "door.closed", "door.broken")


def _pair(envelope):
    return envelope["event_type"], envelope["priority"]


def _known(recording):
    learned = Learned()
    for envelope in json.loads(json.dumps(recording)):
        learned.take(_pair(envelope), [envelope])
    return identities(learned)


def _followed(found, recording):
    follower = Follower(found)
    for envelope in recording:
        if _pair(envelope) in found:
            follower.takes[_pair(envelope)](envelope)
    return follower.following


def _drafted(recording):
    found = _known(recording)
    return lifecycles(found, _followed(found, recording))


def _ways(lifecycle):
    return {
        state: {way["event_type"].rpartition(".")[2]: way["to"] for way in ways}
        for state, ways in lifecycle["states"].items()
    }


def test_states():
    """A state is what came last, and a life ends where nothing comes."""
    door = _drafted(doors.recording())["door"]
    assert door["fields"] == {"door": {"id": "/payload/door_id"}}
    assert _ways(door) == {
        "unheard of": {"made": "made"},
        "made": {"opened": "opened"},
        "opened": {"closed": "closed"},
        "closed": {"opened": "opened", "broken": "broken"},
        "broken": {},
    }
    assert "60 lives were followed through" in door["$comment"]


def test_alike():
    """What may be followed by the same, for ever, is one state."""
    told = []
    for number in range(60):
        ways = ["door.made", ("door.opened", "door.closed")[number % 2], "door.broken"]
        told += [doors.told(name, number, len(told) + at) for at, name in enumerate(ways)]
    ways = _ways(_drafted(told)["door"])
    assert ways["made"] == {"opened": "closed or opened", "closed": "closed or opened"}
    assert ways["closed or opened"] == {"broken": "broken"}


@pytest.mark.parametrize("seed", range(5))
def test_holds_what_was_seen(seed):
    """From its first notification on, every life that was followed goes along the lifecycle."""
    random = Random(seed)
    told = [doors.told(random.choice(KINDS), random.randrange(40), serial) for serial in range(2000)]
    states = _ways(_drafted(told)["door"])
    at = {}
    for envelope in told:
        what, who = envelope["event_type"].rpartition(".")[2], envelope["payload"]["door_id"]
        at[who] = states[at.get(who, "unheard of")][what]
    assert len(at) == 40


def test_began_before():
    """What began before the recording begins no lifecycle, and is counted."""
    told = doors.recording()
    cut = [each for each in told if not (each["event_type"] == "door.made" and each["payload"]["door_id"][:1] == "1")]
    door = _drafted(cut)["door"]
    assert _ways(door)["unheard of"] == {"made": "made"}
    older = len(told) - len(cut)
    assert f"{older} had begun before" in door["$comment"]


def test_little():
    """Few lives, and steps of which most are new, are no evidence: there is no lifecycle."""
    assert _drafted(doors.recording(lives=8)) == {}
    random = Random(1)
    names = [f"door.{word}{number}" for word in "abcdefghij" for number in range(9)]
    told = [doors.told(random.choice(names), number, 3 * number + n) for number in range(30) for n in range(3)]
    assert _drafted(told) == {}


def test_bounds(monkeypatch):
    """What many kinds of resources, many events or long identities would cost is bounded: there is no lifecycle."""
    told = doors.recording()
    long = [{**each, "payload": {"door_id": each["payload"]["door_id"] * 200}} for each in told]
    assert _drafted(long) == {}
    monkeypatch.setattr(drafting, "MOST_EVENTS", 4)
    assert _drafted(told)
    monkeypatch.setattr(drafting, "MOST_EVENTS", 3)
    assert _drafted(told) == {}
    monkeypatch.setattr(identifying, "_MOST_KINDS", 2)
    kinds = [doors.told(f"door{kind}.made", serial, serial) for kind in range(4) for serial in range(5 + kind)]
    found = _known([{**each, "payload": {"id": serial}} for serial, each in enumerate(kinds)])
    assert {identity.kind for identity in found.values()} == {"door2", "door3"}


def test_repeated():
    """A notification that came twice is no step."""
    told = doors.recording()
    assert _drafted([each for each in told for _ in range(2)]) == _drafted(told)


def test_alike_without_ids(run, tmp_path):
    """What tells no id of its own is never known again: two that are alike are two steps, as for `check`."""
    words = [("made", "tried", "opened"), ("made", "tried", "tried", "opened", "tried")]
    told = [
        {"event_type": f"door.{word}", "priority": "INFO", "payload": {"id": n} | ({} if n else {"odd": 1})}
        for n in range(450)
        for word in words[n % 50 < 2]
    ]
    lines = tmp_path / "doors.jsonl"
    lines.write_text("".join(f"{json.dumps(each)}\n" for each in told))
    ran = run("catalog", "infer", lines, "--output", tmp_path / "doors")
    assert "lifecycles: door (3 states)" in ran.out.splitlines()
    checked = run("check", "--catalog", tmp_path / "doors", "--lifecycles", lines)
    assert (checked.status, checked.err) == (0, "")
    (door,) = json.loads((tmp_path / "doors" / "lifecycles.json").read_bytes()).values()
    assert f"450 lives were followed through {len(told) - 450} steps" in door["$comment"]


def test_time_runs_back():
    """Where time runs back in lives, and not only rarely, there is no lifecycle; how often is told."""
    told = [{**each, "timestamp": f"2026-01-01 00:{number:04}"} for number, each in enumerate(doors.recording())]
    found = _known(told)
    assert unordered(_followed(found, told)) == {}
    assert _drafted(told)
    followed = _followed(found, [{**each, "timestamp": f"2026-01-01 00:{n % 50:04}"} for n, each in enumerate(told)])
    ((back, steps),) = unordered(followed).values()
    assert 0 < back < steps == len(told) - 60
    assert lifecycles(found, followed) == {}


@pytest.mark.parametrize("most", [4096, 16])
def test_parts(most, monkeypatch):
    """What is followed in parts and merged in their order is what is followed in one, also where lives are too many."""
    monkeypatch.setattr(following, "MOST", most)
    told = doors.recording(lives=200)
    found = _known(told)
    whole = _followed(found, told)
    for size in (1, 7, 500):
        merged = Following()
        for start in range(0, len(told), size):
            merged.merge(_followed(found, told[start : start + size]))
        assert merged.lives["door"].keys() == whole.lives["door"].keys()
        assert lifecycles(found, merged) == lifecycles(found, whole)
    assert 0 < len(whole.lives["door"]) <= most


def test_what_other_processes_come_to(tmp_path):
    """Each step of learning, and what it comes to, can go from one process to another and is the same there."""
    told = doors.recording(lives=20)
    source, made = tmp_path / "doors.jsonl", tmp_path / "made"
    source.write_text("".join(f"{json.dumps(each)}\n" for each in told), encoding="utf-8")
    assert main(["catalog", "infer", str(source), "--output", str(made)]) == 0
    catalog, found = load(made), _known(told)
    works = [
        Learning(folds=2),
        Verifying(catalog, catalog, identities=found),
        Contradicting({0: catalog, 1: catalog}, 2),
        Trial({0: catalog, 1: catalog}, 2),
        FollowingAgain(found, EVERYTHING),
    ]
    for work in works:
        results = []
        for each in (work, pickle.loads(pickle.dumps(work))):
            with Recording(str(source)) as recording:
                results.append(pickle.loads(pickle.dumps([*each.results(recording)][-1].summary)))
        if isinstance(work, Verifying | FollowingAgain):
            drafts = [lifecycles(found, getattr(result, "following", result)) for result in results]
            assert drafts[0] == drafts[1] == _drafted(told) != {}


NAMES = {
    "a field of its kind": ("image.member.create", {"id": "a", "member_id": "b"}, "/payload/member_id"),
    "an id": ("image.create", {"owner_id": "a", "id": "b"}, "/payload/id"),
    "an object of its kind": ("order.placed", {"order": {"number": 1, "orderUuid": "b"}}, "/payload/order/orderUuid"),
    "a phase": ("instance.create.start", {"data": {"uuid": "b", "host": "a"}}, "/payload/data/uuid"),
    "one word": ("orderPlaced", {"orderId": "a"}, "/payload/orderId"),
    "a reversed domain": ("com.example.order.placed", {"order_id": 7}, "/payload/order_id"),
    "a watched object": ("pod.added", {"object": {"metadata": {"uuid": "a"}}}, "/payload/object/metadata/uuid"),
    "one of several": (
        "pullRequest.opened",
        {"base": {"id": 1}, "pull_request": {"id": 2}},
        "/payload/pull_request/id",
    ),
    "a customer's": ("order.placed", {"customer": {"id": "a"}}, None),
    "another's": ("image.create", {"owner_id": "a"}, None),
}


@pytest.mark.parametrize(("event_type", "payload", "pointer"), NAMES.values(), ids=NAMES)
def test_identity(event_type, payload, pointer):
    """A resource is told apart by the field that is named as an id of its kind, or as an id."""

    def numbered(value, number):
        if isinstance(value, dict):
            return {name: numbered(inner, number) for name, inner in value.items()}
        return value + number if isinstance(value, int) else f"{value}{number}"

    told = [{"event_type": event_type, "priority": "INFO", "payload": numbered(payload, n)} for n in range(3)]
    assert [[pointer for _, pointer in each.pointers] for each in _known(told).values()] == (
        [[pointer]] if pointer else []
    )


def test_command(run, tmp_path):
    """A catalog that was inferred has lifecycles, lints clean, and tells stories, though an id may lack."""
    lines = tmp_path / "shop.jsonl"
    lines.write_text("".join(f"{json.dumps(each)}\n" for each in notifications(300)))
    ran = run("catalog", "infer", lines, "--output", tmp_path / "shop", "--jobs", "1")
    assert ran.status == 0
    assert "lifecycles: order (3 states)" in ran.out.splitlines()
    assert run("catalog", "lint", tmp_path / "shop").status == 0
    checked = run("check", "--catalog", tmp_path / "shop", "--lifecycles", lines)
    assert (checked.status, checked.err) == (0, "")
    made = run("generate", "--catalog", tmp_path / "shop", "--lifecycle", "order", "--count", "200", "--seed", "1")
    assert made.status == 0
    orders = [json.loads(line)["payload"]["order_id"] for line in made.out.strip("\n").split("\n")]
    assert len(set(orders)) < len(orders) == 200


def _uuid(number):
    return f"{number:08x}-0000-4000-8000-000000000000"


APP, TICKET, MEMBER = (
    lambda n: {"object": {"metadata": {"namespace": f"ns{n % 4}", "name": f"app{n // 4}"}}},
    lambda n: {"tenant_id": f"t{n % 4}", "id": n // 4, "name": f"n{n}"},
    lambda n: {"image_id": f"{n % 9}", "member_id": f"{n // 9:032x}"},
)
TOGETHER = {
    "a namespace": ("app", APP, ("namespace", "name")),
    "a tenant's numbers": ("ticket", TICKET, ("tenant_id", "id")),
    "what the kind is within": ("image.member", MEMBER, ("image_id", "member_id")),
    "a repository": ("issue", lambda n: {"repository": {"id": n % 5}, "number": n // 5}, ("repository", "number")),
    "an id of all tenants": ("ticket", lambda n: {"tenant_id": f"t{n % 4}", "id": n}, ("id",)),
    "a region that changes": ("parcel", lambda n: {"parcel_id": f"P{n}", "region": None}, ("id",)),
    "UUIDs of users": ("user", lambda n: {"user_id": _uuid(n), "project": None}, ("id",)),
}


@pytest.mark.parametrize(("kind", "payload", "fields"), TOGETHER.values(), ids=TOGETHER)
def test_two_fields(kind, payload, fields):
    """Two fields tell resources apart where no one does, with the evidence; a field that changes is none of them."""
    random = Random(4)
    told = [
        {
            **each,
            "event_type": each["event_type"].replace("door", kind),
            "payload": {
                name: random.choice("abc") if value is None else value
                for name, value in payload(int(each["payload"]["door_id"].partition("-")[0])).items()
            },
        }
        for each in doors.recording(lives=80)
    ]
    life = _drafted(told)[kind.replace(".", "-")]
    assert life["identity"] == (list(fields) if len(fields) > 1 else fields[0])
    assert "80 lives were followed" in life["$comment"]
    assert ("told apart by" in life["$comment"]) == (len(fields) > 1)
    assert _ways(life)["unheard of"] == {"made": "made"}


def test_an_empty_text_names_nothing():
    """What checks lives takes no empty text for a name, so no lifecycle asks for a namespace that is always empty."""
    paths = ("namespace",), ("name",)
    values = ({"namespace": "", "name": "a"}, {"namespace": "a", "name": ""}, {"namespace": "a"})
    assert [key_of(value, *paths) for value in values] == [None] * 3
    assert key_of({"name": ""}, ("name",)) is None
    told = [{**each, "payload": {"namespace": "", "name": each["payload"]["door_id"]}} for each in doors.recording()]
    assert _drafted(told) == {}
    named = [{**each, "payload": {**each["payload"], "namespace": "house"}} for each in told]
    assert _drafted(named)["door"]["identity"] == ["namespace", "name"]
