"""``catalog diff``: its forms, its exit status, its baseline and witnesses, and what recordings say of a change."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

import notify_contracts
from notify_contracts._comparison import Direction, Undecided, compare
from notify_contracts._report.comparison import COMPARISON_FORMATS, Compared, formatted_comparison
from notify_contracts.catalog import load
from tests import small
from tests.comparing import PARCEL, PARCELS, changed, of_kind, words

HOSTILE = "<script>alert(1)</script> | `x` [a](http://b) @you \x1b[31m\n::error::boo \u202e"
EXPIRING = dict.fromkeys(("change", "keyword", "place", "reason"), "") | {"expires": "20270131"}
SCHEMA = Path(notify_contracts.__file__).parent / "_report" / "comparison" / "comparison.schema.json"


@pytest.fixture(scope="module")
def wider(tmp_path_factory):
    """Give a catalog that allows one more kind of parcel."""
    return changed(tmp_path_factory.mktemp("wider"), {PARCEL: of_kind("crate")})


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Give a comparison with a catalog whose texts are meant to be obeyed."""

    def change(content):
        content["description"] = HOSTILE
        content["properties"]["kind"]["enum"][0] = HOSTILE
        content["properties"][HOSTILE] = {"type": "string", "title": HOSTILE}

    root = changed(tmp_path_factory.mktemp("hostile"), {PARCEL: change, "catalog.json": words})
    catalogs = load(PARCELS), load(root)
    comparison = compare(*catalogs).called(HOSTILE, HOSTILE)
    return Compared(comparison, catalogs, notes=(HOSTILE,), problems=(HOSTILE,))


def _diff(run, *arguments):
    ran = run("catalog", "diff", *arguments)
    return ran.status, ran.out, ran.err


def test_the_same(run):
    """A catalog and itself: status 0, and it says that nothing differs and that this is proved."""
    status, out, _ = _diff(run, PARCELS, PARCELS)
    assert status == 0
    assert "nothing differs\n" in out
    assert "consumers of OLD may meet: compatible, proved for 5 contracts" in out


def test_text(run, wider):
    """The text tells the change, who is hurt, what to do instead, the witness and the least version."""
    status, out, _ = _diff(run, PARCELS, wider)
    assert status == 1
    for said in (
        '/payload/kind and /payload/parcel/kind: "letter", "packet", "pallet" → "letter", "packet", "pallet", "crate"',
        'shown by parcel.accepted-INFO: expected "letter", "packet" or "pallet", found "crate"',
        "hurts: consumers of OLD that know no other values",
        "without a break: update the consumers first",
        "version 0.3.1 is too low after 0.3.1: 0.4.0 is the least, for there is more to pass",
        "5 contracts: 2 compatible both ways, 3 breaking, 0 undecided",
    ):
        assert said in out


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 1),
        (("--fail-on", "new-sends"), 1),
        (("--fail-on", "old-sent"), 0),
        (("--fail-on", "version"), 1),
        (("--fail-on", "old-sent", "--fail-on", "version"), 1),
    ],
)
def test_what_fails(run, wider, options, status):
    """Only what is asked about gives status 1; the rest is shown all the same."""
    ended, out, _ = _diff(run, PARCELS, wider, *options)
    assert ended == status
    assert '"crate"' in out


def test_undecided_is_never_well(wider):
    """Where something is not decided the status is 2, or 1 as is asked for, and the forms say so; a break is 1."""
    catalogs = load(PARCELS), load(wider)
    whole = compare(*catalogs)
    one = Undecided(Direction.NEW_SENDS, "/payload", "it takes too long", 7, ("parcel.accepted-INFO",))
    honest = replace(whole.version, is_honest=True)
    comparison = replace(whole, findings=(), undecided=(one,), version=honest)
    assert [Compared(comparison, catalogs, undecided_status=status).status for status in (2, 1)] == [2, 1]
    assert Compared(comparison, catalogs, frozenset(("old-sent",))).status == 2
    assert Compared(replace(comparison, findings=whole.findings), catalogs).status == 1
    for name in COMPARISON_FORMATS:
        assert "it takes too long" in formatted_comparison(Compared(comparison, catalogs), name).decode()


