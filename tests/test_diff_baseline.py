"""The baseline of ``catalog diff``: which of the changes that are told in the same words is accepted."""

import json

import pytest

from tests import small
from tests.comparing import PARCEL, PARCELS, changed


def _diff(run, *arguments):
    ran = run("catalog", "diff", *arguments)
    return ran.status, ran.out, ran.err


def _pattern(pattern, **words):
    return lambda content: content["properties"].update(
        number={"title": "a number", "type": "string", **words, **pattern}
    )


def _since(kinds):
    rule = {"if": {"properties": {"kind": {"enum": kinds}}}, "then": {"title": "due by its kind", "required": ["due"]}}
    return lambda content: content.setdefault("allOf", []).append(rule)


def _disks(*numbers):
    return lambda content: content["properties"].update({f"disk_{each}": {"type": "string"} for each in numbers})


def _of_kinds(*kinds):
    return lambda content: content["properties"]["kind"]["enum"].extend(kinds)


def _following(*ways):
    def change(content):
        for state, event_type, priority in ways:
            fields = "parcel" if event_type == "parcel.accepted" else "loss"
            way = {"event_type": event_type, "priority": priority, "fields": fields, "to": "late"}
            content["parcel"]["states"][state].append(way)

    return change


def _exchange(name):
    return lambda content: content["transport"].update(exchange=name)


FIRST = [f"first{each}" for each in range(9)]
AGAIN, AT_ONCE = ("late", "parcel.accepted", "INFO"), ("on its way", "parcel.lost", "ERROR")
READ_ALIKE = {
    "of many values": (PARCEL, _of_kinds(*FIRST, "a"), _of_kinds(*FIRST, "b")),
    "a title": (PARCEL, _pattern({"pattern": "^[A-Z]{2}[0-9]{9,}$"}), _pattern({"pattern": "^[A-Z]{2}"})),
    "in some cases": (PARCEL, _since(["pallet"]), _since(["pallet", "packet"])),
    "numbered": (PARCEL, _disks(1), _disks(1, 2)),
    "a long name": ("catalog.json", _exchange("x" * 100), _exchange("x" * 101)),
    "an order": ("lifecycles.json", _following(AGAIN), _following(AGAIN, AT_ONCE)),
}
ALIKE = {
    "words": (
        PARCEL,
        _pattern({"pattern": "^[A-Z]{2}"}),
        _pattern({"pattern": "^[A-Z]{2}"}, title="another", description="Another."),
    ),
    "its place in the file": (
        PARCEL,
        _pattern({"pattern": "^[A-Z]{2}", "minLength": 3}),
        _pattern({"minLength": 3, "pattern": "^[A-Z]{2}"}),
    ),
    "ways": ("lifecycles.json", _following(AGAIN, AT_ONCE), _following(AT_ONCE, AGAIN)),
}


@pytest.mark.parametrize("name", [*READ_ALIKE, *ALIKE])
def test_changes_that_are_told_in_the_same_words(run, tmp_path, name):
    """What is accepted is one change: another one that reads the same counts; the same one in other words does not."""
    file, one, other = {**READ_ALIKE, **ALIKE}[name]
    taken, path = changed(tmp_path, {file: one}, "one"), tmp_path / "accepted.json"
    asked = "--baseline", path, "--fail-on", "new-sends", "--fail-on", "old-sent"
    _diff(run, PARCELS, taken, "--write-baseline", path)
    assert _diff(run, PARCELS, taken, *asked)[0] == 0
    status, out, _ = _diff(run, PARCELS, changed(tmp_path, {file: other}, "other"), *asked)
    assert status == (name in READ_ALIKE), out


