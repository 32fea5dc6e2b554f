"""Catalogs brought up to date with recordings: what is made wider, what stays, what is left to somebody."""

import json
import subprocess
from itertools import islice
from shutil import copytree, rmtree

import pytest

from notify_contracts._drafting import document, uri_of
from notify_contracts._lint import lint
from notify_contracts._schema import ENGINES
from notify_contracts.catalog import Catalog
from notify_contracts.generate import broken_samples, samples
from notify_contracts.model import Notification
from tests import shop, small

UUID = "0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de"


def _recording(path, envelopes):
    path.write_text("".join(f"{json.dumps(envelope)}\n" for envelope in envelopes), encoding="utf-8")
    return path


@pytest.fixture
def updated(tmp_path, run):
    """Return what updates a small catalog with payloads; that returns how it ended and the payload's rules."""

    def updated(payload, example, *payloads, values=None, options=(), **manifest):
        root = small.write(tmp_path / "small", payload, example, values, **manifest)
        source = _recording(tmp_path / "small.jsonl", small.notifications(*payloads))
        ran = run("catalog", "infer", "--update", root, source, *options)
        assert [str(problem) for problem in lint(root)] == []
        document = json.loads((root / "events" / "a.b.json").read_text(encoding="utf-8"))
        return ran, document["$defs"]["INFO"]["properties"]["payload"]

    return updated


def _object(**properties):
    return {"type": "object", "required": sorted(properties), "properties": properties, "additionalProperties": False}


@pytest.fixture(scope="module")
def parcels_rows():
    """Return notifications of a parcel service that has moved on."""
    from tests.conftest import HERE

    rows = list(islice(samples(Catalog(HERE / "catalogs" / "parcels"), "parcel.accepted", seed=3), 60))
    for number, row in enumerate(rows):
        payload = row["payload"]
        row["timestamp"] = "2026-03-01 06:30:00.250000" if number % 2 else "2026-03-01T06:30:00Z"
        payload["fragile"] = number % 3 == 0
        if number % 4 == 0:
            payload["kind"] = "crate"
        if number % 5 == 0:
            payload["grams"] = None
        if number % 6 == 0:
            del payload["contents"]
    return [*rows, *({**row, "event_type": "parcel.weighed"} for row in rows[:9])]


def test_moved_on(parcels, parcels_rows, tmp_path, run):
    """New properties, values, nulls, forms and event types are allowed; all else in the files stays as it is."""
    root = copytree(parcels, tmp_path / "parcels")
    rmtree(root / "cases")
    source = _recording(tmp_path / "now.jsonl", parcels_rows)
    ran = run("catalog", "infer", "--update", root, source)
    assert ran.status == 0, ran.err + ran.out
    assert "1 contract added" in ran.out
    assert "version 0.3.1 is now 0.4.0" in ran.out
    assert list(lint(root)) == []
    assert run("check", "--catalog", root, source).status == 0
    old, new = ((one / "payloads" / "parcel.json").read_text(encoding="utf-8").split("\n") for one in (parcels, root))
    assert len([line for line in old if line not in new]) == 5, "grams, kind, contents, required, a comma"
    parcel = json.loads("\n".join(new))
    assert parcel["required"] == ["number", "kind", "grams"]
    assert parcel["properties"]["kind"]["enum"] == ["letter", "packet", "pallet", "crate"]
    assert parcel["properties"]["kind"]["description"] == "How it is handled."
    assert parcel["properties"]["grams"]["type"] == ["integer", "null"]
    assert parcel["properties"]["fragile"]["type"] == "boolean"
    assert "seen in 15 of " in parcel["properties"]["kind"]["$comment"]
    stamp = json.loads((root / "notification.json").read_text(encoding="utf-8"))["properties"]["timestamp"]
    assert [way["$ref"] for way in stamp["anyOf"]] == [
        "values.json#/$defs/moment",
        "values.json#/$defs/oslo_time_micro",
    ]
    weighed = Catalog(root).contract("parcel.weighed", "INFO")
    assert weighed.schema["properties"]["payload"] == {"$ref": "../payloads/parcel.json"}, "the shape is there already"


