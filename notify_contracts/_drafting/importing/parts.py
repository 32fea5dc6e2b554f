"""Documents in a folder, with the shared parts that they refer to put in.

``{"$ref": "common/Part.json", "name": "other"}`` is the value in that file, seen from the file where the reference
stands, with what stands beside the reference laid over it: objects are merged name by name, all else is replaced. A
pointer may follow (``Part.json#/a/b``). Nothing outside of the folder is read, and nothing is fetched.
"""

from collections.abc import Mapping
from dataclasses import field
from os.path import normpath
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from notify_contracts._base import dataclass
from notify_contracts._schema import at, fragment_parts, quoted
from notify_contracts._untrusted import NotJsonError, parse
from notify_contracts.catalog import is_inside, read_regular

_MOST_PARTS = 10_000  # that are put into one document; a few lines could ask for billions
_MOST_OF_ALL = 1_000_000


class PartError(ValueError):
    """A part cannot be put in; ``str()`` says which and why."""


class Shared(dict[str, Any]):
    """An object that a document took from a shared part; `part` is the part's file in the folder."""

    part: str = ""


@dataclass
class Parts:
    """Reads documents of the folder `root` as they are meant; `used` are the files that others name, `count` parts."""

    root: Path
    used: set[str] = field(default_factory=set)
    count: int = 0
    _read: dict[str, Any] = field(default_factory=dict)

    def document(self, file: str) -> Any:
        """Return what the file means; raise PartError where that cannot be known."""
        return _Resolving(self).resolved(self.content(file), file, ())

    def content(self, file: str) -> Any:
        """Return what the file holds; raise PartError if it cannot be read."""
        if file not in self._read:
            if not is_inside(self.root, file):
                raise PartError(f"{quoted(file)} is no file in the folder")
            try:
                self._read[file] = parse(read_regular(self.root / file))
            except OSError as error:
                raise PartError(f"{quoted(file)} cannot be read: {error.strerror}") from None
            except NotJsonError as error:
                raise PartError(f"{quoted(file)} is not JSON: {error}") from None
        return self._read[file]


@dataclass
class _Resolving:
    """One document, and how many parts were put into it."""

    parts: Parts
    count: int = 0

    def resolved(self, value: Any, file: str, trail: tuple[str, ...]) -> Any:
        """Return `value`, which stands in `file`, with its parts put in; `trail` are those that it is a part of."""
        if isinstance(value, list):
            return [self.resolved(each, file, trail) for each in value]
        if not isinstance(value, dict):
            return value
        own = {key: self.resolved(each, file, trail) for key, each in value.items() if key != "$ref"}
        if "$ref" not in value:
            return own
        return self._referred(value["$ref"], own, file, trail)

    def _referred(self, reference: Any, own: dict[str, Any], file: str, trail: tuple[str, ...]) -> Any:
        if not isinstance(reference, str) or urlsplit(reference).scheme or urlsplit(reference).netloc:
            raise PartError(f"{quoted(str(reference))} names no file in the folder, and nothing is fetched")
        path, _, pointer = reference.partition("#")
        there = normpath(Path(file).parent / unquote(path)) if path else file
        place = f"{there}#{pointer}"
        self.count += 1
        if place in trail:
            raise PartError(f"{quoted(reference)} leads back to itself")
        self.parts.count += 1
        if self.parts.count > _MOST_OF_ALL:
            raise PartError(f"more than {_MOST_OF_ALL:,} parts are in the documents of the folder")
        if self.count > _MOST_PARTS:
            raise PartError(f"more than {_MOST_PARTS:,} parts are in it")
        if pointer and not pointer.startswith("/"):
            raise PartError(f"{quoted(reference)} names no place by a JSON Pointer")
        content = self.parts.content(there)
        self.parts.used.add(there)
        try:
            part = at(content, fragment_parts(pointer))
        except LookupError:
            raise PartError(f"{quoted(reference)} leads nowhere") from None
        value = self.resolved(part, there, (*trail, place))
        if not isinstance(value, dict):
            if own:
                raise PartError(f"{quoted(reference)} is no object, and {quoted(next(iter(own)))} stands beside it")
            return value
        made = Shared(_laid_over(value, own))
        made.part = there
        return made


def _laid_over(value: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object with another laid over it."""
    made = dict(value)
    for key, each in own.items():
        there = made.get(key)
        if isinstance(there, dict) and isinstance(each, dict):
            both = _laid_over(there, each)
            made[key] = _as_shared(both, there) if isinstance(there, Shared) else both
        else:
            made[key] = each
    return made


def _as_shared(value: Mapping[str, Any], like: Shared) -> Shared:
    made = Shared(value)
    made.part = like.part
    return made
