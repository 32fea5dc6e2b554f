"""Schemas that others refer to: each becomes a file of ``payloads/``, however often it is referred to."""

import re
from collections.abc import Callable
from dataclasses import field
from typing import Any

from notify_contracts._base import dataclass, free
from notify_contracts._drafting.documents import LONGEST_NAME, PAYLOADS, Schema
from notify_contracts._drafting.importing.imported import LeftOut
from notify_contracts._drafting.importing.structured import Places
from notify_contracts._drafting.importing.translating import Translation
from notify_contracts._schema import at

Pointer = tuple[str, ...]

_BESIDE = f"../{PAYLOADS}/"


@dataclass
class Shared:
    """Translates the schemas of a document; `are_beside` says whether what stands beside ``$ref`` counts in it.

    `schemas` has those that others refer to, by name, and `left_out` what could not be said. `taken` are the names in
    lower case, for some file systems know no difference.
    """

    places: Places
    are_beside: bool
    schemas: dict[str, Schema] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    _names: dict[Pointer, str] = field(default_factory=dict)
    _waiting: list[tuple[str, Pointer]] = field(default_factory=list)
    _said: dict[Pointer | None, bool] = field(default_factory=lambda: {None: False})

    def schema(self, source: Any, where: str, folder: str = _BESIDE) -> Schema:
        """Return what a catalog says in the place of a schema; `folder` is that of shared ones, seen from there."""
        made = self._translated(source, where, folder)
        while self._waiting:  # one after the other, for each may lead to the next
            name, pointer = self._waiting.pop(0)
            self.schemas[name] = self._translated(at(self.places.document, pointer), "/".join(pointer), _BESIDE)
        return made

    def _translated(self, source: Any, where: str, folder: str) -> Schema:
        refer = self._referrer(folder)
        return Translation(refer, self.are_beside, self._is_said, self.left_out).schema(source, where)

    def _is_said(self, reference: str) -> bool:
        """Whether a catalog says all of the schema that a reference names, and of those that it leads to."""
        start = self.places.pointer(reference)
        if start not in self._said:
            self._said |= self._found_from(start)
        return self._said[start]

    def _found_from(self, start: Pointer | None) -> dict[Pointer | None, bool]:
        """Return of a place, and of all that it leads to, whether a catalog says all of it; each is looked at once."""
        back: dict[Pointer | None, list[Pointer | None]] = {}
        said, waiting = {start: True}, [start]
        while waiting:
            here = waiting.pop()
            for there in self.leading(here) if here is not None else ():
                back.setdefault(there, []).append(here)
                if there not in said and there not in self._said:
                    said[there] = True
                    waiting.append(there)
        unsaid = [there for there in back if self._said.get(there) is False]
        while unsaid:
            leading = back.pop(unsaid.pop(), [])
            said |= dict.fromkeys(leading, False)
            unsaid += leading
        return said

    def leading(self, pointer: Pointer) -> set[Pointer | None]:
        """Return where the references of a schema lead; None is among them where some of it cannot be said."""
        translation = Translation(lambda _: {}, self.are_beside)
        translation.schema(at(self.places.document, pointer), "")
        return {None} if translation.lost else set(map(self.places.pointer, translation.referred))

    def _referrer(self, folder: str) -> Callable[[str], Schema | None]:
        def refer(reference: str) -> Schema | None:
            pointer = self.places.pointer(reference)
            return None if pointer is None else {"$ref": f"{folder}{self._named(pointer)}.json"}

        return refer

    def _named(self, pointer: Pointer) -> str:
        if pointer not in self._names:
            plain = re.sub(r"[^A-Za-z0-9_-]+", "_", pointer[-1] if pointer else "document").strip("_") or "schema"
            name = free(plain[:LONGEST_NAME], self.taken, "-", str.lower)
            self.taken.add(name.lower())
            self._names[pointer] = name
            self.schemas[name] = {}  # holds its place until it is translated
            self._waiting.append((name, pointer))
        return self._names[pointer]