def test_a_change_elsewhere(run, tmp_path):
    """What is accepted stays so where another place changes, also one beside it or one of which a condition speaks."""

    def also(content):
        one(content)
        content["properties"]["colour"] = {"type": "string"}
        content["required"] = [name for name in content["required"] if name != "grams"]
        rule = {
            "if": {"required": ["signature"]},
            "then": {"title": "labels, for it is signed", "required": ["labels"]},
        }
        content.setdefault("allOf", []).append(rule)

    file, one, _ = READ_ALIKE["a title"]
    path = tmp_path / "accepted.json"
    _diff(run, PARCELS, changed(tmp_path, {file: one}, "one"), "--write-baseline", path)
    count = len(json.loads(path.read_text("utf-8"))["accepted"])
    _, out, _ = _diff(run, PARCELS, changed(tmp_path, {file: also}, "also"), "--baseline", path)
    assert f", {count} accepted, 0 expired, 0 unused" in out


def test_an_entry_without_rules(run, tmp_path):
    """An entry that does not say of which change that reads so it is is of all; written anew, it says so."""
    file, one, other = READ_ALIKE["a title"]
    path, again, taken = tmp_path / "accepted.json", tmp_path / "again.json", changed(tmp_path, {file: one}, "one")
    _diff(run, PARCELS, taken, "--write-baseline", path)
    content = json.loads(path.read_text("utf-8"))
    for entry in content["accepted"]:
        del entry["rules"]
        entry["reason"] = "known"
    path.write_text(json.dumps(content), "utf-8")
    either = changed(tmp_path, {file: other}, "other")
    status, out, _ = _diff(run, PARCELS, either, "--baseline", path, "--fail-on", "old-sent", "--write-baseline", again)
    assert (status, "0 unused" in _diff(run, PARCELS, taken, "--baseline", path)[1]) == (0, True), out
    entries = json.loads(again.read_text("utf-8"))["accepted"]
    assert {(entry["reason"], bool(entry["rules"])) for entry in entries} == {("known", True)}


def test_written_anew(run, tmp_path):
    """A baseline that is written over itself keeps its reasons and dates, and nothing else is overwritten."""
    taken, path = changed(tmp_path, {PARCEL: _pattern({"pattern": "^[A-Z]{2}"})}, "one"), tmp_path / "accepted.json"
    _diff(run, PARCELS, taken, "--write-baseline", path)
    values = json.loads(path.read_text())
    for entry in values["accepted"]:
        entry.update(reason="a ticket", expires="2020-01-01")
    path.write_text(json.dumps(values))
    assert _diff(run, PARCELS, taken, "--write-baseline", path)[0] == 1
    assert json.loads(path.read_text()) == values
    path.write_text("[]")
    status, out, err = _diff(run, PARCELS, taken, "--write-baseline", path)
    assert (status, out, path.read_text()) == (2, "", "[]")
    assert err.endswith("which is no such baseline: give --write-baseline another file, or delete this one\n")


def test_a_contract_that_comes_later(run, tmp_path):
    """What is taken of all contracts there are is not taken of one that comes later, but what the envelope says is."""

    def sides(payloads, envelope, *names):
        for side in ("old", "new"):
            kind = {"type": "object", "properties": {"n": {"type": "string" if side == "old" else "integer"}}}
            root = small.write(tmp_path / names[0] / side, kind if payloads else {"type": "object"}, {})
            first = json.loads((root / "events" / "a.b.json").read_text())
            for name in names[1:]:
                other = json.loads(json.dumps(first).replace("a.b", name))
                (root / "events" / f"{name}.json").write_text(json.dumps(other))
            if envelope and side == "old":
                path = root / "notification.json"
                content = json.loads(path.read_text())
                content["properties"]["message_id"]["minLength"] = 2
                path.write_text(json.dumps(content))
        return tmp_path / names[0] / "old", tmp_path / names[0] / "new"

    for kind in ((True, False), (False, True)):
        accepted = tmp_path / f"accepted{kind[0]}.json"
        _diff(run, *sides(*kind, f"one{kind[0]}"), "--write-baseline", accepted)
        _, out, _ = _diff(run, *sides(*kind, f"two{kind[0]}", "c.d"), "--baseline", accepted)
        assert ("baseline: 2 new, 2 accepted" in out) == kind[0], out
        assert ("baseline: 0 new, 1 accepted" in out) == kind[1], out
