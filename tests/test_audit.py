"""An audit on a real Dask cluster: it says what a check says, whatever happens to workers and files."""

import base64
import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import warnings
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

from notify_contracts._audit import Gathering, audited, cluster, files, own_cluster
from notify_contracts._audit.cluster import mismatched
from notify_contracts._checking import ABOUT_EVERYTHING, Question, Selection
from notify_contracts._report.document import json as report_of

# Whoever only collects these tests does not wait for Dask.
pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="not installed: distributed")

USER = "auditor:geheim"
RELEASE_9 = "Metadata-Version: 2.1\nName: notify-contracts\nVersion: 9.9\n"
WORKER = "import sys; from distributed.cli.dask_worker import main; sys.exit(main())"


@pytest.fixture(scope="module")
def shared():
    """Start a cluster of two processes that the tests of this file share."""
    with own_cluster(2) as client:
        yield client


@pytest.fixture
def client(shared):
    """Return its client when both of its workers are there; a test may have killed one."""
    shared.wait_for_workers(2, timeout=60)
    return shared


@pytest.fixture
def scheduler(client):
    """Return its address."""
    return client.scheduler.address


@pytest.fixture
def some(catalog_of):
    """Return a few contracts, of images and of tasks: nothing here depends on how many there are."""
    return catalog_of("glance-emitted").contracts[::6]


@pytest.fixture
def archive(tmp_path, monkeypatch, some, examples):
    """Make an archive of every kind of recording, good and bad, and go to where it is."""
    monkeypatch.chdir(tmp_path)
    good = [json.dumps(contract.example()).encode() for contract in some]
    lines = b"\n".join(good)
    folder = tmp_path / "archive"
    (folder / "2026").mkdir(parents=True)
    for name, content in {
        "2026/array": b"[" + b",".join(good) + b"]",
        "2026/broken.jsonl.gz": gzip.compress(lines.replace(b'"image.', b'"picture.') + b"\n{rubbish"),
        "damaged.gz": gzip.compress(lines)[:-20],
        "2026/lines": lines,
        "empty": b"",
        "glance-33.log": (examples / "glance-33.log").read_bytes()[:60_000],
        "nothing": b"rubbish\n",
    }.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def server(archive):
    """Serve the archive to whoever knows the password; `server.asked` is set when ``slow`` is, until `server.go` is.

    Whoever asks for ``killer`` dies of it. What is ``shy`` is refused `server.refusals` times.
    """

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self):
            if self.headers.get("Authorization") != f"Basic {base64.b64encode(USER.encode()).decode()}":
                return self.send_error(401)
            if self.path.endswith("/killer"):
                return _kill_owner_of(self.client_address[1])
            if self.path.endswith("/shy"):
                if server.refusals > 0:
                    server.refusals -= 1
                    return self.send_error(503)
                self.path = "/many/00"
            if self.path.endswith("/slow"):
                server.asked.set()
                server.go.wait()
            return super().do_GET()

        def copyfile(self, source, output):
            try:
                super().copyfile(source, output)
            except ConnectionError:
                """The worker that asked was killed."""

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=archive)) as server:
        server.asked, server.go = threading.Event(), threading.Event()
        server.refusals = 0
        server.url = f"http://{USER}@127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.go.set()
        server.shutdown()
        thread.join()


def _kill_owner_of(port):
    """Kill the process whose end of a connection has this port."""
    import psutil

    (owner,) = (found.pid for found in psutil.net_connections("tcp") if found.laddr.port == port and found.pid)
    assert owner != os.getpid()
    os.kill(owner, signal.SIGKILL)


