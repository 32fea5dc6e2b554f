"""Files of lines that only grow: the recordings of a watch, and its lines for verdicts."""

import json
import os
import resource
import signal
import threading

import pytest
from pika import BasicProperties
from pika.spec import Basic

from notify_contracts._amqp import Arrival
from notify_contracts._live.watching import RECORDING_BEGINNING
from notify_contracts._live.watching.recorded import recording_line
from notify_contracts._report import GrowingFile
from notify_contracts.errors import OutputError, UsageError


@pytest.fixture
def line(catalog_of):
    """Return the line of a recording that a notification gets."""
    good = catalog_of("glance-documented").contract("image.delete", "INFO").example()
    method = Basic.Deliver("tag", 1, False, "glance", "notifications.info")  # noqa: FBT003 - redelivered
    return recording_line(Arrival(method, BasicProperties(), json.dumps(good).encode()))


@pytest.fixture
def grown(tmp_path):
    """Open the recording, append to it, and return what was said of what was there."""

    def grown(*lines):
        file = GrowingFile(str(tmp_path / "recording"), RECORDING_BEGINNING)
        for each in lines:
            file.append(each)
        file.close()
        return [remark.removeprefix(f"{tmp_path}/") for remark in file.remarks]

    return grown


def test_what_is_there_stays(grown, line, tmp_path):
    """A recording that is there is appended to, which is said; a new or empty one is not worth a word."""
    (tmp_path / "recording").touch()
    assert grown(line, line) == []
    assert grown() == ["recording: is there already: what comes is appended to it"]
    assert grown(line) == ["recording: is there already: what comes is appended to it"]
    assert (tmp_path / "recording").read_bytes() == line * 3


@pytest.mark.parametrize("cut", [1, 5, 11, 12, 200])
def test_a_line_that_was_cut_off(cut, grown, line, tmp_path, run):
    """After a crash the next line stands on a line of its own, however often that happens, and check reads it."""
    path = tmp_path / "recording"
    path.write_bytes(line[:cut])
    for _ in range(2):
        assert grown(line) == [
            "recording: is there already: what comes is appended to it",
            "recording: its last line was cut off, and stays as it is",
        ]
        with path.open("ab") as file:
            file.write(line[:cut])
    assert path.read_bytes() == b"%b\n%b" % (line[:cut], line) * 2 + line[:cut]
    totals = json.loads(run("check", path, "--format", "json").out)["totals"]
    assert (totals["conforming"], totals["unreadable"]) == (2, 3)


@pytest.mark.parametrize(
    "content", [b"\x1f\x8b\x08\x00", b'[{"exchange":', b'{"report":2', b'{\n  "exchange": ""', b"words", b" "]
)
def test_something_else(content, grown, tmp_path):
    """A compressed recording, an array, a report, or whatever a watch has not written is refused and stays."""
    (tmp_path / "recording").write_bytes(content)
    with pytest.raises(UsageError, match=r"recording: holds something else, which would be lost: give a file that"):
        grown()
    assert (tmp_path / "recording").read_bytes() == content


def test_what_cannot_be_opened(tmp_path):
    """A folder, or a file in none, is refused."""
    for name, reason in (
        (".", "Is a directory"),
        ("missing/recording", "No such file or directory"),
        ("a\0b", "no file"),
    ):
        with pytest.raises(UsageError, match=reason):
            GrowingFile(f"{tmp_path}/{name}", RECORDING_BEGINNING)


def test_a_full_disk(grown, line, tmp_path):
    """Where there is no room for all lines of a portion, none of them stays, and the file is named."""
    before, heard = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(line) * 5 // 2, before[1]))
    try:
        with pytest.raises(OutputError, match="recording: cannot be written: File too large"):
            grown(line, line * 2)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, heard)
    assert (tmp_path / "recording").read_bytes() == line
    assert grown(line) == ["recording: is there already: what comes is appended to it"]


def test_what_was_appended_is_on_the_disk(grown, line, monkeypatch):
    """The file is synchronized after each portion, before it is acknowledged."""
    done = []
    monkeypatch.setattr(os, "fsync", done.append)
    grown(line, line * 100)
    assert len(done) == 2


def test_a_pipe(line, grown, tmp_path):
    """A named pipe gets the lines; a reader that goes away is told as such."""
    read = []
    os.mkfifo(tmp_path / "recording")
    reader = threading.Thread(target=lambda: read.append((tmp_path / "recording").read_bytes()))
    reader.start()
    assert grown(line, line) == []
    reader.join()
    assert read == [line * 2]


def test_two_watchers(line, tmp_path):
    """Lines of several watchers of one file stand side by side."""
    files = [GrowingFile(str(tmp_path / "recording"), RECORDING_BEGINNING) for _ in range(2)]
    for file in files * 3:
        file.append(line)
    for file in files:
        file.close()
    assert (tmp_path / "recording").read_bytes() == line * 6