def test_nothing_to_change(parcels, tmp_path, run):
    """What keeps a catalog changes nothing of it."""
    root = copytree(parcels, tmp_path / "parcels")
    source = _recording(tmp_path / "now.jsonl", islice(samples(Catalog(parcels), seed=5), 50))
    ran = run("catalog", "infer", "--update", root, source)
    assert ran.status == 0
    assert "nothing is changed" in ran.out
    assert [path.read_bytes() for path in sorted(root.rglob("*.json"))] == [
        path.read_bytes() for path in sorted(parcels.rglob("*.json"))
    ]


@pytest.mark.parametrize(("name", "seed"), [("parcels", 11), ("parcels", 12), ("sensors", 13)])
def test_only_wider(name, seed, parcels, tmp_path, run):
    """All is allowed but what is left to people; what was accepted is, by both engines; it lints clean."""
    origin = parcels.parent / name
    root = copytree(origin, tmp_path / name)
    rmtree(root / "cases")
    rows = [each.content for each in islice(broken_samples(Catalog(origin), seed=seed), 40)]
    source = _recording(tmp_path / "broken.jsonl", rows)
    run("catalog", "infer", "--update", root, source, "--allow-rare")
    assert [str(problem) for problem in lint(root)] == []
    judges = [Catalog(root, engine) for engine in ENGINES]
    for row in islice(samples(Catalog(origin), seed=seed), 40):
        assert all(judge.accepts(Notification(row)) for judge in judges), row
    known = {(one.event_type, one.priority) for one in judges[0].contracts}
    for row in rows:
        pair = row.get("event_type"), row.get("priority")
        if all(isinstance(name, str) for name in pair) and pair in known:
            verdicts = [judge.check(row) for judge in judges]
            broken = {each.keyword for verdict in verdicts for each in verdict.violations}
            assert broken <= {"not", "enum", "const"}, row


@pytest.mark.parametrize(
    "written_as",
    [
        str,
        lambda text: json.dumps(json.loads(text), indent="\t") + "\n",
        lambda text: text.replace("\n", "\r\n"),
        lambda text: json.dumps(json.loads(text)),
    ],
    ids=["two spaces", "tabs", "carriage returns", "one line without an end"],
)
def test_dry_run(written_as, parcels, parcels_rows, tmp_path, run):
    """The difference is shown as git applies it, and nothing is written."""
    shown, written = (copytree(parcels, tmp_path / name / "parcels") for name in ("shown", "written"))
    for root in (shown, written):
        rmtree(root / "cases")
        for path in root.rglob("*.json"):
            path.write_bytes(written_as(path.read_text("utf-8")).encode())
    source = _recording(tmp_path / "now.jsonl", parcels_rows)
    before = {path: path.read_bytes() for path in shown.rglob("*.json")}
    ran = run("catalog", "infer", "--update", shown, source, "--dry-run")
    assert {path: path.read_bytes() for path in shown.rglob("*.json")} == before
    run("catalog", "infer", "--update", written, source)
    subprocess.run(["git", "apply", "-"], input=ran.out.encode(), cwd=shown, check=True)
    for path in written.rglob("*.json"):
        assert (shown / path.relative_to(written)).read_bytes() == path.read_bytes()


def test_rare(tmp_path, run):
    """What is rare is listed with its place and not allowed; --allow-rare allows it."""
    rows = list(shop.notifications(800))
    clean = _recording(tmp_path / "clean.jsonl", rows[:295])
    every = _recording(tmp_path / "every.jsonl", rows)
    run("catalog", "infer", clean, "--output", tmp_path / "shop")
    before = {path: path.read_bytes() for path in (tmp_path / "shop").rglob("*.json")}
    ran = run("catalog", "infer", "--update", tmp_path / "shop", every)
    assert ran.status == 0
    for pointer, keyword in (("oder_id", "additionalProperties"), ("status", "const"), ("items/*/quantity", "type")):
        assert f"order.created-INFO /payload/{pointer} ({keyword})" in ran.out
    assert {path: path.read_bytes() for path in (tmp_path / "shop").rglob("*.json")} == before
    assert run("catalog", "infer", "--update", tmp_path / "shop", every, "--allow-rare").status == 0
    assert run("check", "--catalog", tmp_path / "shop", every).status == 0


