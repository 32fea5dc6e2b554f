"""Several processes share the work and report as one does, byte for byte, in the order of the input."""

import gzip
import json
import os
import re
import resource
import signal
from pathlib import Path

import pytest

from notify_contracts._checking import ABOUT_EVERYTHING, Checking
from notify_contracts._checking.parallel import pool
from notify_contracts._checking.parallel.worker import Worker
from notify_contracts._drafting.inference import Learning
from notify_contracts.capture import recording
from notify_contracts.catalog import load
from notify_contracts.cli.sources import jobs_worth
from tests.telling import telling

GOOD = json.dumps(load("glance-emitted").contract("image.upload", "ERROR").example())
ONE_LINE = re.compile(r"notify-contracts: [^\n]+\n")
FORMATS = ("text", "json", "jsonl")


def _lines(count):
    """Return lines of very different length, good, broken, blank and no JSON at all."""
    lines = ["\ufeff" + GOOD]
    for number in range(count):
        broken = json.dumps({"event_type": "image.create", "message_id": "x" * 400 * (number % 7)})
        lines += [GOOD, broken, "", f"rubbish {number}"]
    return "\n".join(lines).encode()


def _children():
    """Return the processes that this thread has started and not seen end."""
    return set(Path("/proc/thread-self/children").read_text().split())


@pytest.fixture
def small_parts(parts):
    """Have recordings cut into parts of 2,000 bytes, read 300 bytes at a time."""
    parts(2000, 300)


