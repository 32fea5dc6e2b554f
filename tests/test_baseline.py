"""A baseline of known violations: only what it does not name fails a run."""

import json
from datetime import date

import pytest
from junitparser import JUnitXml

from notify_contracts._checking import Summary
from notify_contracts._report import Outcome, baseline_of, read_baseline, write_baseline
from tests import small

CATALOG = ("--catalog", "glance-documented")
EMPTY = {"catalog": "glance-documented", "known": [], "without_contract": []}
ENTRY = {"contract": "", "pointer": "", "keyword": "", "reason": ""}


@pytest.fixture
def recording(examples):
    """Return the recording of a Glance that does not emit what its guide says."""
    return examples / "glance-33-messagingv2.jsonl"


@pytest.fixture
def baseline(run, recording, tmp_path):
    """Write the baseline of the recording."""
    path = tmp_path / "baseline.json"
    assert run("check", recording, *CATALOG, "--write-baseline", path).status == 0
    return path


def _changed(path, change):
    values = json.loads(path.read_text())
    change(values)
    path.write_text(json.dumps(values))


def test_all_is_known(run, recording, baseline):
    """A second run with the baseline of the first is green, and shows no violation."""
    again = run("check", recording, *CATALOG, "--baseline", baseline)
    assert again.status == 0
    assert " x " not in again.out.partition("blank: no contract")[2]
    assert "baseline: 0 new" in again.out


def test_what_follows_is_never_known(run, catalog_of, made, tmp_path):
    """Where the rest of a recording was not read nobody knows what is in it: no baseline makes that green."""
    example = catalog_of("glance-documented").contract("image.delete", "INFO").example()
    recording, path = made(f"[{json.dumps(example)}, ".encode()), tmp_path / "baseline.json"
    assert run("check", recording, *CATALOG, "--write-baseline", path).status == 1
    assert json.loads(path.read_text())["known"] == []
    entry = {**ENTRY, "keyword": "unreadable", "cause": "not JSON: the array is not closed; the rest was not read"}
    _changed(path, lambda values: values["known"].append(entry))
    again = run("check", recording, *CATALOG, "--baseline", path)
    assert again.status == 1
    assert "the rest was not read" in again.out


def test_one_new(run, recording, baseline):
    """A violation that the baseline does not name makes the run red, and is the only one shown."""
    _changed(baseline, lambda values: values["known"].pop())
    again = run("check", recording, *CATALOG, "--baseline", baseline)
    assert again.status == 1
    assert again.out.count("line ") == 1
    assert "baseline: 1 new" in again.out


def test_expired(run, recording, baseline):
    """What was known until a day in the past fails the run, also where the baseline is written anew."""
    _changed(baseline, lambda values: values["known"][0].update(expires="2001-01-01"))
    again = run("check", recording, *CATALOG, "--baseline", baseline, "--write-baseline", baseline)
    assert again.status == 1
    assert "0 new" in again.out
    assert "1 expired" in again.out


def test_stable(run, recording, baseline):
    """The baseline of the same violations is the same file, and keeps the reasons that it had."""
    baseline.write_text(baseline.read_text().replace("not looked at yet", "the guide is late", 1))
    before = baseline.read_text()
    run("check", recording, *CATALOG, "--baseline", baseline, "--write-baseline", baseline)
    assert baseline.read_text() == before


def test_another_unknown_event(run, recording, baseline, tmp_path):
    """That one event type without a contract is known hides no other one."""
    line = recording.read_text().splitlines()[0]
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    first.write_text(line.replace("image.", "such.") + "\n")
    second.write_text(line.replace("image.", "other.") + "\n")
    assert run("check", first, *CATALOG, "--write-baseline", baseline).status == 0
    assert run("check", first, *CATALOG, "--baseline", baseline).status == 0
    assert run("check", second, *CATALOG, "--baseline", baseline).status == 1


@pytest.mark.parametrize("expires", [None, "2026-11-28", "2026-11-27"])
def test_of_one_verdict(catalog_of, tmp_path, expires):
    """A verdict is known if all that it says is; an event type without a contract by its name, until it expires."""
    catalog = catalog_of("glance-documented")
    good = catalog.contract("image.delete", "INFO").example()
    strangers = good | {"event_type": "a.b"}, good | {"event_type": "a.c"}, good | {"event_type": "a.b", "x": 1}
    summary = Summary()
    summary.add(catalog.check(strangers[0]))
    path = tmp_path / "known.json"
    write_baseline(str(path), baseline_of(Outcome(catalog, (), summary)))
    if expires:
        _changed(path, lambda values: values["known"][0].update(expires=expires))
    baseline = read_baseline(str(path))
    known = [baseline.knows(catalog.check(stranger), date(2026, 11, 28), catalog.numbered) for stranger in strangers]
    assert known == [expires != "2026-11-27", False, False]