def test_parts(parcels, parcels_rows, tmp_path, run):
    """However notifications are shared out among recordings, in whatever order, the same is changed, but for lives."""
    root = copytree(parcels, tmp_path / "parcels")
    (root / "lifecycles.json").unlink()
    whole = _recording(tmp_path / "whole.jsonl", parcels_rows)
    parts = [_recording(tmp_path / f"{n}.jsonl", parcels_rows[::-1][n::2]) for n in range(2)]
    one, other = (run("catalog", "infer", "--update", root, *sources, "--dry-run") for sources in ([whole], parts))
    assert one.out == other.out
    assert one.out


def test_cases(parcels, tmp_path, run):
    """A case that names another keyword now is corrected; one that passes now is left to somebody, and named."""
    root = copytree(parcels, tmp_path / "parcels")
    rows = list(islice(samples(Catalog(parcels), "parcel.accepted", seed=3), 40))
    for number, row in enumerate(rows):
        row["timestamp"] = f"2026-03-01 06:30:{number % 60:02}"
        row["payload"]["grams"] = 7
    source = _recording(tmp_path / "now.jsonl", rows)
    ran = run("catalog", "infer", "--update", root, source)
    assert ran.status == 1
    found = {str(problem) for problem in lint(root)}
    assert found
    assert all(line in ran.out for line in found)
    assert all("does not give the violation it declares" in line for line in found)
    assert "by another keyword now" in ran.out


def test_conditions(updated):
    """A branch of a condition that reality breaks goes, as is said, and the condition with its last; others stay."""
    condition = {
        "title": "b that agrees with a",
        "if": {"properties": {"a": {"const": True}}, "required": ["a"]},
        "then": {"properties": {"b": {"const": 1}}},
        "else": {"properties": {"b": {"const": 2}}},
    }
    payload = {**_object(a={"type": "boolean"}, b={"type": "integer"}), "allOf": [condition]}
    right = {"a": True, "b": 1}
    _, schema = updated(payload, right, right, {"a": False, "b": 5})
    left = {name: value for name, value in condition.items() if name != "else"}
    assert schema["allOf"] == [{**left, "$comment": '"else" went, which did not hold: seen in 1 of 2'}]
    _, schema = updated(payload, right, {"a": True, "b": 5}, {"a": False, "b": 5})
    assert "allOf" not in schema
    assert schema["properties"] == payload["properties"]


def test_shared_rules(updated):
    """What others refer to stays as it is; the reference that reality contradicts leads elsewhere."""
    values = {"id": {"title": "UUID", "type": "string", "format": "uuid"}}
    payload = _object(one={"$ref": "../values.json#/$defs/id"}, other={"$ref": "../values.json#/$defs/id"})
    example = {"one": UUID, "other": UUID}
    rows = [{"one": f"2026-11-0{n + 1}", "other": UUID} for n in range(9)]
    _, schema = updated(payload, example, *rows, values=values)
    assert schema["properties"]["other"] == payload["properties"]["other"]
    assert schema["properties"]["one"]["anyOf"] == [
        {"$ref": "../values.json#/$defs/id"},
        {"type": "string", "$ref": "../values.json#/$defs/date"},
    ]
    rows = [{"one": f"{n}", "other": UUID} for n in "of no form"]
    _, schema = updated(payload, example, *rows, values=values)
    assert schema["properties"]["one"].keys() == {"type", "$comment"}


def test_a_wider_form(updated):
    """Where a known form covers what was and what is seen, the reference leads to that."""
    values = {
        "id": {"title": "UUID", "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"}
    }
    payload = _object(one={"type": "string", "$ref": "../values.json#/$defs/id"})
    rows = [{"one": UUID.replace("-4", "-1")}, {"one": UUID}]
    _, schema = updated(payload, {"one": UUID}, *rows, values=values)
    assert schema["properties"]["one"]["$ref"] == "../values.json#/$defs/lower_uuid"
    assert schema["properties"]["one"]["type"] == "string"


def test_where_more_would_be_less(updated):
    """A schema that stands in a condition too is not changed: there, to allow more may be to forbid."""
    values = {"small": {"type": "integer", "maximum": 9}}
    payload = {
        **_object(a={"type": "integer"}, b={"type": "string"}),
        "if": {"properties": {"a": {"$ref": "../values.json#/$defs/small"}}},
        "then": {"properties": {"b": {"maxLength": 3}}},
    }
    payload["properties"]["a"] = {"$ref": "../values.json#/$defs/small"}
    ran, schema = updated(payload, {"a": 1, "b": "x"}, {"a": 50, "b": "long enough"}, values=values)
    assert ran.status == 0
    assert schema["if"] == payload["if"]
    assert schema["properties"]["a"]["anyOf"][0] == {"$ref": "../values.json#/$defs/small"}


