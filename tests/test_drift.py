"""A catalog held against recordings in both directions: what breaks it, what it does not know, what never came."""

import json

import pytest

from notify_contracts.cli import main
from tests import shop, small


@pytest.fixture(scope="module")
def learned(tmp_path_factory):
    """Learn an open catalog from the first orders of the shop; return it and the orders."""
    folder = tmp_path_factory.mktemp("drift")
    orders = list(shop.notifications(130))
    _write(folder / "before.jsonl", orders)
    assert main(["catalog", "infer", str(folder / "before.jsonl"), "--output", str(folder / "shop"), "--open"]) == 0
    return folder / "shop", orders


def _write(path, envelopes):
    path.write_text("".join(f"{json.dumps(envelope)}\n" for envelope in envelopes), encoding="utf-8")
    return path


def _changed(orders, change):
    changed = json.loads(json.dumps(orders))
    for each in changed:
        if each["event_type"] == "order.created":
            change(each)
    return changed


def _drift(run, folder, source, *options):
    ran = run("catalog", "drift", folder, source, "--format", "json", *options)
    return ran.status, json.loads(ran.out)


@pytest.mark.parametrize("command", ["infer", "update", "drift"])
def test_an_event_type_named_in_vain(command, learned, tmp_path, run):
    """An event type that nothing has is mistyped: it is told, alone or beside one that came, and is no success."""
    folder, orders = learned
    source = _write(tmp_path / "orders.jsonl", orders)
    words = {
        "infer": ("infer", source, "--output", tmp_path / "new"),
        "update": ("infer", source, "--update", folder, "--dry-run"),
        "drift": ("drift", folder, source),
    }[command]
    alone = run("catalog", *words, "--event", "order.craeted")
    assert alone.status == 2
    assert "no notification is left by --event" in alone.err
    assert "jq" not in alone.err
    ran = run("catalog", *words, "--event", "order.created", "--event", "order.craeted")
    assert ran.status == 2
    meant = "correct it, or leave it out" if command == "infer" else 'did you mean "order.created"?'
    assert "--event order.craeted: nothing like it came" in ran.err
    assert ran.err.splitlines()[0].endswith(meant)


def test_none(learned, tmp_path, run):
    """What it was learned from has not drifted: status 0, nothing outside, nothing undeclared, nothing unseen."""
    folder, orders = learned
    status, found = _drift(run, folder, _write(tmp_path / "same.jsonl", orders))
    assert (status, found["outside"], found["differences"]) == (0, [], [])


def test_outside(learned, tmp_path, run):
    """A value that breaks a rule is outside, and the status is 1."""
    folder, orders = learned
    source = _write(tmp_path / "a.jsonl", _changed(orders, lambda each: each["payload"].update(gift="no")))
    status, found = _drift(run, folder, source)
    assert status == 1
    assert [(each["pointer"], each["keyword"]) for each in found["outside"]] == [("/payload/gift", "type")]


@pytest.mark.parametrize(
    "labels", [({"team": "red"}, {"size": 1}, {}), ({"team": {"red": 1}}, {"size": {"of": 2}}, {})]
)
def test_what_people_attach(labels, tmp_path, run):
    """Other names that people attach something under are no drift, nor is what is in that."""
    told = ({"id": n, "labels": labels[n % 3]} for n in range(60))
    before = list(small.notifications(*told))
    folder = tmp_path / "learned"
    assert run("catalog", "infer", _write(tmp_path / "before.jsonl", before), "--output", folder).status == 0
    after = [{**each, "payload": {"id": n, "labels": {"site": labels[0]["team"]}}} for n, each in enumerate(before)]
    for name, recorded in (("before", before), ("after", after)):
        status, found = _drift(run, folder, _write(tmp_path / f"{name}.jsonl", recorded))
        assert (status, found["outside"], found["differences"]) == (0, [], [])


