"""What events have that nobody knows, in the objects in which the places of their envelope are."""

import json

import pytest

from tests.events import learned, lines

FORM = {
    "event_type": "{/head/kind}",
    "message_id": "{/head/ids/own}",
    "priority": "INFO",
    "timestamp": "{/priority/at}",
    "payload": "{/data/object}",
}


def event(number, head=(), ids=(), data=(), priority=()):
    """Return an event, with more in the objects around its places."""
    return {
        "head": {"kind": "order.paid", "ids": {"own": f"{number:032x}", **dict(ids)}, **dict(head)},
        "priority": {"at": f"2026-11-28T10:00:{number % 60:02d}Z", **dict(priority)},
        "data": {"object": {"n": number}, **dict(data)},
    }


@pytest.fixture(scope="module")
def orders(tmp_path_factory):
    """Return a catalog of such events that have nothing else."""
    return learned(tmp_path_factory.mktemp("left"), "orders", FORM, [event(number) for number in range(60)])


LEFT = {
    "a member": ({"head": {"x": 1}}, ["/head/x"]),
    "several": ({"head": {"y": 1, "x": {"z": 2}}, "data": {"x": []}}, ["/data/x", "/head/x", "/head/y"]),
    "deeper": ({"ids": {"x": 1, "y": None}}, ["/head/ids/x", "/head/ids/y"]),
    "at two depths": ({"ids": {"x": 1}, "head": {"x": 1}}, ["/head/ids/x", "/head/x"]),
    "a name that is a pointer's": ({"head": {"a/b~": 1}}, ["/head/a~1b~0"]),
    "an object with an attribute's name": ({"priority": {"x": 1}}, ["/priority_/x"]),
}


@pytest.mark.parametrize(("more", "pointers"), LEFT.values(), ids=LEFT)
def test_each_is_named(more, pointers, orders, run, tmp_path):
    """Each member that nobody knows is a violation by itself, at its own place, and its value is not shown."""
    (tmp_path / "events").write_text(lines([event(1), event(2, **more)]))
    ran = run("check", tmp_path / "events", "--catalog", orders, "--format", "jsonl")
    found = json.loads(ran.out.splitlines()[1])["violations"]
    assert (ran.status, sorted(each["pointer"] for each in found)) == (1, pointers)
    assert {each["keyword"] for each in found} == {"additionalProperties"}
    assert all(each["message"].startswith("expected no property ") for each in found)


WHOLE = {"a text": "nothing", "an empty object": {}, "an array": [{"x": 1}]}


@pytest.mark.parametrize("name", WHOLE)
def test_no_object(name, orders, run, tmp_path):
    """What stands instead of an object with places is told as a whole."""
    (tmp_path / "events").write_text(lines([event(1), event(2) | {"data": WHOLE[name]}]))
    ran = run("check", tmp_path / "events", "--catalog", orders, "--format", "jsonl")
    found = json.loads(ran.out.splitlines()[1])["violations"]
    assert [each["pointer"] for each in found if each["keyword"] == "additionalProperties"] == ["/data"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_baseline(jobs, orders, run, tmp_path):
    """A known one hides no other, also where very many events have the one or the other."""
    known, new = tmp_path / "known", tmp_path / "new"
    known.write_text(lines(event(number, head={"x": 1}) for number in range(300)))
    new.write_text(lines(event(number, head={("x", "token", "x")[number % 3]: 1}) for number in range(300)))
    given = "--catalog", orders, "--jobs", jobs, "--format", "brief"
    assert run("check", known, *given, "--write-baseline", tmp_path / "baseline.json").status == 0
    assert run("check", known, *given, "--baseline", tmp_path / "baseline.json").status == 0
    ran = run("check", new, *given, "--baseline", tmp_path / "baseline.json")
    assert (ran.status, "100 x order.paid-INFO: has unexpected /head/token" in ran.out) == (1, True), ran
    assert "1 new, 1 known" in ran.out


def test_page(orders, run, tmp_path):
    """The page of a report shows the rule that is broken with each of them."""
    (tmp_path / "events").write_text(lines([event(1, head={"x": 1, "y": 2})]))
    run("check", tmp_path / "events", "--catalog", orders, "--format", "html", "--output", tmp_path / "page")
    page = (tmp_path / "page").read_text()
    assert all(name in page for name in ("/head/x", "/head/y"))
    assert page.count("notification.json") >= 2


def test_learned(orders, run, tmp_path):
    """A catalog that is brought up to date with such events knows what they have there, and nothing else."""
    catalog = tmp_path / "copy"
    catalog.mkdir()
    for path in orders.rglob("*.json"):
        (catalog / path.relative_to(orders)).parent.mkdir(parents=True, exist_ok=True)
        (catalog / path.relative_to(orders)).write_bytes(path.read_bytes())
    (tmp_path / "events").write_text(lines(event(number, head={"x": 1}) for number in range(60)))
    assert run("catalog", "infer", tmp_path / "events", "--update", catalog).status == 0
    assert run("check", tmp_path / "events", "--catalog", catalog).status == 0
    (tmp_path / "events").write_text(lines([event(1, head={"x": 1, "y": 1})]))
    ran = run("check", tmp_path / "events", "--catalog", catalog, "--format", "jsonl")
    assert [each["pointer"] for each in json.loads(ran.out)["violations"]] == ["/head/y"]