def test_what_somebody_forbade(updated):
    """What is forbidden by `not` stays so, and the exit status says that something is left to do."""
    payload = {**_object(a={"type": "integer"}), "not": {"required": ["a", "b"]}, "title": "a without b"}
    payload["properties"]["b"] = {"type": "integer"}
    ran, schema = updated(payload, {"a": 1}, {"a": 1, "b": 2})
    assert ran.status == 1
    assert schema == payload
    assert "take that out if it may" in ran.out


@pytest.mark.parametrize("stated", [False, True])
def test_new_contracts_have_relations(stated, tmp_path, run):
    """A new contract keeps the relations of all that was seen, also beside a payload that is there; that stays."""
    payload, words = (
        _object(id={"type": "integer"}, open={"type": "boolean"}, level={"type": "string"}),
        ("public", "own"),
    )
    example = {"id": 1, "open": True, "level": "public"}
    files = {"payloads/door.json": document(uri_of(small.BASE, "payloads/door.json"), "door", "It.", payload)}
    if not stated:
        root = small.write(tmp_path / "small", payload, example)
    else:
        root = small.write(tmp_path / "small", {"$ref": "../payloads/door.json"}, example, files=files)
    rows = [{"id": n, "open": n % 2 == 0, "level": words[n % 2]} for n in range(140)]
    told = [*small.notifications(*rows[:128]), *small.notifications(*rows[128:], event_type="a.c")]
    before = [file.read_bytes() for file in (root / "events" / "a.b.json", *root.glob("payloads/*.json"))]
    assert run("catalog", "infer", "--update", root, _recording(tmp_path / "told.jsonl", told)).status == 0
    assert [file.read_bytes() for file in (root / "events" / "a.b.json", *root.glob("payloads/*.json"))] == before
    catalog = Catalog(root)
    assert ("$ref" in catalog.contract("a.c", "INFO").schema["properties"]["payload"]) == stated
    wrong = {**told[-1], "payload": {**told[-1]["payload"], "open": not told[-1]["payload"]["open"]}}
    assert all(catalog.accepts(Notification(each)) for each in told)
    assert [each.keyword for each in catalog.check(Notification(wrong)).violations] == ["const"]
    assert catalog.accepts(Notification({**wrong, "event_type": "a.b"}))


def test_new_contracts_have_what_holds_for_them(tmp_path, run):
    """Of a relation whose condition never comes in a new contract, that has what holds otherwise."""
    payload = _object(id={"type": "integer"}, gone={"type": "boolean"}, gone_at={"type": ["string", "null"]})
    files = {"payloads/door.json": document(uri_of(small.BASE, "payloads/door.json"), "door", "It.", payload)}
    example = {"id": 1, "gone": False, "gone_at": None}
    root = small.write(tmp_path / "small", {"$ref": "../payloads/door.json"}, example, files=files)
    rows = [
        {"id": n, "gone": n % 2 == 1, "gone_at": f"2026-11-30T10:00:{n % 60:02d}Z" if n % 2 else None}
        for n in range(280)
    ]
    told = {"a.b": rows[:200], "a.open": rows[200::2], "a.gone": rows[201::2]}
    events = [each for kind, of_kind in told.items() for each in small.notifications(*of_kind, event_type=kind)]
    assert run("catalog", "infer", "--update", root, _recording(tmp_path / "told.jsonl", events)).status == 0
    assert run("catalog", "lint", root).out == "0 problems\n"
    catalog = Catalog(root)
    assert all(catalog.accepts(each) for each in events)
    for kind, other in (("a.open", "2026-11-30T10:00:00Z"), ("a.gone", None)):
        (wrong,) = small.notifications({**told[kind][0], "gone_at": other}, event_type=kind)
        assert not catalog.accepts(wrong)


