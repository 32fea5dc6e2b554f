"""Contract coverage: the matrix at the end of a session, its lists, its threshold and its file."""

import json

import pytest
from junitparser import JUnitXml

from notify_contracts._report.writers import FORMATS

TESTS = """
        def test_kept(notifications):
            delete()
            notifications.one("image.delete")

        def test_broken(notifications):
            create()
            Notifier("image.host").info("image.upload", {})

        def test_asserted(notifications):
            notifications.none("image.activate", "WARN")

        @pytest.mark.contracts("task.run", priority="ERROR")
        def test_example(contract):
            contract.example()
"""


def test_the_matrix(distributed):
    """Contracts are shown as passed, failed, asserted or untouched, whichever process their tests ran in."""
    result = distributed(TESTS).run("--notify-coverage")
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*= contract coverage =*",
            "glance-documented 2.0.0  INFO                  WARN                  ERROR",
            "image.activate           -                     asserted              -",
            "image.create             -                     -                     1 passed",
            "image.delete             1 passed              -                     -",
            "image.upload             1 failed              -                     -",
            "task.run                 -                     -                     asserted",
            "contracts never touched",
            "  image.activate: INFO, ERROR",
            "  image.create: INFO, WARN",
            "  task.run: INFO, WARN",
            "assertions about what was never seen",
            '  test_it.py::test_asserted: none("image.activate", priority="WARN")',
            "  test_it.py::test_example[[]task.run-ERROR[]]: contract",
            "examples never exercised",
            "  image.activate-WARN: 1",
            "  image.create-ERROR: 1",
            "  image.upload-INFO: 1, 2",
            "6.1 % of 33 contracts: 2 passed, 1 failed, 2 asserted, 28 untouched",
        ]
    )
    assert "task.run-ERROR: 1" not in result.stdout.str()


def test_without_the_option_nothing_is_shown(project):
    """The matrix is there for those who ask."""
    assert "contract coverage" not in project(TESTS).run().stdout.str()


@pytest.mark.parametrize(("percent", "status"), [("3", 0), ("3.1", 1), ("100", 1)])
def test_threshold(distributed, percent, status):
    """Too little coverage fails a session whose tests passed, and says by how much."""
    result = distributed(TESTS.partition("def test_broken")[0]).run("--notify-coverage-fail-under", percent)
    result.assert_outcomes(passed=1)
    assert result.ret == status
    if status:
        result.stdout.fnmatch_lines([f"3.0 % of the contracts were seen and kept; at least {percent} % are required"])


def test_collecting_alone_does_not_fail(project):
    """Where tests are only listed, nothing was to be covered."""
    assert project(TESTS).run("--notify-coverage-fail-under=100", "--collect-only").ret == 0


TWO = """
        def test_first(notifications):
            delete()
            assert not FAIL

        @pytest.mark.slow
        def test_second(notifications):
            pass
"""
NOT_JUDGED = (
    "3.0 % of the contracts were seen and kept; at least 50 % are required of a whole run: not judged, for only "
)


@pytest.fixture
def requiring(project, pytester, monkeypatch):
    """Give a project of two tests whose configuration requires what they do not reach."""

    def requiring(options="", fails="False"):
        pytester.makeini(
            f"[pytest]\nnotify_coverage_fail_under = 50\nmarkers = slow\naddopts = -W ignore::UserWarning {options}"
        )
        return project(TWO.replace("FAIL", fails))

    for name in ("CI", "BUILD_NUMBER"):
        monkeypatch.delenv(name, raising=False)
    return requiring


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["test_it.py::test_first"], "the id of a test"),
        (["-vk", "first"], "-k"),
        (["-mnot slow"], "-m"),
        (["--deselect", "test_it.py::test_second"], "--deselect"),
        (["-pxdist", "-n1", "-k", "first"], "-k"),
    ],
)
def test_a_part_is_not_judged(requiring, options, part):
    """Who runs some of the tests is told that nothing was judged, and nothing fails."""
    result = requiring().run(*options)
    assert result.parseoutcomes()["passed"] == 1
    assert result.ret == 0
    result.stdout.fnmatch_lines([f"{NOT_JUDGED}a part was asked for ({part})"])


