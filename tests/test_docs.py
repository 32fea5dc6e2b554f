"""The guides are run as they stand: the code blocks of a section make one file of tests, what is shown is compared."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from pytest_notify_contracts.options import OPTIONS

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
SECTIONS = dict(section.split("\n", 1) for section in GUIDE.split("\n## ")[1:])
VARYING = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _blocks(language, text):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def _command(words):
    """Return the one command that contains these words."""
    (command,) = (command for command in re.findall("`([^`\n]+)`", GUIDE) if words in command)
    return command


CODE = {title: "\n".join(_blocks("python", text)) for title, text in SECTIONS.items() if _blocks("python", text)}
ON_BUS = [title for title, code in CODE.items() if "(bus)" in code]
EMITTING, COVERING = "I emit", "A whole emitter, a whole consumer"


@pytest.fixture
def reader(pytester):
    """Give a function that runs a section's code as a reader would, in a folder with the files that it shows."""

    def run(title, *options):
        if "oslo_messaging" in CODE[title]:
            pytest.importorskip("oslo_messaging")
            pytester.path.joinpath("service.conf").write_text(_blocks("ini", SECTIONS[title])[0])
        pytester.makepyfile(test_section=CODE[title])
        return pytester.runpytest("-rs", *options)

    return run


def _require_run(result, title):
    outcomes = result.parseoutcomes()
    outcomes.pop("warnings", None)
    fails = CODE[title].count("# fails")
    assert outcomes.pop("failed", 0) == fails
    assert outcomes.pop("passed") >= CODE[title].count("def test_") - fails
    assert outcomes == {}


@pytest.mark.parametrize("title", [title for title in CODE if title not in ON_BUS])
def test_code(title, reader):
    """What a section shows passes as it stands; only what it says fails does, with the words that it shows."""
    result = reader(title)
    _require_run(result, title)
    said = VARYING.sub("ID", result.stdout.str())
    for shown in _blocks("text", SECTIONS[title]):
        pattern = re.escape(VARYING.sub("ID", shown)).replace("…", ".*")
        assert re.search(pattern, said), said


@pytest.mark.parametrize("title", ON_BUS)
def test_code_on_a_broker(title, reader, broker_url):
    """What a section shows of a real broker passes there."""
    _require_run(reader(title, f"--notify-broker={broker_url}"), title)


def test_failures_are_shown():
    """Every section that shows a failure shows what it says."""
    assert [title for title in CODE if "# fails" in CODE[title]] == [
        title for title, text in SECTIONS.items() if _blocks("text", text)
    ]
    assert EMITTING in CODE


def test_unittest(tmp_path):
    """What is shown for unittest needs no pytest."""
    tmp_path.joinpath("test_section.py").write_text(CODE["With unittest"])
    program = "import sys; sys.modules['pytest'] = None; import unittest; unittest.main('test_section')"
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr.splitlines()[-1]) == (0, "OK"), ran.stderr


def test_pip():
    """Every extra that is to be installed is there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = re.findall(r"pip install '(.+?)\[(.+?)\]'", GUIDE)
    assert {name for name, _ in wanted} == {project["name"]}
    assert {extra for _, extra in wanted} <= set(project["optional-dependencies"])


def test_coverage(reader, pytester):
    """The coverage is shown and written, and the threshold is met by the conformance kit of the guide."""
    result = reader(COVERING, *shlex.split(_command("pytest --notify-coverage "))[1:])
    assert result.ret == 0
    assert json.loads(pytester.path.joinpath("coverage.json").read_text())["tests"]["percent"] == 100
    result.stdout.fnmatch_lines(["*= contract coverage =*", "100.0 % of 33 contracts: *"])


def test_command_with_broker(reader, broker_url, monkeypatch):
    """A broker may be required, of one kind or at a URL."""
    variable, _, *options = shlex.split(_command("pytest --notify-broker"))
    monkeypatch.setenv(*variable.split("="))
    result = reader(*ON_BUS, *(option.replace("docker", broker_url) for option in options))
    assert result.ret == 0


def test_configuration(reader, pytester):
    """The configuration that is shown is taken by pytest; the threshold in it counts."""
    (configuration,) = _blocks("toml", GUIDE)
    pytester.makepyprojecttoml(configuration)
    result = reader("With unittest")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["* at least 50 % are required"])


def test_options():
    """The table names every option, and every choice of it."""
    rows = re.findall(r"^\| `--notify-.*$", GUIDE, re.MULTILINE)
    for option in OPTIONS:
        (row,) = (row for row in rows if f"`{option.flag}`" in row)
        assert [choice for choice in option.choices if f"`{choice}`" not in row] == []
        assert (option.variable or "") in row


def test_swallowed():
    """What is said of a delivery that failed is what a test says then."""
    said = (ROOT / "examples/broken-downstream/expected/swallowed.txt").read_text()
    assert f"`{said.partition(':')[0]}`" in GUIDE


def test_marker(pytester):
    """The marker that is shown chooses as it says: an event without a contract passes with it, and only with it."""
    (marker,) = re.findall(r"^`(@pytest\.mark\.notifications\(.*?\))`", GUIDE, re.MULTILINE)
    test = """
def test_{}(notifications):
    Notifier("image.example.org").info("image.framed", {{}})
    assert notifications.catalog.name == "{}"
"""
    tests = f"{marker}{test.format('known', 'glance-emitted')}{test.format('strict', 'glance-documented')}"
    pytester.makepyfile(f"import pytest\nfrom notify_contracts import Notifier\n\n{tests}")
    pytester.runpytest().assert_outcomes(passed=1, failed=1)


def test_links():
    """Every link leads to a file of the project."""
    links = re.findall(r"\]\((?!https://)(.+?)\)", GUIDE)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


def test_length():
    """The guide is read in one go: about 200 lines."""
    assert len(GUIDE.splitlines()) <= 220