def test_deliveries(tmp_path, run):
    """What was carried otherwise than the catalog says is left to do; a dead letter was carried as it was at first."""
    root = small.write(tmp_path / "small", {"type": "object"}, {}, transport={"exchange": "here"})
    bodies = [{"oslo.version": "2.0", "oslo.message": json.dumps(row)} for row in small.notifications({}, {})]
    wrong = {"exchange": "there", "routing_key": "x.info", "properties": {}}
    death = {"exchange": "here", "routing-keys": ["x.info"], "queue": "q", "reason": "expired", "count": 1}
    dead = {"exchange": "dead", "routing_key": "x", "properties": {"headers": {"x-death": [death]}}}
    for how, status in ((wrong, 1), (dead, 0)):
        rows = [{**how, "body": json.dumps(body)} for body in bodies]
        ran = run("catalog", "infer", "--update", root, _recording(tmp_path / "carried.jsonl", rows))
        assert ran.status == status
        assert ('2 x a.b-INFO (exchange): expected exchange "here", found "there"' in ran.out) == bool(status)
        assert "nothing is changed" in ran.out


def test_secrets(updated):
    """A value that is a secret is not written down as one of an enumeration."""
    payload = _object(pin={"const": "0000"}, size={"const": "small"})
    example = {"pin": "0000", "size": "small"}
    ran, schema = updated(payload, example, {"pin": "1234", "size": "large"}, secrets=["pin"])
    assert "1234" not in json.dumps(schema) + ran.out + ran.err
    assert schema["properties"]["pin"]["type"] == "string"
    assert schema["properties"]["size"]["enum"] == ["small", "large"]


def test_names_that_are_data(updated):
    """Many properties whose names are data become one rule, and no list of names."""
    rows = [{"a": 1, f"{n:08x}-0000-4000-8000-000000000000": n} for n in range(20)]
    _, schema = updated(_object(a={"type": "integer"}), {"a": 1}, *rows)
    assert schema["properties"].keys() == {"a"}
    assert schema["additionalProperties"]["type"] == "integer"


@pytest.mark.parametrize(("value", "rule"), [("x", {"type": "string"}), (None, {}), (1, {"type": "integer"})])
def test_what_people_attach(value, rule, updated):
    """A name that somebody attached something under is not written down: any other is allowed, too."""
    labels = {"type": "object", "properties": {"tier": {"type": "string"}}, "additionalProperties": False}
    rows = ({"labels": {"anna": value}} for _ in range(9))
    _, schema = updated(_object(labels=labels), {"labels": {"tier": "a"}}, *rows)
    others = {"additionalProperties": {"$comment": "what people attach", **rule}}
    assert schema["properties"]["labels"] == {**labels, **others}


@pytest.mark.parametrize("within", [(), ("payload",), ("payload", "of")], ids=str)
def test_what_only_some_lack(within, tmp_path, run):
    """What only some event types lack of what all of them share they may lack; the others require it as before."""
    last = within[-1] if within else ""
    gone = {"": "payload", "payload": "a", "of": "b"}[last]
    names, root = ("x.made", "x.sent", "x.kept"), tmp_path / "made"

    def rows(lacking):
        for number, name in enumerate(120 * names):
            (row,) = small.notifications({"a": number, "of": {"b": number}}, event_type=name)
            row["message_id"] = f"{name} {number}"
            holder = row
            for part in within:
                holder = holder[part]
            if name in lacking and number % 2:
                del holder[gone]
            yield row

    assert run("catalog", "infer", _recording(tmp_path / "old.jsonl", rows(())), "--output", root).status == 0
    ran = run("catalog", "infer", _recording(tmp_path / "new.jsonl", rows(("x.made",))), "--update", root)
    assert (ran.status, f"{gone} may be missing; 2 other contracts still require it (60 of 120)" in ran.out) == (
        0,
        True,
    )
    assert [str(problem) for problem in lint(root)] == []
    catalog = Catalog(root)
    for row in rows(names):
        lacks = row["event_type"] != "x.made" and int(row["message_id"].split()[1]) % 2
        assert catalog.accepts(Notification(row)) is not bool(lacks)
    before = [path.read_bytes() for path in sorted(root.rglob("*.json"))]
    assert run("catalog", "infer", tmp_path / "new.jsonl", "--update", root).status == 0
    assert [path.read_bytes() for path in sorted(root.rglob("*.json"))] == before
    assert run("catalog", "infer", _recording(tmp_path / "all.jsonl", rows(names)), "--update", root).status == 0
    assert all(Catalog(root).accepts(Notification(row)) for row in rows(names))