def test_json_keeps_its_schema(run, wider, hostile):
    """What is written as JSON keeps the schema that is shipped."""
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    _, out, _ = _diff(run, PARCELS, wider, "--format", "json")
    for text in (out, formatted_comparison(hostile, "json").decode()):
        schema.validate(json.loads(text))
    assert json.loads(out)["findings"][0]["witness"]["notification"]["payload"]["kind"] == "crate"


@pytest.mark.parametrize("name", COMPARISON_FORMATS)
def test_nothing_is_obeyed(hostile, name):
    """What a catalog says is shown in every form and obeyed in none."""
    text = formatted_comparison(hostile, name).decode()
    assert not {"\x1b", "\u202e"} & set(text)
    assert not any(line.startswith("::error::boo") for line in text.splitlines())
    if name == "html":
        assert "<script" not in text
    if name == "junit":
        ET.fromstring(text)
    if name == "markdown":
        spans = text.replace("\\|", "")
        assert all(line.count("``") >= 2 for line in spans.splitlines() if "<script>" in line)


def test_junit(run, wider):
    """JUnit has a test case for each contract and direction; those that break fail, and so does the version."""
    _, out, _ = _diff(run, PARCELS, wider, "--format", "junit")
    suite = ET.fromstring(out).find("testsuite")
    cases = suite.findall("testcase")
    failed = {case.get("name") for case in cases if case.find("failure") is not None}
    assert failed == {"parcel.accepted-INFO", "parcel.lost-WARN", "parcel.lost-ERROR", "version"}
    assert len(cases) == 2 * 5 + 1


def test_html_links_cells_to_breaks(run, wider):
    """Every cell of the matrix that breaks leads to a break on the page, which has witness and both rules."""
    _, out, _ = _diff(run, PARCELS, wider, "--format", "html")
    assert out.count('href="#break-0"') == 3
    assert 'id="break-0"' in out
    assert "wrong here: " in out
    assert "differs: " in out
    assert "default-src &#x27;none&#x27;" in out


def test_github(run, wider):
    """Annotations stand at the files of NEW that state the rule."""
    _, out, _ = _diff(run, PARCELS, wider, "--format", "github")
    assert f"::error file={wider / PARCEL},title=/payload/kind" in out


def test_further_reports(run, wider, tmp_path):
    """With --report one run writes several forms, each as it would be alone."""
    names = [name for name in COMPARISON_FORMATS if name != "github"]
    further = [word for name in names for word in ("--report", f"{name}:{tmp_path / name}")]
    alone = {name: _diff(run, PARCELS, wider, "--format", name) for name in COMPARISON_FORMATS}
    assert _diff(run, PARCELS, wider, "--format", "github", *further) == alone["github"]
    assert {name: (tmp_path / name).read_text("utf-8") for name in names} == {name: alone[name][1] for name in names}


def test_changelog(run, wider):
    """The lines for a changelog stand under the least honest version; no other format goes with them."""
    status, out, _ = _diff(run, PARCELS, wider, "--changelog")
    assert status == 1
    assert out.startswith("## 0.4.0\n\n- `/payload/kind`")
    for options in (("--format", "json"), ("--report", "json:diff.json")):
        assert _diff(run, PARCELS, wider, "--changelog", *options)[0] == 2


def test_witnesses(run, wider, tmp_path):
    """Each witness is a file in which `check` shows the violation against the side that refuses it."""
    _diff(run, PARCELS, wider, "--witnesses", tmp_path / "shown")
    (path,) = (tmp_path / "shown").iterdir()
    assert path.name == "new-sends.parcel.accepted-INFO.payload.kind.enum.json"
    assert run("check", "--catalog", wider, path).status == 0
    ran = run("check", "--catalog", PARCELS, path)
    assert ran.status == 1
    assert "/payload/kind" in ran.out


