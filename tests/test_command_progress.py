"""The progress bar: on standard error, for long input, where somebody can see it."""

import os
import pty
from subprocess import DEVNULL

import pytest

from notify_contracts.cli.progress import files_with_progress
from tests.telling import telling

NOT_A_NOTIFICATION = b"2026-11-22 09:32:52.951 28074 INFO glance.async_ [-] Threadpool model set" + b"." * 4000 + b"\n"
MIB = 1 << 20


def _written_to_the_terminal(start, *arguments):
    master, slave = pty.openpty()
    try:
        with start(*arguments, env={"TERM": "xterm"}, stderr=slave, stdout=DEVNULL):
            os.close(slave)
            written = b""
            while block := _read(master):
                written += block
    finally:
        os.close(master)
    return written


def _read(master):
    try:
        return os.read(master, 65536)
    except OSError:  # the other end has been closed
        return b""


@pytest.mark.parametrize("jobs", telling(["1", "2"], ["1"]))
@pytest.mark.parametrize(("size", "shown"), [(20 * MIB, True), (MIB, False)])
def test_progress(size, shown, jobs, start, made):
    """A bar is shown on a terminal while a long recording is read, and not for a short one."""
    path = made(NOT_A_NOTIFICATION * (size // len(NOT_A_NOTIFICATION)) + b'{"event_type": "a"}\n')
    assert (b"\x1b[" in _written_to_the_terminal(start, "check", path, "--jobs", jobs)) == shown


@pytest.mark.parametrize(
    ("count", "how", "shown"),
    telling(
        [(20_000, (), True), (1_000, (), False), (1_000, ("--broken",), True), (100, ("--broken",), False)],
        [(20_000, (), True), (1_000, (), False)],
    ),
)
def test_progress_of_generate(count, how, shown, start):
    """A bar is shown on a terminal while many notifications are generated, and not for a few; broken ones take long."""
    arguments = ("generate", "--count", count, *how, "--seed", "1", "--event", "image.delete", "--priority", "INFO")
    assert (b"\x1b[" in _written_to_the_terminal(start, *arguments)) == shown


@pytest.mark.exhaustive
@pytest.mark.parametrize(("count", "shown"), [(3, True), (1, False)])
def test_progress_of_audit(count, shown, start, made):
    """A bar is shown on a terminal while several files are audited, and not for one."""
    path = made(b'{"event_type": "a"}\n')
    names = [path.with_name(f"{path.name}{number}") for number in range(count)]
    for name in names:
        name.write_bytes(path.read_bytes())
    assert (b"\x1b[" in _written_to_the_terminal(start, "audit", *names, "--workers", "1")) == shown


def test_no_terminal(command, made):
    """Without a terminal nothing but the report is written, however long the recording is."""
    last = b'{"event_type": "a", "message_id": "b", "publisher_id": "c"}\n'
    path = made(NOT_A_NOTIFICATION * (20 * MIB // len(NOT_A_NOTIFICATION)) + last)
    ran = command("check", path)
    assert (ran.status, ran.err) == (1, "")
    assert "\x1b" not in ran.out


def test_lines_of_progress(capsys):
    """Without a terminal a line every half minute says how many files are done."""
    clock = iter([0, 10, 29, 30, 31, 59, 60, 61, 62]).__next__
    assert list(files_with_progress([1, 2, 3, 1, 2, 1], 10, "audit", lambda count: count, clock)) == [1, 2, 3, 1, 2, 1]
    said = "notify-contracts: audit: 6 of 10 files\nnotify-contracts: audit: 10 of 10 files\n"
    assert capsys.readouterr().err == said