def test_undeclared(learned, tmp_path, run):
    """A property that an open contract lets pass is told, with how often it came, and the status is 1."""
    folder, orders = learned
    source = _write(tmp_path / "a.jsonl", _changed(orders, lambda each: each["payload"].update(voucher="X")))
    status, found = _drift(run, folder, source)
    (one,) = (each for each in found["differences"] if each["kind"] == "undeclared")
    count = sum(each["event_type"] == "order.created" for each in orders)
    assert (status, one["pointer"], one["times"]) == (1, "/payload/voucher", count)


OBJECT, TEXT = {"type": "object"}, {"type": "string"}
OPEN = {**OBJECT, "properties": {"z": {}}}
CLOSED = {**OPEN, "additionalProperties": False}
EITHER = {"title": "nothing or an object"}


@pytest.mark.parametrize(
    ("payload", "came", "pointers"),
    [
        ({**OBJECT, "properties": {"k": {**EITHER, "anyOf": [{"type": "null"}, CLOSED]}}}, {"k": {"z": 1}}, []),
        ({**OBJECT, "properties": {"k": {**EITHER, "anyOf": [CLOSED, OPEN]}}}, {"k": {"w": 1}}, ["/payload/k/w"]),
        (
            {**OPEN, "if": {"required": ["z"]}, "then": {**EITHER, "properties": {"w": TEXT}}},
            {"z": 1, "w": "a", "v": 1},
            ["/payload/v"],
        ),
        ({**OBJECT, "properties": {"k": {"type": "array", "items": OPEN}}}, {"k": [{"w": 1}]}, ["/payload/k/*/w"]),
        ({**OBJECT, "properties": {"k": {"type": "array", "prefixItems": [TEXT, OPEN]}}}, {"k": ["a", {"z": 1}]}, []),
        (
            {**OBJECT, "properties": {"k": {"type": "array", "prefixItems": [TEXT, OPEN]}}},
            {"k": ["a", {"w": 1}]},
            ["/payload/k/*/w"],
        ),
        (OPEN, {"z": 1, **{f"name-{number}": number for number in range(300)}}, ["/payload/*"]),
        ({**OBJECT, "additionalProperties": {}}, {f"name-{number}": number for number in range(300)}, []),
        ({**OBJECT, "additionalProperties": OPEN}, {"a": {"z": 1}, "b": {"w": 1}}, ["/payload/*/w"]),
    ],
)
def test_what_is_declared(payload, came, pointers, tmp_path, run):
    """What a branch declares is no drift; what an open item, or one of hundreds of names, brings undeclared is."""
    folder = small.write(tmp_path / "small", payload, came)
    assert run("catalog", "lint", folder).out == "0 problems\n"
    status, found = _drift(run, folder, _write(tmp_path / "a.jsonl", small.notifications(came)))
    undeclared = [each["pointer"] for each in found["differences"] if each["kind"] == "undeclared"]
    assert (found["outside"], undeclared, status) == ([], pointers, bool(pointers))


@pytest.mark.parametrize(("is_open", "status"), [(True, 1), (False, 1), (None, 0)])
def test_an_envelope(is_open, status, tmp_path, run):
    """An attribute that an open envelope lets pass is undeclared, too; one that a closed one does not is outside."""
    before = [{**each, "meta": {"shard": 1}} for each in small.notifications(*({"id": n} for n in range(30)))]
    folder, source = tmp_path / "learned", _write(tmp_path / "before.jsonl", before)
    options = () if is_open is False else ("--open",)
    assert run("catalog", "infer", source, "--output", folder, *options).status == 0
    after = before if is_open is None else [{**each, "meta": {"shard": 1, "zone": 2}, "site": "x"} for each in before]
    found = _drift(run, folder, _write(tmp_path / "after.jsonl", after))
    undeclared = [(None, pointer, 30) for pointer in ("/meta/zone", "/site")] if is_open else []
    assert [(each["contract"], each["pointer"], each["times"]) for each in found[1]["differences"]] == undeclared
    assert (found[0], len(found[1]["outside"])) == (status, 2 if is_open is False else 0)