def test_what_is_known_fails_nobody(run, recording, baseline, tmp_path):
    """Reports for CI have no failure but of what is new: what is known was skipped, or is suppressed, or an aside."""

    def failing():
        names = ("junit", "ctrf", "sarif", "gitlab")
        reports = {name: tmp_path / f"report.{name}" for name in names}
        run("check", recording, *CATALOG, "--baseline", baseline, *(f"--report={n}:{p}" for n, p in reports.items()))
        junit = JUnitXml.fromfile(str(reports["junit"]))
        ctrf, sarif, gitlab = (json.loads(reports[name].read_text()) for name in names[1:])
        shown = sum("suppressions" not in result for result in sarif["runs"][0]["results"])
        majors = sum(issue["severity"] == "major" for issue in gitlab)
        return junit.failures, ctrf["results"]["summary"]["failed"], shown, majors

    assert failing() == (0, 0, 0, 0)
    _changed(baseline, lambda values: values["known"].pop())
    assert failing() == (1, 1, 1, 1)


def test_gone(run, baseline, recording):
    """What is known and was not seen again is counted, and fails nothing."""
    entry = {"contract": "gone", "pointer": "/x", "keyword": "type", "reason": "was so"}
    _changed(baseline, lambda values: values["known"].append(entry))
    again = run("check", recording, *CATALOG, "--baseline", baseline)
    assert again.status == 0
    assert "1 gone" in again.out
    assert "baseline, gone: gone /x type (was so)" in again.out


def test_merged_reports(run, recording, baseline, tmp_path):
    """Reports of runs are merged against a baseline as a run is."""
    report = tmp_path / "report.json"
    run("check", recording, *CATALOG, "--format", "json", "--output", report)
    assert run("report", "merge", report).status == 1
    assert run("report", "merge", report, "--baseline", baseline).status == 0


def test_merged_without_it(run, recording, baseline, tmp_path):
    """What a baseline made of one run is not said of merged ones, which it was not applied to."""
    report = tmp_path / "one.json"
    assert run("check", recording, *CATALOG, "--baseline", baseline, "--report", f"json:{report}").status == 0
    merged = run("report", "merge", report)
    assert (merged.status, "baseline" in merged.out) == (1, False)
    assert run("report", "merge", report, "--baseline", baseline).out.count("baseline: 0 new") == 1


def test_no_values(baseline):
    """No message id and no value of a payload is in a baseline."""
    text = baseline.read_text()
    assert set(json.loads(text)) == {"catalog", "known", "without_contract"}
    assert {"reason"} <= set(json.loads(text)["known"][0]) <= {"contract", "pointer", "keyword", "cause", "reason"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"catalog": "other", "known": [], "without_contract": []}',
        '{"catalog": "glance-documented", "known": [{}], "without_contract": []}',
        json.dumps({**EMPTY, "known": [{**ENTRY, "reason": 1}]}),
        json.dumps({**EMPTY, "known": [{**ENTRY, "expires": "soon"}]}),
        json.dumps({**EMPTY, "known": [{**ENTRY, "expires": "20270131"}]}),
        json.dumps({**EMPTY, "known": [ENTRY, ENTRY]}),
        json.dumps({**EMPTY, "without_contract": [1]}),
    ],
)
def test_no_baseline(run, recording, tmp_path, text):
    """A file that is no baseline, or one of another catalog, is an error of one line."""
    path = tmp_path / "wrong.json"
    path.write_text(text)
    wrong = run("check", recording, *CATALOG, "--baseline", path)
    assert wrong.status == 2
    assert wrong.err.count("\n") == 1


def test_missing(run, recording, tmp_path):
    """A baseline that is not there is an error, not an empty one."""
    assert run("check", recording, *CATALOG, "--baseline", tmp_path / "none.json").status == 2


def test_not_writable(run, recording, tmp_path):
    """Where the baseline cannot be written, the run could not do its work, and its report is there all the same."""
    failed = run("check", recording, *CATALOG, "--write-baseline", tmp_path / "none" / "known.json")
    assert failed.status == 2
    assert failed.err.count("\n") == 1
    assert "notifications, " in failed.out


def test_not_over_a_source(run, recording, tmp_path):
    """A baseline is not written over what is checked."""
    copy = tmp_path / "recording.jsonl"
    copy.write_bytes(recording.read_bytes())
    assert run("check", copy, *CATALOG, "--write-baseline", copy).status == 2
    assert copy.read_bytes() == recording.read_bytes()


