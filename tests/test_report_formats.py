"""The formats of reports: each can be asked for everywhere, none is loaded before, and a bad target is told first."""

import subprocess
import sys
from pathlib import Path

import pytest

from notify_contracts._report.writers import FORMATS

ROOT = Path(__file__).parent.parent
LIST = ", ".join(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_beside_and_instead(form, run, broken_parcels, parcels, tmp_path):
    """A format is the same on standard output, in --output and in --report, and leaves the status alone."""
    shown = run("check", broken_parcels, "--catalog", parcels, "--format", form)
    options = ["--format", form, "--output", tmp_path / "output", "--report", f"{form}:{tmp_path / 'a:b'}"]
    assert run("check", broken_parcels, "--catalog", parcels, *options) == (1, "", "")
    assert (tmp_path / "output").read_text() == (tmp_path / "a:b").read_text() == shown.out
    assert shown.out.endswith("\n")


@pytest.mark.parametrize("form", FORMATS)
def test_problems(form, run, broken_parcels, parcels):
    """A source that could not be read is in every report."""
    ran = run("check", broken_parcels, "missing.log", "--catalog", parcels, "--format", form)
    assert ran.status == 2
    assert "missing.log: cannot be read" in ran.out


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("gitlab", "html", "json")])
def test_what_has_no_contract(form, run, broken_parcels, parcels):
    """What passes though it has no contract is counted in the line of totals of every report that has one."""
    ran = run("check", broken_parcels, "--catalog", parcels, "--allow-unknown", "--format", form)
    assert "1 conform without a contract" in ran.out


@pytest.mark.parametrize("target", ["xml:out", "junit", "junit:", ":out", "\x1b:out"])
@pytest.mark.parametrize("command", [("check", "missing"), ("report", "merge", "missing")])
def test_bad_targets(target, command, run, tmp_path, monkeypatch):
    """What is no format, or no file, is told in a line with every format, before anything is read or written."""
    monkeypatch.chdir(tmp_path)
    ran = run(*command, f"--report={target}")
    assert (ran.status, ran.out) == (2, "")
    assert f"expected FORMAT:FILE with one of {LIST}" in ran.err
    assert "missing" not in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", FORMATS)
def test_targets_are_opened_first(form, run, tmp_path):
    """A report that cannot be written is told before anything is read, and so are two for one file."""
    ran = run("check", "missing", f"--report={form}:{tmp_path}")
    assert (ran.status, ran.out) == (2, "")
    assert "cannot be written" in ran.err
    assert "missing" not in ran.err
    twice = run("check", "missing", f"--report={form}:{tmp_path / 'a'}", f"--output={tmp_path / 'a'}")
    assert twice.err == "notify-contracts: two reports go to one file: give each its own\n"


def test_only_what_is_asked_for_is_loaded():
    """The command that can write every format loads none of them, nor what they need."""
    program = "import sys, notify_contracts.cli.check, notify_contracts.cli.report; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    modules = set(ran.stdout.split())
    writers = {target.partition(":")[0] for name, target in FORMATS.items() if name != "json"}
    assert "notify_contracts._report.writers" in modules
    assert modules & (writers | {"xml.etree.ElementTree"}) == set()


def test_help(run):
    """Every format is in the help of the commands that report."""
    for command in (("check",), ("verify",), ("report", "merge")):
        assert LIST in " ".join(run(*command, "--help").out.split())
