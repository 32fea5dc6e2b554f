"""Lifecycles brought up to date: the steps that really come are added, and nothing else is changed."""

import json
from random import Random
from shutil import copytree

import pytest

from tests import doors

AGAIN = ("door.opened", "door.closed", "door.broken")


@pytest.fixture
def lines(tmp_path):
    """Give a function that writes notifications, and returns the file."""

    def lines(name, told):
        path = tmp_path / name
        path.write_text("".join(f"{json.dumps(each)}\n" for each in told))
        return path

    return lines


def _repaired(told):
    """Return a recording in which what broke is opened once more, and broken again."""
    serials = iter(range(100_000, 200_000))
    found = []
    for each in told:
        found.append(each)
        if each["event_type"] == "door.broken":
            found += [{**each, "event_type": name, "message_id": f"{next(serials)}"} for name in AGAIN]
    return found


def _lifecycle(root):
    return json.loads((root / "lifecycles.json").read_text())["door"]


def test_steps_are_added(run, tmp_path, lines):
    """A step that comes, and not only rarely, is added with its evidence; what was an end stays one."""
    root = tmp_path / "doors"
    old, new = lines("old.jsonl", doors.recording()), lines("new.jsonl", _repaired(doors.recording(seed=8)))
    assert run("catalog", "infer", old, "--output", root).status == 0
    before = _lifecycle(root)
    assert run("check", "--catalog", root, "--lifecycles", new).status == 1
    ran = run("catalog", "infer", new, "--update", root)
    assert ran.status == 0
    change = "  lifecycles.json#/door/states/broken: also door.opened INFO after door.broken INFO (60 of "
    assert any(line.startswith(change) for line in ran.out.splitlines())
    assert run("check", "--catalog", root, "--lifecycles", new).status == 0
    assert run("check", "--catalog", root, "--lifecycles", old).status == 0
    assert run("catalog", "lint", root).status == 0
    after = _lifecycle(root)
    (added,) = after["states"].pop("broken")
    assert added["to"] == "opened"
    assert before["states"].pop("broken") == []
    assert after["states"] == before["states"]
    assert after["ends"] == ["broken"]
    assert after["$comment"].startswith(
        f"{before['$comment']}; also door.opened INFO after door.broken INFO: seen in 60"
    )


def test_what_is_left(run, tmp_path, lines):
    """A step that is rare is listed and left out unless asked for; what is up to date is not changed."""
    root = tmp_path / "doors"
    old = doors.recording(lives=100)
    rare = [{**old[-1], "event_type": "door.opened", "message_id": "x"}]
    assert run("catalog", "infer", lines("old.jsonl", old), "--output", root).status == 0
    before = (root / "lifecycles.json").read_bytes()
    for told, is_listed in ((old, False), ([*old, *rare], True)):
        ran = run("catalog", "infer", lines("new.jsonl", told), "--update", root)
        assert ran.status == 0
        listed = "lifecycles.json#/door/states/broken: also door.opened INFO after door.broken INFO (1 of "
        assert ("steps of lives, which are rare and not allowed" in ran.out, listed in ran.out) == (is_listed,) * 2
        assert (root / "lifecycles.json").read_bytes() == before
    ran = run("catalog", "infer", lines("new.jsonl", [*old, *rare]), "--update", root, "--allow-rare")
    assert "door.opened INFO after door.broken INFO (1 of " in ran.out
    assert "steps of lives, which are rare" not in ran.out


def test_a_step_past_what_names_no_life(run, tmp_path, lines):
    """A step past what the lifecycle has between, and what came without saying of whom, is listed and not added."""
    root = tmp_path / "doors"
    told = doors.recording(lives=100)
    assert run("catalog", "infer", lines("old.jsonl", told), "--output", root).status == 0
    before = (root / "lifecycles.json").read_bytes()
    new = [
        {**each, "payload": {}} if each["event_type"] == "door.opened" and number % 2 else each
        for number, each in enumerate(told)
    ]
    ran = run("catalog", "infer", lines("new.jsonl", new), "--update", root)
    assert (ran.status, "may have come that does not say of whom" in ran.out) == (1, True)
    assert (root / "lifecycles.json").read_bytes() == before


