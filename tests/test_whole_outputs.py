"""Outputs appear whole or not at all: a full disk or a failing catalog leave what was there, and nothing beside it."""

import gc
import json
import os
import resource
import signal
import stat
import sys
import threading
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

import pytest

from notify_contracts._report import WholeFile, whole_file, write_whole
from notify_contracts.cli.output import opened_output

GOOD = "the good report that was there"
KILOBYTES = 8
SIX = ("event_type", "message_id", "payload", "priority", "publisher_id", "timestamp")
LARGE = json.dumps(dict.fromkeys(SIX, "x" * 256 * KILOBYTES)).encode()
TOO_LARGE = "cannot be written: File too large"


@contextmanager
def _small_disk():
    """Give a file no more room than some kilobytes: what is beyond is written in part, and then not at all."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # Python takes what it wrote in part for whole
    resource.setrlimit(resource.RLIMIT_FSIZE, (KILOBYTES * 1024, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.dont_write_bytecode = writes
        signal.signal(signal.SIGXFSZ, heard)


@pytest.fixture
def folder(tmp_path):
    """Return a folder of the test's own, with nothing in it."""
    made = tmp_path / "reports"
    made.mkdir()
    return made


@pytest.fixture
def good(folder):
    """Return a good report that was there before."""
    path = folder / "report.json"
    path.write_text(GOOD)
    return path


def test_a_full_disk_leaves_what_was_there(run, made, good, folder):
    """The output that has no room is named and as it was; the others are whole, and the status is 2."""
    source = made(LARGE)
    others = [f"{form}:{folder / form}" for form in ("text", "junit", "sarif", "jsonl")]
    with _small_disk():
        ran = run(
            "check", source, "--output", good, "--format", "json", *(x for other in others for x in ("--report", other))
        )
    assert (ran.status, ran.out, ran.err) == (2, "", f"notify-contracts: {good}: {TOO_LARGE}\n")
    assert good.read_text() == GOOD
    assert {path.name for path in folder.iterdir()} == {"report.json", "text", "junit", "sarif", "jsonl"}
    assert (folder / "text").read_text().splitlines()[-1].startswith("1 notifications, 0 conform")


@pytest.mark.parametrize(
    "arguments",
    [
        ("generate", "--count", 30, "--seed", 1, "--output"),
        ("generate", "--count", 30, "--seed", 1, "--broken", "--output"),
        ("catalog", "export", "--format", "asyncapi", "--output"),
        ("catalog", "export", "--format", "html", "--output"),
        ("check", "examples/glance-33-messaging.jsonl", "--format", "jsonl", "--output"),
    ],
    ids=lambda arguments: " ".join(map(str, arguments[:-1])),
)
def test_every_output(arguments, run, good, monkeypatch, examples):
    """Whatever writes a file leaves the one that was there where there is no room for another."""
    monkeypatch.chdir(examples.parent)
    with _small_disk():
        ran = run(*arguments, good)
    assert (ran.status, ran.err) == (2, f"notify-contracts: {good}: {TOO_LARGE}\n")
    assert good.read_text() == GOOD
    assert list(good.parent.iterdir()) == [good]


def test_pages_go_together(run, folder):
    """Of a folder of pages none is written over where there is no room for all of them."""
    (folder / "index.html").write_text(GOOD)
    with _small_disk():
        ran = run("catalog", "export", "--format", "html", "--output", folder)
    assert ran.status == 2
    assert ran.err.endswith(f"{TOO_LARGE}\n")
    assert [path.read_text() for path in folder.rglob("*") if path.is_file()] == [GOOD]


def test_several_are_full(run, made, good):
    """Each is told, and none keeps the others from being written."""
    source, third = made(LARGE), good.with_name("third")
    with _small_disk():
        ran = run("check", source, "--output", "/dev/full", "--report", f"json:{good}", "--report", f"text:{third}")
    assert ran.status == 2
    assert sorted(ran.err.splitlines()) == [
        "notify-contracts: /dev/full: cannot be written: No space left on device",
        f"notify-contracts: {good}: {TOO_LARGE}",
    ]
    assert "1 notifications" in third.read_text()


def _fail_midway(path):
    with suppress(ZeroDivisionError), opened_output(str(path)) as output:
        output.write(b"half a repo")
        raise ZeroDivisionError


