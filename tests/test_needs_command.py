"""``needs check``: its exit status, its forms, and files of needs that want to do harm."""

import json
import os
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

import notify_contracts
from notify_contracts._comparison.needs import Effect, Shares, held, read_consumer, written_consumer
from notify_contracts._report.needs import NEEDS_FORMATS, Standing, formatted_needs
from notify_contracts.catalog import load, schema_of_files
from tests.comparing import PARCEL, PARCELS, changed, parcels
from tests.hostile import HOSTILE
from tests.telling import telling

SCHEMA = Path(notify_contracts.__file__).parent / "_report" / "needs" / "needs.schema.json"
READS = [
    {"for": "label", "places": ["$.payload.number"], "form": {"type": "string"}},
    {"places": ["$.payload.due"], "absent": "lost"},
    {"places": ["$.payload.labels.de", "$.payload.kind"], "absent": "defaulted"},
]
DUE = {"places": ["$.payload.due"], "source": {"file": "depot.py", "line": 12}}
NEED = {"event_types": ["parcel.accepted"], "reads": READS}
UNREAD = "locker_door.stuck-INFO, locker_door.stuck-ERROR, parcel.lost-WARN, parcel.lost-ERROR"
CONTENT = {"consumer": "depot", "version": "1.0", "needs": [NEED]}


def _of(*reads, **need):
    return {**CONTENT, "needs": [{"event_types": ["parcel.accepted"], "reads": list(reads), **need}]}


@pytest.fixture
def check(run, tmp_path):
    """Run ``needs check`` with a file of needs that has this content, against the parcels."""

    def check(content, *arguments, catalog=PARCELS):
        file = tmp_path / "depot.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return run("needs", "check", file, "--catalog", catalog, *arguments)

    return check


def test_well(check):
    """What only may be missing from what a consumer makes gives status 0, and is told."""
    ran = check(CONTENT)
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "needs of depot 1.0",
        "  possible     lost       $.payload.due of parcel.accepted-INFO: $.payload.due may be absent",
        "  guaranteed              $.payload.number, $.payload.labels.de or $.payload.kind of parcel.accepted-INFO",
        f"  not read                {UNREAD}",
        "parcels 0.3.1 gives every consumer what it cannot do without",
    ]


def test_not_guaranteed(check):
    """What a consumer cannot do without, and may miss, gives status 1, with the line that says so."""
    ran = check(_of(DUE))
    assert ran.status == 1
    assert "! possible     fails      $.payload.due of parcel.accepted-INFO: $.payload.due may be absent" in ran.out
    assert "said in depot.py:12" in ran.out
    assert ran.out.endswith("1 need is not guaranteed by parcels 0.3.1\n")


@pytest.mark.parametrize(
    ("effect", "asked", "status"),
    [
        ("lost", (), 0),
        ("lost", ("lost",), 1),
        ("lost", ("fails", "lost"), 1),
        ("lost", ("defaulted",), 0),
        ("defaulted", ("defaulted",), 1),
        ("fails", ("lost",), 0),
    ],
)
def test_what_fails(check, effect, asked, status):
    """Only the effects that are asked about give status 1."""
    options = [word for one in asked for word in ("--fail-on", one)]
    assert check(_of({**DUE, "absent": effect}), *options).status == status


def test_what_cannot_be_told_fails(check):
    """What nobody can tell is not guaranteed: a consumer that fails without it is not well."""
    assert check(_of({"places": ["$._context_user_id"]})).status == 1
    assert check(_of({"places": ["$.payload.number"], "unclear": "a plugin"})).status == 1


@pytest.mark.parametrize("need", [{"event_types": ["letter.*"]}, {"only": ["letter.*"]}, {"priorities": ["AUDIT"]}])
def test_nothing_is_held(check, need):
    """Needs of which the catalog has no contract were not held against anything: status 2, in every form."""
    content = _of(READS[0], **need)
    for name in NEEDS_FORMATS:
        ran = check(content, "--format", name)
        assert ran.status == 2
        assert "nothing" in ran.out


