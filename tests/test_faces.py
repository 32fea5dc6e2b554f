"""A room's face imports what it gives away when that is first asked for, and can be read and used as ever."""

import builtins
import importlib
import os
import pickle
import pydoc
import subprocess
import sys
from pathlib import Path

import pytest

import notify_contracts
from notify_contracts import catalog
from notify_contracts._base import later
from notify_contracts._untrusted import dump

ROOT = Path(notify_contracts.__file__).parent.parent


def _run(program, folder=ROOT):
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("NOTIFY_CONTRACTS_")}
    command, environment = [sys.executable, "-c", program], inherited | {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder, env=environment)
    return ran.stdout.split()


@pytest.fixture
def face(tmp_path, monkeypatch):
    """Write a room whose face gives one name away, and another from a module that cannot be imported."""

    def write(**modules):
        room = tmp_path / "room"
        room.mkdir()
        for name, text in modules.items():
            (room / f"{name}.py").write_text(text, encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        return importlib.import_module("room")

    yield write
    for name in [name for name in sys.modules if name.partition(".")[0] == "room"]:
        del sys.modules[name]


FACE = "from notify_contracts._base import later\nwith later(__name__):\n    from room.shop import sell as offer\n"
LOWEST = ("notify_contracts._base", "notify_contracts._base.faces")


def test_nothing_is_loaded_until_it_is_asked_for():
    """Importing the library loads no module behind its faces; a name brings the module that defines it."""
    program = "import sys, {}; print(*(name for name in sys.modules if name.startswith('notify_contracts')))"
    assert set(_run(program.format("notify_contracts"))) == {"notify_contracts", *LOWEST}
    behind = ("notify_contracts._base.dataclasses", "notify_contracts._base.versions", "notify_contracts.model")
    named = program.replace("import sys, {}", "import sys; from notify_contracts import Location")
    assert set(_run(named)) == {"notify_contracts", *LOWEST, *behind}


def test_a_check_loads_little(tmp_path):
    """To check one notification that conforms at most 109 of our modules are loaded, and none that words faults."""
    recording = tmp_path / "one.jsonl"
    recording.write_bytes(dump(notify_contracts.load("glance-emitted").contracts[0].example()))
    check = ["check", "--catalog", "glance-emitted", "--output", str(tmp_path / "report.txt"), str(recording)]
    loaded = _run(f"import sys; from notify_contracts.cli import main; main({check}); print(*sys.modules)", tmp_path)
    ours = {name for name in loaded if name.partition(".")[0] == "notify_contracts"}
    assert "1 conform, 0 do not" in (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert len(ours) <= 109
    assert not ours & {
        f"notify_contracts.{name}" for name in ("_report.baseline", "_schema.explaining", "catalog.joined")
    }


def test_a_face_looks_as_ever():
    """A face lists its names before anybody asked for one, for completion, help and a star."""
    program = (
        "import notify_contracts.catalog as face; print(*dir(face)); from notify_contracts.catalog import *; load()"
    )
    assert set(catalog.__all__) <= set(_run(program))
    page = pydoc.plain(pydoc.render_doc(catalog))
    assert all(name in page for name in catalog.__all__)


def test_values_travel():
    """What a face gave is the value of the module that defines it, and pickles by that."""
    assert catalog.Catalog is importlib.import_module("notify_contracts.catalog.catalog").Catalog
    assert pickle.loads(pickle.dumps(notify_contracts.Location)) is notify_contracts.Location


def test_a_module_is_there_by_its_name():
    """Rooms and modules are attributes of the face above them without an import, as when it imported them."""
    assert _run("import notify_contracts; print(notify_contracts.catalog.load().name)") == ["glance-documented"]


def test_another_name(face):
    """A name is had under the name that the face gave it, and only then imported; any other is an error."""
    room = face(__init__=FACE, shop="sell = object()")
    assert "room.shop" not in sys.modules
    assert room.offer is sys.modules["room.shop"].sell
    assert vars(room)["offer"] is room.offer
    with pytest.raises(AttributeError, match="module 'room' has no attribute 'sell'"):
        _ = room.sell
    with pytest.raises(ImportError, match="cannot import name 'buy' from 'room'"):
        exec("from room import buy")


def test_what_is_missing_inside_is_told(face):
    """A module of the room whose own import fails says what it lacks, not that the room has no such name."""
    room = face(__init__=FACE, shop="import nowhere_to_be_had")
    for name in ("offer", "shop"):
        with pytest.raises(ModuleNotFoundError, match="nowhere_to_be_had"):
            getattr(room, name)


def test_imports_elsewhere_are_as_ever(face):
    """While a face notes what it imports, whoever else imports gets modules; afterwards nothing is left of that."""
    before = builtins.__import__
    with later(face(__init__="").__name__):
        import shelve

        assert shelve.open is not None
    assert builtins.__import__ is before
