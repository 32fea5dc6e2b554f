"""``notify-contracts report merge``: reports of several runs become the report of one run over everything."""

import json
import re
import tracemalloc
from copy import deepcopy
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notify_contracts._checking.summary import Summary
from notify_contracts._report.document import json as as_json
from notify_contracts._report.outcome import Outcome
from notify_contracts._report.reading import merged
from notify_contracts._report.writers import FORMATS, formatted
from notify_contracts.catalog import load
from notify_contracts.cli import main
from notify_contracts.errors import NotifyContractsError
from tests.places import places
from tests.telling import examples, telling
from tests.verdicts import VERDICTS, summarised

CATALOG = load("glance-documented")
ONE_LINE = re.compile(r"notify-contracts: [^\n]+\n")


@pytest.fixture
def report_of(run, tmp_path):
    """Check recordings and write the JSON report of it to a file."""

    def report_of(name, *sources, catalog="glance-documented"):
        path = tmp_path / name
        run("check", *sources, "--catalog", catalog, "--format", "json", "--output", path)
        return path

    return report_of


@pytest.fixture
def parts(examples, tmp_path):
    """Write the recordings in three parts each."""
    files = []
    for recording in sorted(examples.glob("glance-33*")):
        lines = recording.read_bytes().splitlines(keepends=True)
        for number in range(3):
            files.append(tmp_path / f"{recording.stem}-{number}{recording.suffix}")
            files[-1].write_bytes(b"".join(lines[number * len(lines) // 3 : (number + 1) * len(lines) // 3]))
    return files


@pytest.mark.parametrize("catalog", telling(["glance-documented", "glance-emitted"], ["glance-documented"]))
def test_shards(catalog, run, report_of, parts, tmp_path):
    """Recordings in parts, each checked by itself: merged, every format is that of one run, byte for byte."""

    def targets(name):
        return [f"--report={form}:{tmp_path / name}.{form}" for form in FORMATS]

    reports = [report_of(f"{number}.json", part, catalog=catalog) for number, part in enumerate(parts)]
    whole = run("check", *parts, "--catalog", catalog, *targets("whole"))
    assert run("report", "merge", *reports, *targets("merged")) == whole
    assert whole.status == 1
    for form in FORMATS:
        assert (tmp_path / f"merged.{form}").read_bytes() == (tmp_path / f"whole.{form}").read_bytes()


@settings(deadline=None, max_examples=examples())
@given(st.lists(VERDICTS, min_size=1, max_size=4), st.randoms())
def test_any_shards(tmp_path_factory, shards, random):
    """Whatever was counted in however many runs comes to the same, in any order of the reports."""
    folder = tmp_path_factory.mktemp("shards")
    summaries = [summarised(verdicts, skipped=number) for number, verdicts in enumerate(shards)]
    for number, summary in enumerate(summaries):
        (folder / f"{number}.json").write_text(as_json(Outcome(CATALOG, ("a",), summary)))
    paths = [str(folder / f"{number}.json") for number in range(len(shards))]
    random.shuffle(paths)
    assert as_json(merged(paths)) == as_json(Outcome(CATALOG, ("a",), reduce(Summary.merge, summaries, Summary())))


def test_many_reports_are_not_held_at_once(tmp_path):
    """To merge twelve reports takes no more memory than to merge three."""
    paths = []
    for number in range(12):
        payload = {"pad": f"{number:02}" * 200_000}
        verdict = CATALOG.check({"message_id": str(number), "event_type": "image.create", "payload": payload})
        paths.append(str(tmp_path / f"{number}.json"))
        Path(paths[-1]).write_text(as_json(Outcome(CATALOG, (paths[-1],), summarised([verdict]))))

    def most(paths):
        tracemalloc.start()
        try:
            assert merged(paths).summary.notifications == len(paths)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    most(paths[:1])  # what is loaded at the first use
    assert most(paths) < 1.25 * most(paths[:3])


def test_a_copy(run, report_of, parts, tmp_path):
    """A report that is there twice is counted once, whatever its file is called, and every format says so."""
    one, two = (report_of(f"{number}.json", part, catalog="glance-emitted") for number, part in enumerate(parts[:2]))
    copy, laid_out = tmp_path / "copy.json", tmp_path / "laid-out.json"
    copy.write_bytes(one.read_bytes())
    laid_out.write_text(json.dumps(json.loads(two.read_bytes()), indent=1, sort_keys=True))
    whole = run("report", "merge", one, two, "--format", "json")
    ran = run("report", "merge", one, copy, two, laid_out, one, "--format", "json")
    notes = [
        f"{path}: is the same report as {other}, and is counted once"
        for path, other in ((copy, one), (laid_out, two), (one, one))
    ]
    assert ran.status == whole.status == 0
    assert json.loads(ran.out) == {**json.loads(whole.out), "notes": notes}
    for form in FORMATS:
        assert "is the same report as" in run("report", "merge", one, copy, "--format", form).out


def test_as_much_of_others(run, report_of, catalog_of, tmp_path):
    """Reports that count as much are not the same where the messages are others: all of them are counted."""
    example = catalog_of("glance-documented").contracts[0].example()
    reports = []
    for number in range(3):
        path = tmp_path / "recording"  # which has one name on all machines
        path.write_text(json.dumps(example | {"message_id": f"00000000-0000-4000-8000-00000000000{number}"}))
        reports.append(report_of(f"{number}.json", path))
    ran = run("report", "merge", *reports, "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    report = json.loads(ran.out)
    assert (report["totals"]["notifications"], report["notes"]) == (3, [])


def test_reports_about_nothing(run, report_of, made):
    """Reports about no notification double nothing, and nothing is said of them."""
    empty = made(b"")
    reports = [report_of(f"{number}.json", empty) for number in range(2)]
    assert json.loads(run("report", "merge", *reports, "--format", "json").out)["notes"] == []


def test_reports_of_the_release_before(run, report_of, examples):
    """A report without the sum of its message ids is read as it ever was."""
    report = report_of("a.json", examples / "glance-33.log")
    before = json.loads(report.read_bytes())
    del before["message_ids"]
    report.write_text(json.dumps(before))
    ran = run("report", "merge", report, "--format", "json")
    assert json.loads(ran.out) == {**before, "message_ids": 0}


def test_several_reports_at_once(run, report_of, examples, tmp_path):
    """What is merged is written in as many formats as are asked for."""
    report = report_of("a.json", examples / "glance-33.log")
    options = [f"--report={form}:{tmp_path / form}" for form in FORMATS]
    ran = run("report", "merge", report, *options)
    assert ran.status == 1
    assert (tmp_path / "text").read_text() == ran.out
    assert (tmp_path / "json").read_bytes() == report.read_bytes()
    assert all((tmp_path / form).stat().st_size for form in FORMATS)


def test_problems(run, report_of, examples):
    """What one of the runs could not check is not checked: status 2, and every format says it."""
    good = report_of("good.json", examples / "glance-33.log", catalog="glance-emitted")
    bad = report_of("bad.json", examples / "glance-33.log", "missing.log", catalog="glance-emitted")
    for form in FORMATS:
        ran = run("report", "merge", good, bad, "--format", form)
        assert (ran.status, ran.err) == (2, "")
        assert "missing.log: cannot be read" in ran.out


def test_nothing_was_checked(run, report_of, examples, tmp_path):
    """Reports of runs that saw no notification, and had none to see, come to nothing: status 2, and it is said."""
    nothing = as_json(Outcome(CATALOG, ("exchange a",), Summary()))
    paths = [tmp_path / name for name in ("a.json", "b.json")]
    for path in paths:
        path.write_text(nothing)
    ran = run("report", "merge", *paths)
    assert ran.status == 2
    assert ran.err.startswith("notify-contracts: nothing was checked in any of these runs")
    something = report_of("c.json", examples / "glance-33.log", catalog=CATALOG.name)
    assert run("report", "merge", *paths, something).status != 2


def test_a_catalog_of_ones_own(run, report_of, broken_parcels, parcels):
    """A catalog that is not built in is named by its folder; without that, it is said how."""
    report = report_of("a.json", broken_parcels, catalog=parcels)
    whole = run("check", broken_parcels, "--catalog", parcels)
    assert run("report", "merge", report, "--catalog", parcels) == whole
    refused = run("report", "merge", report)
    assert (refused.status, refused.out) == (2, "")
    assert ONE_LINE.fullmatch(refused.err)
    assert 'its catalog "parcels" is not built in: give its folder with --catalog' in refused.err


def test_any_priority(run, report_of, parcels_copy, made):
    """Whatever priorities a catalog has, its reports are read back."""
    for path in (parcels_copy / "notification.json", *(parcels_copy / "events").iterdir()):
        path.write_text(path.read_text().replace("WARN", "LEVEL_2"))
    example = load(parcels_copy).contract("parcel.lost", "LEVEL_2").example()
    recording = made("\n".join(map(json.dumps, (example, example | {"payload": 1}))).encode())
    report = report_of("a.json", recording, catalog=parcels_copy)
    whole = run("check", recording, "--catalog", parcels_copy)
    assert whole.status == 1
    assert run("report", "merge", report, "--catalog", parcels_copy) == whole


def _changed(document, path, value):
    """Return the document with the value at this place."""
    changed = deepcopy(document)
    *way, last = path
    reduce(lambda inner, key: inner[key], way, changed)[last] = value
    return changed


HUGE = 2**63
WRONG = {
    "another version of the catalog": (("catalog", "version"), "9", "is about glance-documented 9, not"),
    "another catalog": (
        ("catalog",),
        {"name": "glance-emitted", "version": load("glance-emitted").version},
        "is about other contracts than glance-emitted",
    ),
    "a catalog that is not there": (("catalog", "name"), "\x1b[2J", 'its catalog "\\x1b[2J" is not built in'),
    "another version of the shape": (("report",), 1, "is no report: report: "),
    "a number as text": (("totals", "violations"), "many", "is no report: totals/violations: "),
    "a negative number": (("contracts", 0, "passed"), -1, "is no report: contracts/0/passed: "),
    "a huge number": (("contracts", 0, "passed"), HUGE, "is no report: contracts/0/passed: "),
    "counts that do not add up": (
        ("contracts", 0, "passed"),
        7,
        "is no report: its counts do not add up to its totals",
    ),
    "a contract twice": (("contracts", 0, "contract"), "image.create-WARN", "is about other contracts than"),
    "a month that there is not": (
        ("over_time", "violations", 0, "from"),
        "2026-13-01T00:00:00+00:00",
        "is no report: ",
    ),
    "something that is not known": (("\x1b[2J",), 1, "is no report: "),
}


@pytest.fixture(scope="module")
def good(examples, tmp_path_factory):
    """Return a report, for all of them."""
    path = tmp_path_factory.mktemp("reports") / "good.json"
    main(["check", str(examples / "glance-33.log"), "--report", f"json:{path}"])
    return path


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_report(wrong, run, good, tmp_path):
    """What is no report of this catalog is refused in one line that names the file and the place."""
    path, value, said = WRONG[wrong]
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(_changed(json.loads(good.read_bytes()), path, value)))
    ran = run("report", "merge", bad)
    assert (ran.status, ran.out) == (2, "")
    assert ONE_LINE.fullmatch(ran.err)
    assert f"{bad}: {said}" in ran.err
    assert ran.err[:-1].isprintable()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no report: not JSON: it is empty; write it with --report json:FILE"),
        (b"[" * 2000, "is no report: not JSON: "),
        (b'{"a": NaN}', "is no report: not JSON: "),
        (b"[]", "is no report: the whole: "),
        (b"{}\n{}", "is no report: not JSON: "),
        (b"\xff", "is no report: not JSON: "),
    ],
)
def test_what_is_no_json(content, said, run, made):
    """What is no JSON document is refused in one line that says how to make one."""
    path = made(content)
    ran = run("report", "merge", path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"notify-contracts: {path}: {said}")
    assert ONE_LINE.fullmatch(ran.err)


def test_reports_of_different_catalogs(run, report_of, examples):
    """Reports of different catalogs are not merged."""
    one = report_of("one.json", examples / "glance-33.log")
    other = report_of("other.json", examples / "glance-33.log", catalog="glance-emitted")
    ran = run("report", "merge", one, other)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f"notify-contracts: {other}: is about glance-emitted 2.0.0, {one} about glance-documented 2.0.0: "
        "merge reports of one catalog\n"
    )


