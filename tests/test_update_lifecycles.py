"""Lifecycles brought up to date: the steps that really come are added, and nothing else is changed."""

import json

import pytest

from tests import doors


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


AGAIN = ("door.opened", "door.closed", "door.broken")


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
    """A step that is rare stays out of the lifecycle unless asked for, and what is up to date is not changed."""
    root = tmp_path / "doors"
    old = doors.recording(lives=100)
    rare = [{**old[-1], "event_type": "door.opened", "message_id": "x"}]
    assert run("catalog", "infer", lines("old.jsonl", old), "--output", root).status == 0
    before = (root / "lifecycles.json").read_bytes()
    for told in (old, [*old, *rare]):
        assert run("catalog", "infer", lines("new.jsonl", told), "--update", root).status == 0
        assert (root / "lifecycles.json").read_bytes() == before
    ran = run("catalog", "infer", lines("new.jsonl", [*old, *rare]), "--update", root, "--allow-rare")
    assert "door.opened INFO after door.broken INFO (1 of " in ran.out


def test_values_stay(run, tmp_path, lines):
    """A lifecycle in which it is not the notification alone that says where it leads stays as it is."""
    root = tmp_path / "doors"
    assert run("catalog", "infer", lines("old.jsonl", doors.recording()), "--output", root).status == 0
    content = json.loads((root / "lifecycles.json").read_text())
    content["door"]["states"]["made"].append({**content["door"]["states"]["made"][0], "to": "closed"})
    content["door"]["states"]["made"][0]["values"] = {"id": "1-1"}
    written = json.dumps(content)
    (root / "lifecycles.json").write_text(written)
    told = lines("new.jsonl", _repaired(doors.recording(seed=8)))
    run("catalog", "infer", told, "--update", root)
    assert (root / "lifecycles.json").read_text() == written