@pytest.mark.parametrize("folder", ["new", "new/events", "new/shown"])
def test_witnesses_are_no_files_of_a_catalog(run, tmp_path, folder):
    """Witnesses are JSON: in the folder of a catalog they would be its files, and it would be sound no longer."""
    root = changed(tmp_path, {PARCEL: of_kind("crate")})
    before = sorted(root.rglob("*"))
    status, _, err = _diff(run, PARCELS, root, "--witnesses", tmp_path / folder)
    assert (status, sorted(root.rglob("*"))) == (2, before)
    assert "is in the folder of parcels: give a file elsewhere" in err


def test_witness_of_an_exchange(run, tmp_path):
    """A witness of another exchange is as a broker carries it, so that `check` shows that, too."""
    root = changed(tmp_path, {"catalog.json": lambda content: content["transport"].update(exchange="post")})
    _diff(run, PARCELS, root, "--witnesses", tmp_path / "shown")
    ran = run("check", "--catalog", PARCELS, tmp_path / "shown" / "new-sends.locker_door.stuck-INFO.exchange.json")
    assert ran.status == 1
    assert 'expected exchange "parcels", found "post"' in ran.out


@pytest.fixture
def baseline(run, wider, tmp_path):
    """Give a baseline that accepts the break, for somebody to write a reason into."""
    path = tmp_path / "accepted.json"
    _diff(run, PARCELS, wider, "--write-baseline", path)
    return path


def _edited(path, change):
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")


def test_baseline(run, wider, baseline):
    """What is accepted does not fail, and is counted; the version is not accepted with it."""
    only = "--fail-on", "new-sends", "--fail-on", "old-sent"
    status, out, _ = _diff(run, PARCELS, wider, "--baseline", baseline, *only)
    assert status == 0
    assert "accepted: /payload/kind" in out
    assert "baseline: 0 new, 3 accepted, 0 expired, 0 unused" in out
    assert _diff(run, PARCELS, wider, "--baseline", baseline)[0] == 1


def test_an_expired_entry_counts(run, wider, baseline):
    """What is accepted until a day counts after it, and is said with its reason."""

    def expire(content):
        for entry in content["accepted"]:
            entry.update(reason="until the depot is updated", expires=date(2020, 1, 31).isoformat())

    _edited(baseline, expire)
    status, out, _ = _diff(run, PARCELS, wider, "--baseline", baseline, "--fail-on", "new-sends")
    assert status == 1
    assert "baseline: 0 new, 0 accepted, 3 expired, 0 unused" in out
    assert "(until the depot is updated)" in out


def test_another_change_at_the_same_place_is_new(run, baseline, tmp_path):
    """What is accepted is one change: another one at its place counts, and the entry is said to be unused."""
    other = changed(tmp_path, {PARCEL: of_kind("drum")})
    status, out, _ = _diff(run, PARCELS, other, "--baseline", baseline, "--fail-on", "new-sends")
    assert status == 1
    assert "baseline: 3 new, 0 accepted, 0 expired, 3 unused" in out


def test_reasons_stay(run, wider, baseline, tmp_path):
    """A baseline that is written anew keeps the reasons of the former one."""
    _edited(baseline, lambda content: content["accepted"][0].update(reason="known"))
    again = tmp_path / "again.json"
    _diff(run, PARCELS, wider, "--baseline", baseline, "--write-baseline", again)
    assert [entry["reason"] for entry in json.loads(again.read_text())["accepted"]].count("known") == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[]", "expected an object of accepted, catalog"),
        ('{"catalog": "parcels", "accepted": [{}]}', "accepted/0: expected"),
        ("{", "not JSON"),
        (
            json.dumps({"catalog": "parcels", "accepted": [{**EXPIRING, "direction": "new-sends"}]}),
            "accepted/0/expires: expected a date as 2026-12-31",
        ),
        ('{"catalog": "other", "accepted": []}', 'the baseline is about the catalog "other", not "parcels"'),
    ],
)
def test_no_baseline(run, wider, tmp_path, content, reason):
    """What is no baseline of this catalog is refused in one line with a remedy."""
    path = tmp_path / "baseline.json"
    path.write_text(content)
    status, _, err = _diff(run, PARCELS, wider, "--baseline", path)
    assert status == 2
    assert reason in err
    assert "--write-baseline FILE of catalog diff writes one" in err