@pytest.fixture
def sources(tmp_path, examples):
    """Return recordings of every shape, and among them what cannot be used."""
    contents = {
        "lines": _lines(30),
        "compressed": gzip.compress(_lines(20)),
        "damaged": gzip.compress(_lines(20))[:-20],
        "array": f"[{GOOD}, {{}},\n{GOOD}]".encode(),
        "unclosed": f"[{GOOD}, {{}}".encode(),
        "objects": json.dumps(json.loads(GOOD), indent=2).encode() * 2,
        "long": b"{}\n" + b" " * 9000 + b"\n" + b'{"event_type": "a"}',
        "empty": b"",
        "text": b"hello\nworld\n",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder").mkdir()
    names = ("lines", "missing", "compressed", "damaged", "folder", "array", "empty", "unclosed", "objects", "long")
    return [*(tmp_path / name for name in (*names, "text", "lines")), examples / "glance-33.log"]


@pytest.mark.parametrize(
    ("files", "each", "jobs"), [(1, 1 << 20, 1), (1, 1 << 25, 2), (8, 1 << 23, 3), (9000, 8000, 1)]
)
def test_as_many_as_are_worth_it(files, each, jobs, tmp_path, monkeypatch):
    """There are processes for as much as there is to read, up to the number of cores, and none for many small files."""
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    file = tmp_path / "recording"
    file.touch()
    assert jobs_worth([str(file)] * files, files * each) == jobs


@pytest.mark.parametrize(
    ("work", "size", "part"),
    [
        (Checking(load(), ABOUT_EVERYTHING, None), 1 << 33, 2_000),
        (Learning(), 1_000, 2_000),
        (Learning(), 320_000, 10_000),
        (Learning(), 1 << 33, 1 << 26),
    ],
)
def test_parts_of_a_large_file(work, size, part, tmp_path, monkeypatch):
    """A large file is cut into larger parts, some for each process, where it takes long to put together what comes.

    What `check` tells of each part waits in memory for its turn.
    """
    monkeypatch.setattr(pool, "PART", 2_000)
    asked = []
    monkeypatch.setattr(recording.Recording, "parts", lambda _self, size: iter(asked.append(size) or ()))
    file = tmp_path / "recording"
    with file.open("wb") as made:
        made.truncate(size)
    with pool.Pool([str(file)], work, 2) as shared:
        list(shared.results())
    assert asked == [part]


@pytest.mark.parametrize(("form", "jobs"), telling([("text", 2), ("json", 5), ("jsonl", 2)], [("text", 2)]))
def test_same_as_one_job(form, jobs, run, sources, parts):
    """Whatever the recordings are, the report, the complaints and the status are those of one process."""
    parts(2000, 300, elsewhere=jobs == 2)
    alone, together = (run("check", *sources, "--format", form, "--jobs", number) for number in (1, jobs))
    assert together == alone
    assert (alone.status, alone.err.count("\n")) == (2, 5)


def test_what_is_empty(run, made):
    """Of what is empty several processes tell what one tells."""
    empty = made(b"")
    alone, together = (run("check", empty, "--duplicates", "--format", "json", "--jobs", jobs) for jobs in (1, 2))
    assert (together, alone.status) == (alone, 2)


@pytest.mark.usefixtures("small_parts")
def test_several_reports(run, sources, tmp_path):
    """Several reports at once are each the same as from one process."""
    written = []
    for jobs in (1, 2):
        reports = [tmp_path / f"{form}-{jobs}" for form in FORMATS]
        asked_for = [f"--report={form}:{report}" for form, report in zip(FORMATS, reports, strict=True)]
        run("check", *sources, *asked_for, "--jobs", jobs)
        written.append([report.read_bytes() for report in reports])
    assert written[0] == written[1]


@pytest.mark.parametrize(
    "arguments",
    telling([["--event", "image.create"], ["--priority", "ERROR"], ["--allow-unknown"]], [["--event", "image.create"]]),
)
@pytest.mark.usefixtures("small_parts")
def test_what_is_asked_for(arguments, run, sources):
    """What is to be looked at, and how, is the same in every process."""
    alone, together = (run("check", *sources, *arguments, "--format", "jsonl", "--jobs", jobs) for jobs in (1, 2))
    assert together == alone


@pytest.mark.parametrize(
    ("form", "is_log"), telling([("text", True), ("json", False), ("jsonl", False)], [("text", True)])
)
def test_standard_input(form, is_log, command, examples):
    """Standard input is shared as well."""
    content = (examples / "glance-33.log").read_bytes() if is_log else _lines(1000)
    alone, together = (command("check", "-", "--format", form, "--jobs", str(jobs), stdin=content) for jobs in (1, 2))
    assert together == alone
    assert (alone.status, alone.err) == (1, "")


@pytest.mark.exhaustive
def test_redirected_file(start, made):
    """A file is the same whether it is named or comes as standard input, by whichever name."""
    path = made(_lines(300))
    reports = []
    for name in (path, "-", "/dev/stdin"):
        with path.open("rb") as file, start("check", name, "--jobs", "2", stdin=file) as process:
            reports.append(process.communicate()[0].partition(b"\n\n")[0])
    assert len(set(reports)) == 1
    assert b"image.upload" in reports[0]


@pytest.mark.parametrize(
    "content",
    telling(
        [f"[{GOOD}]".encode(), gzip.compress(GOOD.encode(), mtime=0), GOOD.replace(", ", ",\n").encode()],
        [f"[{GOOD}]".encode()],
    ),
)
def test_standard_input_that_cannot_be_shared(content, command):
    """What comes through a pipe and is not lines is for one process; asking for several is an error that says so."""
    ran = command("check", "-", "--jobs", "2", stdin=content)
    assert (ran.status, ran.out.count("0 notifications")) == (2, 1)
    assert ONE_LINE.fullmatch(ran.err)
    assert "try --jobs 1" in ran.err
    assert command("check", "-", "--jobs", "auto", stdin=content).err == ""


def test_verdicts_come_before_more_is_read(start):
    """Several processes do not wait for more than there is on standard input, either."""
    with start("check", "-", "--format", "jsonl", "--jobs", "2") as process:
        for number in range(1, 6):
            process.stdin.write(b"{}\n{")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["number"] == 2 * number - 1
            process.stdin.write(b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["number"] == 2 * number
        process.stdin.close()
        assert process.wait(timeout=60) == 1


def test_broken_catalog(run, made, parcels_copy):
    """What is wrong with a catalog is one line, also where another process finds it."""
    (parcels_copy / "events" / "image.create.json").write_text("{")
    ran = run("check", made(_lines(3)), "--catalog", parcels_copy, "--jobs", 2)
    assert ran.status == 2
    assert re.fullmatch(r"notify-contracts: [^\n]+ is not JSON[^\n]*\n", ran.err)


def test_third_catalog(run, made, catalog_of, parcels):
    """A catalog of the user's own goes to the other processes, too."""
    lines = [json.dumps(contract.example()) for contract in catalog_of(parcels).contracts] * 10
    for engine in ("jsonschema-rs", "jsonschema"):
        ran = run("check", made("\n".join(lines).encode()), "--catalog", parcels, "--jobs", 2, "--engine", engine)
        assert (ran.status, ran.err) == (0, "")
        assert "50 notifications, 50 conform" in ran.out


@pytest.mark.parametrize("jobs", ["0", "-1", "x", "1000"])
def test_impossible_jobs(jobs, run):
    """A number of processes that makes no sense is a usage error of one line."""
    ran = run("check", "--jobs", jobs, "examples/glance-33.log")
    assert (ran.status, "auto or a number from 1 to 64" in ran.err) == (2, True)


@pytest.mark.parametrize("reads", [True, False])
def test_interrupt(reads, start, made):
    """An interrupt from the terminal, which all processes hear, ends all of them with one line, busy or not."""
    source = "-" if reads else made(_lines(3000))
    with start("check", source, "--format", "jsonl", "--jobs", "2", start_new_session=True) as process:
        if reads:
            process.stdin.write(b"{}\n")
            process.stdin.flush()
        process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)  # which ends when no process has its standard error any more
    assert process.returncode == 130
    assert ONE_LINE.fullmatch(err.decode())


@pytest.mark.parametrize(("deadly", "status"), [(signal.SIGTERM, 128 + 15), (signal.SIGKILL, -9)])
@pytest.mark.parametrize("source", telling(["-", "file"], ["file"]))
def test_end_of_the_first_process(deadly, status, source, start, made):
    """However the command itself ends, no other process stays behind."""
    source = source if source == "-" else made(_lines(3000))
    with start("check", source, "--format", "jsonl", "--jobs", "2") as process:
        if source == "-":
            process.stdin.write(b"{}\n")
            process.stdin.flush()
        process.stdout.readline()
        process.send_signal(deadly)
        process.communicate(timeout=60)  # which ends when no process has its standard error any more
    assert process.returncode == status


def test_too_many_processes(run, made):
    """Where the system gives no more processes there is one line, and those that were started are ended."""
    path, limits = made(_lines(3)), resource.getrlimit(resource.RLIMIT_NOFILE)
    before = _children()
    os.close(lowest := os.dup(0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest + 20, limits[1]))
    try:
        ran = run("check", path, "--jobs", 64)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert (ran.status, ran.out) == (2, "")
    assert re.fullmatch(r"notify-contracts: a process cannot be started: [^\n]+; try fewer --jobs\n", ran.err)
    assert _children() <= before


def test_nobody_reads(start, made):
    """A reader of the verdicts that goes away ends all processes silently."""
    with start("check", made(_lines(3000)), "--format", "jsonl", "--jobs", "2") as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 2


@pytest.fixture
def kill(monkeypatch, parts):
    """Have the process that is given a part at a certain place die of it; all parts are small and given away."""
    parts(2000, 300, elsewhere=True)

    def kill(place):
        give = Worker.give

        def give_and_kill(self, path, part):
            if part.start == place:
                os.kill(self._process.pid, signal.SIGSTOP)  # so that it cannot be faster
            give(self, path, part)
            if part.start == place:
                self._process.kill()

        monkeypatch.setattr(Worker, "give", give_and_kill)

    return kill


def test_killed_process(kill, run, sources, tmp_path):
    """A process that dies is an error that names the file and the bytes; what came before and the rest are checked."""
    path = tmp_path / "other"
    path.write_bytes(GOOD.encode() + b"\n")
    alone = run("check", sources[0], "--format", "jsonl", "--jobs", 1).out.splitlines()
    with recording.Recording(sources[0]) as shared:
        places = [part.start for part in shared.parts(pool.PART)]
    kill(places[3])
    ran = run("check", sources[0], path, "--format", "jsonl", "--jobs", 2)
    assert ran.status == 2
    what = f"{sources[0]}, bytes {places[3]} to {places[4]}: the process that checked them has died (signal 9, Killed)"
    assert ran.err == f"notify-contracts: {what}; try --jobs 1\n"
    *before, last = ran.out.splitlines()
    assert before == alone[: len(before)]
    assert 0 < len(before) < len(alone)
    assert json.loads(last)["source"] == str(path)


def test_process_that_cannot_begin(monkeypatch, run, sources):
    """Where no other process can be used this one checks everything."""
    start = Worker.__init__

    def start_and_kill(self, checking):
        start(self, checking)
        self._process.kill()

    alone = run("check", *sources, "--format", "jsonl", "--jobs", 1)
    monkeypatch.setattr(Worker, "__init__", start_and_kill)
    assert run("check", *sources, "--format", "jsonl", "--jobs", 3) == alone


@pytest.mark.usefixtures("small_parts")
def test_part_for_this_process(monkeypatch, run, sources):
    """While the others are busy this process checks parts, too, and leaves no file open of what it has begun."""
    checked = []
    started = pool.checked
    monkeypatch.setattr(pool, "checked", lambda *given: checked.append(given) or started(*given))
    alone = run("check", sources[0], "--format", "jsonl", "--jobs", 1)
    assert run("check", sources[0], "--format", "jsonl", "--jobs", 2) == alone
    assert checked
    opened = Path("/proc/self/fd")
    before = len(list(opened.iterdir()))
    with pool.Pool([str(sources[0])], Checking(load(), ABOUT_EVERYTHING, None), 2) as shared:
        next(shared.results())
    assert len(list(opened.iterdir())) == before


def test_idle_process_that_dies(start):
    """A process that dies while it has nothing to do is replaced."""
    with start("check", "-", "--format", "jsonl", "--jobs", "2") as process:
        for number in range(1, 4):
            process.stdin.write(b"{}\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["number"] == number
        process.stdin.close()
        assert process.wait(timeout=60) == 1
