"""The README's examples are run as they stand."""

import gzip
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from tests.removing import borrowing

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
COMMANDS = re.findall(r"^\$ (notify-contracts .*)$", README, re.MULTILINE)
NEED_BROKER = [command for command in COMMANDS if " verify" in command]
VIOLATIONS_EXPECTED = ("check examples/glance-33-messagingv2.jsonl",)  # the guide against what Glance really sends

EMITTER = f"""#!{sys.executable}
import os, sys
from notify_contracts import Notifier, load
from notify_contracts.drivers.messaging import MessagingDriver
assert sys.argv[1:] == ["--once"]
contract = load().contract("image.upload", "INFO")
with Notifier("image.example.org", [MessagingDriver(os.environ["NOTIFY_CONTRACTS_AMQP_URL"], "glance")]) as notifier:
    notifier.info(contract.event_type, contract.example()["payload"])
"""


@pytest.fixture
def reader(tmp_path):
    """Give a function that types a command as a reader of the README would, in a folder with what it speaks of."""
    folder = tmp_path / "reader"
    (folder / "bin").mkdir(parents=True)
    (folder / "examples").symlink_to(ROOT / "examples")
    copytree(ROOT / "tests/catalogs/parcels", folder / "my-catalog")
    (folder / "service.log").write_bytes((ROOT / "examples/glance-33.log").read_bytes()[:200_000].rpartition(b"\n")[0])
    (folder / "service.log.1.gz").write_bytes(gzip.compress((folder / "service.log").read_bytes()))
    run = "import sys; from notify_contracts.cli import main; sys.exit(main())"
    for name, text in (
        ("bin/notify-contracts", f'#!/bin/sh\nexec {sys.executable} -c "{run}" "$@"\n'),
        ("my-emitter", EMITTER),
    ):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)

    def type_in(command, **environment):
        environment = {
            **os.environ,
            "PATH": f"{folder}/bin:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            **environment,
        }
        return subprocess.run(
            ["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    return type_in


@pytest.mark.parametrize("code", PYTHON, ids=range(len(PYTHON)))
def test_python(code, tmp_path, monkeypatch):
    """Python examples run, and what they assert holds."""
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})


def test_tests(pytester):
    """Python examples that are tests pass under the plugin."""
    tests = [code for code in PYTHON if "def test_" in code]
    assert tests
    for number, code in enumerate(tests):
        pytester.makepyfile(**{f"test_{number}": code})
    pytester.runpytest().assert_outcomes(passed=sum(code.count("def test_") for code in tests))


@pytest.mark.exhaustive
@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in NEED_BROKER])
def test_command(command, reader):
    """Commands end as the text says: 0, or 1 where violations are to be found."""
    if "service.log" in command:
        command = f"{command} --catalog glance-emitted"
    ran = reader(command)
    expected = 1 if any(source in command for source in VIOLATIONS_EXPECTED) else 0
    assert (ran.returncode, ran.stderr if expected != ran.returncode else "") == (expected, "")


@pytest.mark.exhaustive
@pytest.mark.parametrize("command", NEED_BROKER)
def test_command_with_broker(command, reader, broker_url):
    """Commands that need a broker verify what they say, on the broker of the tests."""
    words = [broker_url if word.startswith("amqp://") else word for word in shlex.split(command)]
    with borrowing(broker_url, "glance", "notifications"):
        ran = reader(shlex.join(words), NOTIFY_CONTRACTS_AMQP_URL=broker_url)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert " 0 do not" in ran.stdout


def test_shown_output(reader):
    """What the README shows of a report is what the command prints."""
    shown = re.search(r"```text\n(.*?)```", README, re.DOTALL)[1]
    assert shown in reader("notify-contracts check examples/glance-33.log").stdout


def test_length():
    """The README is read in one go: at most 128 lines."""
    assert len(README.splitlines()) <= 128