def _in_order(folder):
    return sorted(str(path.relative_to(folder.parent)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "options", [[], ["--format", "json"], ["--format", "json", "--event", "image.*", "--allow-unknown"]]
)
def test_same_as_check(options, run, archive, scheduler):
    """On the same files the report is the one of check to the byte, the problems and the status as well."""
    ours = run("audit", "archive", "missing", "--scheduler", scheduler, *options)
    theirs = run("check", *_in_order(archive), "missing", *options)
    assert ours.out == theirs.out
    assert sorted(ours.err.splitlines()) == sorted(theirs.err.splitlines())
    assert ours.status == theirs.status == 2


@pytest.mark.parametrize(("catalog", "status"), [("glance-emitted", 0), ("glance-documented", 1)])
@pytest.mark.usefixtures("archive")
def test_status(catalog, status, run, scheduler):
    """The status says whether all is well, as that of check does."""
    assert run("audit", "archive/2026/array", "--catalog", catalog, "--scheduler", scheduler).status == status


def test_lives(run, archive, scheduler, examples):
    """Lives are followed through all files in their order, and what is found is what check finds."""
    lines = (examples / "glance-33-messagingv2.jsonl").read_text().splitlines(keepends=True)
    told = [line for line in lines if "image.activate" not in line]
    for number in range(4):
        (archive / f"lives-{number}.jsonl").write_text("".join(told[number * 200 : (number + 1) * 200]))
    other = {"message_id": "1", "event_type": "of.no.life", "timestamp": "2026-11-23 00:00:00", "priority": "INFO"}
    (archive / "lives-4.jsonl").write_text(json.dumps(other | {"publisher_id": "p", "payload": {}}))
    sources = sorted(str(path) for path in archive.glob("lives-*"))
    options = ("--catalog", "glance-emitted", "--lifecycles", "--format", "json", "--fail-on", "open=10h")
    for order in ("recorded", "time"):
        audit = run("audit", *sources, "--scheduler", scheduler, *options, "--order", order)
        check = run("check", *sources, *options, "--order", order)
        assert audit.status == check.status == 1
        assert "missing-before" in audit.out
        assert "still-open" in audit.out
        assert audit.out == check.out


@pytest.mark.parametrize("options", [(), ("--hold-out", "3", "--strict")])
def test_learning(options, run, archive, scheduler):
    """Contracts learned on a cluster are those that one process learns, byte for byte; so is what is printed."""
    ours, theirs = (
        run("catalog", "infer", *sources, "--name", "glance", "--output", name, "--open", *options, *where)
        for name, sources, where in (
            ("ours", ["archive", "missing"], ("--scheduler", scheduler)),
            ("theirs", [*_in_order(archive), "missing"], ("--jobs", 1)),
        )
    )
    assert ours.out.replace("ours:", "theirs:") == theirs.out
    assert sorted(ours.err.splitlines()) == sorted(theirs.err.splitlines())
    assert ours.status == theirs.status == 2
    assert _contents("ours") == _contents("theirs")


def _contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in Path(folder).rglob("*.json")}


@pytest.mark.usefixtures("archive")
def test_learning_more(run, scheduler, parcels_copy):
    """A catalog is brought up to date on a cluster, and drift is told, as by one process."""
    shutil.copytree(parcels_copy, "other")
    drift = run("catalog", "drift", parcels_copy, "archive/2026/lines")
    assert run("catalog", "drift", parcels_copy, "archive/2026/lines", "--scheduler", scheduler) == drift
    assert drift.status == 1
    one = run("catalog", "infer", "archive/2026/lines", "--update", "other")
    other = run("catalog", "infer", "archive/2026/lines", "--update", parcels_copy, "--scheduler", scheduler)
    assert other.out.replace(str(parcels_copy), "other") == one.out
    assert _contents(parcels_copy) == _contents("other")


@pytest.mark.usefixtures("archive")
def test_learning_cannot(run, scheduler, tmp_path):
    """A cluster reads no standard input; two clusters are refused; where nothing is found nothing is written."""
    made = tmp_path / "made"
    assert "reads no standard input" in run("catalog", "infer", "--output", made, "--workers", 1).err
    ran = run("catalog", "infer", "archive", "--output", made, "--workers", 1, "--scheduler", scheduler)
    assert (ran.status, "leave one of them out" in ran.err) == (2, True)
    ran = run("catalog", "infer", "archive/nothing", "--output", made, "--scheduler", scheduler)
    assert (ran.status, made.exists()) == (2, False)