@pytest.mark.parametrize("name", ["missing.json", ".", "a\x00b", "\x1b"])
def test_what_cannot_be_read(name, run, tmp_path, monkeypatch):
    """A file that cannot be read is one line."""
    monkeypatch.chdir(tmp_path)
    ran = run("report", "merge", name)
    assert (ran.status, ran.out) == (2, "")
    assert "cannot be read: " in ran.err
    assert ran.err[:-1].isprintable()


def test_a_report_is_not_overwritten(run, report_of, examples):
    """What is merged is not written over what it is merged from."""
    report = report_of("a.json", examples / "glance-33.log")
    before = report.read_bytes()
    ran = run("report", "merge", report, "--format", "json", "--output", report)
    assert (ran.status, report.read_bytes()) == (2, before)


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 2**70), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "\x1b", "image.create-INFO", "a-INFO", "line", "9999-12-31T23:59:00+00:00", [], {}]),
)  # fmt: skip


def _merged(path):
    """Return the outcome of a report, or why there is none."""
    try:
        return merged([path])
    except NotifyContractsError as error:
        return str(error)


@settings(deadline=None, max_examples=examples())
@given(VERDICTS, st.data())
def test_changed_at_random(tmp_path_factory, verdicts, data):
    """A report that was changed at random is refused in one line, or every format can be written of it."""
    path = tmp_path_factory.getbasetemp() / "changed.json"
    document = json.loads(as_json(Outcome(CATALOG, ("a",), summarised(verdicts), ("p",), ("n",))))
    container, key = data.draw(st.sampled_from(list(places(document))))
    container[key] = data.draw(VALUES)
    path.write_text(json.dumps(document))
    outcome = _merged(str(path))
    if isinstance(outcome, str):
        assert outcome.isprintable()
    else:
        assert all(formatted(outcome, form) for form in FORMATS)


def test_shards_without_ids(run, report_of, catalog_of, made):
    """Reports in which nothing has an id are of different shards, however alike; one file given twice is not."""
    example = catalog_of("glance-documented").contracts[0].example()
    line = json.dumps({name: value for name, value in example.items() if name != "message_id"}) + "\n"
    one, two = (report_of(f"{number}.json", made(line.encode())) for number in range(2))
    ran = run("report", "merge", one, two, one.parent / ".." / one.parent.name / one.name, "--format", "json")
    merged = json.loads(ran.out)
    assert merged["totals"]["notifications"] == 2
    assert len(merged["notes"]) == 1
