"""From folders, globs and URLs to the files that they mean."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import glob
from itertools import chain
from pathlib import Path
from typing import Any

from notify_contracts._audit.dependencies import extra_cluster
from notify_contracts._audit.locations import RemoteFile, reason
from notify_contracts._untrusted import printable
from notify_contracts.broker import redacted
from notify_contracts.capture import STANDARD_INPUT, Recording
from notify_contracts.errors import SourceError, UsageError

_WEB = ("http://", "https://")


@dataclass(frozen=True, repr=False)
class File:
    """A file, on whatever machine it is opened.

    `path` is its place in the fsspec file system that is made from `system`, which is JSON, so that a machine without
    the package for it fails no earlier than it opens the file. `name` is what people are told, `secret` whether
    credentials are used.
    """

    name: str
    path: str
    system: str
    secret: bool = False

    def __repr__(self) -> str:
        """Return the name and nothing else: an engine logs what it was given."""
        return f"<File {self.name}>"

    def recording(self) -> Recording:
        """Return it opened; raise SourceError if that fails."""
        return Recording(self.name, RemoteFile(self.system, self.path, secret=self.secret))


def files(sources: Iterable[str]) -> tuple[File, ...]:
    """Return the files that `sources` mean: in their order, those of a folder or a glob sorted, each file once.

    A source is a file, a folder (all that is in it, but for what is hidden), a glob (``**`` spans folders), or any of
    these as a URL that fsspec knows, where a folder ends in a slash. A file that is named in full need not exist.
    Raise SourceError where a folder or a glob comes to nothing or cannot be looked into, UsageError for what can be
    no source, and without the extra ``cluster``.
    """
    with extra_cluster():
        import fsspec  # noqa: F401  # before anything else
    found = chain.from_iterable(map(_files, sources))
    return tuple({(file.system, file.path): file for file in found}.values())


def _files(source: str) -> list[File]:
    if source == STANDARD_INPUT:
        raise UsageError("standard input cannot be read by several machines: give it to check")
    found = sorted(_distant(source) if "://" in source else _local(source), key=lambda file: file.name)
    if not found:
        raise SourceError(f"{_shown(source)}: there is no such file")
    return found


def _local(source: str) -> Iterator[File]:
    from fsspec.implementations.local import LocalFileSystem

    system = LocalFileSystem().to_json()
    names = [source]
    if os.path.isdir(source):  # noqa: PTH112  # what no file can be called is an error when it is read
        root = Path(source)
        inside = (path for path in root.rglob("*") if path.is_file())
        names = [str(path) for path in inside if not _is_hidden(str(path.relative_to(root)))]
    elif _is_glob(source) and not os.path.lexists(source):
        names = [name for name in glob(source, recursive=True) if not Path(name).is_dir()]  # noqa: PTH207  # keeps ./
    return (File(printable(name), str(Path(name).absolute()), system) for name in names)


def _distant(source: str) -> Iterator[File]:
    from fsspec.core import url_to_fs

    secret = _shown(source) != printable(source)
    try:
        system, path = url_to_fs(source)
        secret = secret or bool(system.storage_options)
        paths = _paths(system, path, source)
    except ImportError as error:
        raise UsageError(f"{_shown(source)}: {reason(error, secret=False)}, here and on the workers") from None
    except Exception as error:  # noqa: BLE001  # every file system has errors of its own
        raise SourceError(f"{_shown(source)}: cannot be looked into: {reason(error, secret=secret)}") from None
    recipe = system.to_json()
    return (File(redacted(system.unstrip_protocol(path)), path, recipe, secret) for path in paths)


def _paths(system: Any, path: str, source: str) -> list[str]:
    if source.endswith("/"):
        place, paths = path, system.find(path)
    elif _is_glob(source):
        place, _, _ = re.split(r"[*\[?]", path, maxsplit=1)[0].rpartition("/")
        paths = [found for found, facts in system.glob(path, detail=True).items() if facts["type"] != "directory"]
    else:
        return [path]
    if not paths:
        system.ls(place)  # which says why, where finding and matching pass over whatever fails
    return [found for found in paths if not _is_hidden(found.removeprefix(place))]


def _shown(source: str) -> str:
    return redacted(source) if "://" in source else printable(source)


def _is_glob(source: str) -> bool:
    # In a web address a question mark begins the query.
    return any(mark in source for mark in ("*[" if source.startswith(_WEB) else "*[?"))


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))
