"""A part of a recording is asked about: the first of it, or a sample, and no report takes it for the whole."""

import json

import pytest

FORMATS = ("text", "brief", "json", "junit", "sarif", "gitlab", "ctrf", "github", "markdown", "html")


@pytest.fixture
def lines(catalog_of):
    """Return 60 notifications of which each third is broken, each known by its id."""
    good = catalog_of("glance-emitted").contract("image.upload", "ERROR").example()
    made = [good | {"message_id": f"5d4fbb7a-7d0e-4c0f-9a86-{number:012}"} for number in range(60)]
    return [json.dumps(one | ({"payload": 7} if number % 3 == 2 else {})) for number, one in enumerate(made)]


@pytest.fixture
def ask(run, tmp_path, lines):
    """Check the lines in two files, with options."""
    for name, part in (("a", lines[:20]), ("b", lines[20:])):
        (tmp_path / name).write_text("\n".join(part))

    def ask(*options, form="json"):
        return run("check", tmp_path / "a", tmp_path / "b", "--catalog", "glance-emitted", "--format", form, *options)

    return ask


def _ids(ran):
    return [json.loads(line)["message_id"][-2:] for line in ran.out.splitlines()]


def test_first(ask, tmp_path):
    """The first are asked about, of all sources together, and nothing behind them is read or opened."""
    ran = ask("--first", 22, form="jsonl")
    assert _ids(ran) == [f"{number:02}" for number in range(22)]
    assert "only the first 22 were asked about" in ran.err
    (tmp_path / "b").unlink()
    ran = ask("--first", 2, "--jobs", 4)
    assert (ran.status, json.loads(ran.out)["totals"]["notifications"], ran.err) == (0, 2, "")
    assert ask("--first", 3).status == 1
    assert ask("--first", 21).status == 2


def test_first_of_those_selected(ask):
    """What is not selected is not counted among the first."""
    assert ask("--first", 2, "--event", "image.create").status == 2


@pytest.mark.parametrize("part", [("--first", 2), ("--sample", 2, "--seed", 6)])
def test_no_report_takes_it_for_the_whole(ask, part, tmp_path, monkeypatch):
    """Every report says that it is of a part, and how large that is, and is not green; of the whole none does."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    reports = [f"--report={form}:{tmp_path / form}" for form in FORMATS]
    ran = ask(*part, *reports, form="brief")
    assert ran.status == 0
    assert "\x1b[33m" in ran.out
    assert "\x1b[32m" not in ran.out
    written = {form: (tmp_path / form).read_text() for form in FORMATS}
    for text in written.values():
        assert "only the first 2 were asked about" in text or "only a sample of 2 of 60 was asked about" in text
    assert 'class="sign part"' in written["html"]
    assert "✅ **All" not in written["markdown"]
    ask("--first" if "--first" in part else "--sample", 61, *reports)
    assert [form for form in FORMATS if "asked about" in (tmp_path / form).read_text()] == []


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_sample_is_the_same(ask, form, parts):
    """A sample is the same from one process and from several, and in the input's order; another seed draws others."""
    parts(2000, 300, elsewhere=True)
    alone, together = (ask("--sample", 9, "--seed", 5, "--jobs", jobs, form=form) for jobs in (1, 2))
    assert alone == together
    assert ask("--sample", 9, "--seed", 6, form=form) != alone
    if form == "jsonl":
        assert _ids(alone) == sorted(_ids(alone))
        assert len(set(_ids(alone))) == 9


def test_sample_of_many(ask):
    """Over many seeds each is drawn about as often as any other."""
    drawn = [one for seed in range(20) for one in _ids(ask("--sample", 15, "--seed", seed, form="jsonl"))]
    counts = [drawn.count(f"{number:02}") for number in range(60)]
    assert sum(counts) == 300
    assert min(counts) >= 1
    assert max(counts) <= 14


def test_sample_judges(ask):
    """A violation in a sample fails the run, and a sample of all is the same as asking about all."""
    assert ask("--sample", 60, "--seed", 1).out == ask().out
    assert {ask("--sample", 1, "--seed", seed).status for seed in range(12)} == {0, 1}


def test_merged(ask, run, tmp_path):
    """Reports of which one is of a part are together of a part."""
    for name, options in (("part", ("--first", 2)), ("whole", ())):
        ask(*options, "--output", tmp_path / f"{name}.json")
    merged = run("report", "merge", tmp_path / "part.json", tmp_path / "whole.json")
    assert "62 notifications" in merged.out
    assert merged.out.endswith(", only a part was asked\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--seed", 1), "--seed goes with --sample: add that, or leave --seed out"),
        (("--first", 1, "--sample", 1), "not allowed with"),
        (("--first", 0), "expected a positive number"),
        (("--sample", 10**7), "expected at most 1,000,000"),
        (("--first", 1, "--write-baseline", "known.json"), "--write-baseline is of all"),
    ],
)
def test_refused(ask, options, said, capsys):
    """What makes no sense is an error of one line."""
    try:
        status, error = ask(*options)[::2]
    except SystemExit as end:
        status, error = end.code, capsys.readouterr().err
    assert (status, error.count("\n")) == (2, 1)
    assert said in error


def test_nothing_in_it(run, tmp_path):
    """A recording in which there is nothing to draw from is a problem, and no green."""
    (tmp_path / "empty").write_text("")
    assert run("check", tmp_path / "empty", "--sample", 3).status == 2
