"""One long file read in parts: each line is in exactly one of them, and several processes report as one does."""

import gzip
import json
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from notify_contracts.capture import Recording, parts
from notify_contracts.catalog import load

GOOD = json.dumps(load("glance-emitted").contract("image.upload", "ERROR").example())
LINES = st.lists(
    st.sampled_from([b"", b"{}", b'{"event_type": 1}', b"rubbish", b'{"a": "' + b"x" * 300 + b'"}']), max_size=12
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=LINES,
    count=st.integers(1, 20),
    end=st.sampled_from([b"", b"\n"]),
    separator=st.sampled_from([b"\n", b"\r\n"]),
)
@example(lines=[b"{}"] * 4, count=4, end=b"\n", separator=b"\n")
@example(lines=[b'{"a": "' + b"x" * 300 + b'"}', b"{}"], count=20, end=b"", separator=b"\n")
def test_parts(lines, count, end, separator, made):
    """However a file is cut into parts, together they hold every line once and in order."""
    content = separator.join([b"{}", *lines]) + end
    path = made(content)
    with Recording(path) as recording:
        whole = [content for content, _ in recording]
    found, length, skipped = [], 0, 0
    for part in parts(len(content), count):
        with Recording(path, part=part) as partly:
            found += [content for content, _ in partly]
        length += partly.length
        skipped += partly.skipped
    assert found == whole
    assert (length, skipped) == (recording.length, recording.skipped)


@pytest.fixture
def recording(made):
    """Write a recording with lines of very different length."""
    lines = ["\ufeff" + GOOD]
    for number in range(40):
        lines += [
            GOOD,
            json.dumps({"event_type": "image.create", "message_id": "x" * 400 * (number % 7)}),
            "",
            "rubbish",
        ]
    return made("\n".join(lines).encode())


@pytest.mark.parametrize("jobs", [2, 5])
@pytest.mark.parametrize("form", ["json", "text"])
def test_jobs(form, jobs, run, recording):
    """Several processes give the same report as one, down to the place of the first example of each group."""
    reports = [run("check", recording, "--format", form, "--jobs", number) for number in (1, jobs)]
    assert reports[0] == reports[1]
    assert reports[0].status == 1


def test_jobs_and_a_log(run, examples):
    """A log is shared as well, and its other lines are counted."""
    reports = [run("check", examples / "glance-33.log", "--format", "json", "--jobs", number) for number in (1, 3)]
    assert reports[0] == reports[1]
    assert json.loads(reports[0].out)["totals"]["skipped_lines"] == 2989


@pytest.mark.parametrize(
    "content", [f"[{GOOD}]".encode(), gzip.compress(GOOD.encode()), GOOD.replace(", ", ",\n").encode()]
)
def test_what_cannot_be_shared(content, run, made):
    """What cannot be read in parts is said if several processes were asked for."""
    ran = run("check", made(content), "--jobs", 2)
    assert ran.status == 2
    assert re.fullmatch(r"notify-contracts: [^\n]+ by several processes[^\n]*\n", ran.err)


def test_jobs_and_a_broken_catalog(run, recording, parcels_copy):
    """What is wrong with a catalog is one line, also where another process finds it."""
    (parcels_copy / "events" / "image.create.json").write_text("{")
    ran = run("check", recording, "--catalog", parcels_copy, "--jobs", 2)
    assert ran.status == 2
    assert re.fullmatch(r"notify-contracts: [^\n]+ is not JSON[^\n]*\n", ran.err)


def test_third_catalog_in_several_processes(run, made, catalog_of, parcels):
    """A catalog of the user's own goes to the other processes, too."""
    lines = [json.dumps(contract.example()) for contract in catalog_of(parcels).contracts] * 10
    for engine in ("jsonschema-rs", "jsonschema"):
        ran = run("check", made("\n".join(lines).encode()), "--catalog", parcels, "--jobs", 2, "--engine", engine)
        assert (ran.status, ran.err) == (0, "")
        assert "50 notifications, 50 conform" in ran.out


@pytest.mark.parametrize("arguments", [["-"], ["--format", "jsonl", "examples/glance-33.log"]])
def test_never_silently_serial(arguments, run):
    """Standard input and verdicts as they come are for one process: asking for several is an error that says so."""
    ran = run("check", "--jobs", "2", *arguments)
    assert (ran.status, ran.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("jobs", ["0", "-1", "x", "1000"])
def test_impossible_jobs(jobs, run):
    """A number of processes that makes no sense is a usage error of one line."""
    ran = run("check", "--jobs", jobs, "examples/glance-33.log")
    assert (ran.status, "a number from 1 to 64" in ran.err) == (2, True)
