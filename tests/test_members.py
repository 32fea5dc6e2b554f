"""A member that a user names holds lines of a log, as those that are known do: for this run and no other."""

import json

import pytest

from notify_contracts.capture import Recording, members_added


@pytest.fixture
def log(made, catalog_of):
    """Return the log of a logger that nobody knows, with a notification in it."""
    notification = json.dumps(catalog_of("glance-emitted").contract("image.upload", "ERROR").example())
    texts = ["started", f"INFO oslo.messaging.notification.image.upload [-] {notification}", "ended"] * 20
    return made("\n".join(json.dumps({"level": "info", "zeile": text}) for text in texts).encode())


@pytest.mark.parametrize("jobs", [1, 2])
def test_named(run, log, jobs, parts):
    """Its records are skipped and counted, whoever reads them, and what stands in them is judged."""
    parts(2000, elsewhere=jobs == 2)
    options = ("--catalog", "glance-emitted", "--format", "json", "--jobs", jobs)
    ran = run("check", log, *options, "--member", "zeile")
    totals = json.loads(ran.out)["totals"]
    assert (ran.status, totals["conforming"], totals["skipped_lines"]) == (0, 20, 40)
    assert json.loads(run("check", log, *options).out)["totals"]["unreadable"] == 40


@pytest.mark.exhaustive
def test_audit(run, log):
    """An audit reads them as a check does."""
    ran = run("audit", log, "--catalog", "glance-emitted", "--member", "zeile", "--workers", "1")
    assert (ran.status, "40 other lines skipped" in ran.out) == (0, True)


def test_while_it_is_named(log):
    """Outside of the block it is no such member, and one block may stand in another."""

    def skipped():
        with Recording(log) as recording:
            list(recording)
        return recording.skipped

    with members_added(["zeile"]):
        with members_added(["ligne"]):
            assert skipped() == 40
        assert skipped() == 40
    with members_added(["ligne"]):
        assert skipped() == 0
