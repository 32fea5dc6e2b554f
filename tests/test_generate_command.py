"""``notify-contracts generate``: JSON lines, the same for the same seed."""

import hashlib
import json
import subprocess
import sys

import pytest

from notify_contracts.catalog import misshapen, read_cases

ARGUMENTS = ("generate", "--count", "200", "--seed", "7")


def test_conforms(run, tmp_path):
    """What is made passes the check of the catalog it was made from."""
    for catalog in ("glance-documented", "glance-emitted"):
        path = tmp_path / f"{catalog}.jsonl"
        ran = run(*ARGUMENTS, "--catalog", catalog, "--output", path)
        assert (ran.status, ran.out, ran.err) == (0, "", "")
        assert len(path.read_bytes().splitlines()) == 200
        assert run("check", "--catalog", catalog, path).status == 0


def test_other_catalog(run, parcels):
    """Any catalog will do."""
    ran = run("generate", "--catalog", parcels, "--count", "5", "--event", "parcel.*", "--priority", "WARN")
    assert ran.status == 0
    assert {json.loads(line)["event_type"] for line in ran.out.encode().splitlines()} == {"parcel.lost"}


def test_same_seed(command, run):
    """The same seed makes the same bytes, whatever the order of hashes, and on every Python; another makes others."""
    assert hashlib.sha256(command(*ARGUMENTS, env={"PYTHONHASHSEED": "1"}).out.encode()).hexdigest() == SEVEN
    assert hashlib.sha256(run(*ARGUMENTS).out.encode()).hexdigest() == SEVEN
    assert hashlib.sha256(run("generate", "--count", "200", "--seed", "8").out.encode()).hexdigest() != SEVEN


SEVEN = "ad27befd4aa8891e6f201399915111cb3ba99a0fcf92cb6cade8a496ef349d20"
"""Of the lines of seed 7; to be changed with the generator or the default catalog, and mentioned in the change log."""


def test_longer_begins_the_same(run):
    """With a larger count the same lines come first."""
    short, long = (run("generate", "--count", count, "--seed", "1").out for count in ("3", "9"))
    assert len(long.splitlines()) == 9
    assert long.startswith(short)


def test_seed_is_told(run):
    """Without a seed every run differs, and standard error tells which seed makes it again."""
    one, other = (run("generate", "--count", "3") for _ in range(2))
    assert one.out != other.out
    seed = one.err.removeprefix("made with --seed ").strip()
    assert run("generate", "--count", "3", "--seed", seed).out == one.out


def test_broken(command, run, catalog_of):
    """Broken ones are written as cases, which are true, and are the same for the same seed."""
    arguments = ("generate", "--broken", "--count", "60", "--seed", "7")
    lines = command(*arguments, env={"PYTHONHASHSEED": "1"}).out
    assert lines == run(*arguments).out
    cases = [json.loads(line) for line in lines.encode().splitlines()]
    assert list(misshapen("cases", [*cases])) == []
    for case in read_cases(cases):
        assert case.differences(catalog_of("glance-documented").check(case.notification)) == ((), ())


def test_lifecycle(command, run, tmp_path):
    """Lives are written in their order, keep their contracts, and are the same for the same seed."""
    arguments = ("generate", "--lifecycle", "task", "--count", "60", "--seed", "7")
    lines = command(*arguments, env={"PYTHONHASHSEED": "1"}).out
    assert lines == run(*arguments).out
    path = tmp_path / "lives.jsonl"
    path.write_text(lines)
    assert run("check", path).status == 0
    assert json.loads(lines.encode().splitlines()[0])["event_type"] == "task.run"


def test_ids_differ(run):
    """No two messages have the same id."""
    lines = run("generate", "--count", "5000", "--seed", "1", "--event", "image.create").out.encode().splitlines()
    assert len({json.loads(line)["message_id"] for line in lines}) == 5000


def test_kinds_of_text(run):
    """Kinds of texts can be left out."""
    arguments = ("generate", "--count", "2000", "--seed", "1", "--event", "image.upload", "--priority", "ERROR")
    assert "\\u0000" in run(*arguments).out
    assert "\\u0000" not in run(*arguments, "--without", "nul").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--event", "picture.*"), 'glance-documented has no event type "picture.*"; there are image.activate, '),
        (("--count", "-1"), "argument --count: expected a positive number"),
        (("--seed", "x"), "argument --seed: expected a whole number, 0 or more"),
        (("--lifecycle", "tusk"), 'no lifecycle "tusk"; there are image, task'),
        (("--lifecycle", "--event", "image.*"), "--lifecycle chooses the events itself"),
        (("--lifecycle", "--broken"), "not allowed with argument"),
        (("--without", "greek"), "argument --without: invalid choice: 'greek'"),
        (("--output", "/nowhere/file"), "/nowhere/file: cannot be written"),
        (("--catalog", "none"), 'no catalog "none"'),
    ],
)
def test_usage(run, arguments, said):
    """What makes no sense is one line and status 2."""
    ran = run("generate", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_streams(start):
    """A reader that goes away ends it silently; a full disk is one line and status 2."""
    with start("generate", "--count", "100000", "--seed", "1") as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 2
    with open("/dev/full", "wb") as full, start(*ARGUMENTS, stdout=full) as process:  # noqa: PTH123  # a device
        assert process.stderr.read().startswith(b"notify-contracts: the output cannot be written")
    assert process.returncode == 2


def test_needs_no_hypothesis():
    """The command loads neither hypothesis nor rich."""
    program = "import sys; from notify_contracts.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program, "generate", "--count", "1"], capture_output=True, text=True, check=True
    )
    assert not {"hypothesis", "rich", "pika", "pytest"} & set(ran.stdout.split())