def test_one_of_two_consumers_reads_nothing(run, tmp_path):
    """One consumer that reads nothing of the catalog is said and is not well, whatever the other one reads."""
    (tmp_path / "a.json").write_text(json.dumps(CONTENT))
    (tmp_path / "b.json").write_text(json.dumps({**_of(READS[0], event_types=["letter.*"]), "consumer": "post"}))
    ran = run("needs", "check", tmp_path, "--catalog", PARCELS)
    assert ran.status == 2
    assert "note: post: reads nothing of this catalog" in ran.out
    assert ran.out.endswith("not everything could be held against parcels 0.3.1\n")


def test_a_folder_without_needs(run, tmp_path):
    """A folder without a file of needs is no success."""
    ran = run("needs", "check", tmp_path, "--catalog", PARCELS)
    assert ran.status == 2
    assert "no file of needs in it" in ran.err


def test_a_folder_is_read_whole(run, tmp_path):
    """In a folder every file that could be one of needs is read, however deep and in YAML, but what is hidden."""
    deep = tmp_path / "needs" / "north" / "depot.json"
    deep.parent.mkdir(parents=True)
    deep.write_text(json.dumps(_of({"places": ["$.payload.nobody_has_it"]})))
    (tmp_path / "needs" / ".git").mkdir()
    (tmp_path / "needs" / ".git" / "other.json").write_text("[]")
    ran = run("needs", "check", tmp_path / "needs", "--catalog", PARCELS)
    assert ran.status == 1
    assert "$.payload.nobody_has_it" in ran.out
    (tmp_path / "needs" / "billing.yaml").write_text("reads: all of it")
    ran = run("needs", "check", tmp_path / "needs", "--catalog", PARCELS)
    assert ran.status == 2
    assert "billing.yaml: no event definitions" in ran.err


def test_json_keeps_its_schema(check, hostile):
    """What is written as JSON keeps the schema that is shipped, and a witness keeps its contract."""
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    schema.check_schema(schema.schema)
    ran = check(_of(DUE), "--format", "json")
    content = json.loads(ran.out)
    for one in (content, json.loads(formatted_needs(hostile, "json"))):
        schema.validate(one)
    (row,) = content["consumers"][0]["needs"]
    assert (row["answer"], row["effect"], row["counts"]) == ("possible", "fails", True)
    assert parcels().check(row["witness"]).conforms
    assert "due" not in row["witness"]["payload"]


def test_junit(check):
    """JUnit has a test case for each read and contract: what fails is a failure, what is not asked about is skipped."""
    suite = ET.fromstring(check(_of(DUE, READS[0], READS[1]), "--format", "junit").out).find("testsuite")
    results = [[child.tag for child in case if child.tag in ("failure", "skipped")] for case in suite.iter("testcase")]
    assert sorted(results) == [[], ["failure"], ["skipped"]]


def test_github(check):
    """Annotations tell each need that is not guaranteed as an error, and the outcome as a notice."""
    out = check(_of(DUE), "--format", "github").out.splitlines()
    assert [line.partition(" ")[0] for line in out] == ["::error", "::notice"]
    assert "said in depot.py:12" in out[0]


def test_github_of_a_consumer_of_nothing_here(run, tmp_path):
    """A consumer that reads nothing of the catalog, which gives status 2, is an error beside one that does."""
    needs = [tmp_path / f"{name}.json" for name in ("depot", "post")]
    for path, event_type in zip(needs, ("parcel.accepted", "letter.sent"), strict=True):
        need = {"event_types": [event_type], "reads": [{"places": ["$.message_id"]}]}
        path.write_text(json.dumps({"consumer": path.stem, "needs": [need]}))
    ran = run("needs", "check", *map(str, needs), "--catalog", str(PARCELS), "--format", "github")
    assert ran.status == 2
    assert "::error title=post::reads nothing of this catalog" in ran.out.splitlines()


def test_a_recording(check, tmp_path):
    """Of real notifications it is told how many have what is read."""
    example = load(PARCELS).contract("parcel.accepted", "INFO").example()
    late = example | {"payload": example["payload"] | {"due": "2026-12-24"}}
    early = example | {"payload": {name: one for name, one in example["payload"].items() if name != "due"}}
    source = tmp_path / "real.jsonl"
    source.write_text("".join(f"{json.dumps(one)}\n" for one in (late, early, early)))
    ran = check(_of(DUE), "--recording", source)
    assert "may be absent; 1 of 3 recorded have it" in ran.out
    assert json.loads(check(_of(DUE), "--recording", source, "--format", "json").out)["consumers"][0]["needs"][0][
        "recorded"
    ] == {"having": 1, "seen": 3}


