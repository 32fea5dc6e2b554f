"""``needs check --expect``: whether a producer can be deployed where these consumers run."""

import json
import subprocess

import pytest

NEED = {
    "consumer": "billing",
    "version": "2.1",
    "needs": [{"event_types": ["image.delete"], "reads": [{"places": ["$.payload.id"]}]}],
}


@pytest.fixture
def needs(tmp_path):
    """Return a folder with the needs of one consumer."""
    folder = tmp_path / "needs"
    folder.mkdir()
    (folder / "billing.json").write_text(json.dumps(NEED))
    return str(folder)


@pytest.mark.parametrize(
    ("expected", "status", "said"),
    [
        (["billing"], 0, ""),
        (["billing@2.1"], 0, ""),
        (["billing@2.2"], 2, "problem: billing: declared for another version: 2.1, not 2.2"),
        (["billing", "audit@1"], 2, "problem: audit: never declared: no file of needs is this consumer's"),
        (["\x1b[31m"], 2, "problem: \\x1b[31m: never declared"),
    ],
)
def test_what_is_unknown_is_never_well(run, needs, expected, status, said):
    """A consumer that said nothing, or spoke for another version, is a problem that is named."""
    ran = run(
        "needs",
        "check",
        needs,
        "--catalog",
        "glance-emitted",
        *(word for one in expected for word in ("--expect", one)),
    )
    assert (ran.status, said in ran.out) == (status, True)


@pytest.mark.parametrize("expected", ["", "billing@", "@2.1"])
def test_an_empty_variable(run, needs, expected):
    """A consumer without a name, or without the version that is asked about, was lost on the way: nothing is held."""
    ran = run("needs", "check", needs, "--catalog", "glance-emitted", "--expect", expected)
    assert (ran.status, ran.out) == (2, "")
    assert "--expect: expected the name of a consumer, and a version behind @" in ran.err


def test_what_fails_counts_more_than_what_is_unknown(run, needs):
    """A need that is not guaranteed gives status 1, whoever else is unknown."""
    assert run("needs", "check", needs, "--catalog", "glance-documented", "--expect", "audit").status == 1


def test_a_revision(run, needs, parcels_copy, monkeypatch):
    """The producer's catalog may be one of a revision of git, and one that is not there is said in a line."""
    git = ["git", "-C", str(parcels_copy), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "x"]):
        subprocess.run([*git, *command], check=True)
    monkeypatch.chdir(parcels_copy)
    ran = run("needs", "check", needs, "--catalog", "git:HEAD:.")
    assert "billing: reads nothing of this catalog" in ran.out
    assert run("needs", "check", needs, "--catalog", "git:nowhere:.").err.count("\n") == 1