def test_what_holds_its_like(tmp_path, run):
    """What refers to itself declares the same at each level."""
    node = {**OBJECT, "title": "node", "properties": {"child": {"$ref": "#/$defs/node"}}}
    came = {"child": {"child": {"child": {"w": 1}}}}
    folder = small.write(tmp_path / "small", {"$ref": "../values.json#/$defs/node"}, came, {"node": node})
    _, found = _drift(run, folder, _write(tmp_path / "a.jsonl", small.notifications(came)))
    pointers = [each["pointer"] for each in found["differences"] if each["kind"] == "undeclared"]
    assert pointers == ["/payload/child/child/child/w"]


def test_without_a_contract(learned, tmp_path, run):
    """An event type that the catalog does not have is outside of it."""
    folder, orders = learned
    new = {**orders[0], "event_type": "order.lost"}
    status, found = _drift(run, folder, _write(tmp_path / "a.jsonl", [*orders, new]))
    assert status == 1
    assert [each["keyword"] for each in found["outside"]] == ["unknown-event"]


def test_deliveries(tmp_path, run):
    """What was carried otherwise than the catalog says is outside of it, as for check."""
    folder = small.write(tmp_path / "small", {"type": "object"}, {}, transport={"exchange": "here"})
    (row,) = small.notifications({})
    for exchange, outside in (("here", []), ("there", ["exchange"])):
        carried = {"exchange": exchange, "routing_key": "x.info", "properties": {}, "body": json.dumps(row)}
        status, found = _drift(run, folder, _write(tmp_path / "carried.jsonl", [carried]))
        assert (status, [each["keyword"] for each in found["outside"]]) == (len(outside), outside)


def test_never_seen(learned, tmp_path, run):
    """Contracts, values and types that never came are listed, and are no failure."""
    folder, orders = learned
    rest = [each for each in orders if each["event_type"] != "order.failed"]
    rest = [each for each in rest if each["payload"].get("method") != "paypal"]
    for each in rest:
        if each["event_type"] == "order.created":
            each["payload"] = {**each["payload"], "gift": False, "card_text": None}
    status, found = _drift(run, folder, _write(tmp_path / "a.jsonl", rest))
    unseen = {(each["contract"], each["pointer"], each["what"]) for each in found["differences"]}
    assert status == 0
    assert unseen >= {
        ("order.failed-ERROR", "", ""),
        ("order.created-INFO", "/payload/gift", "true"),
        ("order.created-INFO", "/payload/card_text", "string"),
    }


def test_the_order_of_what_never_came(tmp_path, run):
    """Properties that never came are told in the order of the contract, at every run."""
    properties = {f"p{number}": TEXT for number in range(30)}
    folder = small.write(tmp_path / "small", {**OBJECT, "properties": properties}, {})
    _, found = _drift(run, folder, _write(tmp_path / "a.jsonl", small.notifications({})))
    assert [each["pointer"] for each in found["differences"]] == [f"/payload/{name}" for name in properties]


def test_text(learned, tmp_path, run):
    """The text has a section for each direction, and says so where nothing was compared."""
    folder, orders = learned
    source = _write(tmp_path / "a.jsonl", _changed(orders, lambda each: each["payload"].update(voucher="X", gift="no")))
    ran = run("catalog", "drift", folder, source, "--event", "order.created")
    assert ran.status == 1
    assert "outside of the contracts: 1" in ran.out
    assert "undeclared, and allowed: 1" in ran.out
    assert "order.paid-INFO" not in ran.out
    ran = run("catalog", "drift", folder, source, "--event", "nothing")
    assert (ran.status, ran.err.count("\n")) == (2, 1)


def test_skipped_lines(learned, tmp_path, run):
    """What a log holds beside notifications is counted: what is not looked at is told, as `check` tells it."""
    folder, orders = learned
    source = tmp_path / "a.log"
    source.write_text("".join(f"2026-01-01 10:00:00 began\n2026-01-01 10:00:01 {json.dumps(one)}\n" for one in orders))
    ran = run("catalog", "drift", folder, source)
    assert ran.out.splitlines()[0] == f"{len(orders)} notifications, 0 violations, {len(orders)} other lines skipped"
    assert _drift(run, folder, source)[1]["skipped"] == len(orders)
