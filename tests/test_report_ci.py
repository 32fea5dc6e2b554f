"""The reports for GitLab's Code Quality and in the Common Test Report Format."""

import json

import pytest


@pytest.fixture
def report(run, broken_parcels, parcels):
    """Give a function that reads the report of a recording with something of everything in a format."""
    return lambda form, *more: json.loads(
        run("check", broken_parcels, *more, "--catalog", parcels, "--format", form).out
    )


def test_gitlab(report, broken_parcels):
    """An issue for each group has what GitLab asks for: words, rule, a fingerprint of its own, severity, file, line."""
    issues, groups = report("gitlab"), report("json")["groups"]
    assert len(issues) == len(groups) == len({issue["fingerprint"] for issue in issues})
    assert {issue["check_name"] for issue in issues} == {group["keyword"] for group in groups}
    for issue in issues:
        assert issue.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["path"] == str(broken_parcels)
        assert issue["location"]["lines"]["begin"] >= 1


def test_gitlab_problems(report, run, parcels, tmp_path, catalog_of):
    """A source that cannot be read is an issue; where all is well there is none."""
    assert any("missing.log" in issue["description"] for issue in report("gitlab", "missing.log"))
    good = tmp_path / "good.jsonl"
    good.write_text(json.dumps(catalog_of(parcels).contract("parcel.accepted", "INFO").example()))
    assert run("check", good, "--catalog", parcels, "--format", "gitlab").out == "[]\n"


def test_gitlab_knows_again(report):
    """The fingerprint is that of SARIF's result, so what is known stays known, wherever it was found."""
    results = report("sarif")["runs"][0]["results"]
    known = {result["partialFingerprints"]["primaryLocationLineHash"].partition(":")[0] for result in results}
    assert {issue["fingerprint"] for issue in report("gitlab")} == known


def test_ctrf(report):
    """There is a test for each contract and whatever has none; the summary counts them by status."""
    document = report("ctrf")
    assert (document["reportFormat"], document["results"]["tool"]["name"]) == ("CTRF", "notify-contracts")
    summary, tests = document["results"]["summary"], document["results"]["tests"]
    assert summary["tests"] == len(tests)
    for status in ("passed", "failed", "skipped", "pending", "other"):
        assert summary[status] == sum(test["status"] == status for test in tests)
    of_name = {test["name"]: test for test in tests}
    assert of_name["parcel.accepted-INFO"]["message"] == "1 of 3 notifications break it"
    assert "/payload/grams (minimum)" in of_name["parcel.accepted-INFO"]["trace"]
    assert of_name["locker_door.stuck-INFO"]["status"] == "skipped"
    assert all(test.keys() >= {"name", "status", "duration"} and test["name"] for test in tests)


def test_ctrf_problems(report):
    """A source that cannot be read is a test that failed."""
    tests = report("ctrf", "missing.log")["results"]["tests"]
    assert any("missing.log" in test.get("message", "") and test["status"] == "failed" for test in tests)