def _painted(told, name):
    """Return notifications that tell a colour under a name, which stays the same in a life."""
    return [{**one, "payload": {**one["payload"], name: f"colour {one['payload']['door_id']}"}} for one in told]


def test_fields_left_behind(run, tmp_path, lines):
    """A field that a lifecycle follows, and that nothing has any more, is listed with its place."""
    root = tmp_path / "doors"
    old = lines("old.jsonl", _painted(doors.recording(), "colour"))
    assert run("catalog", "infer", old, "--output", root).status == 0
    content = json.loads((root / "lifecycles.json").read_text())
    content["door"]["fields"]["door"]["colour"] = "/payload/colour"
    (root / "lifecycles.json").write_text(json.dumps(content))
    assert run("catalog", "infer", old, "--update", root).status == 0
    new = _painted(doors.recording(seed=8), "paint")
    ran = run("catalog", "infer", lines("new.jsonl", new), "--update", root)
    assert ran.status == 1
    said = f"  lifecycles.json#/door/fields/door/colour: /payload/colour is in none of {len(new)} of door.made-INFO"
    assert f"{said} and 3 more" in ran.out.splitlines()
    content["door"]["fields"]["door"]["colour"] = "/payload/paint"
    (root / "lifecycles.json").write_text(json.dumps(content))
    ran = run("catalog", "infer", lines("new.jsonl", new), "--update", root)
    assert (ran.status, "come no longer" in ran.out) == (0, False)


def test_values_stay(run, tmp_path, lines):
    """A lifecycle in which it is not the notification alone that says where it leads stays as it is."""
    root = tmp_path / "doors"
    assert run("catalog", "infer", lines("old.jsonl", doors.recording()), "--output", root).status == 0
    content = json.loads((root / "lifecycles.json").read_text())
    content["door"]["states"]["made"].append({**content["door"]["states"]["made"][0], "to": "closed"})
    content["door"]["states"]["made"][0]["values"] = {"id": "1-1"}
    (root / "lifecycles.json").write_text(json.dumps(content))
    ran = run("catalog", "infer", lines("new.jsonl", _furnished(doors.recording(seed=8))), "--update", root)
    assert "  door.painted INFO: in no lifecycle of its kind; put it there by hand if it belongs there" in ran.out
    after = json.loads((root / "lifecycles.json").read_text())
    assert after.pop("window")
    assert after == content


def test_time_runs_back(run, tmp_path, lines):
    """Where time runs back in lives, nothing is learned of them, and that is said."""
    root, told = tmp_path / "doors", _repaired(doors.recording(seed=8))
    assert run("catalog", "infer", lines("old.jsonl", doors.recording()), "--output", root).status == 0
    before = (root / "lifecycles.json").read_bytes()
    mixed = [{**each, "timestamp": f"2026-01-01 00:{number % 50:02}:00"} for number, each in enumerate(told)]
    ran = run("catalog", "infer", lines("new.jsonl", mixed), "--update", root)
    assert "  lifecycle door: nothing is learned of it, for time runs back in " in ran.out
    assert (root / "lifecycles.json").read_bytes() == before


def _furnished(told):
    """Return a recording with what nobody told of doors before: painted, knocked at, scrapped; and with windows."""
    random, found = Random(1), []
    for each in told:
        number, what = each["payload"]["door_id"], each["event_type"].rpartition(".")[2]
        later = {"made": ["painted"], "opened": ["knocked"] * random.choice((0, 1, 2)), "broken": ["scrapped"]}
        names = [f"door.{name}" for name in later.get(what, ())]
        found += [
            each,
            *(
                {**each, "event_type": name, "message_id": f"{name}{n}{each['message_id']}"}
                for n, name in enumerate(names)
            ),
        ]
        if what in ("made", "broken"):
            window = {"event_type": f"window.{what}", "message_id": f"window{each['message_id']}"}
            found.append({**each, **window, "payload": {"window_id": number}})
    return found


