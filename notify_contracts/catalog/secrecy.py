"""Which properties of a catalog hold secrets: those its manifest names, and those its schemas call ``writeOnly``."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

from notify_contracts._schema import resolve, subschemas
from notify_contracts._untrusted import Secrets
from notify_contracts.catalog.folder import Folder, is_inside, read_regular
from notify_contracts.catalog.shape import SCHEMAS, kind_of
from notify_contracts.errors import CatalogError

_KEYWORD = "writeOnly"
_MOST_STEPS = 32  # of references from one to the next, which may lead round


def secrets_of(folder: Folder) -> Secrets:
    """Return what is a secret by the catalog in `folder`, beside what is one everywhere."""
    listed = folder.manifest.get("secrets", ())
    names = {name for name in listed if isinstance(name, str)} if isinstance(listed, list) else set()
    return Secrets(frozenset(names.union(_write_only(folder))))


def _write_only(folder: Folder) -> Iterator[str]:
    files = _files(folder)
    if not any(_says_so(folder, file) for file in files):
        return
    for uri in map(folder.uri, files):
        try:
            schemas = [schema for _, schema in subschemas(folder.document(uri))]
        except CatalogError:  # whoever needs that file is told
            continue
        for schema in schemas:
            properties = schema.get("properties")
            for name, stated in properties.items() if isinstance(properties, Mapping) else ():
                if _is_write_only(folder, uri, stated):
                    yield name


def _files(folder: Folder) -> list[str]:
    root = str(folder.root)
    # pathlib takes as long for this as reading all of the files does
    places = (f"{place.removeprefix(root)}/{name}" for place, _, names in os.walk(root) for name in names)
    found = (place.removeprefix("/") for place in places if place.endswith(".json"))
    return sorted(file for file in found if kind_of(file) in SCHEMAS and is_inside(folder.root, file))


def _says_so(folder: Folder, file: str) -> bool:
    """Whether a file has the keyword in it: far less work than to take all of them apart."""
    try:
        return _KEYWORD.encode() in read_regular(folder.root / file)
    except OSError:
        return False


def _is_write_only(folder: Folder, base: str, schema: Any) -> bool:
    for _ in range(_MOST_STEPS):
        if not isinstance(schema, Mapping):
            return False
        if schema.get(_KEYWORD) is True:
            return True
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return False
        try:
            base, schema = resolve(folder.document, base, reference)
        except (CatalogError, LookupError):  # whoever needs it is told
            return False
    return False
