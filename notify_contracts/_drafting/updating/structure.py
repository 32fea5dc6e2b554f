"""How the schemas of a catalog hang together: who refers to what, and where more must not be allowed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urldefrag, urljoin

from notify_contracts._drafting.updating.trails import Place
from notify_contracts._schema import fragment_parts, pointer_text, subschemas
from notify_contracts.catalog import SCHEMAS, Folder, kind_of

_NOT_GROWING = ("if", "not", "oneOf")
"""Where a schema in one of these accepts more, the one that it stands in may accept less."""


class Structure:
    """The references among the schemas in `files`, the content of a catalog's files by their paths."""

    def __init__(self, folder: Folder, files: Mapping[str, Any]) -> None:
        self._folder = folder
        self._schemas = {
            Place(file, pointer_text(pointer)): schema
            for file, content in files.items()
            if kind_of(file) in SCHEMAS
            for pointer, schema in subschemas(content)
        }

    @cached_property
    def users(self) -> Mapping[Place, frozenset[Place]]:
        """The schemas that refer to one."""
        found: defaultdict[Place, set[Place]] = defaultdict(set)
        for place in self._schemas:
            if (target := self._target(place)) is not None:
                found[target].add(place)
        return {target: frozenset(places) for target, places in found.items()}

    @cached_property
    def fixed(self) -> frozenset[Place]:
        """The schemas that must not accept more, because somewhere that would mean that less is accepted."""
        found: set[Place] = set()
        waiting = [
            place
            for place, schema in self._schemas.items()
            for keyword in _NOT_GROWING
            if keyword in schema and not (kind_of(place.file) == "event" and not place.pointer)
            for place in self._below(place, keyword)
        ]
        while waiting:
            place = waiting.pop()
            if place in found:
                continue
            found.add(place)
            waiting += self._below(place)
            if (target := self._target(place)) is not None:
                waiting.append(target)
        return frozenset(found)

    def _below(self, place: Place, keyword: str = "") -> Iterator[Place]:
        """Yield every schema within one, or within what stands there under a keyword, and not under ``$defs``."""
        schema = self._schemas.get(place, {})
        for pointer, _ in subschemas(schema):
            if pointer and (pointer[0] == keyword if keyword else pointer[0] != "$defs"):
                yield Place(place.file, place.pointer + pointer_text(pointer))

    def _target(self, place: Place) -> Place | None:
        reference = self._schemas.get(place, {}).get("$ref")
        if not isinstance(reference, str):
            return None
        document, fragment = urldefrag(urljoin(self._folder.uri(place.file), reference))
        return Place(self._folder.relative(document), pointer_text(fragment_parts(fragment)))
