"""The report as annotations of GitHub Actions: commands that its runner takes apart into what was meant."""

import json

import pytest

from notify_contracts._checking.summary import Summary
from notify_contracts._report.github import MOST, github
from notify_contracts._report.outcome import Outcome
from notify_contracts.catalog import load


def _taken_apart(line):
    """Return name, properties and message of a command, as the runner does: split first, then unescape."""
    _, command, message = line.split("::", 2)
    name, _, stated = command.partition(" ")
    properties = dict(pair.split("=", 1) for pair in stated.split(","))
    return name, {key: _unescaped(value) for key, value in properties.items()}, _unescaped(message)


def _unescaped(text):
    for code in ("%0D", "%0A", "%3A", "%2C", "%25"):
        text = text.replace(code, chr(int(code[1:], 16)))
    return text


def test_report(broken_parcels, run, parcels):
    """Each group is an error at the line of its first violation; a notice has the totals."""
    ran = run("check", broken_parcels, "--catalog", parcels, "--format", "github")
    assert (ran.status, ran.err) == (1, "")
    *errors, notice = map(_taken_apart, ran.out.splitlines())
    identity = "message_id 0f2d1d2c-5f2b-4f5e-9a0a-6e1a53f4c0de"
    said = 'expected IP address of a scanner, or its name such as dock-7, found "a, <b>: 50%"'
    assert errors[3] == (
        "error",
        {"file": str(broken_parcels), "line": "4", "title": "1 x parcel.lost-WARN /payload/last_seen (anyOf)"},
        f"{said}\nat: {broken_parcels}, line 4, {identity}",
    )
    assert [properties["line"] for _, properties, _ in errors] == ["6", "5", "2", "4"]
    totals = "6 notifications, 2 conform, 4 do not, 4 violations, 1 unreadable, 2 of 5 contracts seen"
    assert notice == ("notice", {"title": "parcels 0.3.1"}, totals)


def test_escaping(broken_parcels, run, parcels):
    """The characters that the runner gives a meaning are escaped, a colon and a comma in properties alone."""
    line = run("check", broken_parcels, "--catalog", parcels, "--format", "github").out.splitlines()[3]
    assert 'found "a, <b>: 50%25"%0Aat: ' in line
    outcome = Outcome(load("glance-documented"), ("x",), Summary(), ("100%, a:b\n",))
    assert github(outcome).startswith("::error title=problem::100%25, a:b\\n\n")


def test_file_in_properties(run, tmp_path):
    """A file's name with commas, colons and percent signs is a property's value, whole."""
    path = tmp_path / "a,b:c%0A.jsonl"
    path.write_text("{}")
    line = run("check", path, "--format", "github").out.splitlines()[0]
    assert _taken_apart(line)[1]["file"] == str(path)


@pytest.mark.parametrize("problems", [0, 3, 12])
def test_no_more_than_are_shown(problems, run, made, catalog_of):
    """Of more errors than GitHub shows the problems and the largest groups are written, and how many are not."""
    example = catalog_of("glance-emitted").contract("image.create", "INFO").example()
    lines = [json.dumps(example | {f"x{number % 15:02}": 1}) for number in range(16)]
    sources = [f"no{number}" for number in range(problems)]
    ran = run("check", made("\n".join(lines).encode()), *sources, "--catalog", "glance-emitted", "--format", "github")
    *errors, notice = map(_taken_apart, ran.out.splitlines())
    titles = [properties["title"] for _, properties, _ in errors]
    assert len(titles) == MOST
    assert titles.count("problem") == min(problems, MOST)
    assert titles[problems : problems + 1] in ([], ["2 x image.create-INFO /x00 (additionalProperties)"])
    left_out = (
        f"and {15 + problems - MOST} errors more than the {MOST} that are shown of a step: --report json:FILE has"
    )
    assert notice[2].startswith(left_out)


def test_without_a_file(command):
    """What came from standard input has no file."""
    ran = command("check", "-", "--format", "github", stdin=b"{}")
    assert "file=" not in ran.out
    assert ran.out.startswith("::error title=1 x ")


def test_all_well(run, examples):
    """Where all is well there is the notice alone."""
    ran = run("check", examples / "glance-33-messaging.jsonl", "--catalog", "glance-emitted", "--format", "github")
    (notice,) = ran.out.splitlines()
    assert notice.startswith("::notice title=glance-emitted ")
