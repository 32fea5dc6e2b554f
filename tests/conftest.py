"""What the tests share: the command, the catalogs, the recordings, and a copy of the third catalog to break."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from shutil import copytree, which
from textwrap import dedent
from typing import NamedTuple

import pytest
import yaml  # noqa: F401  # pytester forgets what a test inside a test imports first, and its part in C outlives that

import notify_contracts
from notify_contracts._checking.parallel import pool
from notify_contracts.capture import recording
from notify_contracts.catalog import Catalog, load
from notify_contracts.cli import main
from tests.telling import telling

HERE = Path(__file__).parent
PAIRS = (("parcel.accepted", "INFO"), ("parcel.lost", "WARN"))
ROOT_OF_PACKAGE = Path(notify_contracts.__file__).parent.parent
LOADED_BEFORE = (
    "notify_contracts._report", "notify_contracts._schema.engines.compiled", "notify_contracts.conformance",
    "notify_contracts.conformance.bus", "notify_contracts.drivers.memory", "notify_contracts.drivers.messaging",
    "notify_contracts.drivers.noop", "pytest_notify_contracts.late",
    "xdist.dsession", "xdist.remote", "xdist.scheduler",
)  # fmt: skip
# A shell has what runs in its background ignore interrupts; the command is to hear them wherever the tests run.
AS_INSTALLED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from notify_contracts.cli import main
sys.exit(main())
"""


class Ran(NamedTuple):
    """How a run of the command ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the command in this process."""

    def run(*arguments: object) -> Ran:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            status = stop.code
        return Ran(status, *capsys.readouterr())

    return run


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., "subprocess.Popen[bytes]"]:
    """Start the command in a process of its own, away from the checkout, with only the environment that is given."""

    def start(*arguments: object, **options: object) -> "subprocess.Popen[bytes]":
        environment = {"PYTHONPATH": str(ROOT_OF_PACKAGE), "PATH": os.environ["PATH"], **options.pop("env", {})}
        streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE) | options
        command = [sys.executable, "-W", "error", "-c", AS_INSTALLED, *map(str, arguments)]
        return subprocess.Popen(command, cwd=tmp_path, env=environment, **streams)

    return start


@pytest.fixture
def command(start: Callable[..., "subprocess.Popen[bytes]"]) -> Callable[..., Ran]:
    """Run the command in a process of its own with `stdin` as its input."""

    def command(*arguments: object, stdin: bytes = b"", **options: object) -> Ran:
        with start(*arguments, **options) as process:
            out, err = process.communicate(stdin, timeout=120)
        return Ran(process.returncode, out.decode(), err.decode())

    return command


@cache
def _catalog(name: str | Path, engine: str) -> Catalog:
    return load(name, engine=engine)


@pytest.fixture(scope="session")
def catalog_of() -> Callable[[str | Path, str], Catalog]:
    """Load a catalog with an engine, once for all the tests."""
    return lambda name, engine="jsonschema-rs": _catalog(name, engine)


@pytest.fixture(scope="session")
def parcels() -> Path:
    """Return the folder of the third catalog, which is not Glance's."""
    return HERE / "catalogs" / "parcels"


@pytest.fixture
def parcels_copy(parcels: Path, tmp_path: Path) -> Path:
    """Return a copy of the third catalog that a test may break."""
    return copytree(parcels, tmp_path / "parcels")


@pytest.fixture(scope="session")
def examples() -> Path:
    """Return the folder of the recordings."""
    return HERE.parent / "examples"


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an authority of our own, a certificate of a broker on 127.0.0.1, of a client, and of another host."""
    if which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificates")

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    # Python 3.13 holds certificates to RFC 5280 in full, so they state their use and their issuer's key.
    signing = ("-addext", "keyUsage=critical,keyCertSign,cRLSign")
    openssl(
        "req", "-x509", *key, *signing, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=authority", "-days", "2"
    )
    for name, host in (("broker", "IP:127.0.0.1"), ("client", "DNS:client"), ("other", "DNS:other.example.org")):
        extensions = ("subjectKeyIdentifier=hash", "authorityKeyIdentifier=keyid", f"subjectAltName={host}")
        (folder / f"{name}.ext").write_text("\n".join(extensions))
        openssl("req", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", f"{name}.ext", "-days", "2")
        openssl("x509", "-req", "-in", f"{name}.csr", "-out", f"{name}.pem", *signed)
    return folder


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have recordings cut into small parts, and read in small blocks, so that several processes share short ones."""

    def parts(size: int, block: int = recording.BLOCK, *, elsewhere: bool = False) -> None:
        """Have parts of `size` bytes; if `elsewhere`, this process checks none of them, however late others start."""
        monkeypatch.setattr(pool, "PART", size)
        monkeypatch.setattr(recording, "BLOCK", block)
        if elsewhere:
            monkeypatch.setattr(pool.Pool, "_checks", lambda _self: False)

    return parts


