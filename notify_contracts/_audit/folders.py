"""Folders gone through and globs matched, through links as well, and each folder once, whatever its names."""

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from glob import escape, glob
from typing import NamedTuple

from notify_contracts._untrusted import printable
from notify_contracts.errors import SourceError

# A component `**`. To `glob` itself, a folder that holds a link to itself is 41 folders, and with two links no end.
_SPANNING = re.compile(r"(?:^|(?<=/))\*\*(?:/|$)")


class Same(NamedTuple):
    """A name that was left out, and another name of the same file or folder."""

    name: str
    other: str


class Folder(NamedTuple):
    """A folder by the name under which it was come to, and the names of what is in it, but for what is hidden."""

    path: str
    folders: Sequence[str]
    links: Sequence[str]
    others: Sequence[str]

    def within(self, names: Iterable[str]) -> list[str]:
        """Return the paths of what has these names in it."""
        return [os.path.join(self.path, name) for name in names]


def inside(folder: str, same: list[Same]) -> list[str]:
    """Return the paths of everything but folders in a folder and those in it, except for what is hidden.

    Links to folders are followed; those to a folder that was gone through already, or holds the link, go to `same`.
    Raise SourceError where one cannot be looked into.
    """
    return [path for found in _spanned([folder], same) for path in found.within(found.others)]


def matching(pattern: str, same: list[Same]) -> list[str]:
    """Return the paths of everything but folders that matches a glob, where ``**`` spans folders as `inside` does."""
    before, *rest = _SPANNING.split(pattern)
    found = _matching(before) if before or not rest else [""]
    for number, after in enumerate(rest, 1):
        spanned = _spanned(found, same)
        if after:
            found = [path for folder in spanned for path in _matching(escape(os.path.join(folder.path, "")) + after)]
        elif number < len(rest):
            found = [folder.path for folder in spanned]
        else:
            return [path for folder in spanned for path in folder.within(folder.others)]
    return [path for path in found if not os.path.isdir(path)]


def _matching(pattern: str) -> list[str]:
    return glob(pattern) if pattern else [""]


def _spanned(places: Iterable[str], same: list[Same]) -> Iterator[Folder]:
    """Yield the folders at these places and all in them, once each; what only a link leads to comes last."""
    known: dict[str, str] = {}
    waiting, linked = deque(filter(_is_folder, places)), deque[str]()
    while waiting or linked:
        path = (waiting or linked).popleft()
        real = os.path.realpath(path or os.curdir)
        if real in known:
            same.append(Same(path, _name(known[real])))
            continue
        known[real] = path
        folder = _looked_into(path)
        yield folder
        waiting.extend(folder.within(folder.folders))
        for link in folder.within(folder.links):
            target = os.path.realpath(link)
            if os.path.commonpath([target, real]) == target:
                same.append(Same(link, _name(known.get(target, target))))
            else:
                linked.append(link)


def _looked_into(path: str) -> Folder:
    folders, links, others = [], [], []
    try:
        with os.scandir(path or os.curdir) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
                elif entry.is_symlink() and os.path.isdir(entry.path):
                    links.append(entry.name)
                else:
                    others.append(entry.name)
    except OSError as error:
        raise SourceError(f"{printable(path or os.curdir)}: cannot be looked into: {error.strerror}") from None
    return Folder(path, sorted(folders), sorted(links), sorted(others))


def _is_folder(path: str) -> bool:
    return os.path.isdir(path or os.curdir)


def _name(path: str) -> str:
    return path.rstrip("/") or path or os.curdir
