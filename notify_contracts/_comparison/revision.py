"""A catalog as a revision of a git repository has it, read by git's plumbing: nothing is checked out or run.

Names of revisions go to git as input, never as arguments, so none of them is an option. Source: git's manual,
gitrevisions(7), git-cat-file(1) and git-ls-tree(1).
"""

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from notify_contracts._base import dataclass
from notify_contracts._untrusted import printable, shortened
from notify_contracts.catalog import MANIFEST, Catalog
from notify_contracts.errors import CatalogError

PREFIX = "git:"
_MOST_BYTES = 16 * 1024 * 1024
_MOST_IN_ALL = 128 * 1024 * 1024
_MOST_FILES = 20_000
_SECONDS = 120
_LINK, _SUBMODULE = "120000", "160000"
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
_FOLDERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")
_LONGEST = 200
_ANSWER = re.compile(r"(?P<name>[0-9a-f]{40,64}) (?P<kind>[a-z]+) [0-9]+\n")


@dataclass(frozen=True)
class RevisionCatalog(Catalog):
    """A catalog that is read from copies of what a revision has; messages name the revision."""

    called: str = ""

    def __reduce__(self) -> tuple[type["RevisionCatalog"], tuple[Path, str, str]]:  # type: ignore[override]
        """Travel to another process as what it was made from; the copies are there as long as they are here."""
        return RevisionCatalog, (self.root, self.engine, self.called)

    def _named(self, relative: str) -> str:
        return printable(f"{self.called}/{relative}")


class _File(NamedTuple):
    mode: str
    kind: str
    name: str
    size: int
    path: str


@contextmanager
def catalog_at(revision: str, folder: str, *, where: str = ".") -> Iterator[Catalog]:
    """Give the catalog that `folder` was at `revision` of the repository in which the folder `where` is.

    As git has it, `folder` is seen from the top of the repository, or from `where` if it begins with ``./`` or ``../``.
    Raise CatalogError, with a remedy, where git, the revision or the folder is missing, or what it holds is not fit.
    """
    called = f"{PREFIX}{revision}:{folder}"
    git = _Git(where, called)
    files = git.files(git.tree(revision, folder))
    with TemporaryDirectory(prefix="notify-contracts-") as temporary:
        root = Path(temporary) / "catalog"
        root.mkdir()
        for file, content in zip(files, git.contents([file.name for file in files]), strict=True):
            _write(root, file.path, content, called)
        if not (root / MANIFEST).is_file():
            raise CatalogError(f"{printable(called)}: holds no {MANIFEST}; {git.listing(revision)}")
        catalog = RevisionCatalog(root, called=called)
        catalog.schemas.require_shape()
        yield catalog


def folder_in_repository(folder: str) -> str:
    """Return where a folder stands in its repository, nothing where it is the top; raise CatalogError if in none."""
    git = _Git(folder, folder)
    return git.run("rev-parse", "--show-prefix").decode(errors="surrogateescape").rstrip("\n").rstrip("/")