def test_what_failed_last_is_a_part(requiring):
    """So it is with what failed the last time, even if it passes now; where nothing had failed all tests run."""
    project = requiring(fails="True")
    assert project.run("--lf").ret == 1
    requiring()
    result = project.run("--lf")
    assert result.ret == 0
    result.stdout.fnmatch_lines([f"{NOT_JUDGED}a part was asked for (--lf)"])
    assert project.run("--lf").ret == 1


@pytest.mark.parametrize(
    ("options", "typed", "variable"),
    [
        ("-m 'not slow'", [], None),
        ("-k first", [], None),
        ("", ["test_it.py"], None),
        ("", ["-k", "test"], None),
        ("", ["-m", "not slow"], "CI"),
        ("", ["-k", "first"], "BUILD_NUMBER"),
    ],
)
def test_a_whole_run_is_judged(requiring, monkeypatch, options, typed, variable):
    """What the project always leaves out, a file, a selection of everything, and one in CI are whole runs."""
    if variable is not None:
        monkeypatch.setenv(variable, "1")
    result = requiring(options).run(*typed)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["3.0 % of the contracts were seen and kept; at least 50 % are required"])


def test_the_file(distributed, pytester):
    """The JSON file holds every contract with its status, and what nothing exercised."""
    distributed(TESTS).run("--notify-coverage-report=coverage.json")
    report = json.loads(pytester.path.joinpath("coverage.json").read_bytes())
    contracts = {entry["contract"]: entry for entry in report["contracts"]}
    assert len(contracts) == 33
    assert contracts["image.delete-INFO"] == {
        "contract": "image.delete-INFO",
        "event_type": "image.delete",
        "priority": "INFO",
        "passed": 1,
        "failed": 0,
    }
    told = report["tests"]
    assert told["statuses"]["image.delete-INFO"] == "passed"
    assert told["statuses"]["image.upload-INFO"] == "failed"
    assert told["statuses"]["task.run-ERROR"] == "asserted"
    assert told["statuses"]["task.run-INFO"] == "untouched"
    assert told["percent"] == 6.06
    assert report["catalog"] == {"name": "glance-documented", "version": "2.0.0"}
    assert {"contract": "task.run-ERROR", "example": 0} not in told["examples_never_exercised"]
    assert [entry["assertion"] for entry in told["assertions_never_exercised"]] == [
        'none("image.activate", priority="WARN")',
        "contract",
    ]


def test_every_format(project, pytester):
    """Each format tells of the coverage: what was seen, what failed in which test, what was only asserted."""
    options = [f"--notify-coverage-report={form}:reports/{form}" for form in FORMATS]
    pytester.mkdir("reports")
    project(TESTS).run(*options)
    written = {form: pytester.path.joinpath("reports", form).read_text() for form in FORMATS}
    share = " of 33 contracts: 2 passed, 1 failed, 2 asserted, 28 untouched"
    assert [form for form in FORMATS if form not in ("json", "html") and share not in written[form]] == []
    assert [form for form in FORMATS if "test_it.py" not in written[form]] == []
    junit = JUnitXml.fromstring(written["junit"].encode())
    results = {case.name: [result.message for result in case.result] for suite in junit for case in suite}
    assert results["image.delete-INFO"] == []
    assert results["image.upload-INFO"] == ["1 of 1 notifications break it"]
    assert results["image.activate-WARN"] == ["never seen, only asserted"]
    assert results["task.run-INFO"] == ["never seen"]
    assert "::error file=test_it.py,title=" in written["github"]
    assert "::warning title=assertions about what was never seen::test_it.py%3A%3A" not in written["github"]
    assert "::warning title=assertions about what was never seen::test_it.py::test_asserted: none(" in written["github"]
    assert "<details><summary>Assertions about what was never seen (2)</summary>" in written["markdown"]
    assert '"uri":"test_it.py"' in written["sarif"]


