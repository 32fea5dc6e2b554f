"""The shape of the house: layers, what is loaded, and what an `__init__` may hold."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import notify_contracts

PACKAGE = Path(notify_contracts.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "contracts" not in path.relative_to(PACKAGE).parts)
# fmt: off
LAYERS = (
    {"errors", "formats", "jsontext", "markup", "patterns", "release", "schemas", "text"},
    {"model", "wire"},
    {"broker", "capture", "catalog", "drivers", "engines", "explain", "observers", "oslo"},
    {
        "check", "fields", "generate", "interchange", "lint", "mutations", "notifier", "parallel", "pieces", "strength",
        "summary", "tally", "tap", "timeline",
    },
    {"audit", "conformance", "export", "fuzzing", "report", "testing", "verification", "watching"},
    {"cli"},
)
# fmt: on
LAYER = {unit: number for number, units in enumerate(LAYERS) for unit in units}
# fmt: off
LATE = (
    "dask", "distributed", "docker", "fsspec", "hypothesis", "jsonschema", "pika", "prometheus_client", "pytest",
    "referencing", "rich", "testcontainers", "yaml",
)
# fmt: on


def _imports(path):
    """Yield the names of all modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "notify_contracts")


def _units():
    """Return which units of the package, modules and folders, each of them imports."""
    units = {}
    for path in FILES:
        unit = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        imported = {name.split(".")[1] for name in _imports(path) if name.startswith("notify_contracts.")}
        units.setdefault(unit, set()).update(imported - {unit})
    return units


def test_layers():
    """An import only points down: to a lower layer, or within one where nothing points back."""
    units = _units()
    del units["__init__"]
    assert set(units) == set(LAYER), "every module and folder has its layer"
    upwards = [f"{unit} imports {other}" for unit in units for other in units[unit] if LAYER[other] > LAYER[unit]]
    assert upwards == []
    TopologicalSorter(units).prepare()  # raises CycleError


def test_emitter_is_independent():
    """The emitter and the checker are two statements of one format: neither side imports the other."""
    units = _units()

    def reached(unit):
        return {unit}.union(*map(reached, units[unit]))

    assert not (reached("notifier") | reached("tap")) & {"catalog", "check", "engines", "explain", "schemas"}
    assert not (reached("check") | reached("lint") | reached("capture")) & {"notifier", "drivers", "tap", "broker"}


@pytest.mark.parametrize("module", ["notify_contracts", "notify_contracts.cli", "notify_contracts.cli.check"])
def test_imports_are_light(module):
    """Importing the library or the command loads no package that only some of it needs."""
    program = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    assert set(ran.stdout.split()) & set(LATE) == set()
    assert "notify_contracts" in ran.stdout.split()


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.name == "__init__.py"], ids=lambda path: path.parent.name
)
def test_init(path):
    """An `__init__` is a docstring, imports, and an `__all__` that names exactly what is imported."""
    docstring, *rest = ast.parse(path.read_text(encoding="utf-8")).body
    assert isinstance(docstring, ast.Expr)
    assert isinstance(docstring.value.value, str)
    if not rest:
        return
    *imports, listed = rest
    assert all(isinstance(node, ast.ImportFrom) for node in imports)
    assert [target.id for target in listed.targets] == ["__all__"]
    imported = [alias.asname or alias.name for node in imports for alias in node.names]
    assert sorted(imported) == sorted(ast.literal_eval(listed.value))


def test_size_of_files():
    """No file is longer than 300 lines."""
    long = {str(path): lines for path in FILES if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300}
    assert long == {}


def test_no_packages_of_tests_and_data():
    """The folders of tests, contracts and the plugin are no packages."""
    root = Path(__file__).parent.parent
    assert [
        path for name in ("tests", "contracts", "pytest_plugin") for path in (root / name).glob("__init__.py")
    ] == []


def test_typed():
    """The package says that it is typed."""
    assert (PACKAGE / "py.typed").is_file()