class _Git:
    """Asks git about the repository that a folder is in."""

    def __init__(self, where: str, called: str) -> None:
        self._where = where
        self._called = printable(called)

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        """Return what a command of git prints; raise CatalogError, saying why, where it fails."""
        command = ["git", "-C", self._where, *arguments]
        try:
            ran = subprocess.run(  # noqa: S603  # the arguments are ours, but for the folder behind -C
                command, input=given, capture_output=True, env=_environment(), check=False, timeout=_SECONDS
            )
        except FileNotFoundError:
            raise self._failed("git is not installed: install it, or give two folders") from None
        except (OSError, ValueError) as error:
            raise self._failed(f"git cannot be run: {getattr(error, 'strerror', None) or error}") from None
        except subprocess.TimeoutExpired:
            raise self._failed(f"git did not answer within {_SECONDS} seconds: try git fsck") from None
        if ran.returncode:
            raise self._failed(_reason(ran.stderr))
        return ran.stdout

    def tree(self, revision: str, folder: str) -> str:
        """Return the name of the tree that a folder is at a revision."""
        if any(character in f"{revision}{folder}" for character in "\n\r\0"):  # git is asked line by line
            raise self._failed("a name with a line break cannot be asked for; git mv gives the folder another one")
        if not revision:
            raise self._failed("expected git:REVISION:FOLDER, as git:HEAD~1:contracts/mine")
        commit = self._object(f"{revision}^{{commit}}")
        if commit is None:
            raise self._failed(f"no such revision; {self._fetching(revision)}")
        inside = folder.rstrip("/")
        if inside.rpartition("/")[2] in (".", ".."):  # git takes it for a folder seen from here if a slash follows
            inside += "/"
        tree = self._object(f"{commit}:{inside}" if inside else f"{commit}^{{tree}}", "tree")
        if tree is None:
            raise self._failed(f"no such folder at that revision; {self.listing(revision)}")
        return tree

    def files(self, tree: str) -> Sequence[_File]:
        """Return the JSON files in a tree; raise CatalogError for what is no file, or too large."""
        listed = self.run("ls-tree", "-r", "-l", "-z", "--full-tree", tree)
        files = [self._file(entry) for entry in listed.split(b"\0") if entry]
        files = [file for file in files if self._is_wanted(file)]
        if len(files) > _MOST_FILES or sum(file.size for file in files) > _MOST_IN_ALL:
            raise self._failed(f"more than {_MOST_FILES:,} files or {_MOST_IN_ALL >> 20} MiB; give a catalog's folder")
        return files

    def contents(self, names: Sequence[str]) -> Iterator[bytes]:
        """Yield the content of each of some blobs."""
        answer = self.run("cat-file", "--batch", given="".join(f"{name}\n" for name in names).encode())
        position = 0
        for name in names:
            end = answer.index(b"\n", position)
            header = answer[position:end].split()
            if len(header) != 3 or header[1] != b"blob":  # noqa: PLR2004 - name, type and size
                raise self._failed(f"the object {name} is missing; git fetch may bring it")
            size = int(header[2])
            yield answer[end + 1 : end + 1 + size]
            position = end + 1 + size + 1

    def listing(self, revision: str) -> str:
        """Return the command that shows what there is at a revision."""
        if revision.startswith("-"):
            return "git log lists the revisions"
        return f"git ls-tree -rd --full-tree --name-only {printable(revision)} lists the folders that there are"

    def _object(self, name: str, kind: str = "commit") -> str | None:
        answer = self.run("cat-file", "--batch-check", given=f"{name}\n".encode(errors="surrogateescape"))
        found = _ANSWER.fullmatch(answer.decode(errors="replace"))
        return found["name"] if found and found["kind"] == kind else None

    def _fetching(self, revision: str) -> str:
        shallow = self.run("rev-parse", "--is-shallow-repository").strip() == b"true"
        if shallow:
            return "the repository is a shallow clone: git fetch --unshallow brings the rest"
        remote, slash, _ = revision.partition("/")
        brought = "git fetch brings what a remote has, " if slash and remote.isidentifier() else ""
        return f"{brought}git log --oneline and git tag list those that there are"

    def _file(self, entry: bytes) -> _File:
        facts, _, path = entry.partition(b"\t")
        mode, kind, name, size = facts.decode("ascii").split()
        return _File(mode, kind, name, int(size) if size.isdecimal() else 0, os.fsdecode(path))

    def _is_wanted(self, file: _File) -> bool:
        path = shortened(printable(file.path), _LONGEST)
        if file.mode == _SUBMODULE:
            raise self._failed(f"{path} is a submodule, whose files this repository does not hold; give its own folder")
        if not file.path.endswith(".json") or any(part.startswith(".") for part in file.path.split("/")[:-1]):
            return False
        if file.mode == _LINK:
            raise self._failed(f"{path} is a link, which leads nowhere outside of a checkout; commit the file itself")
        if file.size > _MOST_BYTES:
            raise self._failed(f"{path} is larger than {_MOST_BYTES >> 20} MiB; a catalog has no such file")
        return True

    def _failed(self, reason: str) -> CatalogError:
        return CatalogError(f"{self._called}: {reason}")


def _environment() -> dict[str, str]:
    """Return the environment for git, in which a hook's folders, given from here, are the same seen from elsewhere."""
    folders = {name: os.path.realpath(os.environ[name]) for name in _FOLDERS if os.environ.get(name)}
    return {**os.environ, **_QUIET, **folders}


def _write(root: Path, relative: str, content: bytes, called: str) -> None:
    """Write a file where it stood; git itself makes no tree whose paths lead out of it, but others may."""
    parts = relative.split("/")
    if any(part in ("", ".", "..") or "\\" in part for part in parts):
        raise CatalogError(f"{printable(called)}: {printable(relative)} is no path of a file; git fsck tells more")
    path = root.joinpath(*parts)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CatalogError(f"{printable(called)}: {printable(relative)} cannot be copied: {reason}") from None


def _reason(said: bytes) -> str:
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    reason = shortened(printable(lines[-1] if lines else "git failed and does not say why"), _LONGEST)
    for beginning in ("fatal: ", "error: "):
        reason = reason.removeprefix(beginning)
    if "outside repository" in reason:
        return "the folder is outside of the repository; it is seen from its top or, if it begins with ./, from here"
    if "not a git repository" in reason:
        return "not in a git repository; run it in one, or give a folder"
    if "dubious ownership" in said.decode(errors="replace"):
        return "the repository belongs to somebody else; git config --global --add safe.directory DIR allows it"
    return reason
