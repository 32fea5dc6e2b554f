"""Somebody else's project, tested with the plugin by a pytest of its own; and the same with a broken emitter."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from notify_contracts import load
from notify_contracts.cli import main

ROOT = Path(__file__).parent.parent
EXAMPLES = ("downstream", "broken-downstream")
BROKEN = "broken-downstream/expected"
EXPECTED = sorted(path.stem for path in (ROOT / "examples" / BROKEN).iterdir())

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("oslo_messaging") is None and os.environ.get("CI") != "true",
    reason="not installed: oslo.messaging",
)


def _python(folder, *arguments, **environment):
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "NOTIFY_"))},
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "pytest_plugin", "src"))),
        "PYTEST_ADDOPTS": "-p no:asyncio -p no:run-parallel",  # our own tests need them
        "TZ": "UTC",
        **environment,
    }
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def _skipped(ran):
    """Return why tests were skipped."""
    return set(re.findall(r"^SKIPPED \[\d+\] \S+: (.*)$", ran.stdout, re.MULTILINE))


def _says(line, ran):
    return re.search(f"^{line}$", ran.stdout, re.MULTILINE)


def _copied(folder):
    for name in EXAMPLES:
        copytree(ROOT / "examples" / name, folder / name, ignore=ignore_patterns("__pycache__", ".*"))
    return folder


@pytest.fixture
def projects(tmp_path):
    """Return a folder with a copy of both projects, away from the checkout."""
    return _copied(tmp_path)


@pytest.mark.exhaustive
def test_downstream(projects, broker_url):
    """Every test of the project passes, with the real broker and oslo.messaging, and every contract is covered."""
    ran = _python(projects / "downstream", "-m", "pytest", "-rs", NOTIFY_CONTRACTS_BROKER=broker_url)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert _says(r"100\.0 % of 33 contracts: 33 passed, 0 failed, 0 asserted, 0 untouched", ran)
    assert _skipped(ran) == {"the consumer is given bytes, which cannot be changed"}
    assert broker_url.partition("@")[0] not in ran.stdout + ran.stderr


def test_downstream_without_a_broker(projects):
    """Where there is no broker, only the tests on the bus are skipped, and the contracts are covered all the same."""
    ran = _python(projects / "downstream", "-m", "pytest", "-rs", "--notify-broker=off", "-k", "bus or TestReference")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert _skipped(ran) == {"no broker: it is off (notify_broker)"}


def test_coverage_threshold(projects):
    """The threshold in the project's configuration fails a run that covers less."""
    ran = _python(projects / "downstream", "-m", "pytest", "tests/test_emitter.py")
    assert ran.returncode == pytest.ExitCode.TESTS_FAILED
    assert _says(r"\d+\.\d % of the contracts were seen and kept; at least 100 % are required", ran)


@pytest.fixture(scope="module")
def needs(tmp_path_factory):
    """Return the file of needs that the tests of the project's consumer write."""
    folder = _copied(tmp_path_factory.mktemp("needs")) / "downstream"
    file = folder / "needs" / "billing.json"
    file.unlink()
    options = (f"--notify-needs={file}", "--notify-coverage-fail-under=0")
    ran = _python(folder, "-m", "pytest", "tests/test_needs.py", *options)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return file


def test_needs_are_recorded(needs):
    """The project keeps what the tests of its consumer write."""
    kept = ROOT / "examples/downstream/needs/billing.json"
    assert needs.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(("dropped", "status"), [("checksum", 0), ("owner", 1)])
def test_needs_of_a_changed_contract(needs, tmp_path, capsys, dropped, status):
    """A contract may drop what the consumer does not read; where it drops what is read, a witness shows that."""
    changed = tmp_path / "changed"
    copytree(ROOT / "contracts" / "glance-documented", changed)
    for file in changed.rglob("*.json"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(rf'"{dropped}",\s*(?=")', "", text), encoding="utf-8")
    contract = load(changed).contract("image.upload", "INFO")
    less = contract.example()
    del less["payload"][dropped]
    assert contract.is_kept_by(less), "the contract has dropped it"
    assert main(["needs", "check", str(needs), "--catalog", str(changed), "--format=json"]) == status
    witnesses = _witnesses(json.loads(capsys.readouterr().out))
    assert any(dropped not in witness["payload"] for witness in witnesses) is bool(status)


def _witnesses(told):
    """Return the notifications in a report of needs that show what is not guaranteed and fails the consumer."""
    if isinstance(told, dict):
        if told.get("effect") == "fails" and told.get("witness"):
            yield told["witness"]
        told = list(told.values())
    for inner in told if isinstance(told, list) else ():
        yield from _witnesses(inner)


@pytest.fixture(scope="module")
def failures(tmp_path_factory):
    """Return what the tests of the broken emitters say, by their names."""
    folder = _copied(tmp_path_factory.mktemp("broken"))
    for path in (folder / BROKEN).iterdir():
        path.unlink()
    ran = _python(folder / "broken-downstream", "failures.py")
    assert ran.returncode == pytest.ExitCode.TESTS_FAILED, ran.stdout + ran.stderr
    return {path.stem: path.read_text(encoding="utf-8") for path in (folder / BROKEN).iterdir()}


def test_every_fault_is_found(failures):
    """Every test of a broken emitter fails, and of no other."""
    assert sorted(failures) == EXPECTED
    assert len(EXPECTED) >= 10


@pytest.mark.parametrize("name", EXPECTED)
def test_failure(failures, name):
    """What a fault makes its test say is what its file says, word for word."""
    expected = (ROOT / "examples" / BROKEN / f"{name}.txt").read_text(encoding="utf-8")
    assert failures[name] == expected