def test_a_failure_leaves_what_was_there(run, good, parcels_copy):
    """A catalog that fails after the output was opened, or any error, leaves it as it was."""
    broken = parcels_copy / "events" / "parcel.lost.json"
    broken.write_text(broken.read_text().replace('"$ref"', '"$rif"'))
    ran = run("catalog", "export", "--format", "json-schema", "--catalog", parcels_copy, "--output", good)
    assert ran.status == 2
    _fail_midway(good)
    assert good.read_text() == GOOD
    assert list(good.parent.iterdir()) == [good]


def test_two_runs_never_mix(good):
    """Of two that write one file the later stands there, whole, whatever they wrote in between."""
    first, second = WholeFile(str(good)), WholeFile(str(good))
    for _ in range(1000):
        first.write(b"1" * 100)
        second.write(b"22" * 100)
    second.put_in_place()
    assert good.read_bytes() == b"22" * 100_000
    first.put_in_place()
    assert good.read_bytes() == b"1" * 100_000
    assert list(good.parent.iterdir()) == [good]


def test_who_is_killed_leaves_nothing(good):
    """Until something is written nothing stands beside the place: a watch writes its report when it ends."""
    file = WholeFile(str(good))
    assert list(good.parent.iterdir()) == [good]
    file.put_in_place()
    assert good.read_bytes() == b""
    file.close()


@pytest.mark.parametrize("when", ["tried", "written"])
def test_an_interrupt_leaves_nothing(when, good, monkeypatch, recwarn):
    """Whoever is interrupted in the moment in which the file comes into being leaves nothing of it."""
    really = FileIO

    def interrupted(*arguments):
        signal.raise_signal(signal.SIGINT)
        return really(*arguments)

    file = WholeFile(str(good)) if when == "written" else None
    monkeypatch.setattr(whole_file, "FileIO", interrupted)
    with pytest.raises(KeyboardInterrupt):
        (file or WholeFile(str(good))).write(b"new")
    if file:
        file.close()
    gc.collect()
    assert [warning.message for warning in recwarn if warning.category is ResourceWarning] == []
    assert list(good.parent.iterdir()) == [good]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o660])
def test_the_mode_stays(mode, good):
    """A file that is replaced keeps its mode; a new one has what any new file has."""
    good.chmod(mode)
    write_whole(str(good), b"new")
    assert stat.S_IMODE(good.stat().st_mode) == mode
    before = os.umask(0o027)
    try:
        write_whole(str(good.with_name("other")), b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE(good.with_name("other").stat().st_mode) == 0o640


def test_links_stay(good, tmp_path):
    """A link, also one to nothing, still leads to the file that is written."""
    for name, target in (("there", good), ("missing", good.with_name("new"))):
        link = tmp_path / name
        link.symlink_to(target)
        write_whole(str(link), b"written")
        assert link.is_symlink()
        assert target.read_text() == "written"


def test_what_is_no_file_is_written_at_once(tmp_path):
    """A named pipe gets what is written, and stays a pipe."""
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(str(pipe), b"through it")
    reader.join()
    assert read == [b"through it"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_standard_output_by_its_name(start, made, tmp_path):
    """/dev/stdout is written as it is, also where it is a file that a shell has opened."""
    with (
        Path(tmp_path / "out").open("wb") as out,
        start("check", made(b"{}"), "--output", "/dev/stdout", stdout=out) as process,
    ):
        process.communicate(timeout=60)
    assert "1 notifications" in (tmp_path / "out").read_text()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(good):
    """A file may be written where nothing may be put beside it: it is written over once the new content is whole."""
    good.parent.chmod(0o555)
    try:
        _fail_midway(good)
        assert good.read_text() == GOOD
        write_whole(str(good), b"new")
        assert good.read_text() == "new"
    finally:
        good.parent.chmod(0o755)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".", "Is a directory"),
        ("new/", "Is a directory"),
        ("missing/report", "No such file or directory"),
        ("report.json/more", "Not a directory"),
        ("x" * 300, "File name too long"),
    ],
)
def test_what_cannot_be_a_file(name, reason, run, good, monkeypatch):
    """Where no file can be, that is said before the work starts."""
    monkeypatch.chdir(good.parent)
    ran = run("check", "missing", "--output", name)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith(f": cannot be written: {reason}\n")