def test_a_recording(run, wider, tmp_path):
    """Of real notifications it is told how many would fall by a change, and the first by each finding."""
    crate, example = tmp_path / "real.jsonl", load(PARCELS).contract("parcel.accepted", "INFO").example()
    payload = example["payload"] | {"kind": "crate"}
    crate.write_text("".join(f"{json.dumps(one)}\n" for one in (example, example | {"payload": payload})))
    _, out, _ = _diff(run, PARCELS, wider, "--recording", crate)
    assert "recording: 2 notifications" in out
    assert "0 of 1 that OLD accepts would fall by NEW" in out
    assert "1 of 2 that NEW accepts would fall by OLD" in out
    assert f"1 time in the recording, at: {crate}, line 2" in out


def test_a_recording_of_what_went(run, tmp_path):
    """An event type that went is counted in a recording with the first place of it."""
    root = changed(tmp_path, {})
    (root / "events" / "locker_door.stuck.json").unlink()
    source = tmp_path / "real.jsonl"
    source.write_text(json.dumps(load(PARCELS).contract("locker_door.stuck", "INFO").example()))
    _, out, _ = _diff(run, PARCELS, root, "--recording", source, "--format", "json")
    (one,) = (one for one in json.loads(out)["findings"] if one["kind"] == "event-type")
    assert one["seen"]["count"] == 1
    assert str(source) in one["seen"]["first"]


def test_a_recording_of_a_renamed_field(run, tmp_path):
    """A notification with a field of another name falls once, though one name is missing and one is too much."""

    def rename(content):
        content["properties"]["tracking_number"] = content["properties"].pop("number")
        content["required"][0] = "tracking_number"

    source = tmp_path / "real.jsonl"
    source.write_text(json.dumps(load(PARCELS).contract("parcel.accepted", "INFO").example()))
    _, out, _ = _diff(run, PARCELS, changed(tmp_path, {PARCEL: rename}), "--recording", source, "--format", "json")
    seen = [one["seen"] for one in json.loads(out)["findings"] if one["direction"] == "old-sent"]
    assert [one["count"] for one in seen] == [1]


def test_an_empty_recording(run, tmp_path):
    """A recording without a notification is no proof of anything: status 2 where nothing else fails."""
    (tmp_path / "empty.jsonl").write_text("")
    status, _, err = _diff(run, PARCELS, PARCELS, "--recording", tmp_path / "empty.jsonl")
    assert status == 2
    assert "no notification is in the recordings" in err


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("{", "{example}", "1"), "2 entries of the recordings could not be read as notifications; check tells which"),
        (("{stranger}", "{stranger}"), "neither catalog accepts any notification of the recordings"),
    ],
)
def test_a_recording_that_says_less_than_it_seems(run, tmp_path, lines, reason):
    """What of a recording was not held against the catalogs is said, and is never status 0."""
    example = load(PARCELS).contract("parcel.accepted", "INFO").example()
    known = {"{example}": json.dumps(example), "{stranger}": json.dumps(example | {"event_type": "letter.burnt"})}
    source = tmp_path / "real.jsonl"
    source.write_text("".join(f"{known.get(line, line)}\n" for line in lines))
    status, out, err = _diff(run, PARCELS, PARCELS, "--recording", source, "--format", "json")
    assert status == 2
    assert reason in err
    assert any(reason in problem for problem in json.loads(out)["problems"])


