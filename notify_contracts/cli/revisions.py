"""Catalogs as a command line names them: built in, a folder, or a folder as it was at a revision of git."""

import os
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from notify_contracts._comparison import PREFIX, catalog_at
from notify_contracts._untrusted import printable
from notify_contracts.catalog import Catalog, load
from notify_contracts.errors import UsageError


def named_catalog(name: str, stack: ExitStack) -> Catalog:
    """Return the catalog of this name; what is read of a revision of git lasts as long as `stack`."""
    if not name.startswith(PREFIX):
        return load(name)
    revision, colon, folder = name.removeprefix(PREFIX).rpartition(":")
    if not colon or not revision:
        raise UsageError(f"{printable(name)}: expected git:REVISION:FOLDER, as git:HEAD~1:contracts/mine")
    return stack.enter_context(catalog_at(revision, folder))


def require_outside(path: str | None, catalogs: Iterable[Catalog]) -> None:
    """Raise UsageError for a JSON file in the folder of a catalog: each of those is one of the catalog's documents."""
    if path is None or not path.endswith(".json"):
        return
    target = Path(os.path.realpath(path))
    for catalog in catalogs:
        if target.is_relative_to(os.path.realpath(catalog.root)):
            raise UsageError(f"{printable(path)}: is in the folder of {catalog.name}: give a file elsewhere")
