"""Contract coverage: the matrix at the end of a session, its lists, its threshold and its file."""

import json

import pytest

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
            "glance-documented 1.0.0  INFO                  WARN                  ERROR",
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
    assert report["catalog"] == {"name": "glance-documented", "version": "1.0.0"}
    assert {"contract": "task.run-ERROR", "example": 0} not in told["examples_never_exercised"]
    assert [entry["assertion"] for entry in told["assertions_never_exercised"]] == [
        'none("image.activate", priority="WARN")',
        "contract",
    ]


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
    result = distributed(RERUN).run("--reruns=2", "--notify-coverage")
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
            threading.Timer(0.2, create).start()

        def test_next(notifications):
            time.sleep(0.4)
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
