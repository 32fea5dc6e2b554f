"""Catalogs as a command line names them: built in, a folder, or a folder as it was at a revision of git."""

from contextlib import ExitStack

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