def test_what_others_share(tmp_path, run):
    """What only some event types need of a schema that several share is said to be shared by the others."""

    def rows(made):
        for number, name in enumerate(120 * ("x.made", "x.sent", "x.kept")):
            state = ("new", "open", made if name == "x.made" else "new")[number // 3 % 3]
            more = {"colour": "red"} if name == "x.made" and made == "lost" else {}
            (row,) = small.notifications({"a": number, "b": {}, "c": None, "state": state, **more}, event_type=name)
            yield row | {"message_id": f"{name} {number}"}

    root = tmp_path / "made"
    assert run("catalog", "infer", _recording(tmp_path / "old.jsonl", rows("new")), "--output", root).status == 0
    ran = run("catalog", "infer", _recording(tmp_path / "new.jsonl", rows("lost")), "--update", root)
    assert 'state: also "lost"; 2 other contracts share the rule (40 of 120)' in ran.out
    assert "also colour; 2 other contracts share the rule (120 of 120)" in ran.out


def test_new_priorities(tmp_path, run):
    """A priority that was not known gets its contract beside the others of its event type, and is allowed."""
    root = small.write(tmp_path / "small", _object(a={"type": "integer"}), {"a": 1})
    rows = [{**row, "priority": "AUDIT"} for row in small.notifications({"a": 1}, {"a": 2})]
    source = _recording(tmp_path / "audit.jsonl", rows)
    assert run("catalog", "infer", "--update", root, source).status == 0
    catalog = Catalog(root)
    assert catalog.priorities == ("INFO", "AUDIT")
    assert all(catalog.accepts(Notification(row)) for row in rows)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--name", "x"], "go with --output"),
        (["--strict"], "go with --output"),
        (["--output", "elsewhere"], "not allowed with"),
    ],
)
def test_options(options, said, tmp_path, run):
    """Options of the one way are refused with the other."""
    root = small.write(tmp_path / "small", _object(), {})
    source = _recording(tmp_path / "small.jsonl", small.notifications({}))
    ran = run("catalog", "infer", "--update", root, source, *options)
    assert ran.status == 2
    assert said in ran.err


def test_unsound(tmp_path, run):
    """A catalog that lint has something against is not touched; nor is one that is not there."""
    root = small.write(tmp_path / "small", _object(a={"type": "integer"}), {"a": "text"})
    source = _recording(tmp_path / "small.jsonl", small.notifications({"b": 1}))
    ran = run("catalog", "infer", "--update", root, source)
    assert ran.status == 2
    assert "catalog lint" in ran.err
    ran = run("catalog", "infer", "--update", tmp_path / "none", source)
    assert ran.status == 2
    assert "no such folder" in ran.err


@pytest.mark.parametrize(
    ("name", "known", "new"),
    [
        ("state", "open", "Jane Doe called twice"),
        ("state", "open", "jane@example.org"),
        ("state", "open", "db1.example.org"),
        ("state", "open", "dc78c8d5-10bb-4452-9d15-613728fd7fba"),
        ("owner", "storage", "carol"),
    ],
)
def test_what_no_rule_names_unasked(name, known, new, updated):
    """A sentence, an address, an id or a name is made no value of an enumeration, but listed; a word beside it is."""
    payload = _object(**{name: {"enum": [known]}}, kind={"enum": ["a"]})
    rows = [{name: new, "kind": "b"}, {name: known, "kind": "b"}]
    ran, schema = updated(payload, {name: known, "kind": "a"}, *rows)
    assert schema["properties"][name] == {"enum": [known]}
    assert schema["properties"]["kind"]["enum"] == ["a", "b"]
    assert ran.status == 1
    assert "is made no value of a rule unasked" in ran.out


def test_values_of_the_form_that_a_rule_names(updated):
    """A value of the same form as those that people listed is listed with them, and so is a word beside a sentence."""
    payload = _object(version={"enum": ["1.0", "1.1"]}, state={"enum": ["open"]})
    rows = [{"version": "1.2", "state": "closed"}, {"version": "1.2", "state": "see the note"}]
    ran, schema = updated(payload, {"version": "1.0", "state": "open"}, *rows)
    assert schema["properties"]["version"]["enum"] == ["1.0", "1.1", "1.2"]
    assert schema["properties"]["state"]["enum"] == ["open", "closed"]
    assert 'also "closed": seen in 1 of 2' in schema["properties"]["state"]["$comment"]
    assert ran.status == 1
