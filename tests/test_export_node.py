"""Exported documents in the hands of others: AsyncAPI's official parser, ajv, a reader of YAML 1.2, and VS Code.

Their packages come from npm. In CI they are installed; elsewhere the tests skip where they are not.
"""

import json
import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from notify_contracts.catalog import cases_of

pytestmark = pytest.mark.exhaustive

ROOT = Path(__file__).parent.parent
PROGRAMS = ROOT / "tests" / "node"
CATALOGS = ("glance-documented", "glance-emitted", "parcels")


def _installed(folder, work):
    """Install the packages in `work` and move them to `folder`, unless another run was faster."""
    shutil.copytree(PROGRAMS, work)
    command = ["npm", "install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=work, check=True, timeout=600)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = shutil.move(work, folder.with_name(f"{folder.name}.{os.getpid()}"))
    try:
        beside.rename(folder)
    except OSError:
        shutil.rmtree(beside)


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    """Run one of the programs and return the JSON that it writes."""
    content = b"".join(path.read_bytes() for path in sorted(PROGRAMS.iterdir()))
    folder = ROOT / ".build" / f"node-{sha256(content).hexdigest()[:12]}"
    if not folder.is_dir():
        if os.environ.get("CI") != "true":
            pytest.skip("what documents are held against is not installed; CI=true installs it with npm")
        _installed(folder, tmp_path_factory.mktemp("npm") / "node")

    def node(program, *arguments, **options):
        command = ["node", program, *map(str, arguments)]
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False, **options)
        assert (ran.returncode, ran.stderr) == (0, "")
        return json.loads(ran.stdout)

    return node


@pytest.fixture
def catalogs(catalog_of, parcels):
    """Return all three catalogs."""
    return [catalog_of(parcels if name == "parcels" else name) for name in CATALOGS]


def test_asyncapi(node, catalogs, run, tmp_path):
    """The official parser finds no error and nothing to recommend, but that there is a newer AsyncAPI than 3.0.

    It reads in YAML what the JSON says; of JSON it is asked once.
    """
    for catalog in catalogs:
        for ending in ("yaml", "json"):
            output = tmp_path / f"{catalog.name}.{ending}"
            exported = run("catalog", "export", "--catalog", catalog.root, "--format", "asyncapi", "--output", output)
            assert exported.status == 0
    asked = [(catalog, tmp_path / f"{catalog.name}.yaml") for catalog in catalogs]
    asked.append((catalogs[-1], tmp_path / f"{catalogs[-1].name}.json"))
    for (catalog, path), found in zip(asked, node("asyncapi.mjs", *(path for _, path in asked)), strict=True):
        assert found["errors"] == []
        assert found["remarks"] == ["asyncapi-latest-version"]
        assert sorted(found["messages"]) == sorted(contract.id for contract in catalog.contracts)
        assert set(found["operations"]) == {"send"}
        assert found["content"] == json.loads(path.with_suffix(".json").read_bytes())


def test_json_schema(node, catalogs, run, tmp_path):
    """By a bundled schema ajv judges every case as the catalog does."""
    asked, declared = [], []
    for catalog in catalogs:
        folder = tmp_path / catalog.name
        arguments = ("--catalog", catalog.root, "--format", "json-schema", "--output", folder)
        assert run("catalog", "export", *arguments).status == 0
        for event_type in catalog.event_types:
            cases = cases_of(catalog, event_type)
            schema = json.loads((folder / f"{event_type}.json").read_bytes())
            asked.append({"schema": schema, "notifications": [case.notification for case in cases]})
            declared.append([case.valid for case in cases])
    assert node("ajv.mjs", input=json.dumps(asked)) == declared
    assert sum(map(len, declared)) > 5000


def test_vs_code_knows_the_files_of_a_catalog(node, run, parcels, tmp_path):
    """With the settings that `catalog schema` prints, it finds nothing in a good file, and a mistyped word in each."""
    settings = json.loads(run("catalog", "schema", "--settings").out)
    files = {path.relative_to(parcels.parent).as_posix(): path.read_text("utf-8") for path in parcels.rglob("*.json")}
    broken = {name: text.replace("{", '{"titel": "x",', 1) for name, text in files.items()}
    for texts, wanted in ((files, 0), (broken, 1)):
        asked = tmp_path / "asked.json"
        asked.write_text(json.dumps({"settings": settings, "files": texts}))
        assert {name: len(said) for name, said in node("editor.mjs", asked).items()} == dict.fromkeys(files, wanted)