def test_new_events_get_their_place(run, tmp_path, lines):
    """An event type that is new gets its place in the lifecycle of its kind, or a new one; what was there stays."""
    root = tmp_path / "doors"
    old, new = lines("old.jsonl", doors.recording()), lines("new.jsonl", _furnished(doors.recording(seed=8)))
    assert run("catalog", "infer", old, "--output", root).status == 0
    before = _lifecycle(root)
    ran = run("catalog", "infer", new, "--update", root)
    assert ran.status == 0
    assert "  lifecycle window: new, 2 states" in ran.out.splitlines()
    assert "1 lifecycle added" in ran.out
    after = _lifecycle(root)
    ways = {state: {way["event_type"]: way["to"] for way in ways} for state, ways in after["states"].items()}
    assert ways["made"] == {"door.opened": "opened", "door.painted": "painted"}
    assert ways["painted"] == {"door.opened": "opened"}
    assert ways["opened"] == {"door.closed": "closed", "door.knocked": "opened"}, "the same may follow as before it"
    assert (ways["broken"], ways["scrapped"]) == ({"door.scrapped": "scrapped"}, {})
    for state, stated in before["states"].items():
        assert after["states"][state][: len(stated)] == stated
    assert after["$comment"].startswith(before["$comment"])
    assert run("catalog", "lint", root).status == 0
    for told in (old, new):
        assert run("check", "--catalog", root, "--lifecycles", told).status == 0
    again = run("catalog", "infer", new, "--update", root)
    assert "nothing is changed" in again.out


def test_no_lifecycles_before(run, tmp_path, lines):
    """A catalog without lifecycles gets those of what is new; the contracts that it had are in none."""
    root, told = tmp_path / "doors", doors.recording()
    assert run("catalog", "infer", lines("old.jsonl", told), "--output", root).status == 0
    (root / "lifecycles.json").unlink()
    old = copytree(root, tmp_path / "old")
    new = [
        {"message_id": f"h{each['message_id']}", "event_type": each["event_type"].replace("door", "hatch"),
         "priority": "INFO", "payload": {"hatch_id": each["payload"]["door_id"]}}
        for each in told
    ]  # fmt: skip
    ran = run("catalog", "infer", lines("new.jsonl", [*told, *new]), "--update", root)
    assert "  lifecycle hatch: new, 4 states" in ran.out.splitlines()
    assert json.loads((root / "lifecycles.json").read_text()).keys() == {"hatch"}
    assert run("catalog", "lint", root).status == 0
    assert run("catalog", "diff", old, root, "--fail-on", "version").status == 0


def test_version_after_a_new_lifecycle(run, tmp_path, lines):
    """A lifecycle that orders what had no order costs the first number of the version."""
    root, old, told = tmp_path / "doors", tmp_path / "old", doors.recording()
    before = lines("old.jsonl", [each for each in told if each["event_type"] != "door.broken"])
    assert run("catalog", "infer", before, "--output", root).status == 0
    (root / "lifecycles.json").unlink()
    copytree(root, old)
    ran = run("catalog", "infer", lines("new.jsonl", told), "--update", root)
    assert "  lifecycle door: new, 4 states" in ran.out.splitlines()
    assert "version 0.1.0 is now 1.0.0" in ran.out
    assert run("catalog", "diff", old, root, "--fail-on", "version").status == 0


def _plated(told):
    """Return a recording in which a door is told apart by its house and its plate."""
    return [
        {**each, "payload": {"house": each["payload"]["door_id"][0], "plate": each["payload"]["door_id"]}}
        for each in told
        if each["event_type"].startswith("door.")
    ]


def _way(name, to):
    return {"event_type": f"door.{name}", "priority": "INFO", "fields": "any", "to": to}


