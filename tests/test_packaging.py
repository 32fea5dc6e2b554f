"""The distribution: what the wheel brings, and that it works from any folder without the checkout."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NEEDED = ("build", "hatchling")
MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]
OURS = {"notify_contracts", "pytest_notify_contracts"}

pytestmark = [
    pytest.mark.exhaustive,  # a wheel is the same, whichever Python builds it
    pytest.mark.skipif(bool(MISSING) and os.environ.get("CI") != "true", reason=f"not installed: {', '.join(MISSING)}"),
]


def _run(*command, **options):
    ran = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, timeout=300, **options)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """Build the source distribution and, from it, the wheel."""
    out = tmp_path_factory.mktemp("dist")
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT)
    return out


@pytest.fixture(scope="module")
def wheel(dist):
    """Return the wheel."""
    (path,) = dist.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel into an environment of its own, which finds the dependencies in this one."""
    root = tmp_path_factory.mktemp("environment")
    venv.create(root)
    _run(sys.executable, "-m", "pip", "--python", root / "bin" / "python", "install", "--no-index", "--no-deps", wheel)
    (site,) = root.glob("lib/python*/site-packages")
    others = [path for path in sys.path if path.endswith("site-packages")]
    dependencies = tmp_path_factory.mktemp("dependencies")
    for path in (entry for other in others for entry in Path(other).iterdir()):
        ours = path.name.startswith(
            ("notify_contracts", "pytest_notify_contracts", "_notify_contracts", "__editable__")
        )
        if not ours and not path.name.endswith(".pth") and not (dependencies / path.name).exists():
            (dependencies / path.name).symlink_to(path)
    (site / "dependencies.pth").write_text(f"{dependencies}\n")
    return root / "bin"


def test_names_in_the_wheel(wheel):
    """The wheel brings at most two importable names, its metadata, and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    top = {name.partition("/")[0] for name in names}
    (metadata,) = (name for name in top if name.endswith(".dist-info"))
    assert top - {metadata} == OURS
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name]


def test_files_in_the_wheel(wheel):
    """The wheel holds every contract, the shape of the report, and the marks of typed packages, as in the checkout."""
    with zipfile.ZipFile(wheel) as archive:
        for path in (ROOT / "contracts").rglob("*.json"):
            name = f"notify_contracts/{path.relative_to(ROOT).as_posix()}"
            assert archive.read(name) == path.read_bytes()
        names = set(archive.namelist())
        (points,) = (archive.read(name).decode() for name in names if name.endswith("/entry_points.txt"))
    assert {"notify_contracts/py.typed", "notify_contracts/_report/report.schema.json"} <= names
    assert {
        "notify_contracts/_untrusted/markup/style.css",
        "notify_contracts/_report/html/report.css",
        "notify_contracts/_report/html/report.js",
        "notify_contracts/_report/comparison/comparison.css",
        "notify_contracts/_report/comparison/comparison.schema.json",
        "notify_contracts/_report/needs/needs.css",
        "notify_contracts/_report/needs/needs.schema.json",
    } <= names
    assert "pytest_notify_contracts/py.typed" in names
    assert "pytest_notify_contracts = pytest_notify_contracts\n" in points
    assert "contracts = notify_contracts.oslo:ContractsDriver\n" in points
    assert not [name for name in names if name.startswith("notify_contracts/contracts/") and name.endswith(".py")]


def test_source_distribution(dist):
    """The source distribution holds what is needed to build, to test and to read."""
    (path,) = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "LICENSE", "README.md", "contracts/catalog.schema.json", "conftest.py"} <= names
    assert {"tests/conftest.py", "tests/catalogs/parcels/catalog.json", "examples/glance-33.log"} <= names


def test_installed_command(installed, tmp_path):
    """Installed, the command checks a recording in any folder, and knows its version and both catalogs."""
    recording = shutil.copy(ROOT / "examples" / "glance-33-messaging.jsonl", tmp_path / "recording")
    (tmp_path / "contracts").mkdir()  # somebody else's folder of the same name
    (tmp_path / "notify_contracts").mkdir()
    command = installed / "notify-contracts"
    environment = {"PATH": os.environ["PATH"]}
    out = _run(
        command, "check", recording, "--catalog", "glance-emitted", "--format", "json", cwd=tmp_path, env=environment
    )
    assert json.loads(out)["totals"]["conforming"] == 296
    assert len(_run(command, "catalog", "list", cwd=tmp_path, env=environment).splitlines()) == 2
    version = re.search('^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)[1]
    assert _run(command, "--version", cwd=tmp_path, env=environment) == f"notify-contracts {version}\n"


def test_own_data(wheel, tmp_path):
    """The package finds the catalogs that came with it, wherever it was unpacked."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    program = "from notify_contracts.catalog import data_folder; print(data_folder())"
    dependencies = [path for path in sys.path if path.endswith("site-packages")]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join([str(tmp_path), *dependencies])}
    assert _run(sys.executable, "-c", program, cwd="/", env=environment) == f"{tmp_path}/notify_contracts/contracts\n"