@pytest.mark.parametrize("option", ["--output", "--write-baseline"])
@pytest.mark.parametrize("read", ["real.jsonl", "accepted.json", "needs/a.json", "new/catalog.json"])
def test_what_is_read_is_not_overwritten(run, tmp_path, option, read):
    """No output takes the place of a recording, of needs or of a catalog; only a baseline may be written anew."""
    changed(tmp_path, {})
    needs = {"consumer": "a", "needs": [{"event_types": ["parcel.*"], "reads": [{"places": ["$.payload"]}]}]}
    (tmp_path / "needs").mkdir()
    (tmp_path / "needs" / "a.json").write_text(json.dumps(needs))
    (tmp_path / "real.jsonl").write_text(json.dumps(load(PARCELS).contract("parcel.accepted", "INFO").example()))
    (tmp_path / "accepted.json").write_text('{"catalog": "parcels", "accepted": []}')
    before = (tmp_path / read).read_text()
    sources = "--recording", tmp_path / "real.jsonl", "--baseline", tmp_path / "accepted.json"
    sources = *sources, "--needs", tmp_path / "needs"
    status, _, err = _diff(run, PARCELS, tmp_path / "new", *sources, option, tmp_path / read)
    if (option, read) == ("--write-baseline", "accepted.json"):
        assert status == 0
    else:
        assert status == 2
        assert "give" in err
        assert (tmp_path / read).read_text() == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((PARCELS,), "give OLD and NEW, or --against REVISION and a folder"),
        ((PARCELS, PARCELS, PARCELS), "give OLD and NEW"),
        ((PARCELS, PARCELS, "--against", "main"), "--against takes one folder, NEW"),
        ((PARCELS, "glance-emitted"), "no contract in common"),
        ((PARCELS, "nowhere"), 'no catalog "nowhere"'),
        ((PARCELS, PARCELS, "--baseline", "nowhere.json"), "nowhere.json: the baseline cannot be read"),
        ((PARCELS, PARCELS, "--seconds", "inf"), "expected a number of seconds"),
    ],
)
def test_usage(run, arguments, reason):
    """What cannot be compared is said in one line, with status 2."""
    status, _, err = _diff(run, *arguments)
    assert status == 2
    assert reason in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--needs", "no-such-needs.json"], "no-such-needs.json"),
        (["--write-baseline", str(PARCELS / "baseline.json")], "is in the folder of"),
        (["--output", "no-such-folder/diff.txt"], "cannot be written"),
        (["--report", "json:no-such-folder/diff.json"], "cannot be written"),
        (["--report", f"json:{PARCELS / 'diff.json'}"], "is in the folder of"),
        (["--report", "json:diff", "--output", "./diff"], "two reports go to one file"),
        (["--report", "json:diff", "--write-baseline", "./diff"], "give it a file of its own"),
        (["--report", "sarif:diff.sarif"], "expected FORMAT:FILE with one of text, json, markdown"),
    ],
)
def test_told_before_the_work(run, wider, monkeypatch, arguments, reason):
    """What else is read, and where all is written to, is seen to before catalogs are compared, which takes long."""
    monkeypatch.setattr("notify_contracts.cli.diff.compare", lambda *_, **__: pytest.fail("the catalogs were compared"))
    ended = run("catalog", "diff", str(PARCELS), str(wider), *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert reason in ended.err


def test_a_broken_catalog(run, tmp_path):
    """A catalog with a mistyped keyword, or a reference that leads nowhere, is refused with its place."""
    for number, change in enumerate(
        (lambda content: content.update(proprties={}), lambda content: content.update({"$ref": "#/$defs/none"}))
    ):
        root = changed(tmp_path, {PARCEL: change}, f"broken{number}")
        status, _, err = _diff(run, PARCELS, root)
        assert status == 2
        assert "payloads/parcel.json" in err or "events/parcel.accepted.json#/$defs/INFO: a $ref leads nowhere" in err


def test_nested_deeply(run, tmp_path):
    """A schema that is nested deeply ends in a verdict or in one line, never in a traceback."""

    def deep(content):
        inner = {"type": "string"}
        for _ in range(300):
            inner = {"type": "object", "properties": {"a": inner}}
        content["properties"]["deep"] = inner

    status, out, err = _diff(run, PARCELS, changed(tmp_path, {PARCEL: deep}))
    assert status in (1, 2)
    assert "undecided: (the whole)" in out or err.count("\n") == 1


def test_names_that_are_no_text(run, tmp_path):
    """A folder whose name is no UTF-8 is named with escapes in every form."""
    root = changed(tmp_path, {}, "par\udcffcels")
    for name in COMPARISON_FORMATS:
        status, out, _ = _diff(run, PARCELS, root, "--format", name)
        assert status == 0
        assert "\udcff" not in out


NEED = {
    "consumer": "billing",
    "needs": [
        {
            "event_types": ["parcel.*"],
            "reads": [{"places": ["$.payload.kind"], "form": {"enum": ["letter", "packet", "pallet"]}}],
        }
    ],
}


def test_what_a_consumer_loses(run, wider, tmp_path):
    """A change that reaches what a consumer fails without names it, and gives status 1 where only that is asked."""
    needs = tmp_path / "billing.json"
    needs.write_text(json.dumps(NEED))
    status, out, _ = _diff(run, PARCELS, wider, "--needs", str(needs), "--fail-on", "needs")
    assert "needs: billing loses $.payload.kind of " in out
    assert "guaranteed → possible, $.payload.kind may be of another form; the notification is lost" in out
    assert status == 1
    content = json.loads(_diff(run, PARCELS, wider, "--needs", str(needs), "--format", "json")[1])
    assert [one["consumer"] for one in content["needs"]] == ["billing"]
    jsonschema.validate(content, json.loads(SCHEMA.read_text()))


@pytest.mark.parametrize("fails", [True, False])
def test_a_loss_in_every_form(run, wider, tmp_path, fails):
    """What gives status 1 is a failure, an error and in the headline; a loss that is not asked about is in none."""
    needs = tmp_path / "billing.json"
    needs.write_text(json.dumps(NEED))
    asked = (PARCELS, wider, "--needs", str(needs), "--fail-on", "needs" if fails else "old-sent", "--format")
    status, out, _ = _diff(run, *asked, "junit")
    case = ET.fromstring(out).find("testsuite/testcase[@name='loss 1 of billing']")
    assert status == fails
    assert [child.tag for child in case] == ["failure" if fails else "skipped"]
    assert "guaranteed → possible" in case[0].get("message")
    lines = _diff(run, *asked, "github")[1].splitlines()
    assert [line.startswith("::error title=needs::needs: billing loses $.payload.kind") for line in lines] == (
        [True, False] if fails else [False]
    )
    for name in ("html", "markdown"):
        assert ("1 consumer loses what it cannot do without" in _diff(run, *asked, name)[1]) == fails
    content = json.loads(_diff(run, *asked, "json")[1])
    assert [one["counts"] for one in content["needs"]] == [fails]


def test_no_loss_in_junit(run, tmp_path):
    """A test case passes where consumers were asked, and lose nothing."""
    needs = tmp_path / "billing.json"
    needs.write_text(json.dumps(NEED))
    suite = ET.fromstring(_diff(run, PARCELS, PARCELS, "--needs", str(needs), "--format", "junit")[1])
    assert suite.find("testsuite/testcase[@classname='needs']").find("*") is None


EVENT = {"event_type": "{/type}", "message_id": "{/id}", "priority": "INFO", "payload": "{/body}"}
LOSS = "needs: billing loses "
DATA = EVENT | {"payload": "{/data}"}
OF_ID = {"type": "object", "required": ["message_id"]}
MOVED = [
    (DATA, {"places": ["$.payload"]}, ("{/body}", "{/data}")),
    (DATA, {"places": ["$.payload.flag"]}, ("{/body}", "{/data}")),
    (DATA, {"places": ["$"], "form": {"type": "object"}}, ("{/body}", "{/data}")),
    (EVENT | {"payload": "{}"}, {"places": ["$.payload"]}, ("{/body}", "{}")),
    (None, {"places": ["$.payload"]}, ("{/body}", "{/payload}")),
    (EVENT | {"priority": "{/level}"}, {"places": ["$.priority"]}, ("INFO", "{/level}")),
    (DATA, {"places": ["$.message_id"]}, ()),
    (DATA, {"places": ["$"], "form": OF_ID}, ()),
    (DATA, {"places": ["$.trace"], "absent": "lost"}, ()),
]


@pytest.mark.parametrize(("envelope", "read", "change"), MOVED)
@pytest.mark.parametrize("order", [1, -1])
def test_an_envelope_that_moves(run, tmp_path, envelope, read, change, order):  # noqa: PLR0913, PLR0917 - a table
    """What stands elsewhere in an event is lost to who reads events, and to nobody else, whichever catalog is newer."""
    needs = tmp_path / "billing.json"
    needs.write_text(json.dumps({"consumer": "billing", "needs": [{"event_types": ["a.b"], "reads": [read]}]}))
    schema = {"type": "object", "required": ["flag"], "properties": {"flag": {"type": "boolean"}}}
    sides = []
    for name, stated in list({"one": EVENT, "other": envelope}.items())[::order]:
        sides.append(small.write(tmp_path / name, schema, {"flag": True}, **({"envelope": stated} if stated else {})))
        file = sides[-1] / "notification.json"  # which says of each attribute that it is there
        content = json.loads(file.read_text())
        file.write_text(json.dumps(content | {"required": ["message_id", "event_type", "priority", "payload"]}))
    status, out, _ = _diff(run, *sides, "--needs", needs, "--fail-on", "needs")
    why = f"guaranteed → cannot tell, events have it elsewhere: {' → '.join(change[::order])}; the notification is lost"
    assert status == bool(change)
    assert (f"{LOSS}{read['places'][0]} of a.b-INFO: {why}\n" in out) == bool(change)
    assert ("needs: no consumer loses anything\n" in out) == (not change)


def test_what_cannot_be_told_before_and_moves(run, tmp_path):
    """What nobody could tell of a payload is lost, too, where the payload moves."""
    read = {"places": ["$.payload"], "unclear": "read as a whole", "absent": "lost"}
    needs = tmp_path / "billing.json"
    needs.write_text(json.dumps({"consumer": "billing", "needs": [{"event_types": ["a.b"], "reads": [read]}]}))
    sides = [
        small.write(tmp_path / name, {"type": "object"}, {}, envelope=EVENT | {"payload": place})
        for name, place in (("old", "{/body}"), ("new", "{/data}"))
    ]
    _, out, _ = _diff(run, *sides, "--needs", needs)
    assert f"{LOSS}$.payload of a.b-INFO: cannot tell → cannot tell, events have it elsewhere" in out


def test_whether_a_consumer_hears_it_is_not_asked(run, tmp_path):
    """Where something is sent another way, no loss does not mean that consumers still hear it, and this is said."""
    needs = tmp_path / "billing.json"
    needs.write_text(json.dumps(NEED))
    root = changed(tmp_path, {"catalog.json": lambda content: content["transport"].update(exchange="post")})
    _, out, _ = _diff(run, PARCELS, root, "--needs", needs)
    assert "needs: no consumer loses anything of what it hears; whether it still hears it is not asked about" in out


def test_a_change_that_nobody_reads(run, wider, tmp_path):
    """A break of what no consumer reads is well where only that is asked; needs of nothing here are an error."""
    needs = tmp_path / "billing.json"
    needs.write_text(json.dumps({**NEED, "needs": [{"event_types": ["*"], "reads": [{"places": ["$.message_id"]}]}]}))
    status, out, _ = _diff(run, PARCELS, wider, "--needs", str(needs), "--fail-on", "needs")
    assert "needs: no consumer loses anything\n" in out
    assert status == 0
    needs.write_text(json.dumps(NEED).replace("parcel.*", "letter.*"))
    status, _, err = _diff(run, PARCELS, wider, "--needs", str(needs))
    assert (status, err.count("\n")) == (2, 1)


def test_what_is_graver_than_before(run, tmp_path):
    """What was only missing now and then, and may be of another form from now on, is a loss: the consumer raises."""
    content = {
        "consumer": "billing",
        "needs": [{"event_types": ["image.*"], "reads": [{"places": ["$.payload.size"], "absent": "lost"}]}],
    }
    content["needs"][0]["reads"][0] |= {"form": {"type": "integer"}, "malformed": "fails"}
    needs = tmp_path / "billing.json"
    needs.write_text(json.dumps(content))
    old = Path(shutil.copytree(load("glance-emitted").root, tmp_path / "old"))
    new = Path(shutil.copytree(old, tmp_path / "new"))
    sizes = (new / "payloads" / "image.json").read_text()
    assert '"size"' in sizes
    document = json.loads(sizes)
    document["properties"]["size"] = {"title": "size", "type": ["integer", "string", "null"]}
    (new / "payloads" / "image.json").write_text(json.dumps(document))
    status, out, _ = _diff(run, str(old), str(new), "--needs", str(needs), "--fail-on", "needs")
    assert "possible → possible" in out
    assert status == 1


@pytest.mark.parametrize("forms", [(True, 1), (1, True)])
@pytest.mark.parametrize("are_apart", [False, True])
def test_forms_that_python_takes_for_equal(run, tmp_path, forms, are_apart):
    """Who reads true and who reads 1 at one place are two: the one loses it where the other gains it."""
    reads = [{"places": ["$.payload.flag"], "form": {"const": form}} for form in forms]
    needs = [{"event_types": ["a.b"], "reads": part} for part in ([reads[:1], reads[1:]] if are_apart else [reads])]
    path = tmp_path / "needs.json"
    path.write_text(json.dumps({"consumer": "billing", "needs": needs}))
    old, new = (
        small.write(tmp_path / name, {"type": "object", "required": ["flag"], "properties": {"flag": {"const": value}}},
                    {"flag": value}) for name, value in (("old", True), ("new", 1))
    )  # fmt: skip
    content = json.loads(_diff(run, old, new, "--needs", path, "--fail-on", "needs", "--format", "json")[1])
    assert [(one["was"], one["now"]) for one in content["needs"]] == [("possible", "impossible")]


def test_a_new_event_type_that_a_consumer_fails_by(run, tmp_path):
    """A contract that is new and matches a consumer's pattern is a loss where the consumer fails by it."""
    needs = tmp_path / "billing.json"
    need = {"event_types": ["image.*"], "reads": [{"places": ["$.payload.id"]}]}
    needs.write_text(json.dumps({"consumer": "billing", "needs": [need]}))
    old = Path(shutil.copytree(load("glance-emitted").root, tmp_path / "old"))
    for part in ("events", "cases"):
        (old / part / "image.member.create.json").unlink()
    status, out, _ = _diff(run, str(old), "glance-emitted", "--needs", str(needs), "--fail-on", "needs")
    assert "billing loses $.payload.id of image.member.create-INFO: new → impossible" in out
    assert status == 1


def test_needs_of_nobody(run):
    """Whether consumers lose something is asked of some: without them nothing would be held against anything."""
    status, out, err = _diff(run, PARCELS, PARCELS, "--fail-on", "needs")
    assert (status, out) == (2, "")
    assert err == "notify-contracts: --fail-on needs is asked of consumers: give --needs, too\n"
