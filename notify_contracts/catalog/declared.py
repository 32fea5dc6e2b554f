"""The properties that the schemas of a catalog's files declare."""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from notify_contracts._schema import subschemas
from notify_contracts.catalog.folder import Folder, is_inside, read_regular
from notify_contracts.catalog.shape import SCHEMAS, kind_of
from notify_contracts.errors import CatalogError


class Declared(NamedTuple):
    """A property: the URI of the document that declares it, its name, and the schema that is stated for it."""

    uri: str
    name: str
    schema: Any


def declared_in(folder: Folder, is_about: Callable[[bytes], bool]) -> Iterator[Declared]:
    """Yield all of them if the content of any file `is_about` them: far less work than to take all files apart."""
    files = _files(folder)
    if not any(is_about(_content(folder, file)) for file in files):
        return
    for uri in map(folder.uri, files):
        try:
            schemas = [schema for _, schema in subschemas(folder.document(uri))]
        except CatalogError:  # whoever needs that file is told
            continue
        for schema in schemas:
            properties = schema.get("properties")
            for name, stated in properties.items() if isinstance(properties, Mapping) else ():
                yield Declared(uri, name, stated)


def _files(folder: Folder) -> list[str]:
    root = str(folder.root)
    # pathlib takes as long for this as reading all of the files does
    places = (f"{place.removeprefix(root)}/{name}" for place, _, names in os.walk(root) for name in names)
    found = (place.removeprefix("/") for place in places if place.endswith(".json"))
    return sorted(file for file in found if kind_of(file) in SCHEMAS and is_inside(folder.root, file))


def _content(folder: Folder, file: str) -> bytes:
    try:
        return read_regular(folder.root / file)
    except OSError:
        return b""