def test_reports_of_several_jobs(project, pytester, run):
    """The JSON of several jobs is merged to the coverage of all of them together."""
    first, second = TESTS.split("        def test_broken", 1)
    for name, tests in (("first", first), ("second", f"        def test_broken{second}"), ("whole", TESTS)):
        project(tests).run(f"--notify-coverage-report={name}.json")
    assert run("report", "merge", "first.json", "second.json", "--format=json", "--output=merged.json").status == 1
    whole, merged = (json.loads(pytester.path.joinpath(f"{name}.json").read_bytes()) for name in ("whole", "merged"))
    for part in ("sources", "totals", "contracts", "tests"):
        assert merged[part] == whole[part]


def test_the_folder_that_a_test_went_to(project, pytester):
    """A report goes to where pytest was started, whatever folder a test left behind."""
    made = project("""
        def test_it(notifications, tmp_path, monkeypatch):
            import os
            os.chdir(tmp_path)
            delete()
    """)
    made.run("--notify-coverage-report=coverage.json").assert_outcomes(passed=1)
    assert pytester.path.joinpath("coverage.json").is_file()


def test_a_folder_that_went_away(project, pytester):
    """A report that cannot be written after all is an error in one line."""
    pytester.mkdir("reports")
    result = project("""
        def test_it(notifications, request):
            request.config.invocation_params.dir.joinpath("reports").rmdir()
            delete()
    """).run("--notify-coverage-report=junit:reports/junit.xml")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*notify_coverage_report '*/reports/junit.xml': No such file or directory"])
    assert "Traceback" not in result.stderr.str()


RERUN = """
        attempts = []

        def test_flaky(notifications):
            attempts.append(1)
            if len(attempts) == 1:
                delete("not-an-id")
            else:
                create()
"""


def test_reruns(distributed):
    """Of a test that is run again only the last attempt counts."""
    result = distributed(RERUN).run("-prerunfailures", "--reruns=2", "--notify-coverage")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        [
            "image.create             -                     -                     1 passed",
            "image.delete             -                     -                     -",
            "3.0 % of 33 contracts: 1 passed, 0 failed, 0 asserted, 32 untouched",
        ]
    )


def test_what_came_too_late(project):
    """That something came too late takes nothing away from what its test has covered."""
    result = project("""
        def test_late(notifications):
            delete()
            later(create)

        def test_next(notifications):
            join()
    """).run("--notify-coverage")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["image.delete             1 passed *"])


def test_examples_that_are_sent_are_exercised(project, pytester):
    """An example counts as exercised if a notification with its payload was recorded."""
    project("""
        from notify_contracts import load

        def test_it(notifications):
            for example in load().contract("image.delete", "INFO").examples:
                delete(example["payload"])
    """).run("--notify-coverage-report=coverage.json")
    report = json.loads(pytester.path.joinpath("coverage.json").read_bytes())
    assert "image.delete-INFO" not in {entry["contract"] for entry in report["tests"]["examples_never_exercised"]}
    assert "image.delete-WARN" in {entry["contract"] for entry in report["tests"]["examples_never_exercised"]}


def test_another_catalog_does_not_count(project):
    """What a test's marker holds against another catalog says nothing of this one's contracts."""
    result = project("""
        @pytest.mark.notifications(catalog="glance-emitted")
        def test_it(notifications):
            create_of = Notifier("image.host").error("image.upload", "the disk is full")
    """).run("--notify-coverage")
    result.stdout.fnmatch_lines(["0.0 % of 33 contracts: 0 passed, 0 failed, 0 asserted, 33 untouched"])
