"""What is unreadable for different reasons is told apart, in every report, merged or not."""

import json

import pytest

from notify_contracts._report import FORMATS
from notify_contracts.catalog import load

GOOD = json.dumps(load("glance-emitted").contract("image.create", "INFO").example())
REASONS = ('{"a":', '{"oslo.version":"3.0","oslo.message":"{}"}', "{'x': 1}", '{"a": NaN}', "[1]", '"x"', '{"took": 1}')
LOST = "ERROR oslo_messaging.notify.messaging [-] Could not send notification to notifications. Payload={'a': 1}"


@pytest.fixture
def recording(made):
    """Return a recording with each reason twice."""
    again = [line.replace("3.0", "1.9").replace('"x"', '"yy"').replace("{'x", " {'z") for line in REASONS]
    return made("\n".join([GOOD, *REASONS, *again, LOST, ""]).encode())


def test_groups(recording, run):
    """Each reason is a group, whatever else is different in what was found."""
    groups = json.loads(run("check", recording, "--catalog", "glance-emitted", "--format", "json").out)["groups"]
    counts = {group["message"]: group["count"] for group in groups if group["keyword"] == "unreadable"}
    assert sorted(counts.values()) == [2] * len(REASONS)


@pytest.mark.parametrize("form", FORMATS)
def test_merged_reports(form, recording, run, tmp_path):
    """A report of a report is the report, in every format, and tells every reason."""
    kept = tmp_path / "kept.json"
    direct = run("check", recording, "--catalog", "glance-emitted", "--format", form, "--report", f"json:{kept}")
    assert run("report", "merge", kept, "--format", form).out == direct.out
    if form != "junit":
        assert direct.out.count("no consumer built on oslo.messaging reads another") >= 1
