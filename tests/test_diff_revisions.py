"""Catalogs of git revisions: read by git's plumbing, with nothing checked out, and refused where they are not fit."""

import os
import subprocess
from shutil import which

import pytest

from notify_contracts._comparison import catalog_at, folder_in_repository
from notify_contracts.errors import CatalogError
from tests.comparing import PARCEL, changed

pytestmark = pytest.mark.skipif(which("git") is None, reason="git is not installed")


def _git(folder, *arguments, given=None):
    names = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.test", "GIT_COMMITTER_NAME": "a"}
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**own, **names, "GIT_COMMITTER_EMAIL": "a@b.test", "GIT_CONFIG_GLOBAL": os.devnull}
    ran = subprocess.run(["git", *arguments], cwd=folder, env=environment, input=given, capture_output=True, check=True)
    return ran.stdout.decode().strip()


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """Make a repository in which the catalog has a first and a second form, and a third that is not committed."""
    root = tmp_path_factory.mktemp("repository")
    _git(root, "init", "--quiet", "--initial-branch=main")
    (root / "services").mkdir()
    changed(root / "services", {}, "mine")
    _git(root, "add", ".")
    _git(root, "commit", "--quiet", "-m", "first")
    path = root / "services" / "mine" / PARCEL
    path.write_text(path.read_text("utf-8").replace('"pallet"]', '"pallet", "crate"]'), "utf-8")
    _git(root, "commit", "--quiet", "-am", "second")
    path.write_text(path.read_text("utf-8").replace('"crate"]', '"crate", "drum"]'), "utf-8")
    return root


def _kinds(catalog):
    parcel = catalog.document(catalog.uri(PARCEL))
    return parcel["properties"]["kind"]["enum"]


@pytest.mark.parametrize(
    ("revision", "folder", "last"),
    [
        ("HEAD~1", "services/mine", "pallet"),
        ("main", "services/mine/", "crate"),
        ("HEAD@{0}", "./services/mine", "crate"),
    ],
)
def test_a_revision(repository, revision, folder, last):
    """A catalog is read as a revision has it, whatever is in the checkout."""
    with catalog_at(revision, folder, where=str(repository)) as catalog:
        assert _kinds(catalog)[-1] == last
        assert (catalog.name, len(catalog.contracts)) == ("parcels", 5)
        assert catalog.root.is_dir()
    assert not catalog.root.exists()


def test_the_command(repository, run, monkeypatch):
    """OLD and NEW may be revisions, or OLD what the folder NEW was at a revision; nothing in the checkout changes."""
    monkeypatch.chdir(repository)
    before = _git(repository, "status", "--porcelain")
    both = run("catalog", "diff", "git:HEAD~1:services/mine", "git:HEAD:services/mine")
    assert "OLD: git:HEAD~1:services/mine, parcels 0.3.1\nNEW: git:HEAD:services/mine, parcels 0.3.1\n" in both.out
    assert '"pallet" → "letter", "packet", "pallet", "crate"' in both.out
    annotated = run("catalog", "diff", "git:HEAD~1:services/mine", "git:HEAD:services/mine", "--format", "github")
    assert "::error title=/payload/kind" in annotated.out  # and no file of a folder that is gone
    monkeypatch.chdir(repository / "services")
    against = run("catalog", "diff", "--against", "HEAD", "mine")
    assert '"crate" → "letter", "packet", "pallet", "crate", "drum"' in against.out
    assert (both.status, against.status) == (1, 1)
    assert _git(repository, "status", "--porcelain") == before


@pytest.mark.parametrize("folder", ["..", "../", "./..", "../../mine/", "../../../services/mine/events/.."])
def test_seen_from_here(repository, folder):
    """A folder above the one where somebody is may be named from there, with a slash at its end or without."""
    with catalog_at("HEAD~1", folder, where=str(repository / "services" / "mine" / "events")) as catalog:
        assert catalog.name == "parcels"


def test_what_there_is_is_listed_from_anywhere(repository):
    """The command that lists the folders of a revision lists all of them, wherever somebody is."""
    here = repository / "services" / "mine" / "events"
    with pytest.raises(CatalogError) as raised, catalog_at("HEAD", "mine", where=str(here)):
        pass
    command = str(raised.value).rpartition("; git ")[2].partition(" lists")[0]
    assert "services/mine" in _git(here, *command.split()).splitlines()


@pytest.mark.parametrize(
    ("revision", "folder", "reason"),
    [
        ("nowhere", "services/mine", "no such revision; git log --oneline and git tag list those that there are"),
        ("origin/main", "services/mine", "no such revision; git fetch brings what a remote has"),
        ("--output=x", "services/mine", "no such revision"),
        (
            "HEAD",
            "services/other",
            "no such folder at that revision; git ls-tree -rd --full-tree --name-only HEAD lists",
        ),
        ("HEAD", "services/mine/catalog.json", "no such folder"),
        ("HEAD", "services", "holds no catalog.json"),
        ("HEAD", "../elsewhere", "outside of the repository"),
        ("HEAD\nHEAD", "services/mine", "a name with a line break"),
        ("", "services/mine", "expected git:REVISION:FOLDER"),
    ],
)
def test_what_is_not_there(repository, revision, folder, reason):
    """What is not there is said in one line that names a remedy; no revision is an option of git."""
    with pytest.raises(CatalogError) as raised, catalog_at(revision, folder, where=str(repository)):
        pass
    assert reason in str(raised.value)
    assert "\n" not in str(raised.value)
    assert not (repository / "x").exists()


def test_errors_name_the_revision(repository):
    """A message about a file of a revision says so, and not where a copy of it is."""
    broken = _with(repository, "100644", _git(repository, "hash-object", "-w", "--stdin", given=b"{"))
    with pytest.raises(CatalogError) as raised, catalog_at(broken, "", where=str(repository)):
        pass
    assert str(raised.value).startswith(f"git:{broken}:/notification.json: is not JSON")


def _with(repository, mode, name, path="notification.json"):
    """Commit a tree in which something else stands in the place of a file of the catalog."""
    listed = _git(repository, "ls-tree", "HEAD:services/mine").splitlines()
    kept = [line for line in listed if not line.endswith(f"\t{path}")]
    kind = "commit" if mode == "160000" else "blob"
    tree = _git(
        repository, "mktree", "--missing", given="\n".join([*kept, f"{mode} {kind} {name}\t{path}", ""]).encode()
    )
    return _git(repository, "commit-tree", tree, "-m", "other")


@pytest.mark.parametrize(
    ("mode", "reason"), [("120000", "is a link"), ("160000", "is a submodule"), ("100644", "git fetch may bring it")]
)
def test_what_is_no_file(repository, mode, reason):
    """A link, a submodule and an object that is not there are refused, each with what to do."""
    name = _git(repository, "hash-object", "-w", "--stdin", given=b"/etc/passwd")
    other = _with(repository, mode, name if mode == "120000" else "1" * 40, "other.json")
    with pytest.raises(CatalogError, match=reason), catalog_at(other, "", where=str(repository)):
        pass


def test_no_git(repository, monkeypatch):
    """Where git is not installed, it says so."""
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(CatalogError, match="git is not installed: install it, or give two folders"):
        folder_in_repository(str(repository))


def test_no_repository(tmp_path):
    """A folder that is in no repository has no revision."""
    with pytest.raises(CatalogError, match="not in a git repository"):
        folder_in_repository(str(tmp_path))