def test_by_hand(run, tmp_path, lines):
    """A lifecycle by hand, of two fields and another name, keeps its words; what is new is told apart as it says."""
    root, told = tmp_path / "doors", doors.recording(lives=80)
    assert run("catalog", "infer", lines("old.jsonl", _plated(told)), "--output", root).status == 0
    assert not (root / "lifecycles.json").exists(), "nothing is named as an identity"
    ways = {
        "unheard of": {"made": "there"},
        "there": {"opened": "there", "closed": "there", "broken": "gone"},
        "gone": {},
    }
    stated = {
        "title": "a door",
        "description": "From its making on.",
        "$comment": "Source: us.",
        "identity": ["house", "plate"],
        "fields": {"any": {"house": "/payload/house", "plate": "/payload/plate"}},
        "start": "unheard of",
        "states": {state: [_way(*each) for each in next_ones.items()] for state, next_ones in ways.items()},
    }
    (root / "lifecycles.json").write_text(json.dumps({"life-of-doors": stated}, indent=2))
    new = lines("new.jsonl", _plated(_furnished(told)))
    assert run("catalog", "infer", new, "--update", root).status == 0
    after = json.loads((root / "lifecycles.json").read_text())["life-of-doors"]
    assert {**after, "states": 0, "$comment": 0} == {**stated, "states": 0, "$comment": 0, "ends": ["gone"]}
    found = {state: {way["event_type"][5:]: way["to"] for way in each} for state, each in after["states"].items()}
    assert found == {
        "unheard of": {"made": "there"},
        "there": {**ways["there"], "painted": "painted", "knocked": "knocked"},
        "gone": {"scrapped": "scrapped"},
        "painted": {"opened": "there"},
        "knocked": {"knocked": "knocked", "closed": "there"},
        "scrapped": {},
    }
    assert run("check", "--catalog", root, "--lifecycles", new).status == 0


def test_many_new_events(run, tmp_path, lines, monkeypatch):
    """Where a lifecycle would have more notifications than anybody can read, it gets none of the new ones."""
    root = tmp_path / "doors"
    assert run("catalog", "infer", lines("old.jsonl", doors.recording()), "--output", root).status == 0
    before = _lifecycle(root)
    monkeypatch.setattr("notify_contracts._drafting.updating.lifecycles.MOST_EVENTS", 6)
    ran = run("catalog", "infer", lines("new.jsonl", _furnished(doors.recording(seed=8))), "--update", root)
    assert ran.out.count("in no lifecycle of its kind") == 3
    assert _lifecycle(root) == before


def test_what_comes_first_now(run, tmp_path, lines):
    """An event type that is new and begins each life begins it in the lifecycle, too, with a state of its own."""
    root = tmp_path / "doors"
    old = doors.recording()
    assert run("catalog", "infer", lines("old.jsonl", old), "--output", root).status == 0
    new = []
    for each in old:
        if each["event_type"] == "door.made":
            new.append({**each, "event_type": "door.ordered", "message_id": f"ordered{each['message_id']}"})
        new.append(each)
    assert run("catalog", "infer", lines("new.jsonl", new), "--update", root).status == 0
    states = _lifecycle(root)["states"]
    ways = {state: {way["event_type"]: way["to"] for way in states[state]} for state in ("unheard of", "ordered")}
    assert ways == {"unheard of": {"door.made": "made", "door.ordered": "ordered"}, "ordered": {"door.made": "made"}}
    for told in ("old.jsonl", "new.jsonl"):
        assert run("check", "--catalog", root, "--lifecycles", tmp_path / told).status == 0


def _wandering(random, names, graph, lives):
    """Return what doors tell that go from event to event as a graph has it."""
    lanes = []
    for number in range(lives):
        lane = [random.choice(names[:2])]
        while random.random() < 0.8 and (following := [name for name in graph[lane[-1]] if name in names]):
            lane.append(random.choice(following))
        lanes.append([(name, number) for name in lane])
    return [doors.told(*each, f"{place}-{each[1]}") for lane in lanes for place, each in enumerate(lane)]


@pytest.mark.parametrize("seed", range(4))
def test_any_lives(run, tmp_path, lines, seed):
    """Whatever follows what: with what is rare all of it is allowed then, lints clean, and is not changed again."""
    random = Random(seed)
    names = [f"door.event{number}" for number in range(7)]
    graph = {name: random.sample(names, random.randint(2, 4)) for name in names}
    old = lines("old.jsonl", _wandering(random, names[:4], graph, 100))
    new = lines("new.jsonl", _wandering(random, names, graph, 100))
    root = tmp_path / "doors"
    assert run("catalog", "infer", old, "--output", root).status == 0
    assert run("catalog", "infer", new, "--update", root, "--allow-rare").status == 0
    assert run("catalog", "lint", root).status == 0
    assert run("check", "--catalog", root, "--lifecycles", new).status == 0
    assert "nothing is changed" in run("catalog", "infer", new, "--update", root, "--allow-rare").out