def test_workers_hear_no_interrupt(client):
    """A terminal sends an interrupt to all processes: workers leave it to ours, and show nothing of where they were."""
    blocked = client.run(lambda: {int(number) for number in signal.pthread_sigmask(signal.SIG_BLOCK, ())})
    assert len(blocked) == 2
    assert all(signal.SIGINT in numbers and signal.SIGTERM not in numbers for numbers in blocked.values())
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_own_cluster(command, archive):
    """Without a scheduler this machine's own processes do it, and nothing but the report is written."""
    options = ("--catalog", "glance-emitted", "--format", "json")
    ran = command("audit", archive / "2026", "--workers", 1, *options)
    assert ran == command("check", *sorted((archive / "2026").iterdir()), *options)
    assert (ran.status, ran.err) == (1, "")


def test_own_catalog(run, made, catalog_of, parcels, scheduler):
    """A catalog of one's own goes along; what is wrong with it is said of its folder."""
    lines = [json.dumps(contract.example()) for contract in catalog_of(parcels).contracts]
    ran = run("audit", made("\n".join(lines).encode()), "--catalog", parcels, "--scheduler", scheduler)
    assert (ran.status, ran.err) == (0, "")


def test_broken_catalog(run, made, catalog_of, parcels_copy, scheduler):
    """A catalog that turns out to be broken on a worker ends the audit in a line that names its file here."""
    line = json.dumps(catalog_of(parcels_copy).contracts[0].example()).encode()
    (parcels_copy / "notification.json").write_text("{")
    ran = run("audit", made(line), "--catalog", parcels_copy, "--scheduler", scheduler)
    assert ran.status == 2
    assert re.fullmatch(rf"notify-contracts: {parcels_copy}/notification\.json: is not JSON[^\n]*\n", ran.err)


def _outcome(client, sources, catalog, question=ABOUT_EVERYTHING):
    gathering = Gathering()
    for result in audited(client, files(sources), catalog, question):
        gathering.add(result)
    return gathering.outcome(catalog)


def _killed_while_reading(client, server, file, catalog):
    """Audit a file that the server holds back, kill the worker that reads it, let it go; return the result."""
    results = []
    auditing = threading.Thread(target=lambda: results.extend(audited(client, files([file]), catalog)))
    auditing.start()
    assert server.asked.wait(60)
    (reader,) = (worker for worker, keys in client.processing().items() if keys)
    os.kill(client.run(os.getpid)[reader], signal.SIGKILL)
    server.go.set()
    auditing.join()
    (result,) = results
    return result


@pytest.fixture
def slow_file(archive, server):
    """Return the URL of a file that the server gives away only when it is told to."""
    (archive / "slow").write_bytes((archive / "2026" / "lines").read_bytes())
    return f"{server.url}/slow"


def test_lost_worker(client, server, slow_file, catalog_of, some):
    """What a killed worker had in hand is done again by another, and everything is counted once."""
    catalog = catalog_of("glance-emitted")
    gathering = Gathering()
    gathering.add(_killed_while_reading(client, server, slow_file, catalog))
    assert report_of(gathering.outcome(catalog)) == report_of(_outcome(client, [slow_file], catalog))
    assert gathering.outcome(catalog).summary.notifications == len(some)


@pytest.mark.exhaustive
def test_file_that_kills(client, server, slow_file, catalog_of, monkeypatch):
    """A file whose readers die is given up at some point, by its name."""
    monkeypatch.setattr(client.cluster.scheduler, "allowed_failures", 0)
    result = _killed_while_reading(client, server, slow_file, catalog_of("glance-emitted"))
    assert (result.read, result.summary.notifications) == ({}, 0)
    said = r"http://auditor:\*\*\*@127.0.0.1:\d+/slow: 1 workers have died reading it"
    assert re.fullmatch(said, result.problems[0])


