"""The shape of the house: layers, what is loaded, and what an `__init__` may hold."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

import notify_contracts

PACKAGE = Path(notify_contracts.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "contracts" not in path.relative_to(PACKAGE).parts)
# fmt: off
LAYERS = (
    {"_base", "_untrusted", "errors"},
    {"model", "wire"},
    {"_schema"},
    {"_amqp", "broker", "capture", "catalog", "drivers", "emitting", "oslo"},
    {"_checking", "_lint", "generate", "tap"},
    {"_audit", "_comparison", "_drafting", "_export", "_live", "_report", "conformance", "fuzzing", "testing"},
    {"cli"},
)
# fmt: on
LAYER = {unit: number for number, units in enumerate(LAYERS) for unit in units}
# fmt: off
LATE = (
    "backports", "bz2", "dask", "distributed", "docker", "fsspec", "hypothesis", "jsonschema", "lzma", "pika",
    "prometheus_client", "pytest", "referencing", "rich", "shtab", "testcontainers", "yaml",
)
# fmt: on


@cache
def _parsed(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _imports(path):
    """Return the names of all modules that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(_parsed(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write imports in full"
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names if node.module == "notify_contracts")
    return names


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
    del units["__init__"], units["__main__"]
    assert set(units) == set(LAYER), "every module and folder has its layer"
    upwards = [f"{unit} imports {other}" for unit in units for other in units[unit] if LAYER[other] > LAYER[unit]]
    assert upwards == []
    TopologicalSorter(units).prepare()  # raises CycleError


def test_few_doors():
    """At the top of the package stand at most 27 names."""
    assert len(_units()) - len({"__init__", "__main__"}) <= 27


# What users import by the name of a module, as the documents say; every other module is behind its room's face.
DOCUMENTED = {f"notify_contracts.drivers.{name}" for name in ("log", "memory", "messaging", "noop")} | {
    "notify_contracts.generate.machine"
}


def test_faces():
    """Whoever is outside a room imports from the room, or from one within it, and not from a module of its inside."""
    rooms = {".".join(path.parent.relative_to(PACKAGE.parent).parts) for path in FILES if path.name == "__init__.py"}
    behind = []
    for path in (*FILES, *(PACKAGE.parent / "pytest_plugin").rglob("*.py")):
        own = (
            f"notify_contracts.{path.relative_to(PACKAGE).parts[0].removesuffix('.py')}" if path in FILES else "pytest"
        )
        for node in ast.walk(_parsed(path)):
            if not isinstance(node, ast.ImportFrom) or not node.module.startswith("notify_contracts."):
                continue
            is_inside = node.module == own or node.module.startswith(f"{own}.")
            is_module = node.module.count(".") > 1 and node.module not in rooms | DOCUMENTED
            if is_module and not is_inside:
                behind.append(f"{path.relative_to(PACKAGE.parent)} imports {node.module}")
    assert behind == []


def test_one_meaning():
    """No name that a room gives away is also the name of one of its modules."""
    for face in (path for path in FILES if path.name == "__init__.py"):
        names = {path.stem for path in face.parent.glob("*") if path != face}
        listed = [node for node in _parsed(face).body if isinstance(node, ast.Assign)]
        assert names & {name for node in listed for name in ast.literal_eval(node.value)} == set(), face


def test_what_is_public_is_documented():
    """The rooms that no underscore marks as private are those that the reference documents, but for the command."""
    reference = (PACKAGE.parent / "docs" / "reference" / "python.md").read_text(encoding="utf-8")
    documented = {name.split(".")[1] for name in re.findall(r"^(notify_contracts\.\w+)$", reference, re.MULTILINE)}
    public = {unit for unit in _units() if not unit.startswith("_")} - {"cli"}
    assert public == documented


# fmt: off
ROOT = {
    ".ci",
    ".gitignore",
    ".pre-commit-hooks.yaml",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "action.yml",
    "benchmarks",
    "conftest.py",
    "contracts",
    "docs",
    "examples",
    "findings",
    "notify_contracts",
    "pyproject.toml",
    "pytest_plugin",
    "templates",
    "tests",
}


def test_root():
    """At the root stands what belongs there, and nothing else is committed."""
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=PACKAGE.parent, check=False).stdout
    if not listed:
        pytest.skip("not a git checkout: nothing says what is committed")
    assert {path.partition("/")[0] for path in listed.splitlines()} <= ROOT


def test_oldest_releases():
    """CI tries the oldest releases that the distribution says it works with, of all that does not run beside it."""
    oldest = PACKAGE.parent / ".ci" / "oldest.txt"
    if not oldest.is_file():
        pytest.skip("not a git checkout: nothing says what CI tries")
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    stated = [*project["dependencies"], *extras["fuzz"], *extras["metrics"], *extras["pytest"]]
    assert {each.replace(">=", "==") for each in stated} <= set(oldest.read_text(encoding="utf-8").splitlines())


def test_emitter_is_independent():
    """The emitter and the checker are two statements of one format: neither side imports the other."""
    units = _units()

    def reached(unit):
        return {unit}.union(*map(reached, units[unit]))

    assert not (reached("emitting") | reached("tap")) & {"catalog", "_checking", "_schema"}
    assert not (reached("_checking") | reached("_lint") | reached("capture")) & {"emitting", "drivers", "tap", "broker"}


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
    """An `__init__` is a docstring, imports that happen later, and an `__all__` that names exactly what is imported."""
    docstring, *rest = _parsed(path).body
    assert isinstance(docstring, ast.Expr)
    assert isinstance(docstring.value.value, str)
    if not rest:
        return
    how, later, listed = rest
    is_base = path.parent.name == "_base"
    assert ast.unparse(how) == f"from notify_contracts._base{'.faces' if is_base else ''} import later"
    assert ast.unparse(later).startswith("with later(__name__):")
    assert all(isinstance(node, ast.ImportFrom) for node in later.body)
    assert [target.id for target in listed.targets] == ["__all__"]
    imported = [alias.asname or alias.name for node in later.body for alias in node.names]
    assert sorted(imported + ["later"] * is_base) == sorted(ast.literal_eval(listed.value))


def test_dataclasses():
    """Dataclasses are made by what imports quickly, not by what compiles six methods for each."""
    others = [
        str(path)
        for path in FILES
        for node in ast.walk(_parsed(path))
        if isinstance(node, ast.ImportFrom) and node.module == "dataclasses" and path.parent.name != "_base"
        if "dataclass" in [alias.name for alias in node.names]
    ]
    assert others == []


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


def test_architecture():
    """The architecture's table names every room, in its layer."""
    rows = re.findall(r"^\| (\d) \| (`.+?`) \|", (PACKAGE.parent / "ARCHITECTURE.md").read_text("utf-8"), re.MULTILINE)
    named = {room: int(number) - 1 for number, rooms in rows for room in re.findall(r"`(\w+)`", rooms)}
    assert named == LAYER


@pytest.mark.parametrize("path", sorted((PACKAGE.parent / "benchmarks").glob("*.py")), ids=lambda path: path.stem)
def test_benchmarks(path):
    """What a benchmark takes of the library is there."""
    for node in ast.walk(_parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("notify_contracts"):
            room = import_module(node.module)
            for name in (alias.name for alias in node.names):
                assert hasattr(room, name), f"{node.module}.{name}"
