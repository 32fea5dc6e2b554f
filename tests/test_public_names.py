"""Tests of ``.ci/public-names``, on repositories of their own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parent.parent / ".ci" / "public-names"
IDENTITY = ("-c", "user.name=A test", "-c", "user.email=test@example.org")

pytest.importorskip("griffe")


def _write(root, **modules):
    for name, text in modules.items():
        (root / "notify_contracts" / f"{name}.py").write_text(text)


def _git(root, *arguments):
    subprocess.run(["git", *IDENTITY, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def release(tmp_path):
    """Return a repository whose last commit is tagged as a release with one class."""
    for folder in ("notify_contracts/_base", "docs/reference", ".ci"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(PROGRAM, tmp_path / ".ci")
    (tmp_path / ".ci/released").write_text("0" * 40)
    (tmp_path / ".ci/public-changes.txt").write_text("# none\n")
    (tmp_path / "docs/reference/python.md").write_text(".. automodule:: notify_contracts\n")
    face = 'from notify_contracts.shop import Shop\n\n__all__ = ["Shop"]\n'
    shop = "class Shop:\n    def buy(self, what): ...\n    def sell(self, what): ...\n"
    _write(tmp_path, __init__=face, shop=shop, **{"_base/__init__": "", "_base/versions": "RENAMED = {}\n"})
    _git(tmp_path, "init", "--quiet")
    _git(tmp_path, "add", "--all")
    _git(tmp_path, "commit", "--quiet", "--message", "a release")
    _git(tmp_path, "tag", "v1")
    return tmp_path


def _compare(root):
    command = [sys.executable, root / ".ci/public-names"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def test_nothing_changed(release):
    """Where all is there as it was, all is well."""
    assert _compare(release) == (0, "public names: 1 of v1 compared, 0 faults\n")


def test_removed(release):
    """A name that is gone is a fault."""
    _write(release, __init__="__all__ = []\n")
    status, printed = _compare(release)
    assert status == 1
    assert "notify_contracts.Shop: Public object was removed" in printed


def test_moved(release):
    """A value that has moved behind another room, and lost a method and an argument on the way, is compared."""
    (release / "notify_contracts/shop.py").unlink()
    (release / "notify_contracts/_inner").mkdir()
    _write(release, **{"_inner/__init__": "from notify_contracts._inner.shop import Shop\n\n__all__ = ['Shop']\n"})
    _write(release, **{"_inner/shop": "class Base:\n    def buy(self): ...\n\n\nclass Shop(Base): ...\n"})
    _write(release, __init__="from notify_contracts._inner import Shop\n\n__all__ = ['Shop']\n")
    status, printed = _compare(release)
    assert status == 1
    assert "notify_contracts.Shop.sell: Public object was removed" in printed
    assert "notify_contracts.Shop.buy(what): Parameter was removed" in printed


def test_renamed(release):
    """An attribute that keeps its old name for a release is no fault."""
    _write(release, shop="class Shop:\n    def buy(self, what): ...\n    def offer(self, what): ...\n")
    assert _compare(release)[0] == 1
    _write(release, **{"_base/versions": 'RENAMED = {"Shop.sell": "offer"}\n'})
    assert _compare(release)[0] == 0


def test_excused(release):
    """A change with a reason is no fault; a reason without a change is one."""
    (release / ".ci/public-changes.txt").write_text("notify_contracts.Shop.sell: nobody buys\n")
    status, printed = _compare(release)
    assert status == 1
    assert "remove the line" in printed
    _write(release, shop="class Shop:\n    def buy(self, what): ...\n")
    assert _compare(release)[0] == 0


def test_no_history(release):
    """Without the release in the history (a shallow clone, a source archive) it says that nothing was compared."""
    _git(release, "tag", "--delete", "v1")
    assert _compare(release) == (
        0,
        "public names: not compared: .ci/released names a release that is not in the history here\n",
    )
    shutil.rmtree(release / ".git")
    assert _compare(release)[1].startswith("public names: not compared")