@pytest.fixture
def outcome_of(client, catalog_of):
    """Audit files on the cluster against what Glance emits."""

    def outcome_of(found):
        gathering, catalog = Gathering(), catalog_of("glance-emitted")
        for result in audited(client, found, catalog):
            gathering.add(result)
        return gathering.outcome(catalog)

    return outcome_of


@pytest.fixture
def _no_second_chance(client, monkeypatch):
    """Have the scheduler give up what it has handed to a worker that is lost."""
    monkeypatch.setattr(client.cluster.scheduler, "allowed_failures", 0)


@pytest.fixture
def many(archive, catalog_of):
    """Return 64 small files."""
    folder = archive / "many"
    folder.mkdir()
    for number in range(64):
        (folder / f"{number:02}").write_text(json.dumps(catalog_of("glance-emitted").contracts[0].example()))
    return files([str(folder)])


@pytest.mark.exhaustive
def test_lost_again_and_again():
    """A worker of this machine's own that is lost has a successor, however long it takes to start."""
    import dask
    from distributed import KilledWorker

    with dask.config.set({"distributed.deploy.lost-worker-timeout": "0s"}), own_cluster(1) as client:
        client.cluster.scheduler.allowed_failures = 0
        for number in range(2):
            with pytest.raises(KilledWorker):
                client.submit(os._exit, 1, key=f"lost-{number}").result(timeout=120)
        assert client.submit(os.getpid).result(timeout=120) != os.getpid()


@pytest.mark.exhaustive
@pytest.mark.parametrize("travels_with_others", [True, False])
@pytest.mark.usefixtures("_no_second_chance")
def test_who_is_blamed(travels_with_others, outcome_of, server, many):
    """A file that kills its readers is given up, and only that: not those that were to be read by the same workers."""
    (killer,) = files([f"{server.url}/killer"])
    killer = replace(killer, size=1 if travels_with_others else None)
    outcome = outcome_of([*many[:30], killer, *many[30:]])
    assert outcome.problems == (f"{killer.name}: 1 workers have died reading it",)
    assert outcome.sources == tuple(file.name for file in many)
    assert outcome.summary.notifications == len(many)


@pytest.mark.parametrize(("refusals", "is_read"), [(2, True), (3, False)])
def test_tried_again(refusals, is_read, outcome_of, server, many):
    """What cannot be read is tried three times, and the files that travel with it are counted once."""
    server.refusals = refusals
    (shy,) = files([f"{server.url}/shy"])
    outcome = outcome_of([*many, replace(shy, size=1)])
    assert server.refusals == 0
    assert len(outcome.problems) == (not is_read)
    assert outcome.sources == tuple(file.name for file in (*many, *[shy] * is_read))
    assert outcome.summary.notifications == len(many) + is_read


def test_left_out(run, archive, scheduler):
    """What is there under another name is a note of the report, is said, and is counted once; nothing fails for it."""
    names = ["archive/2026/array", "archive/2026/lines"]
    options = ("--catalog", "glance-emitted", "--format", "json")
    theirs = run("check", *names, *options)
    (archive / "2026" / "again").symlink_to("lines")
    ours = run("audit", *names, "archive/2026/again", "--scheduler", scheduler, *options)
    note = "left out, being the same under another name: archive/2026/again is archive/2026/lines"
    assert (ours.status, ours.err) == (theirs.status, f"notify-contracts: {note}\n")
    assert json.loads(ours.out) == {**json.loads(theirs.out), "notes": [note]}


def test_password(run, server, scheduler):
    """Credentials in a URL open what they are for, and are shown nowhere."""
    (good, bad) = (server.url + "/2026/", server.url.replace("geheim", "g%65heimer") + "/2026/")
    for url, status in ((good, 1), (bad, 2), (bad + "lines", 2)):
        ran = run("audit", url, "--catalog", "glance-emitted", "--scheduler", scheduler, "--format", "json")
        assert ran.status == status
        assert not re.search("g(e|%65)heim", ran.out + ran.err)
        assert ("401" in ran.err) == (status == 2)


