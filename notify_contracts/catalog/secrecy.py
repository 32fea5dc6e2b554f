"""Which properties of a catalog hold secrets: those its manifest names, and those its schemas call ``writeOnly``."""

from collections.abc import Iterator, Mapping
from typing import Any

from notify_contracts._schema import resolve
from notify_contracts._untrusted import Secrets
from notify_contracts.catalog.declared import declared_in
from notify_contracts.catalog.folder import Folder
from notify_contracts.errors import CatalogError

_KEYWORD = "writeOnly"
_MOST_STEPS = 32  # of references from one to the next, which may lead round


def secrets_of(folder: Folder) -> Secrets:
    """Return what is a secret by the catalog in `folder`, beside what is one everywhere."""
    listed = folder.manifest.get("secrets", ())
    names = {name for name in listed if isinstance(name, str)} if isinstance(listed, list) else set()
    return Secrets(frozenset(names.union(_write_only(folder))))


def _write_only(folder: Folder) -> Iterator[str]:
    for each in declared_in(folder, lambda content: _KEYWORD.encode() in content):
        if _is_write_only(folder, each.uri, each.schema):
            yield each.name


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
