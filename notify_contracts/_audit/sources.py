"""From folders, globs and URLs to the files that they mean."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cache, partial
from os import getcwd
from os.path import isdir, join, lexists, normpath, realpath
from typing import Any, NamedTuple

from notify_contracts._audit.dependencies import extra_cluster
from notify_contracts._audit.folders import Same, inside, matching
from notify_contracts._audit.identity import known
from notify_contracts._audit.locations import LOCAL, RemoteFile, local_file, mounted, reason
from notify_contracts._base import dataclass
from notify_contracts._untrusted import printable, redacted
from notify_contracts.capture import STANDARD_INPUT, Recording, companions, is_file
from notify_contracts.errors import SourceError, UsageError

_WEB = ("http://", "https://")
_MOST_SAID = 5
_STANDARD_INPUT = "/dev/stdin"


@dataclass(frozen=True, repr=False)
class File:
    """A file, on whatever machine it is opened.

    `path` is its place in the fsspec file system that is made from `system`, which is JSON, so that a machine without
    the package for it fails no earlier than it opens the file, or LOCAL. `name` is what people are told, `secret`
    whether credentials are used. `size` is in bytes, None where it is not known before the file is opened.
    """

    name: str
    path: str
    system: str
    secret: bool = False
    size: int | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        """Return the name and nothing else: an engine logs what it was given."""
        return f"<File {self.name}>"

    def recording(self, mount: Callable[[str], Any] = mounted) -> Recording:
        """Return it opened; raise SourceError if that fails. `mount` may remember file systems for a while."""
        if self.system == LOCAL:
            return Recording(self.name, local_file(self.name, self.path))
        return Recording(self.name, RemoteFile(partial(mount, self.system), self.path, secret=self.secret))


class _Found(NamedTuple):
    """A file, what it is known by whatever its names, and whether its name only leads to another."""

    file: File
    identity: object
    is_link: bool = False


def files(sources: Iterable[str], say: Callable[[str], object] = lambda _: None) -> tuple[File, ...]:
    """Return the files that `sources` mean: in their order, those of a folder or a glob sorted, each file once.

    A source is a file, a folder (all that is in it, but for what is hidden), a glob (``**`` spans folders), or any of
    these as a URL that fsspec knows, where a folder ends in a slash. A file that is named in full need not exist.
    Links are followed. A file is itself, whatever its names: further ones, hard links as well, add nothing, and `say`
    is told of them in a line.
    Raise SourceError where a folder or a glob comes to nothing or cannot be looked into, UsageError for what can be
    no source, and without the extra ``cluster``.
    """
    with extra_cluster():
        import fsspec  # noqa: F401  # before anything else
    same: list[Same] = []
    chosen = _once((_files(source, same) for source in sources), same)
    if same:
        say(_left_out(same))
    if beside := companions([file.path for file in chosen]):
        say(f"{len(beside)} files of properties, beside the messages that they belong to, were skipped")
    return tuple(file for file in chosen if file.path not in beside)


def in_folders(
    sources: Iterable[str], say: Callable[[str], object], complain: Callable[[str], object]
) -> tuple[str, ...]:
    """Return the names of what `sources` mean to one process of this machine, in their order.

    Folders are what `files` makes of them, and what is found in them as well is left out, which `say` is told in a
    line. All else stays as it is. `complain` is told of folders that come to nothing or cannot be looked into.
    """
    same: list[Same] = []

    def found(source: str) -> list[_Found]:
        if not isdir(source):
            return list(_facts([source], str)) if is_file(source) else [_once_only(source)]
        try:
            files = list(_facts(inside(source, same), str))
        except SourceError as error:
            complain(str(error))
            return []
        if not files:
            complain(f"{printable(source)}: cannot be read: there is no file in it")
        return files

    chosen = _once(map(found, sources), same)
    if same:
        say(_left_out(same))
    return tuple(file.name for file in chosen)


def _once_only(source: str) -> _Found:
    """Return what can be read but once: a pipe, or standard input, which may be a file that is named as well."""
    path = _STANDARD_INPUT if source == STANDARD_INPUT else join(getcwd(), source)
    return _Found(File(source, source, LOCAL), known(path, realpath).identity)


def _once(founds: Iterable[list[_Found]], same: list[Same]) -> tuple[File, ...]:
    """Return the files that were found for each source, once each and in order; other names of one go to `same`."""
    chosen: dict[object, File] = {}
    for found in founds:
        new: dict[object, File] = {}
        for file, identity, _ in sorted(found, key=lambda found: (found.is_link, printable(found.file.name))):
            first = chosen.get(identity) or new.setdefault(identity, file)
            if normpath(first.path) != normpath(file.path):
                same.append(Same(file.name, first.name))
        chosen |= sorted(new.items(), key=lambda item: printable(item[1].name))
    return tuple(chosen.values())


def _left_out(same: list[Same]) -> str:
    told = sorted({f"{printable(name)} is {printable(other)}" for name, other in same})
    more = f" and {len(told) - _MOST_SAID:,} more" if len(told) > _MOST_SAID else ""
    return f"left out, being the same under another name: {', '.join(told[:_MOST_SAID])}{more}"


def _files(source: str, same: list[Same]) -> list[_Found]:
    if source == STANDARD_INPUT:
        raise UsageError("standard input cannot be read by several machines: give it to check")
    found = list(_distant(source, same) if "://" in source else _local(source, same))
    if not found:
        raise SourceError(f"{_shown(source)}: there is no such file")
    return found


def _local(source: str, same: list[Same], shown: Callable[[str], str] = printable) -> Iterator[_Found]:
    if isdir(source):
        return _facts(inside(source, same), shown)
    if _is_glob(source) and not lexists(source):
        return _facts(matching(source, same), shown)
    found = list(_facts([source], shown))
    if not found:
        raise UsageError(f"{shown(source)}: is no file, and cannot be read by several processes: give it to check")
    return iter(found)


def _facts(names: Iterable[str], shown: Callable[[str], str]) -> Iterator[_Found]:
    """Yield the files among what has these names."""
    real_path, here = cache(realpath), getcwd()
    for name in names:
        path = join(here, name)
        facts = known(path, real_path)
        if facts.can_be_shared:
            yield _Found(File(shown(name), path, LOCAL, size=facts.size), facts.identity, facts.is_link)


def _distant(source: str, same: list[Same]) -> Iterator[_Found]:
    from fsspec.core import url_to_fs
    from fsspec.implementations.local import LocalFileSystem

    secret = _shown(source) != printable(source)
    try:
        system, path = url_to_fs(source)
        secret = secret or bool(system.storage_options)
        if isinstance(system, LocalFileSystem):
            return _local(path, same, lambda name: redacted(system.unstrip_protocol(name)))
        paths = _paths(system, path, source)
    except ImportError as error:
        raise UsageError(f"{_shown(source)}: {reason(error, secret=False)}, here and on the workers") from None
    except Exception as error:  # noqa: BLE001  # every file system has errors of its own
        raise SourceError(f"{_shown(source)}: cannot be looked into: {reason(error, secret=secret)}") from None
    recipe = system.to_json()
    return (
        _Found(File(redacted(system.unstrip_protocol(path)), path, recipe, secret, _size(facts)), (recipe, path))
        for path, facts in paths.items()
    )


def _paths(system: Any, path: str, source: str) -> Mapping[str, Mapping[str, Any]]:
    if source.endswith("/"):
        place, paths = path, system.find(path, detail=True)
    elif _is_glob(source):
        place, _, _ = re.split(r"[*\[?]", path, maxsplit=1)[0].rpartition("/")
        found = system.glob(path, detail=True)
        paths = {path: facts for path, facts in found.items() if facts["type"] != "directory"}
    else:
        return {path: {}}
    if not paths:
        system.ls(place)  # which says why, where finding and matching pass over whatever fails
    return {path: facts for path, facts in paths.items() if not _is_hidden(path.removeprefix(place))}


def _size(facts: Mapping[str, Any]) -> int | None:
    size = facts.get("size")
    return size if isinstance(size, int) else None


def _shown(source: str) -> str:
    return redacted(source) if "://" in source else printable(source)


def _is_glob(source: str) -> bool:
    # In a web address a question mark begins the query.
    return any(mark in source for mark in ("*[" if source.startswith(_WEB) else "*[?"))


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))