def test_selection(client, archive, catalog_of):
    """From Python, any Dask client will do, and the selection is heeded."""
    outcome = _outcome(
        client, [str(archive / "2026" / "array")], catalog_of("glance-emitted"), Question(Selection(("task.*",)))
    )
    assert set(outcome.summary.passed) <= {contract.id for contract in outcome.catalog.select("task.*")}
    assert outcome.is_well


@pytest.mark.exhaustive
def test_release_of_a_worker(run, archive, client, tmp_path):
    """A worker with another release of this library is found before it is given work."""
    folder = tmp_path / "other" / "notify_contracts-9.9.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(RELEASE_9)
    other = subprocess.Popen(
        [sys.executable, "-c", WORKER, client.scheduler.address, "--no-nanny", "--no-dashboard", "--nthreads", "1"],
        env={**os.environ, "PYTHONPATH": str(folder.parent)},
        stderr=subprocess.DEVNULL,
    )
    try:
        client.wait_for_workers(3, timeout=60)
        ran = run("audit", archive, "--scheduler", client.scheduler.address)
    finally:
        other.terminate()
        other.wait()
    assert ran.status == 2
    assert re.fullmatch(r"notify-contracts: notify-contracts is 9\.9 on tcp://\S+: install \S+ there[^\n]*\n", ran.err)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--scheduler", "nowhere"],
            "--scheduler nowhere: cannot be reached: missing port number in address 'nowhere'",
        ),
        (["--scheduler", "foo://x:1"], "--scheduler .*foo.*: cannot be reached: unknown address scheme 'foo'.*"),
        (["--scheduler", "tcp://127.0.0.1:1"], "--scheduler tcp://127.0.0.1:1: cannot be reached: Timed out .*"),
        (["--scheduler", "tcp://x:1", "--workers", "2"], "--workers and --scheduler were given: leave one of them out"),
        (["--workers", "0"], ".*expected a number from 1 to 1024.*"),
        (["--catalog", "nowhere"], 'no catalog "nowhere": .*'),
        (["missing/*"], "missing/*: there is no such file"),
        (["--output", "archive/empty"], "archive/empty: is read and would be overwritten: give another --output"),
        (["--format", "jsonl"], ".*invalid choice: 'jsonl'.*"),
    ],
)
@pytest.mark.usefixtures("archive")
def test_errors(arguments, said, run, monkeypatch):
    """What a user can get wrong is one line that says what to do, and status 2."""
    monkeypatch.setattr(cluster, "_SECONDS_TO_CONNECT", 0.5)
    ran = run("audit", "archive", *arguments)
    assert ran.status == 2
    assert re.fullmatch(f"notify-contracts( audit)?: ({said}|{re.escape(said)})\n", ran.err)


@pytest.mark.parametrize("package", ["distributed", "fsspec"])
def test_without_the_extra(package, run, archive, monkeypatch):
    """Without the extra, the line says what to install."""
    monkeypatch.setitem(sys.modules, package, None)
    ran = run("audit", archive)
    said = f"notify-contracts: {package} is not installed: pip install 'notify-contracts[cluster]'\n"
    assert (ran.status, ran.err) == (2, said)


def test_other_packages(client):
    """Which packages are of another version on the cluster is told from what Dask says of it."""
    from distributed.versions import VersionMismatchWarning, error_message

    here = client.get_versions()["client"]
    other = {**here, "packages": {**here["packages"], "msgpack": "0.1", "tornado": "0.1"}}
    said = error_message(other, {"tcp://a:1": here}, here)["warning"]
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        warnings.warn(VersionMismatchWarning(said), stacklevel=1)
    assert mismatched(warned) == ["msgpack", "tornado"]
