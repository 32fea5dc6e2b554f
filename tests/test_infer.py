"""Contracts learned from recordings: what they accept and refuse, what is suspicious, what leaves the recording."""

import json
import re
from collections import defaultdict
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from notify_contracts._drafting import write
from notify_contracts._drafting.inference import Drafting, Learned, draft
from notify_contracts._lint import lint
from notify_contracts.capture import Recording
from notify_contracts.catalog import Catalog, data_folder
from notify_contracts.cli import main
from notify_contracts.model import Notification
from tests import shop, small

_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]")
UNSEEN = re.compile(r"of what was not seen ([0-9,]+) of ([0-9,]+) are accepted")


def _file(path, envelopes):
    path.write_text("".join(f"{json.dumps(envelope)}\n" for envelope in envelopes), encoding="utf-8")
    return path


def _learned(envelopes):
    learned = Learned()
    by_contract = defaultdict(list)
    for envelope in json.loads(json.dumps(list(envelopes))):
        by_contract[envelope["event_type"], envelope["priority"]].append(envelope)
    for pair, of_contract in by_contract.items():
        learned.take(pair, of_contract)
    return learned


def _files(envelopes, **options):
    return draft(_learned(envelopes), Drafting("shop", **options))


def _texts(value, key=""):
    """Yield every text in a value, with the name of the member it is in."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, key)


def _payload(payloads, **options):
    """Return the schema of a payload that was learned from payloads of one contract."""
    envelopes = (
        {"message_id": str(n), "event_type": "a.b", "priority": "INFO", "payload": p} for n, p in enumerate(payloads)
    )
    return _files(envelopes, **options)["events/a.b.json"]["$defs"]["INFO"]["properties"]["payload"]


class Glance(NamedTuple):
    """A recording of Glance, the catalog that was learned from it, and what was printed then."""

    source: Path
    folder: Path
    printed: str


@pytest.fixture(scope="module")
def glance(tmp_path_factory):
    """Learn from the recording of Glance."""
    from tests.conftest import ROOT_OF_PACKAGE

    folder = tmp_path_factory.mktemp("learned") / "glance"
    source = ROOT_OF_PACKAGE / "examples" / "glance-33-messagingv2.jsonl"
    with redirect_stdout(StringIO()) as printed:
        assert main(["catalog", "infer", str(source), "--output", str(folder), "--hold-out", "5"]) == 0
    return Glance(source, folder, printed.getvalue())


@pytest.fixture(scope="module")
def orders():
    """Return the recording of the shop."""
    return list(shop.notifications())


def test_it_accepts_what_it_was_learned_from(glance, run):
    """A catalog that was learned lints clean and accepts the whole recording."""
    assert list(lint(glance.folder)) == []
    assert run("check", "--catalog", glance.folder, glance.source).status == 0


def test_unseen_and_wrong_notifications(glance):
    """It accepts 99 % of what was held out, and refuses 95 % of what the contracts written by hand refuse."""
    accepted, tried = (int(number) for number in UNSEEN.search(glance.printed).groups())
    assert tried == 814
    assert accepted / tried >= 0.99
    catalog = Catalog(glance.folder)
    files = (data_folder() / "glance-emitted" / "cases").glob("*.json")
    wrong = [case["notification"] for file in files for case in json.loads(file.read_text()) if not case["valid"]]
    refused = sum(not catalog.check(Notification(each)).conforms for each in wrong)
    assert refused / len(wrong) >= 0.95


def test_learned_on_one_and_checked_on_another(glance, examples, run):
    """What was learned from one format on the wire says little against the other, and against the log."""
    for name in ("glance-33-messaging.jsonl", "glance-33.log"):
        ran = run("check", "--catalog", glance.folder, examples / name, "--format", "brief")
        total, conforming = map(int, re.search(r"(\d+) notifications, (\d+) conform", ran.out).groups())
        assert conforming / total > 0.99


def test_dirt(orders, tmp_path, run):
    """Seven kinds of dirt, rare among many, are all found, with the place of the first."""
    source = _file(tmp_path / "shop.jsonl", orders)
    ran = run("catalog", "infer", source, "--output", tmp_path / "shop")
    assert ran.status == 0
    suspects = ran.out.partition("suspects")[2]
    for pointer, keyword in shop.PLACES:
        assert re.search(
            rf"\d+ x order.created-INFO \S*{re.escape(pointer)} \({keyword}\).*shop.jsonl, line \d+", f"{suspects}"
        )
    assert suspects.count("(") == suspects.count(" x ") == len(shop.PLACES)
    assert run("check", "--catalog", tmp_path / "shop", source).status == 0


def test_event_types_that_hold_data(orders, tmp_path, run):
    """Where event types hold ids it is said: each has a contract of its own, and the next id has none."""
    for count, is_said in ((19, False), (20, True)):
        named = [
            one | {"event_type": f"order.{7919 * number:x}f0.created"} for number, one in enumerate(orders[:count])
        ]
        source = _file(tmp_path / f"{count}.jsonl", named)
        ran = run("catalog", "infer", source, "--output", tmp_path / f"learned-{count}")
        assert ran.status == 0
        said = f"{count} event types differ in a word with digits alone, order."
        assert (said in ran.out) == is_said


def test_strict(orders, tmp_path, run):
    """With --strict the dirt, and nothing else, breaks the contracts."""
    source = _file(tmp_path / "shop.jsonl", orders)
    run("catalog", "infer", source, "--output", tmp_path / "shop", "--strict")
    ran = run("check", "--catalog", tmp_path / "shop", source, "--format", "json")
    groups = {(group["pointer"], group["keyword"]) for group in json.loads(ran.out)["groups"]}
    assert ran.status == 1
    assert groups == {*shop.PLACES}


def test_order_says_nothing(orders):
    """However the notifications are ordered and shared out, the same files are learned from them."""
    expected = _files(orders)
    for seed in range(3):
        shuffled = Random(seed).sample(orders, len(orders))
        parts = [_learned(shuffled[start::4]) for start in range(4)]
        together = Learned()
        for part in parts:
            together.merge(part)
        assert json.dumps(draft(together, Drafting("shop"))) == json.dumps(expected)


def test_jobs(orders, tmp_path, run, parts):
    """Two processes learn the same, byte for byte, and print the same."""
    parts(60_000, 8_000, elsewhere=True)
    source = _file(tmp_path / "shop.jsonl", orders[:1000])
    alone = run("catalog", "infer", source, "--name", "shop", "--output", tmp_path / "one", "--hold-out", "2")
    shared = run(
        "catalog", "infer", source, "--name", "shop", "--output", tmp_path / "two", "--hold-out", "2", "--jobs", "2"
    )
    assert shared.out.replace("/two", "/one") == alone.out
    files = {path.relative_to(tmp_path / "one"): path.read_bytes() for path in (tmp_path / "one").rglob("*.json")}
    assert {
        path.relative_to(tmp_path / "two"): path.read_bytes() for path in (tmp_path / "two").rglob("*.json")
    } == files


def test_nothing_personal_leaves(glance):
    """No name, id, address or free text of the recording stands in the catalog, unless rules name it."""
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in glance.folder.rglob("*.json")]
    texts, stated = set(), set()
    for document in documents:
        for key, text in _texts(document):
            (stated if key in ("const", "enum") else texts).add(text)
    with Recording(glance.source) as opened:
        recorded = {text for content, _ in opened for _, text in _texts(content.envelope)}
    telling = {text for text in recorded if re.search("[0-9a-f]{8}|[ _-]", text) and not _TIME.match(text)}
    assert len(telling) > 1000
    assert telling & texts <= stated


def test_examples(orders, tmp_path, run):
    """Examples are replaced form for form, the same by the same; or left as they are; or generated."""
    source = _file(tmp_path / "shop.jsonl", orders[:400])
    made = {}
    for how in ("replaced", "real", "none"):
        run("catalog", "infer", source, "--output", tmp_path / how, "--examples", how)
        made[how] = Catalog(tmp_path / how).contract("order.created", "INFO").example()
    assert made["real"] in orders
    real, replaced = made["real"]["payload"], made["replaced"]["payload"]
    assert replaced["status"] == real["status"]
    assert replaced["email"].endswith("@example.org")
    assert replaced["ip"].startswith("192.0.2.")
    assert replaced["order_id"] != real["order_id"]
    assert all(made["none"]["payload"] != order["payload"] for order in orders)


def test_forms():
    """What texts have in common is a shared form, the finest that all have; a nullable one stays nullable."""
    uuids = [f"{n:08x}-0000-4000-8000-000000000000" for n in range(9)]
    assert _payload([{"id": text} for text in uuids])["properties"]["id"]["$ref"].endswith("uuid4")
    mixed = [{"id": text} for text in (*uuids, "00000000-0000-1000-8000-000000000000")]
    assert _payload(mixed)["properties"]["id"]["$ref"].endswith("lower_uuid")
    assert "$ref" not in _payload([{"id": text} for text in (*uuids, "me")])["properties"]["id"]
    nullable = _payload([{"id": text} for text in (*uuids, None)])["properties"]["id"]
    assert nullable["type"] == ["string", "null"]
    assert nullable["$ref"].endswith("uuid4")


def test_enumerations():
    """Values are enumerated where evidence bounds what was not seen, and never where people choose them."""
    sizes = [{"size": "small" if n % 3 else "large", "owner": "small" if n % 3 else "large"} for n in range(300)]
    properties = _payload(sizes)["properties"]
    assert properties["size"]["enum"] == ["large", "small"]
    assert "enum" not in properties["owner"]
    assert "enum" not in _payload(sizes[:12])["properties"]["size"]
    once = [*sizes[:150], {"size": "medium", "owner": "x"}]
    assert "enum" not in _payload(once)["properties"]["size"]


@pytest.mark.parametrize(
    ("name", "came", "refused"),
    [
        (
            "version",
            ["1.1"],
            ["1.zq", "", "one"],
        ),  # another is fine: of a form that other texts may have by chance, but again and again
        ("level", ["0", "20"], ["high"]),
        ("progress", [""], ["zq"]),
        ("state", ["", "up", "down"], ["UP", "zq"]),
        ("owner", ["12"], []),  # which somebody chose
        ("flavorid", ["1", "2"], []),  # an id, whose next may be of another form
        ("comment", [""], []),
    ],
)
def test_what_comes_again_and_again(name, came, refused, tmp_path):
    """Numbers in texts, and empty texts, that came again and again are rules as words are; seldom they are not."""
    told = list(small.notifications(*({name: came[n % len(came)], "n": n} for n in range(300))))
    for number, wrong in (300, refused), (15, []):
        write(_files(told[:number]), tmp_path / f"{number}")
        catalog = Catalog(tmp_path / f"{number}")
        tried = [*came, "1.2" if "1.1" in came else came[0], *refused]
        broken = [text for text in tried if not catalog.check({**told[0], "payload": {name: text, "n": 1}}).conforms]
        assert broken == wrong


def test_maps():
    """Objects whose names are data become one rule for all values, and one for the names where they have a form."""
    tags = [{"tags": {f"key {n} {m}": m for m in range(n % 3)}} for n in range(40)]
    schema = _payload(tags)["properties"]["tags"]
    assert schema["additionalProperties"]["type"] == "integer"
    assert "properties" not in schema
    by_id = [{"by_id": {f"{n:08x}-0000-4000-8000-00000000000{m}": True for m in range(2)}} for n in range(9)]
    assert _payload(by_id)["properties"]["by_id"]["propertyNames"]["$ref"].endswith("uuid4")


def test_relations():
    """Two fields whose states always come together are related, and a notification that breaks that is refused."""
    rows = [
        {"deleted": n % 4 == 0, "deleted_at": f"2026-11-22T09:32:{n % 60:02}Z" if n % 4 == 0 else None}
        for n in range(200)
    ]
    (relation,) = _payload(rows)["allOf"]
    assert relation["if"]["properties"] == {"deleted": {"const": True}}
    assert relation["then"]["properties"]["deleted_at"] == {
        "title": "not null because of deleted",
        "not": {"type": "null"},
    }
    assert relation["else"]["properties"]["deleted_at"]["type"] == "null"


def test_relations_of_very_many_fields(made, run, tmp_path):
    """Of very many states that go together only so many are related that the catalog can be used."""
    rows = [{f"f{m}": f"v{n * m % 11}" for m in range(1, 61)} for n in range(200)]
    recording = made("".join(f"{json.dumps(row)}\n" for row in small.notifications(*rows)).encode())
    ran = run("catalog", "infer", recording, "--output", tmp_path / "new")
    assert (ran.status, ran.err) == (0, "")
    related = json.loads((tmp_path / "new/events/a.b.json").read_text())["$defs"]["INFO"]["properties"]["payload"]
    assert len(related["allOf"]) == 256
    assert run("check", "--catalog", tmp_path / "new", recording).status == 0


def _of_nodes(count, different):
    """Return objects whose `fault` is there exactly where they are in maintenance, of as many different nodes."""
    for n in range(count):
        is_down = n % different % 4 == 0
        node = {
            "id": f"node {n % different}",
            "at": n,
            "maintenance": is_down,
            "reason": "it is hot" if is_down else None,
        }
        yield node | ({"fault": "fan"} if is_down else {})


@pytest.mark.parametrize("within", [("data",), ("node", "data")])
def test_relations_of_objects_in_payloads(within):
    """The fields of an object in the payload are related as its own are, and there only."""
    payloads = list(_of_nodes(200, 200))
    for name in reversed(within):
        payloads = [{name: payload} for payload in payloads]
    schema = _payload(payloads)
    for name in within:
        assert "allOf" not in schema
        schema = schema["properties"][name]
    titles = {each["title"] for each in schema["allOf"]}
    assert titles == {"reason that agrees with maintenance", "fault that agrees with maintenance"}


def test_few_objects_that_are_mentioned_often_are_no_evidence():
    """What a few resources have in common by chance is no relation, however often they are mentioned."""
    assert "allOf" not in _payload([{"node": node} for node in _of_nodes(800, 12)])["properties"]["node"]
    assert "allOf" in _payload([{"node": node} for node in _of_nodes(800, 64)])["properties"]["node"]


def test_when_a_field_is_there(tmp_path):
    """A field that comes exactly with a state of another, or with another field, belongs to that, and nowhere else."""
    fields = {"circle": {"radius": 1}, "square": {"side": 1, "unit": "cm"}}
    rows = [{"kind": kind, **fields[kind], **({"note": "x"} if n % 3 else {})} for n in range(60) for kind in fields]
    envelopes = list(small.notifications(*rows))
    write(_files(envelopes), tmp_path)
    catalog, (circle, square) = Catalog(tmp_path), envelopes[:2]

    def broken(envelope, payload):
        verdict = catalog.check({**envelope, "payload": payload})
        return {(each.pointer.removeprefix("/payload/"), each.keyword) for each in verdict.violations}

    assert broken(circle, rows[0]) == broken(square, rows[1]) == broken(square, {**rows[1], "note": "y"}) == set()
    assert broken(circle, {"kind": "circle"}) == {("radius", "required")}
    assert broken(circle, {**rows[1], "kind": "circle"}) == {("radius", "required"), ("side", "not"), ("unit", "not")}
    assert broken(square, {**rows[1], "radius": 1}) == {("radius", "not")}


@pytest.mark.parametrize(("number", "wrong"), [(30, 4), (12, 1)])
def test_two_forms_of_one_event(number, wrong, tmp_path):
    """Where each of two forms came often enough, what is neither is refused, though nothing is in both."""
    forms = {"disk": "a", "used": 3}, {"data": {"disk": "a"}}
    told = list(small.notifications(*(forms[n % 2] for n in range(number))))
    write(_files(told), tmp_path)
    catalog, neither = Catalog(tmp_path), ({"disk": "a"}, {"used": 3}, {**forms[0], **forms[1]}, {})
    tried = [{**told[0], "payload": payload} for payload in (*forms, *neither)]
    assert [catalog.check(each).conforms for each in tried] == [True] * (6 - wrong) + [False] * wrong


def test_when_a_field_is_there_as_only_the_sample_keeps(tmp_path, run):
    """When a field is there is looked for in a sample; what breaks it elsewhere is accepted all the same."""
    rows = [{"kind": "a" if n % 2 else "b", "n": n, **({"of_a": n} if n % 2 else {})} for n in range(3000)]
    for row in rows[2000:2030]:
        row["kind"] = "a"
    source = _file(tmp_path / "many.jsonl", small.notifications(*rows))
    assert run("catalog", "infer", source, "--output", tmp_path / "made").status == 0
    assert run("check", "--catalog", tmp_path / "made", source).status == 0


@pytest.mark.parametrize("name", ["b", "b/c", "b~1c", ""])
def test_a_relation_that_only_the_sample_keeps(tmp_path, run, name):
    """Relations are looked for in a sample; one that breaks elsewhere is left out, and all is accepted."""
    rows = [{"a": n % 4 == 0, name: n % 4 == 0, "n": n} for n in range(3000)]
    for row in rows[2000:2030]:
        row[name] = not row[name]
    envelopes = [
        {"message_id": str(n), "event_type": "a.b", "priority": "INFO", "payload": p} for n, p in enumerate(rows)
    ]
    source = _file(tmp_path / "many.jsonl", envelopes)
    ran = run("catalog", "infer", source, "--output", tmp_path / "made", "--hold-out", "3")
    assert ran.status == 0
    assert "of what was not seen 3,000 of 3,000 are accepted" in ran.out
    assert run("check", "--catalog", tmp_path / "made", source).status == 0


def test_open():
    """Objects are closed, unless --open says that more may come."""
    assert _payload([{"a": 1}] * 5)["additionalProperties"] is False
    assert "additionalProperties" not in _payload([{"a": 1}] * 5, is_open=True)


def test_evidence():
    """Each rule says how often it was seen, and which rate of exceptions that makes unlikely."""
    schema = _payload([{"a": n, **({"b": n} if n % 2 else {})} for n in range(300)])
    assert schema["properties"]["a"]["$comment"] == "seen in 300 of 300; an exception rate above 1 % is unlikely"
    assert schema["properties"]["b"]["$comment"].startswith("seen in 150 of 300; ")


def test_standard_input(orders, tmp_path, command):
    """A recording may come through a pipe, although it is read more than once."""
    lines = "".join(f"{json.dumps(order)}\n" for order in orders[:200]).encode()
    ran = command("catalog", "infer", "-", "--output", tmp_path / "piped", stdin=lines)
    assert ran.status == 0, ran.err
    assert "learned from 200 notifications" in ran.out


def test_what_cannot_be(tmp_path, orders, run):
    """Nothing is written over, and nothing is made of nothing; a line says why."""
    source = _file(tmp_path / "few.jsonl", orders[:5])
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "file").touch()
    ran = run("catalog", "infer", source, "--output", tmp_path / "there")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "give a new folder" in ran.err
    empty = _file(tmp_path / "empty.jsonl", [])
    ran = run("catalog", "infer", empty, "--output", tmp_path / "new")
    assert (ran.status, ran.err.count("\n")) == (2, 2)
    assert f"{empty}: no notification in it, it is empty" in ran.err
    assert not (tmp_path / "new").exists()
    ran = run("catalog", "infer", tmp_path / "missing", source, "--output", tmp_path / "rest")
    assert ran.status == 2
    assert (tmp_path / "rest" / "catalog.json").exists()


@pytest.mark.parametrize("options", [(), ("--examples", "none"), ("--hold-out", "2")], ids=" ".join)
def test_deep(options, tmp_path, run):
    """What is deeper than anybody writes it down, in a single notification, is learned and accepted."""
    envelope = {"message_id": "1", "event_type": "a.b", "priority": "INFO", "payload": {"it": 1}}
    source = _file(tmp_path / "deep.jsonl", [envelope])
    source.write_text(source.read_text().replace('{"it": 1}', f'{{"it": {"[" * 800}{"]" * 800}}}'))
    ran = run("catalog", "infer", source, "--output", tmp_path / "made", *options)
    assert ran.status == 0, ran.err
    assert run("check", source, "--catalog", tmp_path / "made").status == 0
    assert not list(lint(tmp_path / "made"))
    if "--hold-out" in options:
        assert "0 of 1 are accepted" in ran.out


UNNAMED = {"no name": ["a text", {"": {}}], "an item": [*[{"ids": []}] * 25, {"ids": ["a"]}, {"ids[]": {}}]}


@pytest.mark.parametrize("name", UNNAMED)
def test_names_of_what_is_no_property(name, tmp_path, run):
    """A property with no name, or with that of an item of an array, says nothing of payloads and items."""
    envelopes = [
        {"message_id": str(n), "event_type": f"a.{type(p).__name__}", "priority": "INFO", "payload": p}
        for n, p in enumerate(UNNAMED[name])
    ]
    source = _file(tmp_path / "named.jsonl", envelopes)
    ran = run("catalog", "infer", source, "--output", tmp_path / "made")
    assert ran.status == 0, ran.err


def test_names_that_are_keywords(tmp_path, run):
    """A property that is called as a keyword of JSON Schema is one as any other: its words are kept in examples."""
    words = {name: [f"{name}-red", f"{name}-green"] for name in ("enum", "const", "properties", "examples", "items")}
    envelopes = [
        {
            "event_type": "a.b",
            "priority": "INFO",
            "message_id": str(n),
            "payload": {k: [w[n % 2]] for k, w in words.items()},
        }
        for n in range(400)
    ]
    ran = run("catalog", "infer", _file(tmp_path / "named.jsonl", envelopes), "--output", tmp_path / "made")
    assert ran.status == 0, ran.err
    (contract,) = Catalog(tmp_path / "made").contracts
    payload = contract.example()["payload"]
    assert all(payload[name][0] in words[name] for name in words)


HOSTILE = {
    "an event type that leads out": {"event_type": "../../x", "priority": "INFO", "payload": {}},
    "an event type that is no text": {"event_type": ["a"], "priority": "INFO", "payload": {}},
    "a priority in lower case": {"event_type": "a.b", "priority": "info", "payload": {}},
    "a priority of a million letters": {"event_type": "a.b", "priority": "I" * 1_000_000, "payload": {}},
    "an event type of a million letters": {"event_type": "a" * 1_000_000, "priority": "INFO", "payload": {}},
    "no priority": {"event_type": "a.b", "message_id": "x", "publisher_id": "y", "payload": {}},
    "an event type that is a URI": {"event_type": "https://example.org/a", "priority": "INFO", "payload": {}},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_is_learned_from(name, orders, tmp_path, run):
    """What no contract can be named after is counted and said, as the status does; the rest is learned from."""
    source = _file(tmp_path / "mixed.jsonl", [{"message_id": "1", "timestamp": "x", **HOSTILE[name]}, *orders[:50]])
    for folder in ("--output", "--update"):
        ran = run("catalog", "infer", source, folder, tmp_path / "made")
        assert ran.status == 1, ran.err
        assert "nothing was learned from 1: " in ran.out
        assert max(map(len, ran.out.splitlines())) < 300
    assert len(Catalog(tmp_path / "made").contracts) == 4


BESIDE = {
    "MongoDB": {"_id": {"$oid": "5f5f5f5f5f5f5f5f5f5f5f5f"}},
    "CouchDB": {"_id": "a", "_rev": "1-9"},
    "Logstash": {"@timestamp": "2026-11-22T09:35:57Z", "@version": "1", "host": "a", "tags": []},
}


@pytest.mark.parametrize("way", ["--output", "--update"])
@pytest.mark.parametrize("store", BESIDE)
def test_what_a_store_puts_beside(store, way, orders, tmp_path, run):
    """What a store put beside notifications is no rule, as it is none of a check, and it is said what was set aside."""
    plain = _file(tmp_path / "plain.jsonl", orders[:50])
    stored = _file(tmp_path / "stored.jsonl", [{**BESIDE[store], **each} for each in orders[:50]])
    made, other = tmp_path / "one" / "shop", tmp_path / "other" / "shop"
    assert run("catalog", "infer", plain, "--output", made).status == 0
    if way == "--update":
        assert run("catalog", "infer", plain, "--output", other).status == 0
    ran = run("catalog", "infer", stored, way, other, *(["--hold-out", "5"] if way == "--output" else []))
    assert ran.status == 0
    names = ", ".join(f"{name} (50)" for name in sorted(BESIDE[store]))
    assert f"set aside, for a store or a collector puts it beside notifications: {names}\n" in ran.out
    written = [[each.read_bytes() for each in sorted(folder.rglob("*.json"))] for folder in (made, other)]
    assert written[0] == written[1]


def test_event_types_that_are_no_names(tmp_path, run):
    """Where nothing else came, it is said what is wrong with event types such as URIs, and not only with priorities."""
    told = {**HOSTILE["an event type that is a URI"], "message_id": "1", "publisher_id": "x", "timestamp": "x"}
    ran = run("catalog", "infer", _file(tmp_path / "all.jsonl", [told]), "--output", tmp_path / "made")
    assert (ran.status, "no / in the one" in ran.err) == (2, True)
    mixed = _file(tmp_path / "mixed.jsonl", [told, {**told, "event_type": "a.b"}])
    ran = run("catalog", "infer", mixed, "--output", tmp_path / "made")
    assert "nothing was learned from 1: an event_type that is no name of a file" in ran.out


@pytest.mark.parametrize("line", ["{", '{"message_id": "1"}', '{"oslo.version": "2.0", "oslo.message": 1}'])
def test_unreadable(line, orders, tmp_path, run):
    """What cannot be read as a notification is no success, for `check` either; a catalog is made of the rest."""
    source = _file(tmp_path / "mixed.jsonl", orders[:50])
    source.write_text(f"{source.read_text()}{line}\n")
    assert run("catalog", "infer", source, "--output", tmp_path / "made").status == 1
    assert run("check", "--catalog", tmp_path / "made", source).status == 1
    assert run("catalog", "infer", source, "--update", tmp_path / "made").status == 1


NOTHING = {
    "": "it is empty",
    "started\n": "its only line is something else",
    "a\n\nb\n": "its 3 lines are something else",
}


@pytest.mark.parametrize("how", [(), ("--jobs", "2")])
@pytest.mark.parametrize("content", NOTHING, ids=repr)
def test_a_source_of_nothing(content, how, orders, tmp_path, run):
    """A source in which there is no notification is told by whatever reads several: it may be the wrong one."""
    source, empty, made = _file(tmp_path / "shop.jsonl", orders[:50]), tmp_path / "other.log", tmp_path / "made"
    empty.write_text(content)
    said = f"notify-contracts: {empty}: no notification in it, {NOTHING[content]}\n"
    ran = run("catalog", "infer", source, empty, "--output", made, *how)
    assert (ran.status, ran.err) == (2, said)
    assert "learned from 50 notifications" in ran.out
    for command in (
        ("catalog", "drift", made, source, empty),
        ("catalog", "infer", "--update", made, source, empty),
    ):
        ran = run(*command, *how)
        assert (ran.status, ran.err) == (2, said)
    ran = run("catalog", "infer", source, "--event", "nothing.*", source, "--output", tmp_path / "other")
    assert "other.log" not in ran.err


def test_envelopes_of_many_attributes(tmp_path, run):
    """An envelope with more attributes than are told apart makes a sound catalog."""
    more = {f"x{number}": number for number in range(400)}
    rows = [{**row, **more} for row in small.notifications({"a": 1}, {"a": 2}, {"a": 3})]
    source = _file(tmp_path / "wide.jsonl", rows)
    assert run("catalog", "infer", source, "--output", tmp_path / "made").status == 0
    assert run("check", "--catalog", tmp_path / "made", source).status == 0


@pytest.mark.parametrize("share", [0.95, 0.3])
def test_wide_tables(share, tmp_path, run):
    """Rows of a table of 300 columns are no map, though a column may be missing; what has few of 300 names is one."""
    random = Random(1)
    columns = {f"{a}{b}": random.choice([1, "x", None, 0.5]) for a in "abcdefghijklmnopqrst" for b in "abcdefghijklmno"}
    rows = [{"row": {name: it for name, it in columns.items() if random.random() < share}} for _ in range(60)]
    source = _file(tmp_path / "wide.jsonl", list(small.notifications(*rows)))
    for jobs in (1, 2):
        made = tmp_path / str(jobs) / "made"
        assert run("catalog", "infer", source, "--output", made, "--jobs", jobs).status == 0
        assert run("check", "--catalog", made, source).status == 0
    name = next(iter(rows[0]["row"]))
    rows[0]["row"][name] = 1 if columns[name] == "x" else "x"
    wrong = _file(tmp_path / "wrong.jsonl", list(small.notifications(rows[0])))
    assert (f"/payload/row/{name} (type)" in run("check", "--catalog", made, wrong).out) is (share > 0.5)


def test_names_within_maps(tmp_path, run):
    """What a field is elsewhere is borrowed only with what it is in objects of too many names to tell apart."""
    payloads = [{"wide": {**{f"k{n}_{m}": m for m in range(300)}, "last": {"size": n}}} for n in range(3)]
    envelopes = [
        {"message_id": str(n), "event_type": "a.b", "priority": "INFO", "payload": p} for n, p in enumerate(payloads)
    ]
    others = (
        {"message_id": f"c{n}", "event_type": "a.c", "priority": "INFO", "payload": {"size": "x"}} for n in range(30)
    )
    source = _file(tmp_path / "maps.jsonl", [*envelopes, *others])
    ran = run("catalog", "infer", source, "--output", tmp_path / "made")
    assert ran.status == 0, ran.err


def test_deep_and_wide(tmp_path, run):
    """Values nested deeper, and objects with more properties, than are told apart make a sound catalog."""
    deep = value = {}
    for _ in range(60):
        value["a"] = value = {}
    payloads = [{"deep": deep, "wide": {f"k{n}_{m}": m for m in range(300)}} for n in range(3)]
    envelopes = [
        {"message_id": str(n), "event_type": "a.b", "priority": "INFO", "payload": p} for n, p in enumerate(payloads)
    ]
    source = _file(tmp_path / "hostile.jsonl", envelopes)
    ran = run("catalog", "infer", source, "--output", tmp_path / "made")
    assert ran.status == 0, ran.err
    assert run("check", "--catalog", tmp_path / "made", source).status == 0


KEYS = {
    "topic and priority": (["orders.info"], {"exchange": "shop", "topic": "orders"}),
    "several topics": (["a.info", "b.info", "a.info"], {"exchange": "shop", "topic": ["a", "b"]}),
    "event type": (["v1.a.b.info"], {"exchange": "shop", "routing_key": "v1.{event_type}.{priority}"}),
    "none": ([""], {"exchange": "shop", "routing_key": "{topic}"}),
    "spaces": (["to the north"], {"exchange": "shop", "routing_key": "{topic}"}),
    "no topic": ([".info"], {"exchange": "shop", "routing_key": ".{priority}"}),
    "no one way": (["north", "south"], {"exchange": "shop", "routing_key": "{topic}"}),
}


@pytest.mark.parametrize("name", KEYS)
def test_transport(name, tmp_path, run):
    """Exchange, topics and the way of routing keys are learned; what is no one way may be anything."""
    keys, expected = KEYS[name]
    messages = []
    for n in range(30):
        envelope = {"message_id": str(n), "event_type": "a.b", "priority": "INFO", "payload": {"n": n}}
        message = {
            "exchange": "shop",
            "routing_key": keys[n % len(keys)],
            "properties": {},
            "body": json.dumps(envelope),
        }
        messages.append(message)
    source = _file(tmp_path / "bus.jsonl", messages)
    assert run("catalog", "infer", source, "--output", tmp_path / "made").status == 0
    assert json.loads((tmp_path / "made" / "catalog.json").read_text())["transport"] == expected
    assert run("check", "--catalog", tmp_path / "made", source).status == 0


@pytest.mark.parametrize("nameless", [{"priority": ""}, {"event_type": ""}, {"priority": "NO WORD"}])
def test_transport_of_what_has_no_contract(nameless, tmp_path, run):
    """What no contract can be named after says nothing of the way of routing keys."""
    envelope = {"message_id": "m", "event_type": "a.b", "priority": "INFO", "payload": {"n": 1}}
    way = {"exchange": "shop", "routing_key": "notifications.info", "properties": {}}
    of_none = {**way, "routing_key": "elsewhere", "body": json.dumps(envelope | nameless)}
    source = _file(tmp_path / "bus.jsonl", [{**way, "body": json.dumps(envelope)}, of_none])
    assert run("catalog", "infer", source, "--output", tmp_path / "made").status == 1
    transport = json.loads((tmp_path / "made" / "catalog.json").read_text())["transport"]
    assert transport == {"exchange": "shop", "topic": "notifications"}


def test_too_many_routing_keys():
    """Routing keys that hold data are not remembered without end, in whatever order they are merged."""
    few, many = Learned(), Learned()
    few.ways.add([("shop", "a", ("a.b", "INFO"))])
    many.ways.add(("shop", str(n), ("a.b", "INFO")) for n in range(30_000))
    few.merge(many)
    assert few.ways.counts is None


def test_no_payload(tmp_path, run):
    """Notifications that never have a payload make contracts that do not ask for one."""
    envelopes = [{"message_id": str(n), "publisher_id": "p", "event_type": "a.b", "priority": "INFO"} for n in range(5)]
    source = _file(tmp_path / "bare.jsonl", envelopes)
    ran = run("catalog", "infer", source, "--output", tmp_path / "made")
    assert ran.status == 0, ran.err
    assert run("check", "--catalog", tmp_path / "made", source).status == 0


def test_what_is_borrowed_is_counted_once():
    """What few notifications say is completed by fields of the same name, whose counts the evidence tells."""
    rows = [("a.few", {"size": None, "x": 1})] * 3 + [("a.many", {"size": n, "y": 1}) for n in range(150)]
    envelopes = (
        {"message_id": str(n), "event_type": event_type, "priority": "INFO", "payload": payload}
        for n, (event_type, payload) in enumerate(rows)
    )
    files = _files(envelopes, is_strict=True)
    size = files["events/a.few.json"]["$defs"]["INFO"]["properties"]["payload"]["properties"]["size"]
    assert size["type"] == ["integer", "null"]
    assert size["$comment"].startswith("seen in 153 of 153; ")


def test_shapes_within_shapes():
    """Payloads that differ only in what is inside of an object are not taken for the same."""
    rows = [(f"a.{kind}", {"name": kind, "data": {kind: n}}) for kind in ("one", "two") for n in range(30)]
    envelopes = (
        {"message_id": str(n), "event_type": event_type, "priority": "INFO", "payload": payload}
        for n, (event_type, payload) in enumerate(rows)
    )
    files = _files(envelopes)
    data = files["events/a.one.json"]["$defs"]["INFO"]["properties"]["payload"]["properties"]["data"]
    assert (data["required"], [*data["properties"]], data["additionalProperties"]) == (["one"], ["one"], False)


def _told(rows):
    return (
        {"message_id": str(n), "event_type": event_type, "priority": "INFO", "payload": payload}
        for n, (event_type, payload) in enumerate(rows)
    )


def test_nothing_in_common():
    """Payloads of which nothing is always there are of one kind only if they share what is there sometimes."""
    forms = {"disk.full": ({"disk": "a"}, {"size": 1}), "user.login": ({"user": "b"}, {"age": 2})}
    files = _files(_told((event_type, form) for _ in range(10) for event_type, both in forms.items() for form in both))
    payload = files["events/disk.full.json"]["$defs"]["INFO"]["properties"]["payload"]
    assert payload["properties"].keys() == {"disk", "size"}
    assert not [name for name in files if name.startswith("payloads/")]


@pytest.mark.parametrize("within", [lambda data: {"data": data}, lambda data: {"data": [data]}, lambda data: data])
def test_kinds_of_what_is_not_always_there(within):
    """Payloads that have an object in half of all notifications are told apart by what is always in that object."""
    rows = [
        (f"{kind}.{done}", {"of": within({kind: n, "note": None})} if n % 2 else {"id": n})
        for n in range(12)
        for kind in ("disk", "user")
        for done in ("made", "gone")
    ]
    payloads = {name: json.dumps(content) for name, content in _files(_told(rows)).items() if "payloads/" in name}
    assert ['"disk"' in content for content in payloads.values()] == [True, False]
    assert ['"user"' in content for content in payloads.values()] == [False, True]


@pytest.mark.parametrize(("name", "attached"), [("metadata", True), ("extra_specs", True), ("state", False)])
def test_what_people_attach(name, attached):
    """What people attach to a thing is in all that is told of it: neither its names nor its values are rules."""
    told = [{"team": "red"}] * 100 + [{"site": "a7"}] * 50 + [{}] * 50
    payload = _payload({"id": n, name: each} for n, each in enumerate(told))
    stated = payload["properties"][name]
    assert ("properties" not in stated) == attached
    if attached:
        assert stated["additionalProperties"] == {"$comment": "what people attach", "type": "string"}


def test_what_is_always_attached():
    """What is in all objects of a name that people attach things under is no more than a rule of the program."""
    payload = _payload({"metadata": {"uid": n, "note": "x"} if n % 2 else {"uid": n}} for n in range(40))
    assert payload["properties"]["metadata"]["required"] == ["uid"]


def test_words_that_people_attach():
    """Of what is attached to some only, no values are listed, of no event either, but of what is always there."""
    rows = []
    for n in range(400):
        labels = {"severity": ("page", "info")[n % 2], "job": ("web", "db")[n // 200], "zone": ("a", "b")[n % 2]}
        labels["state"] = ("up", "down")[n % 2]
        labels = {name: text for name, text in labels.items() if name == "severity" or n % 3}
        rows.append((f"alert.{('on', 'off')[n // 200]}", {"id": n, "labels": labels}))
    for told in (rows, [("alert.on", payload) for _, payload in rows]):
        written = json.dumps(_files(_told(told)))
        assert '"enum": ["info", "page"]' in written
        assert '"enum": ["down", "up"]' in written
        assert '"enum": ["a", "b"]' not in written
        assert '"const": "web"' not in written


def test_what_may_be_below_zero():
    """What was counted, or measured from about zero on, is not below it; what was measured far from it may be."""
    payload = _payload(
        {"latitude": 52.3 + n / 100, "took": n / 7, "size": 5000 + n, "at": 1_796_090_669.13 + n} for n in range(40)
    )
    stated = {name: schema.get("minimum") for name, schema in payload["properties"].items()}
    assert stated == {"latitude": None, "took": 0, "size": 0, "at": 0}


def test_numbered_names():
    """Names that differ in nothing but numbers are data where each is there seldom, and none where all always are."""
    told = []
    for number in range(200):
        payload = {"seldom": {f"temp-{number * k % 16}": 1.5 for k in (1, 5)}, "always": {f"x{n}": 1 for n in range(9)}}
        told.append({"event_type": "device.told", "priority": "SAMPLE", "payload": payload})
    payload = _files(told)["events/device.told.json"]["$defs"]["SAMPLE"]["properties"]["payload"]["properties"]
    assert "properties" not in payload["seldom"]
    assert payload["seldom"]["additionalProperties"]["type"] == "number"
    assert len(payload["always"]["required"]) == 9


@pytest.mark.parametrize(("rare", "is_map"), [(1, True), ("one", False)])
def test_names_that_are_data_beside_one_that_is_always_there(rare, is_map):
    """Many rare names are data though a total stands beside them, where what stands under them is alike."""
    schema = _payload([{"by_test": {"total": 1, f"of {chr(97 + n % 26)}": rare}} for n in range(52)])
    assert ("properties" not in schema["properties"]["by_test"]) == is_map


def test_forms_and_words_of_names():
    """That one host bears the form of an address says nothing of other hosts, that six do does; no ARN is a word.

    Nor is an image of containers.
    """
    rows = [{"server_name": "192.0.2.4", "address": "192.0.2.4", "peer_host": f"192.0.2.{n % 6}"} for n in range(300)]
    payload = _payload(
        [{**row, "arn": f"arn:aws:s3:::logs-{n % 2}", "from": "shop/web:1.2"} for n, row in enumerate(rows)]
    )["properties"]
    assert not {"$ref", "allOf"} & payload["server_name"].keys()
    assert "ipv4" in str(payload["address"])
    assert "ipv4" in str(payload["peer_host"])
    assert "enum" not in str(payload["arn"])
    assert "const" not in str(payload["from"])


@pytest.mark.parametrize("way", ["--output", "--update"])
def test_other_events(way, run, tmp_path, orders):
    """Where nothing is a notification, infer says how events with another envelope are read, and what it says works."""
    told = [{"id": f"{n}", "type": "order.created", "source": "/shop", "data": {"n": n}} for n in range(30)]
    lines = tmp_path / "events.jsonl"
    lines.write_text("".join(f"{json.dumps(each)}\n" for each in told))
    learned, given = tmp_path / "learned", ()
    if way == "--update":
        whole = tmp_path / "shop.jsonl"
        whole.write_text("".join(f"{json.dumps(each)}\n" for each in orders[:50]))
        run("catalog", "infer", whole, "--output", learned)
    ran = run("catalog", "infer", lines, way, learned)
    assert ran.status == 2
    assert ('"envelope" in catalog.json' if way == "--update" else "--envelope says so: cloudevents") in ran.err
    if way == "--update":
        manifest = json.loads((learned / "catalog.json").read_text())
        envelope = {"event_type": "{/type}", "priority": "INFO", "message_id": "{/id}", "payload": "{/data}"}
        (learned / "catalog.json").write_text(json.dumps(manifest | {"envelope": envelope}))
    else:
        given = ("--envelope", "cloudevents")
    assert run("catalog", "infer", lines, way, learned, *given).status == 0
    assert run("check", lines, "--catalog", learned).status == 0


def test_suspects_are_counted(run, tmp_path):
    """What is rare is counted however often it comes, and told with the place of the first."""
    told = []
    for number in range(4000):
        payload = {"state": "open" if number % 2 else "closed", "count": number}
        if number % 200 == 7:
            payload["state"] = "Open"
        if number % 400 == 9:
            payload["extra"] = True
        told.append({"message_id": f"{number}", "event_type": "door.told", "priority": "INFO", "payload": payload})
    lines = tmp_path / "doors.jsonl"
    lines.write_text("".join(f"{json.dumps(each)}\n" for each in told))
    ran = run("catalog", "infer", lines, "--output", tmp_path / "doors", "--jobs", "1")
    suspects = [line.split(";")[0] for line in ran.out.splitlines() if " x " in line]
    assert [line.split(" x ")[0].strip() for line in suspects] == ["20", "10"]
    assert "first: " in ran.out
    assert ", line 8, message_id 7" in ran.out
    assert ", line 10, message_id 9" in ran.out


def _person(number):
    who = ("Maria Schneider", "o'brien", "Zoë Ångström", "li.wei")[number % 4]
    return {
        "greeting": "written to Maria" if number % 2 else "asked for Li",
        "is_asked": number % 2 == 0,
        "server": f"db{number % 2}.corp.internal",
        "image": f"registry.corp/team/app:{number % 2}",
        "birthday": f"197{number % 10}-03-01",
        "phone": 491700000000 + number,
        "lat": -33.5 - number / 4,
        "votes": {f"{who} {number // 4}": number, f"li {number}": 1, f"zo {number}": 2},
        "by": who,
        "nickname": ("zoe99", "maria_s")[number % 2],
        "cashier": ("schneider", "angstrom")[number % 2],
    }


def test_people(tmp_path, run):
    """Of people nothing stands in rules or examples: no sentence or host as a value, no name as that of a property."""
    rows = small.notifications(*map(_person, range(400)))
    ran = run("catalog", "infer", _file(tmp_path / "people.jsonl", rows), "--output", tmp_path / "people")
    assert ran.status == 0
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "people").rglob("*.json"))
    people = ("Maria", "brien", "Zoë", "li.wei", "li 1", "zo 1", "zoe99", "angstr")
    for text in (*people, "asked", "corp", "197", "4917", "-33", "-40"):
        assert text not in written.replace("is_asked", ""), text
    example = Catalog(tmp_path / "people").contract("a.b", "INFO").example()["payload"]
    assert example.keys() == _person(0).keys()
    assert example["birthday"] == "2000-01-01"


@pytest.mark.parametrize("has_nulls", [True, False])
def test_type_in_one_event(has_nulls):
    """What an event always has of several types that others have of a field is stated; whole numbers are by chance."""
    payloads = {
        "a.made": lambda n: {"result": f"job {n}", "load": n},
        "a.listed": lambda n: {"result": [f"job {n}"], "load": n / 7},
        "a.failed": lambda _: {"result": None, "load": None},
    }
    told = [name for name in payloads if has_nulls or name != "a.failed"]
    files = _files(_told((event_type, payloads[event_type](n)) for event_type in told for n in range(30)))
    stated = {}
    for event_type in told:
        own = files[f"events/{event_type}.json"]["$defs"]["INFO"]["properties"]["payload"].get("properties", {})
        stated[event_type] = [own.get(name, {}).get("type") for name in ("result", "load")]
    number = "number" if has_nulls else None
    expected = {"a.made": ["string", number], "a.listed": ["array", number], "a.failed": ["null", "null"]}
    assert stated == {name: expected[name] for name in told}
