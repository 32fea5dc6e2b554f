"""One file read by several processes gives what one process gives."""

import json
from io import BufferedReader, BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify_contracts.capture.lines import lines
from notify_contracts.capture.parts import PartStream, parts
from notify_contracts.cli import main

RECORDINGS = ("examples/glance-33-messagingv2.jsonl", "examples/glance-33.log")


@given(
    content=st.lists(st.binary(max_size=9).map(lambda line: line.replace(b"\n", b"")), max_size=12).map(b"\n".join),
    ends=st.booleans(),
    count=st.integers(1, 9),
)
def test_each_line_in_one_part(content, ends, count):
    """Whatever the lines and the number of parts, the parts' lines are the file's lines, each once, in order."""
    content += b"\n" * ends
    read = [
        line
        for part in parts(len(content), count)
        for line in lines(PartStream(BufferedReader(BytesIO(content)), part))
    ]
    assert read == list(lines(BytesIO(content)))


@pytest.mark.parametrize("recording", RECORDINGS)
@pytest.mark.parametrize("catalog", ["glance-documented", "glance-emitted"])
def test_same_report(recording, catalog, capfd):
    """The report does not depend on the number of processes, down to the last byte."""
    reports = []
    for jobs in ("1", "2", "5"):
        main(["check", recording, "--catalog", catalog, "--format", "json", "--jobs", jobs])
        reports.append(capfd.readouterr().out)
    assert reports[0] == reports[1] == reports[2]
    assert json.loads(reports[0])["totals"]["notifications"] == 814


def test_places_count_from_the_beginning(tmp_path, capfd):
    """A violation far down is reported at its line of the file, not of its part."""
    recording = tmp_path / "late.jsonl"
    good = json.dumps({"event_type": "image.delete", "priority": "INFO"})
    recording.write_text(f"{good}\n" * 99 + '{"event_type": 7}\n')
    main(["check", str(recording), "--format", "json", "--jobs", "4"])
    groups = json.loads(capfd.readouterr().out)["groups"]
    assert [group["example"]["number"] for group in groups if group["pointer"] == "/event_type"] == [100]


@pytest.mark.parametrize("arguments", [["-"], ["examples"], ["--format", "jsonl", RECORDINGS[0]]])
def test_never_silently_serial(arguments, capfd):
    """Where several processes cannot read a source, asking for them is an error that says so."""
    assert main(["check", "--jobs", "2", *arguments]) == 2
    assert capfd.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("jobs", ["0", "-1", "x", "1000"])
def test_impossible_jobs(jobs, capfd):
    """A number of processes that makes no sense is a usage error of one line."""
    with pytest.raises(SystemExit, match="2"):
        main(["check", "--jobs", jobs, RECORDINGS[0]])
    assert "a number from 1 to 64" in capfd.readouterr().err