@pytest.mark.parametrize(
    ("lines", "reason"),
    [("", "no notification in the recordings is read by any consumer"), ("{\n", "1 entry of the recordings could not")],
)
def test_a_recording_that_says_less_than_it_seems(check, tmp_path, lines, reason):
    """A recording of which nothing was counted is said, and is never status 0."""
    (tmp_path / "real.jsonl").write_text(lines)
    ran = check(_of(READS[0]), "--recording", tmp_path / "real.jsonl")
    assert ran.status == 2
    assert reason in ran.err
    assert reason in ran.out


def _deep(levels):
    return '{"consumer": "c", "needs": ' + "[" * levels + "]" * levels + "}"


def _nested(levels):
    form = {"type": "string"}
    for _ in range(levels):
        form = {"not": form}
    return form


FORM = "/needs/0/reads/0/form"
REFUSED = {
    "not JSON": ("{", "it ends in the middle of a value; a file of needs is JSON"),
    "no value": ("\xff", "unexpected character, expected a JSON value"),
    "a list": ("[]", "expected"),
    "names twice": ('{"consumer": "a", "consumer": "b", "needs": []}', "consumer"),
    "no needs": ({"consumer": "c", "needs": []}, "/needs: expected"),
    "a strange name": ({**CONTENT, "neds": []}, "neds"),
    "no path": (_of({"places": ["payload.number"]}), "/needs/0/reads/0/places/0: expected"),
    "a wrong path": (_of({"places": ["$..number"]}), "/needs/0/reads/0/places/0: $..number: not understood from"),
    "no place": (_of({"places": []}), "/needs/0/reads/0"),
    "no effect": (_of({**DUE, "absent": "explodes"}), "/needs/0/reads/0/absent: expected"),
    "a keyword that is unknown": (_of({**DUE, "form": {"minimun": 1}}), f"{FORM}"),
    "a reference to elsewhere": (_of({**DUE, "form": {"$ref": "https://evil.example/"}}), f"{FORM}: a $ref: write"),
    "a reference without an end": (_of({**DUE, "form": {"$ref": "#"}}), f"{FORM}"),
    "a reference within": (
        _of({**DUE, "form": {"items": {"$ref": "#/$defs/a"}, "$defs": {"a": {}}}}),
        f"{FORM}/items: a $ref: write the schema itself",
    ),
    "a form that is nested deeply": (_of({**DUE, "form": _nested(51)}), f"{FORM}: nested deeper than 50 levels"),
    "a condition that is long": (
        _of({"places": [f"$.a[?@{'.b' * 11}]"]}),
        "a condition leads through at most 10 names",
    ),
    "a form that is no schema": (_of({**DUE, "form": {"type": "decimal"}}), f"{FORM}"),
    "a keyword for another type": (
        _of({**DUE, "form": {"items": {"type": ["integer", "null"], "minLength": 3}}}),
        f"{FORM}/items/minLength: does nothing: it is for type string, and the type is integer or null",
    ),
    "a type that is none": (_of({**DUE, "form": {"type": 5, "minLength": 3}}), f"{FORM}"),
    "a pattern that takes for ever": (_of({**DUE, "form": {"pattern": "(?=(a+)+$)a"}}), f"{FORM}"),
    "an event type that takes for ever": (
        _of(DUE, event_types=["(?=(a+)+$)b"], matching="regex"),
        "/needs/0/event_types/0: (?=(a+)+$)b: groups that repeat",
    ),
    "an event type that is no expression": (
        _of(DUE, event_types=["("], matching="regex-prefix"),
        "/needs/0/event_types/0: (",
    ),
    "nested deeply": (_deep(100_000), "depot.json: "),
    "nested": (_deep(400), "depot.json: "),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(check, tmp_path, name):
    """What is no file of needs is refused in one line that says where, with status 2."""
    content, reason = REFUSED[name]
    ran = check(content)
    assert ran.status == 2
    assert ran.out == ""
    assert reason in ran.err
    assert ran.err.count("\n") == 1
    assert str(tmp_path / "depot.json") in ran.err


def test_a_contract_that_nothing_keeps(check, parcels_copy):
    """Of a contract that nothing keeps everything is proved: it is told, and status 2."""
    file = parcels_copy / "events" / "parcel.accepted.json"
    content = json.loads(file.read_bytes())
    properties = content["$defs"]["INFO"]["properties"]
    properties["payload"] = {"allOf": [properties["payload"], {"type": "string"}]}
    file.write_text(json.dumps(content), "utf-8")
    ran = check(_of({"places": ["$.payload.no_such_thing"]}), catalog=parcels_copy)
    assert ran.status == 2
    assert "guaranteed" in ran.out
    assert "problem: parcel.accepted-INFO: no example keeps it: perhaps nothing does; run catalog lint" in ran.out


def test_files_that_are_none(run, tmp_path):
    """A pipe is not waited for, a huge file is not read, and what is not there is said."""
    os.mkfifo(tmp_path / "pipe.json")
    with (tmp_path / "huge.json").open("wb") as huge:
        huge.truncate(16 * 1024 * 1024 + 1)
    for name, reason in (("pipe", "it is no regular file"), ("huge", "larger than 16 MiB"), ("none", "cannot be read")):
        ran = run("needs", "check", tmp_path / f"{name}.json", "--catalog", PARCELS)
        assert ran.status == 2
        assert reason in ran.err
        assert ran.err.count("\n") == 1


MUCH = {
    "a form": {**DUE, "form": _nested(49)},
    "a path": {"places": ["$" + ".a" * 49 + "[?@.b.b.b.b.b.b.b.b.b.b == 1]"], "form": _nested(48)},
    "places": {"places": [f"$.payload.labels.a{number}" for number in range(120)], "empty_is_absent": True},
    "an enumeration": {**DUE, "form": {"enum": list(range(20_000))}},
    "items": {"places": ["$.payload.contents"], "form": {"minItems": 10**9, "uniqueItems": True}},
}


@pytest.mark.parametrize("name", telling(MUCH, MUCH.keys() - {"places"}))
def test_much(check, name):
    """What is deep, large or much is answered, if need be by that it cannot be told, and never with a traceback."""
    ran = check(_of(MUCH[name]))
    assert ran.status == 1
    assert ran.err == ""


@pytest.mark.parametrize(
    "event_types",
    [["(a+)+$"], ["(.*a){20}"], ["(a|aa)+$", "([a-z]+)*x"]],
)
def test_expressions_that_take_long(check, event_types):
    """Expressions that backtrack for ever elsewhere are answered at once, or refused."""
    assert check(_of(DUE, event_types=event_types, matching="regex-prefix")).status == 2


@pytest.mark.parametrize("read", ["depot.json", "real.jsonl", "new/catalog.json", "needs/one.json"])
def test_what_is_read_is_not_overwritten(run, tmp_path, read):
    """No output takes the place of needs, of a recording, or of a file of the catalog."""
    changed(tmp_path, {})
    (tmp_path / "needs").mkdir()
    for file in ("depot.json", "needs/one.json"):
        (tmp_path / file).write_text(json.dumps(CONTENT))
    (tmp_path / "real.jsonl").write_text(json.dumps(load(PARCELS).contract("parcel.accepted", "INFO").example()))
    before = (tmp_path / read).read_bytes()
    sources = tmp_path / "depot.json", tmp_path / "needs", "--recording", tmp_path / "real.jsonl"
    ran = run("needs", "check", *sources, "--catalog", tmp_path / "new", "--output", tmp_path / read)
    assert ran.status == 2
    assert "give" in ran.err
    assert (tmp_path / read).read_bytes() == before


def test_output(check, tmp_path):
    """A report appears whole where it is asked for, and nothing is printed."""
    ran = check(CONTENT, "--format", "html", "--output", tmp_path / "needs.html")
    assert ran.out == ""
    assert (tmp_path / "needs.html").read_text().startswith("<!doctype html>")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Give needs whose every text is meant to be obeyed, held against the parcels."""
    folder = tmp_path_factory.mktemp("hostile")
    consumers = []
    for number, text in enumerate(HOSTILE):
        place = "$[" + json.dumps(text) + "]"
        reads = [{"for": text, "places": [place, f"$.payload{place[1:]}"], "source": {"file": text, "line": 1}}]
        reads.append({"for": text, "places": [], "unclear": text})
        needs = [{"event_types": ["*"], "reads": reads}, {"event_types": [f"[{text}"], "reads": reads, "for": text}]
        file = folder / f"{number}.json"
        file.write_text(json.dumps({"consumer": text, "version": text, "needs": needs}))
        consumers.append(read_consumer(file))
    found = tuple(held(consumers, parcels()))
    return Standing(HOSTILE[0], found, frozenset(Effect), Shares(), (*HOSTILE,))


@pytest.mark.parametrize("name", NEEDS_FORMATS)
def test_nothing_is_obeyed(hostile, name):
    """What a consumer says is shown in every form and obeyed in none."""
    text = formatted_needs(hostile, name).decode()
    lines = text.splitlines()
    assert not {"\x1b", "\u202e", "\x07", "\u2066"} & set(text)
    commands = [line for line in lines if line.lstrip().startswith("::")]
    assert [
        one for one in commands if name != "github" or not one.startswith(("::error title=", "::notice title="))
    ] == []
    if name == "html":
        assert "<script" not in text
        assert "<img" not in text
    if name == "junit":
        ET.fromstring(text)
    if name == "markdown":
        assert all(line.count("`") >= 2 for line in lines if "<script>" in line)
        assert "\n# head" not in text
    if name == "text":
        assert not any(line.startswith(("# head", "| x |", "::")) for line in lines)


def test_secrets_are_not_shown(check, tmp_path):
    """A witness shows no value that is a secret by its name."""

    def change(content):
        content["properties"]["x-password"] = {"description": "It opens.", "type": "string"}

    root = changed(tmp_path, {PARCEL: change})
    accepted = root / "events" / "parcel.accepted.json"
    content = json.loads(accepted.read_text())
    example = content["$defs"]["INFO"]["examples"][0]
    example["payload"]["x-password"] = "s3cret"
    accepted.write_text(json.dumps(content))
    for name in NEEDS_FORMATS:
        ran = check(_of(DUE, {"places": ["$.payload.nowhere"]}), "--format", name, catalog=root)
        assert ran.status == 1
        assert "s3cret" not in ran.out


def test_written_anew(tmp_path):
    """What is read of a file of needs is written so that it is read as the same."""
    need = {
        "for": "billing", "event_types": ["parcel\\..*"], "except": ["parcel.lost"], "only": ["parcel.a"],
        "matching": "regex-prefix", "priorities": ["ERROR", "INFO"], "group": "g",
        "source": {"file": "a.py", "line": 3},
        "reads": [*READS, {**DUE, "malformed": "lost", "empty_is_absent": True}, {"places": [], "unclear": "a plugin"}],
    }  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps({**CONTENT, "description": "It weighs.", "needs": [need]}))
    consumer = read_consumer(tmp_path / "a.json")
    written = written_consumer(consumer)
    (tmp_path / "b.json").write_bytes(written)
    again = read_consumer(tmp_path / "b.json")
    assert written_consumer(again) == written
    assert again == replace(consumer)
    schema = jsonschema.Draft202012Validator(schema_of_files("needs"))
    schema.check_schema(schema.schema)
    schema.validate(json.loads(written))


@pytest.mark.parametrize("catalog", ["nowhere", "git:HEAD~1", "glance-emitted,parcels"])
def test_no_catalog(check, catalog):
    """A catalog that cannot be had is said in one line, with status 2."""
    ran = check(CONTENT, catalog=catalog)
    assert ran.status == 2
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("narrowed", "told"),
    [
        ({"event_types": ["*"], "priorities": ["WARNING"]}, "* of priority WARNING"),
        ({"only": ["parcel.lost"]}, "parcel.lost"),
        ({"except": ["parcel.*"]}, "parcel.accepted except parcel.*"),
    ],
)
def test_a_need_that_reads_nothing(check, narrowed, told):
    """A need of which the contracts here have the event type, but nothing that it reads, is told."""
    reading = _of(*READS)["needs"]
    ran = check({**CONTENT, "needs": [*reading, {**reading[0], **narrowed}]})
    assert ran.status == 0
    assert f"note: depot: 1 of 2 needs read nothing here, for what they read has no contract: {told}\n" in ran.out


MISSING = {
    "a mistyped event type": (
        {"event_types": ["parcel.lsot"]},
        'parcel.lsot: there is no such contract; did you mean "parcel.lost"?',
    ),
    "one beside others": (
        {"event_types": ["parcel.accepted", "parcel.lsot"]},
        'parcel.lsot: there is no such contract; did you mean "parcel.lost"?',
    ),
    "one beside others, of a priority": (
        {"event_types": ["parcel.accepted", "parcel.lsot"], "priorities": ["INFO"]},
        'parcel.lsot-INFO: there is no such contract; did you mean "parcel.lost"?',
    ),
    "a dropped one": ({"event_types": ["parcel.burned"]}, "parcel.burned: there is no such contract"),
    "a priority": (
        {"priorities": ["WARN"]},
        "parcel.accepted-WARN: there is no such contract",
    ),
    "a mistyped priority beside another": (
        {"priorities": ["INFO", "ERORR"]},
        "parcel.accepted-ERORR: there is no such contract",
    ),
}


@pytest.mark.parametrize(("needed", "told"), MISSING.values(), ids=MISSING)
def test_nothing_of_the_kind(check, needed, told):
    """What a need names and no contract here is of can never come, if others are of the same kind of resource."""
    reading = _of(*READS)["needs"]
    content = {**CONTENT, "needs": [*reading, {**reading[0], **needed}]}
    for name in NEEDS_FORMATS:
        ran = check(content, "--format", name)
        assert ran.status == 1
        assert "there is no such contract" in ran.out
    *rows, headline = check(content).out.splitlines()
    row = next(line for line in rows if line.startswith("! impossible   fails      $.payload.number"))
    assert row.endswith(f" of {told}")
    assert headline == "1 need is not guaranteed by parcels 0.3.1"
    lost = [{**each, "absent": "lost"} for each in reading[0]["reads"]]
    content["needs"][1]["reads"] = lost
    assert check(content).status == 0
    assert check(content, "--fail-on", "lost").status == 1


def test_a_pattern_that_nothing_matches(check):
    """What a need names beside other event types, and is another service's or a glob, is told: it may be mistyped."""
    for named, name in (
        ({"event_types": ["parcel.accepted", "door.lost"]}, "door.lost"),
        ({"event_types": ["parcel.accepted", "parcel.l?st.*"]}, "parcel.l?st.*"),
        ({"event_types": ["parcel.a*"], "priorities": ["INFO", "ERORR"]}, "parcel.a*-ERORR"),
    ):
        ran = check(_of(*READS, **named))
        assert ran.status == 0
        assert f"note: depot: no event type here matches {name}, which a need names beside others" in ran.out


def test_needs_of_another_service(check):
    """Needs of which nothing is like anything in the catalog are another service's, and only told."""
    needs = [_of(*READS, event_types=[name])["needs"][0] for name in ("parcel.accepted", "door.lost", "parcellost")]
    ran = check({**CONTENT, "needs": needs})
    assert ran.status == 0
    assert "note: depot: 2 of 3 needs are of event types without a contract here: door.lost, parcellost\n" in ran.out
    ran = check({**CONTENT, "needs": [needs[0], _of(*READS, event_types=["parcels.*"])["needs"][0]]})
    assert 'event types without a contract here: parcels.*; did you mean "parcel.*"?\n' in ran.out


def test_a_file_named_twice(run, tmp_path):
    """A file of needs counts once, by whatever names it is given."""
    (tmp_path / "depot.json").write_text(json.dumps(_of({"places": ["$.payload.due"]})))
    ran = run("needs", "check", tmp_path, tmp_path / "depot.json", "--catalog", PARCELS)
    assert ran.out.count("needs of depot") == 1
    assert ran.out.endswith("1 need is not guaranteed by parcels 0.3.1\n")
