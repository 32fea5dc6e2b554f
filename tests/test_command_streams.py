"""The streams of the process: closed, broken, full, of another encoding, or interrupted."""

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO

import pytest

from notify_contracts.cli import main
from tests.telling import telling

ONE_LINE = re.compile(r"notify-contracts: [^\n]+\n")
C_LOCALE = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.fixture
def name_in_cyrillic(catalog_of):
    """Return a notification that says where it comes from in Cyrillic."""
    return catalog_of("glance-documented").contract("image.upload", "ERROR").example() | {"message_id": "сообщение"}


def _shell(start, script, *arguments, **options):
    """Run a shell script in which "$@" is the command with its arguments."""
    with start(*arguments, **options) as process:
        inner = process.args
        process.kill()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(
        ["/bin/sh", "-c", script, "sh", *inner],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        timeout=60,
    )


def test_closed_standard_input(start):
    """With standard input closed and nothing else to read there is one line and status 2."""
    for arguments in (("check",), ("check", "-")):
        ran = _shell(start, '"$@" <&-', *arguments)
        assert (ran.returncode, ran.stdout) == (2, "") or (ran.returncode == 2 and arguments[-1] == "-")
        assert ONE_LINE.fullmatch(ran.stderr)


def test_closed_standard_output(start, made):
    """With standard output closed nothing can be told, and no traceback is."""
    for form in ("text", "json", "jsonl"):
        ran = _shell(start, '"$@" >&-', "check", made(b"{}"), "--format", form)
        assert ran.returncode == 2
        assert "Traceback" not in ran.stderr


def test_closed_standard_error(start):
    """With standard error closed the status still tells, and what is said there stands nowhere else."""
    ended = _shell(start, '"$@" 2>&-', "check", "missing", "--format", "json")
    assert ended.returncode == 2
    assert len(ended.stdout.splitlines()) == 1


@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_full_device(form, start, made):
    """Where the report cannot be written there is one line and status 2."""
    for script in ('"$@" >/dev/full', '"$@" --output /dev/full'):
        ran = _shell(start, script, "check", made(b"{}\n" * 300), "--format", form)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ONE_LINE.fullmatch(ran.stderr)


@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_broken_pipe(form, start, made):
    """A reader that goes away ends the command silently."""
    path = made(b"{}\n" * 2_000)
    with start("check", path, "--format", form) as process:
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in (1, 2)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupt(number, start, tmp_path):
    """SIGINT and SIGTERM end the command with one line and their status, and leave the report that was there."""
    report = tmp_path / "report.json"
    report.write_text("a good report")
    options = ("--format", "jsonl", "--report", f"json:{report}", "--report", f"jsonl:{tmp_path / 'lines'}")
    with start("check", "-", *options) as process:
        process.stdin.write(b"{}\n{}\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert err == b"notify-contracts: interrupted\n"
    assert [path.read_text() for path in tmp_path.iterdir()] == ["a good report"]


def test_full_standard_error(start, made, tmp_path):
    """Where standard error takes no more, the status still tells: all well, violations, could not run, wrong usage."""
    well = made(b"{}\n")
    for status, arguments in (
        (0, ("generate", "--count", "1", "--output", tmp_path / "made")),
        (1, ("check", well)),
        (2, ("check", "missing")),
        (2, ("check", "--nonsense")),
    ):
        assert _shell(start, '"$@" 2>/dev/full', *arguments).returncode == status


@pytest.mark.parametrize(
    "environment", telling([C_LOCALE, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C.UTF-8"}], [C_LOCALE]), ids=str
)
def test_encoding(environment, command, name_in_cyrillic, tmp_path):
    """Whatever the locale, the report is written in UTF-8 and names of files are shown."""
    path = tmp_path / "записи.jsonl"
    path.write_text(json.dumps(name_in_cyrillic) + "\n", encoding="utf-8")
    for form in ("text", "json", "jsonl"):
        ran = command("check", path, "--format", form, env=environment)
        assert (ran.status, ran.err) == (1, "")
        assert "сообщение" in ran.out
    ran = command("check", tmp_path / "нет", "--format", form, env=environment)
    assert ran.status == 2
    assert ONE_LINE.fullmatch(ran.err)
    assert command("catalog", "show", "image.create", env=environment).status == 0


def test_name_that_is_no_text(command, tmp_path):
    """A file whose name is not UTF-8 can be read, and its name is shown escaped."""
    path = os.fsencode(tmp_path) + b"/\xff\x1b.jsonl"
    with open(path, "wb") as file:  # noqa: PTH123  # a name of bytes
        file.write(b"{}")
    for form in ("text", "json", "jsonl"):
        ran = command("check", os.fsdecode(path), "--format", form)
        assert (ran.status, ran.err) == (1, "")
        assert "\\udcff\\x1b.jsonl" in ran.out.replace("\\\\", "\\")


def test_lines_are_written_as_they_come(start):
    """From standard input each verdict is written before the next notification is waited for."""
    with start("check", "-", "--format", "jsonl") as process:
        for _ in range(3):
            process.stdin.write(b'{"event_type": "image.create"}\n')
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["event_type"] == "image.create"
        process.stdin.close()
        assert process.wait(timeout=60) == 1


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "html"])
def test_standard_output_of_a_program(form, run, made, name_in_cyrillic):
    """A program that has put a stream of text in the place of standard output reads there what stands in the file."""
    source = made(json.dumps(name_in_cyrillic, ensure_ascii=False).encode())
    arguments = "check", "--catalog", "glance-documented", "--format", form, str(source)
    expected = run(*arguments).out
    with redirect_stdout(StringIO()) as written:
        assert main(arguments) == 1
    assert written.getvalue() == expected
    assert "сообщение" in expected
