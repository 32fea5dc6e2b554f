"""The catalogs that come with the library, and how any catalog is found."""

from pathlib import Path

from notify_contracts._schema import DEFAULT_ENGINE, require_engine
from notify_contracts._untrusted import printable
from notify_contracts.catalog.catalog import Catalog
from notify_contracts.catalog.folder import EVENTS, MANIFEST
from notify_contracts.catalog.packaged import data_folder
from notify_contracts.errors import CatalogError

DEFAULT_CATALOG = "glance-documented"


def builtin_names() -> tuple[str, ...]:
    """Return the names of the built-in catalogs, the default one first."""
    names = sorted(manifest.parent.name for manifest in data_folder().glob(f"*/{MANIFEST}"))
    return tuple(sorted(names, key=lambda name: name != DEFAULT_CATALOG))


def load(name_or_folder: str | Path = DEFAULT_CATALOG, *, engine: str = DEFAULT_ENGINE) -> Catalog:
    """Return a built-in catalog by its name, or the catalog in a folder.

    The shape of a folder's files is looked at; schemas are compiled when they are first needed; `lint` examines all.
    Raise CatalogError if there is no such catalog, it has no contract, or a file has not its shape; UsageError if there
    is no such engine.
    """
    require_engine(engine)
    names = builtin_names()
    root = data_folder() / name_or_folder if name_or_folder in names else Path(name_or_folder)
    if name_or_folder == "" or not (root / MANIFEST).is_file():  # else it would be the folder that we are in
        given = printable(str(name_or_folder))
        raise CatalogError(f'no catalog "{given}": give {" or ".join(names)}, or a folder that holds a {MANIFEST}')
    catalog = Catalog(root, engine)
    catalog.schemas.require_shape()
    if name_or_folder not in names and not catalog.contracts:
        raise CatalogError(
            f"{printable(str(root / EVENTS))}: has no contract, so nothing can be checked; run catalog lint"
        )
    return catalog