@pytest.fixture
def made(tmp_path: Path) -> Callable[[bytes], Path]:
    """Write a recording whose name says nothing about what is in it."""

    def made(content: bytes) -> Path:
        path = tmp_path / "recording"
        path.write_bytes(content)
        return path

    return made


@pytest.fixture
def broken_parcels(catalog_of: Callable[[str | Path], Catalog], parcels: Path, made: Callable[[bytes], Path]) -> Path:
    """Write a recording with something of everything: what conforms, what does not, a stranger, and rubbish."""
    accepted, lost = (catalog_of(parcels).contract(*pair).example() for pair in PAIRS)
    light = accepted | {"payload": accepted["payload"] | {"grams": 0}}
    somewhere = lost | {"payload": lost["payload"] | {"last_seen": "a, <b>: 50%"}}
    lines = [accepted, light, accepted, somewhere, accepted | {"event_type": "parcel.acepted"}]
    return made("\n".join([*map(json.dumps, lines), "[1]"]).encode())


@pytest.fixture(scope="session")
def _loaded() -> None:
    """Load what pytester, which takes away again all that a test was the first to load, is not to load anew."""
    for name in LOADED_BEFORE:
        with nullcontext() if "notify" in name else suppress(ImportError):  # what is not ours may be missing
            import_module(name)


@pytest.fixture
def downstream(_loaded: None, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Give a folder for another project's tests, to which no choice of a broker for ours comes through.

    Their pytest has our plugin and no other but those that a test names with ``-p``: to look for what is installed, and
    to load that, would take longer than most of these many sessions. `test_downstream` and the wheel's tests do it.
    """
    monkeypatch.delenv("NOTIFY_CONTRACTS_BROKER", raising=False)
    monkeypatch.delenv("NOTIFY_CONTRACTS_REQUIRE_BROKER", raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "pytest_notify_contracts")
    return pytester


@pytest.fixture
def run_tests(downstream: pytest.Pytester) -> Callable[..., list[dict[str, str]]]:
    """Run a file of tests and return what passed, was skipped and failed, as messages by the names of the tests."""

    def run_tests(tests: str, *options: str) -> list[dict[str, str]]:
        downstream.makepyfile(test_it=tests)
        reports = downstream.inline_run(*options).listoutcomes()
        return [{report.nodeid.split("::")[-1]: report.longreprtext for report in some} for some in reports]

    return run_tests


SERVICE = '''
"""A service that emits, as the tests of a downstream project see it."""
import threading
from notify_contracts import Notifier

ID = "dc78c8d5-10bb-4452-9d15-613728fd7fba"


def create():
    Notifier("image.host").error("image.create", "the disk is full")


def delete(payload=ID):
    Notifier("image.host").info("image.delete", payload)


def log_delete(payload=ID):
    Notifier("image.host", ["log"]).info("image.delete", payload)


test_has_ended = threading.Event()
left = []


def later(emit, *arguments):
    """Emit in a thread that the first test leaves running, which waits until it has ended."""
    left.append(threading.Thread(target=lambda: test_has_ended.wait(60) and emit(*arguments)))
    left[-1].start()


def join():
    for thread in left:
        thread.join()
'''

ENDING = """
import pytest, service

ending = set()

@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    if fixturedef.scope == "function" and request.node.nodeid not in ending:
        ending.add(request.node.nodeid)
        # whatever else the test uses is torn down before this, but for what the session shares
        request.node.addfinalizer(service.test_has_ended.set)
"""

TEST_FILE_HEAD = (
    "import logging, pytest, threading\nfrom service import ID, Notifier, create, delete, join, later, log_delete\n"
)


class Project:
    """A downstream project: a service that emits, and one file of tests, run by a pytest of its own."""

    def __init__(self, pytester: pytest.Pytester, tests: str, options: tuple[str, ...]) -> None:
        self._pytester = pytester
        self._options = options
        pytester.makepyfile(service=SERVICE, conftest=ENDING, test_it=TEST_FILE_HEAD + dedent(tests))

    def run(self, *arguments: str) -> pytest.RunResult:
        """Run its tests."""
        return self._pytester.runpytest(*self._options, *arguments)

    def passes(self, count: int) -> pytest.RunResult:
        """Run its tests, of which `count` must pass and none do anything else."""
        result = self.run()
        result.assert_outcomes(passed=count)
        return result

    def fails(self, count: int) -> pytest.RunResult:
        """Run its tests, of which `count` must fail and none do anything else."""
        result = self.run()
        result.assert_outcomes(failed=count)
        return result


@pytest.fixture
def project(downstream: pytest.Pytester) -> Callable[[str], Project]:
    """Make a downstream project out of the text of its tests."""
    return lambda tests: Project(downstream, tests, ())


@pytest.fixture(params=telling(["", "-p xdist -n0", "-p xdist -n2"], [""]))
def distributed(request: pytest.FixtureRequest, downstream: pytest.Pytester) -> Callable[[str], Project]:
    """Make a downstream project that is run without xdist, with xdist in one process, and with two workers."""
    return lambda tests: Project(downstream, tests, tuple(request.param.split()))