def _by(reason, **others):
    return lambda values: [entry.update(reason=reason, **others) for entry in values["known"]]


@pytest.mark.parametrize("is_merged", [False, True])
def test_written_anew(run, recording, baseline, tmp_path, is_merged):
    """A baseline that is written over itself keeps its reasons and dates: what is expired does not hold again."""
    _changed(baseline, _by("a ticket", expires="2020-01-01"))
    report = tmp_path / "report.json"
    run("check", recording, *CATALOG, "--format", "json", "--output", report)
    work = ("report", "merge", report) if is_merged else ("check", recording, *CATALOG)
    assert run(*work, "--write-baseline", baseline).status == 1
    assert {(entry["reason"], entry["expires"]) for entry in json.loads(baseline.read_text())["known"]} == {
        ("a ticket", "2020-01-01")
    }


def test_written_over_another(run, recording, baseline, tmp_path):
    """The reasons are those of the baseline that is given, not those of the file that is written."""
    other = tmp_path / "other.json"
    other.write_bytes(baseline.read_bytes())
    _changed(baseline, _by("given"))
    _changed(other, _by("there"))
    assert run("check", recording, *CATALOG, "--baseline", baseline, "--write-baseline", other).status == 0
    assert {entry["reason"] for entry in json.loads(other.read_text())["known"]} == {"given"}


@pytest.mark.parametrize("content", ["[]", "hello\n", json.dumps({**EMPTY, "catalog": "other"})])
def test_not_over_something_else(run, recording, baseline, tmp_path, content):
    """Nothing else is overwritten, whatever somebody mistyped, nor what is known of another catalog."""
    path = tmp_path / "other.json"
    path.write_text(content)
    for given in ((), ("--baseline", baseline)):
        ran = run("check", recording, *CATALOG, *given, "--write-baseline", path)
        assert (ran.status, ran.out, path.read_text()) == (2, "", content)
        assert ran.err.endswith("give --write-baseline another file, or delete this one\n")
        assert ran.err.count("\n") == 1


def test_over_nothing(run, recording, tmp_path):
    """An empty file, as `mktemp` makes it, and what is no file take a baseline as ever."""
    path = tmp_path / "empty.json"
    path.touch()
    assert run("check", recording, *CATALOG, "--write-baseline", path).status == 0
    assert json.loads(path.read_text())["known"]


@pytest.mark.parametrize("options", [("--format", "json", "--output"), ("--report",)])
def test_no_report_over_it(run, recording, baseline, options):
    """A report does not take the place of the baseline that the run reads."""
    before, prefix = baseline.read_bytes(), "json:" if "--report" in options else ""
    ran = run("check", recording, *CATALOG, "--baseline", baseline, *options, f"{prefix}{baseline}")
    assert (ran.status, "is read and would be overwritten" in ran.err) == (2, True)
    assert baseline.read_bytes() == before


def test_not_with_problems(run, recording, baseline, tmp_path):
    """Where a source could not be read, the baseline that was there stays."""
    before = baseline.read_bytes()
    assert run("check", tmp_path / "none.jsonl", recording, *CATALOG, "--write-baseline", baseline).status == 2
    assert baseline.read_bytes() == before


def test_names_with_numbers(tmp_path, run):
    """Of a declared name a number is no data: what is known of ``address_1`` is not known of ``address_2``."""
    names = [f"address_{number}" for number in (1, 2)]
    payload = {"type": "object", "properties": {name: {"type": "string"} for name in names}}
    root = small.write(tmp_path / "catalog", payload, {}, files={})
    recordings = []
    for name in names:
        recordings.append(tmp_path / f"{name}.jsonl")
        sent = [*small.notifications({name: 1}, {name: "", "other_1": 1, "other_2": 1})]
        recordings[-1].write_text("".join(json.dumps(each) + "\n" for each in sent), encoding="utf-8")
    first, second = (("check", "--catalog", root, recording) for recording in recordings)
    assert run(*first, "--write-baseline", tmp_path / "known.json").status == 0
    assert run(*first, "--baseline", tmp_path / "known.json").status == 0
    ran = run(*second, "--baseline", tmp_path / "known.json")
    assert ran.status == 1
    assert "/payload/address_2 (type)" in ran.out
    assert "baseline: 1 new, 0 known, 0 expired, 1 gone kinds of violations" in ran.out
    other = {"type": "object", "properties": {name: {"type": "number"} for name in names}}
    found = run("catalog", "diff", root, small.write(tmp_path / "new", other, {})).out
    assert all(f"  /payload/{name} of a.b-INFO: " in found or f"  /payload/{name}: " in found for name in names), found
